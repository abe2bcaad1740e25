#include "one_way_study.hpp"

#include "one_way_changes.hpp"
#include "watched_runs.hpp"

#include "vfm/random/quantiles.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace vfm::inquiry {

using decision::Side;
using decision::SwitchingValue;
using experiment::DesignedPoint;
using experiment::DesignedResults;

namespace {

constexpr std::array both_sides = {Side::below, Side::above};

void insert_cells(std::vector<double>& cells, std::size_t point, std::span<const double> added) {
    cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(point * added.size()), added.begin(),
                 added.end());
}

/// A parameter's way, and what is read off it at one threshold.
class LineChanges {
  public:
    LineChanges(const LineRuns& runs, const experiment::ParameterSpace& space, std::size_t parameter,
                std::size_t threshold, double worth)
        : runs_(runs),
          space_(space),
          parameter_(parameter),
          threshold_(threshold),
          worth_(worth),
          base_score_(experiment::one_way_score(space, runs.line, runs.results.values[runs.results.base])) {}

    /// The changes of a decision on both sides, or that there is none.
    template <class ChangeOn>
    void add_switches(std::vector<ParameterSwitch>& switches, DecisionKind decision, std::size_t arm,
                      ChangeOn&& change_on) const {
        ParameterSwitch none{
            .threshold = threshold_, .decision = decision, .arm = arm, .parameter = parameter_, .change = {}};
        const std::size_t before = switches.size();
        for (const Side side : both_sides) {
            const std::optional<SwitchingValue> change = change_on(side);
            if (!change) continue;
            ParameterSwitch found = none;
            found.change = change;
            found.side = side;
            found.units = units(change->value);
            found.probability = probability_beyond(change->value, side);
            switches.push_back(found);
        }
        if (switches.size() == before) switches.push_back(none);
    }

    void add_sufficient(std::vector<SufficientChange>& changes, std::size_t arm) const {
        for (const Side side : both_sides) {
            const auto change = decision::becomes_best(runs_.results, arm, worth_, side);
            if (!change) continue;
            changes.push_back({threshold_, arm, parameter_, *change, side, units(change->value),
                               probability_beyond(change->value, side)});
        }
    }

    [[nodiscard]] TornadoBar bar(const decision::Contrast& contrast) const {
        const auto change_at = [&](double value) {
            return decision::change_from_base(runs_.results, place_on_line(runs_.results, value), contrast);
        };
        return {threshold_, contrast.arm, parameter_, change_at(runs_.line.low), change_at(runs_.line.high)};
    }

  private:
    [[nodiscard]] double units(double value) const {
        return experiment::one_way_score(space_, runs_.line, value) - base_score_;
    }

    [[nodiscard]] double probability_beyond(double value, Side side) const {
        const double below = random::cumulative_probability(space_.marginal(runs_.line.parameter), value);
        return side == Side::below ? below : 1 - below;
    }

    const LineRuns& runs_;
    const experiment::ParameterSpace& space_;
    std::size_t parameter_;
    std::size_t threshold_;
    double worth_;
    double base_score_;
};

}  // namespace

void add_run(decision::OneWayResults& line, double value, const DesignedResults& runs, std::size_t point) {
    const auto place = std::lower_bound(line.values.begin(), line.values.end(), value);
    const auto index = static_cast<std::size_t>(place - line.values.begin());
    line.values.insert(place, value);
    insert_cells(line.cost, index, sample_at(runs, point, cost_measure).values);
    insert_cells(line.effect, index, sample_at(runs, point, effect_measure).values);
}

std::size_t place_on_line(const decision::OneWayResults& line, double value) {
    return static_cast<std::size_t>(std::find(line.values.begin(), line.values.end(), value) -
                                    line.values.begin());
}

OneWayStudy::OneWayStudy(const experiment::CompiledStudy& study, const Question& question,
                         const DesignedOptions& options)
    : study_(&study), space_(&study.parameters().space()), question_(question), options_(options) {
    run_ends();
    refine();
}

DesignedResults OneWayStudy::run(std::span<const DesignedPoint> points) const {
    return watched_runs(*study_, points, question_, options_.replications, options_);
}

