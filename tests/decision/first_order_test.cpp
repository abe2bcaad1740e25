// Given-data indices against functions whose indices are known, with noise inside draws.
#include "vfm/decision/first_order.hpp"

#include "test_functions.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using Column = std::vector<double>;

/// Draws of a function's inputs, each a column, and its results with noise.
template <class Function>
struct Drawn {
    std::size_t draws;
    std::size_t replications;
    std::vector<Column> inputs;
    Column values;

    Drawn(std::size_t n, std::size_t r, double noise, unsigned seed)
        : draws(n), replications(r), inputs(Function::inputs) {
        const Column points = testing::uniforms(n * Function::inputs, seed);
        std::mt19937_64 engine(seed + 1);
        std::normal_distribution<double> normal(0, noise);
        for (std::size_t draw = 0; draw < n; ++draw) {
            const std::span<const double> point(points.data() + draw * Function::inputs, Function::inputs);
            for (std::size_t i = 0; i < Function::inputs; ++i) inputs[i].push_back(point[i]);
            for (std::size_t k = 0; k < r; ++k) values.push_back(Function::at(point) + normal(engine));
        }
    }
    /// Each input's own, of those named.
    [[nodiscard]] FirstOrder indices(std::vector<std::vector<std::size_t>> which = {
                                         {0}, {1}, {2}, {3}}) const {
        return FirstOrderIndices(inputs, std::move(which))
            .of({.draws = draws, .replications = replications, .values = values});
    }
};

TEST(FirstOrderIndices, ishigami_and_sobol_g_have_their_known_indices_whatever_the_noise) {
    const Drawn<testing::Ishigami> ishigami(2000, 2, 4, 5);
    const FirstOrder of_ishigami = ishigami.indices();
    EXPECT_NEAR(of_ishigami.variance, testing::Ishigami::variance(), 0.15 * testing::Ishigami::variance());
    const Drawn<testing::SobolG> g(2000, 2, 0.5, 7);
    const FirstOrder of_g = g.indices();
    for (std::size_t i = 0; i < 4; ++i) {
        const SensitivityIndex found = of_ishigami.indices[i];
        EXPECT_NEAR(found.value, testing::Ishigami::first()[i], 4 * found.standard_error) << "Ishigami " << i;
        EXPECT_LT(found.standard_error, 0.04);
        const SensitivityIndex other = of_g.indices[i];
        EXPECT_NEAR(other.value, testing::SobolG::first()[i], 4 * other.standard_error) << "g " << i;
    }
}

TEST(FirstOrderIndices, what_explains_nothing_is_zero_on_average_and_covered) {
    double sum = 0;
    int covered = 0;
    constexpr int studies = 150;
    for (unsigned study = 0; study < studies; ++study) {
        const Drawn<testing::Ishigami> drawn(200, 2, 2, 100 + 2 * study);
        const SensitivityIndex found = drawn.indices({{3}}).indices[0];
        sum += found.value;
        covered += found.interval.low <= 0 && found.interval.high >= 0 ? 1 : 0;
    }
    // The spread of one estimate is about sqrt(2 * 10) / 200 = 0.022, of their mean 0.0018.
    EXPECT_NEAR(sum / studies, 0, 4 * 0.0018);
    EXPECT_GT(covered, 0.88 * studies);
}

TEST(FirstOrderIndices, intervals_cover_a_real_effect_about_as_often_as_they_say) {
    int covered = 0;
    constexpr int studies = 150;
    for (unsigned study = 0; study < studies; ++study) {
        const Drawn<testing::SobolG> drawn(400, 2, 0.3, 3000 + 2 * study);
        const SensitivityIndex found = drawn.indices({{0}}).indices[0];
        const double truth = testing::SobolG::first()[0];
        covered += found.interval.low <= truth && truth <= found.interval.high ? 1 : 0;
    }
    EXPECT_GT(covered, 0.89 * studies);  // 0.95 less 4 standard errors of a proportion
}

