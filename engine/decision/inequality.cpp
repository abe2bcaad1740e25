#include "vfm/decision/inequality.hpp"

#include "missing.hpp"

#include <cmath>

namespace vfm::decision {

namespace {

struct Totals {
    double families = 0;
    double mean = 0;
};

Totals totals_of(std::span<const GroupLevel> groups) {
    Totals totals;
    for (const GroupLevel& group : groups) {
        if (group.families <= 0) continue;
        totals.families += group.families;
        totals.mean += group.families * group.value;
    }
    totals.mean = totals.families > 0 ? totals.mean / totals.families : missing;
    return totals;
}

}  // namespace

double atkinson_of_chances(std::span<const GroupLevel> groups, double aversion) {
    const Totals totals = totals_of(groups);
    if (!(totals.mean > 0)) return missing;
    const bool geometric = aversion == 1;
    double sum = 0;
    for (const GroupLevel& group : groups) {
        if (group.families <= 0) continue;
        const double weight = group.families / totals.families;
        const double relative = group.value / totals.mean;
        if (relative <= 0 && aversion >= 1) return 1;  // no chance at all outweighs everything
        sum += weight * (geometric ? std::log(relative) : std::pow(relative, 1 - aversion));
    }
    return 1 - (geometric ? std::exp(sum) : std::pow(sum, 1 / (1 - aversion)));
}

double slope_index(std::span<const GroupLevel> groups) {
    const Totals totals = totals_of(groups);
    double below = 0;
    double covariance = 0;
    double variance = 0;
    for (const GroupLevel& group : groups) {
        if (group.families <= 0) continue;
        const double share = group.families / totals.families;
        const double rank = below + share / 2 - 0.5;  // the mean rank of all is one half
        covariance += share * rank * (group.value - totals.mean);
        variance += share * rank * rank;
        below += share;
    }
    // A single group has the middle rank, up to rounding.
    return variance > 1e-12 ? covariance / variance : missing;
}

double distributional_weight(double relative_income, double elasticity) {
    return std::pow(relative_income, -elasticity);
}

}  // namespace vfm::decision
