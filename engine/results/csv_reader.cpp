#include "csv_reader.hpp"

#include "posix_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace vfm::results {

namespace {

constexpr std::uint64_t largest_file = std::uint64_t{1} << 30U;
constexpr std::size_t longest_line = std::size_t{1} << 20U;
constexpr std::size_t most_faults = 20;
constexpr std::size_t shown_of_a_field = 40;
/// Squares and sums of numbers up to this stay finite.
constexpr double largest_number = 1e100;
constexpr std::uint64_t largest_draw = std::uint64_t{1} << 53U;

std::string whole_text(const std::filesystem::path& path) {
    const Descriptor file = open_to_read(path);
    const std::uint64_t size = file_size(file, path);
    if (size > largest_file) {
        throw UserError(fmt::format("'{}' has more than a gibibyte, thin the sample or leave out columns",
                                    path.string()));
    }
    std::string text(size, '\0');
    text.resize(read_at(file, 0, std::as_writable_bytes(std::span(text)), path));
    return text;
}

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// A field as a message can show it: not long, nothing in it but what a terminal takes.
std::string shown(std::string_view text) {
    std::string result(text.substr(0, shown_of_a_field));
    std::replace_if(
        result.begin(), result.end(), [](char letter) { return letter < ' ' || letter == '\x7f'; }, '?');
    return text.size() > shown_of_a_field ? result + "..." : result;
}

}  // namespace

void FaultList::add(Fault fault) {
    faults_.push_back(std::move(fault));
    if (faults_.size() >= most_faults) throw_any();
}

void FaultList::throw_any() const {
    if (!faults_.empty()) throw ScenarioError(faults_);
}

CsvReader::CsvReader(const std::filesystem::path& path, FaultList& faults)
    : file_(path.string()), text_(whole_text(path)), faults_(faults) {
    if (text_.starts_with("\xEF\xBB\xBF")) next_ = 3;
}

void CsvReader::fault(int column, std::string problem, std::string suggestion) const {
    faults_.add({.file = file_,
                 .line = line_,
                 .column = column,
                 .problem = std::move(problem),
                 .suggestion = std::move(suggestion)});
}

void CsvReader::fault_in_line(int line, std::string problem, std::string suggestion) const {
    faults_.add({.file = file_,
                 .line = line,
                 .column = line > 0 ? 1 : 0,
                 .problem = std::move(problem),
                 .suggestion = std::move(suggestion)});
}

bool CsvReader::next() {
    while (next_ < text_.size()) {
        const std::size_t end = std::min(text_.find('\n', next_), text_.size());
        std::string_view line(text_.data() + next_, end - next_);
        next_ = end + 1;
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (trimmed(line).empty()) continue;
        if (line.size() > longest_line) {
            fault(1, "a line of more than 1 MiB", "it should hold one draw");
            continue;
        }
        if (take_apart(line)) return true;
    }
    return false;
}

bool CsvReader::take_apart(std::string_view line) {
    fields_.clear();
    unescaped_.clear();
    for (std::size_t place = 0; place <= line.size();) {
        std::size_t start = place;
        while (start < line.size() && is_blank(line[start])) ++start;
        if (start < line.size() && line[start] == '"') {
            place = start;
            if (!take_quoted(line, place)) return false;
        } else {
            const std::size_t end = std::min(line.find(',', place), line.size());
            fields_.push_back({.text = trimmed(line.substr(place, end - place)),
                               .column = static_cast<int>(std::min(start, end)) + 1});
            place = end + 1;
        }
    }
    return true;
}

/// A field in quotes, which starts at `place`; moves `place` behind its comma.
bool CsvReader::take_quoted(std::string_view line, std::size_t& place) {
    const int column = static_cast<int>(place) + 1;
    std::string text;
    std::size_t from = place + 1;
    std::size_t quote = line.find('"', from);
    while (quote != std::string_view::npos && quote + 1 < line.size() && line[quote + 1] == '"') {
        text += line.substr(from, quote + 1 - from);
        from = quote + 2;
        quote = line.find('"', from);
    }
    if (quote == std::string_view::npos) {
        fault(column, "a quote is not closed in its line", "close it, or double a quote that is meant");
        return false;
    }
    text += line.substr(from, quote - from);
    std::size_t after = quote + 1;
    while (after < line.size() && is_blank(line[after])) ++after;
    if (after < line.size() && line[after] != ',') {
        fault(static_cast<int>(after) + 1, "something stands behind a closed quote",
              "quote the whole field or nothing of it");
        return false;
    }
    unescaped_.push_back(std::move(text));
    fields_.push_back({.text = unescaped_.back(), .column = column});
    place = after + 1;
    return true;
}

double CsvReader::number(const CsvField& field, std::string_view heading) const {
    double value = 0;
    const char* end = field.text.data() + field.text.size();
    const auto [stop, error] = std::from_chars(field.text.data(), end, value);
    const bool read = error == std::errc() && stop == end && !field.text.empty();
    if (read && std::abs(value) <= largest_number) return value;
    if (read && std::isfinite(value)) {
        fault(field.column, fmt::format("'{}' of `{}` is too large", shown(field.text), shown(heading)),
              "numbers go up to 1e100");
    } else {
        fault(field.column,
              fmt::format("'{}' of `{}` is not a finite number", shown(field.text), shown(heading)),
              "write it with a decimal point and without thousands separators or a unit");
    }
    return 0;
}

std::uint64_t CsvReader::draw(const CsvField& field) const {
    std::uint64_t label = 0;
    const char* end = field.text.data() + field.text.size();
    const auto [stop, error] = std::from_chars(field.text.data(), end, label);
    if (error == std::errc() && stop == end && !field.text.empty() && label <= largest_draw) return label;
    fault(field.column, fmt::format("'{}' is no draw", shown(field.text)), "number the draws 0, 1, 2, ...");
    return no_draw;
}

bool CsvReader::is_as_long_as(std::size_t headings) const {
    if (fields_.size() == headings) return true;
    fault(1,
          fmt::format("{} field{}, and the heading has {}", fields_.size(), fields_.size() == 1 ? "" : "s",
                      headings),
          "separate fields by commas and quote those that hold one");
    return false;
}

}  // namespace vfm::results
