#include "sensitivity_question.hpp"

#include "results_input.hpp"
#include "study_words.hpp"
#include "tables.hpp"
#include "threshold_grid.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

/// Three significant digits: a default need not look more exact than it is.
double rounded(double value) {
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    return std::round(value / unit) * unit;
}

}  // namespace

std::vector<CommandOption> question_options() {
    using Kind = CommandOption::Kind;
    std::vector<CommandOption> options = {
        {"arm", Kind::single, "ARM", "the arm that the page is about (the best one but the reference)"},
        {"reference", Kind::single, "ARM", "the arm that differences are from (the study's)"},
        {"perspective", Kind::single, "NAME", "whose costs are counted (the study's first)"},
        {"effect", Kind::single, "MEASURE", "the additive measure that arms are valued by (composite)"}};
    const std::vector<CommandOption> thresholds = threshold_options(
        "what a unit of effect is worth (none is assumed: by default one where each arm of the frontier is "
        "the best)");
    options.insert(options.end(), thresholds.begin(), thresholds.end());
    return options;
}

Question question_of(const CommandLine& line, const results::Layout& layout) {
    Question question;
    question.arms = layout.arms;
    if (layout.arms.size() < 2) throw UserError("sensitivity compares arms, and this study has one only");
    const std::string reference = line.has("reference") ? line.text("reference") : layout.reference_arm;
    if (!reference.empty()) question.reference = place_of(reference, layout.arms, "arm");
    if (line.has("arm")) {
        question.arm = place_of(line.text("arm"), layout.arms, "arm");
        if (question.arm == question.reference) {
            throw UserError(fmt::format("--arm: {} is the reference itself, name another arm or --reference",
                                        line.text("arm")));
        }
    }
    if (line.has("perspective")) {
        question.perspective =
            layout.perspectives[place_of(line.text("perspective"), layout.perspectives, "perspective")];
    } else if (!layout.perspectives.empty()) {
        question.perspective = layout.perspectives.front();
    }
    const std::vector<std::string> measures = additive_measures(layout);
    question.cost = measures[place_of("cost_" + question.perspective, measures, "additive measure")];
    const std::string effect = line.has("effect") ? line.text("effect") : default_effect(measures);
    question.effect = measures[place_of(effect, measures, "additive measure")];
    if (std::find(measures.begin(), measures.end(), "families") != measures.end()) {
        question.families = "families";
    }
    question.thresholds = in_order(given_thresholds(line));
    question.thresholds_origin = "as given";
    constexpr std::size_t most = 50;
    if (question.thresholds.size() > most) {
        throw UserError(fmt::format("sensitivity takes at most {} thresholds, give fewer", most));
    }
    return question;
}

void take_default_thresholds(Question& question, std::span<const decision::CostAndEffect> arms) {
    if (!question.thresholds.empty()) return;
    std::vector<double> changes;
    for (const decision::IncrementalRow& row : decision::incremental_table(arms)) {
        if (std::isfinite(row.icer) && row.icer > 0) changes.push_back(row.icer);
    }
    if (changes.empty()) {
        throw UserError(
            "no threshold is given, and none can be taken from the data: by mean cost and effect the same "
            "arm is the best whatever a unit of effect is worth. " +
            no_threshold_sentence(question.origin, question.effect) +
            " Say what a unit may be worth with --thresholds GBP,...");
    }
    std::sort(changes.begin(), changes.end());
    question.thresholds.push_back(rounded(changes.front() / 2));
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
        question.thresholds.push_back(std::sqrt(changes[i] * changes[i + 1]));
    }
    question.thresholds.push_back(rounded(2 * changes.back()));
    std::string places;
    for (const double change : changes) places += (places.empty() ? "GBP " : ", ") + number(change, 0);
    question.thresholds_origin = fmt::format(
        "one in each stretch between the thresholds at which the best arm by means changes ({})", places);
}

}  // namespace vfm::program
