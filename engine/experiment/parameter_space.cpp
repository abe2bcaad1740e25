#include "vfm/experiment/parameter_space.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace vfm::experiment {

using random::Distribution;
using scenario::Dirichlet;
using scenario::Parameter;

namespace {

double total_of(const Dirichlet& whole) {
    return std::accumulate(whole.concentrations.begin(), whole.concentrations.end(), 0.0);
}

/// Strictly inside (0, 1), as quantiles want it.
double inside(double probability) {
    return std::clamp(probability, 0x1p-1022, 1.0 - 0x1p-53);
}

}  // namespace

ParameterSpace::ParameterSpace(const scenario::Scenario& scenario) : scenario_(&scenario) {
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
        const Parameter& parameter = scenario.parameters[p];
        if (parameter.dirichlet >= 0) {
            const Dirichlet& whole = scenario.dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
            const auto share = static_cast<std::size_t>(parameter.share);
            means_.push_back(whole.concentrations[share] / total_of(whole));
            uncertain_.push_back(p);
            if (share + 1 == whole.concentrations.size()) continue;
            columns_.push_back({p, true});
            names_.push_back(parameter.name + "/stick");
        } else {
            means_.push_back(random::mean(parameter.distribution));
            if (parameter.distribution.kind() == Distribution::Kind::fixed) continue;
            uncertain_.push_back(p);
            columns_.push_back({p, false});
            names_.push_back(parameter.name);
        }
    }
    if (!scenario.correlations.empty()) join(scenario.correlations);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Distribution distribution = of_coordinate(c);
        const double probability = random::cumulative_probability(distribution, random::mean(distribution));
        mean_scores_.push_back(random::standard_normal_quantile(inside(probability)));
    }
}

void ParameterSpace::join(const std::vector<scenario::Correlation>& correlations) {
    std::map<std::size_t, std::size_t> place;  // parameter -> row of the copula
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::size_t parameter = columns_[c].parameter;
        const bool named =
            std::any_of(correlations.begin(), correlations.end(), [&](const scenario::Correlation& one) {
                return one.first == parameter || one.second == parameter;
            });
        if (!named || columns_[c].is_stick) continue;
        place[parameter] = joined_.size();
        joined_.push_back(c);
    }
    random::SquareMatrix spearman{joined_.size(), std::vector<double>(joined_.size() * joined_.size(), 0.0)};
    for (std::size_t i = 0; i < spearman.size; ++i) spearman.values[i * spearman.size + i] = 1;
    for (const scenario::Correlation& one : correlations) {
        const auto first = place.find(one.first);
        const auto second = place.find(one.second);
        if (first == place.end() || second == place.end()) continue;  // a fixed parameter varies with nothing
        spearman.values[first->second * spearman.size + second->second] = one.spearman;
        spearman.values[second->second * spearman.size + first->second] = one.spearman;
    }
    copula_.emplace(spearman);
}

Distribution ParameterSpace::of_coordinate(std::size_t coordinate) const {
    const Parameter& parameter = scenario_->parameters[columns_[coordinate].parameter];
    if (!columns_[coordinate].is_stick) return parameter.distribution;
    const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
    return random::dirichlet_sticks(whole.concentrations)[static_cast<std::size_t>(parameter.share)];
}

Distribution ParameterSpace::marginal(std::size_t parameter) const {
    const Parameter& one = scenario_->parameters.at(parameter);
    if (one.dirichlet < 0) return one.distribution;
    const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(one.dirichlet)];
    const double alpha = whole.concentrations[static_cast<std::size_t>(one.share)];
    return Distribution::beta(alpha, total_of(whole) - alpha);
}

std::vector<double> ParameterSpace::moved(std::size_t parameter, double value) const {
    std::vector<double> values = means_;
    const Parameter& one = scenario_->parameters.at(parameter);
    if (one.dirichlet >= 0) {
        const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(one.dirichlet)];
        const double scale = (1 - value) / (1 - means_[parameter]);
        for (std::size_t share = 0; share < whole.concentrations.size(); ++share) {
            values[whole.first + share] *= scale;
        }
    }
    values[parameter] = value;
    return values;
}

