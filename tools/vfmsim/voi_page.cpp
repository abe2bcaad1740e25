#include "voi_page.hpp"

#include "study_words.hpp"
#include "tables.hpp"
#include "voi_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::program {

namespace {

constexpr std::size_t shown_thresholds = 9;
constexpr std::size_t shown_sets = 12;
constexpr std::size_t told_sets = 3;

/// Everything a section needs, and the unit that values are shown in.
struct Shown {
    const inquiry::VoiFindings& findings;
    double scale = 1;  ///< from GBP a replication
    std::string unit;

    [[nodiscard]] double operator()(double value) const { return value * scale; }
};

/// Decimals for values in the shown unit.
int decimals_of(const Shown& shown) {
    std::vector<double> values;
    for (const decision::EvpiPoint& point : shown.findings.evpi) values.push_back(shown(point.fitted.value));
    return decimals_for(values, 3);
}

std::vector<std::size_t> some_of(std::size_t count) {
    std::vector<std::size_t> places;
    if (count <= shown_thresholds) {
        for (std::size_t i = 0; i < count; ++i) places.push_back(i);
        return places;
    }
    for (std::size_t i = 0; i < shown_thresholds; ++i) {
        places.push_back(i * (count - 1) / (shown_thresholds - 1));
    }
    return places;
}

std::string with_error(double value, double error, int decimals) {
    return std::isnan(value) ? "-" : fmt::format("{} ±{}", number(value, decimals), number(error, decimals));
}

/// What values that are not of one threshold are: the mean over which.
std::string averaged(const Shown& shown) {
    const std::vector<double>& thresholds = shown.findings.question.thresholds.values;
    if (thresholds.size() == 1) return fmt::format("at {} a unit", thresholds_text(thresholds));
    return fmt::format("mean over the thresholds ({}), each as likely", thresholds_text(thresholds));
}

std::string evpi_section(const Shown& shown) {
    const int decimals = decimals_of(shown);
    const auto cell = [&](const decision::WithError& estimate) {
        return with_error(shown(estimate.value), shown(estimate.standard_error), decimals);
    };
    using Align = TextTable::Column::Align;
    TextTable table{.columns = {{.heading = "threshold, GBP"},
                                {.heading = "best arm by mean", .align = Align::left, .wrap = 20},
                                {.heading = "fitted"},
                                {.heading = "cross-fitted (from below)"},
                                {.heading = "naive (from above)"}},
                    .rows = {}};
    for (const std::size_t i : some_of(shown.findings.evpi.size())) {
        const decision::EvpiPoint& point = shown.findings.evpi[i];
        table.rows.push_back({number(point.threshold, 0), shown.findings.question.arms[point.best],
                              cell(point.fitted), cell(point.cross_fitted), cell(point.naive)});
    }
    std::string text =
        wrap_text(fmt::format("Knowing everything (EVPI): what it would be worth to know every uncertain "
                              "parameter before choosing an arm, {}, ± a standard error",
                              shown.unit));
    text += render(table);
    const std::size_t left_out = shown.findings.evpi.size() - table.rows.size();
    if (left_out > 0) text += fmt::format("{} more thresholds: --format csv or json\n", left_out);
    return text;
}

/// What the assumptions log says of a set's members: the commonest quality, and whether it is not all.
std::string evidence_now(const inquiry::VoiFindings& findings, const inquiry::AskedSet& asked) {
    std::map<std::string, std::size_t> counts;
    for (const std::size_t member : asked.set.members) ++counts[findings.parameters[member].quality];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (counts.size() == 1) return most->first;
    return fmt::format("{} {} of {}", most->first, most->second, asked.set.members.size());
}

std::string ranking_text(const Shown& shown, const std::vector<inquiry::RankedSet>& ranking,
                         std::size_t most) {
    const int decimals = decimals_of(shown);
    TextTable table{.columns = {{.heading = ""},
                                {.heading = "worth"},
                                {.heading = "chance gives up to", .wrap = 10},
                                {.heading = "share of EVPI, %", .wrap = 9},
                                {.heading = "most at threshold", .wrap = 9}},
                    .rows = {}};
    std::string nothing;
    for (std::size_t i = 0; i < std::min(most, ranking.size()); ++i) {
        const inquiry::RankedSet& row = ranking[i];
        const std::string& name = shown.findings.asked.sets[row.set].set.name;
        table.rows.push_back({name, with_error(shown(row.value), shown(row.standard_error), decimals),
                              number(shown(row.null), decimals), number(100 * row.share, 0),
                              row.distinguishable ? number(row.best_threshold, 0) : "-"});
        if (!row.distinguishable) nothing += (nothing.empty() ? "" : ", ") + name;
    }
    std::string text = render(table);
    if (!nothing.empty()) text += wrap_text("Not distinguishable from zero: " + nothing + ".");
    return text;
}

std::size_t distinguishable(const std::vector<inquiry::RankedSet>& ranking) {
    return static_cast<std::size_t>(std::count_if(
        ranking.begin(), ranking.end(), [](const inquiry::RankedSet& row) { return row.distinguishable; }));
}

/// A set among others: a declared group may have the name of a parameter.
std::string name_and_kind(const inquiry::AskedSet& asked) {
    return asked.kind == inquiry::SetKind::group ? asked.set.name + " (group)" : asked.set.name;
}

std::string listed(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

/// The members of blocks, and what came into groups because it is correlated with a member.
std::string members_notes(const Shown& shown, const std::vector<inquiry::RankedSet>& ranking,
                          std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, ranking.size()); ++i) {
        const inquiry::AskedSet& asked = shown.findings.asked.sets[ranking[i].set];
        std::vector<std::string> names;
        for (const std::size_t member : asked.set.members) {
            names.push_back(shown.findings.parameters[member].name);
        }
        if (asked.kind == inquiry::SetKind::correlated) {
            text += wrap_text(fmt::format("  {}: {}", asked.set.name, listed(names)), page_width, 4);
        } else if (!asked.added.empty()) {
            text += wrap_text(fmt::format("  {} has {} in it, because others are correlated with them",
                                          name_and_kind(asked), listed(asked.added)),
                              page_width, 4);
        }
    }
    return text;
}

