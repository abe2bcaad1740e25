// One area simulated once under one arm: pop the next event, move the clock, let it happen.
#pragma once

#include "vfm/model/area_inputs.hpp"
#include "vfm/model/families.hpp"
#include "vfm/model/measures.hpp"

#include <memory>

namespace vfm::model {

/// Something that happened to a family, for replays and tests.
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

    /// Simulates the families under the arm from the start of the warm-up to the horizon and adds what
    /// happened to `tallies` (sized by Tallies::reset). `inputs` and `population` must be those the families
    /// were drawn with. Throws UserError when a family would go round the pathway without end.
    void run(const PopulationInputs& population, const ArmInputs& inputs, const Families& families,
             Tallies& tallies);

    /// As `run`, and gives what happened in order of simulation (not of time).
    [[nodiscard]] std::vector<TraceEvent> replay(const PopulationInputs& population, const ArmInputs& inputs,
                                                 const Families& families, Tallies& tallies);

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace vfm::model
