#include "vfm/random/design_points.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/random/streams.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include <boost/random/sobol.hpp>

namespace vfm::random {

namespace {

constexpr unsigned sobol_bits = 32;
constexpr std::size_t sobol_parameters = 3667;

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit of
/// x.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 30U;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27U;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// What a parameter's points are keyed by. The constant keeps them apart from the simulation's own streams.
std::uint64_t stream_of(std::uint64_t seed, const std::string& name) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char letter : name) {
        hash ^= static_cast<std::uint64_t>(static_cast<unsigned char>(letter));
        hash *= 0x100000001b3U;
    }
    return mixed(mixed(hash) ^ mixed(seed + 0x9e3779b97f4a7c15U));
}

/// 128 bits for one draw (or stratum) of one stream; `use` separates what the bits are for.
PhiloxCounter bits_of(std::uint64_t stream, std::uint64_t draw, std::uint32_t use) {
    return philox_block({static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32U), use, 0},
                        {static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32U)});
}

constexpr std::uint32_t reversed(std::uint32_t x) {
    x = ((x & 0x55555555U) << 1U) | ((x >> 1U) & 0x55555555U);
    x = ((x & 0x33333333U) << 2U) | ((x >> 2U) & 0x33333333U);
    x = ((x & 0x0F0F0F0FU) << 4U) | ((x >> 4U) & 0x0F0F0F0FU);
    x = ((x & 0x00FF00FFU) << 8U) | ((x >> 8U) & 0x00FF00FFU);
    return (x << 16U) | (x >> 16U);
}

/// A nested uniform (Owen 1995) scramble: each binary digit is flipped according to a hash of those before
/// it. Computed on the reversed digits with a hash in which bits depend on lower ones only (Laine and Karras
/// 2011), in the form and with the constants of Burley (2020), Journal of Computer Graphics Techniques 9(4),
/// section 3.
constexpr std::uint32_t owen_scrambled(std::uint32_t digits, std::uint32_t key) {
    std::uint32_t x = reversed(digits);
    x += key;
    x ^= x * 0x6c50b47cU;
    x ^= x * 0xb82f1e52U;
    x ^= x * 0xc7afe638U;
    x ^= x * 0x8d22f6e6U;
    return reversed(x);
}

/// (k + 1/2) 2^-52 from 32 leading binary digits and 20 more from `rest`.
double uniform_from_digits(std::uint32_t digits, std::uint32_t rest) {
    return uniform_from_words(rest, digits);
}

/// Row by row, parameter x 32: the number joined by exclusive or for each bit of a draw's Gray code.
std::vector<std::uint32_t> sobol_directions(std::span<const std::string> names) {
    std::vector<std::size_t> by_name(names.size());
    std::iota(by_name.begin(), by_name.end(), std::size_t{0});
    std::sort(by_name.begin(), by_name.end(),
              [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
    std::vector<std::uint32_t> directions(names.size() * sobol_bits);
    boost::random::sobol_engine<std::uint32_t, sobol_bits> points(names.size());
    for (unsigned bit = 0; bit < sobol_bits; ++bit) {
        // The Gray code of 2^(bit + 1) - 1 is 2^bit, so that this point is the direction number. Boost leaves
        // out point 0: its seed is the point's index less one.
        points.seed(static_cast<std::uint32_t>((std::uint64_t{2} << bit) - 2));
        for (const std::size_t parameter : by_name) directions[parameter * sobol_bits + bit] = points();
    }
    return directions;
}

}  // namespace

DesignPoints::DesignPoints(DesignKind kind, std::uint64_t draws, std::uint64_t seed,
                           std::span<const std::string> names)
    : kind_(kind), draws_(draws), rows_(1), columns_(1) {
    constexpr std::uint64_t most_draws = std::uint64_t{1} << 32U;
    if (draws == 0 || draws > most_draws) {
        throw std::invalid_argument("the number of draws must be between 1 and 2^32, and it is " +
                                    std::to_string(draws));
    }
    for (const std::string& name : names) streams_.push_back(stream_of(seed, name));
    std::vector<std::string> sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) throw std::invalid_argument("two parameters are both named '" + *twice + "'");
    while (rows_ * rows_ < draws) ++rows_;
    columns_ = (draws + rows_ - 1) / rows_;
    if (kind != DesignKind::sobol || names.empty()) return;
    if (names.size() > sobol_parameters) {
        throw std::invalid_argument("a Sobol design has at most 3667 parameters, and there are " +
                                    std::to_string(names.size()));
    }
    directions_ = sobol_directions(names);
}

