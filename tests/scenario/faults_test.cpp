// What a scenario may not say: every kind of fault at its place.
#include "scenario/sample.hpp"

namespace vfm::scenario {
namespace {

TEST(Faults, UnknownKeysGetTheNearestName) {
    expect_fault(changed("caseworkers: 2,", "caseworkers: 2, @weekly_hour: 3,"), "unknown key 'weekly_hour'",
                 "'weekly_hours'");
    expect_fault(changed("policies:", "@polices: {}\npolicies:"), "unknown key 'polices'", "'policies'");
}

TEST(Faults, MissingKeysAreFoundWhereTheirMapStands) {
    expect_fault(changed("    draft: {phase: draft, ", "    @draft: {"), "lacks 'phase'");
    expect_fault(changed("clock: {launch: 2014-09-01, ", "@clock: {"), "lacks 'launch'");
    expect_fault(changed("authority: {caseworkers: 2, ", "@authority: {"), "lacks 'caseworkers'", "");
}

TEST(Faults, WrongTypesSayWhatIsThere) {
    expect_fault(changed("uptake: {probability: 0.5}", "@uptake: [0.5]"), "must be a map, not a list");
    expect_fault(changed("kinds: [paid]", "kinds: @paid"), "must be a list", "[paid]");
    expect_fault(changed("launch: 2014-09-01", "launch: @2014-02-30"), "not a date", "2014-09-30");
    expect_fault(changed("annual_volume: 100", "@annual_volume: {a: 1}"), "not a map");
    expect_fault(changed("phase: draft", "phase: @drafts"), "cannot be 'drafts'", "'draft'");
}

TEST(Faults, LimitsHoldForNumbersAndForWhatParametersCanGive) {
    expect_fault(changed("{probability: 0.5}", "{probability: @1.5}"), "must be from 0 to 1");
    expect_fault(changed("{probability: 0.5}", "{probability: @hours}"), "can be from 0 to inf", "truncate");
    expect_fault(changed("odds_ratio: 0.9", "odds_ratio: @0"), "above 0");
    expect_fault(changed("beta: {alpha: 2, beta: 8}", "@beta: {alpha: 2, beta: -8}"), "not possible");
    EXPECT_EQ(all_texts(faults_of(
                  changed("{gamma: {mean: 4, sd: 1}}", "{normal: {mean: 4, sd: 1}, truncate: [0, null]}"))),
              "");
    EXPECT_FALSE(faults_of(changed("{gamma: {mean: 4, sd: 1}}", "{normal: {mean: 4, sd: 1}}")).empty());
}

TEST(Faults, UnknownNamesGetTheNearestOne) {
    expect_fault(changed("cost_per_hour: price", "cost_per_hour: @prise"), "unknown parameter 'prise'",
                 "'price'");
    expect_fault(changed("to: draft", "to: @draught"), "unknown stage 'draught'", "draft");
    expect_fault(changed("[{end: plan}]", "[{end: @plans}]"), "unknown outcome", "'plan'");
    expect_fault(changed("when: supported", "when: @suported"), "unknown name", "'supported'");
    expect_fault(changed("when: supported", "when: [@supporter.payed]"), "unknown name", "'supporter.paid'");
    expect_fault(changed("when: area.delay", "when: @area.delays"), "unknown name", "'area.delay'");
    expect_fault(changed("sets: [route.new]", "sets: [@route.knew]"), "unknown level", "'route.new'");
    expect_fault(changed("access_groups: [need.high]", "access_groups: [@supported]"), "not a level");
    expect_fault(changed("given: route", "given: @rout"), "unknown attribute", "'route'");
    expect_fault(changed("use: both", "use: @boath"), "unknown setting", "'both'");
    expect_fault(changed("staffing: {paid: 2}", "staffing: {@payed: 2}"), "unknown supporter kind", "'paid'");
    expect_fault(changed("kinds: [paid]", "kinds: [@payed]"), "unknown supporter kind", "'paid'");
    expect_fault(changed("arms:\n", "reference_arm: @duel\narms:\n"), "unknown arm", "'dual'");
}

TEST(Faults, SharesAddUpToOne) {
    expect_fault(changed("new: {low: 0.5, high: 0.5}", "@new: {low: 0.5, high: 0.6}"), "add up to 1.1, not 1",
                 "rest");
    expect_fault(changed("{new: 0.4, old: rest}", "{new: rest, old: @rest}"), "second `rest`");
    expect_fault(changed("old: {low: 0.25, high: rest}", "old: {low: 0.25, @hi: 0, high: rest}"),
                 "unknown level 'hi'");
}

TEST(Faults, SharesThatAreDrawnNeedARest) {
    expect_fault(
        changed("route: {levels: {new: 0.4, old: rest}}", "route: {@levels: {new: refusal, old: 0.6}}"),
        "need a `rest`");
    EXPECT_EQ(all_texts(faults_of(changed("{new: 0.4, old: rest}", "{new: refusal, old: rest}"))), "");
    const std::string fixed = "  half: {value: 0.5, unit: share, source: here, quality: survey}\n";
    std::string text = changed("parameters:\n", "parameters:\n" + fixed);
    const std::string shares = "{new: 0.4, old: rest}";
    text.replace(text.find(shares), shares.size(), "{new: half, old: half}");
    EXPECT_EQ(all_texts(faults_of(text)), "");
}

TEST(Faults, AttributesMayNotDependOnEachOtherInACircle) {
    const auto faults =
        faults_of(changed("route: {levels: {new: 0.4, old: rest}}",
                          "route: {given: need, levels: {low: {new: 1, old: 0}, high: {new: 0, old: 1}}}"));
    EXPECT_NE(all_texts(faults).find("depends, in the end, on one that has no beginning"), std::string::npos);
}

TEST(Faults, LevelsArePackedInAWord) {
    std::string levels;
    for (int i = 0; i < 40; ++i) levels += "l" + std::to_string(i) + ": 0, ";
    expect_fault(changed("attributes:\n", "@attributes:\n    more: {levels: {" + levels + "last: rest}}\n"),
                 "45 levels");
}

TEST(Faults, DatesAreInOrder) {
    expect_fault(changed("funding_end: 2016-03-31", "funding_end: @2013-03-31"), "comes before 'launch'");
    expect_fault(changed("2016-03-31}", "2016-03-31, horizon: @2016-01-01}"),
                 "'horizon' (2016-01-01) comes before 'funding_end'");
    expect_fault(changed("2016-03-31}", "2016-03-31, notice: @2014-01-01}"), "comes before 'launch'");
    expect_fault(changed("launch: 2014-09-01", "warm_up_from: 2015-01-01, launch: @2014-09-01"),
                 "comes before 'warm_up_from'");
}

// The first of January 1970 used to stand for a date that is not there, and no other date was compared with
// it.
TEST(Faults, TheFirstDayOf1970IsADateLikeOthers) {
    EXPECT_EQ(all_texts(faults_of(changed("launch: 2014-09-01", "launch: 1970-01-01"))), "");
    expect_fault(changed("launch: 2014-09-01, funding_end: 2016-03-31",
                         "launch: 1970-01-01, funding_end: @1969-12-31"),
                 "'funding_end' (1969-12-31) comes before 'launch' (1970-01-01)");
    expect_fault(changed("funding_end: 2016-03-31", "funding_end: @1970-01-01"), "comes before 'launch'");
    expect_fault(
        changed("launch: 2014-09-01", "warm_up_from: 1900-01-01, horizon: @2016-03-31, launch: 1970-01-01"),
        "more than 100 years");
}

TEST(Faults, ADateThatIsNoneIsComparedWithNoOther) {
    expect_fault(changed("2016-03-31}", "2016-03-31, notice: @2015-02-30}"), "not a date");
    expect_fault(changed("sets: [route.new]", "sets: [route.new], from: 2014-10-01, until: @2015-02-30"),
                 "not a date");
}

TEST(Faults, SpansOfDatesHaveABeginning) {
    expect_fault(changed("sets: [route.new]", "sets: [route.new], from: 2014-10-01, until: @2014-09-30"),
                 "'until' comes before 'from'");
    expect_fault(
        changed("policies:", "official_timeliness: {from: 2015-02-01, until: @2015-01-31}\npolicies:"),
        "'until' comes before 'from'");
}

// A factor of 0 left a budget of 0, and staffing as declared.
TEST(Faults, ABudgetIsAboveZero) {
    expect_fault(changed("policies:", "budget: {amount: 1000, factor: @0}\npolicies:"), "it must be above 0");
    expect_fault(changed("policies:", "budget: {amount: @0}\npolicies:"), "it must be above 0");
}

TEST(Faults, NoFamilyIsLostAndMisrouted) {
    const auto referral = [](const std::string& text) {
        return changed("  uptake: {probability: 0.5}",
                       "  referral: {" + text + "}\n  uptake: {probability: 0.5}");
    };
    expect_fault(referral("lost: 0.6, misrouted: @0.5"),
                 "'lost' and 'misrouted' are 1.1 together at coordination 0", "at most 1 together");
    expect_fault(referral("@misrouted: {at_0: 0.6, at_1: 0.1}, lost: {at_0: 0.6, at_1: 0.1}"),
                 "are 1.2 together");
    expect_fault(referral("lost: {at_0: 0, at_1: 0.5}, @misrouted: {at_0: 0, at_1: 0.75}"),
                 "are 1.25 together at coordination 1");
    expect_fault(referral("lost: refusal, misrouted: @0.9"), "are 1.1 together on average");
    EXPECT_EQ(all_texts(faults_of(referral("lost: 0.5, misrouted: 0.5"))), "");
    EXPECT_EQ(all_texts(faults_of(referral("lost: refusal, misrouted: {at_0: 0.8, at_1: refusal}"))), "");
}

TEST(Faults, WeightsAddUpToOneInEveryDraw) {
    const auto weights = [](const std::string& parameter, const std::string& text) {
        std::string scenario = changed("parameters:\n", "parameters:\n" + parameter);
        return scenario + "outcomes: {composite_weights: {" + text + "}}\n";
    };
    const std::string half =
        "  half: {distribution: {uniform: {low: 0.4, high: 0.6}}, unit: share, source: here, quality: "
        "survey}\n";
    std::string text = weights(half, "feels_supported: half, engaged: 0.5, plan_quality: 0, navigation: 0");
    text.insert(text.find("composite_weights"), "@");
    expect_fault(text, "do not add up to 1 in every draw", "Dirichlet");
    const std::string fixed = "  half: {value: 0.5, unit: share, source: here, quality: survey}\n";
    EXPECT_EQ(all_texts(faults_of(
                  weights(fixed, "feels_supported: half, engaged: half, plan_quality: 0, navigation: 0"))),
              "");
    const std::string whole =
        "  w: {distribution: {dirichlet: {a: 1, b: 2, c: 3}}, unit: share, source: here, quality: survey}\n";
    EXPECT_EQ(all_texts(faults_of(
                  weights(whole, "feels_supported: w.a, engaged: w.b, plan_quality: w.c, navigation: 0"))),
              "");
}

TEST(Faults, ThePathwayLeadsEverywhereAndOut) {
    expect_fault(
        changed("    draft: {phase", "    @island: {phase: draft, next: [{end: plan}]}\n    draft: {phase"),
        "no family can reach");
    expect_fault(
        changed("    draft: {phase: draft, lead_days: 10, authority_hours: hours, next: [{end: plan}]}",
                "    @draft: {phase: draft, authority_hours: hours, next: [{to: draft}]}"),
        "no way out");
    expect_fault(changed("[{end: plan}]", "[{end: plan, probability: @0.5}]"), "the last transition");
    expect_fault(changed("[{end: plan}]", "[@{end: plan}, {end: refused}]"), "only the last transition");
    expect_fault(changed("{end: plan}", "{end: plan, @to: request}"), "exclude each other");
    expect_fault(changed("entry: request", "entry: @requests"), "unknown stage", "'request'");
}

TEST(Faults, CorrelationsAreBetweenTwoAndPossible) {
    expect_fault(changed("spearman: 0.3", "spearman: @1.3"), "from -1 to 1");
    expect_fault(changed("[refusal, hours]", "[refusal, @ours]"), "unknown parameter", "'hours'");
    expect_fault(changed("{between: [refusal, hours]", "{@between: [hours, hours]"), "with itself");
    expect_fault(changed("{between: [refusal, hours]", "{@between: [hours]"), "needs 2");
    expect_fault(
        changed(
            "correlations:\n  - {between: [refusal, hours], spearman: 0.3}",
            "@correlations:\n  - {between: [refusal, hours], spearman: 0.9}\n"
            "  - {between: [refusal, price], spearman: 0.9}\n  - {between: [hours, price], spearman: -0.9}"),
        "positive semi-definite");
}

TEST(Faults, SharesOfAWholeAreNotCorrelatedOneByOne) {
    const std::string whole =
        "parameters:\n  lag: {distribution: {dirichlet: {now: 1, later: 2}}, unit: share, source: here, "
        "quality: survey}\n";
    std::string text = changed("parameters:\n", whole);
    text.replace(text.find("[refusal, hours]"), 16, "[@lag.now, hours]");
    expect_fault(text, "share of a whole");
}

TEST(Faults, ParametersCarryTheirEvidence) {
    expect_fault(changed("  hours: {distribution: {gamma: {mean: 4, sd: 1}}, unit: hours, source: here,",
                         "  @hours: {distribution: {gamma: {mean: 4, sd: 1}}, unit: hours,"),
                 "lacks 'source'");
    expect_fault(changed("quality: expert", "quality: @good"), "cannot be 'good'");
    expect_fault(changed("  price: {value: 30, unit: GBP/hour, price_year: 2015,",
                         "  @price: {value: 30, unit: GBP/hour,"),
                 "lacks 'price_year'");
    expect_fault(changed("price_year: 2015, source", "price_year: @2014, source"), "is not the study's",
                 "deflators");
    expect_fault(changed("{value: 30,", "{value: 30, @distribution: {exponential: {mean: 30}},"),
                 "exclude each other");
}

TEST(Faults, SettingsGoWhereArmsMayDiffer) {
    expect_fault(changed("both: {policies.dual: 1}", "both: {@design.draws: 1}"), "same for every arm");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@policies.duel: 1}"), "no 'duel' in 'policies'",
                 "'dual'");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@support.kinds.payed.weekly_hours: 1}"),
                 "no 'payed'", "'paid'");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@support.coordinatoin: 1}"), "no 'coordinatoin'",
                 "'coordination'");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@support.*.share: 1}"), "`*`");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@pathway.stages.draft.next.3: {end: plan}}"),
                 "no entry '3'");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@support.baseline: null}"), "to take out");
    expect_fault(changed("both: {policies.dual: 1}", "both: {@policies.dual.x: 1}"), "leads into");
}

