// From names and parameters to plain numbers.
#include "vfm/experiment/resolve.hpp"

#include "small_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;
using testing::small_yaml;

ResolvedDraw resolved(const scenario::Scenario& scenario) {
    const std::vector<double> means = ParameterDraws(scenario).means();
    const std::vector<ArmStaffing> staffing = solve_staffing(scenario, means);
    return Resolver(scenario, staffing).resolve(means);
}

/// Text with one part moved: what stands between the marks `from` and `until` goes before `to`.
std::string moved(std::string text, const std::string& from, const std::string& until,
                  const std::string& to) {
    const std::size_t begin = text.find(from);
    const std::string part = text.substr(begin, text.find(until, begin) - begin);
    text.erase(begin, part.size());
    text.insert(text.find(to), part);
    return text;
}

/// Sums of one unit by arm and measure.
std::map<std::string, double> rows_of(const scenario::Scenario& scenario) {
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, [](std::uint64_t) { return true; });
    std::map<std::string, double> values;
    std::size_t at = 0;
    for (std::uint64_t row = 0; row < batch.row_count; ++row) {
        for (const std::string& arm : study.layout().arms) {
            for (const results::Measure& measure : study.layout().measures) {
                const double value = batch.summary[at++];
                values[std::to_string(row) + " " + arm + " " + measure.name] = std::isnan(value) ? -1 : value;
            }
        }
    }
    return values;
}

TEST(Resolve, the_order_in_which_things_are_declared_changes_no_result) {
    const std::map<std::string, double> expected = rows_of(small_scenario());
    const auto rows = [](const std::string& text) {
        return rows_of(scenario::parse_scenario(text, "small.yaml"));
    };
    EXPECT_EQ(rows(moved(small_yaml(), "    draft: {phase", "authority:", "    request:\n")), expected)
        << "stages";
    EXPECT_EQ(rows(moved(small_yaml(), "  dual: {use", "\n)", "  plain: {title")), expected) << "arms";
    EXPECT_EQ(rows(moved(small_yaml(), "  lead: {dist", "  mix: {dist", "  refusal: {dist")), expected)
        << "parameters";
    EXPECT_EQ(rows(moved(small_yaml(), "    mix: {levels", "  access_groups", "    route: {levels")),
              expected)
        << "attributes";
    EXPECT_EQ(rows(moved(small_yaml(), "    transfers: {entry", "policies", "    requests: {entry")),
              expected)
        << "streams";
}

TEST(Resolve, dates_become_ticks_since_the_warm_up_begins) {
    const ResolvedDraw draw = resolved(small_scenario({{"clock.warm_up_from", "2014-08-22"}}));
    EXPECT_EQ(draw.population.clock.launch, 10 * ticks_per_day);
    EXPECT_EQ(draw.population.clock.funding_end, 374 * ticks_per_day);
    EXPECT_EQ(draw.population.clock.last_referral, (10 + 302 + 1) * ticks_per_day)
        << "the day itself is included";
    EXPECT_EQ(draw.population.clock.notice, (10 + 272) * ticks_per_day);
    EXPECT_EQ(draw.population.clock.horizon, (10 + 852) * ticks_per_day);
}

TEST(Resolve, a_year_of_monthly_rates_brings_the_annual_volume) {
    const scenario::Scenario scenario = small_scenario(
        {{"population.arrivals.requests.monthly_profile", "[1, 1, 1, 1, 2, 3, 4, 0, 1, 1, 1, 1]"}});
    const ResolvedDraw draw = resolved(scenario);
    double families = 0;
    const std::vector<model::IntensityPiece>& pieces = draw.population.streams[0].intensity;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Ticks until = std::min(pieces[i].until, 365 * ticks_per_day);
        if (until > pieces[i].from) families += pieces[i].per_day * days_from_ticks(until - pieces[i].from);
        if (i > 0) {
            EXPECT_LE(pieces[i - 1].until, pieces[i].from);
        }
    }
    // Months have 28 to 31 days, so a profile moves the year's total by a few per cent at most.
    EXPECT_NEAR(families, 60, 1.5);
    const double july = 30.0 / 365.25 * 60 * 4 * 12 / 17;
    EXPECT_NEAR(pieces[3].per_day * 30, july, 1e-9) << "after September to April, May and June";
}

TEST(Resolve, arrivals_grow_by_the_middle_of_each_month) {
    const ResolvedDraw draw =
        resolved(small_scenario({{"population.arrivals.requests.growth_per_year", "0.1"}}));
    const model::IntensityPiece& september = draw.population.streams[0].intensity[0];
    const model::IntensityPiece& next_september = draw.population.streams[0].intensity[12];
    EXPECT_NEAR(september.per_day, 60 / 365.25 * std::exp(0.1 * 15 / 365.25), 1e-9);
    EXPECT_NEAR(next_september.per_day / september.per_day, std::exp(0.1 * 365 / 365.25), 1e-9);
}

const scenario::Attribute& attribute(const scenario::Scenario& scenario, const std::string& name) {
    return *std::find_if(scenario.attributes.begin(), scenario.attributes.end(),
                         [&](const scenario::Attribute& one) { return one.name == name; });
}

TEST(Resolve, shares_become_running_sums_and_the_rest_what_is_left) {
    const scenario::Scenario scenario = small_scenario();
    const ResolvedDraw draw = resolved(scenario);
    const auto index = static_cast<std::size_t>(&attribute(scenario, "need") - scenario.attributes.data());
    const model::AttributeInputs& need = draw.population.attributes[index];
    ASSERT_EQ(scenario.attributes[index].levels, (std::vector<std::string>{"high", "low"}));
    EXPECT_EQ(need.cumulative_shares, (std::vector<double>{0.5, 1, 0.75, 1}));
    ASSERT_GE(need.given, 0);
    EXPECT_EQ(scenario.attributes[static_cast<std::size_t>(need.given)].name, "route");
}

