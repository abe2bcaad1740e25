// What the reports of all analyses say of a study, in the same words.
#pragma once

#include "vfm/decision/basis.hpp"
#include "vfm/decision/conditional_means.hpp"
#include "vfm/inquiry/thresholds.hpp"

#include <span>
#include <string>

namespace vfm::report {

/// What costs and effects are of: `a programme`, or, of another model, `a row of the sample`.
[[nodiscard]] std::string unit_of_sums(decision::Origin origin);

/// What people see money in.
struct MoneyUnit {
    double divisor = 1;  ///< of GBP a replication
    std::string name;    ///< `GBP a family`
};

/// A family where the file counts them (`families` a replication, 0: it does not), else what sums are of.
[[nodiscard]] MoneyUnit money_unit(double families, decision::Origin origin);

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

/// `the analyst`, or how vfmsim chose them.
[[nodiscard]] std::string thresholds_chosen_by(const inquiry::Thresholds& thresholds);

/// How the noise of simulated families was taken out of the draws: `regression`, `few_draws`, `noiseless`,
/// `at_face_value`.
[[nodiscard]] std::string matrix_name(decision::MeanSource source);

}  // namespace vfm::report
