// The bridge from an open results file to the tables that a comparison reads.
#include "vfm/decision/comparison.hpp"
#include "vfm/results/outside_sample.hpp"
#include "vfm/results/study_results.hpp"

namespace vfm::decision {

StudyTables tables_of(const results::StudyResults& results) {
    return {.layout = &results.layout(),
            .origin = results::is_outside_sample(results.header()) ? Origin::imported : Origin::simulated,
            .measure = [&results](std::string_view name) { return results.measure(name); },
            .group_measure = [&results](std::string_view name) { return results.group_measure(name); },
            .parameter_draws = [&results] { return results.parameter_draws(); }};
}

}  // namespace vfm::decision
