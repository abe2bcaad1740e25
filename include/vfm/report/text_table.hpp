// Aligned text of at most 100 columns: paragraphs, and tables that are already text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::report {

/// The columns of a terminal that pages of text keep within.
inline constexpr std::size_t page_width = 100;

enum class Align { left, right };

/// A table of text. The first column is aligned to the left, the others to the right unless they say
/// otherwise.
struct TextTable {
    struct Column {
        std::string heading;  ///< wrapped at blanks and after underscores when longer than `wrap`
        Align align = Align::right;
        std::size_t wrap = 14;
        std::string group = {};  ///< stands above all neighbours with the same group, which stay together
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  ///< one cell a column
};

/// How wide a table is in one piece.
[[nodiscard]] std::size_t table_width(const TextTable& table);

/// Lines of at most `width` columns where cells allow; a table too wide goes on below, with its first column
/// again.
[[nodiscard]] std::string aligned_table(const TextTable& table, std::size_t width = page_width);

/// The table in pipes, as Markdown has it, with bars and line breaks in its cells made harmless. Headings
/// have one line there: a group's name goes before each of its columns.
[[nodiscard]] std::string pipe_table(const TextTable& table);

/// `text` in lines of at most `width` columns, broken at blanks; later lines start with `indent` blanks.
[[nodiscard]] std::string wrap_text(std::string_view text, std::size_t width = page_width,
                                    std::size_t indent = 0);

/// How many columns of a terminal a text takes: its characters, not its bytes (UTF-8).
[[nodiscard]] std::size_t text_width(std::string_view text);

}  // namespace vfm::report
