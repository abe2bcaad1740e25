#include "vfm/experiment/parameter_draws.hpp"

namespace vfm::experiment {

ParameterDraws::ParameterDraws(const scenario::Scenario& scenario) : space_(scenario) {
    if (space_.size() == 0) return;
    points_.emplace(scenario.design.sampling, scenario.design.draws, scenario.design.seed, space_.names());
}

std::vector<double> ParameterDraws::draw(std::uint64_t draw) const {
    if (!points_) return space_.means();
    std::vector<double> uniforms(space_.size());
    points_->fill(draw, uniforms);
    return space_.at_uniforms(uniforms);
}

}  // namespace vfm::experiment
