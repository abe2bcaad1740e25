// How many posts an arm's budget pays for.
#include "vfm/experiment/staffing.hpp"

#include "small_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/designed_runs.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;
using testing::tiny_scenario;

std::vector<ArmStaffing> solve(const scenario::Scenario& scenario) {
    return solve_staffing(scenario, ParameterDraws(scenario).means());
}

TEST(Staffing, every_arm_is_expected_to_spend_exactly_the_budget) {
    const scenario::Scenario scenario = tiny_scenario();
    const std::vector<ArmStaffing> staffing = solve(scenario);
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        const scenario::Support& support = scenario.arms[a].model.support;
        if (!support.enabled) {
            EXPECT_TRUE(staffing[a].posts.empty());
            continue;
        }
        EXPECT_NEAR(staffing[a].expected_spending / 67000, 1, 1e-6) << scenario.arms[a].name;
        double sum = staffing[a].fixed_costs;
        for (const StaffedPosts& posts : staffing[a].posts) sum += posts.expected_cost;
        EXPECT_NEAR(sum, staffing[a].expected_spending, 1e-6);
    }
}

TEST(Staffing, posts_there_always_are_are_there_and_the_others_keep_their_proportion) {
    const scenario::Scenario scenario = tiny_scenario();
    const std::vector<ArmStaffing> staffing = solve(scenario);
    const std::vector<double> values = ParameterDraws(scenario).means();
    const auto read = [&](const scenario::Quantity& q) {
        return q.parameter < 0 ? q.value : values[static_cast<std::size_t>(q.parameter)];
    };
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        std::size_t at = 0;
        for (const scenario::Provider& provider : scenario.arms[a].model.support.providers) {
            if (staffing[a].posts.empty()) break;
            double scale = -1;
            for (const scenario::Posts& declared : provider.staffing) {
                const double posts = staffing[a].posts[at++].posts;
                EXPECT_GE(posts, read(declared.at_least));
                if (posts <= read(declared.at_least) * (1 + 1e-9)) continue;  // held up by at_least
                if (scale < 0) scale = posts / read(declared.posts);
                EXPECT_NEAR(posts / read(declared.posts), scale, 1e-9 * scale);
            }
        }
    }
}

TEST(Staffing, each_provider_spends_its_share_of_what_fixed_costs_leave) {
    const scenario::Scenario scenario = tiny_scenario();
    const std::vector<double> values = ParameterDraws(scenario).means();
    const std::vector<ArmStaffing> staffing = solve(scenario);
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        const std::vector<scenario::Provider>& providers = scenario.arms[a].model.support.providers;
        if (staffing[a].posts.empty() || providers.size() < 2) continue;
        std::vector<double> spent(providers.size(), 0);
        for (const StaffedPosts& posts : staffing[a].posts) spent[posts.provider] += posts.expected_cost;
        EXPECT_NEAR(spent[0] / (67000 - staffing[a].fixed_costs), 0.36, 1e-6) << scenario.arms[a].name;
    }
}

TEST(Staffing, half_the_budget_is_half_the_spending) {
    const std::vector<ArmStaffing> staffing =
        solve(small_scenario({{"arms.dual.set.budget", "{amount: money, factor: 0.5}"}}));
    EXPECT_NEAR(staffing[2].expected_spending, 30000, 0.03);
}

TEST(Staffing, without_a_budget_posts_are_as_declared) {
    const std::vector<ArmStaffing> staffing = solve(small_scenario());
    EXPECT_TRUE(staffing[0].posts.empty()) << "without the programme there are none";
    ASSERT_EQ(staffing[1].posts.size(), 1U);
    EXPECT_EQ(staffing[1].posts[0].posts, 2);
    EXPECT_EQ(staffing[1].budget, 0);
    EXPECT_NEAR(staffing[1].fixed_costs, 2000 * 364 / 365.25, 1e-9);
}

TEST(Staffing, a_budget_below_the_fixed_costs_is_the_users_error) {
    EXPECT_THROW(static_cast<void>(solve(tiny_scenario({{"parameters.budget_per_area.value", "100"}}))),
                 UserError);
}

TEST(Staffing, where_the_money_does_not_reach_the_posts_there_should_be_those_are_cut_in_proportion) {
    const std::vector<ArmStaffing> staffing = solve(tiny_scenario({{"budget.factor", "0.3"}}));
    bool some_cut = false;
    for (const ArmStaffing& arm : staffing) {
        if (arm.posts.empty()) continue;
        EXPECT_NEAR(arm.expected_spending, arm.budget, 1e-6 * arm.budget);
        for (const StaffedPosts& posts : arm.posts)
            some_cut = some_cut || (posts.posts > 0 && posts.posts < 1);
    }
    EXPECT_TRUE(some_cut);
}

TEST(Staffing, a_budget_for_posts_that_cost_nothing_is_the_users_error) {
    EXPECT_THROW(static_cast<void>(solve(small_scenario({{"support.kinds.paid.cost_per_hour", "0"},
                                                         {"support.kinds.paid.recruitment_cost", "0"}}))),
                 UserError);
}

