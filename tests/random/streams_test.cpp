#include "vfm/random/streams.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/simd_path.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <gtest/gtest.h>

namespace vfm::random {
namespace {

/// Runs the batch kernels on one path while it lives.
class ForcedPath {
  public:
    explicit ForcedPath(Path path) : before_(force_path(path)) {}
    ~ForcedPath() { force_path(before_); }
    ForcedPath(const ForcedPath&) = delete;
    ForcedPath& operator=(const ForcedPath&) = delete;

  private:
    Path before_;
};

TEST(Philox, gives_the_known_answers_of_random123) {
    const PhiloxCounter zero = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    EXPECT_EQ(philox_block({0, 0, 0, 0}, {0, 0}), zero);
    const std::uint32_t ones = 0xffffffff;
    const PhiloxCounter full = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    EXPECT_EQ(philox_block({ones, ones, ones, ones}, {ones, ones}), full);
    const PhiloxCounter pi = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    EXPECT_EQ(philox_block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}), pi);
}

TEST(Philox, equals_the_library_of_its_authors_on_many_counters) {
    std::uint64_t state = 1;
    const auto next = [&state] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(state >> 32U);
    };
    for (int i = 0; i < 100'000; ++i) {
        const PhiloxCounter counter = {next(), next(), next(), next()};
        const PhiloxKey key = {next(), next()};
        const philox4x32_ctr_t their_counter = {{counter[0], counter[1], counter[2], counter[3]}};
        const philox4x32_key_t their_key = {{key[0], key[1]}};
        const philox4x32_ctr_t theirs = philox4x32(their_counter, their_key);
        const PhiloxCounter expected = {theirs.v[0], theirs.v[1], theirs.v[2], theirs.v[3]};
        ASSERT_EQ(philox_block(counter, key), expected);
    }
}

TEST(Streams, the_packing_of_the_key_is_the_one_of_adr_0001) {
    const Cell cell = {0x1122334455667788U, 0xABC12345678U, 0x2AA};
    const std::uint32_t place = (0xABCU << 20U) | (0x2AAU << 10U) | 0x155U;
    const PhiloxCounter words = philox_block({7, 0xCAFE, 0x12345678, place}, {0x55667788, 0x11223344});
    const Pair pair = uniform_pair(cell, 0xCAFE, 7, 0x155);
    EXPECT_EQ(pair.first, uniform_from_words(words[0], words[1]));
    EXPECT_EQ(pair.second, uniform_from_words(words[2], words[3]));
}

TEST(Streams, known_answers_of_one_block) {
    const Pair pair = uniform_pair({42, 3, 5}, purpose_hash("new_request/stage/assessment/work"), 1000, 1);
    EXPECT_EQ(purpose_hash("new_request/stage/assessment/work"), 0x895c60c5U);
    EXPECT_EQ(pair.first, 0x1.080f1432cb2edp-1);
    EXPECT_EQ(pair.second, 0x1.df8eef2044b48p-4);
}

TEST(Streams, uniforms_are_strictly_inside_and_symmetric_around_one_half) {
    const std::uint32_t ones = 0xffffffff;
    EXPECT_EQ(uniform_from_words(0, 0), 0x1p-53);
    EXPECT_EQ(uniform_from_words(ones, ones), 1 - 0x1p-53);
    EXPECT_EQ(uniform_from_words(0, 0x80000000), 0.5 + 0x1p-53);
    EXPECT_EQ(uniform_from_words(0xfffff000, 0x7fffffff), 0.5 - 0x1p-53);
    EXPECT_EQ(uniform_from_words(0xfff, 0), 0x1p-53) << "the lowest 12 bits are not used";
}

TEST(Streams, a_field_that_does_not_fit_its_bits_is_an_error_in_every_build) {
    std::vector<double> four(4);
    std::vector<double> five(5);
    EXPECT_THROW(check({1, replication_end, 0}), ContractViolation);
    EXPECT_THROW(check({1, 0, area_end}), ContractViolation);
    EXPECT_NO_THROW(check({1, replication_end - 1, area_end - 1}));
    EXPECT_THROW(static_cast<void>(uniform_pair({}, 0, 0, occurrence_end)), ContractViolation);
    EXPECT_THROW(fill_uniform_pairs({}, 0, occurrence_end, 0, four, four), ContractViolation);
    EXPECT_THROW(static_cast<void>(uniform_pair_of_many({}, 0, entity_end_of_many, 0)), ContractViolation);
    EXPECT_THROW(static_cast<void>(uniform_pair_of_many({}, 0, 0, many_occurrences_end)), ContractViolation);
    EXPECT_THROW(fill_uniform_pairs({}, 0, 0, 0, four, five), ContractViolation);
    EXPECT_THROW(fill_uniform_pairs({}, 0, 0, 0xfffffffe, four, four), ContractViolation);
    EXPECT_NO_THROW(fill_uniform_pairs({}, 0, 0, 0xfffffffc, four, four));
}

