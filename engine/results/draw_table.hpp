// A CSV table with a draw a line: its heading, its draws by label, its numbers.
#pragma once

#include "csv_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vfm::results {

using Names = std::vector<std::string>;

/// No place in a list.
inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
/// The most numbers that are read from one file: 1 GiB of doubles.
inline constexpr std::size_t most_numbers = std::size_t{1} << 27U;

/// Where a name is in a list, or `nowhere`.
[[nodiscard]] std::size_t place_of(const Names& names, std::string_view name);

/// Whether a name can be printed and stored: not empty, not long, UTF-8 without control characters.
[[nodiscard]] bool is_sound_name(std::string_view name);

/// Draws by label: where each is in the sample, and the line it came first in.
class DrawIndex {
  public:
    struct Place {
        std::size_t index = 0;
        int line = 0;
    };

    /// The place of a draw, which is added when it is new.
    [[nodiscard]] Place add(std::uint64_t label, int line) {
        const auto [place, is_new] = places_.try_emplace(label, Place{labels_.size(), line});
        if (is_new) labels_.push_back(label);
        return place->second;
    }
    [[nodiscard]] std::size_t find(std::uint64_t label) const {
        const auto place = places_.find(label);
        return place == places_.end() ? nowhere : place->second.index;
    }
    [[nodiscard]] std::size_t size() const { return labels_.size(); }
    [[nodiscard]] std::uint64_t label(std::size_t index) const { return labels_[index]; }
    [[nodiscard]] int line(std::size_t index) const { return places_.at(labels_[index]).line; }

  private:
    std::unordered_map<std::uint64_t, Place> places_;
    std::vector<std::uint64_t> labels_;
};

/// The names of the columns. Faults: none, too many, one that is no name or comes twice, no `draw`.
[[nodiscard]] Names read_heading(CsvReader& csv);

/// Adds a fault when there are none.
void expect_draws(const CsvReader& csv, const DrawIndex& draws);

/// Whether so many numbers can be kept; a fault when not.
[[nodiscard]] bool has_room(const CsvReader& csv, std::size_t numbers);

/// Lines of a draw and numbers, each draw once: the wide form, and the parameters of the long one.
struct DrawTable {
    Names columns;  ///< without `draw`
    DrawIndex draws;
    std::vector<double> values;  ///< draw x column
};

/// Reads all lines below the heading; what is wrong with them becomes faults.
[[nodiscard]] DrawTable read_draw_table(CsvReader& csv, const Names& heading);

}  // namespace vfm::results