TEST(FirstOrderIndices, a_group_explains_what_its_members_do_and_what_they_do_together) {
    // y = x0 + x1 + 6 x0 x1 on (-1/2, 1/2): variances 1/12, 1/12 and 36/144.
    constexpr std::size_t draws = 3000;
    const Column points = testing::uniforms(draws * 3, 9);
    std::vector<Column> inputs(3);
    Column values;
    for (std::size_t i = 0; i < draws; ++i) {
        const double x = points[3 * i] - 0.5;
        const double y = points[3 * i + 1] - 0.5;
        inputs[0].push_back(x);
        inputs[1].push_back(y);
        inputs[2].push_back(points[3 * i + 2]);
        values.push_back(x + y + 6 * x * y + 0.3 * (points[3 * i + 2] - 0.5));
    }
    const double all = 2.0 / 12 + 36.0 / 144 + 0.09 / 12;
    const FirstOrder found =
        FirstOrderIndices(inputs, {{0}, {0, 1}}).of({.draws = draws, .replications = 1, .values = values});
    const SensitivityIndex alone = found.indices[0];
    const SensitivityIndex together = found.indices[1];
    EXPECT_NEAR(alone.value, 1.0 / 12 / all, 4 * alone.standard_error);
    EXPECT_NEAR(together.value, (2.0 / 12 + 36.0 / 144) / all, 4 * together.standard_error + 0.005);
}

TEST(FirstOrderIndices, ties_and_constants_are_no_trouble) {
    constexpr std::size_t draws = 400;
    const Column points = testing::uniforms(draws, 3);
    Column steps;
    Column values;
    for (const double u : points) {
        steps.push_back(u < 0.5 ? 1 : 2);
        values.push_back(steps.back() * 10 + u);
    }
    const Column constant(draws, 4.0);
    const std::vector<Column> inputs = {steps, constant};
    const FirstOrderIndices indices(inputs, {{0}, {1}});
    const FirstOrder found = indices.of({.draws = draws, .replications = 1, .values = values});
    EXPECT_GT(found.indices[0].value, 0.98);
    EXPECT_EQ(found.indices[1].value, 0);
    const FirstOrder nothing = indices.of({.draws = draws, .replications = 1, .values = constant});
    EXPECT_TRUE(std::isnan(nothing.indices[0].value));
}

TEST(FirstOrderIndices, of_many_parameters_in_few_draws_still_average_to_the_truth) {
    // 60 parameters, 100 draws; the result is the sum of the first two and noise.
    double first = 0;
    double useless = 0;
    constexpr int studies = 40;
    for (unsigned study = 0; study < studies; ++study) {
        constexpr std::size_t draws = 100;
        const Column points = testing::uniforms(draws * 61, 500 + study);
        std::vector<Column> inputs(60);
        Column values;
        for (std::size_t draw = 0; draw < draws; ++draw) {
            for (std::size_t i = 0; i < 60; ++i) inputs[i].push_back(points[draw * 61 + i]);
            values.push_back(inputs[0].back() + inputs[1].back() + points[draw * 61 + 60]);
        }
        const FirstOrder found =
            FirstOrderIndices(inputs, {{0}, {40}}).of({.draws = draws, .replications = 1, .values = values});
        first += found.indices[0].value / studies;
        useless += found.indices[1].value / studies;
    }
    EXPECT_NEAR(first, 1.0 / 3, 0.06);
    EXPECT_NEAR(useless, 0, 0.03);
}

TEST(FirstOrderIndices, too_few_draws_and_wrong_sizes_are_refused) {
    const std::vector<Column> inputs = {Column(10, 1.0)};
    EXPECT_THROW(FirstOrderIndices(inputs, {{0}}), std::invalid_argument);
    const std::vector<Column> enough = {Column(30, 1.0)};
    const FirstOrderIndices indices(enough, {{0}});
    EXPECT_THROW(static_cast<void>(indices.of({.draws = 10, .replications = 1, .values = inputs[0]})),
                 std::invalid_argument);
}

}  // namespace
}  // namespace vfm::decision
