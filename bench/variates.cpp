// What a random number costs: in batches, as the simulation draws most of them, and one by one.
#include "vfm/random/sampler.hpp"
#include "vfm/random/streams.hpp"

#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

namespace vfm::random {
namespace {

constexpr std::size_t families = 1024;
constexpr Cell cell = {1, 2, 3};

/// Says the time for one value.
void count_values(benchmark::State& state, std::size_t a_round) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(a_round));
}

std::vector<double> normals() {
    std::vector<double> z(families);
    std::vector<double> other(families);
    fill_uniform_pairs(cell, 1, 0, 0, z, other);
    fill_normals(z);
    return z;
}

void uniform_pairs(benchmark::State& state) {
    std::vector<double> first(families);
    std::vector<double> second(families);
    std::uint32_t purpose = 0;
    for (auto _ : state) {
        fill_uniform_pairs(cell, ++purpose, 0, 0, first, second);
        benchmark::DoNotOptimize(first.data());
        benchmark::ClobberMemory();
    }
    count_values(state, 2 * families);
}
BENCHMARK(uniform_pairs);

void batch_of_normals(benchmark::State& state) {
    std::vector<double> uniforms(families);
    std::vector<double> other(families);
    fill_uniform_pairs(cell, 1, 0, 0, uniforms, other);
    std::vector<double> z(families);
    for (auto _ : state) {
        z = uniforms;
        fill_normals(z);
        benchmark::DoNotOptimize(z.data());
    }
    count_values(state, families);
}
BENCHMARK(batch_of_normals);

void normal_pair_on_demand(benchmark::State& state) {
    std::uint32_t family = 0;
    for (auto _ : state) benchmark::DoNotOptimize(normal_pair(cell, 1, ++family, 0));
    count_values(state, 2);
}
BENCHMARK(normal_pair_on_demand);

void batch_of_samples(benchmark::State& state, const Sampler& sampler) {
    const std::vector<double> z = normals();
    std::vector<double> samples(families);
    for (auto _ : state) {
        sampler.fill(z, samples);
        benchmark::DoNotOptimize(samples.data());
        benchmark::ClobberMemory();
    }
    count_values(state, families);
}

void single_samples(benchmark::State& state, const Sampler& sampler) {
    const std::vector<double> z = normals();
    for (auto _ : state) {
        for (const double value : z) benchmark::DoNotOptimize(sampler.sample(value));
    }
    count_values(state, families);
}

GammaTables tables;

BENCHMARK_CAPTURE(batch_of_samples, lognormal, Sampler::lognormal_mean_cv(42, 0.5));
BENCHMARK_CAPTURE(single_samples, lognormal, Sampler::lognormal_mean_cv(42, 0.5));
BENCHMARK_CAPTURE(batch_of_samples, gamma, Sampler::gamma_mean_shape(12, 4, tables));
BENCHMARK_CAPTURE(single_samples, gamma, Sampler::gamma_mean_shape(12, 4, tables));
BENCHMARK_CAPTURE(single_samples, triangular, Sampler::triangular(1, 2, 6));

}  // namespace
}  // namespace vfm::random
