// What text is let in at all.
#include "scenario/sample.hpp"

namespace vfm::scenario {
namespace {

TEST(Yaml, TheSmallScenarioIsSound) {
    EXPECT_EQ(all_texts(faults_of(small_scenario())), "");
}

TEST(Yaml, DuplicateKeysAreFaultsAtTheSecond) {
    expect_fault(changed("title: Small\n", "title: Small\n@title: Again\n"), "'title' is there twice",
                 "line 2");
}

TEST(Yaml, AliasesMergeKeysAndTagsAreRefused) {
    expect_fault(changed("  both: {policies.dual: 1}", "  both: &both {policies.dual: 1}\n  other: @*both"),
                 "aliases");
    expect_fault(changed("  both: {", "  both: {@<<: {}, "), "merge keys", "extends");
    expect_fault(changed("title: Small", "title: @!thing Small"), "tags");
    expect_fault("a: &a [x, x]\nb: [@*a, *a]\n", "aliases");
    expect_fault("a: @*nothing\n", "aliases");
    expect_fault("a: @!t\n", "tags (!t)");
}

TEST(Yaml, AnAliasToItselfIsRefused) {
    expect_fault("a: &a [@*a]\n", "aliases");
}

TEST(Yaml, OneDocumentOnly) {
    expect_fault(small_scenario() + "@---\na: 1\n", "second document");
}

TEST(Yaml, WhatStandsBehindTheDocumentIsNotTakenForAnother) {
    expect_fault("- 1\n@title: a\n", "not YAML: the document has ended before this");
    expect_fault("title: a\n...\n@title: b\n", "second document");
}

TEST(Yaml, NothingIsPassedOverInSilence) {
    expect_fault("@%title: a\nformat: b\n", "may begin with %");
    expect_fault("@%title: a\n---\nformat: b\n", "may begin with %");
    expect_fault("@%YAML 1.2\nformat: b\n", "may begin with %");
    expect_fault(small_scenario() + "@%title: a\n", "may begin with %");
    EXPECT_EQ(all_texts(faults_of("%YAML 1.2\n# scenario\n---\n" + small_scenario())), "");
    expect_fault(small_scenario() + "@reference_arm", "not YAML");
    for (const char* quote : {"\"", "'"}) {
        const auto faults = faults_of(small_scenario() + "description: " + quote + "without end\n");
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_NE(faults[0].problem.find("not YAML"), std::string::npos) << faults[0].text();
    }
    expect_fault("a: [1, @[2, 3\n", "this bracket is not closed");
    expect_fault("a: [1,@, 2]\n", "no value before the comma");
    expect_fault("title:\n@Small\n", "indented more than its key");
    expect_fault("title:\n\t@Small\n", "a tab cannot indent", "spaces");
}

TEST(Yaml, ValuesThatAreNotThereHaveThePlaceWhereTheyWouldBe) {
    expect_fault(
        changed("access_groups: [need.high]", "access_groups:\n    -@ # one\n\n  # two\n    - need.high"),
        "not nothing");
    expect_fault(changed("access_groups: [need.high]", "access_groups: [@~, need.high]"), "not nothing");
    expect_fault(changed("access_groups: [need.high]", "access_groups:\n    - need.high\n    -@"),
                 "not nothing");
}

TEST(Yaml, QuestionMarksArePartOfWords) {
    const auto title = [](const std::string& text) {
        return parse_scenario(changed("dual: {use: both}", "dual: {use: both, title: " + text + "}"), "f")
            .arms.at(1)
            .title;
    };
    EXPECT_EQ(title("what?"), "what?");
    EXPECT_EQ(title("is it? yes"), "is it? yes");
    EXPECT_EQ(title("?x"), "?x");
    EXPECT_EQ(title("'?'"), "?");
    EXPECT_EQ(title("\"what? \\xFF\""), "what? \xC3\xBF");
    expect_fault("{? @[a]: 1}\n", "a key must be text");
}

TEST(Yaml, EscapesGiveUtf8) {
    const auto title = [](const std::string& text) {
        return parse_scenario(changed("title: Small", "title: " + text), "f").title;
    };
    EXPECT_EQ(title(R"("a\N\_\xe9\u20ac\U0001F600b")"),
              "a\xC2\x85\xC2\xA0\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"
              "b");
    for (const Fault& fault : faults_of("title: \"\\\xC3\xA9\"\n"))
        EXPECT_EQ(fault.problem, "not YAML: unknown escape character");
}

TEST(Yaml, AnEmptyTextIsNoScenario) {
    EXPECT_EQ(faults_of("").at(0).problem, "there is nothing in it");
    EXPECT_EQ(faults_of("# only a remark\n").at(0).problem, "there is nothing in it");
    expect_fault("@- 1\n", "a scenario is a map");
}

TEST(Yaml, KeysMustBeText) {
    expect_fault("@[a]: 1\n", "a key must be text");
    expect_fault("? @{a: b}\n: 1\n", "a key must be text");
}

TEST(Yaml, WhatIsNotUtf8IsRefusedWhereItBegins) {
    expect_fault("title: \xC3\xA9@\xC3(\n", "not UTF-8");
    expect_fault("title: @\xED\xA0\x80\n", "not UTF-8");
    expect_fault("title: @\xF4\x90\x80\x80\n", "not UTF-8");
    expect_fault("title: @\xC0\x80\n", "not UTF-8");
    expect_fault("title: a@\x01\n", "control character");
    expect_fault(std::string("@\xFF\xFEt\0i\0", 7), "not UTF-8");
}

TEST(Yaml, ColumnsCountCharacters) {
    // Both keys stand in one line, the second behind characters of two and three bytes.
    expect_fault(changed("need: {given: route,", "need: {given: \"route\", @\"\xC3\xA9\xE2\x82\xAC\": 1,"),
                 "unknown key");
    expect_fault(
        changed("without: {set:", "without: {title: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80, @sett: {}, set:"),
        "unknown key", "set");
}

TEST(Yaml, LineEndsOfEverySystemAndAByteOrderMarkChangeNothing) {
    std::string text = small_scenario();
    const Scenario plain = parse_scenario(text, "f");
    std::string windows;
    std::string old_mac;
    for (const char c : text) {
        windows += c == '\n' ? "\r\n" : std::string(1, c);
        old_mac += c == '\n' ? '\r' : c;
    }
    EXPECT_EQ(parse_scenario(windows, "f"), plain);
    EXPECT_EQ(parse_scenario(old_mac, "f"), plain);
    EXPECT_EQ(parse_scenario("\xEF\xBB\xBF" + text, "f"), plain);
}

TEST(Yaml, PlacesAreRightWithWindowsLineEnds) {
    const auto faults = faults_of("format: vfm-scenario 1\r\ntitle: a\r\ntytle: b\r\n");
    EXPECT_EQ(faults.at(faults.size() - 1).line, 3);
    EXPECT_EQ(faults.at(faults.size() - 1).column, 1);
}

TEST(Yaml, TabsAsIndentationAreRefused) {
    const auto faults = faults_of("format: vfm-scenario 1\nclock:\n\tlaunch: 2014-09-01\n");
    ASSERT_FALSE(faults.empty());
    EXPECT_NE(faults[0].problem.find("not YAML"), std::string::npos);
    EXPECT_EQ(faults[0].line, 3);
}

TEST(Yaml, DepthIsBounded) {
    const auto nested = [](std::size_t depth) {
        return "a: " + std::string(depth, '[') + std::string(depth, ']') + "\n";
    };
    EXPECT_NE(all_texts(faults_of(nested(70))).find("64 deep"), std::string::npos);
    EXPECT_NE(all_texts(faults_of(nested(100'000))).find("64 deep"), std::string::npos);
    EXPECT_EQ(all_texts(faults_of(nested(60))).find("64 deep"), std::string::npos);
    std::string maps;
    for (int i = 0; i < 20'000; ++i) maps += "{a: ";
    EXPECT_FALSE(faults_of("a: " + maps).empty());
    EXPECT_FALSE(faults_of(std::string(100'000, '-')).empty());
}

TEST(Yaml, SizeIsBounded) {
    EXPECT_EQ(faults_of("a: " + std::string(5U << 20U, 'x')).at(0).problem, "larger than 4 MB");
    std::string many = "a:\n";
    for (int i = 0; i < 5000; ++i) many += "  - 1\n";
    EXPECT_NE(faults_of(many).at(0).problem.find("4000 entries"), std::string::npos);
    std::string lists = "a:\n";
    for (int i = 0; i < 100; ++i) {
        lists += "  - [";
        for (int k = 0; k < 3000; ++k) lists += "1,";
        lists += "1]\n";
    }
    EXPECT_NE(faults_of(lists).at(0).problem.find("200000 values"), std::string::npos);
}

/// yaml-cpp keeps the tokens of what may yet be a key: without an end of our own, these take a gigabyte.
TEST(Yaml, WhatMayBeAKeyIsBounded) {
    for (const char* piece : {"[", "{", "1,", "[],", ","}) {
        std::string text = "- [";
        while (text.size() < 4'000'000) text += piece;
        EXPECT_EQ(faults_of(text).at(0).problem, "the file has more than 200000 values") << piece;
    }
}

TEST(Yaml, FaultsAreBoundedToo) {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "key" + std::to_string(i) + ": 1\n";
    const auto faults = faults_of(text);
    EXPECT_EQ(faults.size(), 1001U);
}

TEST(Yaml, NumbersArePlainDecimals) {
    const auto volume = [](const std::string& number) {
        return changed("annual_volume: 100", "annual_volume: @" + number);
    };
    expect_fault(volume("010"), "leading zero", "write 10");
    expect_fault(volume("-007"), "leading zero", "write -7");
    expect_fault(volume("00"), "leading zero", "write 0");
    expect_fault(volume("+5"), "plus sign", "write 5");
    expect_fault(volume("1_000"), "not a number", "write 1000");
    expect_fault(volume("\"100\""), "text in quotes");
    expect_fault(volume("0x10"), "not a number");
    expect_fault(volume(".inf"), "not a finite number");
    expect_fault(volume("-inf"), "not a finite number");
    expect_fault(volume("nan"), "not a finite number");
    expect_fault(volume("1e999"), "too large");
    expect_fault(volume("1e9"), "it must be from 0 to");
    expect_fault(volume("-1"), "it must be from 0 to");
    expect_fault(volume("12 families"), "not a number");
    for (const char* number : {"1e2", "100.0", ".5", "1E+2", "0"}) {
        EXPECT_EQ(
            all_texts(faults_of(changed("annual_volume: 100", std::string("annual_volume: ") + number))), "");
    }
}

TEST(Yaml, TruthIsTrueOrFalse) {
    const auto paid = [](const std::string& word) { return changed("paid: true", "paid: @" + word); };
    expect_fault(paid("yes"), "must be true or false", "write true");
    expect_fault(paid("off"), "must be true or false", "write false");
    expect_fault(paid("\"true\""), "in quotes", "write true");
    expect_fault(paid("1"), "must be true or false");
}

TEST(Yaml, WholeNumbersAreWhole) {
    expect_fault(changed("count: 2", "count: @2.5"), "not a whole number");
    expect_fault(changed("count: 2", "count: @0"), "from 1 to 1000");
    expect_fault(changed("count: 2", "count: @1001"), "from 1 to 1000");
    expect_fault(changed("count: 2", "count: @99999999999999999999"), "too large");
}

TEST(Yaml, AValueMayNotBeForgotten) {
    expect_fault(changed("title: Small", "@title:"), "has no value");
}

}  // namespace
}  // namespace vfm::scenario
