#include "vfm/random/simd_path.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string>

namespace vfm::random {

namespace {

constexpr std::array all_paths = {Path::baseline, Path::avx2, Path::avx512};

bool is_supported(Path path) {
#ifdef __x86_64__
    switch (path) {
        case Path::baseline:
            return true;
        case Path::avx2:
            return __builtin_cpu_supports("avx2") != 0;
        case Path::avx512:
            return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("avx512f") != 0 &&
                   __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                   __builtin_cpu_supports("avx512bw") != 0;
    }
#endif
    return path == Path::baseline;
}

void require_supported(Path path) {
    if (!is_supported(path)) {
        throw UserError("this processor has no " + std::string(name_of(path)) + " instructions");
    }
}

Path chosen_at_first_use() {
    // Read once, before anything changes the environment: the program never calls setenv.
    const char* const wanted = std::getenv("VFM_SIMD");  // NOLINT(concurrency-mt-unsafe)
    if (wanted == nullptr) return supported_paths().back();
    const auto* const found = std::find_if(all_paths.begin(), all_paths.end(),
                                           [wanted](Path path) { return name_of(path) == wanted; });
    if (found == all_paths.end()) {
        throw UserError("VFM_SIMD is '" + std::string(wanted) + "'; it can be baseline, avx2 or avx512");
    }
    require_supported(*found);
    return *found;
}

/// The one thing in the engine that changes under every thread: no result depends on it, only the speed.
std::atomic<Path>& path_in_use() {
    static std::atomic<Path> path = chosen_at_first_use();
    return path;
}

}  // namespace

std::string_view name_of(Path path) {
    switch (path) {
        case Path::baseline:
            return "baseline";
        case Path::avx2:
            return "avx2";
        case Path::avx512:
            return "avx512";
    }
    return "baseline";
}

std::vector<Path> supported_paths() {
    std::vector<Path> paths;
    std::copy_if(all_paths.begin(), all_paths.end(), std::back_inserter(paths), is_supported);
    return paths;
}

Path active_path() {
    return path_in_use().load(std::memory_order_relaxed);
}

Path force_path(Path path) {
    require_supported(path);
    return path_in_use().exchange(path, std::memory_order_relaxed);
}

}  // namespace vfm::random
