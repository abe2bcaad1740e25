#include "ranks.hpp"

#include <algorithm>
#include <cmath>
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

Matrix correlations(const Matrix& columns) {
    Matrix standard = columns;
    for (std::size_t place = 0; place < standard.columns(); ++place) {
        const std::span<double> column = standard.column(place);
        centre(column);
        const double length = std::sqrt(dot(column, column));
        for (double& value : column) value = length > 0 ? value / length : 0;
    }
    return gram_matrix(standard);
}

}  // namespace vfm::decision
