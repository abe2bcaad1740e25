#include "vfm/report/study_words.hpp"

#include "vfm/report/numbers.hpp"

#include <array>
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

MoneyUnit money_unit(double families, decision::Origin origin) {
    if (families > 0) return {.divisor = families, .name = "GBP a family"};
    return {.divisor = 1, .name = "GBP " + unit_of_sums(origin)};
}

std::string matrix_name(decision::MeanSource source) {
    constexpr std::array names = {"regression", "few_draws", "noiseless", "at_face_value"};
    return names.at(static_cast<std::size_t>(source));
}

std::string thresholds_chosen_by(const inquiry::Thresholds& thresholds) {
    std::string changes;
    switch (thresholds.origin) {
        case inquiry::ThresholdOrigin::grid:
            return "vfmsim: from 0 to a round number a quarter or more above the largest break-even "
                   "threshold";
        case inquiry::ThresholdOrigin::between_changes:
            for (const double change : thresholds.changes) {
                changes += (changes.empty() ? "GBP " : ", ") + number(change, 0);
            }
            return fmt::format(
                "vfmsim: one in each stretch between those at which the best arm by means changes ({})",
                changes);
        case inquiry::ThresholdOrigin::given:
            break;
    }
    return "the analyst";
}

}  // namespace vfm::report