/// A set by all its names where they are few.
std::string told_name(const inquiry::VoiFindings& findings, const inquiry::AskedSet& asked) {
    constexpr std::size_t few = 4;
    if (asked.set.members.size() == 1 || asked.set.members.size() > few) return asked.set.name;
    std::vector<std::string> names;
    for (const std::size_t member : asked.set.members) names.push_back(findings.parameters[member].name);
    const std::string last = names.back();
    names.pop_back();
    return listed(names) + " and " + last;
}

/// The first of the ranking in sentences that need no table.
std::string in_words(const Shown& shown) {
    const std::vector<inquiry::RankedSet>& ranking = shown.findings.ranking;
    const int decimals = decimals_of(shown);
    if (ranking.empty()) return "Nothing is uncertain in this study: there is nothing to measure.\n";
    if (distinguishable(ranking) == 0) {
        return wrap_text(
            "No parameter is worth knowing on its own, as far as these draws can tell: each value is "
            "what chance alone gives. Look at groups, or run more draws.");
    }
    std::string text = wrap_text(fmt::format("What to measure next: {}", averaged(shown)));
    for (std::size_t i = 0; i < std::min(told_sets, distinguishable(ranking)); ++i) {
        const inquiry::RankedSet& row = ranking[i];
        const inquiry::AskedSet& asked = shown.findings.asked.sets[row.set];
        text += wrap_text(
            fmt::format("{}. {}: knowing {} would be worth GBP {} {}, {} % of knowing everything; now known "
                        "from: {}.",
                        i + 1, told_name(shown.findings, asked), asked.set.members.size() > 1 ? "them" : "it",
                        number(shown(row.value), decimals), shown.unit.substr(shown.unit.find(' ') + 1),
                        number(100 * row.share, 0), evidence_now(shown.findings, asked)),
            page_width, 3);
    }
    return text;
}

