#include "vfm/report/table.hpp"

#include "vfm/core/contract.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::report {
namespace {

using decision::Estimate;
using testing::ElementsAre;
using Texts = std::vector<std::string>;

Table two_arms() {
    Table table("costs", "What arms cost.");
    table.text("arm", "The arm.").number("cost", "GBP", "Mean.").list("payers", "Who pays.");
    table.add({"none", 7.0, Texts{}});
    table.add({"paid", Missing{"unknown"}, Texts{"state", "family"}});
    return table;
}

template <class Value>
std::vector<Value> values(const results::AnalysisTable& table, const std::string& name) {
    for (const results::AnalysisColumn& column : table.columns) {
        if (column.name == name) return std::get<std::vector<Value>>(column.values);
    }
    ADD_FAILURE() << "there is no column " << name;
    return {};
}

Texts names(const results::AnalysisTable& table) {
    Texts names;
    for (const results::AnalysisColumn& column : table.columns) names.push_back(column.name);
    return names;
}

TEST(Tables, take_rows_with_a_cell_of_its_kind_for_each_column) {
    Table table = two_arms();
    EXPECT_EQ(table.rows(), 2U);
    EXPECT_THROW(table.add({"paid", 1.0}), ContractViolation);
    EXPECT_THROW(table.add({"paid", "1", Texts{}}), ContractViolation);
    EXPECT_THROW(table.number("late", "", "A column after the rows."), ContractViolation);
    EXPECT_EQ(table.rows(), 2U);
}

TEST(Tables, find_rows_by_the_texts_and_numbers_in_them) {
    const Table table = two_arms();
    EXPECT_THAT(table.where({}), ElementsAre(0, 1));
    EXPECT_THAT(table.where({{"arm", "paid"}}), ElementsAre(1));
    EXPECT_THAT(table.where({{"arm", "none"}, {"cost", 7.0}}), ElementsAre(0));
    EXPECT_THAT(table.where({{"arm", "paid"}, {"cost", 7.0}}), ElementsAre());
    EXPECT_THROW((void)table.where({{"arms", "paid"}}), ContractViolation);
}

TEST(FlatTables, have_numbers_texts_and_lists_as_they_are_and_nan_for_what_is_missing) {
    const results::AnalysisTable table = flat(two_arms());
    EXPECT_EQ(table.name, "costs");
    EXPECT_EQ(table.description, "What arms cost.");
    EXPECT_THAT(names(table), ElementsAre("arm", "cost", "payers"));
    EXPECT_EQ(table.columns[1].unit, "GBP");
    EXPECT_EQ(table.columns[1].description, "Mean.");
    EXPECT_EQ(values<double>(table, "cost")[0], 7.0);
    EXPECT_TRUE(std::isnan(values<double>(table, "cost")[1]));
    EXPECT_THAT(values<Texts>(table, "payers"), ElementsAre(Texts{}, Texts{"state", "family"}));
}

TEST(FlatTables, spell_an_estimate_out_as_far_as_its_column_says) {
    Estimate measured{.value = 3, .monte_carlo = {}, .parameter = {}};
    measured.monte_carlo = {.standard_error = 0.5, .interval = {2, 4}};
    measured.parameter = {.spread = decision::ParameterSpread::separated,
                          .interval = decision::Interval{1, 6},
                          .noise_share = 0.25,
                          .missing_draws = 2};
    Table table("levels", "");
    table.with_error("a", "GBP", "").with_interval("b", "GBP", "").estimate("c", "GBP", "");
    table.add({measured, measured, measured});
    table.add({Missing{}, Missing{}, Missing{}});
    const results::AnalysisTable result = flat(table);
    EXPECT_THAT(names(result),
                ElementsAre("a", "a_standard_error", "b", "b_standard_error", "b_low", "b_high", "c",
                            "c_standard_error", "c_monte_carlo_low", "c_monte_carlo_high", "c_parameter_low",
                            "c_parameter_high", "c_noise_share", "c_missing_draws"));
    std::vector<double> first;
    for (const results::AnalysisColumn& column : result.columns) {
        const auto& numbers = std::get<std::vector<double>>(column.values);
        first.push_back(numbers[0]);
        EXPECT_TRUE(std::isnan(numbers[1])) << column.name;
    }
    EXPECT_THAT(first, ElementsAre(3, 0.5, 3, 0.5, 2, 4, 3, 0.5, 2, 4, 1, 6, 0.25, 2));
    EXPECT_EQ(result.columns[11].unit, "GBP");
    EXPECT_EQ(result.columns[12].unit, "");
}

TEST(FlatTables, leave_missing_what_an_estimate_does_not_have) {
    Table table("levels", "");
    table.estimate("c", "GBP", "");
    table.add({Estimate{.value = 3, .monte_carlo = {}, .parameter = {}}});
    const results::AnalysisTable result = flat(table);
    EXPECT_EQ(values<double>(result, "c")[0], 3);
    EXPECT_EQ(values<double>(result, "c_missing_draws")[0], 0);
    for (const char* part : {"c_standard_error", "c_monte_carlo_low", "c_parameter_high", "c_noise_share"})
        EXPECT_TRUE(std::isnan(values<double>(result, part)[0])) << part;
}

}  // namespace
}  // namespace vfm::report
