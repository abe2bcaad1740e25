#include "smooth_terms.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::decision {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Ascending and distinct, at quantiles of the values from 1 to 99 %.
std::vector<double> knots_of(std::span<const double> values, std::size_t most) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> distinct = sorted;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= most) return distinct;
    std::vector<double> knots;
    for (std::size_t k = 0; k < most; ++k) {
        const double share = 0.01 + 0.98 * static_cast<double>(k) / static_cast<double>(most - 1);
        knots.push_back(
            sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))]);
    }
    knots.erase(std::unique(knots.begin(), knots.end()), knots.end());
    return knots;
}

/// A natural cubic spline by its values at the knots.
struct NaturalSpline {
    std::vector<double> knots;
    MatrixXd curvature;  ///< second derivatives at all knots = curvature x values at the knots
    MatrixXd penalty;    ///< integral of the squared second derivative = values' x penalty x values
};

NaturalSpline natural_spline(std::vector<double> knots) {
    const auto count = static_cast<Index>(knots.size());
    const auto gap = [&knots](Index i) {
        return knots[static_cast<std::size_t>(i) + 1] - knots[static_cast<std::size_t>(i)];
    };
    MatrixXd slopes = MatrixXd::Zero(count - 2, count);       // D of Wood's table 5.1
    MatrixXd moments = MatrixXd::Zero(count - 2, count - 2);  // B
    for (Index i = 0; i + 2 < count; ++i) {
        slopes(i, i) = 1 / gap(i);
        slopes(i, i + 1) = -1 / gap(i) - 1 / gap(i + 1);
        slopes(i, i + 2) = 1 / gap(i + 1);
        moments(i, i) = (gap(i) + gap(i + 1)) / 3;
        if (i + 3 < count) moments(i, i + 1) = moments(i + 1, i) = gap(i + 1) / 6;
    }
    NaturalSpline spline;
    const MatrixXd inner = moments.ldlt().solve(slopes);
    spline.curvature = MatrixXd::Zero(count, count);
    spline.curvature.middleRows(1, count - 2) = inner;
    spline.penalty = slopes.transpose() * inner;
    spline.knots = std::move(knots);
    return spline;
}

/// The spline's value at a place is this row times its values at the knots; straight beyond the outer knots.
void fill_row(const NaturalSpline& spline, double place, Eigen::Ref<Eigen::RowVectorXd> row) {
    const std::vector<double>& knots = spline.knots;
    const auto count = static_cast<Index>(knots.size());
    const double inside = std::clamp(place, knots.front(), knots.back());
    const auto above = std::upper_bound(knots.begin(), knots.end() - 1, inside);
    const Index i = std::max<Index>(0, static_cast<Index>(above - knots.begin()) - 1);
    const double h = knots[static_cast<std::size_t>(i) + 1] - knots[static_cast<std::size_t>(i)];
    const double right = (inside - knots[static_cast<std::size_t>(i)]) / h;
    const double left = 1 - right;
    row.setZero();
    row[i] += left;
    row[i + 1] += right;
    row += h * h / 6 * (left * left * left - left) * spline.curvature.row(i);
    row += h * h / 6 * (right * right * right - right) * spline.curvature.row(i + 1);
    if (place == inside) return;
    const double beyond = place - inside;
    const Index at = place < inside ? 0 : count - 2;
    const double end = knots[static_cast<std::size_t>(at) + 1] - knots[static_cast<std::size_t>(at)];
    row[at] -= beyond / end;
    row[at + 1] += beyond / end;
    // The slope at an outer knot: the chord's, less what the curvature at the inner knot bends it.
    if (place < inside) {
        row -= beyond * end / 6 * spline.curvature.row(1);
    } else {
        row += beyond * end / 6 * spline.curvature.row(count - 2);
    }
}

void standardise(Eigen::Ref<VectorXd> column) {
    column.array() -= column.mean();
    column /= std::sqrt(column.squaredNorm() / static_cast<double>(column.size()));
}

SmoothTerms straight_line(const VectorXd& values) {
    SmoothTerms terms;
    terms.columns = values;
    standardise(terms.columns.col(0));
    terms.smoothness = {1};
    return terms;
}

/// How bent a term of one parameter may be, as its place among that parameter's terms, for a weight.
double bend_weight(const SmoothTerms& terms, Index term, double rho) {
    return term == 0 ? 1 : rho * terms.smoothness[static_cast<std::size_t>(term)];
}

/// A product of terms: which term of which parameter.
using Product = std::vector<std::pair<std::size_t, Index>>;

