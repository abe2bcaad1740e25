// The report of a value-of-information analysis: what people see of it, and what its tables hold.
#include "vfm/report/voi_report.hpp"

#include "golden.hpp"

#include "vfm/report/forms.hpp"

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::report {
namespace {

using inquiry::SetKind;
using inquiry::VoiFindings;
using testing::HasSubstr;
using testing::Not;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

decision::EvppiPoint point(double threshold, double value, double null) {
    return {.threshold = threshold, .value = value, .standard_error = value / 10, .null = null};
}

/// Two arms, four parameters of which two are correlated, a group, two thresholds; 100 families a
/// replication.
VoiFindings example() {
    VoiFindings found;
    found.source = {.file = "study.h5", .title = "A study", .price_year = 2015, .discount_rate = 0.035};
    found.question.arms = {"usual", "new"};
    found.question.basis = {
        .perspective = "public_sector", .cost = "cost_public_sector", .effect = "composite"};
    found.question.thresholds = {.values = {5000, 20000}};
    found.draws = 1024;
    found.replications = 4;
    found.families = 100;
    for (const char* name : {"effect_size", "fee", "wage", "unused"}) {
        results::ParameterRow row;
        row.name = name;
        row.quality = row.name == "fee" ? "measured" : "assumption";
        found.parameters.push_back(row);
    }
    found.asked.sets = {{.set = {"effect_size", {0}}},
                        {.set = {"fee + 1", {1, 2}}, .kind = SetKind::correlated},
                        {.set = {"unused", {3}}},
                        {.set = {"costs", {1, 2}}, .kind = SetKind::group, .added = {"wage"}}};
    found.means.source = decision::MeanSource::regression;
    found.means.terms = 7;
    const decision::MeanCheck check{.between_variance = 9,
                                    .noise_variance = 1,
                                    .noise_share = 0.1,
                                    .explained_share = 0.9,
                                    .residual_ratio = 1.25};
    found.means.cost = {{}, check};
    found.means.effect = {{}, check};
    found.evpi = {
        {.threshold = 5000, .best = 0, .fitted = {1000, 50}, .cross_fitted = {900, 60}, .naive = {1200, 40}},
        {.threshold = 20000,
         .best = 1,
         .fitted = {3000, 90},
         .cross_fitted = {2800, 95},
         .naive = {3300, 80}}};
    found.mean_evpi = 2000;
    found.evppi = {{.parameters = {}, .curve = {point(5000, 500, 20), point(20000, 2500, 20)}},
                   {.parameters = {}, .curve = {point(5000, 300, 20), point(20000, 100, 20)}},
                   {.parameters = {}, .curve = {point(5000, 1, 20), point(20000, 2, 20)}},
                   {.parameters = {}, .curve = {point(5000, 300, 20), point(20000, 100, 20)}}};
    found.ranking = {{.set = 0,
                      .value = 1500,
                      .standard_error = 150,
                      .null = 20,
                      .share = 0.75,
                      .best_threshold = 20000,
                      .distinguishable = true},
                     {.set = 1,
                      .value = 200,
                      .standard_error = 20,
                      .null = 20,
                      .share = 0.1,
                      .best_threshold = 5000,
                      .distinguishable = true},
                     {.set = 2, .value = 1.5, .standard_error = 0.15, .null = 20, .share = 0.0008}};
    found.group_ranking = {{.set = 3,
                            .value = 200,
                            .standard_error = 20,
                            .null = 20,
                            .share = 0.1,
                            .best_threshold = 5000,
                            .distinguishable = true}};
    return found;
}

VoiFindings over_a_population() {
    VoiFindings found = example();
    using Population = inquiry::DeclaredPopulation;
    found.population = inquiry::PopulationValue{.population = Population{.families_per_year = 5000,
                                                                         .horizon_years = 3,
                                                                         .rates = Population::Rates::given,
                                                                         .discount_rate = 0.05},
                                                .schedule = {},
                                                .factor = 140};
    return found;
}

TEST(VoiReport, reads_as_it_is_stored) {
    expect_golden("voi.txt", text_form(voi_report(over_a_population())));
    expect_golden("voi.md", markdown_form(voi_report(over_a_population())));
}

TEST(VoiReport, of_another_models_sample_values_are_of_its_rows) {
    VoiFindings found = example();
    found.question.origin = decision::Origin::imported;
    found.families = 0;
    found.replications = 1;
    found.means.source = decision::MeanSource::at_face_value;
    for (decision::EvpiPoint& point : found.evpi) point.cross_fitted = {none, none};
    const Report report = voi_report(found);
    EXPECT_THAT(report.opening[1], HasSubstr("Values are GBP a row of the sample, as imported"));
    const std::string text = text_form(report);
    for (const char* ours : {"programme", "family", "official"}) EXPECT_THAT(text, Not(HasSubstr(ours)));
    EXPECT_THAT(text, HasSubstr("taken at face value"));
}

TEST(VoiReport, programs_get_every_set_and_threshold_whatever_is_shown) {
    const Report report = voi_report(over_a_population());
    EXPECT_EQ(report.table("evppi").rows(), 8U);
    EXPECT_EQ(report.table("population").rows(), 5U);
    const Table& next = report.table("measure_next");
    const Cell& nowhere = next.cell(2, next.place_of("best_threshold"));
    EXPECT_TRUE(std::holds_alternative<Missing>(nowhere)) << "it is above chance at no threshold";
    EXPECT_EQ(std::get<double>(next.cell(0, next.place_of("population_value"))), 210000);
}

TEST(VoiReport, a_value_at_one_threshold_is_no_mean) {
    VoiFindings found = over_a_population();
    found.question.thresholds.values.resize(1);
    found.evpi.resize(1);
    for (decision::Evppi& set : found.evppi) set.curve.resize(1);
    const std::string text = text_form(voi_report(found));
    EXPECT_THAT(text, Not(HasSubstr("mean over")));
    EXPECT_THAT(text, HasSubstr("can be worth more than GBP 140,000."));
}

TEST(VoiReport, says_when_there_is_nothing_to_measure) {
    VoiFindings found = example();
    for (inquiry::RankedSet& row : found.ranking) row.distinguishable = false;
    EXPECT_THAT(text_form(voi_report(found)), HasSubstr("No parameter is worth knowing on its own"));
    found.ranking.clear();
    EXPECT_THAT(text_form(voi_report(found)), HasSubstr("there is nothing to measure"));
}

}  // namespace
}  // namespace vfm::report
