// Units and batches: the same whoever runs them, and whatever ran before.
#include "vfm/experiment/unit_runner.hpp"

#include "small_study.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;
using testing::tiny_scenario;

const UnitRunner::AfterUnit go_on = [](std::uint64_t) { return true; };

template <class Number>
bool same_bytes(const std::vector<Number>& a, const std::vector<Number>& b) {
    return a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(Number)) == 0);
}

bool same(const results::Batch& a, const results::Batch& b) {
    return a.first_unit == b.first_unit && a.unit_count == b.unit_count && same_bytes(a.summary, b.summary) &&
           same_bytes(a.groups, b.groups) && same_bytes(a.costs, b.costs) &&
           same_bytes(a.area_types, b.area_types) && same_bytes(a.timeline, b.timeline) &&
           same_bytes(a.histograms, b.histograms);
}

/// Column of the summary table, one number for each row and arm.
std::vector<double> column(const CompiledStudy& study, const results::Batch& batch,
                           const std::string& measure) {
    const std::vector<results::Measure>& measures = study.layout().measures;
    std::size_t at = 0;
    while (measures.at(at).name != measure) ++at;
    std::vector<double> values;
    for (; at < batch.summary.size(); at += measures.size()) values.push_back(batch.summary[at]);
    return values;
}

TEST(UnitRunner, a_batch_is_the_same_whoever_runs_it_and_whatever_ran_before) {
    const scenario::Scenario scenario = small_scenario({{"design.draws", "40"}});
    const CompiledStudy study(scenario);
    ASSERT_GT(study.batches(), 2U);
    UnitRunner forwards(study);
    UnitRunner backwards(study);
    std::vector<results::Batch> batches;
    for (std::uint64_t b = 0; b < study.batches(); ++b) batches.push_back(forwards.run_batch(b, go_on));
    for (std::uint64_t b = study.batches(); b-- > 0;) {
        EXPECT_TRUE(same(backwards.run_batch(b, go_on), batches[b])) << "batch " << b;
    }
    UnitRunner fresh(study);
    EXPECT_TRUE(same(fresh.run_batch(1, go_on), batches[1]));
    UnitRunner interrupted(study);
    int units = 0;
    const results::Batch nothing = interrupted.run_batch(0, [&](std::uint64_t) { return ++units < 5; });
    EXPECT_EQ(nothing.unit_count, 0U);
    EXPECT_EQ(units, 5);
    EXPECT_TRUE(same(interrupted.run_batch(0, go_on), batches[0]));
}

TEST(UnitRunner, the_default_study_in_small_is_the_same_too) {
    const scenario::Scenario scenario = tiny_scenario({{"design.draws", "2"}, {"design.replications", "2"}});
    const CompiledStudy study(scenario);
    UnitRunner first(study);
    UnitRunner second(study);
    static_cast<void>(second.replay(0, 1, 1, 0));
    EXPECT_TRUE(same(first.run_batch(0, go_on), second.run_batch(0, go_on)));
}

TEST(UnitRunner, arms_meet_the_same_families) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    const std::vector<double> families = column(study, batch, "families");
    for (std::size_t row = 0; row < families.size(); row += 3) {
        EXPECT_EQ(families[row], families[row + 1]);
        EXPECT_EQ(families[row], families[row + 2]);
    }
    const std::vector<double> without = column(study, batch, "users");
    EXPECT_EQ(without[0], 0);
    EXPECT_GT(without[1], 0);
}

TEST(UnitRunner, equal_arms_give_equal_rows) {
    const scenario::Scenario scenario =
        testing::changed_scenario("  dual: {use", "  twin: {title: Plain again}\n  dual: {use");
    const CompiledStudy study(scenario);
    ASSERT_EQ(study.layout().arms.at(2), "twin");
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    const std::size_t width = study.layout().measures.size();
    for (std::uint64_t row = 0; row < batch.row_count; ++row) {
        const double* plain = batch.summary.data() + (row * 4 + 1) * width;
        const double* twin = batch.summary.data() + (row * 4 + 2) * width;
        EXPECT_EQ(std::memcmp(plain, twin, width * sizeof(double)), 0) << "row " << row;
    }
}

TEST(UnitRunner, costs_by_payer_and_perspective_add_up) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    const std::vector<double> all = column(study, batch, "cost_all");
    const std::vector<double> programme = column(study, batch, "paid_by_programme");
    const std::vector<double> authority = column(study, batch, "paid_by_authority");
    const std::vector<double> state = column(study, batch, "cost_state");
    const std::size_t cells = model::payer_names.size() * model::category_names.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_DOUBLE_EQ(all[i], programme[i] + authority[i]);
        EXPECT_DOUBLE_EQ(state[i], authority[i]);
        double ledger = 0;
        for (std::size_t c = 0; c < model::category_names.size(); ++c) ledger += batch.costs[i * cells + c];
        EXPECT_NEAR(ledger, programme[i], 1e-6);
    }
}

