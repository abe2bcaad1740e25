#include "describe.hpp"

#include "options/scenario_options.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/compiled_study.hpp"
#include "vfm/experiment/resolve.hpp"
#include "vfm/model/short_cuts.hpp"
#include "vfm/report/numbers.hpp"
#include "vfm/report/text_table.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using scenario::Arm;
using scenario::Quantity;
using scenario::Scenario;

}  // namespace

Command describe_command() {
    using Kind = CommandOption::Kind;
    Command command{.name = "describe",
                    .usage = "SCENARIO.yaml [options]",
                    .introduction =
                        "Says in words what a scenario holds: dates, pathway, arms with the posts their "
                        "budget pays for, and every parameter with its source, assumptions called so.",
                    .options = scenario_options()};
    command.options.push_back({"arm", Kind::single, "ARM", "the arm whose pathway is shown (the reference)"});
    command.options.push_back({"dot", Kind::flag, "", "prints the pathway as a Graphviz graph instead"});
    command.options.push_back({"help,h", Kind::flag, "", "this text"});
    return command;
}

namespace {

std::string in_words(const Scenario& scenario, const Quantity& quantity) {
    return quantity.parameter < 0 ? fmt::format("{:g}", quantity.value)
                                  : scenario.parameters[static_cast<std::size_t>(quantity.parameter)].name;
}

std::string target_of(const Arm& arm, const scenario::Transition& way) {
    return way.to_outcome ? "end: " + arm.model.outcomes[way.target] : arm.model.stages[way.target].name;
}

std::string pathway_in_words(const Scenario& scenario, const Arm& arm) {
    std::string text = fmt::format("Pathway (arm {})\n", arm.name);
    for (const scenario::Stage& stage : arm.model.stages) {
        text += fmt::format("  {}{}{}\n", stage.name, stage.title.empty() ? "" : ": ", stage.title);
        for (const scenario::Transition& way : stage.next) {
            text +=
                fmt::format("    -> {}, {}\n", target_of(arm, way),
                            way.otherwise ? std::string("otherwise")
                                          : "with probability " + in_words(scenario, way.probability.base));
        }
    }
    return text + "\n";
}

std::string pathway_as_graph(const Scenario& scenario, const Arm& arm) {
    std::string text = "digraph pathway {\n  rankdir=LR;\n  node [shape=box];\n";
    for (const std::string& outcome : arm.model.outcomes) {
        text += fmt::format("  \"end: {}\" [shape=oval];\n", outcome);
    }
    for (const scenario::Arrivals& stream : scenario.arrivals) {
        text += fmt::format("  \"{0}\" [shape=plaintext];\n  \"{0}\" -> \"{1}\";\n", stream.name,
                            stream.entry_stage_name);
    }
    for (const scenario::Stage& stage : arm.model.stages) {
        for (const scenario::Transition& way : stage.next) {
            text += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\"];\n", stage.name, target_of(arm, way),
                                way.otherwise ? "" : in_words(scenario, way.probability.base));
        }
    }
    return text + "}\n";
}

std::string staffing_in_words(const Scenario& scenario,
                              const std::vector<experiment::ArmStaffing>& staffing) {
    report::TextTable table;
    table.columns = {{"arm"}, {"provider"}, {"kind"}, {"posts"}, {"planned GBP"}};
    table.columns[1].align = table.columns[2].align = report::Align::left;
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        const Arm& arm = scenario.arms[a];
        for (const experiment::StaffedPosts& posts : staffing[a].posts) {
            table.rows.push_back({arm.name, arm.model.support.providers[posts.provider].name,
                                  arm.model.support.kinds[posts.kind].name, report::number(posts.posts, 2),
                                  report::number(posts.expected_cost, 0)});
        }
        if (staffing[a].posts.empty()) {
            table.rows.push_back({arm.name, "-", "-", "-", "-"});
        } else {
            table.rows.push_back(
                {arm.name, "all", "fixed costs", "-", report::number(staffing[a].fixed_costs, 0)});
        }
    }
    return "Staffing, solved once at parameter means (planned spending from launch to funding end)\n" +
           report::aligned_table(table) + "\n";
}

