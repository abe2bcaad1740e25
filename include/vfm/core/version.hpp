// Which engine this is, and which results it gives.
#pragma once

#include <string_view>

namespace vfm {

inline constexpr std::string_view engine_version = "0.1.0";

/// Raised whenever the stored hashes of the simulated tables change: the "version" that decides whether two
/// runs may be joined or compared byte for byte.
inline constexpr int results_epoch = 3;

/// The revision the program was built from, or "unknown".
[[nodiscard]] std::string_view source_revision();

}  // namespace vfm
