#include "compare_options.hpp"

#include "command_line.hpp"
#include "threshold_grid.hpp"

#include "vfm/core/errors.hpp"

namespace vfm::program {

namespace {

Command compare_command() {
    using Kind = CommandOption::Kind;
    return {.name = "compare",
            .usage = "FILE.h5 [options]",
            .introduction =
                "Compares the arms of a results file. First, in brief: what each arm costs and achieves more "
                "than the reference, and where it stands in the fully incremental analysis. Then costs, "
                "outcomes, equality of access and process, an arm a row. Two 95 % intervals are kept apart: "
                "Monte Carlo (shrinks with computing; conservative for Sobol designs) and parameters "
                "(shrinks only with evidence).",
            .options = {{"reference", Kind::single, "ARM", "the arm that differences are from (the file's)"},
                        {"effect", Kind::single, "MEASURE",
                         "the additive measure that arms are valued by (composite)"},
                        {"threshold", Kind::repeated, "GBP,...",
                         "what a unit of effect is worth: net benefit at each (none is assumed)"},
                        {"perspective", Kind::single, "NAME", "whose costs are analysed (the file's first)"},
                        {"full", Kind::flag, "",
                         "every measure and every interval; by default the table has the main ones"},
                        {"format", Kind::single, "NAME",
                         "table, csv, json or markdown (table); csv and json are always full"},
                        {"help,h", Kind::flag, "", "this text"}}};
}

}  // namespace

CompareOptions parse_compare_options(const std::vector<std::string>& arguments) {
    const Command command = compare_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    CompareOptions result;
    if (line.has("help")) {
        result.help = help_text(command);
        return result;
    }
    if (line.positional().size() != 1) {
        throw UserError("compare takes one results file: vfmsim compare FILE.h5");
    }
    result.file = line.positional().front();
    result.choices.reference = line.text("reference");
    result.choices.effect = line.text("effect");
    result.choices.perspective = line.text("perspective");
    for (const std::string& list : line.texts("threshold")) {
        for (const double threshold : parse_thresholds(list)) result.choices.thresholds.push_back(threshold);
    }
    if (line.has("format")) result.format = parse_format(line.text("format"));
    if (line.has("full")) result.detail = Detail::full;
    return result;
}

}  // namespace vfm::program
