#include "warm_up.hpp"

#include <algorithm>

namespace vfm::model {

void WarmUp::begin() {
    official_on_time_ = accounts_.counted(Measure::official_on_time_numerator);
    official_plans_ = accounts_.counted(Measure::official_on_time_denominator);
}

void WarmUp::keep(std::uint32_t number, std::size_t arrived) {
    number_ = number;
    families_.clear();
    later_visits_.clear();
    for (const std::uint32_t family : states_.drawn().in_order().first(arrived)) {
        families_.push_back(states_[family]);
        if (!states_[family].has_later_visits) continue;
        const std::span<const std::uint8_t> row = states_.later_visits(family);
        later_visits_.insert(later_visits_.end(), row.begin(), row.end());
    }
    pending_ = calendar_.pending();
    authority_.keep(queues_);
    official_on_time_ = accounts_.counted(Measure::official_on_time_numerator) - official_on_time_;
    official_plans_ = accounts_.counted(Measure::official_on_time_denominator) - official_plans_;
}

std::size_t WarmUp::take_over() {
    auto kept = later_visits_.begin();
    for (std::size_t i = 0; i < families_.size(); ++i) {
        const std::uint32_t family = states_.drawn().in_order()[i];
        states_[family] = families_[i];
        if (!families_[i].has_later_visits) continue;
        const std::span<std::uint8_t> row = states_.later_visits(family);
        std::copy_n(kept, row.size(), row.begin());
        kept += static_cast<std::ptrdiff_t>(row.size());
    }
    calendar_.resume(pending_);
    authority_.resume(queues_);
    accounts_.count(Measure::official_on_time_numerator, official_on_time_);
    accounts_.count(Measure::official_on_time_denominator, official_plans_);
    return families_.size();
}

}  // namespace vfm::model
