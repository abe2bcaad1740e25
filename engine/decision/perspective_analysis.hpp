// Costs in one perspective against effects, from the one matrix of conditional means.
#pragma once

#include "vfm/decision/comparison.hpp"

#include <string>

namespace vfm::decision {

/// One perspective's numbers, as the file has them.
struct PerspectiveSample {
    std::string perspective;
    Sample cost;
    Sample effect;
    ParameterSample parameters;
    std::size_t reference = 0;
};

/// The matrix: of one draw, its mean; of several, with the noise of families taken out.
[[nodiscard]] ConditionalMeans matrix_of(const PerspectiveSample& sample);

/// The incremental table of the plain means, and all that hangs on where draws lie, of the matrix.
[[nodiscard]] PerspectiveAnalysis analyse_perspective(const PerspectiveSample& sample,
                                                      const ConditionalMeans& matrix, const Choices& choices);

}  // namespace vfm::decision
