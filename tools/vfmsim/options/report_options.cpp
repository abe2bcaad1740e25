#include "report_options.hpp"

#include "vfm/core/errors.hpp"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace vfm::program {

namespace {

constexpr std::array forms = {std::pair("table", report::Form::text), std::pair("csv", report::Form::csv),
                              std::pair("json", report::Form::json),
                              std::pair("markdown", report::Form::markdown)};

report::Form parse_form(const std::string& word) {
    std::vector<std::string> known;
    for (const auto& [name, form] : forms) {
        if (word == name) return form;
        known.emplace_back(name);
    }
    const std::string nearest = nearest_name(word, known);
    throw UserError(fmt::format(
        "--format {}: there is no such format, {}", word,
        nearest.empty() ? "it is table, csv, json or markdown" : fmt::format("did you mean '{}'?", nearest)));
}

}  // namespace

std::vector<CommandOption> report_options() {
    using Kind = CommandOption::Kind;
    return {{"no-store", Kind::flag, "", "do not store the analysis in FILE.analysis.h5"},
            {"format", Kind::single, "NAME",
             "table, csv, json or markdown (table); csv and json are always full"}};
}

ReportOptions parse_report_options(const CommandLine& line) {
    ReportOptions options;
    if (line.has("format")) options.form = parse_form(line.text("format"));
    if (line.has("no-store")) options.storing = Storing::no;
    return options;
}

}  // namespace vfm::program
