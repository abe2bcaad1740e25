// What the pages of all analyses say of a study, in the same words.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/results/layout.hpp"

#include <string>

namespace vfm::program {

/// Whether a file's numbers are of our own run or of another model.
[[nodiscard]] decision::Origin origin_of(const results::RunHeader& header);

/// What costs and effects are of: `a programme`, or, of another model, `a row of the sample`.
[[nodiscard]] std::string unit_of_sums(decision::Origin origin);

/// What money is, on a page.
struct MoneyBasis {
    std::string perspective;
    int price_year = 0;      ///< that money is shown in; 0: not given
    int own_price_year = 0;  ///< of the file; another one when money was converted
    double discount_rate = 0;
    decision::Origin origin = decision::Origin::simulated;
};

/// `Costs: public sector perspective, GBP of 2015, discounted at 3.5 % a year.`
[[nodiscard]] std::string costs_sentence(const MoneyBasis& basis);

/// Why no threshold is taken for granted. Of our own outcomes there is no official price; of another model's
/// effect there may be one, and none is assumed. `effect` is a measure's name.
[[nodiscard]] std::string no_threshold_sentence(decision::Origin origin, const std::string& effect);

}  // namespace vfm::program
