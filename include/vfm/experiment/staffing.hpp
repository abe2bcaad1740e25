// How many posts each arm has: as declared, or as many as its budget pays for.
#pragma once

#include "vfm/scenario/scenario.hpp"

#include <cstdint>
#include <vector>

namespace vfm::experiment {

/// The posts of one kind at one provider; the last may be a fraction of a post.
struct StaffedPosts {
    std::size_t provider = 0;
    std::size_t kind = 0;
    double posts = 0;
    double expected_cost = 0;  ///< GBP from launch to funding end, undiscounted
};

/// One arm's staffing.
struct ArmStaffing {
    std::vector<StaffedPosts> posts;  ///< by provider, then kind
    double budget = 0;                ///< 0 when the arm has none
    double fixed_costs = 0;           ///< of its providers
    double expected_spending = 0;     ///< fixed costs and posts
};

/// What a person in a post is expected to take and cost, over the programme.
struct ExpectedPost {
    double days_in_post = 0;  ///< of a post from launch to funding end
    double starts = 0;        ///< people who start
    double cost = 0;          ///< GBP
};

/// The expectation over start lags, leaving and replacement at parameter values `values`: the mean of 4,096
/// simulated posts with random numbers of their own. Volunteers' expenses are planned for all the hours they
/// offer.
[[nodiscard]] ExpectedPost expected_post(const scenario::Scenario& scenario,
                                         const scenario::SupporterKind& kind,
                                         const std::vector<double>& values);

/// Solves every arm's staffing once, at parameter values `values` (the means): each provider's share of what
/// the budget leaves after fixed costs is spent on posts in the declared proportions, `at_least` respected as
/// far as the money goes. Throws UserError when a budget does not pay for fixed costs, or when posts cost
/// nothing.
[[nodiscard]] std::vector<ArmStaffing> solve_staffing(const scenario::Scenario& scenario,
                                                      const std::vector<double>& values);

}  // namespace vfm::experiment
