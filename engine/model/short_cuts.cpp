#include "vfm/model/short_cuts.hpp"

#include <algorithm>

namespace vfm::model {
namespace {

/// Whether it makes no difference to anybody which supporter has a free place.
bool supporters_are_alike(const SupportInputs& support, const Clock& clock) {
    if (support.posts.empty() || support.providers.size() != 1) return false;
    const std::uint32_t kind_number = support.posts.front().kind;
    const KindInputs& kind = support.kinds[kind_number];
    if (kind.not_for != 0 || (kind.trained_share > 0 && kind.trained_share < 1)) return false;
    if (!kind.start_days.is_fixed()) return false;
    if (clock.launch + ticks_from_days(kind.start_days.mean()) >= std::min(clock.funding_end, clock.horizon))
        return false;
    return std::all_of(support.posts.begin(), support.posts.end(),
                       [&](const PostInputs& post) { return post.kind == kind_number; });
}

/// Whether a family goes straight to the provider when it arrives, or never.
bool referral_is_direct(const ArmInputs& inputs) {
    const SupportInputs& support = inputs.support;
    if (support.lost > 0 || support.misrouted > 0 || support.duplicated > 0 || support.conflicted > 0)
        return false;
    for (const StageInputs& stage : inputs.stages) {
        for (const TransitionInputs& way : stage.next) {
            if (!way.to_outcome && inputs.stages[way.target].offers_support) return false;
        }
    }
    return true;
}

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

bool authority_is_never_short(const ArmInputs& inputs) {
    return inputs.authority.unlimited && std::none_of(inputs.stages.begin(), inputs.stages.end(),
                                                      [](const StageInputs& s) { return s.has_panel; });
}

bool support_is_passive(const ArmInputs& inputs) {
    const auto nobody_leaves = [](const KindInputs& kind) { return kind.leaving_per_day == 0; };
    const auto no_tasks = [](const StageInputs& stage) { return stage.tasks.empty(); };
    return inputs.support.waits_for_supporter &&
           std::all_of(inputs.stages.begin(), inputs.stages.end(), no_tasks) &&
           std::all_of(inputs.support.kinds.begin(), inputs.support.kinds.end(), nobody_leaves);
}

bool places_need_no_calendar(const PopulationInputs& population, const ArmInputs& inputs) {
    return inputs.support.enabled && support_is_passive(inputs) &&
           supporters_are_alike(inputs.support, population.clock) && referral_is_direct(inputs) &&
           authority_is_never_short(inputs);
}

SupportedStages supported_stages(const PopulationInputs& population, const ArmInputs& inputs) {
    if (!inputs.support.enabled) return SupportedStages::none;
    if (places_need_no_calendar(population, inputs)) return SupportedStages::ahead_by_recursion;
    return support_is_passive(inputs) ? SupportedStages::ahead_of_the_calendar : SupportedStages::as_events;
}

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

}  // namespace vfm::model
