// The batch kernels' one body. No include guard: stream_kernels.cpp includes it once for each SIMD path,
// inside a namespace that has VFM_TARGET (the instruction set), `Words` (64-bit lanes) and `low_product`.

using Reals [[gnu::vector_size(sizeof(Words))]] = double;
constexpr std::size_t lanes = sizeof(Words) / sizeof(std::uint64_t);

VFM_INLINE VFM_TARGET Words every(std::uint64_t value) {
    return Words{} + value;
}

VFM_INLINE VFM_TARGET Reals uniforms_of_lanes(Words low, Words high) {
    const Words fraction = ((high << 32U) | (low & every(0xFFFFFFFFU))) >> 12U;
    return reinterpret_cast<Reals>(fraction | every(0x3FF0000000000000U)) - (1.0 - 0x1p-53);
}

/// Philox4x32-10 for `lanes` entities at once: what `uniform_pair` does. The lower half of each lane is the
/// word; the upper halves hold leftovers, which neither `low_product` nor the end reads.
VFM_INLINE VFM_TARGET void uniform_pairs_of_lanes(const BlockRun& run, Words entities, double* first,
                                                  double* second) {
    Words c0 = entities;
    Words c1 = every(run.purpose);
    Words c2 = every(run.replication_low);
    Words c3 = every(run.place);
    std::uint32_t key0 = run.key[0];
    std::uint32_t key1 = run.key[1];
    for (int round = 0; round < 10; ++round) {
        const Words product0 = low_product(c0, every(0xD2511F53U));
        const Words product1 = low_product(c2, every(0xCD9E8D57U));
        c0 = (product1 >> 32U) ^ c1 ^ every(key0);
        c2 = (product0 >> 32U) ^ c3 ^ every(key1);
        c1 = product1;
        c3 = product0;
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    const Reals u0 = uniforms_of_lanes(c0, c1);
    const Reals u1 = uniforms_of_lanes(c2, c3);
    __builtin_memcpy(first, &u0, sizeof(u0));
    __builtin_memcpy(second, &u1, sizeof(u1));
}

VFM_TARGET void uniform_pairs(const BlockRun& run, std::size_t count, double* first, double* second) {
    const BlockRun fixed = run;
    Words entities = every(fixed.first_entity);
    for (std::size_t lane = 0; lane < lanes; ++lane) entities[lane] += lane;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        uniform_pairs_of_lanes(fixed, entities, first + i, second + i);
        entities += lanes;
    }
    if (i == count) return;
    std::array<double, lanes> last_first;
    std::array<double, lanes> last_second;
    uniform_pairs_of_lanes(fixed, entities, last_first.data(), last_second.data());
    for (std::size_t lane = 0; i + lane < count; ++lane) {
        first[i + lane] = last_first[lane];
        second[i + lane] = last_second[lane];
    }
}

VFM_INLINE VFM_TARGET std::size_t find_tails(const double* values, std::size_t count, Tails& tails) {
    // Two loops: the first takes the comparisons in wide registers, the second has a branch-free step per
    // value.
    for (std::size_t i = 0; i < count; ++i) {
        const double q = values[i] - 0.5;
        tails.is_tail[i] = (q < 0.0 ? -q : q) > detail::quantile_centre_half_width ? 1 : 0;
    }
    std::size_t found = 0;
    for (std::size_t i = 0; i < count; ++i) {
        tails.place[found] = static_cast<std::uint32_t>(i);
        found += tails.is_tail[i];
    }
    return found;
}

VFM_INLINE VFM_TARGET void transform_tails(Tails& tails, std::size_t found) {
    // Whole registers only: a remainder of single values would cost as much as all the rest.
    std::size_t padded = found;
    for (; padded % tail_padding != 0; ++padded) tails.value[padded] = 0.01;
    std::uint64_t beyond = 0;
    for (std::size_t j = 0; j < padded; ++j) {
        const double u = tails.value[j];
        const double root = detail::quantile_tail_root(u);
        const double z = detail::quantile_tail(root);
        tails.root[j] = root;
        tails.value[j] = u < 0.5 ? -z : z;
        beyond += root > 5.0 ? 1U : 0U;
    }
    if (beyond == 0) [[likely]]  // three values in 10^11 are
        return;
    for (std::size_t j = 0; j < found; ++j) {
        if (!(tails.root[j] > 5.0)) continue;
        const double z = detail::quantile_far_tail(tails.root[j]);
        tails.value[j] = tails.value[j] < 0.0 ? -z : z;
    }
}

VFM_TARGET void normals(double* values, std::size_t count) {
    Tails tails;
    for (std::size_t begin = 0; begin < count; begin += chunk_size) {
        const std::size_t size = count - begin < chunk_size ? count - begin : chunk_size;
        double* const chunk = values + begin;
        const std::size_t found = find_tails(chunk, size, tails);
        for (std::size_t j = 0; j < found; ++j) tails.value[j] = chunk[tails.place[j]];
        for (std::size_t i = 0; i < size; ++i) chunk[i] = detail::quantile_centre(chunk[i] - 0.5);
        transform_tails(tails, found);
        for (std::size_t j = 0; j < found; ++j) chunk[tails.place[j]] = tails.value[j];
    }
}

VFM_TARGET void logarithms(double* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) values[i] = detail::logarithm_of_normal(values[i]);
}

VFM_TARGET void lognormals(double location, double scale, const double* __restrict normals,
                           double* __restrict values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) values[i] = exponential(location + scale * normals[i]);
}

VFM_TARGET void gammas(double mean, const GammaTable& table, const double* __restrict normals,
                       double* __restrict values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) values[i] = mean * table.at(normals[i]);
}
