// What a sound scenario becomes.
#include "scenario/sample.hpp"

#include "vfm/scenario/reference.hpp"

#include <algorithm>
#include <filesystem>
#include <random>

namespace vfm::scenario {
namespace {

Scenario full() {
    return load_scenario(data_path("full.yaml"));
}

TEST(Load, NamesBecomeIndices) {
    const Scenario scenario = full();
    ASSERT_EQ(scenario.arms.size(), 3U);
    EXPECT_EQ(scenario.arms[1].title, "One provider, paid");
    EXPECT_EQ(scenario.reference_arm, 0U);
    const Stage& request = scenario.arms[2].model.stages.at(0);
    EXPECT_EQ(request.name, "request");
    ASSERT_EQ(request.next.size(), 2U);
    EXPECT_EQ(scenario.arms[2].model.stages[request.next[0].target].name, "refusal");
    EXPECT_FALSE(request.next[0].otherwise);
    EXPECT_TRUE(request.next[1].otherwise);
    const Effect& effect = request.next[0].probability.effects.at(1);
    EXPECT_TRUE(effect.is_ratio);
    EXPECT_EQ(effect.when.at(0).index, static_cast<std::size_t>(model::Flag::supported));
    EXPECT_EQ(effect.when.at(1), (Covariate{Covariate::Kind::supporter_kind, 0}));
    EXPECT_EQ(scenario.level_name(scenario.access_groups.at(0)), "low_income.yes");
    EXPECT_EQ(scenario.arrivals.at(1).stop_after, 1000U);
    EXPECT_EQ(scenario.arrivals.at(0).entry_stage_name, "request");
}

TEST(Load, OnlyUsedParametersAreKeptSortedAndWholesStayTogether) {
    const Scenario scenario = full();
    std::vector<std::string> names;
    for (const Parameter& parameter : scenario.parameters) names.push_back(parameter.name);
    EXPECT_EQ(names, (std::vector<std::string>{"legal_help", "parent_share", "refusal_to_assess",
                                               "training_lag.immediate", "training_lag.later",
                                               "training_lag.never", "weekly_hours"}));
    ASSERT_EQ(scenario.dirichlets.size(), 1U);
    EXPECT_EQ(scenario.dirichlets[0].first, 3U);
    EXPECT_EQ(scenario.dirichlets[0].concentrations, (std::vector<double>{128, 54, 21}));
    ASSERT_EQ(scenario.correlations.size(), 1U);
    EXPECT_EQ(scenario.correlations[0], (Correlation{2, 6, 0.3}));
}

TEST(Load, MoneyOfAnotherYearIsBroughtToTheStudys) {
    const Scenario scenario = full();
    EXPECT_NEAR(random::mean(scenario.parameters.at(0).distribution), 6300 * 75.1536 / 74.6524, 1e-9);
    EXPECT_EQ(scenario.parameters.at(0).price_year, 0);
}

TEST(Load, AttributesComeAfterWhatTheyDependOnAndRestIsMarked) {
    const Scenario scenario = full();
    const auto find = [&](const std::string& name) {
        return std::find_if(scenario.attributes.begin(), scenario.attributes.end(),
                            [&](const Attribute& attribute) { return attribute.name == name; });
    };
    const auto low_income = find("low_income");
    const auto who = find("who");
    ASSERT_TRUE(low_income > who);
    EXPECT_EQ(scenario.attributes[static_cast<std::size_t>(low_income->given)].name, "who");
    EXPECT_EQ(low_income->levels, (std::vector<std::string>{"no", "yes"}));
    ASSERT_EQ(low_income->shares.size(), 4U);
    EXPECT_EQ(low_income->rest, (std::vector<int>{0, 0}));
    EXPECT_DOUBLE_EQ(low_income->shares[0].value, 0.8);
    EXPECT_EQ(who->rest, (std::vector<int>{1}));
    EXPECT_EQ(find("lag")->rest, (std::vector<int>{-1}));
}

TEST(Load, SettingsChangeTheirArmOnly) {
    const Scenario scenario = full();
    EXPECT_FALSE(scenario.arms[0].model.support.enabled);
    EXPECT_EQ(scenario.arms[0].model.budget.value, 0);
    EXPECT_TRUE(scenario.arms[1].model.support.enabled);
    EXPECT_EQ(scenario.arms[1].model.support.providers.size(), 1U);
    EXPECT_EQ(scenario.arms[1].model.support.providers[0].staffing.at(0).at_least.value, 1);
    EXPECT_EQ(scenario.arms[2].model.support.providers.size(), 2U);
    EXPECT_EQ(scenario.arms[2].model.policies.at(0).value, 1);
    EXPECT_EQ(scenario.arms[1].model.policies.at(0).value, 0);
    EXPECT_EQ(scenario.arms[2].model.support.coordination.value, 0.5);
    EXPECT_EQ(scenario.arms[2].model.stages.at(2).next.at(0).probability.base.value, 0.1);
    EXPECT_EQ(scenario.arms[1].model.stages.at(2).next.at(0).probability.base.value, 0.07);
}

TEST(Load, DefaultsAreThoseOfTheReference) {
    const Scenario scenario = parse_scenario(small_scenario(), "f");
    EXPECT_EQ(scenario.discount_rate, 0.035);
    EXPECT_EQ(scenario.horizon, scenario.funding_end);
    EXPECT_EQ(scenario.warm_up_from, scenario.launch);
    EXPECT_EQ(scenario.default_perspective, "all");
    EXPECT_EQ(scenario.design, Design{});
    EXPECT_EQ(scenario.arms[1].model.support.referral.duplicated_hours_factor.value, 1);
    EXPECT_EQ(scenario.arms[1].model.outcome_effects.composite_weights.size(), 4U);
    EXPECT_EQ(scenario.arms[1].model.support.awareness_at_launch.value, 1);
}

TEST(Load, OverridesComeBeforeArms) {
    const Scenario scenario = parse_scenario(small_scenario(), "f",
                                             {{"design.draws", "4096"},
                                              {"policies.dual", "5"},
                                              {"support.kinds.*.caseload_cap", "7"},
                                              {"parameters.price.value", "1"}});
    EXPECT_EQ(scenario.design.draws, 4096U);
    EXPECT_EQ(scenario.arms[0].model.policies[0].value, 5);
    EXPECT_EQ(scenario.arms[1].model.policies[0].value, 1);
    EXPECT_EQ(scenario.arms[1].model.support.kinds[0].caseload_cap.value, 7);
    EXPECT_EQ(parse_override("a.b=c=d").path, "a.b");
    EXPECT_EQ(parse_override("a.b=c=d").value, "c=d");
    EXPECT_THROW(static_cast<void>(parse_override("a.b")), UserError);
    EXPECT_THROW(static_cast<void>(parse_override("=b")), UserError);
}

TEST(Load, TheResolvedTextIsTheSameScenario) {
    for (Scenario scenario : {full(), parse_scenario(small_scenario(), "f")}) {
        const Scenario again = parse_scenario(scenario.resolved_yaml, scenario.file);
        EXPECT_EQ(again.resolved_yaml, scenario.resolved_yaml);
        EXPECT_EQ(again, scenario);
    }
}

/// The lines of a block of YAML as groups: a line of the least indentation and what is below it.
std::string backwards(const std::string& text) {
    std::vector<std::string> groups;
    std::size_t least = std::string::npos;
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at + 1));
        least = std::min(least, lines.back().find_first_not_of(' '));
        at = end + 1;
    }
    for (const std::string& line : lines) {
        if (line.find_first_not_of(' ') == least) {
            groups.push_back(line);
        } else {
            groups.back() += line;
        }
    }
    std::string result;
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
        const std::size_t first_end = group->find('\n') + 1;
        const std::string head = group->substr(0, first_end);
        const std::string body = group->substr(first_end);
        const bool ordered = head.find("arms:") == 0 || head.find("  stages:") == 0 ||
                             body.find_first_not_of(' ') == body.find('-');
        result += head + (ordered || body.empty() ? body : backwards(body));
    }
    return result;
}

