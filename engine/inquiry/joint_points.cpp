#include "joint_points.hpp"

#include "unknown.hpp"
#include "watched_runs.hpp"

#include "vfm/random/design_points.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/stats/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vfm::inquiry {

using decision::OneWayResults;
using decision::Side;
using decision::SwitchingValue;
using experiment::DesignedPoint;

namespace {

/// The mean change of one arm's net benefit from the base to a point of a line.
double own_change(const OneWayResults& line, std::size_t point, std::size_t arm, double threshold) {
    const std::size_t here = (point * line.arms + arm) * line.replications;
    const std::size_t base = (line.base * line.arms + arm) * line.replications;
    double sum = 0;
    for (std::size_t r = 0; r < line.replications; ++r) {
        sum += threshold * (line.effect[here + r] - line.effect[base + r]) -
               (line.cost[here + r] - line.cost[base + r]);
    }
    return sum / static_cast<double>(line.replications);
}

/// Each arm's net benefit as a quadratic function of every score, through the ends and the base of its line.
decision::ResponseSurface surface_through_runs(const OneWayStudy& study, double threshold) {
    const experiment::ParameterSpace& space = study.space();
    const std::size_t arms = study.base().arms;
    const std::size_t width = space.size();
    decision::ResponseSurface surface{.arms = arms,
                                      .coordinates = width,
                                      .centre = space.mean_scores(),
                                      .constant = {},
                                      .slope = std::vector<double>(arms * width, 0.0),
                                      .curvature = std::vector<double>(arms * width, 0.0),
                                      .correlation = space.score_correlation().values};
    for (const decision::CostAndEffect& arm : decision::mean_arms(
             sample_at(study.base(), 0, cost_measure), sample_at(study.base(), 0, effect_measure))) {
        surface.constant.push_back(threshold * arm.effect - arm.cost);
    }
    for (const LineRuns& runs : study.lines()) {
        if (runs.line.coordinate < 0) continue;
        const auto c = static_cast<std::size_t>(runs.line.coordinate);
        // A line's ends are its parameter's 2.5 and 97.5 % points.
        const double to_low = -stats::normal_975 - surface.centre[c];
        const double to_high = stats::normal_975 - surface.centre[c];
        if (to_low >= 0 || to_high <= 0) continue;  // a mean beyond the 95 % range has no line
        for (std::size_t arm = 0; arm < arms; ++arm) {
            const auto slope_to = [&](double value, double score) {
                const std::size_t point = place_on_line(runs.results, value);
                return own_change(runs.results, point, arm, threshold) / score;
            };
            const double low = slope_to(runs.line.low, to_low);
            const double high = slope_to(runs.line.high, to_high);
            const double curvature = (high - low) / (to_high - to_low);
            surface.curvature[arm * width + c] = curvature;
            surface.slope[arm * width + c] = high - curvature * to_high;
        }
    }
    return surface;
}

/// Scores drawn from the parameters' joint distribution, point x coordinate.
std::vector<double> drawn_scores(const OneWayStudy& study) {
    constexpr std::size_t points = 4096;
    const experiment::ParameterSpace& space = study.space();
    const std::size_t width = space.size();
    const random::SquareMatrix factor = random::cholesky_factor(space.score_correlation());
    const random::DesignPoints design(random::DesignKind::sobol, points, study.study().scenario().design.seed,
                                      space.names());
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

void add_fitted(SensitivityFindings& findings, std::size_t threshold,
                const decision::ResponseSurface& surface, const std::vector<double>& scores) {
    const std::vector<double> best = decision::shares_best(surface, scores);
    for (std::size_t arm = 0; arm < surface.arms; ++arm) {
        JointPoint point{.threshold = threshold,
                         .arm = arm,
                         .region = decision::joint_region(surface, arm),
                         .distance = unknown,
                         .interval = {unknown, unknown},
                         .probability = unknown,
                         .probability_best = best[arm],
                         .parts = {}};
        if (point.region.best_at_medians && !point.region.found) point.probability = 1;  // nothing passes it
        findings.joint_points.push_back(std::move(point));
    }
}

constexpr double ray_factors[] = {0, 0.5, 0.75, 1, 1.25, farthest_run};

/// What the simulation says along the ray from the medians through the fitted point.
void take_from_ray(JointPoint& point, const OneWayResults& ray, double threshold) {
    const bool leads = decision::best_arm(ray, 0, threshold) == point.arm;
    const bool should_lead = point.region.best_at_medians;
    const std::optional<SwitchingValue> change =
        should_lead ? decision::best_arm_change(ray, threshold, Side::above)
                    : decision::becomes_best(ray, point.arm, threshold, Side::above);
    point.distance = unknown;
    if (leads != should_lead) {  // at the medians already: the fitted surface was wrong by more than its lead
        point.distance = 0;
    } else if (change) {
        point.distance = change->value;
        point.interval = change->interval;
    }
    point.probability = stats::normal_probability(should_lead ? point.distance : -point.distance);
}

void confirm_by_runs(SensitivityFindings& findings, const OneWayStudy& study) {
    std::vector<DesignedPoint> points;
    for (const JointPoint& joint : findings.joint_points) {
        if (!joint.region.found) continue;
        for (const double factor : ray_factors) {
            std::vector<double> scores = joint.region.scores;
            for (double& score : scores) score *= factor;
            points.push_back({.name = "joint point of " + findings.question.arms[joint.arm],
                              .values = study.space().at_scores(scores),
                              .first_key = 0});
        }
    }
    if (points.empty()) return;
    const experiment::DesignedResults runs = study.run(points);
    std::size_t point = 0;
    for (JointPoint& joint : findings.joint_points) {
        if (!joint.region.found) continue;
        OneWayResults ray;
        ray.arms = runs.arms;
        ray.replications = runs.replications;
        for (const double factor : ray_factors) add_run(ray, factor * joint.region.distance, runs, point++);
        take_from_ray(joint, ray, findings.thresholds()[joint.threshold]);
    }
}

std::vector<JointPointPart> parts_of(const JointPoint& point, const OneWayStudy& study) {
    std::vector<JointPointPart> parts;
    if (!point.region.found || std::isnan(point.distance) || point.region.distance == 0) return parts;
    std::vector<double> scores = point.region.scores;
    for (double& score : scores) score *= point.distance / point.region.distance;
    const std::vector<double> values = study.space().at_scores(scores);
    const std::vector<std::size_t>& uncertain = study.space().uncertain();
    for (const LineRuns& runs : study.lines()) {
        if (runs.line.coordinate < 0) continue;
        const auto c = static_cast<std::size_t>(runs.line.coordinate);
        const auto place = std::find(uncertain.begin(), uncertain.end(), runs.line.parameter);
        parts.push_back({.parameter = static_cast<std::size_t>(place - uncertain.begin()),
                         .value = values[runs.line.parameter],
                         .units = scores[c],
                         .share = point.region.shares[c]});
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const JointPointPart& a, const JointPointPart& b) { return a.share > b.share; });
    return parts;
}

}  // namespace

void add_joint_points(SensitivityFindings& findings, const OneWayStudy& study) {
    const std::vector<double> scores = drawn_scores(study);
    for (std::size_t threshold = 0; threshold < findings.thresholds().size(); ++threshold) {
        add_fitted(findings, threshold, surface_through_runs(study, findings.thresholds()[threshold]),
                   scores);
    }
    confirm_by_runs(findings, study);
    for (JointPoint& point : findings.joint_points) point.parts = parts_of(point, study);
}

}  // namespace vfm::inquiry