// Beyond 2^22 the event calendar could not tell posts apart.
TEST(Staffing, more_posts_than_an_area_can_have_are_the_users_error) {
    const auto with_budget = [](const std::string& pounds) {
        return small_scenario(
            {{"support.providers.one.staffing.paid.posts", "10000"}, {"parameters.money.value", pounds}});
    };
    EXPECT_NO_THROW(static_cast<void>(solve(with_budget("1e10"))));
    try {
        static_cast<void>(solve(with_budget("1e12")));
        FAIL() << "nothing was said";
    } catch (const UserError& error) {
        EXPECT_NE(std::string(error.what()).find("posts are more than the 4194304"), std::string::npos)
            << error.what();
    }
}

// Without replacement a post lasts an exponential time: E[min(T, end)] = (1 - exp(-rate x end)) / rate.
TEST(ExpectedPost, is_the_closed_form_for_exponential_leaving_without_replacement) {
    const scenario::Scenario scenario = small_scenario({{"support.kinds.paid.replacement_days", "30000"},
                                                        {"support.kinds.paid.leaving_rate_per_year", "1.5"},
                                                        {"support.kinds.paid.start_days", "34"}});
    const scenario::SupporterKind& kind = scenario.arms[1].model.support.kinds[0];
    const ExpectedPost post = expected_post(scenario, kind, ParameterDraws(scenario).means());
    const double rate = 1.5 / 365.25;
    const double end = 364 - 34;
    const double expected = (1 - std::exp(-rate * end)) / rate;
    const double second_moment = 2 * (1 - std::exp(-rate * end) * (1 + rate * end)) / (rate * rate);
    EXPECT_NEAR(post.days_in_post, expected, 4 * std::sqrt((second_moment - expected * expected) / 4096));
    EXPECT_EQ(post.starts, 1);
    EXPECT_NEAR(post.cost, post.days_in_post / 7 * 30 * 30 + 1000, 1e-6);
}

TEST(ExpectedPost, notice_raises_the_hazard_from_its_day_on) {
    const scenario::Scenario scenario = small_scenario({{"support.kinds.paid.replacement_days", "30000"},
                                                        {"support.kinds.paid.leaving_rate_per_year", "1"},
                                                        {"support.kinds.paid.notice_hazard_ratio", "6"},
                                                        {"support.kinds.paid.start_days", "0"}});
    const scenario::SupporterKind& kind = scenario.arms[1].model.support.kinds[0];
    const ExpectedPost post = expected_post(scenario, kind, ParameterDraws(scenario).means());
    const double rate = 1 / 365.25;
    const double notice = 272;
    const double rest = 364 - notice;
    const double expected = (1 - std::exp(-rate * notice)) / rate +
                            std::exp(-rate * notice) * (1 - std::exp(-6 * rate * rest)) / (6 * rate);
    EXPECT_NEAR(post.days_in_post, expected,
                4 * 135 / 64.0);  // no post's standard deviation is above 135 days
}

TEST(ExpectedPost, nobody_leaves_who_has_no_rate_of_leaving) {
    const scenario::Scenario scenario = small_scenario(
        {{"support.kinds.paid.leaving_rate_per_year", "0"}, {"support.kinds.paid.start_days", "64"}});
    const scenario::SupporterKind& kind = scenario.arms[1].model.support.kinds[0];
    const ExpectedPost post = expected_post(scenario, kind, ParameterDraws(scenario).means());
    EXPECT_DOUBLE_EQ(post.days_in_post, 300);
    EXPECT_EQ(post.starts, 1);
}

/// The small scenario with a programme of 15 years, whose paid supporters leave a hundred times a year.
scenario::Scenario restless_scenario(const std::string& replacement_days,
                                     std::vector<scenario::Override> overrides = {}) {
    overrides.push_back({"support.kinds.paid.leaving_rate_per_year", "100"});
    overrides.push_back({"support.kinds.paid.replacement_days", replacement_days});
    return testing::changed_scenario(
        "funding_end: 2015-08-31, last_referral: 2015-06-30, notice: 2015-05-31, horizon: 2016-12-31",
        "funding_end: 2029-08-31, last_referral: 2029-06-30, notice: 2029-05-31, horizon: 2030-12-31",
        overrides);
}

// Who is replaced at once leaves no gap: people after the first start as a Poisson process does.
TEST(ExpectedPost, counts_everybody_who_starts_however_fast_people_leave) {
    const scenario::Scenario scenario = restless_scenario("0", {{"support.kinds.paid.start_days", "0"}});
    const scenario::SupporterKind& kind = scenario.arms[1].model.support.kinds[0];
    const ExpectedPost post = expected_post(scenario, kind, ParameterDraws(scenario).means());
    const double end = days_between(scenario.launch, scenario.funding_end);
    EXPECT_NEAR(post.days_in_post, end, 1e-6 * end);
    const double replaced = 100 * end / 365.25;
    ASSERT_GT(replaced, 1024) << "more than one purpose of one entity counts";
    EXPECT_NEAR(post.starts, 1 + replaced, 4 * std::sqrt(replaced / 2048));
}

