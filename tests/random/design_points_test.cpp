#include "vfm/random/design_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::random {
namespace {

std::vector<std::string> names_of(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("parameter/" + std::to_string(100 + i));
    return names;
}

constexpr DesignKind all_kinds[] = {DesignKind::monte_carlo, DesignKind::latin_hypercube, DesignKind::sobol};

TEST(DesignPoints, depend_on_names_not_on_their_order) {
    const std::vector<std::string> forward = {"a", "b", "c"};
    const std::vector<std::string> backward = {"c", "b", "a"};
    for (const DesignKind kind : all_kinds) {
        const DesignPoints one(kind, 100, 7, forward);
        const DesignPoints other(kind, 100, 7, backward);
        for (std::uint64_t draw = 0; draw < 100; ++draw) {
            for (std::size_t p = 0; p < 3; ++p) ASSERT_EQ(one.at(draw, p), other.at(draw, 2 - p));
        }
    }
}

TEST(DesignPoints, of_other_parameters_stay_when_one_is_added_but_for_sobol_dimensions_behind_it) {
    const std::vector<std::string> before = {"a", "c"};
    const std::vector<std::string> after = {"a", "b", "c"};
    for (const DesignKind kind : all_kinds) {
        const DesignPoints one(kind, 64, 7, before);
        const DesignPoints other(kind, 64, 7, after);
        for (std::uint64_t draw = 0; draw < 64; ++draw) {
            ASSERT_EQ(one.at(draw, 0), other.at(draw, 0));
            if (kind != DesignKind::sobol) {
                ASSERT_EQ(one.at(draw, 1), other.at(draw, 2));
            }
        }
    }
}

TEST(DesignPoints, fill_gives_the_same_as_at_strictly_inside_and_another_seed_gives_others) {
    const std::vector<std::string> names = names_of(5);
    for (const DesignKind kind : all_kinds) {
        const DesignPoints design(kind, 1000, 1, names);
        const DesignPoints reseeded(kind, 1000, 2, names);
        std::vector<double> point(5);
        int same = 0;
        for (std::uint64_t draw = 0; draw < 1000; ++draw) {
            design.fill(draw, point);
            for (std::size_t p = 0; p < 5; ++p) {
                ASSERT_EQ(point[p], design.at(draw, p));
                ASSERT_GT(point[p], 0);
                ASSERT_LT(point[p], 1);
                same += point[p] == reseeded.at(draw, p) ? 1 : 0;
            }
        }
        EXPECT_EQ(same, 0);
    }
}

TEST(LatinHypercube, has_exactly_one_point_in_each_stratum_for_any_number_of_draws) {
    const std::vector<std::string> names = names_of(4);
    for (const std::uint64_t draws : {1U, 2U, 3U, 5U, 16U, 17U, 100U, 1024U, 9973U}) {
        const DesignPoints design(DesignKind::latin_hypercube, draws, 3, names);
        for (std::size_t p = 0; p < names.size(); ++p) {
            std::vector<int> hits(draws, 0);
            for (std::uint64_t draw = 0; draw < draws; ++draw) {
                ++hits[static_cast<std::size_t>(design.at(draw, p) * static_cast<double>(draws))];
            }
            for (const int hit : hits) ASSERT_EQ(hit, 1) << draws;
        }
    }
}

// Chi-squared with 23 degrees of freedom: 60 is exceeded once in 30,000 choices of the seed.
TEST(LatinHypercube, takes_the_orders_of_four_strata_about_equally_often) {
    std::map<std::vector<int>, int> counts;
    constexpr int designs = 4800;
    for (std::uint64_t seed = 0; seed < designs; ++seed) {
        const DesignPoints design(DesignKind::latin_hypercube, 4, seed, names_of(1));
        std::vector<int> order;
        for (std::uint64_t draw = 0; draw < 4; ++draw)
            order.push_back(static_cast<int>(design.at(draw, 0) * 4));
        ++counts[order];
    }
    EXPECT_EQ(counts.size(), 24U);
    double chi_squared = 0;
    for (const auto& [order, count] : counts) chi_squared += (count - 200.0) * (count - 200.0) / 200.0;
    EXPECT_LT(chi_squared, 60);
}

TEST(Sobol, has_exactly_one_point_in_each_of_1024_strata_and_in_each_box_of_a_32_by_32_grid) {
    const std::vector<std::string> names = names_of(40);
    const DesignPoints design(DesignKind::sobol, 1024, 5, names);
    for (std::size_t p = 0; p < names.size(); ++p) {
        std::set<int> strata;
        for (std::uint64_t draw = 0; draw < 1024; ++draw)
            strata.insert(static_cast<int>(design.at(draw, p) * 1024));
        ASSERT_EQ(strata.size(), 1024U) << p;
    }
    // The first two dimensions of Sobol's sequence are a (0, 2)-sequence, and Owen's scrambling keeps that.
    std::set<std::pair<int, int>> boxes;
    for (std::uint64_t draw = 0; draw < 1024; ++draw) {
        boxes.emplace(static_cast<int>(design.at(draw, 0) * 32), static_cast<int>(design.at(draw, 1) * 32));
    }
    EXPECT_EQ(boxes.size(), 1024U);
}

/// The root mean squared error, over seeds, of the mean of a smooth function with mean 1 in 8 dimensions.
double error_of(DesignKind kind) {
    const std::vector<std::string> names = names_of(8);
    double squares = 0;
    constexpr int seeds = 20;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const DesignPoints design(kind, 1024, seed, names);
        double sum = 0;
        for (std::uint64_t draw = 0; draw < design.draws(); ++draw) {
            double product = 1;
            for (std::size_t p = 0; p < 8; ++p)
                product *= 1 + (design.at(draw, p) - 0.5) / (2.0 + static_cast<double>(p));
            sum += product;
        }
        const double error = sum / static_cast<double>(design.draws()) - 1;
        squares += error * error;
    }
    return std::sqrt(squares / seeds);
}