std::vector<double> ParameterSpace::at_uniforms(std::span<const double> uniforms) const {
    VFM_EXPECT(uniforms.size() == columns_.size());
    if (!copula_) return at_marginals(uniforms);
    std::vector<double> joined(uniforms.begin(), uniforms.end());
    std::vector<double> independent;
    for (const std::size_t column : joined_) independent.push_back(uniforms[column]);
    const std::vector<double> dependent = copula_->join(independent);
    for (std::size_t i = 0; i < joined_.size(); ++i) joined[joined_[i]] = dependent[i];
    return at_marginals(joined);
}

std::vector<double> ParameterSpace::at_scores(std::span<const double> scores) const {
    VFM_EXPECT(scores.size() == columns_.size());
    std::vector<double> uniforms;
    for (const double score : scores) uniforms.push_back(inside(random::standard_normal_cdf(score)));
    return at_marginals(uniforms);
}

std::vector<double> ParameterSpace::at_marginals(std::span<const double> uniforms) const {
    std::vector<double> values = means_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Parameter& parameter = scenario_->parameters[columns_[c].parameter];
        if (!columns_[c].is_stick) {
            values[columns_[c].parameter] = random::quantile(parameter.distribution, uniforms[c]);
        } else if (parameter.share == 0) {
            const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
            const std::span<const double> sticks = uniforms.subspan(c, whole.concentrations.size() - 1);
            const std::vector<double> shares = random::dirichlet_shares(whole.concentrations, sticks);
            std::copy(shares.begin(), shares.end(),
                      values.begin() + static_cast<std::ptrdiff_t>(whole.first));
        }
    }
    return values;
}

random::SquareMatrix ParameterSpace::score_correlation() const {
    const std::size_t n = columns_.size();
    random::SquareMatrix matrix{n, std::vector<double>(n * n, 0.0)};
    for (std::size_t i = 0; i < n; ++i) matrix.values[i * n + i] = 1;
    for (std::size_t i = 0; i < joined_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k <= j; ++k)
                sum += copula_->factor().at(i, k) * copula_->factor().at(j, k);
            matrix.values[joined_[i] * n + joined_[j]] = sum;
            matrix.values[joined_[j] * n + joined_[i]] = sum;
        }
    }
    return matrix;
}

std::vector<Block> ParameterSpace::blocks() const {
    std::vector<std::size_t> root(columns_.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    const auto unite = [&](std::size_t a, std::size_t b) {
        const std::size_t from = std::max(root[a], root[b]);
        const std::size_t to = std::min(root[a], root[b]);
        std::replace(root.begin(), root.end(), from, to);
    };
    for (std::size_t a = 0; a < columns_.size(); ++a) {
        const Parameter& one = scenario_->parameters[columns_[a].parameter];
        for (std::size_t b = a + 1; b < columns_.size(); ++b) {
            const Parameter& other = scenario_->parameters[columns_[b].parameter];
            if (columns_[a].is_stick && one.dirichlet == other.dirichlet) unite(a, b);
        }
    }
    for (std::size_t i = 0; i < joined_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool correlated = std::any_of(
                scenario_->correlations.begin(), scenario_->correlations.end(), [&](const auto& one) {
                    const std::size_t a = columns_[joined_[i]].parameter;
                    const std::size_t b = columns_[joined_[j]].parameter;
                    return one.spearman != 0 &&
                           ((one.first == a && one.second == b) || (one.first == b && one.second == a));
                });
            if (correlated) unite(joined_[i], joined_[j]);
        }
    }
    std::vector<Block> blocks;
    for (std::size_t first = 0; first < columns_.size(); ++first) {
        if (root[first] != first) continue;
        Block block;
        for (std::size_t c = first; c < columns_.size(); ++c) {
            if (root[c] != first) continue;
            block.coordinates.push_back(c);
            block.parameters.push_back(columns_[c].parameter);
        }
        const Parameter& parameter = scenario_->parameters[columns_[first].parameter];
        if (columns_[first].is_stick) {
            const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
            block.parameters.push_back(whole.first + whole.concentrations.size() - 1);
        }
        blocks.push_back(block);
    }
    return blocks;
}

}  // namespace vfm::experiment
