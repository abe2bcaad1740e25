#include "vfm/experiment/parameter_draws.hpp"

#include "small_study.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;

class Draws : public ::testing::Test {
  protected:
    static constexpr std::uint64_t count = 1024;
    scenario::Scenario scenario = small_scenario({{"design.draws", "1024"}, {"design.sampling", "sobol"}});
    ParameterDraws draws{scenario};

    [[nodiscard]] std::size_t index(const std::string& name) const {
        for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
            if (scenario.parameters[p].name == name) return p;
        }
        ADD_FAILURE() << "no parameter " << name;
        return 0;
    }
    [[nodiscard]] std::vector<double> column(const std::string& name) const {
        std::vector<double> values;
        for (std::uint64_t draw = 0; draw < count; ++draw) values.push_back(draws.draw(draw)[index(name)]);
        return values;
    }
};

TEST_F(Draws, means_are_the_distributions_means) {
    EXPECT_DOUBLE_EQ(draws.means()[index("refusal")], 0.2);
    EXPECT_NEAR(draws.means()[index("hours")], 4, 1e-12);
    EXPECT_NEAR(draws.means()[index("lead")], 30, 1e-12);
    EXPECT_DOUBLE_EQ(draws.means()[index("mix.a")], 0.2);
    EXPECT_DOUBLE_EQ(draws.means()[index("mix.c")], 0.5);
    EXPECT_DOUBLE_EQ(draws.means()[index("price")], 30);
}

TEST_F(Draws, what_has_a_distribution_varies_and_what_has_a_value_does_not) {
    std::vector<std::size_t> expected = {index("refusal"), index("hours"), index("lead"),
                                         index("mix.a"),   index("mix.b"), index("mix.c")};
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(draws.uncertain(), expected);
    for (const double price : column("price")) EXPECT_EQ(price, 30);
}

// A scrambled Sobol design of 2^10 points has exactly one in each of 2^10 equally likely strata.
TEST_F(Draws, an_independent_parameter_has_one_value_between_neighbouring_quantiles) {
    std::vector<double> values = column("lead");
    std::sort(values.begin(), values.end());
    const random::Distribution& lead = scenario.parameters[index("lead")].distribution;
    for (std::size_t i = 0; i < count; ++i) {
        const double u = random::cumulative_probability(lead, values[i]);
        EXPECT_GE(u, static_cast<double>(i) / count - 1e-12);
        EXPECT_LE(u, static_cast<double>(i + 1) / count + 1e-12);
    }
}

TEST_F(Draws, correlated_parameters_keep_their_own_distributions_and_have_the_rank_correlation) {
    const auto ranks = [](const std::vector<double>& values) {
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
        std::vector<double> rank(values.size());
        for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
        return rank;
    };
    for (const char* name : {"refusal", "hours"}) {
        std::vector<double> values = column(name);
        std::sort(values.begin(), values.end());
        const random::Distribution& distribution = scenario.parameters[index(name)].distribution;
        double farthest = 0;  // Kolmogorov and Smirnov's distance; 1.63 / sqrt(n) is exceeded once in 100
        for (std::size_t i = 0; i < count; ++i) {
            const double u = random::cumulative_probability(distribution, values[i]);
            farthest = std::max(farthest, std::fabs(u - (static_cast<double>(i) + 0.5) / count));
        }
        EXPECT_LT(farthest, 1.63 / std::sqrt(count)) << name;
    }
    const std::vector<double> a = ranks(column("refusal"));
    const std::vector<double> b = ranks(column("hours"));
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
    const double n = count;
    const double spearman = 1 - 6 * squares / (n * (n * n - 1));
    EXPECT_NEAR(spearman, 0.6, 4 * (1 - 0.36) / std::sqrt(n));
    const std::vector<double> c = ranks(column("lead"));
    squares = 0;
    for (std::size_t i = 0; i < count; ++i) squares += (a[i] - c[i]) * (a[i] - c[i]);
    EXPECT_NEAR(1 - 6 * squares / (n * (n * n - 1)), 0, 4 / std::sqrt(n));
}

TEST_F(Draws, shares_of_a_whole_add_up_to_one_and_have_their_means_and_spreads) {
    const std::vector<double> a = column("mix.a");
    const std::vector<double> b = column("mix.b");
    const std::vector<double> c = column("mix.c");
    double mean = 0;
    double variance = 0;
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_NEAR(a[i] + b[i] + c[i], 1, 1e-15);
        EXPECT_GT(std::min({a[i], b[i], c[i]}), 0);
        mean += b[i] / count;
        variance += (b[i] - 0.3) * (b[i] - 0.3) / count;
    }
    const double expected = 0.3 * 0.7 / 11;  // of Dirichlet(2, 3, 5)
    EXPECT_NEAR(mean, 0.3, 4 * std::sqrt(expected / count));
    EXPECT_NEAR(variance, expected, 4 * expected * std::sqrt(2.0 / count));
}

TEST_F(Draws, a_draw_is_the_same_whenever_it_is_asked_for) {
    const std::vector<double> early = draws.draw(700);
    static_cast<void>(draws.draw(3));
    EXPECT_EQ(draws.draw(700), early);
    EXPECT_EQ(ParameterDraws(scenario).draw(700), early);
    EXPECT_NE(draws.draw(701), early);
}

TEST(ParameterDraws, impossible_correlations_are_refused) {
    const scenario::Scenario scenario = [] {
        scenario::Scenario made = small_scenario();
        std::size_t lead = 0;
        while (made.parameters[lead].name != "lead") ++lead;
        const scenario::Correlation first = made.correlations.front();
        made.correlations = {
            {first.first, first.second, 0.95}, {first.first, lead, 0.95}, {first.second, lead, -0.95}};
        return made;
    }();
    EXPECT_THROW(ParameterDraws{scenario}, std::invalid_argument);
}

}  // namespace
}  // namespace vfm::experiment