std::string parameters_section(const Shown& shown) {
    const std::vector<inquiry::RankedSet>& ranking = shown.findings.ranking;
    if (ranking.empty()) return {};
    const std::size_t found = distinguishable(ranking);
    const std::size_t most = std::max<std::size_t>(1, std::min(shown_sets, found));
    std::string text =
        wrap_text(fmt::format("Knowing one parameter, or one block of correlated ones (EVPPI), {}, {}",
                              shown.unit, averaged(shown)));
    text += ranking_text(shown, ranking, most) + members_notes(shown, ranking, most);
    const std::size_t rest = ranking.size() - found;
    if (rest > 0) {
        text +=
            wrap_text(fmt::format("{} of {} are not distinguishable from zero: one in twenty of those worth "
                                  "nothing would seem to be worth something.",
                                  rest, ranking.size()));
    }
    if (found > most) text += fmt::format("{} more above chance: --format csv or json\n", found - most);
    return text;
}

std::string groups_section(const Shown& shown) {
    const std::vector<inquiry::RankedSet>& ranking = shown.findings.group_ranking;
    if (ranking.empty()) return {};
    return '\n' + wrap_text(fmt::format("Knowing a group at once, {}, {}", shown.unit, averaged(shown))) +
           ranking_text(shown, ranking, ranking.size()) + members_notes(shown, ranking, ranking.size());
}

std::string check_section(const Shown& shown) {
    const decision::ConditionalMeans& means = shown.findings.means;
    std::string text = wrap_text("Where the numbers come from: " + source_in_words(means) + ".");
    double noise = 0;
    double least = 1;
    double left = 0;
    for (const auto* checks : {&means.cost, &means.effect}) {
        for (std::size_t arm = 0; arm < checks->size(); ++arm) {
            if (arm == shown.findings.question.reference || !((*checks)[arm].between_variance > 0)) continue;
            noise = std::max(noise, (*checks)[arm].noise_share);
            least = std::min(least, (*checks)[arm].explained_share);
            if ((*checks)[arm].residual_ratio > left) left = (*checks)[arm].residual_ratio;
        }
    }
    if (means.source == decision::MeanSource::regression) {
        text += wrap_text(fmt::format(
            "The check: noise is at most {} % of the variance of draws' differences from the reference; the "
            "regression explains at least {} % of the rest, and leaves at most {} times the variance of "
            "noise, "
            "of which the matrix keeps what replications show.",
            number(100 * noise, 0), number(100 * std::min(1.0, least), 0), number(left, 1)));
    }
    text += wrap_text(
        fmt::format("Parameters are correlated {}. Standard errors suppose independent draws: for a "
                    "Sobol or Latin hypercube design they are too large.",
                    evidence_in_words(shown.findings.asked.evidence)));
    return text;
}

/// A value over the thresholds, where it is largest.
struct Largest {
    double value = 0;
    double threshold = 0;
};

Largest largest_evpi(const inquiry::VoiFindings& findings) {
    Largest largest{findings.evpi.front().fitted.value, findings.evpi.front().threshold};
    for (const decision::EvpiPoint& point : findings.evpi) {
        if (point.fitted.value > largest.value) largest = {point.fitted.value, point.threshold};
    }
    return largest;
}

Largest largest_evppi(const decision::Evppi& set) {
    Largest largest{set.curve.front().value, set.curve.front().threshold};
    for (const decision::EvppiPoint& point : set.curve) {
        if (point.value > largest.value) largest = {point.value, point.threshold};
    }
    return largest;
}

