#include "vfm/inquiry/question.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::inquiry {

Question question_of(const results::Layout& layout, decision::Origin origin, const QuestionChoices& choices) {
    if (layout.arms.size() < 2) {
        throw UserError("this is about choosing between arms, and the study has only one");
    }
    Question question;
    question.arms = layout.arms;
    question.origin = origin;
    question.reference = decision::reference_arm(layout, choices.reference);
    if (!choices.arm.empty()) {
        question.arm = decision::place_of(choices.arm, layout.arms, "arm");
        if (question.arm == question.reference) {
            throw UserError(fmt::format("--arm: {} is the reference itself, name another arm or --reference",
                                        choices.arm));
        }
    }
    question.basis =
        decision::chosen_basis(layout, {.perspective = choices.perspective, .effect = choices.effect});
    const std::vector<std::string> measures = decision::additive_measures(layout);
    if (question.basis.cost.empty()) {
        throw UserError("the file has no additive measure of costs, so arms cannot be judged by them");
    }
    if (question.basis.effect.empty()) {
        throw UserError(
            fmt::format("the file has no measure 'composite' to judge arms by, name another with "
                        "--effect: it has {}",
                        fmt::join(measures, ", ")));
    }
    question.counts_families =
        std::find(measures.begin(), measures.end(), families_measure) != measures.end();
    question.thresholds.values = choices.thresholds;
    return question;
}

Question with_default_thresholds(Question question, std::span<const decision::CostAndEffect> arms) {
    if (!question.thresholds.values.empty()) return question;
    question.thresholds = between_changes(arms);
    if (question.thresholds.values.empty()) {
        throw UserError(
            "no threshold is given, and none can be taken from the data: by mean cost and effect the same "
            "arm is the best whatever a unit of effect is worth. " +
            no_threshold_sentence(question.origin, question.basis.effect) +
            " Say what a unit may be worth with --thresholds GBP,...");
    }
    return question;
}

std::string no_threshold_sentence(decision::Origin origin, const std::string& effect) {
    const std::string unit = decision::in_words(effect);
    return origin == decision::Origin::imported
               ? fmt::format("vfmsim assumes no willingness to pay for a unit of {}.", unit)
               : fmt::format("No official willingness to pay for a unit of {} exists, so none is assumed.",
                             unit);
}

}  // namespace vfm::inquiry
