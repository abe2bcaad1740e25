#include "smooth_terms.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace vfm::decision {

namespace {

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
    Matrix
        curvature;   ///< knot x knot: what each value at a knot adds to the second derivative, a column each
    Matrix penalty;  ///< integral of the squared second derivative = values' x penalty x values
};

NaturalSpline natural_spline(std::vector<double> knots) {
    const std::size_t count = knots.size();
    const auto gap = [&knots](std::size_t i) { return knots[i + 1] - knots[i]; };
    Matrix slopes(count - 2, count);       // D of Wood's table 5.1
    Matrix moments(count - 2, count - 2);  // B
    for (std::size_t i = 0; i + 2 < count; ++i) {
        slopes(i, i) = 1 / gap(i);
        slopes(i, i + 1) = -1 / gap(i) - 1 / gap(i + 1);
        slopes(i, i + 2) = 1 / gap(i + 1);
        moments(i, i) = (gap(i) + gap(i + 1)) / 3;
        if (i + 3 < count) moments(i, i + 1) = moments(i + 1, i) = gap(i + 1) / 6;
    }
    const Matrix inner = solve_positive_definite(moments, slopes);
    NaturalSpline spline{std::move(knots), Matrix(count, count), transposed_product(slopes, inner)};
    for (std::size_t value = 0; value < count; ++value) {
        for (std::size_t i = 0; i < count - 2; ++i) spline.curvature(value, i + 1) = inner(i, value);
    }
    return spline;
}

/// The spline's value at a place is this row times its values at the knots; straight beyond the outer knots.
void fill_row(const NaturalSpline& spline, double place, std::span<double> row) {
    const std::vector<double>& knots = spline.knots;
    const auto gap = [&knots](std::size_t i) { return knots[i + 1] - knots[i]; };
    const auto add_curvature = [&spline, row](double factor, std::size_t knot) {
        const std::span<const double> curvature = spline.curvature.column(knot);
        for (std::size_t value = 0; value < row.size(); ++value) row[value] += factor * curvature[value];
    };
    const double inside = std::clamp(place, knots.front(), knots.back());
    const auto above = std::upper_bound(knots.begin() + 1, knots.end() - 1, inside);
    const auto i = static_cast<std::size_t>(above - knots.begin()) - 1;
    const double h = gap(i);
    const double right = (inside - knots[i]) / h;
    const double left = 1 - right;
    std::fill(row.begin(), row.end(), 0.0);
    row[i] += left;
    row[i + 1] += right;
    add_curvature(h * h / 6 * (left * left * left - left), i);
    add_curvature(h * h / 6 * (right * right * right - right), i + 1);
    if (place == inside) return;
    const double beyond = place - inside;
    const std::size_t last = knots.size() - 2;
    const std::size_t at = place < inside ? 0 : last;
    row[at] -= beyond / gap(at);
    row[at + 1] += beyond / gap(at);
    // The slope at an outer knot: the chord's, less what the curvature at the inner knot bends it.
    if (place < inside) {
        add_curvature(-beyond * gap(at) / 6, 1);
    } else {
        add_curvature(beyond * gap(at) / 6, last);
    }
}

/// The spline's basis at all places: place x knot.
Matrix basis_at(const NaturalSpline& spline, std::span<const double> places) {
    Matrix basis(places.size(), spline.knots.size());
    std::vector<double> row(spline.knots.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        fill_row(spline, places[i], row);
        for (std::size_t knot = 0; knot < row.size(); ++knot) basis(i, knot) = row[knot];
    }
    return basis;
}

void standardise(std::span<double> column) {
    centre(column);
    const double deviation = std::sqrt(dot(column, column) / static_cast<double>(column.size()));
    for (double& value : column) value /= deviation;
}

SmoothTerms straight_line(std::span<const double> values) {
    SmoothTerms terms{Matrix(values.size(), 1), {1}};
    terms.columns.set_column(0, values);
    standardise(terms.columns.column(0));
    return terms;
}

/// How bent a term of one parameter may be, as its place among that parameter's terms, for a weight.
double bend_weight(const SmoothTerms& terms, std::size_t term, double rho) {
    return term == 0 ? 1 : rho * terms.smoothness[term];
}

/// A product of terms: which term of which parameter.
using Product = std::vector<std::pair<std::size_t, std::size_t>>;

