#include "vfm/report/voi_report.hpp"

#include "voi_tables.hpp"

#include "vfm/decision/basis.hpp"
#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::report {

namespace {

using inquiry::AskedSet;
using inquiry::RankedSet;
using inquiry::SetKind;
using inquiry::VoiFindings;

constexpr std::size_t most_told = 3;

/// Thresholds below one keep the digits that tell them apart.
constexpr Precision of_voi_thresholds = {.rule = Precision::Rule::column_or_whole};

/// What is laid out, and the money that people see it in.
struct VoiPage {
    const VoiFindings& found;
    MoneyUnit money;
    int value_decimals = 0;

    [[nodiscard]] const std::vector<double>& thresholds() const { return found.question.thresholds.values; }
    [[nodiscard]] bool one_threshold() const { return thresholds().size() == 1; }
    [[nodiscard]] const AskedSet& asked(const RankedSet& row) const { return found.asked.sets[row.set]; }
    /// A value in the shown unit.
    [[nodiscard]] std::string worth(double value) const {
        return number(value / money.divisor, value_decimals);
    }
    /// Columns of values.
    [[nodiscard]] Shown value(std::string heading, std::vector<Source> cells) const {
        return {.heading = std::move(heading),
                .cells = std::move(cells),
                .between = " ±",
                .part = Part::with_error,
                .precision = decimals(value_decimals),
                .factor = 1 / money.divisor};
    }
    /// What values that are not of one threshold are: the mean over which.
    [[nodiscard]] std::string averaged() const {
        if (one_threshold()) return fmt::format("at {} a unit", thresholds_text(thresholds()));
        return fmt::format("mean over the thresholds ({}), each as likely", thresholds_text(thresholds()));
    }
};

std::string matrix_in_words(const decision::ConditionalMeans& means) {
    switch (means.source) {
        case decision::MeanSource::regression:
            return fmt::format(
                "draws' means with the noise of simulated families taken out, by regression on all "
                "parameters ({} terms)",
                means.terms);
        case decision::MeanSource::few_draws:
            return "draws' means with the noise of simulated families taken out, without a regression: "
                   "there are too few draws for so many parameters";
        case decision::MeanSource::noiseless:
            return "draws' means as they are: all replications of a draw are the same";
        case decision::MeanSource::at_face_value:
            break;
    }
    return "taken at face value: one replication a draw, so noise inside draws, if any, counts as "
           "uncertainty and values are too high";
}

std::string evidence_in_words(inquiry::DependenceEvidence evidence) {
    return evidence == inquiry::DependenceEvidence::declared
               ? "as the scenario declares"
               : "as the draws show: rank correlation beyond five standard errors";
}

std::string population_in_words(const VoiFindings& found) {
    const inquiry::PopulationValue& value = *found.population;
    const inquiry::DeclaredPopulation& population = value.population;
    const bool imported = found.question.origin == decision::Origin::imported;
    return fmt::format(
        "{} {} a year over {}, {}{}", number(population.families_per_year, 0),
        imported ? "people" : "families", counted(population.horizon_years, "year"),
        value.schedule.empty()
            ? fmt::format("{:g} % a year discounted from the second year on", 100 * population.discount_rate)
            : fmt::format("discounted from the second year on by the falling rates of {}", value.schedule),
        imported ? ", a row of the sample taken to be of one person" : "");
}

std::vector<std::pair<std::string, Setting>> voi_settings(const VoiFindings& found) {
    std::vector<std::pair<std::string, Setting>> settings = {
        {"file", found.source.file},
        {"title", found.source.title},
        {"reference_arm", found.question.arms[found.question.reference]},
        {"perspective", found.question.basis.perspective},
        {"cost", found.question.basis.cost},
        {"effect", found.question.basis.effect},
        {"price_year", static_cast<double>(found.source.price_year)},
        {"draws", static_cast<double>(found.draws)},
        {"replications", static_cast<double>(found.replications)}};
    const auto set = [&settings](const char* name, Setting value) {
        settings.emplace_back(name, std::move(value));
    };
    if (found.families > 0) set("families_a_programme", found.families);
    set("thresholds", thresholds_text(found.question.thresholds.values));
    set("thresholds_chosen_by", thresholds_chosen_by(found.question.thresholds));
    set("matrix", matrix_name(found.means.source));
    set("matrix_in_words", matrix_in_words(found.means));
    set("correlated_parameters", evidence_in_words(found.asked.evidence));
    if (found.population) set("population", population_in_words(found));
    return settings;
}

std::vector<std::string> voi_opening(const VoiPage& page) {
    const VoiFindings& found = page.found;
    const inquiry::Question& question = found.question;
    const bool imported = question.origin == decision::Origin::imported;
    return {fmt::format("{}: {}, {} x {}. Reference arm: {}. Effect: {}.", found.source.file,
                        counted(question.arms.size(), "arm"), counted(found.draws, "draw"),
                        counted(found.replications, "replication"), question.arms[question.reference],
                        question.basis.effect),
            fmt::format("{} Values are {}{}.",
                        costs_sentence({.perspective = question.basis.perspective,
                                        .price_year = found.source.price_year,
                                        .own_price_year = found.source.price_year,
                                        .discount_rate = found.source.discount_rate,
                                        .origin = question.origin}),
                        page.money.name,
                        imported ? ", as imported; what a row stands for is the other model's to say" : ""),
            fmt::format("Thresholds, what a unit of effect is worth: {}, chosen by {}. {}",
                        thresholds_text(page.thresholds()), thresholds_chosen_by(question.thresholds),
                        inquiry::no_threshold_sentence(question.origin, question.basis.effect))};
}

std::size_t above_chance(const std::vector<RankedSet>& ranking) {
    return static_cast<std::size_t>(std::count_if(ranking.begin(), ranking.end(),
                                                  [](const RankedSet& row) { return row.distinguishable; }));
}

std::vector<std::string> names_of_members(const VoiPage& page, const AskedSet& asked) {
    std::vector<std::string> names;
    for (const std::size_t member : asked.set.members) names.push_back(page.found.parameters[member].name);
    return names;
}

/// A set by all its names where they are few.
std::string told_name(const VoiPage& page, const AskedSet& asked) {
    constexpr std::size_t few = 4;
    if (asked.set.members.size() == 1 || asked.set.members.size() > few) return asked.set.name;
    std::vector<std::string> names = names_of_members(page, asked);
    const std::string last = names.back();
    names.pop_back();
    return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

/// What the assumptions log says of a set's members: the commonest quality, and whether it is not all.
std::string evidence_now(const VoiPage& page, const AskedSet& asked) {
    std::map<std::string, std::size_t> counts;
    for (const std::size_t member : asked.set.members) ++counts[page.found.parameters[member].quality];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (counts.size() == 1) return most->first;
    return fmt::format("{} {} of {}", most->first, most->second, asked.set.members.size());
}

/// The first of the ranking in sentences that need no table.
Section what_to_measure_next(const VoiPage& page) {
    const std::vector<RankedSet>& ranking = page.found.ranking;
    if (ranking.empty())
        return {.notes = {"Nothing is uncertain in this study: there is nothing to measure."}};
    if (above_chance(ranking) == 0) {
        return {
            .notes = {"No parameter is worth knowing on its own, as far as these draws can tell: each value "
                      "is what chance alone gives. Look at groups, or run more draws."}};
    }
    Section section{.heading = "What to measure next: " + page.averaged(), .marks = Section::Marks::numbers};
    for (std::size_t i = 0; i < std::min(most_told, above_chance(ranking)); ++i) {
        const AskedSet& asked = page.asked(ranking[i]);
        section.items.push_back(fmt::format(
            "{}: knowing {} would be worth GBP {} {}, {} % of knowing everything; now known from: {}.",
            told_name(page, asked), asked.set.members.size() > 1 ? "them" : "it",
            page.worth(ranking[i].value), page.money.name.substr(page.money.name.find(' ') + 1),
            number(100 * ranking[i].share, 0), evidence_now(page, asked)));
    }
    return section;
}

/// Rows that are shown of so many, the first and the last among them.
std::vector<std::size_t> spread_rows(std::size_t count) {
    constexpr std::size_t most = 9;
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < std::min(count, most); ++i) {
        rows.push_back(count <= most ? i : i * (count - 1) / (most - 1));
    }
    return rows;
}

Section knowing_everything(const VoiPage& page) {
    Section section{.heading =
                        fmt::format("Knowing everything (EVPI): what it would be worth to know every "
                                    "uncertain parameter before choosing an arm, {}, ± a standard error",
                                    page.money.name)};
    section.view = View{
        .table = "evpi",
        .rows = spread_rows(page.found.evpi.size()),
        .columns = {
            {.heading = "threshold, GBP", .cells = {{.column = "threshold"}}, .precision = of_voi_thresholds},
            {.heading = "best arm by mean", .cells = {{.column = "best"}}, .wrap = 20},
            page.value("fitted", {{.column = "fitted"}}),
            page.value("cross-fitted (from below)", {{.column = "cross_fitted"}}),
            page.value("naive (from above)", {{.column = "naive"}})}};
    const std::size_t left_out = page.found.evpi.size() - section.view->rows.size();
    if (left_out > 0)
        section.notes.push_back(fmt::format("{} more thresholds: --format csv or json", left_out));
    return section;
}

/// The first rows of a ranking, with the members of blocks, and what came into groups because it is
/// correlated with a member.
Section ranking_section(const VoiPage& page, const std::string& table, const std::vector<RankedSet>& ranking,
                        std::size_t most) {
    Section section;
    section.view = View{.table = table,
                        .columns = {{.heading = "", .cells = {{.column = "name"}}},
                                    page.value("worth", {{.column = "value"}, {.column = "standard_error"}}),
                                    page.value("chance gives up to", {{.column = "null"}}),
                                    {.heading = "share of EVPI, %",
                                     .cells = {{.column = "share_of_evpi"}},
                                     .precision = decimals(0),
                                     .wrap = 9},
                                    {.heading = "most at threshold",
                                     .cells = {{.column = "best_threshold"}},
                                     .precision = of_voi_thresholds,
                                     .wrap = 9}}};
    section.view->columns[2].wrap = 10;
    std::vector<std::string> nothing;
    for (std::size_t i = 0; i < std::min(most, ranking.size()); ++i) {
        const AskedSet& asked = page.asked(ranking[i]);
        section.view->rows.push_back(i);
        if (!ranking[i].distinguishable) nothing.push_back(asked.set.name);
        if (asked.kind == SetKind::correlated) {
            section.items.push_back(
                fmt::format("{}: {}", asked.set.name, fmt::join(names_of_members(page, asked), ", ")));
        } else if (!asked.added.empty()) {
            section.items.push_back(fmt::format("{} has {} in it, because others are correlated with them",
                                                asked.set.name, fmt::join(asked.added, ", ")));
        }
    }
    if (!nothing.empty()) {
        section.notes.push_back(fmt::format("Not distinguishable from zero: {}.", fmt::join(nothing, ", ")));
    }
    return section;
}

Section knowing_parameters(const VoiPage& page) {
    constexpr std::size_t most_shown = 12;
    const std::vector<RankedSet>& ranking = page.found.ranking;
    if (ranking.empty()) return {};
    const std::size_t found = above_chance(ranking);
    const std::size_t most = std::clamp<std::size_t>(found, 1, most_shown);
    Section section = ranking_section(page, "measure_next", ranking, most);
    section.heading = fmt::format("Knowing one parameter, or one block of correlated ones (EVPPI), {}, {}",
                                  page.money.name, page.averaged());
    if (ranking.size() > found) {
        section.notes.push_back(
            fmt::format("{} of {} are not distinguishable from zero: one in twenty of those worth nothing "
                        "would seem to be worth something.",
                        ranking.size() - found, ranking.size()));
    }
    if (found > most) {
        section.notes.push_back(fmt::format("{} more above chance: --format csv or json", found - most));
    }
    return section;
}

Section knowing_groups(const VoiPage& page) {
    const std::vector<RankedSet>& ranking = page.found.group_ranking;
    if (ranking.empty()) return {};
    Section section = ranking_section(page, "groups", ranking, ranking.size());
    section.heading = fmt::format("Knowing a group at once, {}, {}", page.money.name, page.averaged());
    return section;
}

/// The most that evidence can be worth: a mean over thresholds is no such ceiling.
std::string ceiling_sentence(const VoiPage& page) {
    const auto& evpi = page.found.evpi;
    const auto largest = std::max_element(evpi.begin(), evpi.end(), [](const auto& a, const auto& b) {
        return a.fitted.value < b.fitted.value;
    });
    const std::string worth = "GBP " + number(page.found.population->factor * largest->fitted.value, 0);
    if (page.one_threshold()) {
        return fmt::format("At this threshold no study of these parameters can be worth more than {}.",
                           worth);
    }
    return fmt::format(
        "At none of these thresholds can a study of these parameters be worth more than {} (at {} a unit).{}",
        worth, thresholds_text({&largest->threshold, 1}),
        largest->threshold == page.thresholds().back()
            ? " It is largest at the last of them: above it, it may be more."
            : "");
}

Section over_the_population(const VoiPage& page) {
    if (!page.found.population) return {};
    View view{.table = "population", .rows = {0}};
    std::size_t first = 1;
    for (const std::vector<RankedSet>* ranking : {&page.found.ranking, &page.found.group_ranking}) {
        const std::size_t told = std::min(most_told, above_chance(*ranking));
        for (std::size_t i = 0; i < told; ++i) view.rows.push_back(first + i);
        first += ranking->size();
    }
    const auto column = [](const char* heading, const char* name) {
        return Shown{.heading = heading, .cells = {{.column = name}}, .precision = decimals(0)};
    };
    view.columns = {column("knowing", "name"), column("kind", "kind"),
                    column(page.one_threshold() ? "worth" : "mean", "mean")};
    if (!page.one_threshold()) {
        view.columns.push_back(column("largest", "largest"));
        view.columns.push_back(
            {.heading = "at threshold", .cells = {{.column = "threshold"}}, .precision = of_voi_thresholds});
    }
    return {.heading = fmt::format("Over {}, GBP: {}{}", population_in_words(page.found), page.averaged(),
                                   page.one_threshold() ? "" : "; and at the threshold where it is largest"),
            .view = std::move(view),
            .notes = {ceiling_sentence(page)}};
}

Section where_numbers_come_from(const VoiPage& page) {
    const decision::ConditionalMeans& means = page.found.means;
    Section section{.notes = {"Where the numbers come from: " + matrix_in_words(means) + "."}};
    double noise = 0;
    double least = 1;
    double left = 0;
    for (const auto* checks : {&means.cost, &means.effect}) {
        for (std::size_t arm = 0; arm < checks->size(); ++arm) {
            const decision::MeanCheck& check = (*checks)[arm];
            if (arm == page.found.question.reference || !(check.between_variance > 0)) continue;
            noise = std::max(noise, check.noise_share);
            least = std::min(least, check.explained_share);
            if (check.residual_ratio > left) left = check.residual_ratio;
        }
    }
    if (means.source == decision::MeanSource::regression) {
        section.notes.push_back(fmt::format(
            "The check: noise is at most {} % of the variance of draws' differences from the reference; the "
            "regression explains at least {} % of the rest, and leaves at most {} times the variance of "
            "noise, of which the matrix keeps what replications show.",
            number(100 * noise, 0), number(100 * std::min(1.0, least), 0), number(left, 1)));
    }
    section.notes.push_back(
        fmt::format("Parameters are correlated {}. Standard errors suppose independent draws: for a Sobol or "
                    "Latin hypercube design they are too large.",
                    evidence_in_words(page.found.asked.evidence)));
    return section;
}

/// Decimals for values in the shown unit.
int decimals_of_values(const VoiFindings& found, double divisor) {
    std::vector<double> values;
    for (const decision::EvpiPoint& point : found.evpi) values.push_back(point.fitted.value / divisor);
    return decimals_for(values, 3);
}

}  // namespace

Report voi_report(const VoiFindings& findings) {
    Report report{.command = "voi",
                  .title = findings.source.title.empty() ? findings.source.file : findings.source.title,
                  .settings = voi_settings(findings),
                  .tables = voi_tables(findings)};
    const MoneyUnit money = money_unit(findings.families, findings.question.origin);
    const VoiPage page{
        .found = findings, .money = money, .value_decimals = decimals_of_values(findings, money.divisor)};
    report.opening = voi_opening(page);
    report.sections = {what_to_measure_next(page), knowing_everything(page),  knowing_parameters(page),
                       knowing_groups(page),       over_the_population(page), where_numbers_come_from(page)};
    return report;
}

}  // namespace vfm::report
