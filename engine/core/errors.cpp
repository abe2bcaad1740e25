#include "vfm/core/errors.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

namespace vfm {

std::string Fault::text() const {
    std::string text = file;
    if (line > 0) text += ":" + std::to_string(line) + ":" + std::to_string(column);
    text += ": error: " + problem;
    if (!suggestion.empty()) text += ", " + suggestion;
    return text;
}

namespace {

std::string all_texts(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) {
        if (!text.empty()) text += '\n';
        text += fault.text();
    }
    return text;
}

std::vector<Fault> in_order_of_place(std::vector<Fault> faults) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    return faults;
}

/// Optimal string alignment distance (Damerau 1964): insertions, deletions, substitutions, transpositions.
std::size_t edit_distance(const std::string& a, const std::string& b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> before(width);
    std::vector<std::size_t> above(width);
    std::vector<std::size_t> row(width);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const bool same = a[i - 1] == b[j - 1];
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above.back();
}

}  // namespace

ScenarioError::ScenarioError(std::vector<Fault> faults)
    : UserError(all_texts(in_order_of_place(faults))), faults_(in_order_of_place(std::move(faults))) {}

std::string nearest_name(const std::string& name, const std::vector<std::string>& known) {
    constexpr std::size_t longest_compared = 100;
    if (name.size() > longest_compared) return {};
    std::string nearest;
    std::size_t smallest = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string& candidate : known) {
        if (candidate.size() > longest_compared) continue;
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < smallest) {
            smallest = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

}  // namespace vfm