TEST(Faults, AFaultThatArmsShareIsToldOnce) {
    std::string text = changed("{probability: 0.5}", "{probability: @1.5}");
    for (int i = 0; i < 10; ++i) text += "  more" + std::to_string(i) + ": {}\n";
    expect_fault(text, "must be from 0 to 1");
}

TEST(Faults, AllAreToldAtOnceInOrderOfPlace) {
    std::string text = changed("title: Small", "titel: Small");
    const auto replace = [&text](const std::string& piece, const std::string& by) {
        text.replace(text.find(piece), piece.size(), by);
    };
    replace("annual_volume: 100", "annual_volume: -1");
    replace("phase: draft", "phase: nothing");
    replace("caseworkers: 2", "caseworkers: many");
    const auto faults = faults_of(text);
    ASSERT_EQ(faults.size(), 5U) << all_texts(faults);  // the misspelt title, and the title that is missing
    for (std::size_t i = 1; i < faults.size(); ++i) EXPECT_LE(faults[i - 1].line, faults[i].line);
}

TEST(Faults, OfAnOverrideNameIt) {
    const auto faults = faults_of(small_scenario(), {{"design.drows", "4"}, {"design.draws", "x"}});
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_NE(all_texts(faults).find(
                  "--set design.drows=4: error: there is no 'drows' in 'design', did you mean 'draws'?"),
              std::string::npos)
        << all_texts(faults);
    EXPECT_NE(all_texts(faults).find("--set design.draws=x: error: "), std::string::npos);
}

TEST(Faults, AnotherFormatVersionIsNamed) {
    expect_fault(changed("vfm-scenario 1", "@vfm-scenario 2"), "version 1", "newer");
}

}  // namespace
}  // namespace vfm::scenario
