#include "compared_indicator.hpp"

namespace vfm::decision {

Quantity mean_or_ratio(const Sample& numerator, const Sample* denominator, std::size_t arm) {
    if (denominator == nullptr) return mean_of(numerator.arm(arm), numerator.draws, numerator.replications);
    return ratio_of(numerator.arm(arm), denominator->arm(arm), numerator.draws, numerator.replications);
}

ComparedIndicator compared_indicator(const Indicator& indicator, const Sample& numerator,
                                     const Sample* denominator, std::size_t reference) {
    const Quantity base = mean_or_ratio(numerator, denominator, reference);
    ComparedIndicator result{.indicator = indicator, .arms = {}, .differences = {}};
    for (std::size_t arm = 0; arm < numerator.arms; ++arm) {
        const Quantity own = mean_or_ratio(numerator, denominator, arm);
        result.arms.push_back(estimate(own));
        result.differences.push_back(estimate(difference(own, base)));
    }
    return result;
}

}  // namespace vfm::decision
