// Runs at chosen points: the study's own numbers where the points are the study's, the same for any threads.
#include "vfm/experiment/designed_runs.hpp"

#include "small_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/one_way_design.hpp"
#include "vfm/experiment/saltelli_design.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;

const std::vector<std::string> some_measures = {"cost_all", "traced_cost_all", "composite",
                                                "users",    "ended_refused",   "paid_by_authority"};

TEST(DesignedRuns, a_point_with_the_values_and_keys_of_a_draw_gives_that_draws_numbers) {
    const scenario::Scenario scenario =
        small_scenario({{"design.draws", "512"}});  // a batch then holds seven draws
    const CompiledStudy study(scenario);
    std::vector<DesignedPoint> points;
    for (std::uint64_t draw = 0; draw < 4; ++draw) {
        points.push_back({"draw", study.parameters().draw(draw), draw * 3});
    }
    const std::vector<results::Measure>& measures = study.layout().measures;
    std::vector<std::string> additive;
    for (const results::Measure& measure : measures) {
        if (measure.additive) additive.push_back(measure.name);
    }
    std::reverse(additive.begin(), additive.end());  // they are found by name, not by place
    const DesignedResults found = run_points(study, points, {.replications = 3, .measures = additive});
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, [](std::uint64_t) { return true; });
    for (std::size_t m = 0; m < additive.size(); ++m) {
        std::size_t column = 0;
        while (measures.at(column).name != additive[m]) ++column;
        for (std::size_t draw = 0; draw < 4; ++draw) {
            for (std::size_t arm = 0; arm < 3; ++arm) {
                for (std::size_t r = 0; r < 3; ++r) {
                    const std::size_t row = (draw * 3 + r) * 3 + arm;
                    EXPECT_EQ(found.at(draw, m, arm)[r], batch.summary[row * measures.size() + column])
                        << additive[m] << " draw " << draw << " arm " << arm;
                }
            }
        }
    }
}

TEST(DesignedRuns, are_the_same_for_any_number_of_threads) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    const ParameterSpace& space = study.parameters().space();
    std::vector<DesignedPoint> points = {base_point(space)};
    for (const OneWayLine& line : one_way_lines(scenario, space)) {
        points.push_back(one_way_point(space, line, line.low));
        points.push_back(one_way_point(space, line, line.high));
    }
    const DesignedResults one =
        run_points(study, points, {.replications = 2, .measures = some_measures, .threads = 1});
    for (const unsigned threads : {2U, 5U}) {
        EXPECT_EQ(
            run_points(study, points, {.replications = 2, .measures = some_measures, .threads = threads})
                .values,
            one.values);
    }
}

TEST(DesignedRuns, refuse_unknown_measures_and_say_where_a_value_is_impossible) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    const ParameterSpace& space = study.parameters().space();
    const std::vector<DesignedPoint> base = {base_point(space)};
    const auto saying = [&](const std::vector<DesignedPoint>& points,
                            const std::string& measure) -> std::string {
        try {
            static_cast<void>(run_points(study, points, {.replications = 1, .measures = {measure}}));
        } catch (const UserError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(saying(base, "composit"),
              "the study has no additive measure 'composit', did you mean 'composite'?");
    EXPECT_NE(saying(base, "median_days_to_sign_off"), "");
    const std::vector<DesignedPoint> impossible = {
        {"refusal at 2", space.moved(space.uncertain().back(), 2), 0}};
    EXPECT_NE(saying(impossible, "users").find("in arm without, refusal at 2: "), std::string::npos);
}

/// The message of a failing point, at which one parameter has an impossible value.
std::string failure_at(const scenario::Scenario& scenario, const std::string& parameter, double value) {
    const CompiledStudy study(scenario);
    std::vector<double> values = study.parameters().means();
    std::size_t place = 0;
    while (scenario.parameters.at(place).name != parameter) ++place;
    values[place] = value;
    const std::vector<DesignedPoint> points = {{"the point", values, 0}};
    try {
        static_cast<void>(run_points(study, points, {.replications = 1, .measures = {"users"}}));
    } catch (const UserError& error) {
        return error.what();
    }
    return "no failure";
}

TEST(DesignedRuns, a_failure_names_the_arm_and_area_it_happened_in_and_no_other) {
    const std::string in_an_arm = failure_at(testing::failing_plain_arm(), "least", 13);
    EXPECT_EQ(in_an_arm.find("in arm plain, the point: lead_days"), 0U) << in_an_arm;
    const scenario::Scenario scenario = testing::changed_scenario(
        {{"  price:", "  volume: {value: 60, unit: families, source: here, quality: expert}\n  price:"},
         {"annual_volume: 60", "annual_volume: volume"}});
    const std::string in_what_arms_share = failure_at(scenario, "volume", -1);
    EXPECT_EQ(in_what_arms_share.find("the point: annual_volume is -1"), 0U) << in_what_arms_share;
    const std::string in_the_draw_of_families = failure_at(scenario, "volume", 1e9);
    EXPECT_EQ(in_the_draw_of_families.find("the point, area 0: "), 0U) << in_the_draw_of_families;
}

TEST(OneWayDesign, has_each_parameter_at_its_points_and_the_others_at_their_means) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const std::vector<OneWayLine> lines = one_way_lines(scenario, space);
    std::vector<std::string> names;
    for (const OneWayLine& line : lines) names.push_back(line.name);
    // A whole of three has a stick that is none of its shares.
    EXPECT_EQ(names, (std::vector<std::string>{"hours", "lead", "mix.a", "mix.b", "mix.b/stick", "mix.c",
                                               "refusal"}));
    for (const OneWayLine& line : lines) {
        EXPECT_LT(line.low, line.mean);
        EXPECT_GT(line.high, line.mean);
        EXPECT_NEAR(one_way_score(space, line, line.high), 1.959963984540054, 1e-9);
        const DesignedPoint point = one_way_point(space, line, line.high);
        EXPECT_EQ(point.first_key, base_point(space).first_key);
        if (!line.is_parameter) continue;
        EXPECT_EQ(point.values[line.parameter], line.high);
    }
    // The stick of b takes from c alone.
    const DesignedPoint stick = one_way_point(space, lines[4], lines[4].high);
    EXPECT_NEAR(stick.values[lines[2].parameter], 0.2, 1e-9);
    EXPECT_NEAR(stick.values[lines[3].parameter], 0.8 * lines[4].high, 1e-9);
}

