// A CSV file that nobody need trust, line by line, with the place of every field, and what is wrong with it.
#pragma once

#include "vfm/core/errors.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::results {

/// Gathers what is wrong, until there is enough of it.
class FaultList {
  public:
    /// Throws all of them once there are 20: nobody reads more.
    void add(Fault fault);
    /// Throws ScenarioError when there are any.
    void throw_any() const;
    [[nodiscard]] bool empty() const { return faults_.empty(); }

  private:
    std::vector<Fault> faults_;
};

struct CsvField {
    std::string_view text;
    int column = 0;  ///< where it starts in its line, in bytes from 1
};

/// Reads as RFC 4180 has it, but for line breaks inside quotes. Blanks around a field do not count, lines of
/// nothing are skipped, a byte order mark is too.
class CsvReader {
  public:
    /// Reads the file into memory. Throws UserError when it has more than a gibibyte, FileFormatError when it
    /// is no regular file, EnvironmentError.
    CsvReader(const std::filesystem::path& path, FaultList& faults);

    /// Goes on to the next line that can be taken apart; false when there is none. Lines that cannot become
    /// faults.
    [[nodiscard]] bool next();

    [[nodiscard]] int line() const { return line_; }
    [[nodiscard]] std::span<const CsvField> fields() const { return fields_; }

    /// Adds a fault in this line, at this byte of it.
    void fault(int column, std::string problem, std::string suggestion) const;
    /// Adds a fault in another line; 0: of the file as a whole.
    void fault_in_line(int line, std::string problem, std::string suggestion) const;

    /// A finite number no larger than 1e100 in size; otherwise adds a fault and gives 0. `heading` names the
    /// column.
    [[nodiscard]] double number(const CsvField& field, std::string_view heading) const;
    /// The label of a draw: a whole number from 0 to 2^53; otherwise adds a fault and gives `no_draw`.
    [[nodiscard]] std::uint64_t draw(const CsvField& field) const;
    static constexpr std::uint64_t no_draw = ~std::uint64_t{0};

    /// Whether the line has as many fields as the heading; adds a fault when not.
    [[nodiscard]] bool is_as_long_as(std::size_t headings) const;

  private:
    [[nodiscard]] bool take_apart(std::string_view line);
    [[nodiscard]] bool take_quoted(std::string_view line, std::size_t& place);

    std::string file_;
    std::string text_;
    std::size_t next_ = 0;
    int line_ = 0;
    std::vector<CsvField> fields_;
    std::deque<std::string> unescaped_;  ///< fields of this line that held doubled quotes
    FaultList& faults_;
};

}  // namespace vfm::results
