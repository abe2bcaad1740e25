// The analysis file: what commands worked out from a results file, as tables, with the settings that made
// them.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace vfm::results {

/// One column of a table: numbers (NaN is missing), texts, or lists of texts; an entry a row.
struct AnalysisColumn {
    std::string name;         ///< lower case words with underscores: `standard_error`
    std::string unit;         ///< e.g. `GBP`; empty when there is none
    std::string description;  ///< one sentence
    std::variant<std::vector<double>, std::vector<std::string>, std::vector<std::vector<std::string>>> values;

    /// How many entries it has.
    [[nodiscard]] std::size_t size() const;
};

/// One table: at least one column, all of one length.
struct AnalysisTable {
    std::string name;         ///< what its rows are: `icer_table`, `ceac`, `evpi`
    std::string description;  ///< one sentence
    std::vector<AnalysisColumn> columns;

    [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};

/// What one command found, and the settings that made it.
struct Analysis {
    std::string command;                                        ///< `compare`, `voi`, `sensitivity`
    std::vector<std::pair<std::string, std::string>> settings;  ///< name and value, in words or numbers
    std::vector<AnalysisTable> tables;
};

/// The longest table that is stored.
inline constexpr std::size_t most_analysis_rows = std::size_t{1} << 20U;

/// Where the analyses of a results file are stored: `NAME.h5` -> `NAME.analysis.h5`, beside it.
[[nodiscard]] std::filesystem::path analysis_path(const std::filesystem::path& results_file);

/// Stores an analysis of a results file, which must exist. Replaces what the same command stored before and
/// keeps what others did, unless that was of another results file of this name. The file is built aside,
/// synced and renamed: it is whole at any moment. docs/analysis-format.md says what is in it. Bytes that are
/// not UTF-8 become question marks.
/// Throws ContractViolation for names that are not lower case words, columns of unequal length or a name
/// twice; UserError for a table of more than `most_analysis_rows`; FileFormatError when there is a file of
/// that name which is not an analysis file; EnvironmentError (disk full, folder not writable). Not from two
/// threads at once (HDF5); two processes wait for each other.
void store_analysis(const std::filesystem::path& results_file, const Analysis& analysis);

/// The analyses stored for a results file, in the order of commands' names; none when there is no analysis
/// file. What was stored for another results file of this name is left out. The file need not be trusted:
/// sizes are bounded before anything is allocated. Throws FileFormatError, EnvironmentError.
[[nodiscard]] std::vector<Analysis> read_analyses(const std::filesystem::path& results_file);

}  // namespace vfm::results
