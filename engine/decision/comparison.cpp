#include "vfm/decision/comparison.hpp"

#include "area_type_comparison.hpp"
#include "compared_indicator.hpp"
#include "comparison_notes.hpp"
#include "group_comparison.hpp"
#include "inequality_comparison.hpp"
#include "layout_sample.hpp"
#include "perspective_analysis.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace vfm::decision {

namespace {

/// Reads measures once as often as they are denominators, and refuses numbers that are none.
class MeasureReader {
  public:
    explicit MeasureReader(const StudyTables& tables) : tables_(tables) {}

    [[nodiscard]] const results::Layout& layout() const { return *tables_.layout; }

    [[nodiscard]] std::vector<double> read(const std::string& name) const {
        std::vector<double> values = tables_.measure(name);
        VFM_EXPECT(values.size() == layout().arms.size() * layout().study_units());
        const bool finite =
            std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
        if (!finite && is_additive(name)) {
            throw FileFormatError(fmt::format("measure '{}' holds values that are not finite numbers", name));
        }
        return values;
    }

    [[nodiscard]] std::span<const double> keep(const std::string& name) {
        const auto place = kept_.find(name);
        return place != kept_.end() ? place->second : kept_.emplace(name, read(name)).first->second;
    }

    [[nodiscard]] std::vector<double> read_by_group(const std::string& name) const {
        std::vector<double> values = tables_.group_measure(name);
        VFM_EXPECT(values.size() == layout().arms.size() * layout().study_units() * layout().groups.size());
        return values;
    }

    [[nodiscard]] Sample sample(std::span<const double> values) const { return sample_of(layout(), values); }

    [[nodiscard]] bool is_additive(const std::string& name) const {
        return std::any_of(
            layout().measures.begin(), layout().measures.end(),
            [&name](const results::Measure& measure) { return measure.name == name && measure.additive; });
    }

  private:
    const StudyTables& tables_;
    std::map<std::string, std::vector<double>> kept_;
};

ComparedIndicator compare_indicator(MeasureReader& reader, const Indicator& indicator,
                                    std::size_t reference) {
    const std::vector<double> values = reader.read(indicator.numerator);
    const Sample numerator = reader.sample(values);
    if (indicator.denominator.empty()) return compared_indicator(indicator, numerator, nullptr, reference);
    const Sample denominator = reader.sample(reader.keep(indicator.denominator));
    return compared_indicator(indicator, numerator, &denominator, reference);
}

std::vector<GroupComparison> compare_groups(MeasureReader& reader, const Indicator& indicator,
                                            std::size_t reference) {
    const results::Layout& layout = reader.layout();
    const std::vector<double> top = reader.read_by_group(indicator.numerator);
    const std::vector<double> bottom = reader.read_by_group(indicator.denominator);
    const GroupedSample numerator{reader.sample(reader.keep(indicator.numerator)), top, layout.groups.size()};
    const GroupedSample denominator{reader.sample(reader.keep(indicator.denominator)), bottom,
                                    layout.groups.size()};
    std::vector<GroupComparison> result;
    for (std::size_t group = 0; group < layout.groups.size(); ++group) {
        result.push_back({.group = layout.groups[group],
                          .indicator = indicator,
                          .arms = compared_gaps(access_gaps(numerator, denominator, group), reference)});
    }
    return result;
}

/// The file's draws of uncertain parameters, kept as long as views of them are.
struct KeptParameters {
    std::vector<double> values;
    ParameterSample sample;

    explicit KeptParameters(const StudyTables& tables) {
        sample.draws = static_cast<std::size_t>(tables.layout->draws);
        if (!tables.parameter_draws) return;
        values = tables.parameter_draws();
        for (const results::ParameterRow& row : tables.layout->parameters) {
            if (row.uncertain) sample.names.push_back(row.name);
        }
        if (values.empty()) sample.names.clear();
        sample.values = values;
        VFM_EXPECT(values.size() == sample.draws * sample.names.size());
        if (!std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); })) {
            throw FileFormatError("the parameters' draws hold values that are not finite numbers");
        }
    }
};

