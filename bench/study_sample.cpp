#include "study_sample.hpp"

#include "vfm/core/parallel_for.hpp"
#include "vfm/experiment/parameter_draws.hpp"
#include "vfm/model/families.hpp"
#include "vfm/model/measures.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace vfm::bench {

using model::Tallies;
using model::TraceEvent;

Subject::Subject(scenario::Scenario scenario)
    : scenario_(std::move(scenario)),
      staffing_(experiment::solve_staffing(scenario_, experiment::ParameterDraws(scenario_).means())) {}

scenario::Scenario Subject::repeat(const Plan& plan, std::uint64_t repeat) const {
    scenario::Scenario again = scenario_;
    again.design.draws = plan.draws;
    again.design.replications = plan.replications;
    again.design.sampling = plan.sampling;
    again.design.seed = plan.first_seed + repeat;
    return again;
}

Sample::Sample(const Plan& plan, std::size_t arms)
    : plan_(plan), arms_(arms), sums_(plan.repeats * plan.draws * plan.replications * arms) {}

double Sample::histories() const {
    double sum = 0;
    for (const Sums& one : sums_) sum += one.histories;
    return sum / static_cast<double>(sums_.size());
}

namespace {

double default_cost(const scenario::Scenario& scenario, const Tallies& tallies) {
    Fixed sum = 0;
    for (const scenario::Perspective& perspective : scenario.perspectives) {
        if (perspective.name != scenario.default_perspective) continue;
        for (const model::Payer payer : perspective.payers) {
            for (const Fixed amount : tallies.ledger.discounted[static_cast<std::size_t>(payer)])
                sum += amount;
        }
    }
    return from_fixed(sum);
}

/// One worker's simulation of one area of one arm, reused.
class ArmSimulator {
  public:
    explicit ArmSimulator(const Subject& subject)
        : subject_(&subject), resolver_(subject.scenario(), subject.staffing()) {}

    void resolve(const std::vector<double>& parameters) { resolved_ = resolver_.resolve(parameters); }

    /// The replication keys of arms with random numbers of their own are apart from one another.
    void meet_families(const Plan& plan, std::uint64_t seed, std::uint64_t unit, std::size_t arm,
                       std::uint32_t area) {
        if (plan.numbers == RandomNumbers::own) {
            families_.draw(resolved_.population, {seed, unit * subject_->arms() + arm, area});
        } else if (arm == 0) {
            families_.draw(resolved_.population, {seed, unit, area});
        }
        area_.enter(resolved_.population, families_);
    }

    void run(std::size_t arm, Sums& sums) {
        reset(arm);
        area_.run(resolved_.arms[arm], tallies_);
        sums.families += tallies_.value(model::Measure::families);
        sums.cost += default_cost(subject_->scenario(), tallies_);
        sums.effect += tallies_.value(model::Measure::composite);
        sums.histories += static_cast<double>(families_.size());
    }

    [[nodiscard]] std::vector<Outcomes> outcomes(std::size_t arm) {
        reset(arm);
        constexpr auto first = static_cast<std::size_t>(TraceEvent::Kind::expects_feeling_supported);
        std::vector<std::pair<std::uint32_t, Outcomes>> found;
        for (const TraceEvent& one : area_.replay(resolved_.arms[arm], tallies_)) {
            const auto kind = static_cast<std::size_t>(one.kind);
            if (kind < first) continue;
            if (kind == first) found.push_back({one.family, {}});
            found.back().second[kind - first] = from_fixed(one.detail);
        }
        std::sort(found.begin(), found.end());
        std::vector<Outcomes> by_family;
        by_family.reserve(found.size());
        for (const auto& [family, outcomes] : found) by_family.push_back(outcomes);
        return by_family;
    }

    [[nodiscard]] const random::Cell& cell() const { return families_.cell(); }
    [[nodiscard]] std::array<double, 4> weights() const {
        std::array<double, 4> weights{};
        std::copy_n(resolved_.arms.front().outcomes.composite_weights, weights.size(), weights.begin());
        return weights;
    }

  private:
    void reset(std::size_t arm) {
        const auto weeks = static_cast<std::size_t>(
            (days_between(subject_->scenario().launch, subject_->scenario().horizon) + 6) / 7);
        tallies_.reset(resolved_.arms[arm].study_outcome_count, subject_->scenario().access_groups.size(),
                       weeks);
    }

    const Subject* subject_;
    experiment::Resolver resolver_;
    experiment::ResolvedDraw resolved_;
    model::Families families_;
    model::AreaSimulation area_;
    Tallies tallies_;
};

std::vector<std::unique_ptr<ArmSimulator>> simulators(const Subject& subject, unsigned threads) {
    std::vector<std::unique_ptr<ArmSimulator>> workers;
    for (unsigned worker = 0; worker < threads; ++worker) {
        workers.push_back(std::make_unique<ArmSimulator>(subject));
    }
    return workers;
}

void simulate_unit(const Subject& subject, const Plan& plan, std::uint64_t repeat, std::uint64_t draw,
                   std::uint64_t replication, ArmSimulator& simulator, Sample& sample) {
    const std::uint64_t unit = draw * plan.replications + replication;
    for (std::uint32_t area = 0; area < subject.scenario().areas; ++area) {
        for (std::size_t arm = 0; arm < subject.arms(); ++arm) {
            simulator.meet_families(plan, plan.first_seed + repeat, unit, arm, area);
            simulator.run(arm, sample.at(repeat, draw, replication, arm));
        }
    }
}

}  // namespace

Sample simulate(const Subject& subject, const Plan& plan, unsigned threads) {
    Sample sample(plan, subject.arms());
    const auto workers = simulators(subject, threads);
    parallel_for(plan.repeats, threads, [&](std::uint64_t repeat, unsigned worker) {
        const scenario::Scenario again = subject.repeat(plan, repeat);
        const experiment::ParameterDraws parameters(again);
        for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
            workers[worker]->resolve(parameters.draw(draw));
            for (std::uint64_t replication = 0; replication < plan.replications; ++replication)
                simulate_unit(subject, plan, repeat, draw, replication, *workers[worker], sample);
        }
    });
    return sample;
}

std::vector<UnitOutcomes> expected_outcomes(const Subject& subject, const Plan& plan, unsigned threads) {
    const scenario::Scenario again = subject.repeat(plan, 0);
    const experiment::ParameterDraws parameters(again);
    const std::uint64_t areas = subject.scenario().areas;
    std::vector<UnitOutcomes> units(plan.draws * plan.replications * areas);
    const auto workers = simulators(subject, threads);
    parallel_for(plan.draws, threads, [&](std::uint64_t draw, unsigned worker) {
        ArmSimulator& simulator = *workers[worker];
        simulator.resolve(parameters.draw(draw));
        for (std::uint64_t i = 0; i < plan.replications * areas; ++i) {
            const std::uint64_t unit = draw * plan.replications + i / areas;
            UnitOutcomes& outcomes = units[draw * plan.replications * areas + i];
            outcomes.weights = simulator.weights();
            for (std::size_t arm = 0; arm < subject.arms(); ++arm) {
                simulator.meet_families(plan, plan.first_seed, unit, arm,
                                        static_cast<std::uint32_t>(i % areas));
                outcomes.families.push_back(simulator.outcomes(arm));
            }
            outcomes.cell = simulator.cell();
        }
    });
    return units;
}

}  // namespace vfm::bench
