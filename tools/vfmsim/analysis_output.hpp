// An analysis printed: as a page of tables for people, as CSV, JSON or Markdown. Pure.
#pragma once

#include "tables.hpp"

#include "vfm/results/analysis_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace vfm::program {

/// Sections of aligned text, a table each, under its description. A table of more than 40 rows is shown up to
/// there and says so. Missing numbers are `-`.
[[nodiscard]] std::string analysis_text(const results::Analysis& analysis);

/// Tidy, one cell a line: `table,row,column,value`, rows from 0; full precision, missing numbers empty, lists
/// with blanks between their items. Settings are the table `settings`, a row.
[[nodiscard]] std::string analysis_csv(const results::Analysis& analysis);

/// One object: `{"command": ..., "settings": {...}, "<table>": [{"<column>": cell, ...}, ...], ...}`; missing
/// numbers are null, lists arrays. docs/analysis-format.md names what each command gives.
[[nodiscard]] std::string analysis_json(const results::Analysis& analysis);

/// Headings and pipe tables; long tables as in `analysis_text`.
[[nodiscard]] std::string analysis_markdown(const results::Analysis& analysis);

/// A column's cells as texts: numbers as exact as they are, missing ones empty, lists between blanks.
[[nodiscard]] std::vector<std::string> exact_cells(const results::AnalysisColumn& column);

/// A table in pipes, with bars and line breaks in its cells made harmless.
[[nodiscard]] std::string markdown_table(const TextTable& table);

/// The one of the four that `--format` chose.
[[nodiscard]] std::string formatted(const results::Analysis& analysis, Format format);

/// Stores an analysis beside its results file. A folder that takes no files, or a file of that name that is
/// none of ours, is no reason to keep the numbers back: then it warns on standard error.
void store(const std::filesystem::path& results_file, const results::Analysis& analysis);

}  // namespace vfm::program
