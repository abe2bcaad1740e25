#include "authority.hpp"

#include "vfm/random/streams.hpp"

namespace vfm::model {

void Authority::start(const ArmInputs& arm) {
    inputs_ = &arm.authority;
    if (!inputs_->unlimited) caseworkers_.reset(inputs_->caseworkers, 0);
    panels_.resize(arm.stages.size());
    for (std::size_t s = 0; s < arm.stages.size(); ++s) {
        const StageInputs& stage = arm.stages[s];
        if (!stage.has_panel) continue;
        const double phase = random::uniform_pair(states_.drawn().cell(), stage.panel_purpose, 0, 0).first;
        panels_[s] = des::Agenda(static_cast<Ticks>(phase * static_cast<double>(stage.panel_period)),
                                 stage.panel_period, stage.panel_places);
    }
}

void Authority::keep(Queues& queues) const {
    queues.caseworkers = caseworkers_;
    queues.panels = panels_;
}

void Authority::resume(const Queues& queues) {
    caseworkers_ = queues.caseworkers;
    panels_ = queues.panels;
}

}  // namespace vfm::model
