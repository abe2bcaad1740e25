// A scenario of its own for the tests of experiments: small, quick, with a bit of everything.
#pragma once

#include "vfm/experiment/unit_runner.hpp"
#include "vfm/scenario/load.hpp"

#include <string>
#include <utility>
#include <vector>

namespace vfm::experiment::testing {

inline std::string small_yaml() {
    return R"(format: vfm-scenario 1
title: Small
clock: {launch: 2014-09-01, funding_end: 2015-08-31, last_referral: 2015-06-30, notice: 2015-05-31, horizon: 2016-12-31}
money: {price_year: 2015, discount_rate: 0.035, perspectives: {all: [programme, authority], state: [authority]},
        default_perspective: all}
design: {draws: 8, replications: 3, central_units: 2, seed: 5}
parameters:
  refusal: {distribution: {beta: {alpha: 2, beta: 8}}, unit: probability, source: here, quality: assumption}
  hours: {distribution: {gamma: {mean: 4, sd: 1}}, unit: hours, source: here, quality: expert}
  lead: {distribution: {lognormal: {mean: 30, sd: 6}}, unit: days, source: here, quality: expert}
  mix: {distribution: {dirichlet: {a: 2, b: 3, c: 5}}, unit: share, source: here, quality: survey}
  price: {value: 30, unit: GBP/hour, price_year: 2015, source: here, quality: measured}
  money: {value: 60000, unit: GBP, price_year: 2015, source: here, quality: measured}
correlations:
  - {between: [refusal, hours], spearman: 0.6}
areas: {count: 2, effects: {delay: {sd: 0.5}, refusal: {sd: 0.8}}}
population:
  attributes:
    route: {levels: {new: 0.4, old: rest}}
    need: {given: route, levels: {new: {low: 0.5, high: 0.5}, old: {low: 0.25, high: rest}}}
    mix: {levels: {a: mix.a, b: mix.b, c: mix.c}}
  access_groups: [need.high, mix.b]
  arrivals:
    requests: {entry: request, annual_volume: 60, sets: [route.new]}
    transfers: {entry: draft, annual_volume: 20}
policies: {dual: 0}
pathway:
  outcomes: [plan, refused]
  stages:
    request:
      phase: assessment
      offers_support: true
      lead_days: {lognormal: {mean: lead, cv: 0.5}, effects: [{when: area.delay, coefficient: 1}]}
      tasks:
        meet: {hours: hours, within_days: 10, kinds: [paid]}
      next:
        - end: refused
          probability: {base: refusal, effects: [{when: area.refusal, coefficient: 1}, {when: supported, odds_ratio: 0.9}]}
        - {to: draft}
    draft: {phase: draft, lead_days: 10, authority_hours: hours, milestone: plan_signed_off, next: [{end: plan}]}
authority: {caseworkers: 2, weekly_hours: 30, cost_per_hour: price}
support:
  uptake:
    probability: {base: 0.5, effects: [{when: need.high, odds_ratio: 3}, {when: policy.dual, odds_ratio: 2}]}
  kinds:
    paid: {paid: true, weekly_hours: 30, caseload_cap: 20, cost_per_hour: price, leaving_rate_per_year: 0.4,
           start_days: 20, replacement_days: 40, recruitment_cost: 1000}
  providers:
    one: {fixed_cost_per_year: 2000, staffing: {paid: {posts: 2, at_least: 0.5}}}
settings:
  both: {policies.dual: 1}
arms:
  without: {set: {support.enabled: false}}
  plain: {title: Plain}
  dual: {use: both, set: {budget: {amount: money}}}
)";
}

/// The small scenario with parts of its text replaced.
inline scenario::Scenario changed_scenario(const std::vector<std::pair<std::string, std::string>>& changes,
                                           const std::vector<scenario::Override>& overrides = {}) {
    std::string text = small_yaml();
    for (const auto& [part, by] : changes) text.replace(text.find(part), part.size(), by);
    return scenario::parse_scenario(text, "small.yaml", overrides);
}
inline scenario::Scenario changed_scenario(const std::string& part, const std::string& by,
                                           const std::vector<scenario::Override>& overrides = {}) {
    return changed_scenario({{part, by}}, overrides);
}

/// The small scenario with draws that are impossible in arm `plain` alone: a lead time of at least `least`
/// and at most 12 days.
inline scenario::Scenario failing_plain_arm() {
    return changed_scenario(
        {{"  price:",
          "  least: {distribution: {uniform: {low: 0, high: 20}}, unit: days, source: here, quality: "
          "expert}\n"
          "  price:"},
         {"plain: {title: Plain}",
          "plain: {title: Plain, set: {pathway.stages.draft.lead_days: {uniform: {low: least, high: 12}}}}"}},
        {{"design.draws", "64"}});
}

/// A scenario of which some draws are impossible: two shares that may add up to more than one.
inline scenario::Scenario failing_scenario(const std::string& draws) {
    std::string text = small_yaml();
    const std::string shares = "{a: mix.a, b: mix.b, c: mix.c}";
    text.replace(text.find(shares), shares.size(), "{a: refusal, b: big, c: rest}");
    const std::string before = "  price:";
    text.insert(
        text.find(before),
        "  big: {distribution: {beta: {alpha: 6, beta: 4}}, unit: share, source: here, quality: expert}\n");
    return scenario::parse_scenario(text, "small.yaml", {{"design.draws", draws}});
}

inline scenario::Scenario small_scenario(const std::vector<scenario::Override>& overrides = {}) {
    return scenario::parse_scenario(small_yaml(), "small.yaml", overrides);
}

inline scenario::Scenario tiny_scenario(const std::vector<scenario::Override>& overrides = {}) {
    return scenario::load_scenario(VFM_SOURCE_DIR "/scenarios/tiny.yaml", overrides);
}

}  // namespace vfm::experiment::testing
