// The years before launch: the same for arms that differ in their programme alone, hence simulated once for
// them.
#include "area_state.hpp"

#include "vfm/model/short_cuts.hpp"

#include <algorithm>

namespace vfm::model {
namespace {

/// What no family can be before there is a programme.
constexpr Facts only_with_support = ~(all_levels | fact(Flag::late));

/// A predictor as families meet it who have no support.
class WithoutSupport {
  public:
    WithoutSupport(const ArmInputs& arm, std::uint32_t predictor)
        : predictor_(&arm.predictors[predictor]), row_(arm.rows.data() + predictor_->first_row) {}

    bool operator==(const WithoutSupport& other) const {
        if (predictor_->intercept != other.predictor_->intercept) return false;
        const EffectRow* mine = next(row_);
        const EffectRow* theirs = other.next(other.row_);
        while (mine != end() && theirs != other.end()) {
            if (*mine != *theirs) return false;
            mine = next(mine + 1);
            theirs = other.next(theirs + 1);
        }
        return mine == end() && theirs == other.end();
    }

  private:
    [[nodiscard]] const EffectRow* end() const { return row_ + predictor_->row_count; }
    /// The first row from here on that can hold.
    [[nodiscard]] const EffectRow* next(const EffectRow* from) const {
        return std::find_if(from, end(),
                            [](const EffectRow& row) { return (row.mask & only_with_support) == 0; });
    }

    const PredictorInputs* predictor_;
    const EffectRow* row_;
};

bool alike(const StageInputs& one, const ArmInputs& arm, const StageInputs& other,
           const ArmInputs& other_arm) {
    const auto same_predictor = [&](std::uint32_t p, std::uint32_t q) {
        return WithoutSupport(arm, p) == WithoutSupport(other_arm, q);
    };
    const auto same_way = [&](const TransitionInputs& way, const TransitionInputs& other_way) {
        return way.to_outcome == other_way.to_outcome && way.target == other_way.target &&
               same_predictor(way.probability, other_way.probability);
    };
    return one.number == other.number && one.lead_days == other.lead_days &&
           same_predictor(one.lead_effects, other.lead_effects) && one.has_work == other.has_work &&
           one.work_hours == other.work_hours && same_predictor(one.work_effects, other.work_effects) &&
           one.has_panel == other.has_panel && one.panel_period == other.panel_period &&
           one.panel_places == other.panel_places && one.panel_purpose == other.panel_purpose &&
           one.starts_clock == other.starts_clock && one.milestone == other.milestone &&
           one.deadlines == other.deadlines &&
           std::equal(one.next.begin(), one.next.end(), other.next.begin(), other.next.end(), same_way);
}

}  // namespace

bool alike_before_launch(const ArmInputs& one, const ArmInputs& other) {
    return one.authority.unlimited == other.authority.unlimited &&
           one.authority.caseworkers == other.authority.caseworkers &&
           one.authority.days_per_hour == other.authority.days_per_hour &&
           one.entry_stages == other.entry_stages && one.official == other.official &&
           std::equal(one.stages.begin(), one.stages.end(), other.stages.begin(), other.stages.end(),
                      [&](const StageInputs& stage, const StageInputs& other_stage) {
                          return alike(stage, one, other_stage, other);
                      });
}

void AreaSimulation::State::warm_up() {
    const bool tells = trace != nullptr;  // a replay needs to see everything happen
    if (inputs_->warm_up_number == 0 || tells) {
        simulate_until(std::min(clock_.launch, clock_.horizon));
    } else if (warm_up_.warm_up_number == inputs_->warm_up_number) {
        take_over_warm_up();
    } else {
        keep_warm_up();
    }
}

/// Of all tallies only the official ones count families who came before launch.
void AreaSimulation::State::keep_warm_up() {
    const auto tally = [this](Measure measure) { return tallies_->sums[static_cast<std::size_t>(measure)]; };
    const std::int64_t on_time_before = tally(Measure::official_on_time_numerator);
    const std::int64_t plans_before = tally(Measure::official_on_time_denominator);
    simulate_until(std::min(clock_.launch, clock_.horizon));
    warm_up_.warm_up_number = inputs_->warm_up_number;
    warm_up_.arrived = arrived_;
    warm_up_.families.clear();
    warm_up_.later_visits.clear();
    for (const std::uint32_t family : families_->in_order().first(arrived_)) {
        warm_up_.families.push_back(family_states_[family]);
        if (!family_states_[family].has_later_visits) continue;
        const std::uint8_t* row = later_visits_.data() + family * stage_count_;
        warm_up_.later_visits.insert(warm_up_.later_visits.end(), row, row + stage_count_);
    }
    warm_up_.calendar = calendar_;
    warm_up_.caseworkers = caseworkers_;
    warm_up_.panels = panels_;
    warm_up_.official_on_time = tally(Measure::official_on_time_numerator) - on_time_before;
    warm_up_.official_plans = tally(Measure::official_on_time_denominator) - plans_before;
}

void AreaSimulation::State::take_over_warm_up() {
    arrived_ = warm_up_.arrived;
    const std::uint8_t* row = warm_up_.later_visits.data();
    for (std::size_t i = 0; i < arrived_; ++i) {
        const std::uint32_t family = families_->in_order()[i];
        family_states_[family] = warm_up_.families[i];
        if (!warm_up_.families[i].has_later_visits) continue;
        std::copy_n(row, stage_count_, later_visits_.data() + family * stage_count_);
        row += stage_count_;
    }
    calendar_ = warm_up_.calendar;
    caseworkers_ = warm_up_.caseworkers;
    panels_ = warm_up_.panels;
    tallies_->count(Measure::official_on_time_numerator, warm_up_.official_on_time);
    tallies_->count(Measure::official_on_time_denominator, warm_up_.official_plans);
}

}  // namespace vfm::model