/// The basis's perspective first, then the others that have a cost.
std::vector<std::string> perspectives_in_order(const MeasureReader& reader, const Basis& basis) {
    std::vector<std::string> names = {basis.perspective};
    for (const std::string& name : reader.layout().perspectives) {
        if (name != basis.perspective && reader.is_additive("cost_" + name)) names.push_back(name);
    }
    return names;
}

CostEffectiveness cost_effectiveness(const PerspectiveSample& sample, const PerspectiveAnalysis& found,
                                     const MeanSample& matrix, const std::vector<double>& thresholds) {
    CostEffectiveness result;
    for (std::size_t arm = 0; arm < sample.cost.arms; ++arm) {
        result.cost.push_back(estimate(mean_or_ratio(sample.cost, nullptr, arm)));
        result.effect.push_back(estimate(mean_or_ratio(sample.effect, nullptr, arm)));
    }
    result.incremental = found.incremental;
    result.break_even = found.break_even;
    result.plane = found.plane;
    const Curves at = curves(matrix, thresholds, 1);
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        result.net_benefit.push_back(
            net_benefit(sample.cost, sample.effect, thresholds[i], sample.reference));
        for (std::size_t arm = 0; arm < sample.cost.arms; ++arm) {
            result.net_benefit.back().arms[arm].probability_best = at.probability_best[at.at(i, arm)];
        }
        result.money.emplace_back();
        for (const CostAndEffect& arm : found.means) {
            result.money.back().push_back(money_value(arm, found.means[sample.reference], thresholds[i]));
        }
    }
    return result;
}

/// Costs against effects, by perspective: each with a matrix of its own, gone before the next.
void analyse(MeasureReader& reader, const KeptParameters& parameters, const Choices& choices,
             Comparison& result) {
    const std::span<const double> effects = reader.keep(result.basis.effect);
    for (const std::string& perspective : perspectives_in_order(reader, result.basis)) {
        const std::vector<double> costs = reader.read("cost_" + perspective);
        const PerspectiveSample sample{.perspective = perspective,
                                       .cost = reader.sample(costs),
                                       .effect = reader.sample(effects),
                                       .parameters = parameters.sample,
                                       .reference = result.reference};
        const ConditionalMeans matrix = matrix_of(sample);
        result.perspectives.push_back(analyse_perspective(sample, matrix, choices));
        if (result.analysis) continue;
        result.analysis =
            cost_effectiveness(sample, result.perspectives.front(), matrix.fitted, choices.thresholds);
    }
}

}  // namespace

Comparison compare(const StudyTables& tables, const Choices& choices) {
    MeasureReader reader(tables);
    const results::Layout& layout = reader.layout();
    Comparison result;
    result.arms = layout.arms;
    result.arm_titles = layout.arm_titles;
    result.reference = reference_arm(layout, choices.reference);
    result.basis = chosen_basis(layout, {.perspective = choices.perspective, .effect = choices.effect});
    result.draws = static_cast<std::size_t>(layout.draws);
    result.replications = static_cast<std::size_t>(layout.replications);
    result.origin = tables.origin;
    const std::vector<Indicator> all = indicators(layout, result.basis);
    for (const Indicator& indicator : all) {
        result.indicators.push_back(compare_indicator(reader, indicator, result.reference));
    }
    if (!layout.groups.empty()) {
        for (const Indicator& indicator : group_indicators(layout, all)) {
            std::vector<GroupComparison> groups = compare_groups(reader, indicator, result.reference);
            std::move(groups.begin(), groups.end(), std::back_inserter(result.gaps));
        }
    }
    result.group_value = compare_group_value(tables, result.basis, choices.thresholds, result.reference);
    const bool has_analysis = !result.basis.cost.empty() && !result.basis.effect.empty();
    if (has_analysis || !layout.area_types.empty()) {
        const KeptParameters parameters(tables);
        if (has_analysis) analyse(reader, parameters, choices, result);
        result.area_types = compare_area_types(tables, result, parameters.sample, choices);
    }
    if (choices.equity.any()) result.inequality = compare_inequality(tables, result, choices.equity);
    result.notes = comparison_notes(result, layout);
    return result;
}

}  // namespace vfm::decision
