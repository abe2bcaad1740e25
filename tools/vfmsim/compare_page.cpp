#include "compare_page.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using decision::Estimate;
using decision::Interval;

std::string interval_text(const Interval& range, double factor, int decimals) {
    return number(factor * range.low, decimals) + " to " + number(factor * range.high, decimals);
}

std::vector<std::size_t> file_order(const Page& page) {
    std::vector<std::size_t> order(page.all.arms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return order;
}

}  // namespace

std::string words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string group_name(const std::string& group) {
    return group.ends_with(".yes") ? group.substr(0, group.size() - 4) : group;
}

std::string pounds(double amount) {
    return "GBP " + number(amount, amount == std::floor(amount) || std::abs(amount) >= 100 ? 0 : 2);
}

std::string counted(std::size_t count, const std::string& thing) {
    return number(static_cast<double>(count), 0) + ' ' + thing + (count == 1 ? "" : "s");
}

std::string section(const std::string& heading, const std::string& body) {
    return body.empty() ? body : '\n' + wrap_text(heading) + body;
}

double factor_of(const decision::Indicator& indicator) {
    return indicator.unit == "share" ? 100 : 1;
}

std::string label_of(const decision::Indicator& indicator) {
    const bool says_it = indicator.unit.empty() || indicator.label.ends_with(indicator.unit);
    if (says_it) return indicator.label;
    return indicator.label + ", " + (indicator.unit == "share" ? "%" : indicator.unit);
}

const decision::ComparedIndicator* find_indicator(const decision::Comparison& comparison,
                                                  std::string_view numerator, std::string_view denominator) {
    for (const decision::ComparedIndicator& compared : comparison.indicators) {
        const decision::Indicator& indicator = compared.indicator;
        if (indicator.numerator == numerator && indicator.denominator == denominator) return &compared;
    }
    return nullptr;
}

std::vector<double> shown_numbers(const std::vector<Estimate>& estimates, double factor) {
    std::vector<double> values;
    const auto add = [&](const Interval& range) {
        values.push_back(factor * range.low);
        values.push_back(factor * range.high);
    };
    for (const Estimate& estimate : estimates) {
        values.push_back(factor * estimate.value);
        if (estimate.monte_carlo) add(estimate.monte_carlo->interval);
        if (estimate.parameter.interval) add(*estimate.parameter.interval);
    }
    return values;
}

std::string monte_carlo_text(const Estimate& estimate, double factor, int decimals) {
    if (!estimate.monte_carlo) return "-";
    return interval_text(estimate.monte_carlo->interval, factor, decimals);
}

std::string parameters_text(const Estimate& estimate, double factor, int decimals) {
    if (!estimate.parameter.interval) return "-";
    const bool star = estimate.parameter.spread == decision::ParameterSpread::includes_noise;
    return interval_text(*estimate.parameter.interval, factor, decimals) + (star ? "*" : "");
}

std::string value_text(const Estimate& estimate, double factor, int decimals) {
    std::string text = number(factor * estimate.value, decimals);
    if (estimate.missing() || !estimate.monte_carlo) return text;
    const Interval& range = estimate.monte_carlo->interval;
    return text + " ±" + number(factor * (range.high - range.low) / 2, decimals);
}

ArmTable::ArmTable(const Page& page) : ArmTable(page, file_order(page)) {}

ArmTable::ArmTable(const Page& page, std::vector<std::size_t> order)
    : leaves_out_empty_(!page.full()),
      order_(std::move(order)),
      table_{.columns = {{.heading = ""}}, .rows = {}} {
    for (const std::size_t arm : order_) table_.rows.push_back({page.all.arms[arm]});
}

void ArmTable::add(const TextTable::Column& column, const Cells& cells) {
    table_.columns.push_back(column);
    for (std::size_t row = 0; row < order_.size(); ++row) table_.rows[row].push_back(cells[order_[row]]);
}

void ArmTable::add_unless_empty(const TextTable::Column& column, const Cells& cells) {
    const auto says_nothing = [](const std::string& cell) {
        return cell.find_first_of("123456789") == std::string::npos;
    };
    if (leaves_out_empty_ && std::all_of(cells.begin(), cells.end(), says_nothing)) return;
    add(column, cells);
}

void ArmTable::add_numbers(const TextTable::Column& column, const std::vector<double>& values, int decimals) {
    const auto says_nothing = [](double value) { return std::isnan(value) || value == 0; };
    if (leaves_out_empty_ && std::all_of(values.begin(), values.end(), says_nothing)) return;
    Cells cells;
    for (const double value : values) cells.push_back(number(value, decimals));
    add(column, cells);
}

bool ArmTable::fits() const {
    return table_width(table_) <= page_width;
}

std::string ArmTable::text() const {
    return table_.columns.size() > 1 ? render(table_) : std::string();
}

}  // namespace vfm::program
