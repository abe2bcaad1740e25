#include "one_way_study.hpp"

#include "one_way_changes.hpp"

#include "vfm/random/design_points.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/quantiles.hpp"
#include "vfm/stats/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vfm::program {

using decision::Side;
using decision::SwitchingValue;
using experiment::DesignedPoint;
using experiment::DesignedResults;

namespace {

constexpr std::size_t cost = 0;  // the measures of every run, in this order
constexpr std::size_t effect = 1;
constexpr std::size_t families = 2;
constexpr double end_score = 1.959963984540054;

std::vector<decision::CostAndEffect> mean_arms(const DesignedResults& runs, std::size_t point) {
    std::vector<decision::CostAndEffect> arms;
    for (std::size_t arm = 0; arm < runs.arms; ++arm) {
        arms.push_back({stats::mean(runs.at(point, cost, arm)), stats::mean(runs.at(point, effect, arm))});
    }
    return arms;
}

/// One point's cells of one measure, arm x replication.
std::span<const double> cells_of(const DesignedResults& runs, std::size_t point, std::size_t measure) {
    const std::size_t width = runs.arms * runs.replications;
    return std::span(runs.values).subspan((point * runs.measures + measure) * width, width);
}

void insert_cells(std::vector<double>& cells, std::size_t point, std::span<const double> added) {
    cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(point * added.size()), added.begin(),
                 added.end());
}

decision::PairedMean mean_with_error(std::span<const double> cells) {
    const stats::Interval interval = stats::student_interval(cells);
    const double error =
        cells.size() > 1 ? std::sqrt(stats::variance(cells) / static_cast<double>(cells.size())) : NAN;
    return {.value = interval.estimate, .standard_error = error, .interval = {interval.low, interval.high}};
}

std::size_t point_at(const decision::OneWayResults& line, double value) {
    return static_cast<std::size_t>(std::find(line.values.begin(), line.values.end(), value) -
                                    line.values.begin());
}

constexpr Side both_sides[] = {Side::below, Side::above};

}  // namespace

OneWayStudy::OneWayStudy(const experiment::CompiledStudy& study, Question question,
                         const DesignedOptions& options)
    : study_(&study), space_(&study.parameters().space()), question_(std::move(question)), options_(options) {
    run_ends();
    refine();
}

DesignedResults OneWayStudy::run(const std::vector<DesignedPoint>& points) const {
    experiment::Progress progress;
    const ProgressDisplay display(progress, points.size() * options_.replications, options_.progress);
    experiment::DesignSettings settings{.replications = options_.replications,
                                        .measures = {question_.cost, question_.effect},
                                        .threads = options_.threads,
                                        .progress = &progress};
    if (!question_.families.empty()) settings.measures.push_back(question_.families);
    return experiment::run_points(*study_, points, settings);
}

void OneWayStudy::add_point(Line& line, double value, const DesignedResults& runs, std::size_t point) const {
    std::vector<double>& values = line.results.values;
    const auto place = std::lower_bound(values.begin(), values.end(), value);
    const auto index = static_cast<std::size_t>(place - values.begin());
    values.insert(place, value);
    insert_cells(line.results.cost, index, cells_of(runs, point, cost));
    insert_cells(line.results.effect, index, cells_of(runs, point, effect));
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
    for (Line& line : lines_) {
        line.results.arms = runs.arms;
        line.results.replications = runs.replications;
        const double mean = line.line.mean;
        add_point(line, line.line.low, runs, point++);
        add_point(line, line.line.high, runs, point++);
        add_point(line, mean, runs, 0);
        line.results.base = point_at(line.results, mean);
    }
    take_default_thresholds(question_, mean_arms(base_, 0));
}

void OneWayStudy::refine() {
    std::vector<DesignedPoint> points;
    std::vector<std::pair<std::size_t, double>> places;  // line, value
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const Line& line = lines_[l];
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
        add_point(lines_[l], value, runs, point);
    }
}