class EveryPath : public testing::TestWithParam<Path> {};

TEST_P(EveryPath, batches_of_uniforms_equal_the_scalar_calls_bit_for_bit) {
    const ForcedPath forced(GetParam());
    const Cell cell = {0xFEDCBA9876543210U, replication_end - 12345, 1023};
    for (const std::size_t size : {0U, 1U, 2U, 3U, 7U, 8U, 9U, 31U, 250'003U}) {
        std::vector<double> first(size);
        std::vector<double> second(size);
        fill_uniform_pairs(cell, 0xDEADBEEF, 1023, 4'000'000'000U, first, second);
        for (std::size_t i = 0; i < size; ++i) {
            const Pair one =
                uniform_pair(cell, 0xDEADBEEF, 4'000'000'000U + static_cast<std::uint32_t>(i), 1023);
            ASSERT_EQ(first[i], one.first);
            ASSERT_EQ(second[i], one.second);
        }
    }
}

TEST_P(EveryPath, batches_of_normals_equal_the_scalar_calls_bit_for_bit) {
    const ForcedPath forced(GetParam());
    std::vector<double> values(1'000'003);
    std::vector<double> others(values.size());
    fill_uniform_pairs({5, 6, 7}, 8, 0, 0, values, others);
    // Every edge of the algorithm, and more far tails than chance would send.
    const std::vector<double> edges = {0.5,     0.075,       0.925,   0.0749999999, 0.9250000001, 0x1p-53,
                                       0x1p-52, 1 - 0x1p-53, 1.3e-11, 1.4e-11,      1 - 1.3e-11,  1 - 1.4e-11,
                                       1e-300,  0x1p-1022,   0x1p-40, 1 - 0x1p-40,  0.25,         0.75};
    std::copy(edges.begin(), edges.end(), values.begin() + 500);
    for (std::size_t i = 2000; i < 3000; ++i) values[i] *= 1e-12;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{511},
                                   std::size_t{513}, values.size()}) {
        std::vector<double> normals(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(size));
        fill_normals(normals);
        for (std::size_t i = 0; i < size; ++i)
            ASSERT_EQ(normals[i], standard_normal_quantile(values[i])) << i;
    }
}

TEST_P(EveryPath, logarithms_are_those_of_single_values) {
    const ForcedPath forced(GetParam());
    std::vector<double> values(1003);
    std::vector<double> others(values.size());
    fill_uniform_pairs({5, 6, 7}, 9, 0, 0, values, others);
    values[0] = 0x1p-53;
    values[1] = 1 - 0x1p-53;
    values[1002] = 0.5;
    std::vector<double> logarithms = values;
    fill_logarithms(logarithms);
    for (std::size_t i = 0; i < values.size(); ++i) ASSERT_EQ(logarithms[i], logarithm(values[i])) << i;
}

TEST_P(EveryPath, forcing_a_path_is_seen_and_undone) {
    const Path before = active_path();
    {
        const ForcedPath forced(GetParam());
        EXPECT_EQ(active_path(), GetParam());
    }
    EXPECT_EQ(active_path(), before);
}

INSTANTIATE_TEST_SUITE_P(Simd, EveryPath, testing::ValuesIn(supported_paths()),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

TEST(Streams, normal_pairs_are_the_same_block_through_the_quantile) {
    const Cell cell = {1, 2, 3};
    const Pair uniforms = uniform_pair(cell, 4, 5, 6);
    const Pair normals = normal_pair(cell, 4, 5, 6);
    EXPECT_EQ(normals.first, standard_normal_quantile(uniforms.first));
    EXPECT_EQ(normals.second, standard_normal_quantile(uniforms.second));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
    return sum / n;
}

// 9 correlations at 4.5 standard errors: a false alarm in 16,000 choices of the seed.
TEST(Streams, more_occurrences_than_a_block_counts_are_those_of_entities_that_are_nobody_elses) {
    const Cell cell{7, 3, 2};
    const auto same = [](const Pair& a, const Pair& b) { return a.first == b.first && a.second == b.second; };
    for (const std::uint32_t entity : {0U, 5U, entity_end_of_many - 1}) {
        for (const std::uint32_t occurrence : {0U, 1U, occurrence_end - 1}) {
            const Pair first = uniform_pair_of_many(cell, 9, entity, occurrence);
            EXPECT_TRUE(same(first, uniform_pair(cell, 9, entity, occurrence)));
            for (const std::uint32_t page : {1U, 2U, many_occurrences_end / occurrence_end - 1}) {
                const Pair later = uniform_pair_of_many(cell, 9, entity, page * occurrence_end + occurrence);
                EXPECT_TRUE(same(later, uniform_pair(cell, 9, entity + (page << 22U), occurrence)));
                EXPECT_FALSE(same(later, first));
            }
        }
    }
}

TEST(Streams, lanes_purposes_entities_occurrences_areas_and_replications_are_uncorrelated) {
    constexpr std::size_t n = 200'000;
    const auto lanes = [](const Cell& cell, std::uint32_t purpose, std::uint32_t occurrence,
                          std::uint32_t from) {
        std::vector<double> first(n);
        std::vector<double> second(n);
        fill_uniform_pairs(cell, purpose, occurrence, from, first, second);
        fill_normals(first);
        fill_normals(second);
        return std::pair(first, second);
    };
    const Cell cell = {11, 0, 0};
    const auto [base, other_lane] = lanes(cell, 1, 0, 0);
    const double limit = 4.5 / std::sqrt(static_cast<double>(n));
    EXPECT_LT(std::fabs(correlation(base, other_lane)), limit) << "lanes";
    EXPECT_LT(std::fabs(correlation(base, lanes(cell, 2, 0, 0).first)), limit) << "purposes";
    EXPECT_LT(std::fabs(correlation(base, lanes(cell, 1, 1, 0).first)), limit) << "occurrences";
    EXPECT_LT(std::fabs(correlation(base, lanes(cell, 1, 0, 1).first)), limit) << "neighbouring entities";
    EXPECT_LT(std::fabs(correlation(base, lanes({11, 0, 1}, 1, 0, 0).first)), limit) << "areas";
    EXPECT_LT(std::fabs(correlation(base, lanes({11, 1, 0}, 1, 0, 0).first)), limit) << "replications";
    EXPECT_LT(std::fabs(correlation(base, lanes({11, 1ULL << 32U, 0}, 1, 0, 0).first)), limit)
        << "high words";
    EXPECT_LT(std::fabs(correlation(base, lanes({12, 0, 0}, 1, 0, 0).first)), limit) << "seeds";
    EXPECT_LT(std::fabs(correlation(base, lanes({11ULL << 32U, 0, 0}, 1, 0, 0).first)), limit)
        << "seed words";
}

// Mean and variance at 4.5 standard errors (of the variance: sqrt(2 / n)).
TEST(Streams, normals_have_mean_zero_and_variance_one) {
    constexpr std::size_t n = 1'000'000;
    std::vector<double> z(n);
    std::vector<double> other(n);
    fill_uniform_pairs({77, 1, 1}, purpose_hash("moments"), 0, 0, z, other);
    fill_normals(z);
    const double mean = std::accumulate(z.begin(), z.end(), 0.0) / n;
    EXPECT_LT(std::fabs(mean), 4.5 / std::sqrt(1.0 * n));
    EXPECT_LT(std::fabs(correlation(z, z) - 1), 4.5 * std::sqrt(2.0 / n));
}

TEST(Streams, names_of_purposes_in_a_typical_scenario_do_not_collide) {
    std::map<std::uint32_t, std::string> seen;
    const std::vector<std::string> families = {"new_request", "annual_review", "phase_transfer",
                                               "reassessment"};
    const std::vector<std::string> stages = {"intake",     "assessment", "draft",  "mediation",
                                             "tribunal",   "sign_off",   "panel",  "consultation",
                                             "allocation", "review",     "appeal", "closure"};
    const std::vector<std::string> uses = {"work",    "wait",   "hours", "duration", "transition", "refusal",
                                           "frailty", "effect", "cost",  "absence",  "attendance", "arrival"};
    const auto see = [&seen](const std::string& name) {
        const auto [place, is_new] = seen.emplace(purpose_hash(name), name);
        EXPECT_TRUE(is_new) << name << " and " << place->second;
    };
    for (const std::string& family : families) {
        for (const std::string& stage : stages) {
            for (const std::string& use : uses) {
                for (const char* const suffix : {"", "/a", "/b", "/1", "/2"}) {
                    std::string name = family;
                    name.append("/stage/").append(stage).append("/").append(use).append(suffix);
                    see(name);
                }
            }
        }
    }
    static_assert(purpose_hash("ab") != purpose_hash("ba"));
}

}  // namespace
}  // namespace vfm::random
