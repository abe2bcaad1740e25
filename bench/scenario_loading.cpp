// What it costs before the first replication: reading and checking a study, making its draws.
#include "vfm/experiment/compiled_study.hpp"
#include "vfm/scenario/load.hpp"

#include <benchmark/benchmark.h>

namespace vfm::experiment {
namespace {

constexpr const char* default_study = VFM_SOURCE_DIR "/scenarios/single_vs_dual.yaml";

void load_and_check(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(scenario::load_scenario(default_study, {}));
}
BENCHMARK(load_and_check)->Unit(benchmark::kMillisecond);

void make_draws_and_staffing(benchmark::State& state) {
    const scenario::Scenario scenario = scenario::load_scenario(default_study, {});
    for (auto _ : state) {
        const CompiledStudy study(scenario);
        benchmark::DoNotOptimize(study.batches());
    }
}
BENCHMARK(make_draws_and_staffing)->Unit(benchmark::kMillisecond);

void resolve_a_draw(benchmark::State& state) {
    const scenario::Scenario scenario = scenario::load_scenario(default_study, {});
    const CompiledStudy study(scenario);
    Resolver resolver(scenario, study.staffing());
    std::uint64_t draw = 0;
    for (auto _ : state) {
        draw = (draw + 1) % study.layout().draws;
        benchmark::DoNotOptimize(resolver.resolve(study.parameters().draw(draw)));
    }
}
BENCHMARK(resolve_a_draw)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace vfm::experiment