void OneWayStudy::add_one_way(Findings& findings, std::size_t threshold) const {
    const double worth = question_.thresholds[threshold];
    std::size_t parameter = 0;
    for (const Line& one : lines_) {
        if (!one.line.is_parameter) continue;
        const decision::OneWayResults& line = one.results;
        const double base_score = experiment::one_way_score(*space_, one.line, line.values[line.base]);
        const auto units = [&](double value) {
            return experiment::one_way_score(*space_, one.line, value) - base_score;
        };
        const auto beyond = [&](double value, Side side) {
            const double below = random::cumulative_probability(space_->marginal(one.line.parameter), value);
            return side == Side::below ? below : 1 - below;
        };
        const std::size_t best = decision::best_arm(line, line.base, worth);
        const auto add_switch = [&](Decision decision, std::size_t arm, auto&& change_on) {
            bool any = false;
            for (const Side side : both_sides) {
                const std::optional<SwitchingValue> change = change_on(side);
                if (!change) continue;
                any = true;
                findings.switches.push_back({threshold, decision, arm, parameter, change, side,
                                             units(change->value), beyond(change->value, side)});
            }
            if (!any)
                findings.switches.push_back({threshold, decision, arm, parameter, {}, Side::above, 0, 0});
        };
        add_switch(Decision::best_of_all, best,
                   [&](Side side) { return decision::best_arm_change(line, worth, side); });
        for (std::size_t arm = 0; arm < line.arms; ++arm) {
            for (const Side side : both_sides) {
                if (arm == best) continue;
                const auto change = decision::becomes_best(line, arm, worth, side);
                if (!change) continue;
                findings.alone.push_back({threshold, arm, parameter, *change, side, units(change->value),
                                          beyond(change->value, side)});
            }
            if (arm == question_.reference) continue;
            const decision::Contrast contrast{.arm = arm, .other = question_.reference, .threshold = worth};
            add_switch(Decision::against_reference, arm,
                       [&](Side side) { return decision::sign_change(line, contrast, side); });
            findings.bars.push_back(
                {threshold, arm, parameter,
                 decision::change_from_base(line, point_at(line, one.line.low), contrast),
                 decision::change_from_base(line, point_at(line, one.line.high), contrast)});
        }
        ++parameter;
    }
}

decision::ResponseSurface OneWayStudy::surface(double threshold) const {
    const std::size_t arms = base_.arms;
    const std::size_t width = space_->size();
    decision::ResponseSurface surface{.arms = arms,
                                      .coordinates = width,
                                      .centre = space_->mean_scores(),
                                      .constant = {},
                                      .slope = std::vector<double>(arms * width, 0.0),
                                      .curvature = std::vector<double>(arms * width, 0.0),
                                      .correlation = space_->score_correlation().values};
    for (const decision::CostAndEffect& arm : mean_arms(base_, 0)) {
        surface.constant.push_back(threshold * arm.effect - arm.cost);
    }
    for (const Line& one : lines_) {
        if (one.line.coordinate < 0) continue;
        const auto c = static_cast<std::size_t>(one.line.coordinate);
        const double to_low = -end_score - surface.centre[c];
        const double to_high = end_score - surface.centre[c];
        if (to_low >= 0 || to_high <= 0) continue;  // a mean beyond the 95 % range has no line
        for (std::size_t arm = 0; arm < arms; ++arm) {
            const auto change = [&](std::size_t point) {
                // Against an arm of zeros: its own net benefit, less that at the base.
                const std::size_t here = (point * arms + arm) * base_.replications;
                const std::size_t there = (one.results.base * arms + arm) * base_.replications;
                double sum = 0;
                for (std::size_t r = 0; r < base_.replications; ++r) {
                    sum += threshold * (one.results.effect[here + r] - one.results.effect[there + r]) -
                           (one.results.cost[here + r] - one.results.cost[there + r]);
                }
                return sum / static_cast<double>(base_.replications);
            };
            const double low = change(point_at(one.results, one.line.low)) / to_low;
            const double high = change(point_at(one.results, one.line.high)) / to_high;
            const double curvature = (high - low) / (to_high - to_low);
            surface.curvature[arm * width + c] = curvature;
            surface.slope[arm * width + c] = high - curvature * to_high;
        }
    }
    return surface;
}

/// Scores drawn from the parameters' joint distribution, point x coordinate.
std::vector<double> OneWayStudy::cloud() const {
    constexpr std::size_t points = 4096;
    const std::size_t width = space_->size();
    const random::SquareMatrix factor = random::cholesky_factor(space_->score_correlation());
    const random::DesignPoints design(random::DesignKind::sobol, points, study_->scenario().design.seed,
                                      space_->names());
    std::vector<double> scores(points * width);
    std::vector<double> normals(width);
    for (std::size_t point = 0; point < points; ++point) {
        design.fill(point, normals);
        for (double& normal : normals) normal = random::standard_normal_quantile(normal);
        for (std::size_t i = 0; i < width; ++i) {
            for (std::size_t k = 0; k <= i; ++k) scores[point * width + i] += factor.at(i, k) * normals[k];
        }
    }
    return scores;
}

void OneWayStudy::add_joints(Findings& findings, std::size_t threshold, std::span<const double> cloud) const {
    const decision::ResponseSurface fitted = surface(question_.thresholds[threshold]);
    const std::vector<double> best = decision::shares_best(fitted, cloud);
    for (std::size_t arm = 0; arm < fitted.arms; ++arm) {
        Joint joint{.threshold = threshold,
                    .arm = arm,
                    .region = decision::joint_region(fitted, arm),
                    .distance = NAN,
                    .interval = {NAN, NAN},
                    .probability = NAN,
                    .probability_best = best[arm],
                    .parts = {}};
        if (joint.region.best_at_medians && !joint.region.found) joint.probability = 1;  // nothing passes it
        findings.joints.push_back(joint);
    }
}

