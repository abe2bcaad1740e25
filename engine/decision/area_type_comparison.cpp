#include "area_type_comparison.hpp"

#include "compared_indicator.hpp"
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

/// One measure in one type of areas: arm x draw x replication.
using Values = std::vector<double>;

/// Measures by type, read once each.
class AreaTypeReader {
  public:
    explicit AreaTypeReader(const StudyTables& tables) : tables_(tables), layout_(*tables.layout) {}

    [[nodiscard]] bool has(const std::string& measure) const {
        const std::vector<std::string>& names = layout_.area_type_measures;
        return std::find(names.begin(), names.end(), measure) != names.end();
    }

    /// One measure, a type each.
    [[nodiscard]] const std::vector<Values>& by_type(const std::string& measure) {
        const auto kept = kept_.find(measure);
        return kept != kept_.end() ? kept->second : kept_.emplace(measure, read(measure)).first->second;
    }

    [[nodiscard]] Sample sample(const Values& values) const { return sample_of(layout_, values); }

  private:
    [[nodiscard]] std::vector<Values> read(const std::string& measure) const {
        const std::vector<double> all = tables_.area_type_measure(measure);
        const std::size_t types = layout_.area_types.size();
        VFM_EXPECT(all.size() == layout_.arms.size() * layout_.study_units() * types);
        if (!std::all_of(all.begin(), all.end(), [](double x) { return std::isfinite(x); })) {
            throw FileFormatError(
                fmt::format("measure '{}' by area type holds values that are not finite numbers", measure));
        }
        std::vector<Values> apart(types);
        for (std::size_t type = 0; type < types; ++type) {
            apart[type].reserve(all.size() / types);
            for (std::size_t i = type; i < all.size(); i += types) apart[type].push_back(all[i]);
        }
        return apart;
    }

    const StudyTables& tables_;
    const results::Layout& layout_;
    std::map<std::string, std::vector<Values>> kept_;
};

/// Ratios of two measures that the file has by type, and how many families there are.
std::vector<Indicator> indicators_by_type(const AreaTypeReader& reader, const Comparison& compared) {
    std::vector<Indicator> found;
    for (const ComparedIndicator& each : compared.indicators) {
        const Indicator& indicator = each.indicator;
        const bool count_of_families = indicator.numerator == "families" && indicator.denominator.empty();
        if (!reader.has(indicator.numerator)) continue;
        if (count_of_families || reader.has(indicator.denominator)) found.push_back(indicator);
    }
    return found;
}

ComparedIndicator compare_in_type(AreaTypeReader& reader, const Indicator& indicator, std::size_t type,
                                  std::size_t reference) {
    const Sample numerator = reader.sample(reader.by_type(indicator.numerator)[type]);
    if (indicator.denominator.empty()) return compared_indicator(indicator, numerator, nullptr, reference);
    const Sample denominator = reader.sample(reader.by_type(indicator.denominator)[type]);
    return compared_indicator(indicator, numerator, &denominator, reference);
}

/// Net benefit a family: threshold x effect - cost over families, each summed over the type's areas.
NetBenefit net_benefit_a_family(const PerspectiveSample& sample, const Sample& families, double threshold) {
    std::vector<Quantity> quantities;
    for (std::size_t arm = 0; arm < families.arms; ++arm) {
        Values cells(sample.effect.arm(arm).begin(), sample.effect.arm(arm).end());
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = threshold * cells[i] - sample.cost.arm(arm)[i];
        quantities.push_back(ratio_of(cells, families.arm(arm), sample.cost.draws, sample.cost.replications));
    }
    NetBenefit result{.threshold = threshold, .arms = {}, .best = 0};
    for (std::size_t arm = 0; arm < quantities.size(); ++arm) {
        result.arms.push_back(
            {.value = estimate(quantities[arm]),
             .difference = estimate(difference(quantities[arm], quantities[sample.reference])),
             .probability_best = 0});
        if (quantities[arm].value > quantities[result.best].value) result.best = arm;
    }
    return result;
}

/// Costs against effects in one type, with a matrix of conditional means of its own.
void analyse_type(const PerspectiveSample& sample, const Sample& families, const Comparison& compared,
                  const Choices& choices, AreaTypeComparison& result) {
    const ConditionalMeans matrix = matrix_of(sample);
    const std::vector<CostAndEffect> means = mean_arms(sample.cost, sample.effect);
    for (const CostAndEffect& arm : means) {
        result.break_even.push_back(break_even(arm, means[sample.reference]));
    }
    const Curves at = curves(matrix.fitted, choices.thresholds, 1);
    for (std::size_t i = 0; i < choices.thresholds.size(); ++i) {
        NetBenefit found = net_benefit_a_family(sample, families, choices.thresholds[i]);
        for (std::size_t arm = 0; arm < found.arms.size(); ++arm)
            found.arms[arm].probability_best = at.probability_best[at.at(i, arm)];
        result.net_benefit.push_back(std::move(found));
    }
    if (compared.perspectives.empty()) return;
    result.curves = curves(matrix.fitted, compared.perspectives.front().curves.thresholds, choices.threads);
}

}  // namespace

std::vector<AreaTypeComparison> compare_area_types(const StudyTables& tables, const Comparison& compared,
                                                   const ParameterSample& parameters,
                                                   const Choices& choices) {
    const results::Layout& layout = *tables.layout;
    std::vector<AreaTypeComparison> result;
    if (layout.area_types.empty()) return result;
    AreaTypeReader reader(tables);
    const std::vector<Indicator> chosen = indicators_by_type(reader, compared);
    const Basis& basis = compared.basis;
    const bool has_analysis = reader.has(basis.cost) && reader.has(basis.effect) && reader.has("families");
    for (std::size_t type = 0; type < layout.area_types.size(); ++type) {
        const results::AreaType& about = layout.area_types[type];
        AreaTypeComparison& one = result.emplace_back();
        one.type = about.name;
        one.title = about.title;
        one.areas = about.areas;
        for (const Indicator& indicator : chosen)
            one.indicators.push_back(compare_in_type(reader, indicator, type, compared.reference));
        if (!has_analysis) continue;
        const PerspectiveSample sample{.perspective = basis.perspective,
                                       .cost = reader.sample(reader.by_type(basis.cost)[type]),
                                       .effect = reader.sample(reader.by_type(basis.effect)[type]),
                                       .parameters = parameters,
                                       .reference = compared.reference};
        analyse_type(sample, reader.sample(reader.by_type("families")[type]), compared, choices, one);
    }
    return result;
}

}  // namespace vfm::decision
