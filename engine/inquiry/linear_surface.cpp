#include "linear_surface.hpp"

#include "unknown.hpp"

#include "vfm/decision/quantity.hpp"
#include "vfm/stats/quantiles.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vfm::inquiry {

namespace {

decision::MeanSample means_over_replications(const GivenData& data) {
    decision::MeanSample means{
        .arms = data.question.arms.size(), .draws = data.draws, .cost = {}, .effect = {}};
    const auto add = [&](std::span<const double> cells, std::vector<double>& to) {
        const std::vector<double> values =
            decision::mean_of(cells, data.draws, data.replications).draw_values();
        to.insert(to.end(), values.begin(), values.end());
    };
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        add(data.cost().arm(arm), means.cost);
        add(data.effect().arm(arm), means.effect);
    }
    return means;
}

ParameterColumns scores_of(const ParameterColumns& columns) {
    ParameterColumns scores;
    for (const std::vector<double>& column : columns) scores.push_back(decision::normal_scores(column));
    return scores;
}

/// How much each parameter's scores go with any arm's net benefit at any threshold.
std::vector<double> largest_association(const GivenData& data, const ParameterColumns& scores,
                                        const std::vector<double>& thresholds) {
    std::vector<double> largest(scores.size(), 0.0);
    const std::size_t reference = data.question.reference;
    for (const double threshold : thresholds) {
        for (std::size_t arm = 0; arm < data.question.arms.size(); ++arm) {
            if (arm == reference) continue;
            const std::vector<double> cells =
                contrast_cells(data, {.arm = arm, .other = reference, .threshold = threshold});
            const std::vector<double> means =
                decision::mean_of(cells, data.draws, data.replications).draw_values();
            const double centre = stats::mean(means);
            const double deviation = std::sqrt(stats::variance(means));
            for (std::size_t p = 0; deviation > 0 && p < scores.size(); ++p) {
                double sum = 0;
                for (std::size_t i = 0; i < means.size(); ++i) sum += (means[i] - centre) * scores[p][i];
                largest[p] = std::max(largest[p], std::abs(sum) / deviation);
            }
        }
    }
    return largest;
}

