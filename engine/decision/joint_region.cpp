#include "vfm/decision/joint_region.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/decision/net_benefit.hpp"
#include "vfm/stats/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Core>

namespace vfm::decision {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

Eigen::Index index(std::size_t number) {
    return static_cast<Eigen::Index>(number);
}

/// One arm's lead over a rival and how it changes with each score, at a point.
struct Lead {
    double value = 0;
    Vector gradient;
};

/// The surface of leads of one arm over each of the others.
class Leads {
  public:
    Leads(const ResponseSurface& surface, std::size_t arm) : surface_(&surface), arm_(arm) {
        for (std::size_t other = 0; other < surface.arms; ++other) {
            if (other != arm) rivals_.push_back(other);
        }
    }

    [[nodiscard]] std::size_t size() const { return rivals_.size(); }
    [[nodiscard]] std::size_t rival(std::size_t i) const { return rivals_[i]; }

    [[nodiscard]] Lead at(std::size_t i, const Vector& scores) const {
        Lead lead{.value = surface_->constant[arm_] - surface_->constant[rivals_[i]],
                  .gradient = Vector(scores.size())};
        for (std::size_t c = 0; c < surface_->coordinates; ++c) {
            const double away = scores[index(c)] - surface_->centre[c];
            const double slope = difference(surface_->slope, i, c);
            const double curvature = surface_->curvature.empty() ? 0 : difference(surface_->curvature, i, c);
            lead.value += away * (slope + away * curvature);
            lead.gradient[index(c)] = slope + 2 * away * curvature;
        }
        return lead;
    }

  private:
    [[nodiscard]] double difference(const std::vector<double>& table, std::size_t i, std::size_t c) const {
        return table[arm_ * surface_->coordinates + c] - table[rivals_[i] * surface_->coordinates + c];
    }

    const ResponseSurface* surface_;
    std::size_t arm_;
    std::vector<std::size_t> rivals_;
};

/// The point nearest to the origin, in the metric of the correlation, with rows x point >= bounds: the
/// multipliers are raised one after the other (Hildreth 1957). Its size says when it has settled.
Vector nearest_beyond(const Matrix& rows, const Vector& bounds, const Matrix& correlation) {
    constexpr int most_sweeps = 20000;
    const Matrix spread = correlation * rows.transpose();  // coordinate x row
    const Matrix gram = rows * spread;
    Vector multipliers = Vector::Zero(rows.rows());
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        double moved = 0;
        for (Eigen::Index i = 0; i < rows.rows(); ++i) {
            if (gram(i, i) <= 0) continue;
            const double wanted =
                std::max(0.0, multipliers[i] + (bounds[i] - gram.row(i).dot(multipliers)) / gram(i, i));
            moved = std::max(moved, std::abs(wanted - multipliers[i]) * std::sqrt(gram(i, i)));
            multipliers[i] = wanted;
        }
        if (moved < 1e-12) break;
    }
    return spread * multipliers;
}

struct Search {
    bool found = false;
    Vector point;
};

/// Linearises, goes to the nearest point of the linear region, and linearises there again. `sign` -1 looks
/// for where the leads are lost.
Search search(const Leads& leads, const std::vector<std::size_t>& which, const Matrix& correlation,
              double sign) {
    constexpr int most_steps = 200;
    constexpr double farthest = 8;  // standard normal units: beyond, nothing is believable
    Vector point = Vector::Zero(correlation.rows());
    double step = 1;
    for (int i = 0; i < most_steps; ++i) {
        Matrix rows(index(which.size()), correlation.rows());
        Vector bounds(index(which.size()));
        for (std::size_t w = 0; w < which.size(); ++w) {
            const Lead lead = leads.at(which[w], point);
            // Leads in units of their own gradients, so that the search does not depend on the money's unit.
            const double scale = sign / std::max(lead.gradient.norm(), std::numeric_limits<double>::min());
            rows.row(index(w)) = scale * lead.gradient.transpose();
            bounds[index(w)] = scale * (lead.gradient.dot(point) - lead.value);
        }
        const Vector next = nearest_beyond(rows, bounds, correlation);
        if (!next.allFinite() || (rows * next - bounds).minCoeff() < -1e-6 || next.norm() > 10 * farthest) {
            return {};
        }
        const double moved = (next - point).norm();
        point += step * (next - point);
        if (moved < 1e-9) return {.found = point.norm() <= farthest, .point = point};
        if (i % 20 == 19) step /= 2;
    }
    return {};
}

