#include "golden.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include <gtest/gtest.h>

namespace {

bool& updates_pages() {
    static bool updates = false;  // set once by main, before any test runs
    return updates;
}

}  // namespace

namespace vfm::report {

void expect_golden(const std::string& name, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path(VFM_SOURCE_DIR) / "tests/report/golden" / name;
    if (updates_pages()) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    std::ifstream file(path, std::ios::binary);
    ASSERT_TRUE(file) << path << " is not there: report_tests --update writes it";
    std::ostringstream stored;
    stored << file.rdbuf();
    EXPECT_EQ(text, stored.str()) << "if this is meant, report_tests --update stores it in " << path;
}

}  // namespace vfm::report

int main(int count, char** values) {
    testing::InitGoogleTest(&count, values);
    for (int i = 1; i < count; ++i)
        updates_pages() = updates_pages() || values[i] == std::string_view("--update");
    return RUN_ALL_TESTS();
}
