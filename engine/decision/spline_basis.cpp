#include "spline_basis.hpp"

#include <algorithm>
#include <numeric>

namespace vfm::decision {

std::vector<double> relative_ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return values[a] != values[b] ? values[a] < values[b] : a < b;
    });
    std::vector<double> places(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
        const double middle = static_cast<double>(first + last) / 2 / static_cast<double>(order.size());
        for (std::size_t i = first; i < last; ++i) places[order[i]] = middle;
        first = last;
    }
    return places;
}

Columns cubic_splines(std::span<const double> places, std::size_t intervals) {
    Columns columns(intervals + 2, std::vector<double>(places.size(), 0.0));
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double scaled = places[i] * static_cast<double>(intervals);
        const std::size_t stretch = std::min(static_cast<std::size_t>(scaled), intervals - 1);
        const double t = scaled - static_cast<double>(stretch);
        const double s = 1 - t;
        // The four uniform cubic B-splines that are not zero here.
        const double parts[4] = {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6,
                                 (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6};
        for (std::size_t part = 0; part < 4; ++part) {
            if (stretch + part > 0) columns[stretch + part - 1][i] = parts[part];
        }
    }
    return columns;
}

namespace {

/// Stretches of a single parameter's spline: enough to follow two full waves where the draws allow it.
std::size_t stretches_for(std::size_t columns_wanted) {
    constexpr std::size_t most = 8;
    return std::clamp<std::size_t>(columns_wanted > 2 ? columns_wanted - 2 : 0, 1, most);
}

}  // namespace

Columns regressors(std::span<const std::span<const double>> parameters) {
    const std::size_t draws = parameters.front().size();
    const std::size_t members = parameters.size();
    const std::size_t budget = std::max<std::size_t>(draws / 20, 1);
    const std::size_t products = members * (members - 1) / 2;
    const bool with_products = products > 0 && budget >= 3 * members + products;
    const std::size_t for_each = (budget - (with_products ? products : 0)) / members;
    Columns columns;
    std::vector<std::vector<double>> places;
    for (const std::span<const double> parameter : parameters) {
        places.push_back(relative_ranks(parameter));
        if (for_each >= 3) {
            Columns splines = cubic_splines(places.back(), stretches_for(for_each));
            std::move(splines.begin(), splines.end(), std::back_inserter(columns));
        } else {
            columns.push_back(places.back());
        }
    }
    for (std::size_t a = 0; with_products && a < members; ++a) {
        for (std::size_t b = a + 1; b < members; ++b) {
            std::vector<double> product(draws);
            for (std::size_t i = 0; i < draws; ++i) {
                product[i] = (places[a][i] - 0.5) * (places[b][i] - 0.5);
            }
            columns.push_back(std::move(product));
        }
    }
    return columns;
}

}  // namespace vfm::decision
