// What the reports of all analyses say of a study, in the same words.
#pragma once

#include "vfm/decision/basis.hpp"

#include <span>
#include <string>

namespace vfm::report {

/// What costs and effects are of: `a programme`, or, of another model, `a row of the sample`.
[[nodiscard]] std::string unit_of_sums(decision::Origin origin);

/// What money is, in a report.
struct MoneyBasis {
    std::string perspective;
    int price_year = 0;      ///< that money is shown in; 0: not given
    int own_price_year = 0;  ///< of the file; another one when money was converted
    double discount_rate = 0;
    decision::Origin origin = decision::Origin::simulated;
};

/// `Costs: public sector perspective, GBP of 2015, discounted at 3.5 % a year.`
[[nodiscard]] std::string costs_sentence(const MoneyBasis& basis);

/// `GBP 0 to 10,000, 201 of them`, `GBP 5,000, 10,000`: ascending thresholds in words.
[[nodiscard]] std::string thresholds_text(std::span<const double> thresholds);

}  // namespace vfm::report
