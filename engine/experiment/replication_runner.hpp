// One replication after another: the loop over areas and arms that every way of running a study shares.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/experiment/compiled_study.hpp"
#include "vfm/model/area_simulation.hpp"
#include "vfm/model/families.hpp"
#include "vfm/model/measures.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::experiment {

/// Resolves parameter values and simulates all areas under all arms at them. One a worker: it keeps all that
/// it has allocated. It knows at what it is, so that a failure can be told where it happened.
class ReplicationRunner {
  public:
    /// The study must outlive it.
    explicit ReplicationRunner(const CompiledStudy& study);

    /// Replications are of these values of every parameter from now on. Throws as Resolver::resolve does.
    void resolve(const std::vector<double>& values);

    /// Simulates every area under every arm, with the families of replication key `key`; calls
    /// `after_area(area)` when all arms are through one. Gives the families simulated, over arms.
    template <class AfterArea>
    std::uint64_t run(std::uint64_t key, AfterArea after_area);

    /// One arm in one area, told event by event.
    [[nodiscard]] std::vector<model::TraceEvent> replay(std::size_t arm, std::uint64_t key,
                                                        std::uint32_t area);

    /// What the areas simulated so far in this replication add up to, by arm.
    [[nodiscard]] std::span<const model::Tallies> tallies() const { return tallies_; }
    /// The families of the area last simulated.
    [[nodiscard]] const model::Families& families() const { return families_; }

    /// Does `work`. A failure in it is rethrown with its place added: the arm and area that were being
    /// resolved or simulated, and `point()`, in words.
    template <class Point, class Work>
    auto locate_failures(Point point, Work work);

  private:
    void enter(std::uint64_t key, std::uint32_t area);
    void reset_tallies();
    [[nodiscard]] std::string place(const std::string& point) const;

    const CompiledStudy* study_;
    Resolver resolver_;
    ResolvedDraw resolved_;
    model::Families families_;
    model::AreaSimulation simulation_;
    std::vector<model::Tallies> tallies_;  ///< by arm
    std::optional<std::size_t> arm_;       ///< that is at work; nothing for what all arms share
    std::optional<std::uint32_t> area_;
};

template <class AfterArea>
std::uint64_t ReplicationRunner::run(std::uint64_t key, AfterArea after_area) {
    reset_tallies();
    std::uint64_t simulated = 0;
    for (std::uint32_t area = 0; area < study_->scenario().areas; ++area) {
        enter(key, area);
        for (std::size_t arm = 0; arm < resolved_.arms.size(); ++arm) {
            arm_ = arm;
            simulation_.run(resolved_.arms[arm], tallies_[arm]);
        }
        arm_.reset();
        simulated += families_.size() * resolved_.arms.size();
        after_area(area);
    }
    area_.reset();
    return simulated;
}

template <class Point, class Work>
auto ReplicationRunner::locate_failures(Point point, Work work) {
    arm_.reset();
    area_.reset();
    try {
        return work();
    } catch (const UserError& reason) {
        throw UserError(place(point()) + reason.what());
    } catch (const ContractViolation& reason) {
        throw ContractViolation(place(point()) + reason.what());
    }
}

}  // namespace vfm::experiment
