#include "compare_options.hpp"

#include "command_line.hpp"
#include "equity_options.hpp"
#include "threshold_options.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/inquiry/thresholds.hpp"

#include <span>
#include <string>

namespace vfm::program {

Command compare_command() {
    using Kind = CommandOption::Kind;
    Command command{
        .name = "compare",
        .usage = "FILE.h5 [options]",
        .introduction =
            "Compares the arms of a results file. First, in brief: what each arm costs and achieves more "
            "than the reference, and where it stands in the fully incremental analysis. Then costs, "
            "outcomes, equality of access, process and types of areas, an arm a row. Two 95 % intervals are "
            "kept apart: "
            "Monte Carlo (shrinks with computing; conservative for Sobol designs) and parameters "
            "(shrinks only with evidence).",
        .options = {
            {"reference", Kind::single, "ARM", "the arm that differences are from (the file's)"},
            {"effect", Kind::single, "MEASURE", "the additive measure that arms are valued by (composite)"},
            {"threshold", Kind::repeated, "GBP,...",
             "what a unit of effect is worth: net benefit at each (none is assumed)"},
            {"thresholds", Kind::repeated, "GBP,... or FROM:TO:COUNT",
             "what curves are drawn over (201 from 0 to a round number above the largest "
             "break-even)"},
            {"perspective", Kind::single, "NAME", "whose costs are analysed (the file's first)"},
            {"price-year", Kind::single, "YEAR", "show money in prices of another year (GDP deflator)"},
            {"inequality-aversion", Kind::single, "E",
             "show Atkinson's index of chances between access groups at this aversion"},
            {"ordered", Kind::repeated, "ATTRIBUTE=LEVEL,...",
             "show the slope index over these levels, worst off first; 'rest' is who is in none"},
            {"relative-income", Kind::repeated, "GROUP=RATIO",
             "an access group's income over the middle one: weighs the effect by it"},
            {"income-elasticity", Kind::single, "E", "of the value of money, for these weights"},
            {"full", Kind::flag, "",
             "every measure and every interval; by default the table has the main ones"}}};
    for (CommandOption& option : report_options()) command.options.push_back(std::move(option));
    command.options.push_back({"help,h", Kind::flag, "", "this text"});
    return command;
}

namespace {

/// So many thresholds, listed one by one, are also worth their own tables of net benefit.
constexpr std::size_t few_thresholds = 8;

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
    result.choices.thresholds = parse_thresholds(line.texts("threshold"));
    std::vector<double> drawn = inquiry::in_order(parse_thresholds(line.texts("thresholds")));
    if (drawn.empty()) {
        result.choices.grid = [](std::span<const decision::CostAndEffect> means) {
            return inquiry::default_grid(means);
        };
    } else {
        if (result.choices.thresholds.empty() && drawn.size() <= few_thresholds)
            result.choices.thresholds = drawn;
        result.choices.grid = [drawn](std::span<const decision::CostAndEffect>) { return drawn; };
        result.thresholds_given = true;
    }
    result.choices.equity = equity_choices(line);
    if (line.has("price-year")) {
        result.price_year = static_cast<int>(whole_number("price-year", line.text("price-year"), 1900, 2100));
    }
    if (line.has("full")) result.detail = report::Detail::full;
    result.output = parse_report_options(line);
    return result;
}

}  // namespace vfm::program
