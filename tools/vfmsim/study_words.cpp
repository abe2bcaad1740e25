#include "study_words.hpp"

#include "compare_page.hpp"

#include "vfm/results/outside_sample.hpp"

#include <fmt/format.h>

namespace vfm::program {

namespace {

using decision::Origin;

/// That amounts were in prices of another year; empty when they were not.
std::string converted_from(const MoneyBasis& basis) {
    if (basis.own_price_year == basis.price_year || basis.own_price_year == 0) return {};
    return fmt::format(" (from {} by the GDP deflator)", basis.own_price_year);
}

}  // namespace

Origin origin_of(const results::RunHeader& header) {
    return results::is_outside_sample(header) ? Origin::imported : Origin::simulated;
}

std::string unit_of_sums(Origin origin) {
    return origin == Origin::imported ? "a row of the sample" : "a programme";
}

std::string costs_sentence(const MoneyBasis& basis) {
    return fmt::format(
        "Costs: {} perspective, GBP{}{}, {}.", words(basis.perspective),
        basis.price_year > 0 ? fmt::format(" of {}", basis.price_year) : " of a year not given",
        converted_from(basis),
        basis.origin == Origin::imported
            ? std::string("discounted as imported")
            : fmt::format("discounted at {:g} % a year", 100 * basis.discount_rate));
}

std::string no_threshold_sentence(Origin origin, const std::string& effect) {
    return origin == Origin::imported
               ? fmt::format("vfmsim assumes no willingness to pay for a unit of {}.", words(effect))
               : fmt::format("No official willingness to pay for a unit of {} exists, so none is assumed.",
                             words(effect));
}

}  // namespace vfm::program
