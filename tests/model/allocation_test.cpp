// A replication allocates nothing once memory has grown to its size. This file counts every use of operator
// new in the program of the model's tests; sanitizers have an operator new of their own, so not there.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include "rich_study.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) {
    ++allocations;
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

// Not inlined: the compiler would see the C library behind one of a pair only, and call them mismatched.
[[gnu::noinline]] void* operator new(std::size_t size) {
    return counted(size);
}
[[gnu::noinline]] void* operator new[](std::size_t size) {
    return counted(size);
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

namespace vfm::model {
namespace {

using namespace testing;

TEST(Allocation, the_counter_counts) {
    const std::uint64_t before = allocations;
    ::operator delete(::operator new(100));  // not a new expression, which clang leaves out where it can
    EXPECT_EQ(allocations, before + 1);
}

// Warmed up on three replications, which are then run again: nothing is left to grow.
TEST(Allocation, a_replication_allocates_nothing_after_warming_up) {
    for (std::uint64_t number = 0; number < 6; ++number) {
        const AreaStudy study = rich_study(number);
        Families families;
        AreaSimulation area;
        Tallies tallies;
        tallies.reset(2, study.population.access_groups.size(), study.weeks);
        std::uint64_t before = 0;
        for (int round = 0; round < 2; ++round) {
            before = allocations;
            for (std::uint64_t replication = 0; replication < 3; ++replication) {
                families.draw(study.population, {1, replication, 0});
                area.enter(study.population, families);
                area.run(study.arm, tallies);
            }
        }
        EXPECT_EQ(allocations, before) << "study " << number;
    }
}

// Replications differ in size, so records are still set now and then, but ever more rarely.
TEST(Allocation, hundreds_of_other_replications_hardly_allocate) {
    const AreaStudy study = rich_study(1);
    Families families;
    AreaSimulation area;
    Tallies tallies;
    tallies.reset(2, study.population.access_groups.size(), study.weeks);
    std::uint64_t before = 0;
    for (std::uint64_t replication = 0; replication < 200; ++replication) {
        if (replication == 100) before = allocations;
        families.draw(study.population, {1, replication, 0});
        area.enter(study.population, families);
        area.run(study.arm, tallies);
    }
    EXPECT_LE(allocations - before, 20U);
}

}  // namespace
}  // namespace vfm::model
#endif
