// Rules that hold in every study, whatever happens in it.
#include "recount.hpp"
#include "rich_study.hpp"

#include <set>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using Kind = TraceEvent::Kind;

class Rules : public ::testing::TestWithParam<std::uint64_t> {
  protected:
    AreaStudy study = rich_study(GetParam());
    Simulated simulated = simulate(study, GetParam() % 3);
    Recount found = recount(study, simulated);

    [[nodiscard]] std::int64_t sum_of(Measure measure) const { return simulated.count(measure); }
};

TEST_P(Rules, every_measured_family_ends_once_or_is_open) {
    std::int64_t measured = 0;
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        if (is_measured(study, simulated, family)) ++measured;
    }
    EXPECT_EQ(sum_of(Measure::families), measured);
    std::int64_t ended = 0;
    for (const std::int64_t outcome : simulated.tallies.ended) ended += outcome;
    EXPECT_EQ(ended + sum_of(Measure::open_at_horizon), measured);

    std::set<std::uint32_t> gone;
    std::int64_t measured_gone = 0;
    for (const TraceEvent& one : simulated.of(Kind::leaves_pathway)) {
        EXPECT_TRUE(gone.insert(one.family).second) << "family " << one.family << " left twice";
        if (is_measured(study, simulated, one.family)) ++measured_gone;
    }
    EXPECT_EQ(measured_gone, ended);
}

TEST_P(Rules, a_replay_tells_the_expected_outcomes_that_are_tallied) {
    constexpr std::pair<Kind, Measure> outcomes[] = {
        {Kind::expects_feeling_supported, Measure::feels_supported},
        {Kind::expects_engagement, Measure::engaged},
        {Kind::expects_plan_quality, Measure::plan_quality},
        {Kind::expects_navigation, Measure::navigation}};
    for (const auto& [kind, measure] : outcomes) {
        const std::vector<TraceEvent> told = simulated.of(kind);
        std::int64_t sum = 0;
        for (const TraceEvent& one : told) sum += one.detail;
        EXPECT_EQ(static_cast<std::int64_t>(told.size()), sum_of(Measure::families));
        EXPECT_EQ(sum, sum_of(measure));
    }
}

TEST_P(Rules, every_family_is_in_one_place_at_a_time_from_its_arrival_on) {
    std::map<std::uint32_t, Ticks> until;
    for (const Stay& visit : found.visits) {
        EXPECT_GE(visit.from, simulated.families.arrival(visit.family));
        if (until.contains(visit.family)) {
            EXPECT_EQ(until[visit.family], visit.from);
        }
        until[visit.family] = visit.until;
    }
    std::size_t never_began = 0;
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        if (!until.contains(family)) ++never_began;
    }
    EXPECT_EQ(never_began, 0U)
        << "even a family that waits for a supporter begins when the programme is over";
}

TEST_P(Rules, counts_of_support_agree_with_what_happened) {
    EXPECT_EQ(sum_of(Measure::wait_for_supporter_days), total(found.lists));
    EXPECT_EQ(sum_of(Measure::place_days), total(found.places));
    EXPECT_EQ(sum_of(Measure::stranded), found.stranded);
    EXPECT_EQ(static_cast<std::size_t>(sum_of(Measure::sought_support)),
              simulated.of(Kind::seeks_support).size());
    std::set<std::uint32_t> users;
    for (const TraceEvent& one : simulated.of(Kind::gets_supporter)) users.insert(one.family);
    EXPECT_EQ(static_cast<std::size_t>(sum_of(Measure::users)), users.size());
    EXPECT_EQ(static_cast<std::size_t>(sum_of(Measure::supporter_changes)),
              found.places.size() - users.size());
    EXPECT_LE(sum_of(Measure::tasks_in_time), sum_of(Measure::tasks_worked));
    EXPECT_LE(sum_of(Measure::tasks_worked), sum_of(Measure::tasks_due));
    EXPECT_LE(sum_of(Measure::appointments_lapsed), sum_of(Measure::appointments_due));
    EXPECT_GE(sum_of(Measure::tasks_in_time), 0);
}

