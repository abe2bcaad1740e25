// Tables for people and for programs: aligned text of at most 100 columns, and the fields of CSV.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::program {

/// What `--format` chooses.
enum class Format { table, csv, json, markdown };

/// Throws UserError for another word, with the nearest known.
[[nodiscard]] Format parse_format(const std::string& word);

/// A table of text. The first column is aligned to the left, the others to the right unless they say
/// otherwise.
struct TextTable {
    struct Column {
        std::string heading;  ///< wrapped at blanks and after underscores when longer than `wrap`
        enum class Align { left, right } align = Align::right;
        std::size_t wrap = 14;
        std::string group = {};  ///< stands above all neighbours with the same group, which stay together
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  ///< one cell a column
};

/// The columns of a terminal that pages of text keep within.
constexpr std::size_t page_width = 100;

/// How wide a table is in one piece.
[[nodiscard]] std::size_t table_width(const TextTable& table);

/// Lines of at most `width` columns where cells allow; a table too wide goes on below, with its first column
/// again.
[[nodiscard]] std::string render(const TextTable& table, std::size_t width = page_width);

/// `text` in lines of at most `width` columns, broken at blanks; later lines start with `indent` blanks.
[[nodiscard]] std::string wrap_text(std::string_view text, std::size_t width = page_width,
                                    std::size_t indent = 0);

/// How many decimals numbers of this size deserve, so that the largest of them shows about four digits.
[[nodiscard]] int decimals_for(std::span<const double> values);
/// Likewise for `digits` digits.
[[nodiscard]] int decimals_for(std::span<const double> values, int digits);

/// How many columns of a terminal a text takes: its characters, not its bytes (UTF-8).
[[nodiscard]] std::size_t text_width(std::string_view text);

/// A number with thousands separators; a missing one is `-`. Never `-0`.
[[nodiscard]] std::string number(double value, int decimals);

/// The shortest text that reads back as the same double; a missing one is empty.
[[nodiscard]] std::string exact_number(double value);

/// A field of CSV as RFC 4180 has it: quoted when it must be.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace vfm::program
