#include "vfm/report/sensitivity_report.hpp"

#include "sensitivity_page.hpp"
#include "sensitivity_tables.hpp"

#include "vfm/decision/basis.hpp"
#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using inquiry::SensitivityFindings;

std::vector<std::pair<std::string, Setting>> sensitivity_settings(const SensitivityFindings& found,
                                                                  const MoneyUnit& money) {
    const inquiry::Question& question = found.question;
    return {{"file", found.source.file},
            {"title", found.source.title},
            {"reference_arm", question.arms[question.reference]},
            {"perspective", question.basis.perspective},
            {"cost", question.basis.cost},
            {"effect", question.basis.effect},
            {"price_year", static_cast<double>(found.source.price_year)},
            {"discount_rate", found.source.discount_rate},
            {"design", std::string(found.draws > 0 ? "given_data" : "designed_runs")},
            {"draws", static_cast<double>(found.draws)},
            {"replications", static_cast<double>(found.replications)},
            {"sobol_rows", static_cast<double>(found.rows)},
            {"thresholds", thresholds_text(found.thresholds())},
            {"thresholds_chosen_by", thresholds_chosen_by(question.thresholds)},
            {"money", money.name},
            {"families", money.divisor}};
}

std::vector<std::string> sensitivity_opening(const SensitivityFindings& found, const MoneyUnit& money) {
    const inquiry::Question& question = found.question;
    const std::string effect = decision::in_words(question.basis.effect);
    const bool given = found.draws > 0;
    const std::string how =
        given ? fmt::format("{} x {}, as they are in the file", counted(found.draws, "draw"),
                            counted(found.replications, "replication"))
              : fmt::format("one-way runs of {}, every point with the same families",
                            counted(found.replications, "replication"));
    const char* which = given ? " (measured, mean)" : " (measured, base run)";
    std::vector<std::string> opening = {
        fmt::format("{}: {}. Reference arm: {}.", found.source.file, how, question.arms[question.reference]),
        fmt::format("{} Net benefit: what the {} is worth at a threshold, less cost, in {}{}.",
                    costs_sentence({.perspective = question.basis.perspective,
                                    .price_year = found.source.price_year,
                                    .own_price_year = found.source.price_year,
                                    .discount_rate = found.source.discount_rate,
                                    .origin = question.origin}),
                    effect, money.name, found.families > 0 ? which : "")};
    if (given && found.replications == 1) {
        opening.emplace_back(
            "One replication a draw: the noise inside draws cannot be told from parameters, and is in what "
            "follows.");
    }
    opening.push_back(fmt::format(
        "Thresholds: {} a unit of {}, chosen by {}. {} These are places to look from, not recommendations.",
        thresholds_text(found.thresholds()), effect, thresholds_chosen_by(question.thresholds),
        inquiry::no_threshold_sentence(question.origin, question.basis.effect)));
    opening.emplace_back(
        "What follows rests on the study's assumptions: it says which of them the answer hangs on, and what "
        "would have to be true for another answer. A normal unit is one standard deviation of a parameter's "
        "own uncertainty, as on a normal curve: beyond two lies one value in 40, beyond three one in 740.");
    return opening;
}

Section threshold_chapter(const SensitivityPage& page) {
    return {.rank = Section::Rank::chapter,
            .heading = fmt::format("At {} a unit of {}",
                                   thresholds_text({&page.found.thresholds()[page.threshold], 1}),
                                   decision::in_words(page.found.question.basis.effect)),
            .notes = {fmt::format("{}, {} is the best arm.",
                                  page.found.draws > 0 ? "By mean net benefit over the draws"
                                                       : "Where every parameter has its mean",
                                  page.arm(page.best()))}};
}

}  // namespace

Report sensitivity_report(const SensitivityFindings& findings, std::size_t top) {
    const MoneyUnit money = money_unit(findings.families, findings.question.origin);
    Report report{.command = "sensitivity",
                  .title = findings.source.title.empty() ? findings.source.file : findings.source.title,
                  .opening = sensitivity_opening(findings, money),
                  .settings = sensitivity_settings(findings, money),
                  .tables = sensitivity_tables(findings)};
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        const SensitivityPage page{
            .found = findings, .report = report, .money = money, .threshold = threshold, .top = top};
        std::vector<Section> sections = {threshold_chapter(page)};
        for (auto part : {what_would_have_to_be_true, tornado, switching_values, variance_indices}) {
            for (Section& section : part(page)) sections.push_back(std::move(section));
        }
        for (Section& section : sections) report.sections.push_back(std::move(section));
    }
    return report;
}

}  // namespace vfm::report
