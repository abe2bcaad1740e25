// Random orders of draws, the same every time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace vfm::decision {

/// The `number`-th random order of 0 to count - 1 (Durstenfeld 1964), from the SplitMix64 sequence (Steele,
/// Lea and Flood 2014). It moves draws about for a null distribution; nothing simulated depends on it.
[[nodiscard]] inline std::vector<std::size_t> permutation(std::size_t count, std::uint64_t number) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::uint64_t state = (number + 1) * 0xD1342543DE82EF95U;
    for (std::size_t left = count; left > 1; --left) {
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        mixed ^= mixed >> 31U;
        // 2^64 over any number of draws leaves a bias below 1e-12.
        std::swap(order[left - 1], order[static_cast<std::size_t>(mixed % left)]);
    }
    return order;
}

}  // namespace vfm::decision
