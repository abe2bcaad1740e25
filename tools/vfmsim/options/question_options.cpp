#include "question_options.hpp"

#include "threshold_options.hpp"

#include <utility>

namespace vfm::program {

std::vector<CommandOption> question_options(const std::string& thresholds_help) {
    using Kind = CommandOption::Kind;
    std::vector<CommandOption> options = {
        {"reference", Kind::single, "ARM", "the arm that differences are from (the study's)"},
        {"perspective", Kind::single, "NAME", "whose costs are counted (the study's first)"},
        {"effect", Kind::single, "MEASURE", "the additive measure that arms are valued by (composite)"}};
    for (CommandOption& option : threshold_options(thresholds_help)) options.push_back(std::move(option));
    return options;
}

inquiry::QuestionChoices question_choices(const CommandLine& line) {
    return {.reference = line.text("reference"),
            .perspective = line.text("perspective"),
            .effect = line.text("effect"),
            .thresholds = inquiry::in_order(given_thresholds(line))};
}

}  // namespace vfm::program
