#include "vfm/report/text_table.hpp"

#include <algorithm>

namespace vfm::report {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t column_gap = 2;  ///< blanks between columns

/// A heading's words: it may be broken at blanks (dropped) and after underscores (kept).
Lines breakable_parts(std::string_view heading) {
    Lines parts(1);
    for (const char letter : heading) {
        parts.back() += letter;
        if (letter == ' ' || letter == '_') parts.emplace_back();
    }
    return parts;
}

void trim_end(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

Lines wrap_heading(std::string_view heading, std::size_t wrap) {
    Lines lines(1);
    for (const std::string& part : breakable_parts(heading)) {
        std::string joined = lines.back() + part;
        trim_end(joined);
        if (!lines.back().empty() && text_width(joined) > wrap) lines.emplace_back();
        lines.back() += part;
    }
    std::for_each(lines.begin(), lines.end(), trim_end);
    return lines;
}

std::string padded(const std::string& cell, std::size_t width, Align align) {
    const std::string blanks(width - std::min(width, text_width(cell)), ' ');
    return align == Align::left ? cell + blanks : blanks + cell;
}

/// A column ready to print: its heading's lines and its width.
struct SetColumn {
    Lines heading;
    std::size_t width = 0;
    Align align = Align::right;
};

std::vector<SetColumn> set_without_groups(const TextTable& table) {
    std::vector<SetColumn> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        SetColumn column{.heading = wrap_heading(table.columns[i].heading, table.columns[i].wrap),
                         .width = 0,
                         .align = i == 0 ? Align::left : table.columns[i].align};
        for (const std::string& line : column.heading) {
            column.width = std::max(column.width, text_width(line));
        }
        for (const auto& row : table.rows) column.width = std::max(column.width, text_width(row.at(i)));
        columns.push_back(std::move(column));
    }
    return columns;
}

/// Where the columns that stay together with column `first` end.
std::size_t group_end(const TextTable& table, std::size_t first) {
    const std::string& group = table.columns[first].group;
    std::size_t last = first + 1;
    while (!group.empty() && last < table.columns.size() && table.columns[last].group == group) ++last;
    return last;
}

/// The width of columns [first, last) with the blanks between them.
std::size_t span_width(const std::vector<SetColumn>& columns, std::size_t first, std::size_t last) {
    std::size_t width = column_gap * (last - first - 1);
    for (std::size_t i = first; i < last; ++i) width += columns[i].width;
    return width;
}

/// Columns as wide as their cells, headings and groups' names need.
std::vector<SetColumn> set_columns(const TextTable& table) {
    std::vector<SetColumn> columns = set_without_groups(table);
    for (std::size_t first = 1; first < columns.size();) {
        const std::size_t last = group_end(table, first);
        const std::size_t needed = text_width(table.columns[first].group);
        const std::size_t width = span_width(columns, first, last);
        if (needed > width) columns[last - 1].width += needed - width;
        first = last;
    }
    return columns;
}

/// The line of groups' names above columns [first, last), each between dashes as wide as its columns where
/// there is room for them; empty when there are none.
std::string group_line(const TextTable& table, const std::vector<SetColumn>& columns, std::size_t first,
                       std::size_t last) {
    std::string line(columns[0].width, ' ');
    bool any = false;
    for (std::size_t begin = first; begin < last;) {
        const std::size_t end = group_end(table, begin);
        const std::string& name = table.columns[begin].group;
        const std::size_t width = span_width(columns, begin, end);
        any = any || !name.empty();
        std::string cell = name;
        if (!name.empty() && text_width(name) + 4 <= width) cell = ' ' + name + ' ';
        const std::size_t rest = width - text_width(cell);
        const char fill = cell == name ? ' ' : '-';
        line += std::string(column_gap, ' ') + std::string(rest / 2, fill) + cell +
                std::string(rest - rest / 2, fill);
        begin = end;
    }
    trim_end(line);
    return any ? line + '\n' : std::string();
}

/// The first column and columns [first, last) as lines.
std::string block_of_columns(const TextTable& table, const std::vector<SetColumn>& columns, std::size_t first,
                             std::size_t last) {
    std::string text = group_line(table, columns, first, last);
    const auto add_line = [&](const auto& cell_of) {
        std::string line = padded(cell_of(std::size_t{0}), columns[0].width, columns[0].align);
        for (std::size_t i = first; i < last; ++i) {
            line += std::string(column_gap, ' ') + padded(cell_of(i), columns[i].width, columns[i].align);
        }
        trim_end(line);
        text += line + '\n';
    };
    std::size_t height = columns[0].heading.size();
    for (std::size_t i = first; i < last; ++i) height = std::max(height, columns[i].heading.size());
    for (std::size_t level = 0; level < height; ++level) {
        // Headings stand on the line above the numbers, however many lines they need.
        add_line([&](std::size_t i) {
            const Lines& lines = columns[i].heading;
            return level + lines.size() < height ? std::string() : lines[level + lines.size() - height];
        });
    }
    for (const auto& row : table.rows) {
        add_line([&](std::size_t i) { return row[i]; });
    }
    return text;
}

/// A text that stays one cell of a pipe table.
std::string pipe_cell(const std::string& text) {
    std::string cell;
    for (const char letter : text) {
        if (letter == '|' || letter == '\\') cell += '\\';
        cell += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    return cell;
}

}  // namespace

std::size_t table_width(const TextTable& table) {
    const std::vector<SetColumn> columns = set_columns(table);
    return span_width(columns, 0, columns.size());
}

std::string aligned_table(const TextTable& table, std::size_t width) {
    const std::vector<SetColumn> columns = set_columns(table);
    std::string text;
    std::size_t first = 1;
    do {
        std::size_t last = first;
        std::size_t used = columns[0].width;
        while (last < columns.size()) {
            const std::size_t end = group_end(table, last);
            const std::size_t more = column_gap + span_width(columns, last, end);
            if (last != first && used + more > width) break;
            used += more;
            last = end;
        }
        if (!text.empty()) text += '\n';
        text += block_of_columns(table, columns, first, last);
        first = last;
    } while (first < columns.size());
    return text;
}

std::string pipe_table(const TextTable& table) {
    std::string text;
    const auto line = [&text](const Lines& cells) {
        text += '|';
        for (const std::string& cell : cells) text += ' ' + pipe_cell(cell) + " |";
        text += '\n';
    };
    Lines headings;
    Lines rules;
    for (const TextTable::Column& column : table.columns) {
        headings.push_back(column.group.empty() ? column.heading : column.group + ": " + column.heading);
        const bool left = rules.empty() || column.align == Align::left;
        rules.emplace_back(left ? "---" : "---:");
    }
    line(headings);
    line(rules);
    for (const Lines& row : table.rows) line(row);
    return text;
}

std::string wrap_text(std::string_view text, std::size_t width, std::size_t indent) {
    std::string result;
    std::size_t column = 0;
    while (!text.empty()) {
        // A word comes with the blanks before it, so that text laid out in columns keeps them.
        const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
        const std::size_t end = std::min(text.find(' ', start), text.size());
        const std::size_t taken = text_width(text.substr(0, end));
        if (column > indent && column + taken > width) {
            result += '\n' + std::string(indent, ' ');
            column = indent;
            text.remove_prefix(start);
            continue;
        }
        result += text.substr(0, end);
        column += taken;
        text.remove_prefix(end);
    }
    return result + '\n';
}

std::size_t text_width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace vfm::report