/// Squared length in the metric of the correlation, split over coordinates as point x (inverse x point) is;
/// for independent scores simply the squares.
JointRegion described(const Search& search, const Matrix& correlation) {
    JointRegion region{.found = search.found, .scores = {}, .shares = {}};
    if (!search.found) return region;
    // The part of the point that is not explained by the others: solve correlation x w = point by conjugate
    // gradients, exact in as many steps as there are coordinates and far fewer here.
    Vector weights = Vector::Zero(search.point.size());
    Vector residual = search.point;
    Vector direction = residual;
    double size = residual.squaredNorm();
    for (Eigen::Index i = 0; i < 2 * search.point.size() && size > 1e-24; ++i) {
        const Vector image = correlation * direction;
        const double along = direction.dot(image);
        if (along <= 0) break;
        weights += size / along * direction;
        residual -= size / along * image;
        const double next = residual.squaredNorm();
        direction = residual + next / size * direction;
        size = next;
    }
    const double squared = weights.dot(search.point);
    region.distance = std::sqrt(std::max(squared, 0.0));
    for (Eigen::Index c = 0; c < search.point.size(); ++c) {
        region.scores.push_back(search.point[c]);
        region.shares.push_back(squared > 0 ? weights[c] * search.point[c] / squared : 0.0);
    }
    return region;
}

}  // namespace

double ResponseSurface::net_benefit(std::size_t arm, std::span<const double> scores) const {
    double value = constant[arm];
    for (std::size_t c = 0; c < coordinates; ++c) {
        const double away = scores[c] - centre[c];
        const double curved = curvature.empty() ? 0 : curvature[arm * coordinates + c];
        value += away * (slope[arm * coordinates + c] + away * curved);
    }
    return value;
}

std::vector<double> shares_best(const ResponseSurface& surface, std::span<const double> points) {
    const std::size_t count = points.size() / surface.coordinates;
    std::vector<double> values;
    values.reserve(surface.arms * count);
    for (std::size_t arm = 0; arm < surface.arms; ++arm) {
        for (std::size_t i = 0; i < count; ++i) {
            values.push_back(
                surface.net_benefit(arm, points.subspan(i * surface.coordinates, surface.coordinates)));
        }
    }
    return probability_best(values, surface.arms, count);
}

JointRegion joint_region(const ResponseSurface& surface, std::size_t arm) {
    VFM_EXPECT(arm < surface.arms && surface.arms > 1 && surface.coordinates > 0);
    const auto width = index(surface.coordinates);
    const Matrix correlation = Eigen::Map<const Matrix>(surface.correlation.data(), width, width);
    const Leads leads(surface, arm);
    const Vector medians = Vector::Zero(width);
    bool best = true;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < leads.size(); ++i) {
        all.push_back(i);
        best = best && leads.at(i, medians).value >= 0;
    }
    JointRegion region;
    if (best) {
        for (const std::size_t i : all) {
            const JointRegion lost = described(search(leads, {i}, correlation, -1), correlation);
            if (lost.found && (!region.found || lost.distance < region.distance)) {
                region = lost;
                region.rival = leads.rival(i);
            }
        }
        region.best_at_medians = true;
        region.probability = region.found ? stats::normal_probability(region.distance) : 1;
        return region;
    }
    region = described(search(leads, all, correlation, 1), correlation);
    if (!region.found) return region;
    region.probability = stats::normal_probability(-region.distance);
    double closest = std::numeric_limits<double>::infinity();
    const Vector point = Eigen::Map<const Vector>(region.scores.data(), width);
    for (const std::size_t i : all) {
        const Lead lead = leads.at(i, point);
        const double away = std::abs(lead.value) / std::max(lead.gradient.norm(), 1e-300);
        if (away < closest) {
            closest = away;
            region.rival = leads.rival(i);
        }
    }
    return region;
}

double score_alone(const ResponseSurface& surface, std::size_t arm, std::size_t coordinate, double limit) {
    // From the centre outwards in small steps on both sides; the first at which the arm leads is bisected.
    constexpr int steps = 200;
    std::vector<double> scores = surface.centre;
    const auto leads = [&](double score) {
        scores[coordinate] = score;
        const double own = surface.net_benefit(arm, scores);
        for (std::size_t other = 0; other < surface.arms; ++other) {
            if (other != arm && surface.net_benefit(other, scores) > own) return false;
        }
        return true;
    };
    const double centre = surface.centre[coordinate];
    double nearest = std::numeric_limits<double>::quiet_NaN();
    for (const double end : {-limit, limit}) {
        for (int step = 1; step <= steps; ++step) {
            double inside = centre + (end - centre) * step / steps;
            if (!leads(inside)) continue;
            double outside = centre + (end - centre) * (step - 1) / steps;
            for (int half = 0; half < 60; ++half) {
                const double middle = (inside + outside) / 2;
                (leads(middle) ? inside : outside) = middle;
            }
            if (std::isnan(nearest) || std::abs(inside - centre) < std::abs(nearest - centre))
                nearest = inside;
            break;
        }
    }
    return nearest;
}

}  // namespace vfm::decision
