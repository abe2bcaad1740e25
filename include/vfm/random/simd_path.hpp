// Which instruction set the batch kernels use; the results have the same bits on every one (ADR 0003).
#pragma once

#include <string_view>
#include <vector>

namespace vfm::random {

enum class Path { baseline, avx2, avx512 };

/// "baseline", "avx2" or "avx512"
[[nodiscard]] std::string_view name_of(Path path);

/// The paths this processor can run, narrowest first; `baseline` is always there.
[[nodiscard]] std::vector<Path> supported_paths();

/// The path in use. At first use it is the widest supported one, or what the environment variable VFM_SIMD
/// names (baseline, avx2, avx512). Throws UserError when VFM_SIMD names something else or a path that this
/// processor lacks.
[[nodiscard]] Path active_path();

/// Makes the batch kernels take this path from now on and returns the one before: a hook for tests. Not to be
/// called while another thread draws: nothing breaks, but which path that thread takes is not defined.
/// Throws UserError when this processor lacks the path.
Path force_path(Path path);

}  // namespace vfm::random
