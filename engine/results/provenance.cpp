#include "hdf5_handles.hpp"

#include "vfm/results/results_file.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <thread>

#include <fmt/format.h>
#include <libdeflate.h>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <unistd.h>

namespace vfm::results {

namespace {

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), length};
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
    return name.data();
}

std::string hdf5_version() {
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}

}  // namespace

Provenance provenance_here() {
    Provenance provenance;
    provenance.created = utc_now();
    provenance.host = host_name();
    provenance.cores = std::max(1U, std::thread::hardware_concurrency());
#if defined(__clang__)
    provenance.compiler = "clang " __clang_version__;
#else
    provenance.compiler = "g++ " __VERSION__;
#endif
#ifdef NDEBUG
    provenance.build_type = "Release";
#else
    provenance.build_type = "Debug";
#endif
    provenance.libraries = {
        {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
        {"HDF5", hdf5_version()},
        {"nlohmann-json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                      NLOHMANN_JSON_VERSION_PATCH)},
        {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
        {"libdeflate", LIBDEFLATE_VERSION_STRING},
    };
    return provenance;
}

}  // namespace vfm::results
