// Batches reach the journal in order, and no more than the window are ever in memory.
#include "vfm/experiment/ordered_writer.hpp"

#include "vfm/core/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

results::Batch batch(std::uint64_t index) {
    results::Batch made;
    made.index = index;
    return made;
}

/// Takes a while, not the same for each: the batches of several threads end in another order than they began.
void work(std::uint64_t index) {
    std::this_thread::sleep_for(std::chrono::microseconds(index * 7919 % 300));
}

TEST(OrderedWriter, writes_a_batch_once_all_before_it_are_written) {
    std::vector<std::uint64_t> written;
    OrderedWriter writer(8, [&](const results::Batch& one) { written.push_back(one.index); });
    writer.hand_over(batch(2));
    writer.hand_over(batch(1));
    EXPECT_THAT(written, IsEmpty());
    writer.hand_over(batch(0));
    EXPECT_THAT(written, ElementsAre(0, 1, 2));
    writer.hand_over(batch(4));
    writer.hand_over(batch(3));
    EXPECT_THAT(written, ElementsAre(0, 1, 2, 3, 4));
    EXPECT_EQ(writer.written(), 5U);
}

TEST(OrderedWriter, writes_the_batches_of_many_threads_in_order_one_at_a_time_with_few_in_memory) {
    constexpr std::uint64_t count = 150;
    constexpr std::uint64_t window = 5;
    for (const unsigned threads : {1U, 2U, 8U}) {
        std::vector<std::uint64_t> written;
        std::atomic<int> writing{0};
        std::atomic<std::uint64_t> most{0};
        OrderedWriter writer(window, [&](const results::Batch& one) {
            EXPECT_EQ(writing.fetch_add(1), 0);
            written.push_back(one.index);
            work(written.size());
            --writing;
        });
        parallel_for(count, threads, [&](std::uint64_t index, unsigned) {
            ASSERT_TRUE(writer.may_begin(index));
            // Begun and not written, this one included.
            const std::uint64_t in_memory = index + 1 - writer.written();
            std::uint64_t before = most;
            while (before < in_memory && !most.compare_exchange_weak(before, in_memory)) {
            }
            work(index);
            writer.hand_over(batch(index));
        });
        std::vector<std::uint64_t> all(count);
        std::iota(all.begin(), all.end(), std::uint64_t{0});
        EXPECT_EQ(written, all) << threads << " threads";
        EXPECT_LE(most, window) << threads << " threads";
    }
}

TEST(OrderedWriter, keeps_a_worker_waiting_while_the_batches_before_are_not_written) {
    OrderedWriter writer(2, [](const results::Batch&) {});
    EXPECT_TRUE(writer.may_begin(0));
    EXPECT_TRUE(writer.may_begin(1));
    std::atomic<bool> has_begun{false};
    std::jthread worker([&] {
        EXPECT_TRUE(writer.may_begin(2));
        has_begun = true;
    });
    writer.hand_over(batch(1));
    EXPECT_FALSE(has_begun) << "batch 0 is not there yet";
    writer.hand_over(batch(0));
    worker.join();
    EXPECT_TRUE(has_begun);
}

TEST(OrderedWriter, lets_those_who_wait_go_when_a_batch_will_never_come) {
    std::vector<std::uint64_t> written;
    OrderedWriter writer(2, [&](const results::Batch& one) { written.push_back(one.index); });
    std::jthread worker([&] { EXPECT_FALSE(writer.may_begin(2)) << "batch 1 never came"; });
    writer.end_early();
    worker.join();
    EXPECT_TRUE(writer.may_begin(0)) << "the lowest failure counts, so batches before are still begun";
    writer.hand_over(batch(0));
    EXPECT_THAT(written, ElementsAre(0));
}

TEST(OrderedWriter, says_that_it_cannot_write_and_writes_no_more) {
    int attempts = 0;
    OrderedWriter writer(8, [&](const results::Batch&) {
        ++attempts;
        throw std::runtime_error("the disk is full");
    });
    EXPECT_THROW(writer.hand_over(batch(0)), std::runtime_error);
    writer.hand_over(batch(1));
    writer.hand_over(batch(0));
    EXPECT_EQ(attempts, 1);
    EXPECT_EQ(writer.written(), 0U);
    EXPECT_FALSE(writer.may_begin(8));
}

}  // namespace
}  // namespace vfm::experiment
