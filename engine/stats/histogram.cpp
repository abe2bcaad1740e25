#include "vfm/stats/histogram.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace vfm::stats {

namespace {

constexpr unsigned fraction_bits = 52;

void require(bool holds, const char* problem) {
    if (!holds) throw std::invalid_argument(problem);
}

}  // namespace

Bins Bins::linear(double low, double high, std::size_t bins) {
    require(bins >= 1 && low < high && high - low < std::numeric_limits<double>::infinity(),
            "linear bins need low < high, both finite, and at least one bin");
    Bins made;
    made.bins_per_unit_ = static_cast<double>(bins) / (high - low);
    for (std::size_t i = 0; i <= bins; ++i) {
        made.edges_.push_back(
            i == bins ? high : low + (high - low) * (static_cast<double>(i) / static_cast<double>(bins)));
    }
    return made;
}

Bins Bins::logarithmic(double low, std::size_t doublings, std::size_t parts) {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(low);
    const bool is_power_of_two = low >= std::numeric_limits<double>::min() &&
                                 low < std::numeric_limits<double>::infinity() &&
                                 (bits << (64U - fraction_bits)) == 0;
    require(is_power_of_two, "logarithmic bins start at a power of two");
    require(std::has_single_bit(parts) && parts <= 1024,
            "logarithmic bins divide a doubling into 1, 2, 4 ... 1024");
    require(doublings >= 1 && doublings < 2047 - (bits >> fraction_bits),
            "logarithmic bins need at least one doubling and end below the largest number");
    Bins made;
    made.is_logarithmic_ = true;
    made.shift_ = fraction_bits - static_cast<unsigned>(std::countr_zero(parts));
    made.first_code_ = (bits >> made.shift_) - 1;  // the code of `low` is bin 1
    made.edges_.push_back(0.0);
    for (std::uint64_t code = bits >> made.shift_; made.edges_.size() < doublings * parts + 2; ++code) {
        made.edges_.push_back(std::bit_cast<double>(code << made.shift_));
    }
    return made;
}

std::size_t Bins::find_linear(double value) const {
    if (!(value >= edges_[1])) return 0;
    if (value >= edges_[size() - 1]) return size() - 1;
    // The quotient can be one bin off by rounding; the edges decide.
    auto bin = static_cast<std::size_t>((value - edges_.front()) * bins_per_unit_);
    bin = std::min(bin, size() - 1);
    if (value < edges_[bin])
        --bin;
    else if (value >= edges_[bin + 1])
        ++bin;
    return bin;
}

void Histogram::merge(const Histogram& other) {
    require(bins_ == other.bins_, "histograms with different bins cannot be merged");
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::int64_t Histogram::total() const {
    std::int64_t sum = 0;
    for (const std::int64_t count : counts_) sum += count;
    return sum;
}

double Histogram::quantile(double share) const {
    require(share >= 0.0 && share <= 1.0, "a quantile's share lies between 0 and 1");
    const std::int64_t all = total();
    if (all == 0) return std::numeric_limits<double>::quiet_NaN();
    const double wanted = share * static_cast<double>(all);
    double below = 0.0;
    double last = bins_.edges().front();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (counts_[i] == 0) continue;
        const auto count = static_cast<double>(counts_[i]);
        const double low = bins_.edges()[i];
        const double high = bins_.edges()[i + 1];
        if (below + count >= wanted) return low + (high - low) * ((wanted - below) / count);
        below += count;
        last = high;
    }
    return last;
}

}  // namespace vfm::stats
