#include "voi_sample.hpp"

#include "results_input.hpp"
#include "study_words.hpp"
#include "voi_sets.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/stats/intervals.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

constexpr std::size_t least_draws = 20;

std::vector<double> finite(std::vector<double> values, const std::string& what) {
    if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
        throw FileFormatError(fmt::format("{} holds values that are not finite numbers", what));
    }
    return values;
}

}  // namespace

VoiSample read_voi_sample(const results::StudyResults& results, const VoiOptions& options) {
    const results::Layout& layout = results.layout();
    if (layout.arms.size() < 2) throw UserError("voi is about choosing between arms, and this file has one");
    if (layout.draws < least_draws) {
        throw UserError(
            fmt::format("voi needs at least {} draws of the uncertain parameters, the file has {}: "
                        "run the study with more, e.g. --draws 1024",
                        least_draws, layout.draws));
    }
    VoiSample sample;
    sample.arms = layout.arms;
    sample.origin = origin_of(results.header());
    const std::string& reference = options.reference.empty() ? layout.reference_arm : options.reference;
    if (!reference.empty()) sample.reference = place_of(reference, layout.arms, "arm");
    sample.perspective = options.perspective;
    if (sample.perspective.empty() && !layout.perspectives.empty()) {
        sample.perspective = layout.perspectives.front();
    }
    static_cast<void>(place_of(sample.perspective, layout.perspectives, "perspective"));
    const std::vector<std::string> measures = additive_measures(layout);
    sample.effect_name = options.effect.empty() ? default_effect(measures) : options.effect;
    const std::string cost = "cost_" + sample.perspective;
    static_cast<void>(place_of(cost, measures, "additive measure"));
    static_cast<void>(place_of(sample.effect_name, measures, "additive measure"));
    sample.cost_values = finite(results.measure(cost), cost);
    sample.effect_values = finite(results.measure(sample.effect_name), sample.effect_name);
    if (std::find(measures.begin(), measures.end(), "families") != measures.end()) {
        sample.families = stats::mean(finite(results.measure("families"), "families"));
    }
    sample.cost = {layout.arms.size(), static_cast<std::size_t>(layout.draws),
                   static_cast<std::size_t>(layout.replications), sample.cost_values};
    sample.effect = sample.cost;
    sample.effect.values = sample.effect_values;
    sample.parameter_values = finite(results.parameter_draws(), "the table of parameters");
    sample.parameters = {sample.cost.draws, {}, sample.parameter_values};
    for (const results::ParameterRow& row : results.uncertain_parameters()) {
        sample.parameters.names.push_back(row.name);
        sample.qualities.push_back(row.quality);
    }
    AskedSets asked = asked_sets(results, sample.parameters, options.groups);
    sample.sets = std::move(asked.sets);
    sample.dependence = std::move(asked.dependence);
    return sample;
}

}  // namespace vfm::program
