#include "vfm/report/study_words.hpp"

#include "vfm/report/numbers.hpp"

#include <cmath>

#include <fmt/format.h>

namespace vfm::report {

namespace {

/// That amounts were in prices of another year; empty when they were not.
std::string converted_from(const MoneyBasis& basis) {
    if (basis.own_price_year == basis.price_year || basis.own_price_year == 0) return {};
    return fmt::format(" (from {} by the GDP deflator)", basis.own_price_year);
}

}  // namespace

std::string unit_of_sums(decision::Origin origin) {
    return origin == decision::Origin::imported ? "a row of the sample" : "a programme";
}

std::string costs_sentence(const MoneyBasis& basis) {
    return fmt::format(
        "Costs: {} perspective, GBP{}{}, {}.", in_words(basis.perspective),
        basis.price_year > 0 ? fmt::format(" of {}", basis.price_year) : " of a year not given",
        converted_from(basis),
        basis.origin == decision::Origin::imported
            ? std::string("discounted as imported")
            : fmt::format("discounted at {:g} % a year", 100 * basis.discount_rate));
}

std::string thresholds_text(std::span<const double> thresholds) {
    constexpr std::size_t listed = 8;
    const auto text = [](double value) { return number(value, value == std::floor(value) ? 0 : 2); };
    if (thresholds.size() > listed) {
        return fmt::format("GBP {} to {}, {} of them", text(thresholds.front()), text(thresholds.back()),
                           number(static_cast<double>(thresholds.size()), 0));
    }
    std::string list;
    for (const double threshold : thresholds) list += (list.empty() ? "GBP " : ", ") + text(threshold);
    return list;
}

}  // namespace vfm::report
