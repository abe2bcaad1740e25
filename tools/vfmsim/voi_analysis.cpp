#include "voi_analysis.hpp"

#include "study_words.hpp"
#include "tables.hpp"

#include <fmt/format.h>

namespace vfm::program {

namespace {

using results::AnalysisColumn;
using results::AnalysisTable;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

template <class Rows, class Value>
AnalysisColumn numbers(const char* name, const char* unit, const char* description, const Rows& rows,
                       const Value& value) {
    Numbers cells;
    for (const auto& row : rows) cells.push_back(value(row));
    return {name, unit, description, std::move(cells)};
}

AnalysisTable evpi_table(const inquiry::VoiFindings& findings) {
    using decision::EvpiPoint;
    using decision::WithError;
    AnalysisTable table{
        "evpi",
        fmt::format("Expected value of perfect information, GBP {}", unit_of_sums(findings.question.origin)),
        {}};
    const auto add = [&](const char* name, const char* unit, const char* description, const auto& value) {
        table.columns.push_back(numbers(name, unit, description, findings.evpi, value));
    };
    add("threshold", "GBP", "what a unit of effect is worth", [](const EvpiPoint& p) { return p.threshold; });
    Texts best;
    for (const EvpiPoint& point : findings.evpi) best.push_back(findings.question.arms[point.best]);
    table.columns.push_back({"best", "", "the arm of highest mean net benefit", std::move(best)});
    const auto add_pair = [&](const char* name, const char* error, const char* description,
                              WithError EvpiPoint::*part) {
        add(name, "GBP", description, [part](const EvpiPoint& p) { return (p.*part).value; });
        add(error, "GBP", "over draws", [part](const EvpiPoint& p) { return (p.*part).standard_error; });
    };
    add_pair("fitted", "fitted_standard_error", "with the luck of simulated families taken out",
             &EvpiPoint::fitted);
    add_pair("cross_fitted", "cross_fitted_standard_error",
             "from below: chosen on one replication, valued on the others", &EvpiPoint::cross_fitted);
    add_pair("naive", "naive_standard_error", "from above: noise inside draws counts as uncertainty",
             &EvpiPoint::naive);
    if (findings.population) {
        const double factor = findings.population->factor;
        add("population_fitted", "GBP", "fitted, over the declared population and horizon",
            [factor](const EvpiPoint& p) { return factor * p.fitted.value; });
    }
    return table;
}

const char* kind_name(inquiry::SetKind kind) {
    switch (kind) {
        case inquiry::SetKind::correlated:
            return "correlated";
        case inquiry::SetKind::group:
            return "group";
        case inquiry::SetKind::parameter:
            break;
    }
    return "parameter";
}

/// Names of a set's members.
Texts members_of(const inquiry::VoiFindings& findings, std::size_t set) {
    Texts names;
    for (const std::size_t member : findings.asked.sets[set].set.members) {
        names.push_back(findings.parameters[member].name);
    }
    return names;
}

AnalysisTable evppi_table(const inquiry::VoiFindings& findings) {
    Texts names;
    Texts kinds;
    Lists members;
    Texts verdicts;
    Numbers columns[4];
    for (std::size_t set = 0; set < findings.evppi.size(); ++set) {
        const Texts parameters = members_of(findings, set);
        for (const decision::EvppiPoint& point : findings.evppi[set].curve) {
            names.push_back(findings.asked.sets[set].set.name);
            kinds.push_back(kind_name(findings.asked.sets[set].kind));
            members.push_back(parameters);
            columns[0].push_back(point.threshold);
            columns[1].push_back(point.value);
            columns[2].push_back(point.standard_error);
            columns[3].push_back(point.null);
            verdicts.emplace_back(point.distinguishable() ? "above chance" : "not distinguishable from zero");
        }
    }
    return {"evppi",
            fmt::format("Expected value of partial perfect information, GBP {}",
                        unit_of_sums(findings.question.origin)),
            {{"name", "", "of the set", std::move(names)},
             {"kind", "", "parameter, correlated (cannot be parted) or group", std::move(kinds)},
             {"parameters", "", "that would be known", std::move(members)},
             {"threshold", "GBP", "what a unit of effect is worth", std::move(columns[0])},
             {"value", "GBP", "of knowing them", std::move(columns[1])},
             {"standard_error", "GBP", "over draws", std::move(columns[2])},
             {"null", "GBP", "what chance gives in one case of twenty", std::move(columns[3])},
             {"verdict", "", "whether the value is above the null", std::move(verdicts)}}};
}

AnalysisTable ranking_table(const char* name, const char* description,
                            const std::vector<inquiry::RankedSet>& ranking,
                            const inquiry::VoiFindings& findings) {
    Texts names;
    Lists members;
    Lists added;
    Texts verdicts;
    for (const inquiry::RankedSet& row : ranking) {
        names.push_back(findings.asked.sets[row.set].set.name);
        members.push_back(members_of(findings, row.set));
        added.push_back(findings.asked.sets[row.set].added);
        verdicts.emplace_back(row.distinguishable ? "above chance" : "not distinguishable from zero");
    }
    AnalysisTable table{name, description, {{"name", "", "of the set", std::move(names)}}};
    const auto add = [&](const char* column, const char* unit, const char* words, const auto& value) {
        table.columns.push_back(numbers(column, unit, words, ranking, value));
    };
    add("value", "GBP", "mean over the thresholds, each as likely",
        [](const inquiry::RankedSet& r) { return r.value; });
    add("standard_error", "GBP", "over draws", [](const inquiry::RankedSet& r) { return r.standard_error; });
    add("null", "GBP", "what chance gives in one case of twenty",
        [](const inquiry::RankedSet& r) { return r.null; });
    add("share_of_evpi", "", "of the mean EVPI", [](const inquiry::RankedSet& r) { return r.share; });
    add("best_threshold", "GBP", "where it is worth the largest share of EVPI",
        [](const inquiry::RankedSet& r) { return r.best_threshold; });
    if (findings.population) {
        const double factor = findings.population->factor;
        add("population_value", "GBP",
            "the mean over the thresholds, over the declared population and horizon",
            [factor](const inquiry::RankedSet& r) { return factor * r.value; });
    }
    table.columns.push_back({"verdict", "", "whether the value is above the null", std::move(verdicts)});
    table.columns.push_back({"parameters", "", "that would be known", std::move(members)});
    table.columns.push_back({"added", "",
                             "those of them that are there because others are correlated with them",
                             std::move(added)});
    return table;
}

AnalysisTable check_table(const inquiry::VoiFindings& findings) {
    const decision::ConditionalMeans& means = findings.means;
    using decision::MeanCheck;
    std::vector<MeanCheck> checks;
    Texts arms;
    Texts outcomes;
    for (const auto& [outcome, rows] : {std::pair{"cost", &means.cost}, std::pair{"effect", &means.effect}}) {
        for (std::size_t arm = 0; arm < rows->size(); ++arm) {
            if (arm == findings.question.reference) continue;
            arms.push_back(findings.question.arms[arm]);
            outcomes.emplace_back(outcome);
            checks.push_back((*rows)[arm]);
        }
    }
    AnalysisTable table{
        "conditional_means",
        "The matrix of conditional means against the variance inside draws: this arm minus the "
        "reference",
        {{"arm", "", "less the reference", std::move(arms)},
         {"outcome", "", "cost or effect", std::move(outcomes)}}};
    const auto add = [&](const char* name, const char* description, double MeanCheck::*part) {
        table.columns.push_back(
            numbers(name, "", description, checks, [part](const MeanCheck& check) { return check.*part; }));
    };
    add("between_variance", "of true means over draws", &MeanCheck::between_variance);
    add("noise_variance", "of a draw's mean about its true mean", &MeanCheck::noise_variance);
    add("noise_share", "of the variance of draws' means", &MeanCheck::noise_share);
    add("explained_share", "of the variance between true means, by the regression",
        &MeanCheck::explained_share);
    add("residual_ratio", "variance that the regression leaves over that of noise",
        &MeanCheck::residual_ratio);
    return table;
}

std::string source_name(decision::MeanSource source) {
    switch (source) {
        case decision::MeanSource::regression:
            return "regression";
        case decision::MeanSource::few_draws:
            return "few_draws";
        case decision::MeanSource::noiseless:
            return "noiseless";
        case decision::MeanSource::at_face_value:
            break;
    }
    return "at_face_value";
}

}  // namespace

results::Analysis voi_analysis(const inquiry::VoiFindings& findings) {
    results::Analysis analysis{.command = "voi", .settings = {}, .tables = {}};
    const auto set = [&](const char* name, const std::string& value) {
        analysis.settings.emplace_back(name, value);
    };
    set("file", findings.source.file);
    set("title", findings.source.title);
    set("reference_arm", findings.question.arms[findings.question.reference]);
    set("perspective", findings.question.basis.perspective);
    set("effect", findings.question.basis.effect);
    set("price_year", fmt::format("{}", findings.source.price_year));
    set("draws", fmt::format("{}", findings.draws));
    set("replications", fmt::format("{}", findings.replications));
    if (findings.families > 0) set("families_a_programme", fmt::format("{}", findings.families));
    set("thresholds", thresholds_text(findings.question.thresholds.values));
    set("thresholds_chosen_by", thresholds_chosen_by(findings.question.thresholds));
    set("matrix", source_name(findings.means.source));
    set("matrix_in_words", source_in_words(findings.means));
    set("correlated_parameters", evidence_in_words(findings.asked.evidence));
    if (findings.population) set("population", population_in_words(findings));
    analysis.tables.push_back(evpi_table(findings));
    analysis.tables.push_back(evppi_table(findings));
    analysis.tables.push_back(ranking_table(
        "measure_next", "Parameters, and blocks of correlated ones, by the value of knowing them",
        findings.ranking, findings));
    analysis.tables.push_back(ranking_table("groups", "Declared groups by the value of knowing them",
                                            findings.group_ranking, findings));
    analysis.tables.push_back(check_table(findings));
    return analysis;
}

std::string source_in_words(const decision::ConditionalMeans& means) {
    switch (means.source) {
        case decision::MeanSource::regression:
            return fmt::format(
                "draws' means with the luck of simulated families taken out, by regression on all "
                "parameters ({} terms)",
                means.terms);
        case decision::MeanSource::few_draws:
            return "draws' means with the luck of simulated families taken out, without a regression: there "
                   "are "
                   "too few draws for so many parameters";
        case decision::MeanSource::noiseless:
            return "draws' means as they are: all replications of a draw are the same";
        case decision::MeanSource::at_face_value:
            break;
    }
    return "taken at face value: one replication a draw, so noise inside draws, if any, counts as "
           "uncertainty "
           "and values are too high";
}

std::string evidence_in_words(inquiry::DependenceEvidence evidence) {
    return evidence == inquiry::DependenceEvidence::declared
               ? "as the scenario declares"
               : "as the draws show: rank correlation beyond five standard errors";
}

std::string population_in_words(const inquiry::VoiFindings& findings) {
    const inquiry::PopulationValue& value = *findings.population;
    const inquiry::DeclaredPopulation& population = value.population;
    const bool imported = findings.question.origin == decision::Origin::imported;
    return fmt::format(
        "{} {} a year over {} {}, {}{}", number(population.families_per_year, 0),
        imported ? "people" : "families", population.horizon_years,
        population.horizon_years == 1 ? "year" : "years",
        value.schedule.empty()
            ? fmt::format("{:g} % a year discounted from the second year on", 100 * population.discount_rate)
            : fmt::format("discounted from the second year on by the falling rates of {}", value.schedule),
        imported ? ", a row of the sample taken to be of one person" : "");
}

}  // namespace vfm::program