TEST(Load, TheOrderOfKeysChangesNothing) {
    const Scenario scenario = full();
    const std::string turned = backwards(scenario.resolved_yaml);
    EXPECT_NE(turned, scenario.resolved_yaml);
    const Scenario again = parse_scenario(turned, scenario.file);
    EXPECT_EQ(again.resolved_yaml, scenario.resolved_yaml);
    EXPECT_EQ(again, scenario);
}

class InAFolder : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() / (std::string("vfm_scenario_") + info->name() +
                                                            "_" + std::to_string(std::random_device{}()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    [[nodiscard]] std::string faults(const std::string& name) const {
        try {
            static_cast<void>(load_scenario(folder_ / name));
        } catch (const ScenarioError& error) {
            return all_texts(error.faults());
        }
        return "";
    }
    std::filesystem::path folder_;
};

TEST_F(InAFolder, AnExtendingFileAddsReplacesAndTakesOut) {
    write("base.yaml", small_scenario());
    write(
        "top.yaml",
        "extends: base.yaml\ntitle: Top\nparameters: {hours: {value: 3, quality: assumption}}\n"
        "policies: {dual: 2}\ncorrelations: []\nareas: {effects: {size: {sd: 1}}}\narms: {without: null}\n");
    const Scenario scenario = load_scenario(folder_ / "top.yaml");
    EXPECT_EQ(scenario.title, "Top");
    EXPECT_EQ(scenario.parameters.at(0).distribution, random::Distribution::fixed(3));
    EXPECT_TRUE(scenario.correlations.empty());
    EXPECT_EQ(scenario.area_effects.size(), 2U);
    EXPECT_EQ(scenario.arms.size(), 1U);
}

TEST_F(InAFolder, FaultsNameTheFileTheyAreIn) {
    write("base.yaml", changed("count: 2", "count: 0"));
    write("top.yaml", "extends: base.yaml\ntitle: [1]\n");
    const std::string text = faults("top.yaml");
    EXPECT_NE(text.find("base.yaml:11:16: error: 'count'"), std::string::npos) << text;
    EXPECT_NE(text.find("top.yaml:2:1: error: 'title'"), std::string::npos) << text;
}

TEST_F(InAFolder, ChainsEndAndFilesMustBeThere) {
    write("a.yaml", "extends: b.yaml\n");
    write("b.yaml", "extends: a.yaml\n");
    EXPECT_NE(faults("a.yaml").find("b.yaml:1:10: error: the files extend each other in a circle"),
              std::string::npos);
    for (int i = 0; i < 9; ++i)
        write("c" + std::to_string(i) + ".yaml", "extends: c" + std::to_string(i + 1) + ".yaml\n");
    EXPECT_NE(faults("c0.yaml").find("c7.yaml:1:10: error: a chain of more than 8 files"), std::string::npos)
        << faults("c0.yaml");
    write("d.yaml", "extends: nothing.yaml\n");
    EXPECT_NE(faults("d.yaml").find("d.yaml:1:10: error: cannot read the file"), std::string::npos);
    write("e.yaml", "extends: /etc/hostname\n");
    EXPECT_NE(faults("e.yaml").find("relative to this one"), std::string::npos);
    EXPECT_THROW(static_cast<void>(load_scenario(folder_ / "no.yaml")), UserError);
    EXPECT_THROW(static_cast<void>(load_scenario(folder_)), UserError);
}

TEST(Reference, ThePageIsCurrent) {
    EXPECT_EQ(reference_page(), text_of(VFM_SOURCE_DIR "/docs/scenario-reference.md"))
        << "write what reference_page() gives to docs/scenario-reference.md";
}

TEST(Reference, TheSchemaHasEveryKeyOfTheFile) {
    const std::string schema = json_schema();
    for (const char* key :
         {"\"$schema\"", "\"pathway\"", "\"odds_ratio\"", "\"deflators\"", "\"dirichlet\""}) {
        EXPECT_NE(schema.find(key), std::string::npos) << key;
    }
}

}  // namespace
}  // namespace vfm::scenario