TEST(ExpectedPost, with_more_people_than_can_be_told_apart_is_the_users_error) {
    const scenario::Scenario scenario =
        restless_scenario("0", {{"clock.notice", "2014-09-01"},
                                {"support.kinds.paid.notice_hazard_ratio", "1000"}});  // 100,000 a year
    try {
        static_cast<void>(solve(scenario));
        ADD_FAILURE() << "a million and a half people in one post";
    } catch (const UserError& error) {
        const std::string text = error.what();
        EXPECT_EQ(text.find("arm plain: support.kinds.paid: a post would be filled more than 1048576 times"),
                  0U)
            << text;
        EXPECT_NE(text.find("lower leaving_rate_per_year"), std::string::npos) << text;
    }
}

TEST(Staffing, a_draw_with_more_people_in_a_post_than_can_be_told_apart_is_the_users_error) {
    const scenario::Scenario scenario = testing::changed_scenario(
        "  price: {value: 30,",
        "  churn: {value: 1, unit: 1/year, source: here, quality: measured}\n  price: {value: 30,",
        {{"support.kinds.paid.leaving_rate_per_year", "churn"},
         {"support.kinds.paid.replacement_days", "0"}});
    const CompiledStudy study(scenario);
    std::vector<double> values = study.parameters().means();
    std::size_t churn = 0;
    while (scenario.parameters.at(churn).name != "churn") ++churn;
    values[churn] = 1e8;
    const std::vector<DesignedPoint> points = {{"churn at 1e8", values, 0}};
    try {
        static_cast<void>(run_points(study, points, {.replications = 1, .measures = {"users"}}));
        ADD_FAILURE() << "a hundred million people a year in one post";
    } catch (const UserError& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("in arm plain, churn at 1e8, area 0: "), std::string::npos) << text;
        EXPECT_NE(text.find("a post is filled more than 1048576 times"), std::string::npos) << text;
    }
}

TEST(Staffing, a_budget_is_kept_where_posts_are_filled_a_thousand_times) {
    for (const std::string replacement_days : {"5", "0"}) {
        const scenario::Scenario scenario =
            restless_scenario(replacement_days, {{"design.draws", "1"},
                                                 {"design.replications", "40"},
                                                 {"areas.count", "1"},
                                                 {"design.central_units", "0"},
                                                 {"population.arrivals.requests.annual_volume", "2"},
                                                 {"parameters.money.value", "4000000"}});
        const CompiledStudy study(scenario);
        UnitRunner runner(study);
        const auto spending = static_cast<std::size_t>(model::Measure::programme_spending);
        const std::size_t measures = study.layout().measures.size();
        std::vector<double> spent;
        for (std::uint64_t b = 0; b < study.batches(); ++b) {
            const results::Batch batch = runner.run_batch(b, [](std::uint64_t) { return true; });
            for (std::uint64_t row = 0; row < batch.row_count; ++row)
                spent.push_back(batch.summary[(row * 3 + 2) * measures + spending]);
        }
        ASSERT_EQ(spent.size(), 40U);
        double mean = 0;
        for (const double one : spent) mean += one / 40;
        double variance = 0;
        for (const double one : spent) variance += (one - mean) * (one - mean) / 39;
        EXPECT_NEAR(mean, 4000000, 4 * std::sqrt(variance * (1 / 40.0 + 1 / 2048.0)));
        EXPECT_LT(std::sqrt(variance / 40), 20000) << "otherwise the test sees nothing";
    }
}

// What the uncertain parameters are has no influence on spending here: the arm with a budget spends it on
// average: within four standard errors between replications and those of the 4,096 posts the plan was made
// with.
TEST(Staffing, the_simulation_spends_the_budget_on_average) {
    const scenario::Scenario scenario = small_scenario({{"design.draws", "1"},
                                                        {"design.replications", "400"},
                                                        {"areas.count", "1"},
                                                        {"design.sampling", "monte_carlo"}});
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const auto spending = static_cast<std::size_t>(model::Measure::programme_spending);
    const auto planned = static_cast<std::size_t>(model::Measure::budget_planned);
    double sum = 0;
    double squares = 0;
    double rows = 0;
    for (std::uint64_t b = 0; b < study.batches(); ++b) {
        const results::Batch batch = runner.run_batch(b, [](std::uint64_t) { return true; });
        const std::size_t measures = study.layout().measures.size();
        for (std::uint64_t row = 0; row < batch.row_count; ++row) {
            const double* arm = batch.summary.data() + (row * 3 + 2) * measures;
            EXPECT_NEAR(arm[planned], 60000, 0.1);
            sum += arm[spending];
            squares += arm[spending] * arm[spending];
            ++rows;
        }
    }
    ASSERT_EQ(rows, 400);
    const double mean = sum / rows;
    const double error = std::sqrt((squares / rows - mean * mean) * (1 / rows + 1 / 4096.0));
    EXPECT_NEAR(mean, 60000, 4 * error);
    EXPECT_LT(error, 600);
}

}  // namespace
}  // namespace vfm::experiment
