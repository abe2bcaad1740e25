// SHA-256 digests, of texts and of a results file's simulated tables: how runs are told apart and compared.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vfm::results {

/// SHA-256 (FIPS 180-4) of the bytes of `text`: 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view text);

/// SHA-256 over everything simulated in a results file: every dataset's path, type, shape, values and
/// attributes, in order of path, and the root attributes that say what was run (title, seed, price year,
/// discount rate). Left out is what may differ between equal runs: /provenance, /scenario and its digest, and
/// the root attributes that name versions (format, engine, source revision, epoch). Storage (chunks,
/// compression, addresses) does not enter.
/// Throws FileFormatError (not a results file, damaged), EnvironmentError (cannot be read).
[[nodiscard]] std::string simulated_tables_sha256(const std::filesystem::path& path);

}  // namespace vfm::results
