// Random numbers named by what they are for: seed, replication, area, purpose, entity and occurrence.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

namespace vfm::random {

/// A 32-bit name for a purpose, e.g. "new_request/stage/assessment/work". It depends on the characters only,
/// so reordering a scenario changes no stream. FNV-1a (Fowler, Noll and Vo), then the final mix of
/// MurmurHash3 (Appleby 2011), so that names which differ in their last letter differ everywhere.
[[nodiscard]] constexpr std::uint32_t purpose_hash(std::string_view name) {
    std::uint32_t hash = 2166136261U;
    for (const char letter : name) {
        hash ^= static_cast<std::uint32_t>(static_cast<unsigned char>(letter));
        hash *= 16777619U;
    }
    hash ^= hash >> 16U;
    hash *= 0x85ebca6bU;
    hash ^= hash >> 13U;
    hash *= 0xc2b2ae35U;
    hash ^= hash >> 16U;
    return hash;
}

/// What is fixed while one area is simulated once.
struct Cell {
    std::uint64_t seed = 0;
    std::uint64_t replication = 0;  ///< the replication key, below `replication_end`
    std::uint32_t area = 0;         ///< below `area_end`
};

inline constexpr std::uint64_t replication_end = std::uint64_t{1} << 44U;
inline constexpr std::uint32_t area_end = 1U << 10U;
inline constexpr std::uint32_t occurrence_end = 1U << 10U;

/// Throws ContractViolation, in every build, when a field of the cell does not fit the packing of ADR 0001.
void check(const Cell& cell);

/// Two numbers from one block of random bits.
struct Pair {
    double first = 0;
    double second = 0;
};

/// Philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw 2011): 128 random bits from a counter and a key.
using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;
[[nodiscard]] constexpr PhiloxCounter philox_block(PhiloxCounter counter, PhiloxKey key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = std::uint64_t{0xD2511F53U} * counter[0];
        const std::uint64_t product1 = std::uint64_t{0xCD9E8D57U} * counter[2];
        counter = {static_cast<std::uint32_t>(product1 >> 32U) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product1),
                   static_cast<std::uint32_t>(product0 >> 32U) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product0)};
        key[0] += 0x9E3779B9U;
        key[1] += 0xBB67AE85U;
    }
    return counter;
}

/// A uniform (k + 1/2) 2^-52 strictly inside (0, 1) from the upper 52 of 64 random bits. Exact: the bits
/// become the fraction of a number in [1, 2), from which 1 - 2^-53 is taken.
[[nodiscard]] constexpr double uniform_from_words(std::uint32_t low, std::uint32_t high) {
    const std::uint64_t bits = (std::uint64_t{high} << 32U) | low;
    return std::bit_cast<double>((bits >> 12U) | 0x3FF0000000000000U) - (1.0 - 0x1p-53);
}

/// The fourth counter word: 12 high bits of the replication, 10 of the area, 10 of the occurrence (ADR 0001).
[[nodiscard]] constexpr std::uint32_t packed_place(const Cell& cell, std::uint32_t occurrence) {
    return (static_cast<std::uint32_t>(cell.replication >> 32U) << 20U) | (cell.area << 10U) | occurrence;
}

[[nodiscard]] constexpr PhiloxKey key_of(const Cell& cell) {
    return {static_cast<std::uint32_t>(cell.seed), static_cast<std::uint32_t>(cell.seed >> 32U)};
}

[[noreturn]] void occurrence_overflow(std::uint32_t occurrence);

/// Two independent uniforms strictly inside (0, 1). The cell must have passed `check`.
/// Throws ContractViolation, in every build, unless occurrence < occurrence_end.
[[nodiscard]] inline Pair uniform_pair(const Cell& cell, std::uint32_t purpose, std::uint32_t entity,
                                       std::uint32_t occurrence) {
    if (occurrence >= occurrence_end) [[unlikely]]
        occurrence_overflow(occurrence);
    const PhiloxCounter words = philox_block(
        {entity, purpose, static_cast<std::uint32_t>(cell.replication), packed_place(cell, occurrence)},
        key_of(cell));
    return {uniform_from_words(words[0], words[1]), uniform_from_words(words[2], words[3])};
}

inline constexpr std::uint32_t many_occurrences_end = 1U << 20U;
inline constexpr std::uint32_t entity_end_of_many = 1U << 22U;

/// As `uniform_pair`, for entities of which one purpose is asked more often than a block can count: of entity
/// e, the occurrences from 1,024 x k on are those of entity e + 2^22 x k from 0 on.
/// Throws ContractViolation, in every build, unless entity < entity_end_of_many and occurrence <
/// many_occurrences_end.
[[nodiscard]] Pair uniform_pair_of_many(const Cell& cell, std::uint32_t purpose, std::uint32_t entity,
                                        std::uint32_t occurrence);

/// The same block with both lanes through `standard_normal_quantile`.
[[nodiscard]] Pair normal_pair(const Cell& cell, std::uint32_t purpose, std::uint32_t entity,
                               std::uint32_t occurrence);

/// first[i], second[i] = uniform_pair(cell, purpose, first_entity + i, occurrence), bit for bit. The spans
/// have equal sizes. Throws ContractViolation, in every build, when the sizes differ or a field does not fit.
void fill_uniform_pairs(const Cell& cell, std::uint32_t purpose, std::uint32_t occurrence,
                        std::uint32_t first_entity, std::span<double> first, std::span<double> second);

/// Replaces each uniform, strictly inside (0, 1), by its `standard_normal_quantile`, bit for bit.
void fill_normals(std::span<double> uniforms_to_normals);

/// Replaces each uniform, strictly inside (0, 1), by its `logarithm`, bit for bit.
void fill_logarithms(std::span<double> uniforms_to_logarithms);

}  // namespace vfm::random
