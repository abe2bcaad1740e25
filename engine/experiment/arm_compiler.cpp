#include "arm_compiler.hpp"

#include "vfm/random/streams.hpp"

#include <algorithm>

namespace vfm::experiment {

using model::ArmInputs;
using model::EffectRow;
using model::Facts;
using scenario::Covariate;
using scenario::Effect;

Facts level_facts(const std::vector<Covariate>& covariates) {
    Facts facts = 0;
    for (const Covariate& one : covariates) facts |= model::level_fact(one.index);
    return facts;
}

ArmInputs ArmCompiler::compile(const scenario::Arm& arm, const ArmStaffing& staffing,
                               const model::Clock& clock) {
    arm_ = &arm;
    inputs_ = {};
    static_cast<void>(add(0, {}));  // number 0 has no effect
    inputs_.discount_per_year = scenario_->discount_rate;
    inputs_.budget_planned = staffing.expected_spending;
    compile_pathway();
    compile_authority();
    compile_support(staffing);
    compile_outcomes();
    if (scenario_->official_timeliness) {
        const scenario::OfficialTimeliness& official = *scenario_->official_timeliness;
        const auto since_launch = [&](CalendarDate date) {
            return clock.launch + days_between(scenario_->launch, date) * ticks_per_day;
        };
        inputs_.official = {since_launch(official.from), since_launch(official.until) + ticks_per_day,
                            ticks_from_days(official.days), level_facts(official.when)};
    }
    return std::move(inputs_);
}

std::uint32_t ArmCompiler::add(double intercept, const std::vector<EffectRow>& rows) {
    inputs_.predictors.push_back({intercept, static_cast<std::uint32_t>(inputs_.rows.size()),
                                  static_cast<std::uint32_t>(rows.size())});
    inputs_.rows.insert(inputs_.rows.end(), rows.begin(), rows.end());
    return static_cast<std::uint32_t>(inputs_.predictors.size() - 1);
}

/// Rows of effects; `averaged` gets those a marginal base is solved over: all but an arm's policies, which
/// must not be averaged away.
std::vector<EffectRow> ArmCompiler::rows_of(const std::vector<Effect>& effects,
                                            std::vector<EffectRow>& averaged) const {
    std::vector<EffectRow> rows;
    for (const Effect& effect : effects) {
        EffectRow row;
        const double size = (*read_)(effect.size);
        if (effect.is_ratio && !(size > 0))
            throw UserError("a ratio must be above 0, but is " + std::to_string(size));
        row.coefficient = effect.is_ratio ? random::logarithm(size) : size;
        bool depends_on_policy = false;
        for (const Covariate& one : effect.when) {
            switch (one.kind) {
                case Covariate::Kind::level:
                    row.mask |= model::level_fact(one.index);
                    break;
                case Covariate::Kind::flag:
                    row.mask |= model::fact(static_cast<model::Flag>(one.index));
                    break;
                case Covariate::Kind::supporter_kind:
                    row.mask |= model::kind_fact(one.index);
                    break;
                case Covariate::Kind::policy:
                    row.coefficient *= (*read_)(arm_->model.policies[one.index]);
                    depends_on_policy = true;
                    break;
                case Covariate::Kind::area_effect:
                    (row.first_area_effect == EffectRow::none ? row.first_area_effect
                                                              : row.second_area_effect) =
                        static_cast<std::int16_t>(one.index);
                    break;
                case Covariate::Kind::area_type:
                    row.area_type = static_cast<std::int16_t>(one.index);
                    break;
            }
        }
        if (effect.per) {
            row.covariate = static_cast<std::int16_t>(*effect.per);
            row.centre = (*read_)(effect.centre);
            row.inverse_scale = 1 / read_->positive(effect.scale, "an effect's scale");
            row.cap = (*read_)(effect.cap);
        }
        if (!depends_on_policy) averaged.push_back(row);
        if (row.coefficient != 0) rows.push_back(row);
    }
    return rows;
}

std::uint32_t ArmCompiler::probability(const scenario::Predictor& predictor) {
    std::vector<EffectRow> averaged;
    const std::vector<EffectRow> rows = rows_of(predictor.effects, averaged);
    const double base = read_->probability(predictor.base, "a probability");
    return add(predictor.marginal ? rates_->logit_intercept(base, averaged) : random::logit(base), rows);
}

/// The factor on a mean, which is one on average over attributes and area effects.
std::uint32_t ArmCompiler::factor(const std::vector<Effect>& effects) {
    if (effects.empty()) return 0;
    std::vector<EffectRow> averaged;
    const std::vector<EffectRow> rows = rows_of(effects, averaged);
    return add(rates_->log_intercept(averaged), rows);
}

double ArmCompiler::coordinated(const scenario::Coordinated& ends, const char* what) const {
    const double coordination = read_->probability(arm_->model.support.coordination, "coordination");
    const double at_0 = read_->probability(ends.at_0, what);
    const double at_1 = read_->probability(ends.at_1, what);
    return at_0 + (at_1 - at_0) * coordination;
}

void ArmCompiler::compile_authority() {
    const scenario::Authority& authority = arm_->model.authority;
    inputs_.authority.unlimited = authority.unlimited;
    inputs_.authority.cost_per_hour = read_->not_negative(authority.cost_per_hour, "authority cost_per_hour");
    if (authority.unlimited) return;
    const double workers = read_->positive(authority.caseworkers, "caseworkers");
    inputs_.authority.caseworkers =
        workers < 1 ? 1U : static_cast<std::uint32_t>(std::min(workers + 0.5, 1e6));
    inputs_.authority.days_per_hour =
        days_per_week / read_->positive(authority.weekly_hours, "authority weekly_hours");
}

model::KindInputs ArmCompiler::compile_kind(const scenario::SupporterKind& kind) {
    model::KindInputs inputs;
    inputs.paid = kind.paid;
    inputs.weekly_hours = read_->positive(kind.weekly_hours, "weekly_hours");
    inputs.other_work_share = read_->probability(kind.other_work_share, "other_work_share");
    if (inputs.other_work_share == 1)
        throw UserError("other_work_share is 1, which leaves no hours for families");
    inputs.caseload_cap = read_->positive(kind.caseload_cap, "caseload_cap");
    inputs.bank_weeks = read_->not_negative(kind.bank_weeks, "bank_weeks");
    inputs.start_days = read_->sampler(kind.start_days, "start_days");
    inputs.replacement_days = read_->sampler(kind.replacement_days, "replacement_days");
    inputs.leaving_per_day =
        read_->not_negative(kind.leaving_rate_per_year, "leaving_rate_per_year") / days_per_year;
    inputs.notice_hazard_ratio = read_->positive(kind.notice_hazard_ratio, "notice_hazard_ratio");
    inputs.trained_share = read_->probability(kind.trained_share, "trained_share");
    inputs.experienced_after_days =
        read_->not_negative(kind.experienced_after_days, "experienced_after_days");
    inputs.not_for = level_facts(kind.not_for);
    inputs.cost_per_hour = read_->not_negative(kind.cost_per_hour, "cost_per_hour");
    inputs.expenses_per_hour = read_->not_negative(kind.expenses_per_hour, "expenses_per_hour");
    inputs.supervision_per_day =
        read_->not_negative(kind.supervision_per_week, "supervision_per_week") / days_per_week;
    inputs.recruitment_cost = read_->not_negative(kind.recruitment_cost, "recruitment_cost");
    inputs.time_value_per_hour = read_->not_negative(kind.time_value_per_hour, "time_value_per_hour");
    return inputs;
}

void ArmCompiler::compile_posts(const ArmStaffing& staffing) {
    constexpr double least_fraction = 0.2;  // a smaller rest is added to the post before it
    const scenario::Support& support = arm_->model.support;
    for (const StaffedPosts& staffed : staffing.posts) {
        const std::string name =
            "supporter/" + support.providers[staffed.provider].name + "/" + support.kinds[staffed.kind].name;
        double left = staffed.posts;
        for (std::uint32_t index = 0; left > 1e-9; ++index) {
            const double fraction = left < 1 + least_fraction ? left : 1;
            left -= fraction;
            inputs_.support.posts.push_back({static_cast<std::uint32_t>(staffed.provider),
                                             static_cast<std::uint32_t>(staffed.kind), index, fraction,
                                             random::purpose_hash(name + "/life"),
                                             random::purpose_hash(name + "/start")});
        }
    }
}

void ArmCompiler::compile_support(const ArmStaffing& staffing) {
    const scenario::Support& support = arm_->model.support;
    model::SupportInputs& inputs = inputs_.support;
    inputs.enabled = support.enabled;
    inputs.baseline_share = read_->probability(support.baseline.share, "baseline share");
    inputs.baseline_hours = read_->not_negative(support.baseline.hours, "baseline hours");
    inputs.baseline_cost_per_hour =
        read_->not_negative(support.baseline.cost_per_hour, "baseline cost_per_hour");
    inputs.baseline_displaced_share = read_->probability(support.baseline.displaced_share, "displaced_share");
    if (!support.enabled) return;
    inputs.waits_for_supporter = support.waits_for_supporter;
    inputs.uptake = probability(support.uptake);
    inputs.awareness_at_launch = read_->probability(support.awareness_at_launch, "awareness_at_launch");
    inputs.awareness_ramp_days = read_->not_negative(support.awareness_ramp_days, "awareness_ramp_days");
    inputs.lost = coordinated(support.referral.lost, "lost");
    inputs.misrouted = coordinated(support.referral.misrouted, "misrouted");
    if (inputs.lost + inputs.misrouted > 1 + 1e-9) {
        throw UserError("lost and misrouted are " + std::to_string(inputs.lost + inputs.misrouted) +
                        " together in this draw, and no family is both; narrow their distributions");
    }
    inputs.duplicated = coordinated(support.referral.duplicated, "duplicated");
    inputs.conflicted = coordinated(support.referral.conflicted, "conflicted");
    inputs.misrouted_delay_days =
        read_->sampler(support.referral.misrouted_delay_days, "misrouted_delay_days");
    inputs.misrouted_extra_hours =
        read_->not_negative(support.referral.misrouted_extra_hours, "misrouted_extra_hours");
    inputs.duplicated_hours_factor =
        read_->not_negative(support.referral.duplicated_hours_factor, "duplicated_hours_factor");
    inputs.handover_hours = read_->not_negative(support.handover_hours, "handover_hours");
    for (const scenario::SupporterKind& kind : support.kinds) inputs.kinds.push_back(compile_kind(kind));
    double all_shares = 0;
    for (const scenario::Provider& provider : support.providers) {
        all_shares += read_->not_negative(provider.share, "provider share");
    }
    double cumulative = 0;
    for (const scenario::Provider& provider : support.providers) {
        cumulative += (*read_)(provider.share) / all_shares;
        inputs.providers.push_back(
            {cumulative, level_facts(provider.serves),
             read_->not_negative(provider.fixed_cost_per_year, "fixed_cost_per_year") / days_per_year});
    }
    compile_posts(staffing);
}

void ArmCompiler::compile_outcomes() {
    const scenario::Outcomes& outcomes = arm_->model.outcome_effects;
    model::OutcomeInputs& inputs = inputs_.outcomes;
    inputs.feels_supported = probability(outcomes.feels_supported);
    inputs.engaged = probability(outcomes.engaged);
    inputs.plan_quality = probability(outcomes.plan_quality);
    inputs.navigation = probability(outcomes.navigation);
    for (std::size_t o = 0; o < outcomes.composite_weights.size() && o < 4; ++o) {
        inputs.composite_weights[o] = (*read_)(outcomes.composite_weights[o]);
    }
    inputs.waiting_loss_per_month = (*read_)(outcomes.waiting_loss_per_month);
    inputs.contact_removes_share =
        read_->probability(outcomes.contact_removes_share, "contact_removes_share");
    inputs.support_gain_points = (*read_)(outcomes.support_gain_points);
    inputs.gain_years = read_->not_negative(outcomes.gain_years, "gain_years");
    inputs.wellby_value = (*read_)(outcomes.wellby_value);
    inputs.family_time_value = read_->not_negative(outcomes.family_time_value, "family_time_value");
}

}  // namespace vfm::experiment