TEST(OneWayDesign, a_parameter_that_costs_enter_linearly_moves_them_by_its_own_change) {
    // The authority's price of an hour is read nowhere else: cost is hours x price, in every replication.
    const scenario::Scenario scenario = testing::changed_scenario(
        "price: {value: 30,", "price: {distribution: {uniform: {low: 20, high: 40}},",
        {{"money.discount_rate", "0"}});
    const CompiledStudy study(scenario);
    const ParameterSpace& space = study.parameters().space();
    const std::vector<OneWayLine> lines = one_way_lines(scenario, space);
    const auto line =
        std::find_if(lines.begin(), lines.end(), [](const auto& one) { return one.name == "price"; });
    ASSERT_NE(line, lines.end());
    EXPECT_DOUBLE_EQ(line->low, 20.5);
    EXPECT_DOUBLE_EQ(line->high, 39.5);
    const std::vector<DesignedPoint> points = {base_point(space), one_way_point(space, *line, line->low),
                                               one_way_point(space, *line, line->high)};
    const DesignedResults found =
        run_points(study, points, {.replications = 4, .measures = {"paid_by_authority", "authority_hours"}});
    for (std::size_t arm = 0; arm < 3; ++arm) {
        for (std::size_t r = 0; r < 4; ++r) {
            const double hours = found.at(0, 1, arm)[r];
            EXPECT_EQ(found.at(1, 1, arm)[r], hours);
            EXPECT_NEAR(found.at(1, 0, arm)[r] - found.at(0, 0, arm)[r], -9.5 * hours, 1e-3);
            EXPECT_NEAR(found.at(2, 0, arm)[r] - found.at(0, 0, arm)[r], 9.5 * hours, 1e-3);
        }
    }
}

TEST(SaltelliDesign, hybrids_are_rows_of_a_with_one_groups_columns_and_none_of_the_variates_of_b) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const std::vector<DesignGroup> groups =
        parameter_groups(scenario, space, std::vector<std::string>{"refusal+hours", "mix.b"});
    const SaltelliDesign design(space, groups, 8, 3, 5);
    const std::vector<DesignedPoint> points = design.points();
    ASSERT_EQ(points.size(), 32U);
    const std::size_t whole = scenario.dirichlets[0].first;
    for (std::size_t row = 0; row < 8; ++row) {
        const DesignedPoint& a = points[row];
        const DesignedPoint& b = points[8 + row];
        const DesignedPoint& first = points[16 + row];
        const DesignedPoint& second = points[24 + row];
        EXPECT_EQ(a.first_key, row * 3);
        EXPECT_EQ(b.first_key, (8 + row) * 3);
        EXPECT_EQ(first.first_key, a.first_key);
        EXPECT_EQ(second.first_key, a.first_key);
        for (std::size_t p = 0; p < a.values.size(); ++p) {
            const std::string& name = scenario.parameters[p].name;
            const bool in_first = name == "hours" || name == "refusal";
            const bool in_second = p >= whole && p < whole + 3;
            EXPECT_EQ(first.values[p], in_first ? b.values[p] : a.values[p]) << p;
            EXPECT_EQ(second.values[p], in_second ? b.values[p] : a.values[p]) << p;
        }
        EXPECT_NE(a.values[0], b.values[0]);
    }
}

TEST(SaltelliDesign, groups_that_the_scenario_declares_go_by_their_names) {
    const scenario::Scenario scenario =
        testing::changed_scenario("areas:", "parameter_groups: {work: [refusal, hours, price]}\nareas:");
    const ParameterSpace space(scenario);
    const std::vector<DesignGroup> groups =
        parameter_groups(scenario, space, std::vector<std::string>{"work+lead", "mix.a"});
    EXPECT_EQ(groups[0].name, "work+lead");
    EXPECT_EQ(groups[0].coordinates, (std::vector<std::size_t>{0, 4, 1}));
    EXPECT_EQ(groups[1].coordinates, (std::vector<std::size_t>{2, 3}));
}

TEST(SaltelliDesign, refuses_groups_that_split_correlated_parameters_and_says_how_to_join_them) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const auto saying = [&](const std::vector<std::string>& lists) -> std::string {
        try {
            static_cast<void>(parameter_groups(scenario, space, lists));
        } catch (const UserError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(saying({"hours"}),
              "correlated parameters enter as one group (an index of one alone is not defined), give "
              "hours+refusal");
    EXPECT_EQ(saying({"lead", "refusal+hours"}), "");
    EXPECT_EQ(saying({"leed"}), "the scenario has no parameter or group 'leed', did you mean 'lead'?");
    EXPECT_EQ(saying({"price"}), "parameter 'price' is fixed and has no index");
    EXPECT_EQ(
        saying({"mix.a", "lead+mix.c"}),
        "'mix.a' and 'lead+mix.c' share a parameter, or shares of one whole; a parameter can be in one group "
        "only");
}

}  // namespace
}  // namespace vfm::experiment