TEST(UnitRunner, costs_traced_to_groups_are_part_of_those_traced_to_all_families) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    const std::vector<double> traced = column(study, batch, "traced_cost_all");
    const std::vector<double> all = column(study, batch, "cost_all");
    const std::vector<double> programme = column(study, batch, "paid_by_programme");
    EXPECT_EQ(column(study, batch, "traced_cost_state"), column(study, batch, "cost_state"))
        << "families cause all that the authority pays";
    const std::vector<std::string>& names = study.layout().group_measures;
    const auto place = std::find(names.begin(), names.end(), "traced_cost_all") - names.begin();
    const std::size_t groups = study.layout().groups.size();
    ASSERT_EQ(batch.groups.size(), traced.size() * groups * names.size());
    double sum = 0;
    for (std::size_t row = 0; row < traced.size(); ++row) {
        EXPECT_NEAR(all[row] - traced[row], programme[row], 1e-6) << "nobody causes the programme's alone";
        for (std::size_t group = 0; group < groups; ++group) {
            const double part =
                batch.groups[(row * groups + group) * names.size() + static_cast<std::size_t>(place)];
            EXPECT_LE(part, traced[row]);
            sum += part;
        }
    }
    EXPECT_GT(sum, 0);
}

TEST(UnitRunner, central_units_add_to_their_own_histograms_and_to_nothing_else) {
    const scenario::Scenario scenario = small_scenario({{"design.draws", "1"}});
    const CompiledStudy study(scenario);
    ASSERT_EQ(study.batches(), 1U);
    UnitRunner runner(study);
    const results::Batch with = runner.run_batch(0, go_on);
    const scenario::Scenario fewer = small_scenario({{"design.draws", "1"}, {"design.central_units", "0"}});
    const CompiledStudy other(fewer);
    UnitRunner other_runner(other);
    const results::Batch without = other_runner.run_batch(0, go_on);
    EXPECT_TRUE(same_bytes(with.summary, without.summary));
    EXPECT_TRUE(same_bytes(with.timeline, without.timeline));
    const std::size_t half = with.histograms.size() / 2;
    EXPECT_TRUE(std::equal(with.histograms.begin(),
                           with.histograms.begin() + static_cast<std::ptrdiff_t>(half),
                           without.histograms.begin()));
    std::int64_t central = 0;
    for (std::size_t i = half; i < with.histograms.size(); ++i) central += with.histograms[i];
    EXPECT_GT(central, 0);
}

TEST(UnitRunner, histograms_of_the_batch_count_the_families_of_its_rows) {
    const scenario::Scenario scenario = small_scenario();
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    double families = 0;
    const std::vector<double> counts = column(study, batch, "families");
    for (std::size_t i = 0; i < counts.size(); i += 3) families += counts[i];
    std::size_t first = 0;
    std::size_t h = 0;
    for (; study.layout().histograms.at(h).measure != "days_in_process"; ++h) {
        first += study.layout().histograms[h].edges.size() - 1;
    }
    std::int64_t counted = 0;
    for (std::size_t bin = 0; bin + 1 < study.layout().histograms[h].edges.size(); ++bin) {
        counted += batch.histograms[first + bin];
    }
    EXPECT_EQ(static_cast<double>(counted), families);
}

TEST(UnitRunner, a_replay_tells_what_the_row_sums_up) {
    const scenario::Scenario scenario = small_scenario({{"areas.count", "1"}, {"design.draws", "512"}});
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, go_on);
    const std::vector<double> sought = column(study, batch, "sought_support");
    ASSERT_EQ(study.batch_units(), 21U) << "seven draws of three replications, under three arms";
    for (std::uint64_t draw = 0; draw < 3; ++draw) {
        const std::vector<model::TraceEvent> trace = runner.replay(2, draw, 1, 0);
        const auto seekers = std::count_if(trace.begin(), trace.end(), [](const model::TraceEvent& one) {
            return one.kind == model::TraceEvent::Kind::seeks_support;
        });
        EXPECT_EQ(static_cast<double>(seekers), sought[(draw * 3 + 1) * 3 + 2]);
    }
}

TEST(UnitRunner, a_failure_says_in_which_arm_draw_and_replication) {
    const scenario::Scenario scenario = testing::failing_scenario("64");
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    try {
        for (std::uint64_t b = 0; b < study.batches(); ++b) static_cast<void>(runner.run_batch(b, go_on));
        ADD_FAILURE() << "shares above one went through";
    } catch (const UserError& error) {
        const std::string text = error.what();
        EXPECT_EQ(text.find("draw "), 0U) << "all arms share what failed: " << text;
        EXPECT_NE(text.find("replication 0: "), std::string::npos) << text;
        EXPECT_NE(text.find("shares of attribute mix"), std::string::npos) << text;
    }
}

TEST(UnitRunner, a_failure_in_one_arms_values_names_that_arm) {
    const scenario::Scenario scenario = testing::failing_plain_arm();
    const CompiledStudy study(scenario);
    UnitRunner runner(study);
    try {
        for (std::uint64_t b = 0; b < study.batches(); ++b) static_cast<void>(runner.run_batch(b, go_on));
        ADD_FAILURE() << "an interval that ends before it begins went through";
    } catch (const UserError& error) {
        const std::string text = error.what();
        EXPECT_EQ(text.find("in arm plain, draw "), 0U) << text;
        EXPECT_NE(text.find(", replication 0: lead_days"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace vfm::experiment
