#include "sample.hpp"

#include "vfm/scenario/load.hpp"

namespace vfm::scenario {
namespace {

/// The full scenario, whole in one text, with groups.
Scenario with_groups(const std::string& groups) {
    const std::string resolved = load_scenario(data_path("full.yaml")).resolved_yaml;
    return parse_scenario(resolved + "parameter_groups:\n" + groups, "test.yaml");
}

std::vector<std::string> names_of_members(const Scenario& scenario, const ParameterGroup& group) {
    std::vector<std::string> names;
    for (const std::size_t member : group.members) names.push_back(scenario.parameters[member].name);
    return names;
}

TEST(ParameterGroups, AreInOrderOfTheirNamesWithEachMemberOnce) {
    const Scenario scenario =
        with_groups("  work: [weekly_hours, weekly_hours]\n  law: [legal_help, refusal_to_assess]\n");
    ASSERT_EQ(scenario.parameter_groups.size(), 2);
    EXPECT_EQ(scenario.parameter_groups[0].name, "law");
    EXPECT_EQ(names_of_members(scenario, scenario.parameter_groups[0]),
              (std::vector<std::string>{"legal_help", "refusal_to_assess"}));
    EXPECT_EQ(names_of_members(scenario, scenario.parameter_groups[1]),
              (std::vector<std::string>{"weekly_hours"}));
}

TEST(ParameterGroups, TakeSharesOfAWholeByItsName) {
    const Scenario scenario = with_groups("  training: [training_lag]\n");
    EXPECT_EQ(
        names_of_members(scenario, scenario.parameter_groups[0]),
        (std::vector<std::string>{"training_lag.immediate", "training_lag.later", "training_lag.never"}));
}

TEST(ParameterGroups, AreInTheResolvedScenarioSoThatAResultsFileHasThem) {
    const Scenario scenario = with_groups("  training: [training_lag, weekly_hours]\n");
    const Scenario again = parse_scenario(scenario.resolved_yaml, "again.yaml");
    EXPECT_EQ(again.parameter_groups, scenario.parameter_groups);
    EXPECT_EQ(again.resolved_yaml, scenario.resolved_yaml);
}

TEST(ParameterGroups, LeaveOutWhatNothingUses) {
    const Scenario scenario =
        parse_scenario(changed("correlations:",
                               "  idle: {value: 1, unit: days, source: here, quality: assumption}\n"
                               "parameter_groups: {none: [idle], some: [idle, hours]}\ncorrelations:"),
                       "test.yaml");
    ASSERT_EQ(scenario.parameter_groups.size(), 1);
    EXPECT_EQ(names_of_members(scenario, scenario.parameter_groups[0]), (std::vector<std::string>{"hours"}));
    EXPECT_EQ(scenario.resolved_yaml.find("idle"), std::string::npos);
}

TEST(ParameterGroups, RefuseWhatIsNoParameterAndNamesThatCannotBe) {
    expect_fault(changed("correlations:", "parameter_groups: {some: [@hourz]}\ncorrelations:"),
                 "unknown parameter 'hourz'", "hours");
    expect_fault(changed("correlations:", "parameter_groups: {@\"so me\": [hours]}\ncorrelations:"),
                 "cannot be the name of a group");
    expect_fault(changed("correlations:", "parameter_groups: {some: [@[hours]]}\ncorrelations:"),
                 "the name of a parameter");
}

}  // namespace
}  // namespace vfm::scenario