std::string in_words(model::SupportedStages stages) {
    switch (stages) {
        case model::SupportedStages::none:
            return "there is no programme";
        case model::SupportedStages::as_events:
            return "as events: a supporter may leave, has tasks, or comes while the pathway goes on";
        case model::SupportedStages::ahead_of_the_calendar:
            return "at once, when the family gets its place";
        case model::SupportedStages::ahead_by_recursion:
            return "at once, and places follow from a recursion without events";
    }
    return {};
}

std::string simulation_in_words(const Scenario& scenario, const experiment::CompiledStudy& study) {
    experiment::Resolver resolver(scenario, study.staffing());
    const experiment::ResolvedDraw draw = resolver.resolve(study.parameters().means());
    std::string text = "How stages of families with a supporter are simulated (no number depends on it)\n";
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        text += fmt::format("  {:<32} {}\n", scenario.arms[a].name,
                            in_words(model::supported_stages(draw.population, draw.arms[a])));
    }
    return text + "\n";
}

std::string parameters_in_words(const Scenario& scenario, const experiment::ParameterDraws& draws) {
    std::string text = fmt::format("Parameters ({}; mean, unit, distribution, quality, source)\n",
                                   scenario.parameters.size());
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
        const scenario::Parameter& parameter = scenario.parameters[p];
        const std::string spread =
            parameter.dirichlet < 0
                ? random::describe(parameter.distribution)
                : "share of dirichlet " +
                      scenario.dirichlets[static_cast<std::size_t>(parameter.dirichlet)].name;
        text += report::wrap_text(
            fmt::format("  {} = {:.4g} {}; {}; {}; {}", parameter.name, draws.means()[p], parameter.unit,
                        spread, parameter.quality == "assumption" ? "ASSUMPTION" : parameter.quality,
                        parameter.source),
            report::page_width, 6);
    }
    return text;
}

std::string area_types_in_words(const Scenario& scenario) {
    if (scenario.area_types.empty()) return {};
    std::string text = "Area types (in each replication)\n";
    for (const scenario::AreaType& type : scenario.area_types) {
        text += fmt::format("  {:<32} {} area(s), demand {}{}{}\n", type.name, type.count,
                            in_words(scenario, type.demand), type.title.empty() ? "" : ": ", type.title);
    }
    return text + "\n";
}

std::string study_in_words(const Scenario& scenario) {
    std::string text = scenario.title + "\n\n";
    if (!scenario.description.empty()) text += report::wrap_text(scenario.description) + "\n";
    text += fmt::format(
        "Programme from {} to {}, last referral {}, notice {}; simulated from {} to {}\n"
        "{} draws x {} replications, {} area(s) in each; prices of {}, discounted at {:g} % a year\n\n",
        format_date(scenario.launch), format_date(scenario.funding_end), format_date(scenario.last_referral),
        format_date(scenario.notice), format_date(scenario.warm_up_from), format_date(scenario.horizon),
        scenario.design.draws, scenario.design.replications, scenario.areas, scenario.price_year,
        scenario.discount_rate * 100);
    text += area_types_in_words(scenario);
    text += "Arms (the first column names them everywhere)\n";
    for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
        text += fmt::format("  {:<32} {}{}\n", scenario.arms[a].name, scenario.arms[a].title,
                            a == scenario.reference_arm ? " (reference)" : "");
    }
    return text + "\n";
}

const Arm& arm_named(const Scenario& scenario, const std::string& name) {
    if (name.empty()) return scenario.arms[scenario.reference_arm];
    std::vector<std::string> known;
    for (const Arm& arm : scenario.arms) {
        if (arm.name == name) return arm;
        known.push_back(arm.name);
    }
    const std::string nearest = nearest_name(name, known);
    throw UserError("--arm: there is no arm '" + name + "'" +
                    (nearest.empty() ? "" : ", did you mean '" + nearest + "'?"));
}

}  // namespace

int run_describe(const std::vector<std::string>& arguments) {
    const Command command = describe_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    const Scenario scenario = load("describe", line);
    const Arm& arm = arm_named(scenario, line.text("arm"));
    if (line.has("dot")) {
        std::cout << pathway_as_graph(scenario, arm);
        return 0;
    }
    const experiment::CompiledStudy study(scenario);
    std::cout << study_in_words(scenario) << pathway_in_words(scenario, arm)
              << staffing_in_words(scenario, study.staffing()) << simulation_in_words(scenario, study)
              << parameters_in_words(scenario, study.parameters());
    return 0;
}

}  // namespace vfm::program