TEST_P(Rules, days_and_stages_agree_with_what_happened) {
    Ticks in_process = 0;
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        if (!is_measured(study, simulated, family)) continue;
        const Ticks exit = simulated.exit(family);
        in_process += (exit < 0 ? study.population.clock.horizon : exit) - simulated.families.arrival(family);
    }
    EXPECT_EQ(sum_of(Measure::days_in_process), in_process);
    std::int64_t disputed = 0;
    std::int64_t amended = 0;
    std::int64_t on_time = 0;
    std::int64_t limited = 0;
    Ticks to_sign_off = 0;
    std::set<std::uint32_t> ready;
    std::set<std::uint32_t> signed_off;
    std::map<std::uint32_t, Ticks> clock;
    for (const Stay& visit : found.visits) {
        if (!clock.contains(visit.family)) clock[visit.family] = simulated.families.arrival(visit.family);
        if (study.arm.stages[visit.where].starts_clock) clock[visit.family] = visit.from;
        if (!is_measured(study, simulated, visit.family)) continue;
        if (visit.where == rich::dispute) ++disputed;
        if (visit.where == rich::amendment) ++amended;
        if (visit.until == never) continue;
        if (visit.where == rich::draft) ready.insert(visit.family);
        if (visit.where != rich::sign_off || !signed_off.insert(visit.family).second) continue;
        to_sign_off += visit.until - simulated.families.arrival(visit.family);
        const Facts levels = simulated.families.levels(visit.family);
        if ((levels & (level_fact(0) | level_fact(2))) == 0) continue;
        ++limited;
        if (visit.until - clock[visit.family] <= ((levels & level_fact(0)) != 0 ? 150 : 140) * day) ++on_time;
    }
    EXPECT_EQ(sum_of(Measure::disputed), disputed);
    EXPECT_EQ(sum_of(Measure::amended), amended);
    EXPECT_EQ(static_cast<std::size_t>(sum_of(Measure::plans_ready)), ready.size());
    EXPECT_EQ(static_cast<std::size_t>(sum_of(Measure::plans_signed_off)), signed_off.size());
    EXPECT_EQ(sum_of(Measure::days_to_sign_off), to_sign_off);
    EXPECT_EQ(sum_of(Measure::on_time_denominator), limited);
    EXPECT_EQ(sum_of(Measure::on_time_numerator), on_time);
}

TEST_P(Rules, the_timeline_is_a_recount_at_the_end_of_every_week) {
    const Ticks launch = study.population.clock.launch;
    std::vector<Stay> open;
    for (const Stay& stay : found.open) {
        if (is_measured(study, simulated, stay.family)) open.push_back(stay);
    }
    const auto series = [&](std::size_t which_week, Series what) {
        return simulated.tallies.timeline[which_week * series_count + static_cast<std::size_t>(what)];
    };
    std::int64_t plans = 0;
    double spending = 0;
    for (std::size_t w = 0; w < study.weeks; ++w) {
        EXPECT_EQ(series(w, Series::open), stock_at_end(open, launch, w)) << "week " << w;
        EXPECT_EQ(series(w, Series::waiting), stock_at_end(found.lists, launch, w)) << "week " << w;
        EXPECT_EQ(series(w, Series::caseload), stock_at_end(found.places, launch, w)) << "week " << w;
        plans += series(w, Series::plans_signed_off);
        spending += from_fixed(series(w, Series::spending));
    }
    EXPECT_EQ(plans, sum_of(Measure::plans_signed_off));
    EXPECT_NEAR(spending, simulated.value(Measure::programme_spending),
                0.01);  // each share of a week is rounded
}

TEST_P(Rules, caseloads_stay_within_their_caps_and_nobody_has_a_family_of_the_wrong_kind) {
    std::vector<std::pair<Ticks, int>> changes;
    for (std::uint32_t post = 0; post < study.arm.support.posts.size(); ++post) {
        const PostInputs& inputs = study.arm.support.posts[post];
        const KindInputs& kind = study.arm.support.kinds[inputs.kind];
        changes.clear();
        for (const Stay& place : found.places) {
            if (place.where != post) continue;
            EXPECT_EQ(simulated.families.levels(place.family) & kind.not_for, 0U);
            changes.emplace_back(place.until,
                                 -1);  // sorts first: places are given back before they are taken
            changes.emplace_back(place.from, 1);
        }
        std::sort(changes.begin(), changes.end());
        int open = 0;
        for (const auto& [time, change] : changes) {
            open += change;
            EXPECT_LE(open, std::max(1.0, kind.caseload_cap * inputs.fraction + 0.5)) << "post " << post;
        }
    }
}

TEST_P(Rules, of_two_families_a_supporter_may_take_the_first_in_the_list_goes_first) {
    for (std::size_t i = 0; i < found.places.size(); ++i) {
        const Stay& place = found.places[i];
        const PostInputs& post = study.arm.support.posts[place.where];
        const Facts not_for = study.arm.support.kinds[post.kind].not_for;
        const auto own = std::find_if(found.lists.begin(), found.lists.end(), [&](const Stay& list) {
            return list.family == place.family && list.until == place.from;
        });
        ASSERT_NE(own, found.lists.end());
        for (const Stay& other : found.lists) {
            const bool waits =
                other.from < own->from && other.until > place.from && other.where == post.provider;
            if (!waits || other.family == place.family) continue;
            EXPECT_NE(simulated.families.levels(other.family) & not_for, 0U)
                << "family " << other.family << " had waited longer than family " << place.family;
        }
    }
}

