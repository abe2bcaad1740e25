// What a family and an event cost in whole replications of real scenarios, by the code that runs a study.
#include "vfm/experiment/unit_runner.hpp"
#include "vfm/scenario/load.hpp"

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

namespace vfm::experiment {
namespace {

/// What a replay of the first unit tells of all arms: stages begun, supporters got, tasks done and the like.
double events_per_family(const CompiledStudy& study) {
    UnitRunner runner(study);
    std::size_t events = 0;
    std::size_t families = 0;
    for (std::size_t arm = 0; arm < study.layout().arms.size(); ++arm) {
        for (std::uint32_t area = 0; area < study.scenario().areas; ++area) {
            events += runner.replay(arm, 0, 0, area).size();
            families += runner.families().size();
        }
    }
    return static_cast<double>(events) / static_cast<double>(families);
}

void replication(benchmark::State& state, const std::string& file) {
    const scenario::Scenario scenario = scenario::load_scenario(VFM_SOURCE_DIR "/scenarios/" + file, {});
    const CompiledStudy study(scenario);
    const double events = events_per_family(study);
    UnitRunner runner(study);
    std::uint64_t families = 0;
    std::uint64_t batch = 0;
    const auto count = [&](std::uint64_t simulated) {
        families += simulated;
        return true;
    };
    static_cast<void>(runner.run_batch(0, count));  // memory grows to its size
    families = 0;
    std::uint64_t units = 0;
    for (auto _ : state) {
        batch = (batch + 1) % study.batches();
        const results::Batch done = runner.run_batch(batch, count);
        units += done.unit_count;
    }
    const auto seconds_each = benchmark::Counter::kIsRate | benchmark::Counter::kInvert;
    state.counters["a_unit"] = benchmark::Counter(static_cast<double>(units), seconds_each);
    state.counters["a_family"] = benchmark::Counter(static_cast<double>(families), seconds_each);
    state.counters["an_event"] = benchmark::Counter(static_cast<double>(families) * events, seconds_each);
}

BENCHMARK_CAPTURE(replication, M1, "verification/m1.yaml");
BENCHMARK_CAPTURE(replication, M2, "verification/m2.yaml");
BENCHMARK_CAPTURE(replication, M2b, "verification/m2b.yaml");
BENCHMARK_CAPTURE(replication, default_study, "single_vs_dual.yaml");

}  // namespace
}  // namespace vfm::experiment