TEST(DesignPoints,
     sobol_integrates_a_smooth_function_much_better_than_latin_hypercube_and_that_than_monte_carlo) {
    const double monte_carlo = error_of(DesignKind::monte_carlo);
    const double latin_hypercube = error_of(DesignKind::latin_hypercube);
    const double sobol = error_of(DesignKind::sobol);
    EXPECT_LT(latin_hypercube, monte_carlo / 3);
    EXPECT_LT(sobol, latin_hypercube / 2);
    EXPECT_LT(sobol, monte_carlo / 20);
}

// Columns of 4096 points: |correlation| of the 28 pairs below 4.5 / sqrt(n).
TEST(DesignPoints, columns_are_uncorrelated) {
    for (const DesignKind kind : all_kinds) {
        const DesignPoints design(kind, 4096, 1, names_of(8));
        for (std::size_t p = 0; p < 8; ++p) {
            for (std::size_t q = 0; q < p; ++q) {
                double sum = 0;
                for (std::uint64_t draw = 0; draw < 4096; ++draw) {
                    sum += (design.at(draw, p) - 0.5) * (design.at(draw, q) - 0.5) * 12;
                }
                EXPECT_LT(std::fabs(sum / 4096), 4.5 / 64) << p << " and " << q;
            }
        }
    }
}

TEST(DesignPoints, refuse_impossible_designs) {
    const std::vector<std::string> twice = {"a", "b", "a"};
    EXPECT_THROW(DesignPoints(DesignKind::monte_carlo, 10, 1, twice), std::invalid_argument);
    EXPECT_THROW(DesignPoints(DesignKind::sobol, 0, 1, names_of(1)), std::invalid_argument);
    EXPECT_THROW(DesignPoints(DesignKind::sobol, (std::uint64_t{1} << 32U) + 1, 1, names_of(1)),
                 std::invalid_argument);
    EXPECT_THROW(DesignPoints(DesignKind::sobol, 8, 1, names_of(3668)), std::invalid_argument);
    EXPECT_EQ(DesignPoints(DesignKind::sobol, 8, 1, {}).parameters(), 0U);
}

}  // namespace
}  // namespace vfm::random
