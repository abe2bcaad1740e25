// Functions with known variance-based indices, and noise for them.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <span>
#include <vector>

namespace vfm::decision::testing {

/// Ishigami and Homma (1990) with a = 7, b = 0.1, of uniforms on (0, 1) stretched to (-pi, pi). Of four
/// inputs the last does nothing. Its indices are in Saltelli et al. (2008, section 4.6): V = a^2/8 + b pi^4/5
/// + b^2 pi^8/18 + 1/2.
struct Ishigami {
    static constexpr std::size_t inputs = 4;
    static double at(std::span<const double> u) {
        const auto stretched = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
        const double x3 = stretched(2);
        return std::sin(stretched(0)) * (1 + 0.1 * x3 * x3 * x3 * x3) +
               7 * std::sin(stretched(1)) * std::sin(stretched(1));
    }
    static double variance() {
        const double pi4 = std::pow(std::numbers::pi, 4);
        return 49.0 / 8 + 0.1 * pi4 / 5 + 0.01 * pi4 * pi4 / 18 + 0.5;
    }
    static std::vector<double> first() {
        const double pi4 = std::pow(std::numbers::pi, 4);
        return {0.5 * std::pow(1 + 0.1 * pi4 / 5, 2) / variance(), 49.0 / 8 / variance(), 0, 0};
    }
    static std::vector<double> total() {
        const double pi4 = std::pow(std::numbers::pi, 4);
        const double interaction = 8 * 0.01 * pi4 * pi4 / 225 / variance();
        return {first()[0] + interaction, first()[1], interaction, 0};
    }
};

/// The g-function of Sobol (1993) with a = 0, 1, 4.5, 9: V_i = 1/3 / (1 + a_i)^2, V = prod(1 + V_i) - 1.
struct SobolG {
    static constexpr std::size_t inputs = 4;
    static constexpr double a[inputs] = {0, 1, 4.5, 9};
    static double at(std::span<const double> u) {
        double product = 1;
        for (std::size_t i = 0; i < inputs; ++i) product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
        return product;
    }
    static double part(std::size_t i) { return 1.0 / 3 / ((1 + a[i]) * (1 + a[i])); }
    static double variance() {
        double product = 1;
        for (std::size_t i = 0; i < inputs; ++i) product *= 1 + part(i);
        return product - 1;
    }
    static std::vector<double> first() {
        std::vector<double> indices;
        for (std::size_t i = 0; i < inputs; ++i) indices.push_back(part(i) / variance());
        return indices;
    }
    static std::vector<double> total() {
        std::vector<double> indices;
        for (std::size_t i = 0; i < inputs; ++i) {
            indices.push_back(part(i) * (1 + variance()) / (1 + part(i)) / variance());
        }
        return indices;
    }
};

/// A matrix of uniforms, row by row.
inline std::vector<double> uniforms(std::size_t count, unsigned seed) {
    std::mt19937_64 engine(seed);
    std::uniform_real_distribution<double> uniform;
    std::vector<double> values(count);
    for (double& value : values) value = uniform(engine);
    return values;
}

}  // namespace vfm::decision::testing
