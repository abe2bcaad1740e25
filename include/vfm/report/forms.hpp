// The forms every report can be written in. Pure: the same report gives the same text.
#pragma once

#include "vfm/report/report.hpp"
#include "vfm/results/analysis_file.hpp"

#include <string>

namespace vfm::report {

/// For people: title, opening and sections as aligned text within 100 columns.
[[nodiscard]] std::string text_form(const Report& report);

/// The same for a document: headings, pipe tables, lists and paragraphs.
[[nodiscard]] std::string markdown_form(const Report& report);

/// All tables at full precision, tidy, one cell a line: `table,row,column,value`, rows from 0. Missing
/// numbers are empty, lists have blanks between their items. Settings are the table `settings`, a row.
[[nodiscard]] std::string csv_form(const Report& report);

/// All tables at full precision as one object: `format`, `format_version`, `command`, `settings`, `tables`
/// (what each is: `description` and `columns` with `name`, `unit`, `description`), and by its name each
/// table's rows: `[{"<column>": cell, ...}, ...]`. Missing numbers are null, lists arrays.
/// docs/analysis-format.md names what each command gives.
[[nodiscard]] std::string json_form(const Report& report);

/// Settings and all tables as they are stored beside the results file.
[[nodiscard]] results::Analysis stored_form(const Report& report);

enum class Form { text, markdown, csv, json };

/// The one of the four that is asked for.
[[nodiscard]] std::string written(const Report& report, Form form);

}  // namespace vfm::report