TEST(Resolve, coordination_interpolates_between_its_ends) {
    for (const auto& [coordination, expected] : {std::pair{"0", 0.3}, {"1", 0.1}, {"0.25", 0.25}}) {
        const ResolvedDraw draw =
            resolved(small_scenario({{"support.referral", "{lost: {at_0: 0.3, at_1: 0.1}}"},
                                     {"support.coordination", coordination}}));
        EXPECT_NEAR(draw.arms[1].support.lost, expected, 1e-15);
    }
}

/// The probability of a predictor without area effects at these facts.
double at(const model::ArmInputs& arm, std::uint32_t predictor, model::Facts facts) {
    model::AreaPredictors folded;
    folded.fold(arm.predictors, arm.rows, std::vector<double>{0, 0});
    return folded.probability(predictor, facts, [](model::NumericCovariate) { return 0.0; });
}

// Half of new requests have high need, three quarters of the others; 40 % are new: 0.65 high.
TEST(Resolve, a_base_is_the_rate_over_attributes_and_a_policy_moves_it) {
    const scenario::Scenario scenario = small_scenario();
    const ResolvedDraw draw = resolved(scenario);
    const scenario::Attribute& need = attribute(scenario, "need");
    const std::size_t high = need.first_level + (need.levels[0] == "high" ? 0 : 1);
    const model::ArmInputs& plain = draw.arms[1];
    const double with = at(plain, plain.support.uptake, model::level_fact(high));
    const double without = at(plain, plain.support.uptake, 0);
    EXPECT_NEAR(0.65 * with + 0.35 * without, 0.5, 1e-10);
    EXPECT_NEAR(random::logit(with) - random::logit(without), std::log(3), 1e-10);
    const model::ArmInputs& dual = draw.arms[2];
    EXPECT_NEAR(random::logit(at(dual, dual.support.uptake, 0)) - random::logit(without), std::log(2), 1e-10)
        << "a policy is not averaged away";
}

TEST(Resolve, a_conditional_base_is_the_rate_at_the_reference) {
    const ResolvedDraw draw = resolved(
        small_scenario({{"support.uptake.probability",
                         "{base: 0.5, marginal: false, effects: [{when: need.high, odds_ratio: 3}]}"}}));
    EXPECT_NEAR(at(draw.arms[1], draw.arms[1].support.uptake, 0), 0.5, 1e-15);
}

TEST(Resolve, posts_are_whole_but_for_the_last_which_is_never_a_sliver) {
    for (const auto& [posts, expected] : {std::pair{"2", std::vector<double>{1, 1}},
                                          {"2.5", std::vector<double>{1, 1, 0.5}},
                                          {"2.1", std::vector<double>{1, 1.1}},
                                          {"0.05", std::vector<double>{0.05}}}) {
        const ResolvedDraw draw = resolved(
            small_scenario({{"support.providers.one.staffing.paid", std::string("{posts: ") + posts + "}"}}));
        ASSERT_EQ(draw.arms[1].support.posts.size(), expected.size()) << posts;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_NEAR(draw.arms[1].support.posts[i].fraction, expected[i], 1e-12) << posts;
            EXPECT_EQ(draw.arms[1].support.posts[i].index, i);
        }
    }
}

TEST(Resolve, a_value_that_is_impossible_where_it_is_used_is_the_users_error) {
    const scenario::Scenario scenario = small_scenario();
    std::vector<double> values = ParameterDraws(scenario).means();
    const std::vector<ArmStaffing> staffing = solve_staffing(scenario, values);
    std::size_t refusal = 0;
    while (scenario.parameters[refusal].name != "refusal") ++refusal;
    Resolver resolver(scenario, staffing);
    values[refusal] = 1.2;
    EXPECT_THROW(static_cast<void>(resolver.resolve(values)), UserError);
    values[refusal] = std::nan("");
    EXPECT_THROW(static_cast<void>(resolver.resolve(values)), UserError);
    values[refusal] = 0.3;
    EXPECT_NO_THROW(static_cast<void>(resolver.resolve(values)));
}

TEST(Resolve, a_draw_in_which_more_than_all_are_lost_or_misrouted_is_the_users_error) {
    const scenario::Scenario scenario =
        small_scenario({{"support.referral", "{lost: {at_0: refusal, at_1: 0}, misrouted: 0.6}"},
                        {"support.coordination", "0.5"}});
    std::vector<double> values = ParameterDraws(scenario).means();
    const std::vector<ArmStaffing> staffing = solve_staffing(scenario, values);
    std::size_t refusal = 0;
    while (scenario.parameters[refusal].name != "refusal") ++refusal;
    Resolver resolver(scenario, staffing);
    values[refusal] = 0.8;
    EXPECT_NO_THROW(static_cast<void>(resolver.resolve(values)));
    values[refusal] = 0.82;
    EXPECT_THROW(static_cast<void>(resolver.resolve(values)), UserError);
}

TEST(Resolve, names_are_listed_in_order_of_first_appearance) {
    EXPECT_EQ(stage_names(small_scenario()), (std::vector<std::string>{"request", "draft"}));
    EXPECT_EQ(outcome_names(small_scenario()), (std::vector<std::string>{"plan", "refused"}));
}

}  // namespace
}  // namespace vfm::experiment
