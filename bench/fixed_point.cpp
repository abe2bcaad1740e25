// What it costs to add a value to an exact total.
#include "vfm/core/fixed_point.hpp"

#include <random>
#include <vector>

#include <benchmark/benchmark.h>

namespace vfm {
namespace {

void fixed_point_sum(benchmark::State& state) {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> draw(1.0 / 40);
    std::vector<double> waits(1024);
    for (double& wait : waits) wait = draw(random);
    Fixed sum = 0;
    for (auto _ : state) {
        for (const double wait : waits) sum += to_fixed(wait);
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(waits.size()));
}
BENCHMARK(fixed_point_sum);

}  // namespace
}  // namespace vfm
