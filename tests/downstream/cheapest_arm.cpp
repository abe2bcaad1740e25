// Runs a scenario through the installed library and names the arm that costs least:
//   cheapest_arm SCENARIO.yaml OUTPUT.h5
#include "vfm/decision/comparison.hpp"
#include "vfm/experiment/run.hpp"
#include "vfm/results/study_results.hpp"
#include "vfm/scenario/load.hpp"

#include <algorithm>
#include <iostream>

int main(int, char** arguments) {
    int unused;  // -Wall warns: what is an error in the library's own files is none in its users'
    const vfm::scenario::Scenario scenario = vfm::scenario::load_scenario(arguments[1]);
    const vfm::experiment::CompiledStudy study(scenario);
    vfm::experiment::RunSettings settings;
    settings.output = arguments[2];
    vfm::experiment::Progress progress;
    if (vfm::experiment::run_study(study, settings, vfm::results::provenance_here(), progress) !=
        vfm::experiment::RunEnd::complete)
        return 1;

    const auto results = vfm::results::StudyResults::open(settings.output);
    const auto compared = vfm::decision::compare(vfm::decision::tables_of(results), {});
    const auto& costs = compared.analysis->cost;
    const auto least = std::min_element(costs.begin(), costs.end(),
                                        [](const auto& a, const auto& b) { return a.value < b.value; });
    std::cout << compared.arms[static_cast<std::size_t>(least - costs.begin())] << '\n';
}
