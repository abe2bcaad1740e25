// Whatever the bytes are, the answer is a scenario or its faults.
#include "scenario/sample.hpp"

#include <random>

namespace vfm::scenario {
namespace {

/// Reads, and counts what was sound; anything but a ScenarioError fails the test.
bool is_sound(const std::string& text) {
    try {
        const Scenario scenario = parse_scenario(text, "fuzz.yaml");
        return !scenario.resolved_yaml.empty();
    } catch (const ScenarioError& error) {
        EXPECT_FALSE(error.faults().empty());
        return false;
    }
}

std::size_t below(std::mt19937_64& engine, std::size_t end) {
    return engine() % end;
}

TEST(Fuzz, FlippedBytes) {
    std::mt19937_64 engine(1);
    const std::string sound = small_scenario();
    for (int i = 0; i < 1500; ++i) {
        std::string text = sound;
        for (std::size_t k = 0; k <= below(engine, 3); ++k) {
            text[below(engine, text.size())] =
                static_cast<char>(engine() % 3 == 0 ? engine() % 256 : 32 + engine() % 95);
        }
        EXPECT_NO_THROW(is_sound(text)) << text;
    }
}

TEST(Fuzz, Truncations) {
    const std::string sound = small_scenario();
    for (std::size_t length = 0; length < sound.size(); length += 3)
        EXPECT_NO_THROW(is_sound(sound.substr(0, length)));
}

TEST(Fuzz, LinesTakenOutDoubledAndSwapped) {
    std::mt19937_64 engine(2);
    std::vector<std::string> lines;
    const std::string sound = parse_scenario(small_scenario(), "f").resolved_yaml;
    for (std::size_t at = 0; at < sound.size();) {
        const std::size_t end = sound.find('\n', at) + 1;
        lines.push_back(sound.substr(at, end - at));
        at = end;
    }
    for (int i = 0; i < 1000; ++i) {
        std::vector<std::string> some = lines;
        const std::size_t first = below(engine, some.size());
        const std::size_t second = below(engine, some.size());
        const auto place = [&](std::size_t at) { return some.begin() + static_cast<std::ptrdiff_t>(at); };
        if (i % 3 == 0) some.erase(place(first));
        if (i % 3 == 1) some.insert(place(first), lines[second]);
        if (i % 3 == 2) std::swap(some[first], some[second]);
        std::string text;
        for (const std::string& line : some) text += line;
        EXPECT_NO_THROW(is_sound(text)) << text;
    }
}

TEST(Fuzz, PiecesReplacedByHostileOnes) {
    std::mt19937_64 engine(3);
    const std::string sound = small_scenario();
    const std::vector<std::string> pieces = {
        "null",    "[]",        "{}",       "-1",    "1e308",
        "''",      "*",         "&a",       "!!int", "18446744073709551615",
        "rest",    "\"\\0\"",   "~",        "[[[[",  "{a: {b: {c: }}}",
        "request", "route.new", "|\n  x\n", "? ",    "- ",
        ": ",      "#",         "%",        "0",     "refusal"};
    for (int i = 0; i < 2500; ++i) {
        std::string text = sound;
        const std::size_t at = below(engine, text.size());
        text.replace(at, below(engine, 12), pieces[below(engine, pieces.size())]);
        EXPECT_NO_THROW(is_sound(text)) << text;
    }
}

TEST(Fuzz, WholeValuesReplaced) {
    std::mt19937_64 engine(4);
    const std::string sound = small_scenario();
    const std::vector<std::string> values = {" null", " []",  " {}",     " 0",         " -1",    " 1e6",
                                             " x",    " [x]", " [null]", " {x: null}", " {x: 1}"};
    for (std::size_t colon = sound.find(": "); colon != std::string::npos;
         colon = sound.find(": ", colon + 1)) {
        const std::size_t end = sound.find_first_of(",}\n", colon);
        for (const std::string& value : values) {
            std::string text = sound;
            text.replace(colon + 1, end - colon - 1, value);
            EXPECT_NO_THROW(is_sound(text)) << text;
        }
    }
}

}  // namespace
}  // namespace vfm::scenario
