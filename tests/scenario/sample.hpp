// A small scenario to change in tests, and the faults that a change gives.
#pragma once

#include "vfm/core/errors.hpp"
#include "vfm/scenario/load.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::scenario {

inline std::string data_path(const std::string& name) {
    return VFM_SOURCE_DIR "/tests/scenario/data/" + name;
}

inline std::string text_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::string small_scenario() {
    return text_of(data_path("small.yaml"));
}

/// The small scenario with one piece of text, which must be there, replaced.
inline std::string changed(const std::string& piece, const std::string& by) {
    std::string text = small_scenario();
    const std::size_t at = text.find(piece);
    if (at == std::string::npos) ADD_FAILURE() << "not in the sample: " << piece;
    return text.replace(at, piece.size(), by);
}

inline std::vector<Fault> faults_of(const std::string& text, const std::vector<Override>& overrides = {}) {
    try {
        static_cast<void>(parse_scenario(text, "test.yaml", overrides));
    } catch (const ScenarioError& error) {
        return error.faults();
    }
    return {};
}

inline std::string all_texts(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) text += fault.text() + "\n";
    return text;
}

/// A `@` in the text marks where the one fault is expected, and is taken out before reading.
inline void expect_fault(std::string text, const std::string& problem, const std::string& suggestion = "") {
    const std::size_t mark = text.find('@');
    ASSERT_NE(mark, std::string::npos);
    text.erase(mark, 1);
    int line = 1;
    int column = 1;
    for (std::size_t i = 0; i < mark; ++i) {
        const auto unit = static_cast<unsigned char>(text[i]);
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((unit & 0xC0U) != 0x80U) {
            ++column;
        }
    }
    const std::vector<Fault> faults = faults_of(text);
    ASSERT_EQ(faults.size(), 1U) << problem << "\n" << all_texts(faults);
    EXPECT_EQ(faults[0].file, "test.yaml");
    EXPECT_EQ(faults[0].line, line) << faults[0].text();
    EXPECT_EQ(faults[0].column, column) << faults[0].text();
    EXPECT_NE(faults[0].problem.find(problem), std::string::npos) << faults[0].text();
    EXPECT_NE(faults[0].suggestion.find(suggestion), std::string::npos) << faults[0].text();
}

}  // namespace vfm::scenario
