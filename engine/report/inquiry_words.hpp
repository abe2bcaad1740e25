// Words and units that the reports on a question share.
#pragma once

#include "vfm/decision/basis.hpp"
#include "vfm/decision/conditional_means.hpp"
#include "vfm/inquiry/thresholds.hpp"

#include <string>

namespace vfm::report {

/// What people see money in.
struct MoneyUnit {
    double divisor = 1;  ///< of GBP a replication
    std::string name;    ///< `GBP a family`
};

/// A family where the file counts them (`families` a replication, 0: it does not), else what sums are of.
[[nodiscard]] MoneyUnit money_unit(double families, decision::Origin origin);

/// How the noise of simulated families was taken out of the draws: `regression`, `few_draws`, `noiseless`,
/// `at_face_value`.
[[nodiscard]] std::string matrix_name(decision::MeanSource source);

/// Where thresholds come from, in a sentence.
[[nodiscard]] std::string thresholds_chosen_by(const inquiry::Thresholds& thresholds);

}  // namespace vfm::report
