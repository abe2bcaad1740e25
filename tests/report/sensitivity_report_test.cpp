// The report of a sensitivity analysis: what people see of it, and what its tables hold.
#include "vfm/report/sensitivity_report.hpp"

#include "golden.hpp"

#include "vfm/report/forms.hpp"

#include <limits>
#include <string>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::report {
namespace {

using decision::Side;
using inquiry::DecisionKind;
using inquiry::JointPoint;
using inquiry::SensitivityFindings;
using testing::HasSubstr;
using testing::Not;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

decision::PairedMean mean(double value, double half) {
    return {.value = value, .standard_error = half / 2, .interval = {value - half, value + half}};
}

decision::SensitivityIndex index(double value) {
    return {.value = value, .standard_error = 0.01, .interval = {value - 0.02, value + 0.02}};
}

JointPoint joint(std::size_t arm, bool best, double distance) {
    JointPoint point;
    point.arm = arm;
    point.region.found = true;
    point.region.best_at_medians = best;
    point.region.distance = 1.2;
    point.region.rival = 1 - arm;
    point.distance = distance;
    point.interval = {distance - 0.2, none};
    point.probability = best ? 0.88 : 0.12;
    point.probability_best = best ? 0.9 : 0.1;
    point.parts = {{.parameter = 0, .value = 31.5, .units = 1.1, .share = 0.84},
                   {.parameter = 1, .value = 0.25, .units = -0.4, .share = 0.155},
                   {.parameter = 2, .value = 1, .units = 0.01, .share = 0.005}};
    return point;
}

/// Two arms and three parameters at one threshold; 100 families a replication.
SensitivityFindings one_way_runs() {
    SensitivityFindings found;
    found.source = {.file = "study.yaml", .title = "A study", .price_year = 2015, .discount_rate = 0.035};
    found.question.arms = {"usual", "new"};
    found.question.basis = {
        .perspective = "public_sector", .cost = "cost_public_sector", .effect = "composite"};
    found.question.thresholds = {
        .values = {5000}, .origin = inquiry::ThresholdOrigin::between_changes, .changes = {7000}};
    found.replications = 16;
    found.rows = 128;
    found.families = 100;
    found.parameters = {
        {.name = "wage", .unit = "GBP/hour", .quality = "measured", .mean = 25, .low = 15.5, .high = 44},
        {.name = "uptake", .unit = "share", .quality = "assumption", .mean = 0.3, .low = 0.1, .high = 0.5},
        {.name = "unused", .unit = "hours", .quality = "assumption", .mean = 1, .low = 0, .high = 2}};
    found.means = {{.cost = mean(0, 0), .effect = mean(0, 0)},
                   {.cost = mean(50000, 200), .effect = mean(8, 0.1)}};
    found.tornado = {{.arm = 1, .parameter = 0, .low = mean(4000, 100), .high = mean(-8000, 150)},
                     {.arm = 1, .parameter = 1, .low = mean(-9000, 500), .high = mean(9500, 600)},
                     {.arm = 1, .parameter = 2, .low = mean(0, 0), .high = mean(0, 0)}};
    const decision::SwitchingValue change{.value = 19.5, .interval = {none, 20.25}, .from = 0, .to = 1};
    for (const auto decision : {DecisionKind::best_of_all, DecisionKind::against_reference}) {
        const std::size_t arm = decision == DecisionKind::best_of_all ? 0 : 1;
        found.switches.push_back({.decision = decision,
                                  .arm = arm,
                                  .parameter = 0,
                                  .change = change,
                                  .side = Side::below,
                                  .units = -0.8,
                                  .probability = 0.21});
        for (const std::size_t parameter : {1U, 2U}) {
            found.switches.push_back(
                {.decision = decision, .arm = arm, .parameter = parameter, .change = {}});
        }
    }
    found.sufficient = {{.arm = 1,
                         .parameter = 0,
                         .change = change,
                         .side = Side::below,
                         .units = -0.8,
                         .probability = 0.21}};
    found.joint_points = {joint(0, true, 0.75), joint(1, false, 0.75)};
    found.indices = {
        {.arm = 1, .name = "wage", .parameters = {"wage"}, .first = index(0.3), .total = index(0.35)},
        {.arm = 1,
         .name = "uptake + 1",
         .parameters = {"uptake", "unused"},
         .first = index(-0.01),
         .total = index(0.7)}};
    return found;
}

SensitivityFindings given_data() {
    SensitivityFindings found = one_way_runs();
    found.source.file = "study.h5";
    found.draws = 1024;
    found.rows = 0;
    found.tornado.clear();
    found.switches.clear();
    for (inquiry::GroupIndices& group : found.indices) group.total.reset();
    return found;
}

TEST(SensitivityReport, of_designed_runs_reads_as_it_is_stored) {
    expect_golden("sensitivity_designed.txt", text_form(sensitivity_report(one_way_runs(), 10)));
    expect_golden("sensitivity_designed.md", markdown_form(sensitivity_report(one_way_runs(), 10)));
}

TEST(SensitivityReport, of_given_data_reads_as_it_is_stored) {
    expect_golden("sensitivity_given_data.txt", text_form(sensitivity_report(given_data(), 1)));
}

TEST(SensitivityReport, holds_only_the_tables_that_were_found) {
    const std::string json = json_form(sensitivity_report(given_data(), 10));
    EXPECT_THAT(json, HasSubstr("\"first_order\""));
    for (const char* table : {"\"tornado\"", "\"switching_values\"", "\"sobol\""})
        EXPECT_THAT(json, Not(HasSubstr(table)));
}

TEST(SensitivityReport, says_when_there_is_no_variance_to_explain) {
    SensitivityFindings found = one_way_runs();
    for (inquiry::GroupIndices& group : found.indices) {
        group.first = {.value = none, .standard_error = none, .interval = {none, none}};
        group.total = group.first;
    }
    const Report report = sensitivity_report(found, 10);
    const std::string text = text_form(report);
    EXPECT_THAT(text, HasSubstr("there is no variance to explain"));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    const Table& sobol = report.table("sobol");
    EXPECT_EQ(std::get<std::string>(sobol.cell(0, sobol.place_of("converged"))), "no variance to explain");
}

TEST(SensitivityReport, shows_the_largest_bars_first_and_how_long_the_next_would_be) {
    const std::string text = text_form(sensitivity_report(one_way_runs(), 1));
    EXPECT_THAT(text, HasSubstr("-90.0 ±5.0  +95.0 ±6.0\n"));
    EXPECT_THAT(text, HasSubstr("and 2 more, none with a longer bar than 120.0"));
}

TEST(SensitivityReport, a_joint_point_is_told_by_the_parameters_that_make_up_99_per_cent_of_its_distance) {
    const Report report = sensitivity_report(one_way_runs(), 10);
    const Table& points = report.table("joint_point");
    EXPECT_EQ(points.where({{"arm", "new"}}).size(), 2U);
    const Table& region = report.table("joint_region");
    const std::size_t row = region.where({{"arm", "new"}}).front();
    EXPECT_EQ(std::get<double>(region.cell(row, region.place_of("behind"))), 100);
    EXPECT_EQ(std::get<double>(region.cell(row, region.place_of("sufficient_parameters"))), 1);
    EXPECT_EQ(std::get<double>(region.cell(row, region.place_of("nearest_alone"))), 0.8);
}

}  // namespace
}  // namespace vfm::report
