#include "vfm/inquiry/given_data_sensitivity.hpp"

#include "linear_surface.hpp"
#include "parameter_blocks.hpp"
#include "unknown.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/estimate.hpp"
#include "vfm/decision/first_order.hpp"
#include "vfm/inquiry/asked_sets.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <utility>

namespace vfm::inquiry {

namespace {

decision::PairedMean mean_over_draws(std::span<const double> cells, const GivenData& data) {
    const decision::Estimate estimate =
        decision::estimate(decision::mean_of(cells, data.draws, data.replications));
    decision::PairedMean mean{
        .value = estimate.value, .standard_error = unknown, .interval = {unknown, unknown}};
    if (estimate.monte_carlo) {
        mean.standard_error = estimate.monte_carlo->standard_error;
        mean.interval = estimate.monte_carlo->interval;
    }
    return mean;
}

std::vector<ParameterFacts> parameter_facts(const GivenData& data, const ParameterColumns& columns) {
    std::vector<ParameterFacts> facts;
    for (std::size_t p = 0; p < columns.size(); ++p) {
        std::vector<double> ascending = columns[p];
        std::sort(ascending.begin(), ascending.end());
        const results::ParameterRow& parameter = data.parameters[p];
        facts.push_back({parameter.name, parameter.unit, parameter.quality, parameter.mean,
                         stats::sample_quantile(ascending, 0.025), stats::sample_quantile(ascending, 0.975)});
    }
    return facts;
}

void add_first_order(SensitivityFindings& findings, const GivenData& data, const ParameterColumns& columns,
                     const std::vector<std::vector<std::size_t>>& blocks) {
    const decision::FirstOrderIndices indices(columns, blocks);
    const std::size_t reference = findings.question.reference;
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        for (std::size_t arm = 0; arm < findings.question.arms.size(); ++arm) {
            if (arm == reference) continue;
            const std::vector<double> values = contrast_cells(
                data, {.arm = arm, .other = reference, .threshold = findings.thresholds()[threshold]});
            const decision::FirstOrder found =
                indices.of({.draws = data.draws, .replications = data.replications, .values = values});
            for (std::size_t block = 0; block < blocks.size(); ++block) {
                GroupIndices index{.threshold = threshold,
                                   .arm = arm,
                                   .name = {},
                                   .parameters = {},
                                   .first = found.indices[block],
                                   .total = {}};
                for (const std::size_t p : blocks[block]) index.parameters.push_back(data.parameters[p].name);
                index.name = block_name(index.parameters);
                findings.indices.push_back(std::move(index));
            }
        }
    }
}

}  // namespace

SensitivityFindings given_data_sensitivity(const results::StudyResults& results,
                                           const QuestionChoices& choices) {
    const GivenData data = read_given_data(results, choices);
    if (data.parameters.empty()) {
        throw UserError(data.source.file + " has no uncertain parameter, so that nothing varies");
    }
    SensitivityFindings findings;
    findings.source = data.source;
    findings.draws = data.draws;
    findings.replications = data.replications;
    findings.families = data.families;
    findings.question =
        with_default_thresholds(data.question, decision::mean_arms(data.cost(), data.effect()));
    const ParameterColumns columns = parameter_columns(data);
    findings.parameters = parameter_facts(data, columns);
    for (std::size_t arm = 0; arm < findings.question.arms.size(); ++arm) {
        findings.means.push_back({.cost = mean_over_draws(data.cost().arm(arm), data),
                                  .effect = mean_over_draws(data.effect().arm(arm), data)});
    }
    add_first_order(findings, data, columns,
                    parameter_blocks(results, stored_scenario(results), data.parameter_sample()).blocks);
    LinearSurface surface(data, columns, findings.thresholds());
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        surface.read_off(threshold, findings);
    }
    return findings;
}

}  // namespace vfm::inquiry
