#include "vfm/decision/sobol_indices.hpp"

#include "missing.hpp"

#include "vfm/stats/sample_statistics.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

namespace vfm::decision {

namespace {

using Cells = std::span<const double>;

/// What one row of the design adds to the estimators. Sums of these over rows, or over rows drawn again, give
/// every index.
struct RowTerms {
    std::vector<double> a;       ///< row: mean over replications
    std::vector<double> b;       ///< row
    std::vector<double> within;  ///< row: A's and B's sample variances over replications, added
    std::vector<double> change;  ///< group x row: mean of hybrid - A
    std::vector<double> square;  ///< group x row: the square of the expected hybrid - A, without noise's part
};

double mean_of_products(Cells hybrid, Cells a) {
    double sum = 0;
    double squares = 0;
    for (std::size_t r = 0; r < a.size(); ++r) {
        const double change = hybrid[r] - a[r];
        sum += change;
        squares += change * change;
    }
    const auto n = static_cast<double>(a.size());
    return a.size() == 1 ? squares : (sum * sum - squares) / (n * (n - 1));
}

RowTerms row_terms(const SaltelliResults& results) {
    const std::size_t width = results.replications;
    RowTerms terms;
    for (std::size_t row = 0; row < results.rows; ++row) {
        const Cells a = results.a.subspan(row * width, width);
        const Cells b = results.b.subspan(row * width, width);
        terms.a.push_back(stats::mean(a));
        terms.b.push_back(stats::mean(b));
        terms.within.push_back(width > 1 ? stats::variance(a) + stats::variance(b) : 0.0);
    }
    for (std::size_t group = 0; group < results.groups; ++group) {
        for (std::size_t row = 0; row < results.rows; ++row) {
            const Cells a = results.a.subspan(row * width, width);
            const Cells hybrid = results.hybrids.subspan((group * results.rows + row) * width, width);
            terms.change.push_back(stats::mean(hybrid) - terms.a[row]);
            terms.square.push_back(mean_of_products(hybrid, a));
        }
    }
    return terms;
}

struct PointEstimates {
    double variance = 0;
    double within = 0;
    std::vector<double> first;
    std::vector<double> total;
};

/// The estimators over the rows named, which may repeat.
PointEstimates estimates(const RowTerms& terms, const std::vector<std::size_t>& rows, std::size_t groups,
                         std::size_t replications) {
    const auto n = static_cast<double>(rows.size());
    const std::size_t all_rows = terms.a.size();
    double sum = 0;
    PointEstimates found;
    for (const std::size_t row : rows) {
        sum += terms.a[row] + terms.b[row];
        found.within += terms.within[row] / (2 * n);
    }
    const double centre = sum / (2 * n);
    double squares = 0;
    for (const std::size_t row : rows) {
        squares += (terms.a[row] - centre) * (terms.a[row] - centre) +
                   (terms.b[row] - centre) * (terms.b[row] - centre);
    }
    found.variance = squares / (2 * n - 1) - found.within / static_cast<double>(replications);
    for (std::size_t group = 0; group < groups; ++group) {
        double first = 0;
        double total = 0;
        for (const std::size_t row : rows) {
            first += (terms.b[row] - centre) * terms.change[group * all_rows + row];
            total += terms.square[group * all_rows + row];
        }
        const bool exists = found.variance > 0;
        found.first.push_back(exists ? first / n / found.variance : missing);
        found.total.push_back(exists ? total / (2 * n) / found.variance : missing);
    }
    return found;
}

SensitivityIndex resampled_index(double value, std::vector<double>& resampled) {
    SensitivityIndex index{.value = value, .standard_error = missing, .interval = {missing, missing}};
    std::erase_if(resampled, [](double one) { return std::isnan(one); });
    if (std::isnan(value) || resampled.size() < 2) return index;
    index.standard_error = std::sqrt(stats::variance(resampled));
    index.interval.low = quantile(resampled, 0.025);
    index.interval.high = quantile(resampled, 0.975);
    return index;
}

void check(const SaltelliResults& results) {
    const std::size_t cells = results.rows * results.replications;
    if (results.rows < 2 || results.replications == 0 || results.a.size() != cells ||
        results.b.size() != cells || results.hybrids.size() != results.groups * cells) {
        throw std::invalid_argument(
            "a Saltelli design needs at least two rows, and as many results of B and of each hybrid as of A");
    }
}

}  // namespace

SobolIndices sobol_indices(const SaltelliResults& results, const Bootstrap& bootstrap) {
    check(results);
    const RowTerms terms = row_terms(results);
    std::vector<std::size_t> rows(results.rows);
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
    const PointEstimates found = estimates(terms, rows, results.groups, results.replications);

    std::vector<std::vector<double>> first(results.groups);
    std::vector<std::vector<double>> total(results.groups);
    std::mt19937_64 engine(bootstrap.seed);  // its sequence is the standard's, the same everywhere
    for (std::size_t resample = 0; resample < bootstrap.resamples; ++resample) {
        for (std::size_t& row : rows) row = engine() % results.rows;
        const PointEstimates again = estimates(terms, rows, results.groups, results.replications);
        for (std::size_t group = 0; group < results.groups; ++group) {
            first[group].push_back(again.first[group]);
            total[group].push_back(again.total[group]);
        }
    }
    SobolIndices indices{.variance = found.variance, .noise_share = missing, .first = {}, .total = {}};
    if (results.replications > 1) {
        const double one = std::max(found.variance, 0.0) + found.within;
        indices.noise_share = one > 0 ? found.within / one : 0.0;
    }
    for (std::size_t group = 0; group < results.groups; ++group) {
        indices.first.push_back(resampled_index(found.first[group], first[group]));
        indices.total.push_back(resampled_index(found.total[group], total[group]));
    }
    return indices;
}

}  // namespace vfm::decision