void OneWayStudy::run_ends() {
    std::vector<DesignedPoint> points = {experiment::base_point(*space_)};
    for (const experiment::OneWayLine& line : experiment::one_way_lines(study_->scenario(), *space_)) {
        lines_.push_back({.line = line, .results = {}});
        for (const double value : {line.low, line.high}) {
            points.push_back(experiment::one_way_point(*space_, line, value));
        }
    }
    const DesignedResults runs = run(points);
    base_ = runs;
    base_.points = 1;
    base_.values.resize(runs.measures * runs.arms * runs.replications);
    std::size_t point = 1;
    for (LineRuns& line : lines_) {
        line.results.arms = runs.arms;
        line.results.replications = runs.replications;
        const double mean = line.line.mean;
        add_run(line.results, line.line.low, runs, point++);
        add_run(line.results, line.line.high, runs, point++);
        add_run(line.results, mean, runs, 0);
        line.results.base = place_on_line(line.results, mean);
    }
    question_ = with_default_thresholds(question_, decision::mean_arms(sample_at(base_, 0, cost_measure),
                                                                       sample_at(base_, 0, effect_measure)));
}

void OneWayStudy::refine() {
    std::vector<DesignedPoint> points;
    std::vector<std::pair<std::size_t, double>> places;  // line, value
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const LineRuns& line = lines_[l];
        if (!line.line.is_parameter) continue;
        for (const double value : apart(changes_on(line.results, question_), line.results.values)) {
            points.push_back(experiment::one_way_point(*space_, line.line, value));
            places.emplace_back(l, value);
        }
    }
    if (points.empty()) return;
    const DesignedResults runs = run(points);
    for (std::size_t point = 0; point < places.size(); ++point) {
        const auto [l, value] = places[point];
        decision::OneWayResults& results = lines_[l].results;
        if (value < results.values[results.base]) ++results.base;
        add_run(results, value, runs, point);
    }
}

void OneWayStudy::add_changes(SensitivityFindings& findings, std::size_t threshold) const {
    const double worth = findings.thresholds()[threshold];
    std::size_t parameter = 0;
    for (const LineRuns& runs : lines_) {
        if (!runs.line.is_parameter) continue;
        const decision::OneWayResults& line = runs.results;
        const LineChanges changes(runs, *space_, parameter++, threshold, worth);
        const std::size_t best = decision::best_arm(line, line.base, worth);
        changes.add_switches(findings.switches, DecisionKind::best_of_all, best,
                             [&](Side side) { return decision::best_arm_change(line, worth, side); });
        for (std::size_t arm = 0; arm < line.arms; ++arm) {
            if (arm != best) changes.add_sufficient(findings.sufficient, arm);
            if (arm == question_.reference) continue;
            const decision::Contrast contrast{.arm = arm, .other = question_.reference, .threshold = worth};
            changes.add_switches(findings.switches, DecisionKind::against_reference, arm,
                                 [&](Side side) { return decision::sign_change(line, contrast, side); });
            findings.tornado.push_back(changes.bar(contrast));
        }
    }
}

SensitivityFindings OneWayStudy::findings() const {
    const scenario::Scenario& scenario = study_->scenario();
    SensitivityFindings findings;
    findings.question = question_;
    findings.source = {.file = scenario.file,
                       .title = scenario.title,
                       .price_year = scenario.price_year,
                       .discount_rate = scenario.discount_rate};
    findings.replications = options_.replications;
    for (const LineRuns& runs : lines_) {
        if (!runs.line.is_parameter) continue;
        const scenario::Parameter& parameter = scenario.parameters[runs.line.parameter];
        findings.parameters.push_back({parameter.name, parameter.unit, parameter.quality, runs.line.mean,
                                       runs.line.low, runs.line.high});
    }
    const auto mean_at_base = [&](RunMeasure measure, std::size_t arm) {
        return decision::paired_mean(sample_at(base_, 0, measure).arm(arm));
    };
    for (std::size_t arm = 0; arm < base_.arms; ++arm) {
        findings.means.push_back({mean_at_base(cost_measure, arm), mean_at_base(effect_measure, arm)});
    }
    if (question_.counts_families) {
        findings.families = stats::mean(sample_at(base_, 0, family_measure).arm(0));
    }
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        add_changes(findings, threshold);
    }
    return findings;
}

}  // namespace vfm::inquiry
