// Printed pages kept as files beside the tests: a page must be what is stored, and `report_tests --update`
// stores what it is now.
#pragma once

#include <string>

namespace vfm::report {

/// Expects `text` to be tests/report/golden/NAME, letter for letter; with `--update`, makes it so.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace vfm::report