/// The products of a joint smooth in order of what matters first: lines, bends, products of lines, products
/// with a bend, products of three lines.
std::vector<Product> products_of(std::span<const SmoothTerms> smooths, std::size_t most) {
    std::vector<Product> products;
    const std::size_t members = smooths.size();
    const auto exists = [&](std::size_t p, Index term) { return term < smooths[p].columns.cols(); };
    /// Adds one kind whole, or not at all: which parameter comes first must not matter.
    const auto add = [&](const std::vector<Product>& kind) {
        if (products.empty() || products.size() + kind.size() <= most) {
            products.insert(products.end(), kind.begin(), kind.end());
        }
    };
    const auto mains = [&](Index term) {
        std::vector<Product> kind;
        for (std::size_t p = 0; p < members; ++p) {
            if (exists(p, term)) kind.push_back({{p, term}});
        }
        return kind;
    };
    const auto pairs = [&](Index low, Index high) {
        std::vector<Product> kind;
        for (std::size_t p = 0; p < members; ++p) {
            for (std::size_t q = p + 1; q < members; ++q) {
                if (exists(p, low) && exists(q, high)) kind.push_back({{p, low}, {q, high}});
                if (low != high && exists(p, high) && exists(q, low)) kind.push_back({{p, high}, {q, low}});
            }
        }
        return kind;
    };
    std::vector<Product> triples;
    for (std::size_t p = 0; p < members && members <= 12; ++p) {
        for (std::size_t q = p + 1; q < members; ++q) {
            for (std::size_t r = q + 1; r < members; ++r) {
                if (exists(p, 0) && exists(q, 0) && exists(r, 0)) triples.push_back({{p, 0}, {q, 0}, {r, 0}});
            }
        }
    }
    for (Index term = 0; term < 3; ++term) add(mains(term));
    add(pairs(0, 0));
    add(mains(3));
    add(pairs(0, 1));
    add(triples);
    add(pairs(1, 1));
    add(pairs(0, 2));
    for (Index term = 4; term < 9; ++term) add(mains(term));
    if (members <= 4) {
        add(pairs(1, 2));
        add(pairs(0, 3));
        add(pairs(2, 2));
    }
    return products;
}

}  // namespace

SmoothTerms spline_terms(std::span<const double> values, std::size_t knots) {
    const auto draws = static_cast<Index>(values.size());
    const VectorXd places = Eigen::Map<const VectorXd>(values.data(), draws);
    std::vector<double> chosen = knots_of(values, knots);
    if (chosen.size() < 2) {
        const bool varies = draws > 0 && places.minCoeff() < places.maxCoeff();
        return varies ? straight_line(places) : SmoothTerms{MatrixXd(draws, 0), {}};
    }
    if (chosen.size() < 3) return straight_line(places);
    // On a scale of about one, so that a parameter's unit cannot spoil the matrices.
    const double origin = chosen.front();
    const double scale = chosen.back() - chosen.front();
    for (double& knot : chosen) knot = (knot - origin) / scale;
    const NaturalSpline spline = natural_spline(std::move(chosen));
    const auto count = static_cast<Index>(spline.knots.size());
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> basis(draws, count);
    Eigen::RowVectorXd row(count);
    for (Index i = 0; i < draws; ++i) {
        fill_row(spline, (places[i] - origin) / scale, row);
        basis.row(i) = row;
    }
    // Whiten by the Gram matrix, then turn to the axes of the penalty: constant, line, then bends.
    const MatrixXd gram = basis.transpose() * basis / static_cast<double>(draws);
    const Eigen::LLT<MatrixXd> factor(gram);
    if (factor.info() != Eigen::Success) return straight_line(places);
    const MatrixXd half = factor.matrixL().solve(spline.penalty);
    const MatrixXd whitened = factor.matrixL().solve(half.transpose());
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(0.5 * (whitened + whitened.transpose()));
    SmoothTerms terms = straight_line(places);
    const MatrixXd bends = basis * factor.matrixU().solve(solver.eigenvectors().rightCols(count - 2));
    terms.columns.conservativeResize(Eigen::NoChange, count - 1);
    terms.columns.rightCols(count - 2) = bends;
    for (Index k = 1; k < count - 1; ++k) {
        standardise(terms.columns.col(k));
        terms.smoothness.push_back(solver.eigenvalues()[2] / solver.eigenvalues()[k + 1]);
    }
    return terms;
}

TermFamily joint_terms(std::span<const std::vector<double>> parameters, std::size_t most_terms) {
    constexpr std::size_t knots = 10;
    constexpr double bends[] = {0, 0.01, 0.1, 1};
    std::vector<SmoothTerms> smooths;
    for (const std::vector<double>& parameter : parameters) {
        smooths.push_back(spline_terms(parameter, knots));
    }
    const std::vector<Product> products = products_of(smooths, most_terms);
    const Index draws = parameters.empty() ? 0 : static_cast<Index>(parameters.front().size());
    TermFamily family;
    family.columns = MatrixXd(draws, static_cast<Index>(products.size()));
    for (const double rho : bends) {
        VectorXd weights(static_cast<Index>(products.size()));
        for (Index column = 0; column < weights.size(); ++column) {
            const Product& product = products[static_cast<std::size_t>(column)];
            double weight = std::pow(rho, static_cast<double>(product.size() - 1));
            for (const auto& [parameter, term] : product) {
                weight *= bend_weight(smooths[parameter], term, product.size() == 1 ? rho : 1);
            }
            weights[column] = weight;
        }
        family.weights.push_back(std::move(weights));
    }
    for (Index column = 0; column < family.columns.cols(); ++column) {
        const Product& product = products[static_cast<std::size_t>(column)];
        auto filled = family.columns.col(column);
        filled.setOnes();
        for (const auto& [parameter, term] : product) {
            filled.array() *= smooths[parameter].columns.col(term).array();
        }
        if (product.size() > 1) filled.array() -= filled.mean();
    }
    return family;
}

}  // namespace vfm::decision
