#include "vfm/experiment/parameter_draws.hpp"

#include <algorithm>
#include <map>

namespace vfm::experiment {

using scenario::Dirichlet;
using scenario::Parameter;

ParameterDraws::ParameterDraws(const scenario::Scenario& scenario) : scenario_(&scenario) {
    const std::vector<Parameter>& parameters = scenario.parameters;
    std::vector<std::string> names;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const Parameter& parameter = parameters[p];
        if (parameter.dirichlet >= 0) {
            const Dirichlet& whole = scenario.dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
            double total = 0;
            for (const double alpha : whole.concentrations) total += alpha;
            means_.push_back(whole.concentrations[static_cast<std::size_t>(parameter.share)] / total);
            uncertain_.push_back(p);
            const bool has_stick =
                static_cast<std::size_t>(parameter.share) + 1 < whole.concentrations.size();
            if (!has_stick) continue;
            columns_.push_back({p, true});
            names.push_back(parameter.name + "/stick");
        } else {
            means_.push_back(random::mean(parameter.distribution));
            if (parameter.distribution.kind() == random::Distribution::Kind::fixed) continue;
            uncertain_.push_back(p);
            columns_.push_back({p, false});
            names.push_back(parameter.name);
        }
    }
    if (!columns_.empty()) {
        points_.emplace(scenario.design.sampling, scenario.design.draws, scenario.design.seed, names);
    }
    if (scenario.correlations.empty()) return;

    std::map<std::size_t, std::size_t> place;  // parameter -> row of the copula
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::size_t parameter = columns_[c].parameter;
        const bool named = std::any_of(scenario.correlations.begin(), scenario.correlations.end(),
                                       [&](const scenario::Correlation& one) {
                                           return one.first == parameter || one.second == parameter;
                                       });
        if (!named || columns_[c].is_stick) continue;
        place[parameter] = joined_.size();
        joined_.push_back(c);
    }
    random::SquareMatrix spearman{joined_.size(), std::vector<double>(joined_.size() * joined_.size(), 0.0)};
    for (std::size_t i = 0; i < spearman.size; ++i) spearman.values[i * spearman.size + i] = 1;
    for (const scenario::Correlation& one : scenario.correlations) {
        const auto first = place.find(one.first);
        const auto second = place.find(one.second);
        if (first == place.end() || second == place.end()) continue;  // a fixed parameter varies with nothing
        spearman.values[first->second * spearman.size + second->second] = one.spearman;
        spearman.values[second->second * spearman.size + first->second] = one.spearman;
    }
    copula_.emplace(spearman);
}

std::vector<double> ParameterDraws::draw(std::uint64_t draw) const {
    std::vector<double> values = means_;
    if (columns_.empty()) return values;
    std::vector<double> uniforms(columns_.size());
    points_->fill(draw, uniforms);
    if (copula_) {
        std::vector<double> independent;
        for (const std::size_t column : joined_) independent.push_back(uniforms[column]);
        const std::vector<double> dependent = copula_->join(independent);
        for (std::size_t i = 0; i < joined_.size(); ++i) uniforms[joined_[i]] = dependent[i];
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Parameter& parameter = scenario_->parameters[columns_[c].parameter];
        if (!columns_[c].is_stick) {
            values[columns_[c].parameter] = random::quantile(parameter.distribution, uniforms[c]);
        } else if (parameter.share == 0) {
            const Dirichlet& whole = scenario_->dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
            const std::span<const double> sticks(uniforms.data() + c, whole.concentrations.size() - 1);
            const std::vector<double> shares = random::dirichlet_shares(whole.concentrations, sticks);
            std::copy(shares.begin(), shares.end(),
                      values.begin() + static_cast<std::ptrdiff_t>(whole.first));
        }
    }
    return values;
}

}  // namespace vfm::experiment
