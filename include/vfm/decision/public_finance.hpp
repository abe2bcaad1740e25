// Conventions of public finance: discounting, present values, prices of another year; figures as versioned
// data.
#pragma once

#include "vfm/decision/incremental.hpp"

#include <span>
#include <string_view>

namespace vfm::decision {

/// Years that share a discount rate.
struct DiscountBand {
    int last_year = 0;  ///< years from now, to the end of which it holds; from the end of the band before
    double rate = 0;    ///< a year
};

struct DiscountSchedule {
    std::string_view version;
    std::string_view source;
    std::span<const DiscountBand> bands;
};

/// The social time preference rate: 3.5 % in years 0 to 30, 3.0 % to 75, 2.5 % to 125 (HM Treasury, The Green
/// Book, 2022, annex A6).
[[nodiscard]] const DiscountSchedule& green_book_schedule();

/// What a pound in so many years is worth now, each year by the rate of its band: 1.035^-years up to 30.
/// Throws UserError for a negative time or one beyond the last band.
[[nodiscard]] double discount_factor(const DiscountSchedule& schedule, double years);

/// The sum of amounts of year 0, 1, 2, ..., in real prices, discounted to year 0. Throws as
/// `discount_factor`.
[[nodiscard]] double net_present_value(const DiscountSchedule& schedule, std::span<const double> amounts);

struct IndexYear {
    int year = 0;
    double value = 0;
};

struct PriceIndex {
    std::string_view version;
    std::string_view source;
    std::span<const IndexYear> years;  ///< ascending; not every year is there
};

/// The UK's GDP deflator by calendar year, 2024 = 100, for the years whose figures the evidence holds.
[[nodiscard]] const PriceIndex& gdp_deflator();

/// What amounts in prices of one year are multiplied by to be in those of another. Throws UserError for a
/// year that the index does not have, naming those it has.
[[nodiscard]] double price_factor(const PriceIndex& index, int from_year, int to_year);

/// An arm against the reference in money, where a unit of effect has a declared value.
struct MoneyValue {
    double benefit = 0;             ///< GBP: value x effect difference
    double cost = 0;                ///< GBP: cost difference
    double net_present_value = 0;   ///< benefit less cost
    double benefit_cost_ratio = 0;  ///< NaN unless it costs more; never to be shown without the others
};

/// Benefit and cost of an arm more than the reference's (HM Treasury, The Green Book, 2022, chapter 6). Both
/// as they are in the sample: the model discounts its costs to launch, and its outcomes not at all.
[[nodiscard]] MoneyValue money_value(const CostAndEffect& arm, const CostAndEffect& reference,
                                     double value_of_unit);

}  // namespace vfm::decision
