// The engine against a plain simulation written differently: every event in one queue, one object a family.
#include "recount.hpp"

#include <memory>
#include <queue>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using random::Sampler;

// The pathway: assessment (lead, then casework) - refused, or to a draft (lead) - amended and back to
// casework of the draft, or through. Families wait for one of `places` places, unless they do not want one.
struct Case {
    std::uint32_t family = 0;
    Ticks arrival = 0;
    Ticks exit = -1;
    bool holds_place = false;
    int drafts = 0;
};

class PlainSimulation {
  public:
    PlainSimulation(const AreaStudy& study, const Families& families)
        : study_(study), families_(families), free_places_(0), idle_(study.arm.authority.caseworkers) {
        for (const PostInputs& post : study.arm.support.posts) {
            free_places_ += static_cast<int>(study.arm.support.kinds[post.kind].caseload_cap);
        }
        for (std::uint32_t f = 0; f < families.size(); ++f) {
            cases_.push_back(std::make_unique<Case>(Case{f, families.arrival(f)}));
            at(families.arrival(f), Step::arrives, *cases_.back());
        }
    }

    std::vector<Ticks> run() {
        while (!events_.empty() && events_.top().time < study_.population.clock.horizon) {
            const Event event = events_.top();
            events_.pop();
            now_ = event.time;
            take(event.step, *event.who);
        }
        std::vector<Ticks> exits;
        for (const auto& one : cases_) exits.push_back(one->exit);
        return exits;
    }

  private:
    enum class Step { place_free, worker_free, arrives, ready_for_casework, worked };
    struct Event {
        Ticks time;
        std::uint64_t number;  // first planned, first done
        Step step;
        Case* who;
        bool operator<(const Event& other) const {
            return time != other.time ? time > other.time : number > other.number;
        }
    };

    void at(Ticks time, Step step, Case& who) { events_.push({time, planned_++, step, &who}); }

    void take(Step step, Case& who) {
        switch (step) {
            case Step::arrives:
                if (families_.uptake_variate(who.family) >= 0.7) {
                    begin(who);
                } else {
                    list_.push(&who);
                    hand_out_places();
                }
                break;
            case Step::place_free:
                ++free_places_;
                hand_out_places();
                break;
            case Step::ready_for_casework:
                desk_.push(&who);
                hand_out_work();
                break;
            case Step::worked:
                decide(who);
                break;
            case Step::worker_free:
                ++idle_;
                hand_out_work();
                break;
        }
    }

    void hand_out_places() {
        while (free_places_ > 0 && !list_.empty()) {
            --free_places_;
            list_.front()->holds_place = true;
            begin(*list_.front());
            list_.pop();
        }
    }

    void hand_out_work() {
        while (idle_ > 0 && !desk_.empty()) {
            --idle_;
            Case& who = *desk_.front();
            desk_.pop();
            const std::uint32_t stage = who.drafts == 0 ? 0 : 1;
            const auto visit = static_cast<std::uint32_t>(who.drafts == 0 ? 0 : who.drafts - 1);
            const double hours =
                study_.arm.stages[stage].work_hours.sample(families_.work(who.family, stage, visit).second);
            const Ticks ends = now_ + ticks_from_days(hours * study_.arm.authority.days_per_hour);
            at(ends, Step::worked, who);
            at(ends, Step::worker_free, who);
        }
    }

    void begin(Case& who) {
        const double days = study_.arm.stages[0].lead_days.sample(families_.lead(who.family, 0, 0));
        at(now_ + ticks_from_days(days), Step::ready_for_casework, who);
    }

    void draft(Case& who) {
        const auto visit = static_cast<std::uint32_t>(who.drafts++);
        const double days = study_.arm.stages[1].lead_days.sample(families_.lead(who.family, 1, visit));
        at(now_ + ticks_from_days(days), Step::ready_for_casework, who);
    }

    void decide(Case& who) {
        if (who.drafts > 0) {
            after_draft(who);
        } else if (families_.next(who.family, 0, 0) < 0.25) {
            leave(who);
        } else {
            draft(who);
        }
    }

    void after_draft(Case& who) {
        const auto visit = static_cast<std::uint32_t>(who.drafts - 1);
        if (families_.next(who.family, 1, visit) < 0.3) {
            draft(who);
        } else {
            leave(who);
        }
    }

    void leave(Case& who) {
        who.exit = now_;
        if (who.holds_place) at(now_, Step::place_free, who);
    }

    const AreaStudy& study_;
    const Families& families_;
    int free_places_;
    std::uint32_t idle_;
    Ticks now_ = 0;
    std::uint64_t planned_ = 0;
    std::vector<std::unique_ptr<Case>> cases_;
    std::queue<Case*> list_;
    std::queue<Case*> desk_;
    std::priority_queue<Event> events_;
};

AreaStudy small_pathway() {
    AreaStudy study = empty_study(1500);
    add_stage(study, study.gamma(20, 4), {to_outcome(1, add_probability(study.arm, 0.25)), to_stage(1)});
    add_stage(study, Sampler::lognormal_mean_cv(15, 0.6),
              {to_stage(1, add_probability(study.arm, 0.3)), to_outcome(0)});
    for (StageInputs& stage : study.arm.stages) {
        stage.has_work = true;
        stage.work_hours = study.gamma(5, 2);
    }
    study.arm.authority = {false, 2, 0.1, 30};
    add_simple_support(study, 3, 35, 13);
    study.arm.support.waits_for_supporter = true;
    study.arm.support.uptake = add_probability(study.arm, 0.7);
    add_stream(study, 1.6, 0, 600);
    return study;
}

class IndependentSimulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(IndependentSimulation, every_family_leaves_at_the_same_tick) {
    const AreaStudy study = small_pathway();
    const Simulated simulated = simulate(study, GetParam());
    const std::vector<Ticks> expected = PlainSimulation(study, simulated.families).run();
    ASSERT_GT(simulated.value(Measure::wait_for_supporter_days), 1000);
    ASSERT_GT(simulated.value(Measure::authority_wait_days), 100);
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        ASSERT_EQ(simulated.exit(family), expected[family]) << "family " << family;
    }
}

// The same with every stage watched for tasks that never apply.
TEST_P(IndependentSimulation, and_on_the_engines_general_way_too) {
    AreaStudy study = small_pathway();
    add_task(study, 0, Sampler::fixed(1), 1).when = level_fact(30);
    const Simulated simulated = simulate(study, GetParam());
    const std::vector<Ticks> expected = PlainSimulation(study, simulated.families).run();
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        ASSERT_EQ(simulated.exit(family), expected[family]) << "family " << family;
    }
}

INSTANTIATE_TEST_SUITE_P(Replications, IndependentSimulation,
                         ::testing::Range(std::uint64_t{0}, std::uint64_t{10}));

}  // namespace
}  // namespace vfm::model
