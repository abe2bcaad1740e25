// Lead times and authority hours of stage visits: sampled for all families at once where that pays.
#pragma once

#include "vfm/core/capacity.hpp"
#include "vfm/model/area_inputs.hpp"
#include "vfm/model/families.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

/// Days and hours before any effect on them.
struct VisitSamples {
    double lead_days = 0;
    double hours = 0;  ///< 0 in a stage without work
};

/// The samples of one arm's stages. Arms that share a distribution share its samples, so that an arm which is
/// like the one before costs nothing here. Keeps its memory between replications.
class StageSamples {
  public:
    /// Forgets the samples of families who were simulated before.
    void forget();
    /// Samples for the families' present draw. Both must outlive the use of the samples.
    void prepare(const Families& families, const std::vector<StageInputs>& stages);

    [[nodiscard]] VisitSamples at(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const {
        const Lanes& lanes = lanes_[stage];
        if (visit == 0 && lanes.complete) {
            return {lanes.lead_days != nullptr ? lanes.lead_days[family] : lanes.fixed_lead_days,
                    lanes.hours != nullptr ? lanes.hours[family] : lanes.fixed_hours};
        }
        return on_demand(family, stage, visit);
    }
    [[nodiscard]] double lead_days(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const;
    [[nodiscard]] double hours(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const;

  private:
    /// What one distribution gave for all families.
    struct Batch {
        bool drawn = false;  ///< for the present families
        random::Sampler sampler;
        Workspace<double> samples;
    };
    /// Where a stage's samples are: one for each family, or the same for all.
    struct Lanes {
        bool complete = false;  ///< nothing of a first visit is drawn on demand
        const double* lead_days = nullptr;
        const double* hours = nullptr;
        double fixed_lead_days = 0;
        double fixed_hours = 0;
    };

    static const double* sampled(Batch& batch, const random::Sampler& sampler,
                                 std::span<const double> normals);
    [[nodiscard]] VisitSamples on_demand(std::uint32_t family, std::uint32_t stage,
                                         std::uint32_t visit) const;

    const Families* families_ = nullptr;
    const std::vector<StageInputs>* stages_ = nullptr;
    std::vector<Batch> lead_batches_;   ///< by stage number
    std::vector<Batch> hours_batches_;  ///< by stage number
    std::vector<Lanes> lanes_;          ///< by stage of the arm
};

}  // namespace vfm::model