/// The products of a joint smooth in order of what matters first: lines, bends, products of lines, products
/// with a bend, products of three lines.
std::vector<Product> products_of(std::span<const SmoothTerms> smooths, std::size_t most) {
    std::vector<Product> products;
    const std::size_t members = smooths.size();
    const auto exists = [&](std::size_t p, std::size_t term) { return term < smooths[p].columns.columns(); };
    /// Adds one kind whole, or not at all: which parameter comes first must not matter.
    const auto add = [&](const std::vector<Product>& kind) {
        if (products.empty() || products.size() + kind.size() <= most) {
            products.insert(products.end(), kind.begin(), kind.end());
        }
    };
    const auto mains = [&](std::size_t term) {
        std::vector<Product> kind;
        for (std::size_t p = 0; p < members; ++p) {
            if (exists(p, term)) kind.push_back({{p, term}});
        }
        return kind;
    };
    const auto pairs = [&](std::size_t low, std::size_t high) {
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
    for (std::size_t term = 0; term < 3; ++term) add(mains(term));
    add(pairs(0, 0));
    add(mains(3));
    add(pairs(0, 1));
    add(triples);
    add(pairs(1, 1));
    add(pairs(0, 2));
    for (std::size_t term = 4; term < 9; ++term) add(mains(term));
    if (members <= 4) {
        add(pairs(1, 2));
        add(pairs(0, 3));
        add(pairs(2, 2));
    }
    return products;
}

}  // namespace

SmoothTerms spline_terms(std::span<const double> values, std::size_t knots) {
    std::vector<double> chosen = knots_of(values, knots);
    if (chosen.size() < 2) {
        const bool varies = !values.empty() && *std::min_element(values.begin(), values.end()) <
                                                   *std::max_element(values.begin(), values.end());
        return varies ? straight_line(values) : SmoothTerms{Matrix(values.size(), 0), {}};
    }
    if (chosen.size() < 3) return straight_line(values);
    // On a scale of about one, so that a parameter's unit cannot spoil the matrices.
    const double origin = chosen.front();
    const double scale = chosen.back() - chosen.front();
    for (double& knot : chosen) knot = (knot - origin) / scale;
    std::vector<double> places(values.begin(), values.end());
    for (double& place : places) place = (place - origin) / scale;
    const NaturalSpline spline = natural_spline(std::move(chosen));
    const Matrix basis = basis_at(spline, places);
    // Axes in which both penalty and Gram matrix are diagonal: constant, line, then bends.
    Matrix gram = gram_matrix(basis);
    gram /= static_cast<double>(values.size());
    const std::optional<SymmetricEigen> axes = symmetric_eigen(spline.penalty, gram);
    if (!axes) return straight_line(values);
    SmoothTerms terms{Matrix(values.size(), spline.knots.size() - 1), {1}};
    terms.columns.set_column(0, values);
    standardise(terms.columns.column(0));
    const Matrix bends = product(basis, axes->vectors.last_columns(2));
    for (std::size_t bend = 0; bend < bends.columns(); ++bend) {
        terms.columns.set_column(1 + bend, bends.column(bend));
        standardise(terms.columns.column(1 + bend));
        terms.smoothness.push_back(axes->values[2] / axes->values[2 + bend]);
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
    const std::size_t draws = parameters.empty() ? 0 : parameters.front().size();
    TermFamily family{Matrix(draws, products.size()), {}};
    for (const double rho : bends) {
        std::vector<double>& weights = family.weights.emplace_back();
        for (const Product& product : products) {
            double weight = std::pow(rho, static_cast<double>(product.size() - 1));
            for (const auto& [parameter, term] : product) {
                weight *= bend_weight(smooths[parameter], term, product.size() == 1 ? rho : 1);
            }
            weights.push_back(weight);
        }
    }
    for (std::size_t place = 0; place < products.size(); ++place) {
        const std::span<double> column = family.columns.column(place);
        std::fill(column.begin(), column.end(), 1.0);
        for (const auto& [parameter, term] : products[place]) {
            const std::span<const double> factor = smooths[parameter].columns.column(term);
            for (std::size_t i = 0; i < draws; ++i) column[i] *= factor[i];
        }
        if (products[place].size() > 1) centre(column);
    }
    return family;
}

}  // namespace vfm::decision