double DesignPoints::at(std::uint64_t draw, std::size_t parameter) const {
    VFM_EXPECT(draw < draws_ && parameter < streams_.size());
    switch (kind_) {
        case DesignKind::monte_carlo:
            return monte_carlo(draw, parameter);
        case DesignKind::latin_hypercube:
            return latin_hypercube(draw, parameter);
        case DesignKind::sobol:
            return sobol(draw, parameter);
    }
    return 0.5;
}

void DesignPoints::fill(std::uint64_t draw, std::span<double> point) const {
    VFM_EXPECT(point.size() == streams_.size());
    for (std::size_t parameter = 0; parameter < point.size(); ++parameter)
        point[parameter] = at(draw, parameter);
}

double DesignPoints::monte_carlo(std::uint64_t draw, std::size_t parameter) const {
    const PhiloxCounter bits = bits_of(streams_[parameter], draw, 0);
    return uniform_from_words(bits[0], bits[1]);
}

// McKay, Beckman and Conover (1979): a random place in each of as many equal strata as draws, in random
// order.
double DesignPoints::latin_hypercube(std::uint64_t draw, std::size_t parameter) const {
    const std::uint64_t stratum = permuted(draw, streams_[parameter]);
    const PhiloxCounter bits = bits_of(streams_[parameter], draw, 1);
    const double low = static_cast<double>(stratum);
    // The place inside keeps clear of the stratum's ends by more than the rounding of the sum and the
    // quotient.
    const double place = 0x1p-16 + (1.0 - 0x1p-15) * uniform_from_words(bits[0], bits[1]);
    return (low + place) / static_cast<double>(draws_);
}

// A generalised Feistel cipher on rows x columns >= draws (Black and Rogaway 2002), walked until it lands
// below draws: each stream has its own permutation, and none is stored.
std::uint64_t DesignPoints::permuted(std::uint64_t draw, std::uint64_t stream) const {
    // (a + b) modulo end, where b is 32 random bits scaled to below end (no division: at most 2^16 rows).
    const auto turned = [](std::uint64_t a, std::uint64_t bits, std::uint64_t end) {
        const std::uint64_t sum = a + (((bits >> 32U) * end) >> 32U);
        return sum < end ? sum : sum - end;
    };
    constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;  // of SplitMix64: keys of rounds far apart
    std::uint64_t place = draw;
    do {
        std::uint64_t column = place / rows_;
        std::uint64_t row = place - column * rows_;
        std::uint64_t key = stream;
        for (int round = 0; round < 4; ++round) {
            key += step;
            row = turned(row, mixed(key + column * 0xd1342543de82ef95U), rows_);
            key += step;
            column = turned(column, mixed(key + row * 0xd1342543de82ef95U), columns_);
        }
        place = column * rows_ + row;
    } while (place >= draws_);
    return place;
}

double DesignPoints::sobol(std::uint64_t draw, std::size_t parameter) const {
    const std::uint64_t stream = streams_[parameter];
    const std::uint32_t* const directions = directions_.data() + parameter * sobol_bits;
    std::uint32_t digits = 0;
    unsigned bit = 0;
    for (std::uint64_t gray = draw ^ (draw >> 1U); gray != 0; gray >>= 1U, ++bit) {
        if ((gray & 1U) != 0) digits ^= directions[bit];
    }
    const std::uint32_t scrambled = owen_scrambled(digits, static_cast<std::uint32_t>(stream));
    return uniform_from_digits(scrambled, static_cast<std::uint32_t>(mixed(stream + draw) >> 32U));
}

}  // namespace vfm::random
