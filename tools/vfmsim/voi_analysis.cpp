// The findings as tables with names that stay.
#include "study_words.hpp"
#include "threshold_grid.hpp"
#include "voi_findings.hpp"

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

AnalysisTable evpi_table(const VoiSample& sample, const VoiFindings& findings) {
    using decision::EvpiPoint;
    using decision::WithError;
    AnalysisTable table{
        "evpi",
        fmt::format("Expected value of perfect information, GBP {}", unit_of_sums(sample.origin)),
        {}};
    const auto add = [&](const char* name, const char* unit, const char* description, const auto& value) {
        table.columns.push_back(numbers(name, unit, description, findings.evpi, value));
    };
    add("threshold", "GBP", "what a unit of effect is worth", [](const EvpiPoint& p) { return p.threshold; });
    Texts best;
    for (const EvpiPoint& point : findings.evpi) best.push_back(sample.arms[point.best]);
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
    if (findings.population_factor) {
        const double factor = *findings.population_factor;
        add("population_fitted", "GBP", "fitted, over the declared population and horizon",
            [factor](const EvpiPoint& p) { return factor * p.fitted.value; });
    }
    return table;
}

/// Names of a set's members.
Texts members_of(const VoiSample& sample, std::size_t set) {
    Texts names;
    for (const std::size_t member : sample.sets[set].set.members) {
        names.push_back(sample.parameters.names[member]);
    }
    return names;
}

AnalysisTable evppi_table(const VoiSample& sample, const VoiFindings& findings) {
    Texts names;
    Texts kinds;
    Lists members;
    Texts verdicts;
    Numbers columns[4];
    for (std::size_t set = 0; set < findings.evppi.size(); ++set) {
        const Texts parameters = members_of(sample, set);
        for (const decision::EvppiPoint& point : findings.evppi[set].curve) {
            names.push_back(sample.sets[set].set.name);
            kinds.push_back(sample.sets[set].kind);
            members.push_back(parameters);
            columns[0].push_back(point.threshold);
            columns[1].push_back(point.value);
            columns[2].push_back(point.standard_error);
            columns[3].push_back(point.null);
            verdicts.emplace_back(point.distinguishable() ? "above chance" : "not distinguishable from zero");
        }
    }
    return {"evppi",
            fmt::format("Expected value of partial perfect information, GBP {}", unit_of_sums(sample.origin)),
            {{"name", "", "of the set", std::move(names)},
             {"kind", "", "parameter, correlated (cannot be parted) or group", std::move(kinds)},
             {"parameters", "", "that would be known", std::move(members)},
             {"threshold", "GBP", "what a unit of effect is worth", std::move(columns[0])},
             {"value", "GBP", "of knowing them", std::move(columns[1])},
             {"standard_error", "GBP", "over draws", std::move(columns[2])},
             {"null", "GBP", "what chance gives in one case of twenty", std::move(columns[3])},
             {"verdict", "", "whether the value is above the null", std::move(verdicts)}}};
}

AnalysisTable ranking_table(const char* name, const char* description, const std::vector<Ranked>& ranking,
                            const VoiSample& sample, const VoiFindings& findings) {
    Texts names;
    Lists members;
    Lists added;
    Texts verdicts;
    for (const Ranked& row : ranking) {
        names.push_back(sample.sets[row.set].set.name);
        members.push_back(members_of(sample, row.set));
        added.push_back(sample.sets[row.set].added);
        verdicts.emplace_back(row.distinguishable ? "above chance" : "not distinguishable from zero");
    }
    AnalysisTable table{name, description, {{"name", "", "of the set", std::move(names)}}};
    const auto add = [&](const char* column, const char* unit, const char* words, const auto& value) {
        table.columns.push_back(numbers(column, unit, words, ranking, value));
    };
    add("value", "GBP", "mean over the thresholds, each as likely", [](const Ranked& r) { return r.value; });
    add("standard_error", "GBP", "over draws", [](const Ranked& r) { return r.standard_error; });
    add("null", "GBP", "what chance gives in one case of twenty", [](const Ranked& r) { return r.null; });
    add("share_of_evpi", "", "of the mean EVPI", [](const Ranked& r) { return r.share; });
    add("best_threshold", "GBP", "where it is worth the largest share of EVPI",
        [](const Ranked& r) { return r.best_threshold; });
    if (findings.population_factor) {
        const double factor = *findings.population_factor;
        add("population_value", "GBP",
            "the mean over the thresholds, over the declared population and horizon",
            [factor](const Ranked& r) { return factor * r.value; });
    }
    table.columns.push_back({"verdict", "", "whether the value is above the null", std::move(verdicts)});
    table.columns.push_back({"parameters", "", "that would be known", std::move(members)});
    table.columns.push_back({"added", "",
                             "those of them that are there because others are correlated with them",
                             std::move(added)});
    return table;
}

AnalysisTable check_table(const VoiSample& sample, const decision::ConditionalMeans& means) {
    using decision::MeanCheck;
    std::vector<MeanCheck> checks;
    Texts arms;
    Texts outcomes;
    for (const auto& [outcome, rows] : {std::pair{"cost", &means.cost}, std::pair{"effect", &means.effect}}) {
        for (std::size_t arm = 0; arm < rows->size(); ++arm) {
            if (arm == sample.reference) continue;
            arms.push_back(sample.arms[arm]);
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

results::Analysis voi_analysis(const VoiSample& sample, const VoiFindings& findings,
                               const results::RunHeader& header, const std::string& file) {
    results::Analysis analysis{.command = "voi", .settings = {}, .tables = {}};
    const auto set = [&](const char* name, const std::string& value) {
        analysis.settings.emplace_back(name, value);
    };
    set("file", file);
    set("title", header.title);
    set("reference_arm", sample.arms[sample.reference]);
    set("perspective", sample.perspective);
    set("effect", sample.effect_name);
    set("price_year", fmt::format("{}", header.price_year));
    set("draws", fmt::format("{}", sample.cost.draws));
    set("replications", fmt::format("{}", sample.cost.replications));
    if (sample.families > 0) set("families_a_programme", fmt::format("{}", sample.families));
    set("thresholds", thresholds_text(findings.thresholds));
    set("thresholds_chosen_by", findings.thresholds_origin);
    set("matrix", source_name(findings.means.source));
    set("matrix_in_words", source_in_words(findings.means));
    set("correlated_parameters", sample.dependence);
    if (findings.population_factor) set("population", findings.population_words);
    analysis.tables.push_back(evpi_table(sample, findings));
    analysis.tables.push_back(evppi_table(sample, findings));
    analysis.tables.push_back(ranking_table(
        "measure_next", "Parameters, and blocks of correlated ones, by the value of knowing them",
        findings.ranking, sample, findings));
    analysis.tables.push_back(ranking_table("groups", "Declared groups by the value of knowing them",
                                            findings.group_ranking, sample, findings));
    analysis.tables.push_back(check_table(sample, findings.means));
    return analysis;
}

}  // namespace vfm::program
