// What a run's header must keep to, whether we are about to write it or have just read it from a stranger.
#pragma once

#include "vfm/results/layout.hpp"

#include <string>
#include <string_view>

namespace vfm::results {

/// Whether the text is UTF-8 without a zero byte: what both JSON and HDF5 strings can hold.
[[nodiscard]] bool is_plain_utf8(std::string_view text);

/// The first thing wrong with the header (names, sizes, references between names), or an empty string. When
/// it is empty, no size computed from the header overflows, one batch is at most 2 GiB and a run at most 2^22
/// batches.
[[nodiscard]] std::string header_problem(const RunHeader& header);

}  // namespace vfm::results
