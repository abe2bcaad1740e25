// A study simulated again and again under one technique: what each arm comes to in every unit of every
// repeat.
#pragma once

#include "vfm/experiment/resolve.hpp"
#include "vfm/experiment/staffing.hpp"
#include "vfm/model/area_simulation.hpp"
#include "vfm/random/design_points.hpp"
#include "vfm/scenario/scenario.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vfm::bench {

/// Whether each arm of a unit meets families of its own, or all meet the same ones (common random numbers).
enum class RandomNumbers : std::uint8_t { own, common };

/// One technique at one size: `repeats` independent runs of the whole study, with seeds from `first_seed` on.
struct Plan {
    RandomNumbers numbers = RandomNumbers::common;
    random::DesignKind sampling = random::DesignKind::sobol;
    std::uint64_t draws = 1;
    std::uint64_t replications = 1;
    std::uint64_t repeats = 1;
    std::uint64_t first_seed = 1;
};

/// The study, staffed once at parameter means, so that all repeats are of the same arms.
class Subject {
  public:
    /// Throws UserError as solve_staffing does.
    explicit Subject(scenario::Scenario scenario);

    [[nodiscard]] const scenario::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const std::vector<experiment::ArmStaffing>& staffing() const { return staffing_; }
    [[nodiscard]] std::size_t arms() const { return scenario_.arms.size(); }
    [[nodiscard]] std::size_t reference() const { return scenario_.reference_arm; }

    /// The study under the plan's design, with the seed of this repeat.
    [[nodiscard]] scenario::Scenario repeat(const Plan& plan, std::uint64_t repeat) const;

  private:
    scenario::Scenario scenario_;
    std::vector<experiment::ArmStaffing> staffing_;
};

/// What one arm comes to in one unit: sums over measured families; cost in GBP in the study's default
/// perspective, discounted; effect in units of the composite.
struct Sums {
    double families = 0;
    double cost = 0;
    double effect = 0;
    double histories = 0;  ///< families simulated, measured or not
};

/// Sums of every arm in every unit of every repeat of a plan.
class Sample {
  public:
    Sample(const Plan& plan, std::size_t arms);

    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] std::size_t arms() const { return arms_; }
    [[nodiscard]] Sums& at(std::uint64_t repeat, std::uint64_t draw, std::uint64_t replication,
                           std::size_t arm) {
        return sums_[place(repeat, draw, replication, arm)];
    }
    [[nodiscard]] const Sums& at(std::uint64_t repeat, std::uint64_t draw, std::uint64_t replication,
                                 std::size_t arm) const {
        return sums_[place(repeat, draw, replication, arm)];
    }
    /// The mean over units and arms.
    [[nodiscard]] double histories() const;

  private:
    [[nodiscard]] std::size_t place(std::uint64_t repeat, std::uint64_t draw, std::uint64_t replication,
                                    std::size_t arm) const {
        return ((repeat * plan_.draws + draw) * plan_.replications + replication) * arms_ + arm;
    }

    Plan plan_;
    std::size_t arms_;
    std::vector<Sums> sums_;  ///< repeat x draw x replication x arm
};

/// Runs the plan on `threads` threads. Terminal outcomes are expected values.
[[nodiscard]] Sample simulate(const Subject& subject, const Plan& plan, unsigned threads);

/// The four terminal outcomes that one measured family may expect: chances, but for plan quality, a score.
using Outcomes = std::array<double, 4>;
inline constexpr std::size_t plan_quality = 2;

/// Outcomes by arm and family of one area, draw and replication. Where random numbers are common, all arms
/// have the same families in the same order.
struct UnitOutcomes {
    random::Cell cell;
    std::array<double, 4> weights{};              ///< of the composite
    std::vector<std::vector<Outcomes>> families;  ///< arm x measured family
};

/// The outcomes of every unit and area of the plan's first repeat.
[[nodiscard]] std::vector<UnitOutcomes> expected_outcomes(const Subject& subject, const Plan& plan,
                                                          unsigned threads);

}  // namespace vfm::bench
