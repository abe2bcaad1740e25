#include "voi_options.hpp"

#include "command_line.hpp"
#include "question_options.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

Command voi_command() {
    using Kind = CommandOption::Kind;
    Command command{
        .name = "voi",
        .usage = "FILE.h5 [options]",
        .introduction =
            "What better evidence would be worth. The expected value of perfect information (EVPI) three "
            "ways: fitted, with the noise of simulated families taken out; cross-fitted, from below; naive, "
            "from above. The value of knowing each uncertain parameter, and groups of them (EVPPI), each "
            "beside what chance alone gives. Then what to measure next. Correlated parameters are known "
            "together or not at all.",
        .options = question_options("what a unit of effect is worth (a grid from the data)")};
    for (CommandOption& option : std::vector<CommandOption>{
             {"group", Kind::repeated, "NAME=P,P,...",
              "parameters to be known together, beside the scenario's parameter_groups"},
             {"population", Kind::single, "N",
              "families (of an imported sample: people) a year whom the decision concerns (not assumed)"},
             {"horizon-years", Kind::single, "N", "for so many years (not assumed)"},
             {"discount-rate", Kind::single, "RATE",
              "of later years: 0.035 for 3.5 % a year, or green-book for its falling rates (the file's)"},
             {"threads", Kind::single, "N", "at most so many (one a core); the same numbers for any"},
         }) {
        command.options.push_back(std::move(option));
    }
    for (CommandOption& option : report_options()) command.options.push_back(std::move(option));
    command.options.push_back({"help,h", Kind::flag, "", "this text"});
    return command;
}

namespace {

double number_of(const std::string& option, const std::string& text, double least, double most,
                 const char* what) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !(value >= least && value <= most)) {
        throw UserError(fmt::format("--{}: '{}' is not {}", option, text, what));
    }
    return value;
}

inquiry::NamedGroup parse_group(const std::string& text) {
    const std::size_t equals = text.find('=');
    inquiry::NamedGroup group{text.substr(0, std::min(equals, text.size())), {}};
    for (std::size_t first = equals; first != std::string::npos && first < text.size();) {
        const std::size_t last = std::min(text.find(',', first + 1), text.size());
        group.parameters.push_back(text.substr(first + 1, last - first - 1));
        first = last;
    }
    const bool empty =
        group.parameters.empty() || std::count(group.parameters.begin(), group.parameters.end(), "");
    if (group.name.empty() || empty) {
        throw UserError(fmt::format(
            "--group: '{}' is not NAME=PARAMETER,PARAMETER,..., e.g. costs=mediation_fee,appeal_cost", text));
    }
    return group;
}

std::optional<inquiry::DeclaredPopulation> parse_population(const CommandLine& line) {
    if (!line.has("population") && !line.has("horizon-years")) {
        if (!line.has("discount-rate")) return std::nullopt;
        throw UserError(
            "--discount-rate is for values over a population, which takes --population and "
            "--horizon-years");
    }
    if (!line.has("population") || !line.has("horizon-years")) {
        throw UserError(
            "values over a population need both --population (families a year) and --horizon-years; neither "
            "is "
            "assumed");
    }
    using Rates = inquiry::DeclaredPopulation::Rates;
    inquiry::DeclaredPopulation population;
    population.families_per_year =
        number_of("population", line.text("population"), 1e-9, 1e12, "a number of families a year above 0");
    population.horizon_years = whole_number("horizon-years", line.text("horizon-years"), 1, 200);
    if (line.text("discount-rate") == "green-book") {
        population.rates = Rates::green_book;
    } else if (line.has("discount-rate")) {
        population.rates = Rates::given;
        population.discount_rate = number_of("discount-rate", line.text("discount-rate"), 0, 1,
                                             "a rate from 0 to 1, such as 0.035, or green-book");
    }
    return population;
}

}  // namespace

VoiOptions parse_voi_options(const std::vector<std::string>& arguments) {
    const Command command = voi_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    VoiOptions result;
    if (line.has("help")) {
        result.help = help_text(command);
        return result;
    }
    if (line.positional().size() != 1) throw UserError("voi takes one results file: vfmsim voi FILE.h5");
    result.file = line.positional().front();
    result.question = question_choices(line);
    for (const std::string& text : line.texts("group")) result.choices.groups.push_back(parse_group(text));
    result.choices.population = parse_population(line);
    result.output = parse_report_options(line);
    if (line.has("threads")) {
        result.choices.threads =
            static_cast<unsigned>(whole_number("threads", line.text("threads"), 1, 1024));
    }
    return result;
}

}  // namespace vfm::program
