#include "vfm/experiment/staffing.hpp"

#include "quantities.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/des/calendar.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/streams.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::experiment {

using scenario::Provider;
using scenario::SupporterKind;

namespace {

/// Posts from launch to funding end, simulated one by one: when people start, and when they leave.
class SimulatedPosts {
  public:
    SimulatedPosts(const scenario::Scenario& scenario, const SupporterKind& kind, const Quantities& read)
        : kind_(&kind),
          start_(read.sampler(kind.start_days, "start_days")),
          replacement_(read.sampler(kind.replacement_days, "replacement_days")),
          leaving_per_day_(read.not_negative(kind.leaving_rate_per_year, "leaving_rate_per_year") /
                           days_per_year),
          notice_ratio_(read.positive(kind.notice_hazard_ratio, "notice_hazard_ratio")),
          notice_(days_between(scenario.launch, scenario.notice)),
          end_(days_between(scenario.launch, scenario.funding_end)) {}

    void add_post() {
        double at = 0;
        for (std::uint32_t generation = 0;; ++generation) {
            if (generation == random::many_occurrences_end) refuse_turnover();
            const random::Pair uniforms =
                random::uniform_pair_of_many({0, 0, 0}, purpose_, posts_, generation);
            const double lag = (generation == 0 ? start_ : replacement_)
                                   .sample(random::standard_normal_quantile(uniforms.first));
            at += lag > 0 ? lag : 0;
            if (at >= end_) break;
            ++starts_;
            const double leaves = leaving_day(at, uniforms.second);
            days_in_post_ += std::min(leaves, end_) - at;
            at = leaves;
            if (at >= end_) break;
        }
        ++posts_;
    }

    [[nodiscard]] std::uint32_t posts() const { return posts_; }
    [[nodiscard]] std::uint64_t starts() const { return starts_; }
    [[nodiscard]] double days_in_post() const { return days_in_post_; }

  private:
    /// A unit exponential spent against the integrated hazard, which is another from the notice on.
    [[nodiscard]] double leaving_day(double started, double uniform) const {
        if (!(leaving_per_day_ > 0)) return end_;
        const double to_spend = -random::logarithm(uniform);
        const double before = std::max(0.0, notice_ - started);
        if (to_spend <= before * leaving_per_day_) return started + to_spend / leaving_per_day_;
        return started +
               (before + (to_spend - before * leaving_per_day_) / (leaving_per_day_ * notice_ratio_));
    }

    [[noreturn]] void refuse_turnover() const {
        throw UserError(
            fmt::format("support.kinds.{}: a post would be filled more than {} times by the end of funding, "
                        "which is more than a replication can tell apart; lower leaving_rate_per_year or "
                        "notice_hazard_ratio, or raise replacement_days",
                        kind_->name, random::many_occurrences_end));
    }

    const SupporterKind* kind_;
    random::Sampler start_;
    random::Sampler replacement_;
    double leaving_per_day_;
    double notice_ratio_;
    double notice_;  ///< days since launch
    double end_;     ///< days since launch
    std::uint32_t purpose_ = random::purpose_hash("staffing");
    std::uint32_t posts_ = 0;
    std::uint64_t starts_ = 0;
    double days_in_post_ = 0;
};

}  // namespace

ExpectedPost expected_post(const scenario::Scenario& scenario, const SupporterKind& kind,
                           const std::vector<double>& values) {
    constexpr std::uint32_t most_posts = 4096;
    // Where people follow each other fast, a post says more: then so many of them are enough.
    constexpr std::uint64_t most_starts = std::uint64_t{1} << 22U;
    random::GammaTables tables;
    const Quantities read(values, tables);
    SimulatedPosts simulated(scenario, kind, read);
    while (simulated.posts() < most_posts && simulated.starts() < most_starts) simulated.add_post();
    ExpectedPost expected;
    expected.days_in_post = simulated.days_in_post() / simulated.posts();
    expected.starts = static_cast<double>(simulated.starts()) / simulated.posts();
    const double weekly_hours = read.positive(kind.weekly_hours, "weekly_hours");
    const double for_families =
        weekly_hours * (1 - read.probability(kind.other_work_share, "other_work_share"));
    const double per_week = (kind.paid ? weekly_hours * read(kind.cost_per_hour) : 0.0) +
                            for_families * read(kind.expenses_per_hour) + read(kind.supervision_per_week);
    expected.cost =
        expected.days_in_post / days_per_week * per_week + expected.starts * read(kind.recruitment_cost);
    return expected;
}