TEST_P(Rules, the_ledger_adds_up_to_what_the_programme_spent) {
    const Ledger& ledger = simulated.tallies.ledger;
    const auto programme = static_cast<std::size_t>(Payer::programme);
    Fixed paid = 0;
    for (const Fixed amount : ledger.paid[programme]) paid += amount;
    EXPECT_EQ(paid, sum_of(Measure::programme_spending));
    // All paid supporters cost the same; what volunteers are contracted for costs nothing.
    const double time = simulated.paid(Payer::programme, Category::supporter_time_used) +
                        simulated.paid(Payer::programme, Category::supporter_time_idle) +
                        simulated.paid(Payer::programme, Category::other_work);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::other_work), 0.2 * time, 0.01);
    EXPECT_GE(simulated.paid(Payer::programme, Category::supporter_time_idle), -0.01)
        << "nobody works more hours than there are";
    EXPECT_LE(simulated.value(Measure::support_hours), simulated.value(Measure::contracted_hours));
    EXPECT_LE(sum_of(Measure::skilled_hours), sum_of(Measure::support_hours));
    const double used = simulated.paid(Payer::programme, Category::supporter_time_used) / 20 +
                        simulated.paid(Payer::volunteer, Category::volunteer_time) / 10;
    EXPECT_NEAR(used, simulated.value(Measure::support_hours), 0.01);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::travel_and_expenses), 2 * used, 0.01);
    for (std::size_t payer = 0; payer < payer_names.size(); ++payer) {
        for (std::size_t category = 0; category < category_names.size(); ++category) {
            EXPECT_LE(ledger.discounted[payer][category], ledger.paid[payer][category] + 10000);
        }
    }
}

TEST_P(Rules, groups_that_part_the_families_add_up_to_all_of_them) {
    for (std::size_t m = 0; m < group_measures.size(); ++m) {
        const auto group = [&](std::size_t g) {
            return simulated.tallies.groups[g * group_measures.size() + m];
        };
        EXPECT_EQ(group(0) + group(1) + group(2), sum_of(group_measures[m]))
            << "first attribute, measure " << m;
        EXPECT_EQ(group(3) + group(4), sum_of(group_measures[m])) << "second attribute, measure " << m;
    }
}

TEST_P(Rules, costs_traced_to_groups_that_part_the_families_add_up_to_the_ledger_less_what_is_shared) {
    const Tallies& tallies = simulated.tallies;
    const Ledger::ByPayer traced = tallies.ledger.traced_to_families();
    const auto of = [](Payer payer) { return static_cast<std::size_t>(payer); };
    for (std::size_t payer = 0; payer < payer_names.size(); ++payer) {
        const auto group = [&](std::size_t g) { return tallies.group_costs[g][payer]; };
        EXPECT_EQ(group(0) + group(1) + group(2), traced[payer]) << "first attribute, " << payer_names[payer];
        EXPECT_EQ(group(3) + group(4), traced[payer]) << "second attribute, " << payer_names[payer];
    }
    // In this study families cause all that the authority, the tribunal and they themselves pay, and of the
    // programme's spending and the volunteers' time nothing but group work.
    EXPECT_EQ(
        traced[of(Payer::programme)],
        tallies.ledger.discounted[of(Payer::programme)][static_cast<std::size_t>(Category::group_work)]);
    for (const Payer payer : {Payer::authority, Payer::tribunal, Payer::family})
        EXPECT_EQ(tallies.ledger.shared[of(payer)], 0);
    EXPECT_EQ(traced[of(Payer::volunteer)], 0);
    EXPECT_GT(traced[of(Payer::authority)], 0);
}

TEST_P(Rules, histograms_count_who_they_are_about) {
    const auto all = [&](FamilyHistogram what) {
        std::int64_t count = 0;
        for (const std::int64_t bin : simulated.tallies.histograms[static_cast<std::size_t>(what)])
            count += bin;
        return count;
    };
    EXPECT_EQ(all(FamilyHistogram::days_in_process), sum_of(Measure::families));
    EXPECT_EQ(all(FamilyHistogram::days_to_sign_off), sum_of(Measure::plans_signed_off));
    EXPECT_EQ(all(FamilyHistogram::wait_for_supporter_days), sum_of(Measure::users));
    EXPECT_EQ(all(FamilyHistogram::support_hours), sum_of(Measure::users));
    std::int64_t days = 0;
    for (const std::int64_t count : simulated.tallies.sign_off_days) days += count;
    EXPECT_EQ(days, sum_of(Measure::plans_signed_off));
}

INSTANTIATE_TEST_SUITE_P(RichStudies, Rules, ::testing::Range(std::uint64_t{0}, std::uint64_t{40}));

}  // namespace
}  // namespace vfm::model
