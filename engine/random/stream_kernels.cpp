#include "stream_kernels.hpp"

#include "vfm/random/mathematics.hpp"

#include <array>
#include <cstdint>

#ifdef __x86_64__
#include <immintrin.h>
#endif

// One body, compiled for each instruction set. The intrinsic beside each is the product of the lower halves
// of 64-bit lanes, an exact integer operation that the compiler does not find by itself (it makes three of
// it, or shuffles); everything else is plain C++, whose results no register width can change (ADR 0003).

#define VFM_INLINE [[gnu::always_inline]] inline

namespace vfm::random {

namespace {

// Values are transformed a chunk at a time, small enough for the first-level cache.
constexpr std::size_t chunk_size = 512;
constexpr std::size_t tail_padding = 8;

/// The tails of one chunk (15 % of the values) are gathered, transformed together and put back.
struct Tails {
    std::array<std::uint8_t, chunk_size> is_tail;
    std::array<std::uint32_t, chunk_size> place;
    std::array<double, chunk_size> value;
    std::array<double, chunk_size> root;
};

#ifdef __x86_64__

namespace baseline {
#define VFM_TARGET
using Words [[gnu::vector_size(16)]] = std::uint64_t;
VFM_INLINE Words low_product(Words a, Words b) {
    return reinterpret_cast<Words>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
}
#include "stream_kernels_body.hpp"
#undef VFM_TARGET
}  // namespace baseline

namespace avx2 {
#define VFM_TARGET __attribute__((target("avx2")))
using Words [[gnu::vector_size(32)]] = std::uint64_t;
VFM_INLINE VFM_TARGET Words low_product(Words a, Words b) {
    return reinterpret_cast<Words>(
        _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
}
#include "stream_kernels_body.hpp"
#undef VFM_TARGET
}  // namespace avx2

namespace avx512 {
#ifdef __clang__
#define VFM_TARGET __attribute__((target("avx2,avx512f,avx512dq,avx512vl,avx512bw")))
#else
#define VFM_TARGET __attribute__((target("avx2,avx512f,avx512dq,avx512vl,avx512bw,prefer-vector-width=512")))
#endif
using Words [[gnu::vector_size(64)]] = std::uint64_t;
VFM_INLINE VFM_TARGET Words low_product(Words a, Words b) {
    return reinterpret_cast<Words>(
        _mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}
#include "stream_kernels_body.hpp"
#undef VFM_TARGET
}  // namespace avx512

constexpr std::array<StreamKernels, 3> kernels = {
    {{baseline::uniform_pairs, baseline::normals, baseline::logarithms, baseline::lognormals,
      baseline::gammas},
     {avx2::uniform_pairs, avx2::normals, avx2::logarithms, avx2::lognormals, avx2::gammas},
     {avx512::uniform_pairs, avx512::normals, avx512::logarithms, avx512::lognormals, avx512::gammas}}};
#else

namespace baseline {
#define VFM_TARGET
using Words [[gnu::vector_size(16)]] = std::uint64_t;
VFM_INLINE Words low_product(Words a, Words b) {
    return (a & 0xFFFFFFFFU) * (b & 0xFFFFFFFFU);
}
#include "stream_kernels_body.hpp"
#undef VFM_TARGET
}  // namespace baseline

constexpr StreamKernels only = {baseline::uniform_pairs, baseline::normals, baseline::logarithms,
                                baseline::lognormals, baseline::gammas};
constexpr std::array<StreamKernels, 3> kernels = {{only, only, only}};
#endif

}  // namespace

const StreamKernels& stream_kernels(Path path) {
    return kernels[static_cast<std::size_t>(path)];
}

}  // namespace vfm::random