namespace {

constexpr double ray_factors[] = {0, 0.5, 0.75, 1, 1.25, farthest_run};

/// What the simulation says along the ray from the medians through the fitted point.
void take_from_ray(Joint& joint, const decision::OneWayResults& ray, double threshold) {
    const bool leads = decision::best_arm(ray, 0, threshold) == joint.arm;
    const bool should_lead = joint.region.best_at_medians;
    const std::optional<SwitchingValue> change =
        should_lead ? decision::best_arm_change(ray, threshold, Side::above)
                    : decision::becomes_best(ray, joint.arm, threshold, Side::above);
    joint.distance = NAN;
    if (leads != should_lead) {  // at the medians already: the fitted surface was wrong by more than its lead
        joint.distance = 0;
    } else if (change) {
        joint.distance = change->value;
        joint.interval = change->interval;
    }
    joint.probability = decision::normal_probability(should_lead ? joint.distance : -joint.distance);
}

}  // namespace

void OneWayStudy::confirm(std::vector<Joint>& joints) const {
    std::vector<DesignedPoint> points;
    for (const Joint& joint : joints) {
        if (!joint.region.found) continue;
        for (const double factor : ray_factors) {
            std::vector<double> scores = joint.region.scores;
            for (double& score : scores) score *= factor;
            points.push_back({.name = "joint point of " + question_.arms[joint.arm],
                              .values = space_->at_scores(scores),
                              .first_key = 0});
        }
    }
    if (points.empty()) return;
    const DesignedResults runs = run(points);
    std::size_t point = 0;
    for (Joint& joint : joints) {
        if (!joint.region.found) continue;
        Line ray;
        ray.results.arms = runs.arms;
        ray.results.replications = runs.replications;
        for (const double factor : ray_factors) {
            add_point(ray, factor * joint.region.distance, runs, point++);
        }
        take_from_ray(joint, ray.results, question_.thresholds[joint.threshold]);
    }
}

std::vector<JointPart> OneWayStudy::parts_of(const Joint& joint) const {
    std::vector<JointPart> parts;
    if (!joint.region.found || std::isnan(joint.distance) || joint.region.distance == 0) return parts;
    std::vector<double> scores = joint.region.scores;
    for (double& score : scores) score *= joint.distance / joint.region.distance;
    const std::vector<double> values = space_->at_scores(scores);
    const std::vector<std::size_t>& uncertain = space_->uncertain();
    for (const Line& one : lines_) {
        if (one.line.coordinate < 0) continue;
        const auto c = static_cast<std::size_t>(one.line.coordinate);
        const auto place = std::find(uncertain.begin(), uncertain.end(), one.line.parameter);
        parts.push_back({.parameter = static_cast<std::size_t>(place - uncertain.begin()),
                         .value = values[one.line.parameter],
                         .units = scores[c],
                         .share = joint.region.shares[c]});
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const JointPart& a, const JointPart& b) { return a.share > b.share; });
    return parts;
}

Findings OneWayStudy::findings() const {
    const scenario::Scenario& scenario = study_->scenario();
    Findings findings;
    findings.question = question_;
    findings.title = scenario.title;
    findings.file = scenario.file;
    findings.price_year = scenario.price_year;
    findings.discount_rate = scenario.discount_rate;
    findings.replications = options_.replications;
    for (const Line& one : lines_) {
        if (!one.line.is_parameter) continue;
        const scenario::Parameter& parameter = scenario.parameters[one.line.parameter];
        findings.parameters.push_back(
            {parameter.name, parameter.unit, parameter.quality, one.line.mean, one.line.low, one.line.high});
    }
    for (std::size_t arm = 0; arm < base_.arms; ++arm) {
        findings.levels.push_back(
            {mean_with_error(base_.at(0, cost, arm)), mean_with_error(base_.at(0, effect, arm))});
    }
    if (!question_.families.empty() && stats::mean(base_.at(0, families, 0)) > 0) {
        findings.families = stats::mean(base_.at(0, families, 0));
        findings.money = "GBP a family";
    }
    const std::vector<double> points = cloud();
    for (std::size_t threshold = 0; threshold < question_.thresholds.size(); ++threshold) {
        add_one_way(findings, threshold);
        add_joints(findings, threshold, points);
    }
    confirm(findings.joints);
    for (Joint& joint : findings.joints) joint.parts = parts_of(joint);
    return findings;
}

}  // namespace vfm::program
