#include "vfm/decision/joint_region.hpp"

#include "linear_algebra.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/decision/net_benefit.hpp"
#include "vfm/stats/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vfm::decision {

namespace {

using Vector = std::vector<double>;

double length(const Vector& vector) {
    return std::sqrt(dot(vector, vector));
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
            const double away = scores[c] - surface_->centre[c];
            const double slope = difference(surface_->slope, i, c);
            const double curvature = surface_->curvature.empty() ? 0 : difference(surface_->curvature, i, c);
            lead.value += away * (slope + away * curvature);
            lead.gradient[c] = slope + 2 * away * curvature;
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

/// Half-spaces of points: each row (a column of the matrix) x point >= its bound.
struct HalfSpaces {
    Matrix rows;
    Vector bounds;
};

struct Nearest {
    Vector point;
    std::size_t tightest = 0;  ///< the half-space that holds it farthest out
};

/// The point nearest to the origin, in the metric of the correlation, that lies in all half-spaces: the
/// multipliers are raised one after the other (Hildreth 1957). Its size says when it has settled.
Nearest nearest_inside(const HalfSpaces& spaces, const Matrix& correlation) {
    constexpr int most_sweeps = 20000;
    const Matrix images = product(correlation, spaces.rows);  // coordinate x row
    const Matrix gram = transposed_product(spaces.rows, images);
    Vector multipliers(spaces.bounds.size(), 0.0);
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        double moved = 0;
        for (std::size_t i = 0; i < multipliers.size(); ++i) {
            if (gram(i, i) <= 0) continue;
            const double reached = dot(gram.column(i), multipliers);
            const double wanted = std::max(0.0, multipliers[i] + (spaces.bounds[i] - reached) / gram(i, i));
            moved = std::max(moved, std::abs(wanted - multipliers[i]) * std::sqrt(gram(i, i)));
            multipliers[i] = wanted;
        }
        if (moved < 1e-12) break;
    }
    Nearest nearest{product(images, multipliers)};
    const auto pull = [&](std::size_t i) { return multipliers[i] * std::sqrt(std::max(gram(i, i), 0.0)); };
    for (std::size_t i = 1; i < multipliers.size(); ++i) {
        if (pull(i) > pull(nearest.tightest)) nearest.tightest = i;
    }
    return nearest;
}

/// Whether the point is one, and in all half-spaces but for rounding.
bool is_inside(const HalfSpaces& spaces, const Vector& point) {
    if (!std::all_of(point.begin(), point.end(), [](double score) { return std::isfinite(score); }))
        return false;
    const Vector reached = transposed_product(spaces.rows, point);
    for (std::size_t i = 0; i < reached.size(); ++i) {
        if (reached[i] - spaces.bounds[i] < -1e-6) return false;
    }
    return true;
}

struct Search {
    bool found = false;
    Vector point;
    std::size_t tightest = 0;  ///< of the leads, the one that holds it farthest from the medians
};

/// Linearises, goes to the nearest point of the linear region, and linearises there again. `sign` -1 looks
/// for where the leads are lost.
Search search(const Leads& leads, const std::vector<std::size_t>& which, const Matrix& correlation,
              double sign) {
    constexpr int most_steps = 200;
    constexpr double farthest = 8;  // standard normal units: beyond, nothing is believable
    Vector point(correlation.rows(), 0.0);
    double step = 1;
    for (int i = 0; i < most_steps; ++i) {
        HalfSpaces spaces{Matrix(point.size(), which.size()), Vector(which.size())};
        for (std::size_t w = 0; w < which.size(); ++w) {
            const Lead lead = leads.at(which[w], point);
            // Leads in units of their own gradients, so that the search does not depend on the money's unit.
            const double scale = sign / std::max(length(lead.gradient), std::numeric_limits<double>::min());
            for (std::size_t c = 0; c < point.size(); ++c) spaces.rows(c, w) = scale * lead.gradient[c];
            spaces.bounds[w] = scale * (dot(lead.gradient, point) - lead.value);
        }
        const Nearest nearest = nearest_inside(spaces, correlation);
        Vector move = nearest.point;
        if (!is_inside(spaces, move) || length(move) > 10 * farthest) return {};
        for (std::size_t c = 0; c < point.size(); ++c) {
            move[c] -= point[c];
            point[c] += step * move[c];
        }
        if (length(move) < 1e-9) {
            return {.found = length(point) <= farthest, .point = point, .tightest = which[nearest.tightest]};
        }
        if (i % 20 == 19) step /= 2;
    }
    return {};
}

/// The inverse of a correlation times a point: the part of each coordinate that the others do not explain.
/// Directions in which scores do not vary, because parameters go with each other throughout, are left out.
Vector unexplained(const SymmetricEigen& correlation, const Vector& point) {
    Vector result(point.size(), 0.0);
    for (std::size_t k = 0; k < point.size(); ++k) {
        if (!(correlation.values[k] > 1e-11 * correlation.values.back())) continue;
        const std::span<const double> axis = correlation.vectors.column(k);
        const double along = dot(axis, point) / correlation.values[k];
        for (std::size_t c = 0; c < point.size(); ++c) result[c] += along * axis[c];
    }
    return result;
}

/// Squared length in the metric of the correlation, split over coordinates as point x (inverse x point) is;
/// for independent scores simply the squares.
JointRegion described(const Search& search, const SymmetricEigen& correlation) {
    if (!search.found) return {};
    JointRegion region{.found = true, .scores = search.point, .shares = {}};
    const Vector weights = unexplained(correlation, search.point);
    const double squared = dot(weights, search.point);
    region.distance = std::sqrt(std::max(squared, 0.0));
    for (std::size_t c = 0; c < search.point.size(); ++c) {
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
    Matrix correlation(surface.coordinates, surface.coordinates);
    std::copy(surface.correlation.begin(), surface.correlation.end(), correlation.values().begin());
    const SymmetricEigen decomposed = symmetric_eigen(correlation);
    const Leads leads(surface, arm);
    const Vector medians(surface.coordinates, 0.0);
    bool best = true;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < leads.size(); ++i) {
        all.push_back(i);
        best = best && leads.at(i, medians).value >= 0;
    }
    JointRegion region;
    if (best) {
        for (const std::size_t i : all) {
            const JointRegion lost = described(search(leads, {i}, correlation, -1), decomposed);
            if (lost.found && (!region.found || lost.distance < region.distance)) {
                region = lost;
                region.rival = leads.rival(i);
            }
        }
        region.best_at_medians = true;
        region.probability = region.found ? stats::normal_probability(region.distance) : 1;
        return region;
    }
    const Search nearest = search(leads, all, correlation, 1);
    region = described(nearest, decomposed);
    if (!region.found) return region;
    region.probability = stats::normal_probability(-region.distance);
    region.rival = leads.rival(nearest.tightest);
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
            if (other != arm && surface.net_benefit(other, scores) >= own) return false;
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
