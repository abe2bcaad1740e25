// One area simulated once under one arm: pop the next event, move the clock, handle it.
#pragma once

#include "vfm/model/area_inputs.hpp"
#include "vfm/model/families.hpp"
#include "vfm/model/measures.hpp"

#include <memory>

namespace vfm::model {

/// Something that happened to a family: an entry of the trace that a replay gives.
struct TraceEvent {
    enum class Kind : std::uint8_t {
        enters_stage,    ///< detail: stage
        leaves_pathway,  ///< detail: outcome of the arm
        seeks_support,
        joins_list,       ///< detail: provider
        gets_supporter,   ///< detail: post
        loses_supporter,  ///< detail: post
        task_done,        ///< detail: task of the stage
        task_lapses,      ///< detail: task of the stage
        // A measured family's terminal outcomes; detail: the expected value as a Fixed.
        expects_feeling_supported,
        expects_engagement,
        expects_plan_quality,
        expects_navigation
    };
    Ticks time = 0;
    std::uint32_t family = 0;
    Kind kind = Kind::enters_stage;
    std::uint32_t detail = 0;
    bool operator==(const TraceEvent&) const = default;
};

/// The simulation of one area. Reused from replication to replication: it keeps its memory, so that after the
/// first few nothing is allocated.
class AreaSimulation {
  public:
    AreaSimulation();
    ~AreaSimulation();
    AreaSimulation(const AreaSimulation&) = delete;
    AreaSimulation& operator=(const AreaSimulation&) = delete;

    /// Makes these the families that arms meet from now on. They must have been drawn with `population`, and
    /// both must outlive the runs. To be called again whenever the families are drawn anew: what one arm
    /// leaves to the next belongs to one draw of them.
    void enter(const PopulationInputs& population, const Families& families);

    /// Simulates the families under the arm from the start of the warm-up to the horizon and adds what
    /// happened to `tallies` (sized by Tallies::reset). Needs an area that was entered. Throws UserError when
    /// a family would go round the pathway without end.
    void run(const ArmInputs& arm, Tallies& tallies);

    /// As `run`, and gives what happened in order of simulation (not of time).
    [[nodiscard]] std::vector<TraceEvent> replay(const ArmInputs& arm, Tallies& tallies);

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace vfm::model
