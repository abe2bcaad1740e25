#include "vfm/random/streams.hpp"

#include "stream_kernels.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/random/mathematics.hpp"

#include <string>

namespace vfm::random {

void check(const Cell& cell) {
    if (cell.replication >= replication_end) {
        throw ContractViolation("replication key " + std::to_string(cell.replication) +
                                " does not fit 44 bits of the random counter");
    }
    if (cell.area >= area_end) {
        throw ContractViolation("area " + std::to_string(cell.area) +
                                " does not fit 10 bits of the random counter");
    }
}

void occurrence_overflow(std::uint32_t occurrence) {
    throw ContractViolation("occurrence " + std::to_string(occurrence) +
                            " does not fit 10 bits of the random counter");
}

Pair uniform_pair_of_many(const Cell& cell, std::uint32_t purpose, std::uint32_t entity,
                          std::uint32_t occurrence) {
    if (entity >= entity_end_of_many) {
        throw ContractViolation("entity " + std::to_string(entity) +
                                " with many occurrences does not fit 22 bits of the random counter");
    }
    if (occurrence >= many_occurrences_end) {
        throw ContractViolation("occurrence " + std::to_string(occurrence) +
                                " does not fit 20 bits of the random counter");
    }
    const std::uint32_t page = occurrence / occurrence_end;
    return uniform_pair(cell, purpose, entity + page * entity_end_of_many, occurrence % occurrence_end);
}

Pair normal_pair(const Cell& cell, std::uint32_t purpose, std::uint32_t entity, std::uint32_t occurrence) {
    const Pair uniforms = uniform_pair(cell, purpose, entity, occurrence);
    return {standard_normal_quantile(uniforms.first), standard_normal_quantile(uniforms.second)};
}

void fill_uniform_pairs(const Cell& cell, std::uint32_t purpose, std::uint32_t occurrence,
                        std::uint32_t first_entity, std::span<double> first, std::span<double> second) {
    check(cell);
    if (occurrence >= occurrence_end) occurrence_overflow(occurrence);
    if (first.size() != second.size()) throw ContractViolation("the two lanes of a batch differ in size");
    constexpr std::uint64_t entity_end = std::uint64_t{1} << 32U;
    if (first.size() > entity_end - first_entity) throw ContractViolation("entities do not fit 32 bits");
    const BlockRun run = {key_of(cell), purpose, static_cast<std::uint32_t>(cell.replication),
                          packed_place(cell, occurrence), first_entity};
    stream_kernels(active_path()).uniform_pairs(run, first.size(), first.data(), second.data());
}

void fill_normals(std::span<double> uniforms_to_normals) {
    stream_kernels(active_path()).normals(uniforms_to_normals.data(), uniforms_to_normals.size());
}

void fill_logarithms(std::span<double> uniforms_to_logarithms) {
    stream_kernels(active_path()).logarithms(uniforms_to_logarithms.data(), uniforms_to_logarithms.size());
}

}  // namespace vfm::random
