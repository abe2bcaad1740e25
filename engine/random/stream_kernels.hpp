// The batch kernels of the room, one set for each SIMD path.
#pragma once

#include "vfm/random/sampler.hpp"
#include "vfm/random/simd_path.hpp"
#include "vfm/random/streams.hpp"

#include <cstddef>
#include <cstdint>

namespace vfm::random {

/// What a run of entities has in common: Philox's key, and its counter but for the entity.
struct BlockRun {
    PhiloxKey key;
    std::uint32_t purpose;
    std::uint32_t replication_low;
    std::uint32_t place;
    std::uint32_t first_entity;
};

struct StreamKernels {
    void (*uniform_pairs)(const BlockRun& run, std::size_t count, double* first, double* second);
    void (*normals)(double* values, std::size_t count);
    void (*logarithms)(double* values, std::size_t count);
    /// values[i] = e^(location + scale * normals[i])
    void (*lognormals)(double location, double scale, const double* normals, double* values,
                       std::size_t count);
    /// values[i] = mean * table.at(normals[i])
    void (*gammas)(double mean, const GammaTable& table, const double* normals, double* values,
                   std::size_t count);
};

/// The kernels compiled for a path; the processor must support it.
[[nodiscard]] const StreamKernels& stream_kernels(Path path);

}  // namespace vfm::random
