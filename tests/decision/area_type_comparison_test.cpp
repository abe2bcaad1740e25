// Arms compared in each type of areas, against numbers worked out by hand and by plain loops.
#include "decision/example_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using ::testing::IsEmpty;

/// The example study in three types of areas: a quarter, three quarters and nothing of everything, but that
/// costs are shared out evenly among the first two.
class TypedStudy : public ExampleStudy {
  public:
    using ExampleStudy::ExampleStudy;

    void share_out() {
        layout.area_types = {{"town", "Towns", 1}, {"county", "Counties", 3}, {"empty", "Nobody's", 1}};
        for (const char* name : {"families", "users", "composite", "cost_commissioner", "mystery"}) {
            layout.area_type_measures.emplace_back(name);
            const double share = std::string(name).starts_with("cost") ? 0.5 : 0.25;
            for (const double total : values[name])
                type_values[name].insert(type_values[name].end(), {share * total, (1 - share) * total, 0});
        }
    }

    [[nodiscard]] StudyTables typed_tables() const {
        StudyTables all = tables();
        all.area_type_measure = [this](std::string_view name) { return type_values.at(std::string(name)); };
        return all;
    }

    /// One measure, type and arm: draw x replication.
    [[nodiscard]] std::vector<double> cells(const std::string& name, std::size_t type,
                                            std::size_t arm) const {
        const std::vector<double>& all = type_values.at(name);
        std::vector<double> found;
        for (std::size_t unit = 0; unit < layout.study_units(); ++unit)
            found.push_back(all[(arm * layout.study_units() + unit) * 3 + type]);
        return found;
    }

    std::map<std::string, std::vector<double>> type_values;
};

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

const ComparedIndicator& indicator(const AreaTypeComparison& type, const std::string& numerator,
                                   const std::string& denominator) {
    for (const ComparedIndicator& compared : type.indicators) {
        if (compared.indicator.numerator == numerator && compared.indicator.denominator == denominator)
            return compared;
    }
    throw std::out_of_range(numerator);
}

class AreaTypes : public ::testing::Test {
  protected:
    void SetUp() override {
        study.share_out();
        choices.thresholds = {0, 5000};
        choices.grid = [](std::span<const CostAndEffect>) { return std::vector<double>{0, 1000, 20000}; };
        found = compare(study.typed_tables(), choices);
    }

    TypedStudy study{8, 2};
    Choices choices;
    Comparison found;
};

TEST_F(AreaTypes, come_in_the_files_order) {
    ASSERT_EQ(found.area_types.size(), 3U);
    EXPECT_EQ(found.area_types[1].type, "county");
    EXPECT_EQ(found.area_types[1].title, "Counties");
    EXPECT_EQ(found.area_types[1].areas, 3U);
}

TEST_F(AreaTypes, have_ratios_of_sums_and_families_a_replication) {
    const AreaTypeComparison& county = found.area_types[1];
    EXPECT_DOUBLE_EQ(indicator(county, "families", "").arms[2].value, 75);
    for (std::size_t type = 0; type < 2; ++type) {
        for (std::size_t arm = 0; arm < 4; ++arm) {
            for (const char* name : {"users", "composite", "cost_commissioner"}) {
                const ComparedIndicator& compared = indicator(found.area_types[type], name, "families");
                const auto ratio = [&](std::size_t of) {
                    return sum(study.cells(name, type, of)) / sum(study.cells("families", type, of));
                };
                EXPECT_NEAR(compared.arms[arm].value, ratio(arm), 1e-12 * std::fabs(ratio(arm)));
                EXPECT_NEAR(compared.differences[arm].value, ratio(arm) - ratio(1), 1e-9);
            }
        }
    }
    // Twice a quarter of the costs for a quarter of the families.
    EXPECT_DOUBLE_EQ(indicator(found.area_types[0], "cost_commissioner", "families").arms[1].value, 2000);
}

TEST_F(AreaTypes, keep_both_intervals_apart) {
    const Estimate& cost = indicator(found.area_types[1], "cost_commissioner", "families").differences[2];
    ASSERT_TRUE(cost.parameter.interval.has_value());
    EXPECT_EQ(cost.parameter.spread, ParameterSpread::separated);
    const Estimate& reference = indicator(found.area_types[1], "users", "families").differences[1];
    EXPECT_EQ(reference.value, 0);
    EXPECT_EQ(reference.parameter.interval->low, 0);
}

TEST_F(AreaTypes, show_no_measure_that_the_file_has_not_by_type) {
    for (const ComparedIndicator& compared : found.area_types[0].indicators)
        EXPECT_NE(compared.indicator.numerator, "cost_societal");
    EXPECT_THAT(indicator(found.area_types[0], "mystery", "families").arms, testing::SizeIs(4));
}

TEST_F(AreaTypes, without_families_have_missing_ratios) {
    const AreaTypeComparison& empty = found.area_types[2];
    EXPECT_EQ(indicator(empty, "families", "").arms[0].value, 0);
    EXPECT_TRUE(indicator(empty, "users", "families").arms[0].missing());
    EXPECT_TRUE(empty.net_benefit[1].arms[2].value.missing());
}

