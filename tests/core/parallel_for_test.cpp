#include "vfm/core/parallel_for.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfm {
namespace {

class Threads : public ::testing::TestWithParam<unsigned> {};

TEST_P(Threads, every_index_is_done_once_by_a_worker_who_does_one_thing_at_a_time) {
    for (const std::uint64_t count : {0U, 1U, 2U, 1000U}) {
        std::vector<std::atomic<int>> done(count);
        std::vector<std::atomic<int>> busy(GetParam());
        std::atomic<int> clashes{0};
        parallel_for(count, GetParam(), [&](std::uint64_t index, unsigned worker) {
            if (busy.at(worker).fetch_add(1) != 0) ++clashes;
            ++done.at(index);
            --busy.at(worker);
        });
        EXPECT_EQ(clashes, 0);
        for (std::uint64_t i = 0; i < count; ++i) EXPECT_EQ(done[i], 1) << i;
    }
}

TEST_P(Threads, of_several_failures_the_lowest_indexs_is_rethrown) {
    for (int round = 0; round < 50; ++round) {
        try {
            parallel_for(500, GetParam(), [](std::uint64_t index, unsigned) {
                if (index == 100 || index % 7 == 6) throw std::runtime_error(std::to_string(index));
            });
            ADD_FAILURE() << "nothing was thrown";
        } catch (const std::runtime_error& failure) {
            EXPECT_STREQ(failure.what(), "6");
        }
    }
}

TEST_P(Threads, after_a_failure_no_more_is_given_out) {
    std::atomic<int> begun{0};
    EXPECT_THROW(parallel_for(100000, GetParam(),
                              [&](std::uint64_t, unsigned) {
                                  ++begun;
                                  throw std::runtime_error("at once");
                              }),
                 std::runtime_error);
    EXPECT_LE(begun, static_cast<int>(GetParam()));
}

TEST_P(Threads, a_loop_within_a_turn_of_another_is_done_as_well) {
    std::atomic<int> turns{0};
    std::atomic<int> workers_beyond{0};
    parallel_for(6, GetParam(), [&](std::uint64_t, unsigned worker) {
        if (worker >= GetParam()) ++workers_beyond;
        parallel_for(20, 0, [&](std::uint64_t, unsigned) { ++turns; });
    });
    EXPECT_EQ(turns, 120);
    EXPECT_EQ(workers_beyond, 0);
}

TEST(ParallelFor, without_a_number_it_takes_the_cores_there_are) {
    std::vector<std::atomic<int>> done(1000);
    parallel_for(done.size(), 0, [&](std::uint64_t index, unsigned) { ++done.at(index); });
    for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1);
}

INSTANTIATE_TEST_SUITE_P(ParallelFor, Threads, ::testing::Values(1U, 2U, 3U, 8U));

}  // namespace
}  // namespace vfm
