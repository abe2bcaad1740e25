#include "draw_table.hpp"

#include "header_check.hpp"

#include "vfm/results/imported_sample.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::results {

namespace {

constexpr std::size_t most_sample_columns = 20000;

}  // namespace

std::size_t place_of(const Names& names, std::string_view name) {
    const auto place = std::find(names.begin(), names.end(), name);
    return place == names.end() ? nowhere : static_cast<std::size_t>(place - names.begin());
}

bool is_sound_name(std::string_view name) {
    const bool printable = std::none_of(name.begin(), name.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < ' ' || letter == '\x7f';
    });
    return !name.empty() && name.size() <= longest_imported_name && printable && is_plain_utf8(name);
}

Names read_heading(CsvReader& csv) {
    if (!csv.next()) {
        csv.fault_in_line(0, "there is nothing in it", "the first line names the columns: draw, ...");
        return {};
    }
    Names names;
    std::unordered_map<std::string, std::size_t> seen;
    for (const CsvField& field : csv.fields()) {
        std::string name(field.text);
        if (!is_sound_name(name)) {
            csv.fault(field.column, "a column without a name, or with one that is too long or no UTF-8 text",
                      "name it in the first line");
        } else if (!seen.emplace(name, names.size()).second) {
            csv.fault(field.column, fmt::format("a second column `{}`", name), "name each column once");
        }
        names.push_back(std::move(name));
    }
    if (names.size() > most_sample_columns) {
        csv.fault(1, fmt::format("{} columns", names.size()),
                  fmt::format("at most {} are read", most_sample_columns));
    }
    if (!seen.contains("draw")) {
        const bool other = names.size() == 1 && names[0].find_first_of(";\t") != std::string::npos;
        csv.fault(1, "there is no column `draw`",
                  other ? "separate the columns by commas" : "number the draws 0, 1, 2, ... in one");
    }
    return names;
}

void expect_draws(const CsvReader& csv, const DrawIndex& draws) {
    if (draws.size() == 0) csv.fault_in_line(0, "there is no draw below the heading", "give one a line");
}

bool has_room(const CsvReader& csv, std::size_t numbers) {
    if (numbers <= most_numbers) return true;
    csv.fault(1, fmt::format("more than {} numbers", most_numbers), "thin the sample or leave out columns");
    return false;
}

DrawTable read_draw_table(CsvReader& csv, const Names& heading) {
    DrawTable table;
    const std::size_t draw_column = place_of(heading, "draw");
    table.columns = heading;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(draw_column));
    while (csv.next() && has_room(csv, table.values.size())) {
        if (!csv.is_as_long_as(heading.size())) continue;
        const CsvField& draw_field = csv.fields()[draw_column];
        const std::uint64_t label = csv.draw(draw_field);
        const std::size_t before = table.draws.size();
        const DrawIndex::Place place =
            label == CsvReader::no_draw ? DrawIndex::Place{} : table.draws.add(label, csv.line());
        if (label != CsvReader::no_draw && place.index < before) {
            csv.fault(draw_field.column, fmt::format("draw {} is already in line {}", label, place.line),
                      "give each draw one line");
        }
        for (std::size_t i = 0; i < heading.size(); ++i) {
            if (i != draw_column) table.values.push_back(csv.number(csv.fields()[i], heading[i]));
        }
    }
    return table;
}

}  // namespace vfm::results
