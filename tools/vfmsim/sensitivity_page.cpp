#include "sensitivity_page.hpp"

#include "sensitivity_sections.hpp"
#include "study_words.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

std::string opening(const inquiry::SensitivityFindings& findings) {
    const inquiry::Question& question = findings.question;
    const std::string how =
        findings.draws > 0
            ? fmt::format("{} draws x {} replications, as they are in the file",
                          number(static_cast<double>(findings.draws), 0), findings.replications)
            : fmt::format("one-way runs of {} replications, every point with the same families",
                          findings.replications);
    std::string text = findings.source.title + "\n";
    text += wrap_text(fmt::format("{}: {}. Reference arm: {}.", findings.source.file, how,
                                  question.arms[question.reference]));
    text += wrap_text(fmt::format(
        "{} Net benefit: what the {} is worth at a threshold, less cost, in {}{}.",
        costs_sentence({.perspective = question.basis.perspective,
                        .price_year = findings.source.price_year,
                        .own_price_year = findings.source.price_year,
                        .discount_rate = findings.source.discount_rate,
                        .origin = question.origin}),
        in_words(question.basis.effect), money_unit(findings),
        findings.families == 0 ? "" : (findings.draws > 0 ? " (measured, mean)" : " (measured, base run)")));
    if (findings.draws > 0 && findings.replications == 1) {
        text += wrap_text(
            "One replication a draw: the noise inside draws cannot be told from parameters, and is in what "
            "follows.");
    }
    text += wrap_text(fmt::format(
        "Thresholds: {} a unit of {} ({}). {} These are places to look from, not recommendations.",
        thresholds_text(question.thresholds.values), in_words(question.basis.effect),
        thresholds_chosen_by(question.thresholds),
        inquiry::no_threshold_sentence(question.origin, question.basis.effect)));
    text += wrap_text(
        "What follows rests on the study's assumptions: it says which of them the answer hangs on, and what "
        "would have to be true for another answer. A normal unit is one standard deviation of a parameter's "
        "own uncertainty, as on a normal curve: beyond two lies one value in 40, beyond three one in 740.");
    return text;
}

}  // namespace

std::string sensitivity_page(const inquiry::SensitivityFindings& findings, std::size_t top) {
    std::string page = opening(findings);
    for (std::size_t threshold = 0; threshold < findings.question.thresholds.values.size(); ++threshold) {
        const PageView view{findings, threshold, top};
        page += "\n" + threshold_heading(view);
        page += what_would_have_to_be_true(view);
        page += tornado(view);
        page += switching_values(view);
        page += variance_indices(view);
    }
    return page;
}

}  // namespace vfm::program
