#include "vfm/stats/histogram.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The rule of the header, searched one edge after another.
std::size_t slow_bin(const Bins& bins, double value) {
    std::size_t bin = 0;
    while (bin + 1 < bins.size() && value >= bins.edges()[bin + 1]) ++bin;
    return bin;
}

std::vector<Bins> several() {
    return {Bins::linear(0, 1, 10),
            Bins::linear(-3.7, 11.1, 137),
            Bins::linear(0, 365, 1),
            Bins::logarithmic(1, 10, 8),
            Bins::logarithmic(0x1p-6, 20, 1),
            Bins::logarithmic(1, 1, 1024),
            Bins::logarithmic(0x1p-1022, 2044, 2)};
}

TEST(Bins, find_the_bin_that_a_plain_search_finds_at_between_and_next_to_every_edge) {
    for (const Bins& bins : several()) {
        std::vector<double> places = {-infinity, -5, -0.0, 0, 1e-320, 1e9, infinity};
        for (const double edge : bins.edges()) {
            places.push_back(edge);
            places.push_back(std::nextafter(edge, -infinity));
            places.push_back(std::nextafter(edge, infinity));
            places.push_back(edge * 1.01 + 0.003);
        }
        for (const double place : places) ASSERT_EQ(bins.find(place), slow_bin(bins, place)) << place;
        EXPECT_EQ(bins.find(std::nan("")), 0U);
    }
}

TEST(Bins, logarithmic_edges_start_at_zero_and_divide_each_doubling_equally) {
    const Bins bins = Bins::logarithmic(2, 2, 4);
    const std::vector<double> expected = {0, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8};
    EXPECT_EQ(std::vector<double>(bins.edges().begin(), bins.edges().end()), expected);
}

TEST(Bins, that_make_no_sense_are_refused) {
    EXPECT_THROW(static_cast<void>(Bins::linear(1, 1, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::linear(0, 1, 0)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::linear(0, infinity, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::logarithmic(3, 4, 4)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::logarithmic(1, 4, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::logarithmic(1, 0, 4)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::logarithmic(-1, 4, 4)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Bins::logarithmic(1, 1025, 4)), std::invalid_argument);
}

TEST(Histogram, merges_and_gives_interpolated_quantiles) {
    Histogram one(Bins::linear(0, 10, 10));
    Histogram other(Bins::linear(0, 10, 10));
    EXPECT_TRUE(std::isnan(one.quantile(0.5)));
    for (int i = 0; i < 100; ++i) (i % 2 == 0 ? one : other).add(i * 0.1);
    one.merge(other);
    EXPECT_EQ(one.total(), 100);
    EXPECT_EQ(one.counts()[3], 10);
    EXPECT_NEAR(one.quantile(0.25), 2.5, 1e-12);
    EXPECT_EQ(one.quantile(0), 0);
    EXPECT_EQ(one.quantile(1), 10);
    EXPECT_THROW(one.merge(Histogram(Bins::linear(0, 10, 11))), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(one.quantile(1.1)), std::invalid_argument);
}

}  // namespace
}  // namespace vfm::stats
