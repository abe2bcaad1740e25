// Sobol indices against functions whose indices are known, with and without noise inside rows.
#include "vfm/decision/sobol_indices.hpp"

#include "test_functions.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

/// Whether a hybrid's noise is A's, as keys reused make it, or noise of its own.
enum class Variates { reused, redrawn };

struct Design {
    std::size_t rows = 0;
    std::size_t replications = 0;
    std::size_t groups = 0;
    std::vector<double> a;
    std::vector<double> b;
    std::vector<double> hybrids;

    [[nodiscard]] SaltelliResults results() const {
        return {
            .rows = rows, .replications = replications, .groups = groups, .a = a, .b = b, .hybrids = hybrids};
    }
};

template <class Function>
Design run(std::size_t rows, std::size_t replications, double noise, Variates variates, unsigned seed) {
    constexpr std::size_t k = Function::inputs;
    const std::vector<double> points_a = testing::uniforms(rows * k, seed);
    const std::vector<double> points_b = testing::uniforms(rows * k, seed + 1);
    std::mt19937_64 engine(seed + 2);
    std::normal_distribution<double> normal(0, noise > 0 ? noise : 1);
    const auto noise_of_row = [&] {
        std::vector<double> drawn(replications, 0.0);
        if (noise > 0) {
            for (double& one : drawn) one = normal(engine);
        }
        return drawn;
    };
    Design design{.rows = rows, .replications = replications, .groups = k, .a = {}, .b = {}, .hybrids = {}};
    design.hybrids.resize(k * rows * replications);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::span<const double> a(points_a.data() + row * k, k);
        const std::span<const double> b(points_b.data() + row * k, k);
        const std::vector<double> noise_a = noise_of_row();
        for (const double one : noise_a) design.a.push_back(Function::at(a) + one);
        for (const double one : noise_of_row()) design.b.push_back(Function::at(b) + one);
        for (std::size_t group = 0; group < k; ++group) {
            std::vector<double> hybrid(a.begin(), a.end());
            hybrid[group] = b[group];
            const std::vector<double> own = variates == Variates::reused ? noise_a : noise_of_row();
            for (std::size_t r = 0; r < replications; ++r) {
                design.hybrids[(group * rows + row) * replications + r] = Function::at(hybrid) + own[r];
            }
        }
    }
    return design;
}

template <class Function>
void expect_known_indices(const Design& design) {
    const SobolIndices found = sobol_indices(design.results(), {.resamples = 200, .seed = 3});
    EXPECT_NEAR(found.variance, Function::variance(), 0.1 * Function::variance());
    for (std::size_t i = 0; i < Function::inputs; ++i) {
        EXPECT_NEAR(found.first[i].value, Function::first()[i], 4 * found.first[i].standard_error + 1e-12)
            << "first " << i;
        EXPECT_NEAR(found.total[i].value, Function::total()[i], 4 * found.total[i].standard_error + 1e-12)
            << "total " << i;
        EXPECT_LT(found.first[i].standard_error, 0.08) << "first " << i;
        EXPECT_LT(found.total[i].standard_error, 0.08) << "total " << i;
    }
}

TEST(SobolIndices, ishigami_and_sobol_g_have_their_known_indices) {
    expect_known_indices<testing::Ishigami>(run<testing::Ishigami>(2048, 1, 0, Variates::reused, 11));
    expect_known_indices<testing::SobolG>(run<testing::SobolG>(2048, 1, 0, Variates::reused, 12));
}

TEST(SobolIndices, noise_inside_rows_changes_none_of_them_when_there_are_replications) {
    // As much noise as signal in each replication.
    const double noise = std::sqrt(testing::Ishigami::variance());
    expect_known_indices<testing::Ishigami>(run<testing::Ishigami>(2048, 2, noise, Variates::reused, 21));
    expect_known_indices<testing::Ishigami>(run<testing::Ishigami>(4096, 2, noise, Variates::redrawn, 22));
    expect_known_indices<testing::SobolG>(run<testing::SobolG>(4096, 3, 0.6, Variates::redrawn, 23));
    const SobolIndices found = sobol_indices(
        run<testing::Ishigami>(2048, 2, noise, Variates::reused, 24).results(), {.resamples = 2, .seed = 1});
    EXPECT_NEAR(found.noise_share, 0.5, 0.05);
}

TEST(SobolIndices, an_input_that_does_nothing_has_exactly_none_when_keys_are_reused) {
    const Design design = run<testing::Ishigami>(256, 2, 3, Variates::reused, 31);
    const SobolIndices found = sobol_indices(design.results(), {.resamples = 50, .seed = 1});
    EXPECT_EQ(found.first[3].value, 0);
    EXPECT_EQ(found.total[3].value, 0);
    EXPECT_EQ(found.total[3].interval.high, 0);
}

TEST(SobolIndices, an_input_that_only_redraws_the_luck_covers_zero_instead_of_the_share_of_noise) {
    const double noise = std::sqrt(testing::Ishigami::variance());
    const Design two = run<testing::Ishigami>(2048, 2, noise, Variates::redrawn, 41);
    const SensitivityIndex inert = sobol_indices(two.results(), {.resamples = 400, .seed = 1}).total[3];
    EXPECT_LT(inert.interval.low, 0);
    EXPECT_GT(inert.interval.high, 0);
    // With a single replication it cannot be told apart from interaction: 1/2 of the noisy result's variance.
    const Design one = run<testing::Ishigami>(2048, 1, noise, Variates::redrawn, 42);
    const SensitivityIndex noisy = sobol_indices(one.results(), {.resamples = 100, .seed = 1}).total[3];
    EXPECT_NEAR(noisy.value, 0.5, 4 * noisy.standard_error);
}

TEST(SobolIndices, bootstrap_intervals_cover_the_truth_about_as_often_as_they_say) {
    int covered = 0;
    constexpr int studies = 200;
    for (unsigned study = 0; study < studies; ++study) {
        const Design design = run<testing::SobolG>(128, 2, 0.3, Variates::redrawn, 1000 + 3 * study);
        const SensitivityIndex total =
            sobol_indices(design.results(), {.resamples = 100, .seed = study}).total[1];
        const double truth = testing::SobolG::total()[1];
        if (total.interval.low <= truth && truth <= total.interval.high) ++covered;
    }
    // 95 % less what percentile intervals lose on 128 rows; 4 standard errors of a proportion are 0.062.
    EXPECT_GT(covered, 0.86 * studies);
}

TEST(SobolIndices, negative_estimates_are_kept_and_say_that_they_have_not_converged) {
    const Design design = run<testing::Ishigami>(64, 2, 3, Variates::redrawn, 51);
    const SobolIndices found = sobol_indices(design.results(), {.resamples = 50, .seed = 1});
    int negative = 0;
    for (const auto* indices : {&found.first, &found.total}) {
        for (const SensitivityIndex& index : *indices) {
            EXPECT_EQ(index.converged(), index.value >= 0);
            negative += index.converged() ? 0 : 1;
        }
    }
    EXPECT_GT(negative, 0);
}

TEST(SobolIndices, a_constant_result_has_none_and_wrong_sizes_are_refused) {
    const std::vector<double> same(8, 5.0);
    const SaltelliResults results{
        .rows = 4, .replications = 2, .groups = 1, .a = same, .b = same, .hybrids = same};
    EXPECT_TRUE(std::isnan(sobol_indices(results).first[0].value));
    SaltelliResults wrong = results;
    wrong.groups = 2;
    EXPECT_THROW(static_cast<void>(sobol_indices(wrong)), std::invalid_argument);
}

}  // namespace
}  // namespace vfm::decision