std::vector<std::size_t> parameters_to_fit(const GivenData& data, const ParameterColumns& scores,
                                           const std::vector<double>& thresholds) {
    const std::size_t most = std::max<std::size_t>(data.draws / 4, 1);
    std::vector<std::size_t> chosen(scores.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    if (chosen.size() <= most) return chosen;
    const std::vector<double> largest = largest_association(data, scores, thresholds);
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t a, std::size_t b) { return largest[a] > largest[b]; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

ParameterColumns selected(const ParameterColumns& columns, const std::vector<std::size_t>& which) {
    ParameterColumns result;
    for (const std::size_t p : which) result.push_back(columns[p]);
    return result;
}

std::size_t best_at_centre(const decision::ResponseSurface& surface) {
    return static_cast<std::size_t>(std::max_element(surface.constant.begin(), surface.constant.end()) -
                                    surface.constant.begin());
}

/// The best of the others at a point.
std::size_t strongest_rival(const decision::ResponseSurface& surface, std::size_t arm,
                            const std::vector<double>& scores) {
    std::size_t rival = arm == 0 ? 1 : 0;
    for (std::size_t other = 0; other < surface.arms; ++other) {
        if (other != arm && surface.net_benefit(other, scores) > surface.net_benefit(rival, scores)) {
            rival = other;
        }
    }
    return rival;
}

}  // namespace

ParameterColumns parameter_columns(const GivenData& data) {
    const std::size_t width = data.parameters.size();
    ParameterColumns columns(width, std::vector<double>(data.draws));
    for (std::size_t i = 0; i < data.parameter_values.size(); ++i) {
        columns[i % width][i / width] = data.parameter_values[i];
    }
    return columns;
}

std::vector<double> contrast_cells(const GivenData& data, const decision::Contrast& contrast) {
    const auto cost = data.cost().arm(contrast.arm);
    const auto effect = data.effect().arm(contrast.arm);
    const auto other_cost = data.cost().arm(contrast.other);
    const auto other_effect = data.effect().arm(contrast.other);
    std::vector<double> values(cost.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = contrast.threshold * (effect[i] - other_effect[i]) - (cost[i] - other_cost[i]);
    }
    return values;
}

LinearSurface::LinearSurface(const GivenData& data, const ParameterColumns& columns,
                             const std::vector<double>& thresholds)
    : parameters_(parameters_to_fit(data, scores_of(columns), thresholds)),
      ascending_(selected(columns, parameters_)),
      response_(scores_of(ascending_), means_over_replications(data)) {
    const ParameterColumns scores = scores_of(ascending_);
    for (std::size_t draw = 0; draw < data.draws; ++draw) {
        for (const std::vector<double>& column : scores) points_.push_back(column[draw]);
    }
    for (std::vector<double>& column : ascending_) std::sort(column.begin(), column.end());
}

double LinearSurface::value_at(std::size_t coordinate, double score) const {
    return stats::sample_quantile(ascending_[coordinate], stats::normal_probability(score));
}

void LinearSurface::read_off(std::size_t threshold, SensitivityFindings& findings) const {
    const double worth = findings.thresholds()[threshold];
    const decision::ResponseSurface surface = response_.surface(worth);
    const std::vector<double> best = decision::shares_best(surface, points_);
    for (std::size_t arm = 0; arm < surface.arms; ++arm) {
        JointPoint point = joint_point(surface, arm, worth);
        point.threshold = threshold;
        point.probability_best = best[arm];
        findings.joint_points.push_back(std::move(point));
        if (arm == best_at_centre(surface)) continue;
        for (SufficientChange& change : sufficient_changes(surface, arm, worth)) {
            change.threshold = threshold;
            findings.sufficient.push_back(change);
        }
    }
}

JointPoint LinearSurface::joint_point(const decision::ResponseSurface& surface, std::size_t arm,
                                      double threshold) const {
    JointPoint point{.arm = arm,
                     .region = decision::joint_region(surface, arm),
                     .distance = unknown,
                     .interval = {unknown, unknown},
                     .probability = unknown,
                     .probability_best = unknown,
                     .parts = {}};
    const decision::JointRegion& region = point.region;
    if (region.best_at_medians || region.found) point.probability = region.probability;
    if (!region.found) return point;
    point.distance = region.distance;
    const double half = stats::normal_975 * distance_error(surface, point, threshold);
    point.interval = {std::max(point.distance - half, 0.0), point.distance + half};
    for (std::size_t c = 0; c < parameters_.size(); ++c) {
        point.parts.push_back({.parameter = parameters_[c],
                               .value = value_at(c, region.scores[c]),
                               .units = region.scores[c],
                               .share = region.shares[c]});
    }
    std::stable_sort(point.parts.begin(), point.parts.end(),
                     [](const JointPointPart& a, const JointPointPart& b) { return a.share > b.share; });
    return point;
}

/// The errors of the lead at the medians and of its slope towards the point, over the slope.
double LinearSurface::distance_error(const decision::ResponseSurface& surface, const JointPoint& point,
                                     double threshold) const {
    const std::size_t rival = point.region.rival;
    const double lead = surface.constant[point.arm] - surface.constant[rival];
    const double error = response_.standard_error(point.arm, rival, threshold);
    const double slope = std::abs(lead) / std::max(point.distance, 1e-12);
    return error * std::sqrt(1 + point.distance * point.distance) / std::max(slope, 1e-12);
}

std::vector<SufficientChange> LinearSurface::sufficient_changes(const decision::ResponseSurface& surface,
                                                                std::size_t arm, double threshold) const {
    std::vector<SufficientChange> changes;
    for (std::size_t c = 0; c < parameters_.size(); ++c) {
        const double score = decision::score_alone(surface, arm, c, stats::normal_975);
        if (std::isnan(score)) continue;
        std::vector<double> scores(parameters_.size(), 0.0);
        scores[c] = score;
        const std::size_t passed = strongest_rival(surface, arm, scores);
        const double slope = std::abs(surface.slope[arm * surface.coordinates + c] -
                                      surface.slope[passed * surface.coordinates + c]);
        const double half = stats::normal_975 * response_.standard_error(arm, passed, threshold) *
                            std::sqrt(1 + score * score) / std::max(slope, 1e-300);
        const auto end = [&](double at) {
            return std::abs(at) > stats::normal_975 ? unknown : value_at(c, at);
        };
        changes.push_back({.arm = arm,
                           .parameter = parameters_[c],
                           .change = {.value = value_at(c, score),
                                      .interval = {end(score - half), end(score + half)},
                                      .from = passed,
                                      .to = arm},
                           .side = score < 0 ? decision::Side::below : decision::Side::above,
                           .units = score,
                           .probability = stats::normal_probability(-std::abs(score))});
    }
    return changes;
}

}  // namespace vfm::inquiry
