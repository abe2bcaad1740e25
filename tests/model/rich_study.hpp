// Studies in which everything happens, each a little different by its number: for rules that hold always.
#pragma once

#include "study_builder.hpp"

#include <random>

namespace vfm::model::testing {

namespace rich {

enum Stage : std::uint32_t { request, assessment, draft, amendment, sign_off, dispute, follow_up };

inline void add_pathway(AreaStudy& study, std::mt19937_64& random) {
    ArmInputs& arm = study.arm;
    const Facts complex = level_fact(2);
    const auto chance = [&](double p, const std::vector<EffectRow>& rows) {
        return add_probability(arm, p, rows);
    };
    EffectRow by_area = when(0, 1);
    by_area.first_area_effect = 1;
    add_stage(study, study.gamma(30, 4), {to_stage(dispute, chance(0.2, {by_area})), to_stage(assessment)});
    add_stage(study, study.gamma(50, 4),
              {to_stage(dispute, chance(0.05, {when(complex, -1)})), to_stage(draft)});
    add_stage(study, random::Sampler::lognormal_mean_cv(20, 0.5),
              {to_stage(amendment, chance(0.4, {when(fact(Flag::supported), -1)})), to_stage(sign_off)});
    add_stage(
        study, study.gamma(10, 2),
        {to_stage(draft, chance(0.3, {per(NumericCovariate::stage_visits, -0.3)})), to_stage(sign_off)});
    add_stage(study, study.gamma(14, 3),
              {to_stage(dispute, chance(0.1, {per(NumericCovariate::wait_for_supporter, 0.01)})),
               to_stage(follow_up)});
    add_stage(study, study.gamma(60, 3),
              {to_outcome(1, chance(0.5, {when(fact(Flag::user), -0.5)})), to_stage(assessment)});
    add_stage(study, random::Sampler::fixed(25), {to_outcome(0)});

    std::vector<StageInputs>& stages = arm.stages;
    stages[assessment].lead_effects =
        add_predictor(arm, 0, {when(complex, 0.3), per(NumericCovariate::support_share, -0.2)});
    for (const std::uint32_t s : {request, assessment, draft, sign_off}) {
        stages[s].has_work = true;
        stages[s].work_hours = study.gamma(3 + s, 4);
    }
    stages[assessment].work_effects = add_predictor(arm, 0, {per(NumericCovariate::authority_delay, 0.01)});
    stages[sign_off].has_panel = true;
    stages[sign_off].panel_period = 14 * day;
    stages[sign_off].panel_places = 14;
    stages[sign_off].milestone = Milestone::plan_signed_off;
    stages[sign_off].deadlines = {{level_fact(0), 150 * day}, {complex, 140 * day}};
    stages[follow_up].milestone = Milestone::provision_in_place;
    stages[follow_up].ends_support = random() % 3 == 0;
    stages[request].starts_clock = true;
    stages[request].deadlines = {{0, 42 * day}};
    stages[request].offers_support = stages[draft].offers_support = stages[dispute].offers_support = true;
    stages[dispute].counts_as = Count::disputed;
    stages[amendment].counts_as = Count::amended;
    stages[draft].milestone = Milestone::plan_ready;
    stages[draft].family_hours = 5;
    stages[dispute].costs = {{Payer::tribunal, Category::appeal, 500, 0},
                             {Payer::programme, Category::group_work, 20, 0}};
    stages[assessment].costs = {
        {Payer::authority, Category::casework, 100, add_predictor(arm, 0, {when(complex, 0.5)})}};
}

inline void add_tasks(AreaStudy& study) {
    add_task(study, request, study.gamma(1, 4), 14).proactive = true;
    TaskInputs& meeting = add_task(study, assessment, study.gamma(4, 4), 10);
    meeting.appointment = true;
    meeting.after = 15 * day;
    add_task(study, assessment, study.gamma(2, 4), 21);
    TaskInputs& check_in = add_task(study, sign_off, study.gamma(0.5, 2), 7);
    check_in.every = 12 * day;
    check_in.proactive = true;
    add_task(study, dispute, study.gamma(6, 3), 40).kinds = kind_fact(0);
    TaskInputs& talks = add_task(study, amendment, study.gamma(1, 3), 10);
    talks.when = level_fact(2);
    talks.effects = add_predictor(study.arm, 0, {when(kind_fact(1), 0.2)});
    add_task(study, draft, study.gamma(2, 3), 15).counts = false;
}

inline void add_support(AreaStudy& study, std::mt19937_64& random) {
    SupportInputs& support = study.arm.support;
    const auto uniform = [&] { return static_cast<double>(random() % 1000) / 1000; };
    KindInputs& paid = add_kind(study, 30, 11);
    paid.other_work_share = 0.2;
    paid.cost_per_hour = 20;
    paid.bank_weeks = 0.5;
    paid.trained_share = 0.9;
    KindInputs& volunteer = add_kind(study, 4, 3);
    volunteer.paid = false;
    volunteer.bank_weeks = 1;
    volunteer.not_for = level_fact(2);
    volunteer.time_value_per_hour = 10;
    volunteer.trained_share = 0.5;
    for (KindInputs& kind : support.kinds) {
        kind.start_days = study.gamma(30, 2);
        kind.replacement_days = study.gamma(40, 2);
        kind.leaving_per_day = random() % 4 == 0 ? 0 : 0.006 * uniform();
        kind.notice_hazard_ratio = 3;
        kind.experienced_after_days = 100;
        kind.expenses_per_hour = 2;
        kind.supervision_per_day = 1;
        kind.recruitment_cost = 300;
    }
    ProviderInputs& first = add_provider(study);
    first.cumulative_share = 0.6;
    first.serves = level_fact(1);
    first.fixed_cost_per_day = 5;
    add_provider(study).fixed_cost_per_day = 3;
    add_posts(study, 0, 0, 2);
    add_posts(study, 0, 1, 2 + static_cast<std::uint32_t>(random() % 4));
    add_posts(study, 1, 0, 1 + static_cast<std::uint32_t>(random() % 2));
    add_posts(study, 1, 1, 1);
    support.posts.back().fraction = 0.5;
    support.uptake = add_probability(study.arm, 0.7, {when(level_fact(3), -0.5)});
    support.awareness_at_launch = 0.5;
    support.awareness_ramp_days = 200;
    support.lost = 0.1 * uniform();
    support.misrouted = 0.3 * uniform();
    support.duplicated = 0.1 * uniform();
    support.conflicted = 0.05;
    support.misrouted_delay_days = study.gamma(20, 2);
    support.misrouted_extra_hours = 0.5;
    support.duplicated_hours_factor = 2;
    support.handover_hours = random() % 2 == 0 ? 0.75 : 0;
    support.baseline_share = 0.3;
    support.baseline_hours = 2;
    support.baseline_cost_per_hour = 15;
    support.baseline_displaced_share = 0.5;
}

inline void add_outcomes(AreaStudy& study) {
    OutcomeInputs& outcomes = study.arm.outcomes;
    ArmInputs& arm = study.arm;
    outcomes.feels_supported = add_probability(arm, 0.5, {per(NumericCovariate::support_share, 1)});
    outcomes.engaged = add_probability(arm, 0.4, {when(fact(Flag::user), 0.5), when(fact(Flag::late), -0.5)});
    outcomes.plan_quality = add_probability(arm, 0.6, {per(NumericCovariate::supporter_changes, -0.2)});
    outcomes.navigation = add_probability(arm, 0.3, {per(NumericCovariate::days_in_process, -0.001)});
    outcomes.waiting_loss_per_month = 0.02;
    outcomes.contact_removes_share = 0.5;
    outcomes.support_gain_points = 0.3;
    outcomes.gain_years = 1;
    outcomes.wellby_value = 13000;
    outcomes.family_time_value = 6;
}

}  // namespace rich

/// Seven stages, two streams, two attributes, two area effects, two providers, two kinds, every sort of task.
inline AreaStudy rich_study(std::uint64_t number) {
    std::mt19937_64 random(number);
    AreaStudy study = empty_study(1540);
    study.population.clock = {100 * day, 600 * day, 550 * day, 640 * day, 1540 * day};
    study.weeks = 206;
    add_attribute(study, 3);
    add_attribute(study, 2);
    study.population.attributes[1].given = 0;
    study.population.attributes[1].cumulative_shares = {0.2, 1, 0.5, 1, 0.9, 1};
    for (std::size_t level = 0; level < 5; ++level)
        study.population.access_groups.push_back(level_fact(level));
    study.population.area_effects = {{0.3, purpose(9, "effect0")}, {0.5, purpose(9, "effect1")}};
    study.population.area_correlation = {1, 0, 0.6, 0.8};
    add_stream(study, 0.5, 0, 1540);
    study.population.streams[0].area_effect = 0;
    add_stream(study, 0.25, 0, 700);
    study.population.streams[1].sets = level_fact(1);
    rich::add_pathway(study, random);
    rich::add_tasks(study);
    rich::add_support(study, random);
    rich::add_outcomes(study);
    study.arm.entry_stages = {rich::request, rich::assessment};
    study.arm.authority.unlimited = random() % 4 == 0;
    study.arm.authority.caseworkers = 3;
    study.arm.authority.days_per_hour = 0.18;
    study.arm.authority.cost_per_hour = 30;
    study.arm.support.waits_for_supporter = random() % 4 == 0;
    study.arm.discount_per_year = 0.035;
    for (std::size_t s = 0; s < study.arm.stages.size(); ++s)
        study.population.batched_stages[s] = {random() % 2 == 0, random() % 2 == 0, random() % 2 == 0};
    return study;
}

}  // namespace vfm::model::testing
