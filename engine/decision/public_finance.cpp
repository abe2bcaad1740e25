#include "vfm/decision/public_finance.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

namespace vfm::decision {

namespace {

constexpr std::array green_book_bands = {DiscountBand{30, 0.035}, DiscountBand{75, 0.030},
                                         DiscountBand{125, 0.025}};

constexpr DiscountSchedule green_book = {.version = "Green Book 2022",
                                         .source = "HM Treasury, The Green Book, 2022, annex A6",
                                         .bands = green_book_bands};

/// Rows X170 to X182 of the evidence register.
constexpr std::array deflator_years = {
    IndexYear{2002, 56.911},  IndexYear{2010, 69.1217}, IndexYear{2014, 74.6524}, IndexYear{2015, 75.1536},
    IndexYear{2016, 76.4554}, IndexYear{2017, 77.6367}, IndexYear{2018, 79.1606}, IndexYear{2019, 81.1085},
    IndexYear{2020, 85.2137}, IndexYear{2021, 85.6358}, IndexYear{2022, 90.5005}, IndexYear{2023, 96.2507},
    IndexYear{2024, 100}};

constexpr PriceIndex deflator = {
    .version = "December 2025",
    .source =
        "HM Treasury, GDP deflators at market prices, December 2025 release, calendar years, 2024 = 100",
    .years = deflator_years};

double index_in_year(const PriceIndex& index, int year) {
    const auto place = std::find_if(index.years.begin(), index.years.end(),
                                    [year](const IndexYear& each) { return each.year == year; });
    if (place != index.years.end()) return place->value;
    std::string known;
    for (const IndexYear& each : index.years)
        known += (known.empty() ? "" : ", ") + std::to_string(each.year);
    throw UserError(
        fmt::format("there is no price index of {}, it covers {} ({})", year, known, index.source));
}

}  // namespace

const DiscountSchedule& green_book_schedule() {
    return green_book;
}

double discount_factor(const DiscountSchedule& schedule, double years) {
    if (!(years >= 0) || years > schedule.bands.back().last_year) {
        throw UserError(
            fmt::format("there is no discount factor for {} years, the rates of {} are for 0 to {}", years,
                        schedule.source, schedule.bands.back().last_year));
    }
    double factor = 1;
    double from = 0;
    for (const DiscountBand& band : schedule.bands) {
        const double within = std::min<double>(years, band.last_year) - from;
        if (within <= 0) break;
        factor *= std::pow(1 + band.rate, -within);
        from = band.last_year;
    }
    return factor;
}

double net_present_value(const DiscountSchedule& schedule, std::span<const double> amounts) {
    double sum = 0;
    for (std::size_t year = 0; year < amounts.size(); ++year) {
        sum += amounts[year] * discount_factor(schedule, static_cast<double>(year));
    }
    return sum;
}

const PriceIndex& gdp_deflator() {
    return deflator;
}

double price_factor(const PriceIndex& index, int from_year, int to_year) {
    return index_in_year(index, to_year) / index_in_year(index, from_year);
}

MoneyValue money_value(const CostAndEffect& arm, const CostAndEffect& reference, double value_of_unit) {
    MoneyValue value{.benefit = value_of_unit * (arm.effect - reference.effect),
                     .cost = arm.cost - reference.cost,
                     .net_present_value = 0,
                     .benefit_cost_ratio = std::numeric_limits<double>::quiet_NaN()};
    value.net_present_value = value.benefit - value.cost;
    if (value.cost > 0) value.benefit_cost_ratio = value.benefit / value.cost;
    return value;
}

}  // namespace vfm::decision
