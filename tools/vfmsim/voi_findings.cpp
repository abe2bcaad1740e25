#include "voi_findings.hpp"

#include "threshold_grid.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/public_finance.hpp"
#include "vfm/stats/intervals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

std::vector<decision::CostAndEffect> mean_arms(const decision::MeanSample& means) {
    std::vector<decision::CostAndEffect> arms;
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        arms.push_back({stats::mean(means.arm_cost(arm)), stats::mean(means.arm_effect(arm))});
    }
    return arms;
}

Ranked ranked(std::size_t index, const decision::Evppi& set, const VoiFindings& findings) {
    Ranked result{.set = index, .best_threshold = findings.thresholds.front()};
    const auto count = static_cast<double>(set.curve.size());
    double largest = 0;
    for (std::size_t i = 0; i < set.curve.size(); ++i) {
        const decision::EvppiPoint& point = set.curve[i];
        result.value += point.value / count;
        // Errors at neighbouring thresholds are nearly the same: their mean is hardly too large.
        result.standard_error += point.standard_error / count;
        result.null += point.null / count;
        const double everything = findings.evpi[i].fitted.value;
        const double share = everything > 0 ? point.value / everything : 0;
        if (share > largest && point.distinguishable()) {
            largest = share;
            result.best_threshold = point.threshold;
        }
    }
    result.share = findings.mean_evpi > 0 ? result.value / findings.mean_evpi : 0;
    result.distinguishable = result.value > result.null;
    return result;
}

/// Distinguishable ones first, by value; ties as they come.
void sort_by_value(std::vector<Ranked>& ranking) {
    std::stable_sort(ranking.begin(), ranking.end(), [](const Ranked& a, const Ranked& b) {
        return a.distinguishable != b.distinguishable ? a.distinguishable : a.value > b.value;
    });
}

/// What a pound in each of so many years is worth together now, the first year not discounted, and in words
/// how: at one rate, or by the schedule of public finance.
struct Annuity {
    double value = 0;
    std::string words;
};

Annuity annuity(const DeclaredPopulation& population, double rate_of_file) {
    const std::vector<double> pounds(population.horizon_years, 1.0);
    if (population.rates == DeclaredPopulation::Rates::green_book) {
        const decision::DiscountSchedule& schedule = decision::green_book_schedule();
        return {
            decision::net_present_value(schedule, pounds),
            fmt::format("discounted from the second year on by the falling rates of {}", schedule.source)};
    }
    const double rate =
        population.rates == DeclaredPopulation::Rates::given ? population.discount_rate : rate_of_file;
    const std::array band = {decision::DiscountBand{static_cast<int>(population.horizon_years), rate}};
    return {decision::net_present_value({.version = {}, .source = "one rate", .bands = band}, pounds),
            fmt::format("{:g} % a year discounted from the second year on", 100 * rate)};
}

/// What a value a replication is worth over the population, in present value.
void scale_to_population(VoiFindings& findings, const VoiSample& sample, const DeclaredPopulation& population,
                         const results::RunHeader& header) {
    const bool imported = sample.origin == decision::Origin::imported;
    if (population.rates == DeclaredPopulation::Rates::of_file && imported) {
        throw UserError(
            "an imported sample does not say at which rate later years are discounted: give "
            "--discount-rate, e.g. 0.035 or green-book");
    }
    const Annuity years = annuity(population, header.discount_rate);
    const double families = sample.families > 0 ? sample.families : 1;
    findings.population_factor = population.families_per_year * years.value / families;
    findings.population_words =
        fmt::format("{} {} a year over {} {}, {}{}", number(population.families_per_year, 0),
                    imported ? "people" : "families", population.horizon_years,
                    population.horizon_years == 1 ? "year" : "years", years.words,
                    imported ? ", a row of the sample taken to be of one person" : "");
}

}  // namespace

VoiFindings find_value_of_information(const VoiSample& sample, const VoiOptions& options,
                                      const results::RunHeader& header) {
    VoiFindings findings;
    if (options.population) scale_to_population(findings, sample, *options.population, header);
    findings.means =
        decision::conditional_means(sample.cost, sample.effect, sample.parameters, sample.reference);
    findings.thresholds = options.thresholds;
    findings.thresholds_origin = "as given";
    if (findings.thresholds.empty()) {
        findings.thresholds = default_thresholds(mean_arms(findings.means.observed));
        findings.thresholds_origin = "from the data: a round number above the largest break-even threshold";
    }
    findings.evpi =
        decision::evpi(findings.means, sample.cost, sample.effect, findings.thresholds, options.threads);
    for (const decision::EvpiPoint& point : findings.evpi) {
        findings.mean_evpi += point.fitted.value / static_cast<double>(findings.evpi.size());
    }
    std::vector<decision::ParameterSet> sets;
    for (const AskedSet& asked : sample.sets) sets.push_back(asked.set);
    findings.evppi = decision::evppi(findings.means, sample.parameters, sets, findings.thresholds,
                                     sample.reference, options.threads);
    for (std::size_t i = 0; i < findings.evppi.size(); ++i) {
        std::vector<Ranked>& ranking =
            sample.sets[i].kind == "group" ? findings.group_ranking : findings.ranking;
        ranking.push_back(ranked(i, findings.evppi[i], findings));
    }
    sort_by_value(findings.ranking);
    sort_by_value(findings.group_ranking);
    return findings;
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

}  // namespace vfm::program
