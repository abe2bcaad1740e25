// Types of areas: declared with their counts, named by effects, and never contradicting themselves.
#include "sample.hpp"

namespace vfm::scenario {
namespace {

constexpr const char* areas = "areas: {count: 2, effects: {delay: {sd: 0.5}}}";
constexpr const char* refusal = "{base: refusal, effects: [{when: supported, odds_ratio: 0.9}]}";

/// The small scenario with these area types, and an effect on being refused that depends on `when`.
std::string with_types(const std::string& declared, const std::string& when = "supported") {
    std::string text = changed(areas, "areas: {" + declared + ", effects: {delay: {sd: 0.5}}}");
    const std::size_t at = text.find(refusal);
    return text.replace(at, std::string(refusal).size(),
                        "{base: refusal, effects: [{when: " + when + ", odds_ratio: 0.9}]}");
}

const std::string two_types = "types: {town: {count: 3, title: Towns}, county: {count: 4, demand: 0.5}}";

TEST(AreaTypes, KeepTheOrderOfTheFileAndAddUpToTheNumberOfAreas) {
    const Scenario scenario = parse_scenario(with_types(two_types), "test.yaml");
    ASSERT_EQ(scenario.area_types.size(), 2U);
    EXPECT_EQ(scenario.area_types[0], (AreaType{"town", "Towns", 3, {1, -1}}));
    EXPECT_EQ(scenario.area_types[1], (AreaType{"county", "", 4, {0.5, -1}}));
    EXPECT_EQ(scenario.areas, 7U);
}

TEST(AreaTypes, AreNamedByEffectsLikeLevels) {
    const Scenario scenario =
        parse_scenario(with_types(two_types, "[area_type.county, need.high]"), "test.yaml");
    const Effect& effect = scenario.arms[0].model.stages[0].next[0].probability.effects.at(0);
    ASSERT_EQ(effect.when.size(), 2U);
    EXPECT_EQ(effect.when[0], (Covariate{Covariate::Kind::area_type, 1}));
}

TEST(AreaTypes, AreInTheResolvedTextWithTheirSumWhateverWasWritten) {
    const Scenario once = parse_scenario(with_types(two_types, "area_type.town"), "test.yaml");
    EXPECT_NE(once.resolved_yaml.find("count: 7"), std::string::npos) << once.resolved_yaml;
    const Scenario twice = parse_scenario(once.resolved_yaml, "test.yaml");
    EXPECT_EQ(twice, once);
    EXPECT_EQ(parse_scenario(with_types("count: 7, " + two_types, "area_type.town"), "test.yaml"), once);
}

TEST(AreaTypes, ThatAreNotThereLeaveNoTrace) {
    const Scenario scenario = parse_scenario(small_scenario(), "test.yaml");
    EXPECT_TRUE(scenario.area_types.empty());
    EXPECT_EQ(scenario.areas, 2U);
    EXPECT_EQ(scenario.resolved_yaml.find("types"), std::string::npos);
}

TEST(AreaTypes, MayNotContradictTheCount) {
    expect_fault(with_types("count: @5, " + two_types),
                 "'count' is 5, but the area types have 7 areas together",
                 "leave it out (null takes an inherited one out), or write 7");
}

TEST(AreaTypes, HaveAtLeastOneAreaEachAndAThousandTogether) {
    expect_fault(with_types("types: {town: {count: @0}}"), "'count' is 0, it must be from 1 to 1000");
    expect_fault(with_types("types: {@town: {title: Towns}}"), "lacks 'count'");
    expect_fault(with_types("@types: {town: {count: 600}, county: {count: 600}}"),
                 "the area types have 1200 areas together", "at most 1000");
    expect_fault(with_types("types: {town: {count: 2, demand: @0}}"), "'demand' is 0, it must be above 0");
}

TEST(AreaTypes, AreAtMostSixteen) {
    std::string many;
    for (int i = 0; i < 17; ++i) many += (many.empty() ? "t" : ", t") + std::to_string(i) + ": {count: 1}";
    expect_fault(with_types("@types: {" + many + "}"), "16");
}

TEST(AreaTypes, ThatAreUnknownGetTheNearestName) {
    expect_fault(with_types(two_types, "@area_type.conty"), "unknown name 'area_type.conty'",
                 "did you mean 'area_type.county'?");
    expect_fault(changed(refusal, "{base: refusal, effects: [{when: @area_type.town, odds_ratio: 0.9}]}"),
                 "unknown name 'area_type.town'");
}

TEST(AreaTypes, DoNotHoldTwoAtATime) {
    std::string text = with_types(two_types, "[area_type.county, area_type.town]");
    text.insert(text.find("when: [area_type"), "@");
    expect_fault(text, "no area is of two types", "an effect for each");
}

TEST(AreaTypes, AreNoLevels) {
    const std::string text = with_types(two_types);
    const std::string sets = "sets: [route.new]";
    std::string wrong = text;
    wrong.replace(text.find(sets), sets.size(), "sets: [@area_type.town]");
    expect_fault(wrong, "'area_type.town' is not a level of an attribute");
}

// A task's condition on an area's effect or on a policy used to be taken for one on a level.
TEST(Tasks, DependOnWhatAFamilyIsAlone) {
    const std::string kinds = "kinds: [paid]";
    for (const char* when : {"area.delay", "policy.dual"}) {
        expect_fault(changed(kinds, kinds + std::string(", when: @") + when),
                     "a task cannot depend on an area or a policy");
    }
    std::string text = with_types(two_types);
    text.replace(text.find(kinds), kinds.size(), kinds + ", @when: [need.high, area_type.town]");
    expect_fault(text, "a task cannot depend on an area or a policy");
    EXPECT_TRUE(faults_of(changed(kinds, kinds + ", when: [need.high, late]")).empty());
}

}  // namespace
}  // namespace vfm::scenario
