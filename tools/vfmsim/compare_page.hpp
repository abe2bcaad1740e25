// What the sections of a comparison's table share: numbers as text, and tables with an arm a row.
#pragma once

#include "compare_output.hpp"
#include "tables.hpp"

#include "vfm/decision/comparison.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vfm::program {

/// What is printed, and how much of it.
struct Page {
    const decision::Comparison& all;
    const ComparisonSource& source;
    Detail detail;

    [[nodiscard]] bool full() const { return detail == Detail::full; }
    [[nodiscard]] const std::string& reference() const { return all.arms[all.reference]; }
};

using Cells = std::vector<std::string>;

/// A name's underscores as blanks.
[[nodiscard]] std::string words(std::string name);
/// An access group's name: `english_additional.yes` is `english_additional` to a reader.
[[nodiscard]] std::string group_name(const std::string& group);
/// `GBP 8,181`, with pence only when there are some.
[[nodiscard]] std::string pounds(double amount);
/// `1 arm`, `1,024 draws`.
[[nodiscard]] std::string counted(std::size_t count, const std::string& thing);
/// A heading above `body`; nothing when `body` is empty.
[[nodiscard]] std::string section(const std::string& heading, const std::string& body);

/// Shares are shown in %, everything else as it is.
[[nodiscard]] double factor_of(const decision::Indicator& indicator);
/// The label with its unit, unless it says it.
[[nodiscard]] std::string label_of(const decision::Indicator& indicator);

/// The compared ratio of two measures, or mean of one (`denominator` empty); null when the file has none.
[[nodiscard]] const decision::ComparedIndicator* find_indicator(const decision::Comparison& comparison,
                                                                std::string_view numerator,
                                                                std::string_view denominator);

/// All the numbers that estimates show with their intervals, times `factor`.
[[nodiscard]] std::vector<double> shown_numbers(const std::vector<decision::Estimate>& estimates,
                                                double factor);
/// `186 to 258`; `-` when there is none. An interval over draws that holds family noise too ends in a star.
[[nodiscard]] std::string monte_carlo_text(const decision::Estimate& estimate, double factor, int decimals);
[[nodiscard]] std::string parameters_text(const decision::Estimate& estimate, double factor, int decimals);
/// `219 ±1`: the value with the half-width of its Monte Carlo 95 % interval.
[[nodiscard]] std::string value_text(const decision::Estimate& estimate, double factor, int decimals);

/// A table of the page with an arm a row.
class ArmTable {
  public:
    /// Arms in the order of the file.
    explicit ArmTable(const Page& page);
    /// Arms in another order, or some of them.
    ArmTable(const Page& page, std::vector<std::size_t> order);

    /// Adds a column, whatever is in it. `cells` has one cell an arm, in the order of the file.
    void add(const TextTable::Column& column, const Cells& cells);
    /// Adds a column unless the page leaves out what is zero or missing in every arm, and this is.
    void add_unless_empty(const TextTable::Column& column, const Cells& cells);
    /// Adds a column of numbers of the digits given, unless empty.
    void add_numbers(const TextTable::Column& column, const std::vector<double>& values, int decimals);

    /// Whether it fits the width of a page without going on below.
    [[nodiscard]] bool fits() const;
    /// Empty when no column has been added.
    [[nodiscard]] std::string text() const;

  private:
    bool leaves_out_empty_;
    std::vector<std::size_t> order_;
    TextTable table_;
};

}  // namespace vfm::program