namespace {

/// Posts of one provider when each weight is scaled by `scale` but `at_least` holds.
std::vector<double> scaled_posts(const Provider& provider, const Quantities& read, double scale) {
    std::vector<double> posts;
    for (const scenario::Posts& one : provider.staffing) {
        posts.push_back(std::max(read.not_negative(one.at_least, "at_least"),
                                 scale * read.not_negative(one.posts, "posts")));
    }
    return posts;
}

double cost_of_posts(const Provider& provider, const std::vector<double>& posts,
                     const std::vector<double>& unit_costs) {
    double cost = 0;
    for (std::size_t i = 0; i < posts.size(); ++i) cost += posts[i] * unit_costs[provider.staffing[i].kind];
    return cost;
}

constexpr double largest_scale = 1e5;

/// The scale at which posts cost what there is to spend: cost grows with the scale, so the bracket is halved.
double solve_scale(const Provider& provider, const Quantities& read, const std::vector<double>& unit_costs,
                   double to_spend) {
    const auto too_cheap = [&](double scale) {
        return cost_of_posts(provider, scaled_posts(provider, read, scale), unit_costs) < to_spend;
    };
    double low = 0;
    double high = 1;
    while (too_cheap(high) && high < largest_scale) high *= 2;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (too_cheap(middle) ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// The posts of one provider that cost what there is to spend. Where that is less than the posts there should
/// always be, those are cut in proportion: half a budget buys half a post.
std::vector<double> posts_within(const Provider& provider, const Quantities& read,
                                 const std::vector<double>& unit_costs, double to_spend) {
    std::vector<double> least = scaled_posts(provider, read, 0);
    const double least_cost = cost_of_posts(provider, least, unit_costs);
    if (to_spend < least_cost) {
        for (double& posts : least) posts *= to_spend / least_cost;
        return least;
    }
    const double most = cost_of_posts(provider, scaled_posts(provider, read, largest_scale), unit_costs);
    if (to_spend > most) {
        throw UserError(fmt::format(
            "the budget leaves {:.0f} GBP for the posts of provider {}, but {}; give its kinds of "
            "supporter their costs, or declare posts instead of a budget",
            to_spend, provider.name,
            most > 0 ? "even very many of its posts cost less" : "its posts cost nothing"));
    }
    return scaled_posts(provider, read, solve_scale(provider, read, unit_costs, to_spend));
}

/// What a post of each kind is expected to cost; kinds that are equal are asked about once.
class PostCosts {
  public:
    PostCosts(const scenario::Scenario& scenario, const std::vector<double>& values)
        : scenario_(&scenario), values_(&values) {}

    [[nodiscard]] std::vector<double> of(const std::vector<SupporterKind>& kinds) {
        std::vector<double> costs;
        costs.reserve(kinds.size());
        for (const SupporterKind& kind : kinds) costs.push_back(of(kind));
        return costs;
    }

  private:
    struct Known {
        SupporterKind kind;
        double cost;
    };

    double of(const SupporterKind& kind) {
        for (const Known& known : known_) {
            if (known.kind == kind) return known.cost;
        }
        known_.push_back({kind, expected_post(*scenario_, kind, *values_).cost});
        return known_.back().cost;
    }

    const scenario::Scenario* scenario_;
    const std::vector<double>* values_;
    std::vector<Known> known_;
};

/// Each post is an entity of the event calendar.
void check_number_of_posts(const ArmStaffing& staffing) {
    double posts = 0;
    for (const StaffedPosts& staffed : staffing.posts) posts += std::ceil(staffed.posts);
    if (posts > des::EventKey::entity_limit) {
        throw UserError(fmt::format(
            "{:.0f} posts are more than the {} that one area can have; lower the budget or its posts, or "
            "give kinds of supporter what they cost",
            posts, des::EventKey::entity_limit));
    }
}

ArmStaffing solve_arm(const scenario::Scenario& scenario, const scenario::Arm& arm, const Quantities& read,
                      PostCosts& post_costs) {
    const scenario::Support& support = arm.model.support;
    ArmStaffing staffing;
    if (!support.enabled) return staffing;
    staffing.budget = read.not_negative(arm.model.budget, "budget amount") *
                      read.not_negative(arm.model.budget_factor, "budget factor");
    const double years = days_between(scenario.launch, scenario.funding_end) / days_per_year;
    double all_shares = 0;
    for (const Provider& provider : support.providers) {
        staffing.fixed_costs +=
            years * read.not_negative(provider.fixed_cost_per_year, "fixed_cost_per_year");
        all_shares += read.not_negative(provider.share, "share");
    }
    if (staffing.budget > 0 && staffing.budget < staffing.fixed_costs) {
        throw UserError(
            fmt::format("the budget of {:.0f} GBP does not pay for its providers' fixed costs of {:.0f} GBP; "
                        "raise the budget or lower fixed_cost_per_year",
                        staffing.budget, staffing.fixed_costs));
    }
    const std::vector<double> unit_costs = post_costs.of(support.kinds);
    staffing.expected_spending = staffing.fixed_costs;
    for (std::size_t p = 0; p < support.providers.size(); ++p) {
        const Provider& provider = support.providers[p];
        const double to_spend = (staffing.budget - staffing.fixed_costs) * read(provider.share) / all_shares;
        const std::vector<double> posts = staffing.budget > 0
                                              ? posts_within(provider, read, unit_costs, to_spend)
                                              : scaled_posts(provider, read, 1);
        for (std::size_t i = 0; i < posts.size(); ++i) {
            const std::size_t kind = provider.staffing[i].kind;
            staffing.posts.push_back({p, kind, posts[i], posts[i] * unit_costs[kind]});
            staffing.expected_spending += posts[i] * unit_costs[kind];
        }
    }
    check_number_of_posts(staffing);
    return staffing;
}

}  // namespace

std::vector<ArmStaffing> solve_staffing(const scenario::Scenario& scenario,
                                        const std::vector<double>& values) {
    random::GammaTables tables;
    const Quantities read(values, tables);
    PostCosts post_costs(scenario, values);
    std::vector<ArmStaffing> staffing;
    for (const scenario::Arm& arm : scenario.arms) {
        try {
            staffing.push_back(solve_arm(scenario, arm, read, post_costs));
        } catch (const UserError& reason) {
            throw UserError("arm " + arm.name + ": " + reason.what());
        }
    }
    return staffing;
}

}  // namespace vfm::experiment
