// Once the worker's memory has grown to its size, a replication allocates nothing.
#include "vfm/experiment/unit_runner.hpp"
#include "vfm/scenario/load.hpp"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

/// How often this program asked for memory. Every form of `new` that it does not replace calls one of those
/// it does.
std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t bytes) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    void* memory = std::malloc(bytes == 0 ? 1 : bytes);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

void* counted_or_null(std::size_t bytes) noexcept {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(bytes == 0 ? 1 : bytes);
}

void* counted(std::size_t bytes, std::align_val_t alignment) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    const auto align = static_cast<std::size_t>(alignment);
    void* memory = std::aligned_alloc(align, (bytes + align - 1) / align * align);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

// Not inlined: the compiler would see the C library behind one of a pair only, and call them mismatched.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
    return counted(bytes);
}
[[gnu::noinline]] void* operator new[](std::size_t bytes) {
    return counted(bytes);
}
[[gnu::noinline]] void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted_or_null(bytes);
}
[[gnu::noinline]] void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted_or_null(bytes);
}
[[gnu::noinline]] void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return counted(bytes, alignment);
}
[[gnu::noinline]] void* operator new[](std::size_t bytes, std::align_val_t alignment) {
    return counted(bytes, alignment);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

namespace vfm::experiment {
namespace {

/// What each unit of one batch allocated, but for its first, which also makes the batch and resolves the
/// draw.
std::vector<std::uint64_t> allocations_of_units(UnitRunner& runner, std::uint64_t batch, std::size_t units) {
    std::vector<std::uint64_t> counts;
    counts.reserve(units);
    std::uint64_t before = 0;
    std::size_t ended = 0;
    static_cast<void>(runner.run_batch(batch, [&](std::uint64_t) {
        const std::uint64_t now = allocations.load(std::memory_order_relaxed);
        if (ended > 0) counts.push_back(now - before);
        before = now;
        return ++ended < units;
    }));
    return counts;
}

/// The same for one batch of a draw, after those before it.
std::vector<std::uint64_t> after_warm_up(const std::string& scenario_file, std::uint64_t warm_up) {
    const scenario::Scenario scenario = scenario::load_scenario(
        VFM_SOURCE_DIR "/scenarios/" + scenario_file,
        {{"design.draws", "1"}, {"design.replications", "4096"}, {"design.central_units", "0"}});
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    for (std::uint64_t batch = 0; batch < warm_up; ++batch) {
        static_cast<void>(allocations_of_units(runner, batch, study.batch_units()));
    }
    return allocations_of_units(runner, warm_up, study.batch_units());
}

TEST(Allocations, are_counted) {
    const std::uint64_t before = allocations;
    std::vector<int> ten(10);
    EXPECT_EQ(allocations, before + 1);
    ten.resize(1000);
    EXPECT_EQ(allocations, before + 2);
}

TEST(Allocations, are_none_in_replications_of_families_behind_a_scarce_resource) {
    const std::vector<std::uint64_t> counts = after_warm_up("verification/m2.yaml", 1);
    EXPECT_EQ(counts.size(), 63U);
    EXPECT_THAT(counts, ::testing::Each(0U));
}

TEST(Allocations, are_none_in_replications_of_the_default_study) {
    const std::vector<std::uint64_t> counts = after_warm_up("single_vs_dual.yaml", 2);
    EXPECT_EQ(counts.size(), 7U);
    EXPECT_THAT(counts, ::testing::Each(0U));
}

// Areas differ in size: more of them pass before memory has met the largest.
TEST(Allocations, are_none_in_replications_of_several_types_of_areas) {
    const std::vector<std::uint64_t> counts = after_warm_up("area_types.yaml", 6);
    EXPECT_GT(counts.size(), 6U);
    EXPECT_THAT(counts, ::testing::Each(0U));
}

}  // namespace
}  // namespace vfm::experiment
