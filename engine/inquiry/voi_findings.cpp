#include "vfm/inquiry/voi_findings.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/public_finance.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vfm::inquiry {

namespace {

RankedSet ranked(std::size_t index, const decision::Evppi& set, const VoiFindings& findings) {
    RankedSet result{.set = index};
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
void sort_by_value(std::vector<RankedSet>& ranking) {
    std::stable_sort(ranking.begin(), ranking.end(), [](const RankedSet& a, const RankedSet& b) {
        return a.distinguishable != b.distinguishable ? a.distinguishable : a.value > b.value;
    });
}

/// What values a replication are worth over the population, the first year not discounted.
PopulationValue population_value(const DeclaredPopulation& declared, const GivenData& data) {
    const std::vector<double> pounds(declared.horizon_years, 1.0);
    const double families = data.families > 0 ? data.families : 1;
    if (declared.rates == DeclaredPopulation::Rates::green_book) {
        const decision::DiscountSchedule& schedule = decision::green_book_schedule();
        return {
            .population = declared,
            .schedule = std::string(schedule.source),
            .factor = declared.families_per_year * decision::net_present_value(schedule, pounds) / families};
    }
    PopulationValue result{.population = declared, .schedule = {}};
    if (declared.rates == DeclaredPopulation::Rates::of_file) {
        if (data.question.origin == decision::Origin::imported) {
            throw UserError(
                "an imported sample does not say at which rate later years are discounted: give "
                "--discount-rate, e.g. 0.035 or green-book");
        }
        result.population.discount_rate = data.source.discount_rate;
    }
    const std::array band = {
        decision::DiscountBand{static_cast<int>(declared.horizon_years), result.population.discount_rate}};
    const double years =
        decision::net_present_value({.version = {}, .source = "one rate", .bands = band}, pounds);
    result.factor = declared.families_per_year * years / families;
    return result;
}

}  // namespace

VoiFindings find_value_of_information(const results::StudyResults& results, const QuestionChoices& question,
                                      const VoiChoices& choices) {
    GivenData data = read_given_data(results, question);
    VoiFindings findings;
    if (choices.population) findings.population = population_value(*choices.population, data);
    findings.asked = asked_sets(results, data, choices.groups);
    const decision::ParameterSample parameters = data.parameter_sample();
    const std::size_t reference = data.question.reference;
    findings.means = decision::conditional_means(data.cost(), data.effect(), parameters, reference);
    Thresholds& thresholds = data.question.thresholds;
    if (thresholds.values.empty()) {
        thresholds = {.values = default_grid(decision::mean_arms(data.cost(), data.effect())),
                      .origin = ThresholdOrigin::grid};
    }
    findings.evpi =
        decision::evpi(findings.means, data.cost(), data.effect(), thresholds.values, choices.threads);
    for (const decision::EvpiPoint& point : findings.evpi) {
        findings.mean_evpi += point.fitted.value / static_cast<double>(findings.evpi.size());
    }
    std::vector<decision::ParameterSet> sets;
    for (const AskedSet& asked : findings.asked.sets) sets.push_back(asked.set);
    findings.evppi =
        decision::evppi(findings.means, parameters, sets, thresholds.values, reference, choices.threads);
    findings.source = std::move(data.source);
    findings.question = std::move(data.question);
    findings.draws = data.draws;
    findings.replications = data.replications;
    findings.families = data.families;
    findings.parameters = std::move(data.parameters);
    for (std::size_t i = 0; i < findings.evppi.size(); ++i) {
        const bool named = findings.asked.sets[i].kind == SetKind::group;
        (named ? findings.group_ranking : findings.ranking).push_back(ranked(i, findings.evppi[i], findings));
    }
    sort_by_value(findings.ranking);
    sort_by_value(findings.group_ranking);
    return findings;
}

}  // namespace vfm::inquiry
