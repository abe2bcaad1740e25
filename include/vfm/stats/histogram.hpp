// Histograms with integer counts, which merge in any order.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace vfm::stats {

/// Finds the bin of a value. Bin i holds edge(i) <= value < edge(i + 1); values outside, infinities included,
/// go to the first or the last bin, and so does what is not a number (to the first).
///
/// Logarithmic bins divide each doubling into a power of two equal parts (as HdrHistogram does), so that
/// exponent and leading fraction bits of the value *are* the bin: no logarithm is taken, and edges are exact.
/// Linear bins have equal widths.
class Bins {
  public:
    /// bins >= 1, low < high, both finite. Throws std::invalid_argument.
    [[nodiscard]] static Bins linear(double low, double high, std::size_t bins);

    /// From the power of two `low` for `doublings` >= 1, each in `parts` = 1, 2, 4 ... 1024 bins. Bin 0 is
    /// [0, low). Throws std::invalid_argument.
    [[nodiscard]] static Bins logarithmic(double low, std::size_t doublings, std::size_t parts);

    [[nodiscard]] std::size_t size() const { return edges_.size() - 1; }
    [[nodiscard]] std::span<const double> edges() const { return edges_; }

    [[nodiscard]] std::size_t find(double value) const {
        return is_logarithmic_ ? find_logarithmic(value) : find_linear(value);
    }

    bool operator==(const Bins&) const = default;

  private:
    Bins() = default;
    [[nodiscard]] std::size_t find_linear(double value) const;
    [[nodiscard]] std::size_t find_logarithmic(double value) const {
        if (!(value >= edges_[1])) return 0;
        const std::uint64_t index = (std::bit_cast<std::uint64_t>(value) >> shift_) - first_code_;
        return index < size() ? static_cast<std::size_t>(index) : size() - 1;
    }

    std::vector<double> edges_;
    bool is_logarithmic_ = false;
    double bins_per_unit_ = 0;      ///< linear
    unsigned shift_ = 0;            ///< logarithmic: bits of the fraction below a bin
    std::uint64_t first_code_ = 0;  ///< logarithmic: code of bin 0
};

/// Counts of values by bin.
class Histogram {
  public:
    explicit Histogram(Bins bins) : bins_(std::move(bins)), counts_(bins_.size(), 0) {}

    void add(double value) { ++counts_[bins_.find(value)]; }

    /// Throws std::invalid_argument when the other has other bins.
    void merge(const Histogram& other);

    [[nodiscard]] const Bins& bins() const { return bins_; }
    [[nodiscard]] std::span<const std::int64_t> counts() const { return counts_; }
    [[nodiscard]] std::int64_t total() const;

    /// The value below which a share of the counts lies, interpolated inside its bin; not a number when
    /// empty.
    [[nodiscard]] double quantile(double share) const;

  private:
    Bins bins_;
    std::vector<std::int64_t> counts_;
};

}  // namespace vfm::stats
