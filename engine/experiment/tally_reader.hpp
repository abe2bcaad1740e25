// Additive measures of the summary table, read by name from what an area's simulation adds up to.
#pragma once

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/model/measures.hpp"

#include <string>
#include <vector>

namespace vfm::experiment {

/// One measure; made once for many readings.
class TallyReader {
  public:
    /// Throws UserError, with the nearest known name, when the study has no additive measure of this name.
    TallyReader(const CompiledStudy& study, const std::string& name);

    [[nodiscard]] double read(const model::Tallies& tallies) const;

  private:
    enum class Kind { sum, ended, paid, traced };
    Kind kind_ = Kind::sum;
    std::size_t index_ = 0;             ///< of the sum, or of the outcome
    std::vector<model::Payer> payers_;  ///< whose discounted costs, or their traced part, add up
};

}  // namespace vfm::experiment
