#include "sobol_study.hpp"

#include "watched_runs.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/saltelli_design.hpp"
#include "vfm/inquiry/asked_sets.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::inquiry {

using experiment::Block;
using experiment::DesignedResults;
using experiment::DesignGroup;

namespace {

constexpr const char* all_others = "all others";
constexpr std::uint64_t row_replications = 2;  // as many as it takes to tell noise from interaction

/// The largest bar of a parameter over thresholds, for the arm that the page is about.
std::vector<double> largest_bars(const SensitivityFindings& findings) {
    std::vector<double> largest(findings.parameters.size(), 0.0);
    for (const TornadoBar& bar : findings.tornado) {
        if (bar.arm != subject_at(findings, findings.thresholds()[bar.threshold])) continue;
        largest[bar.parameter] = std::max({largest[bar.parameter], std::abs(bar.low.value - bar.high.value),
                                           std::abs(bar.low.value), std::abs(bar.high.value)});
    }
    return largest;
}

std::vector<std::string> names_in(const scenario::Scenario& scenario, const Block& block) {
    std::vector<std::string> names;
    for (const std::size_t p : block.parameters) names.push_back(scenario.parameters[p].name);
    return names;
}

/// Adds the coordinates that are in no group as one more.
std::vector<DesignGroup> with_all_others(std::vector<DesignGroup> groups,
                                         const experiment::CompiledStudy& study) {
    DesignGroup rest{.name = all_others, .coordinates = {}};
    for (std::size_t c = 0; c < study.parameters().space().size(); ++c) {
        const bool taken = std::any_of(groups.begin(), groups.end(), [&](const DesignGroup& group) {
            return std::find(group.coordinates.begin(), group.coordinates.end(), c) !=
                   group.coordinates.end();
        });
        if (!taken) rest.coordinates.push_back(c);
    }
    if (!rest.coordinates.empty()) groups.push_back(rest);
    return groups;
}

/// The groups that the scenario declares, if it declares any and they neither overlap nor split what is
/// correlated.
std::vector<DesignGroup> declared_groups(const experiment::CompiledStudy& study) {
    std::vector<std::string> names;
    for (const scenario::ParameterGroup& group : study.scenario().parameter_groups)
        names.push_back(group.name);
    try {
        return experiment::parameter_groups(study.scenario(), study.parameters().space(), names);
    } catch (const UserError&) {
        return {};
    }
}

/// Blocks by their largest bar.
std::vector<DesignGroup> largest_groups(const SensitivityFindings& findings,
                                        const experiment::CompiledStudy& study) {
    constexpr std::size_t most = 6;
    const experiment::ParameterSpace& space = study.parameters().space();
    const std::vector<double> bars = largest_bars(findings);
    const auto size_of = [&](const Block& block) {
        double largest = 0;
        for (const std::size_t p : block.parameters) {
            const auto place = std::find(space.uncertain().begin(), space.uncertain().end(), p);
            largest = std::max(largest, bars[static_cast<std::size_t>(place - space.uncertain().begin())]);
        }
        return largest;
    };
    std::vector<Block> blocks = space.blocks();
    std::stable_sort(blocks.begin(), blocks.end(),
                     [&](const Block& a, const Block& b) { return size_of(a) > size_of(b); });
    std::vector<DesignGroup> groups;
    for (const Block& block : blocks) {
        if (groups.size() == most) break;
        groups.push_back({block_name(names_in(study.scenario(), block)), block.coordinates});
    }
    return groups;
}

/// A contrast's net benefits in rows from a point on: row x replication.
std::vector<double> rows_of(const DesignedResults& runs, std::size_t first, std::size_t count,
                            const decision::Contrast& contrast) {
    std::vector<double> values;
    for (std::size_t point = first; point < first + count; ++point) {
        for (std::size_t r = 0; r < runs.replications; ++r) {
            const auto difference = [&](RunMeasure measure) {
                return runs.at(point, measure, contrast.arm)[r] - runs.at(point, measure, contrast.other)[r];
            };
            values.push_back(contrast.threshold * difference(effect_measure) - difference(cost_measure));
        }
    }
    return values;
}

std::vector<std::string> members_of(const experiment::CompiledStudy& study, const DesignGroup& group) {
    if (group.name == all_others) return {};
    std::vector<std::string> names;
    for (const Block& block : study.parameters().space().blocks()) {
        const bool in = std::find(group.coordinates.begin(), group.coordinates.end(),
                                  block.coordinates.front()) != group.coordinates.end();
        if (!in) continue;
        for (std::string& name : names_in(study.scenario(), block)) names.push_back(std::move(name));
    }
    return names;
}

std::vector<DesignGroup> chosen_groups(const SensitivityFindings& findings,
                                       const experiment::CompiledStudy& study,
                                       const DesignedOptions& options) {
    if (!options.groups.empty()) {
        return experiment::parameter_groups(study.scenario(), study.parameters().space(), options.groups);
    }
    std::vector<DesignGroup> groups = declared_groups(study);
    if (groups.empty()) groups = largest_groups(findings, study);
    return with_all_others(std::move(groups), study);
}

}  // namespace

void add_sobol_indices(SensitivityFindings& findings, const experiment::CompiledStudy& study,
                       const DesignedOptions& options) {
    const Question& question = findings.question;
    const std::size_t rows = options.rows;
    const std::vector<DesignGroup> groups = chosen_groups(findings, study, options);
    const experiment::SaltelliDesign design(study.parameters().space(), groups, rows, row_replications,
                                            study.scenario().design.seed);
    const DesignedResults runs = watched_runs(study, design.points(), question, row_replications, options);
    findings.rows = rows;
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        for (std::size_t arm = 0; arm < question.arms.size(); ++arm) {
            if (arm == question.reference) continue;
            const decision::Contrast contrast{
                .arm = arm, .other = question.reference, .threshold = findings.thresholds()[threshold]};
            const std::vector<double> a = rows_of(runs, 0, rows, contrast);
            const std::vector<double> b = rows_of(runs, rows, rows, contrast);
            const std::vector<double> hybrids = rows_of(runs, 2 * rows, groups.size() * rows, contrast);
            const decision::SobolIndices found = decision::sobol_indices({.rows = rows,
                                                                          .replications = row_replications,
                                                                          .groups = groups.size(),
                                                                          .a = a,
                                                                          .b = b,
                                                                          .hybrids = hybrids});
            for (std::size_t group = 0; group < groups.size(); ++group) {
                findings.indices.push_back({threshold, arm, groups[group].name,
                                            members_of(study, groups[group]), found.first[group],
                                            found.total[group]});
            }
        }
    }
}

}  // namespace vfm::inquiry
