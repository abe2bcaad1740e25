// The bridge from an open results file to the tables that a comparison reads.
#include "vfm/decision/comparison.hpp"
#include "vfm/results/study_results.hpp"

namespace vfm::decision {

StudyTables tables_of(const results::StudyResults& results) {
    return {.layout = &results.layout(),
            .measure = [&results](std::string_view name) { return results.measure(name); },
            .group_measure = [&results](std::string_view name) { return results.group_measure(name); }};
}

}  // namespace vfm::decision