TEST_F(AreaTypes, have_net_benefits_a_family_and_the_best_arm) {
    for (std::size_t type = 0; type < 2; ++type) {
        const AreaTypeComparison& one = found.area_types[type];
        ASSERT_EQ(one.net_benefit.size(), 2U);
        for (const NetBenefit& at : one.net_benefit) {
            std::vector<double> worth;
            for (std::size_t arm = 0; arm < 4; ++arm) {
                worth.push_back((at.threshold * sum(study.cells("composite", type, arm)) -
                                 sum(study.cells("cost_commissioner", type, arm))) /
                                sum(study.cells("families", type, arm)));
                EXPECT_NEAR(at.arms[arm].value.value, worth[arm], 1e-9);
            }
            for (std::size_t arm = 0; arm < 4; ++arm)
                EXPECT_NEAR(at.arms[arm].difference.value, worth[arm] - worth[1], 1e-9);
            EXPECT_EQ(at.best,
                      static_cast<std::size_t>(std::max_element(worth.begin(), worth.end()) - worth.begin()));
            double all = 0;
            for (const ArmNetBenefit& arm : at.arms) all += arm.probability_best;
            EXPECT_NEAR(all, 1, 1e-12);
        }
    }
    // Doing nothing is best where effects are worth nothing, in every draw; a copy ties with its original.
    EXPECT_EQ(found.area_types[0].net_benefit[0].arms[0].probability_best, 1);
    EXPECT_EQ(found.area_types[1].net_benefit[1].arms[1].probability_best,
              found.area_types[1].net_benefit[1].arms[3].probability_best);
}

TEST_F(AreaTypes, break_even_where_costs_pay_for_effects) {
    // Against dual_paid: 10,000 more for 0.75 more in towns, for 2.25 more in counties.
    EXPECT_NEAR(found.area_types[0].break_even[2].threshold, 10000 / 0.75, 1e-6);
    EXPECT_NEAR(found.area_types[1].break_even[2].threshold, 10000 / 2.25, 1e-6);
}

TEST_F(AreaTypes, have_curves_over_the_thresholds_of_the_whole) {
    for (std::size_t type = 0; type < 2; ++type) {
        const Curves& curves = found.area_types[type].curves;
        EXPECT_EQ(curves.thresholds, found.perspectives.front().curves.thresholds);
        for (std::size_t i = 0; i < curves.thresholds.size(); ++i) {
            for (std::size_t arm = 0; arm < 4; ++arm) {
                const double units = 16;
                const double mean = (curves.thresholds[i] * sum(study.cells("composite", type, arm)) -
                                     sum(study.cells("cost_commissioner", type, arm))) /
                                    units;
                EXPECT_NEAR(curves.expected_net_benefit[curves.at(i, arm)], mean,
                            1e-6 * (1 + std::fabs(mean)));
            }
        }
    }
}

// The types' expected net benefits add up to the programme's.
TEST_F(AreaTypes, add_up_to_the_programme) {
    const Curves& all = found.perspectives.front().curves;
    for (std::size_t i = 0; i < all.expected_net_benefit.size(); ++i) {
        double types = 0;
        for (const AreaTypeComparison& type : found.area_types) types += type.curves.expected_net_benefit[i];
        EXPECT_NEAR(types, all.expected_net_benefit[i], 1e-6 * (1 + std::fabs(types)));
    }
}

TEST_F(AreaTypes, are_shown_in_prices_of_another_year) {
    const StudyTables own = study.typed_tables();
    study.layout.measures[3].unit = "GBP";
    const Comparison converted = compare(in_prices_of(own, 2015, 2020), choices);
    const double factor = price_factor(gdp_deflator(), 2015, 2020);
    EXPECT_NEAR(indicator(converted.area_types[0], "cost_commissioner", "families").arms[1].value,
                2000 * factor, 1e-9);
    EXPECT_DOUBLE_EQ(indicator(converted.area_types[0], "users", "families").arms[1].value, 0.4);
}

TEST(AreaTypesOfAFile, that_has_none_are_none) {
    EXPECT_THAT(compare(ExampleStudy().tables(), {}).area_types, IsEmpty());
}

TEST(AreaTypesOfAFile, with_a_number_that_is_none_are_refused) {
    TypedStudy study;
    study.share_out();
    study.type_values["users"][5] = std::numeric_limits<double>::infinity();
    EXPECT_THROW((void)compare(study.typed_tables(), {}), FileFormatError);
}

TEST(AreaTypesOfAFile, without_costs_by_type_have_levels_alone) {
    TypedStudy study;
    study.share_out();
    std::erase(study.layout.area_type_measures, "cost_commissioner");
    const Comparison found = compare(study.typed_tables(), {.thresholds = {5000}});
    EXPECT_THAT(found.area_types[0].net_benefit, IsEmpty());
    EXPECT_THAT(found.area_types[0].break_even, IsEmpty());
    EXPECT_FALSE(found.area_types[0].indicators.empty());
}

TEST(AreaTypesOfAFile, of_one_draw_are_compared_too) {
    TypedStudy study(1, 6);
    study.share_out();
    const Comparison found = compare(study.typed_tables(), {.thresholds = {5000}});
    EXPECT_EQ(found.area_types[1].net_benefit[0].arms[0].probability_best +
                  found.area_types[1].net_benefit[0].arms[1].probability_best +
                  found.area_types[1].net_benefit[0].arms[2].probability_best +
                  found.area_types[1].net_benefit[0].arms[3].probability_best,
              1);
}

}  // namespace
}  // namespace vfm::decision
