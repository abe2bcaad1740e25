// What it costs to count a value.
#include "vfm/core/fixed_point.hpp"
#include "vfm/stats/histogram.hpp"

#include <random>
#include <vector>

#include <benchmark/benchmark.h>

namespace vfm::stats {
namespace {

std::vector<double> waits() {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> draw(1.0 / 40);
    std::vector<double> drawn(1024);
    for (double& wait : drawn) wait = draw(random);
    return drawn;
}

void fixed_point_sum(benchmark::State& state) {
    const std::vector<double> values = waits();
    Fixed sum = 0;
    for (auto _ : state) {
        for (const double value : values) sum += to_fixed(value);
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}
BENCHMARK(fixed_point_sum);

void histogram_add(benchmark::State& state, const Bins& bins) {
    const std::vector<double> values = waits();
    Histogram histogram(bins);
    for (auto _ : state) {
        for (const double value : values) histogram.add(value);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}
BENCHMARK_CAPTURE(histogram_add, linear, Bins::linear(0, 400, 400));
BENCHMARK_CAPTURE(histogram_add, logarithmic, Bins::logarithmic(1, 12, 16));

}  // namespace
}  // namespace vfm::stats