/// The most that evidence can be worth: a mean over thresholds is no such ceiling.
std::string ceiling(const inquiry::VoiFindings& findings, double factor) {
    const Largest largest = largest_evpi(findings);
    const std::string worth = "GBP " + number(factor * largest.value, 0);
    if (findings.question.thresholds.values.size() == 1) {
        return wrap_text(
            fmt::format("At this threshold no study of these parameters can be worth more than {}.", worth));
    }
    std::string text = fmt::format(
        "At none of these thresholds can a study of these parameters be worth more than {} (at {} a unit).",
        worth, thresholds_text({&largest.threshold, 1}));
    if (largest.threshold == findings.question.thresholds.values.back()) {
        text += " It is largest at the last of them: above it, it may be more.";
    }
    return wrap_text(text);
}

std::string population_section(const Shown& shown) {
    const inquiry::VoiFindings& findings = shown.findings;
    if (!findings.population) return {};
    const double factor = findings.population->factor;
    const bool one_threshold = findings.question.thresholds.values.size() == 1;
    TextTable table{.columns = {{.heading = "knowing"}, {.heading = one_threshold ? "worth" : "mean"}},
                    .rows = {}};
    if (!one_threshold) {
        table.columns.push_back({.heading = "largest"});
        table.columns.push_back({.heading = "at threshold"});
    }
    const auto add = [&](const std::string& name, double mean, const Largest& largest) {
        table.rows.push_back({name, number(factor * mean, 0)});
        if (one_threshold) return;
        table.rows.back().push_back(number(factor * largest.value, 0));
        table.rows.back().push_back(number(largest.threshold, 0));
    };
    add("everything", findings.mean_evpi, largest_evpi(findings));
    for (const std::vector<inquiry::RankedSet>* ranking : {&findings.ranking, &findings.group_ranking}) {
        for (std::size_t i = 0; i < std::min(told_sets, distinguishable(*ranking)); ++i) {
            const inquiry::RankedSet& row = (*ranking)[i];
            add(name_and_kind(shown.findings.asked.sets[row.set]), row.value,
                largest_evppi(findings.evppi[row.set]));
        }
    }
    const std::string beside = one_threshold ? "" : "; and at the threshold where it is largest";
    return '\n' +
           wrap_text(
               fmt::format("Over {}, GBP: {}{}", population_in_words(findings), averaged(shown), beside)) +
           render(table) + ceiling(findings, factor);
}

/// What values are of.
std::string values_sentence(const Shown& shown) {
    const bool imported = shown.findings.question.origin == decision::Origin::imported;
    return fmt::format(" Values are {}{}.", shown.unit,
                       imported ? ", as imported; what a row stands for is the other model's to say" : "");
}

}  // namespace

std::string voi_page(const inquiry::VoiFindings& findings) {
    const bool by_family = findings.families > 0;
    const Shown shown{
        findings, by_family ? 1 / findings.families : 1,
        by_family ? "GBP a family" : fmt::format("GBP {}", unit_of_sums(findings.question.origin))};
    std::string text = wrap_text(findings.source.title);
    text += wrap_text(
        fmt::format("{}: {} arms, {} draws x {} {}. Reference arm: {}. Effect: {}.", findings.source.file,
                    findings.question.arms.size(), number(static_cast<double>(findings.draws), 0),
                    findings.replications, findings.replications == 1 ? "replication" : "replications",
                    findings.question.arms[findings.question.reference], findings.question.basis.effect));
    text += wrap_text(costs_sentence({.perspective = findings.question.basis.perspective,
                                      .price_year = findings.source.price_year,
                                      .own_price_year = findings.source.price_year,
                                      .discount_rate = findings.source.discount_rate,
                                      .origin = findings.question.origin}) +
                      values_sentence(shown));
    text += wrap_text(fmt::format(
        "Thresholds, what a unit of effect is worth: {}, {}. {}",
        thresholds_text(findings.question.thresholds.values),
        thresholds_chosen_by(findings.question.thresholds),
        inquiry::no_threshold_sentence(findings.question.origin, findings.question.basis.effect)));
    text += '\n' + in_words(shown) + '\n' + evpi_section(shown);
    if (!findings.ranking.empty()) text += '\n' + parameters_section(shown);
    text += groups_section(shown) + population_section(shown);
    return text + '\n' + check_section(shown);
}

}  // namespace vfm::program
