// Cost and net benefit by access group, for people.
#pragma once

#include "compare_page.hpp"

#include <string>

namespace vfm::program {

/// Costs a family with the part that is traced, then net benefit at each threshold, in every access group and
/// in the rest of the families, with the assumption behind them; in full, a table a group with gaps and
/// intervals. Without costs by group, or the effect, or a threshold, and for an imported sample, a line that
/// says so.
[[nodiscard]] std::string group_value_section(const Page& page);

/// The same as headings and pipe tables, without gaps; empty when the file has no costs by group.
[[nodiscard]] std::string group_value_markdown(const Page& page);

}  // namespace vfm::program
