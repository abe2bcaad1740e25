#include "vfm/inquiry/sensitivity_findings.hpp"

namespace vfm::inquiry {

double net_benefit_of(const SensitivityFindings& findings, std::size_t arm, double threshold) {
    const ArmMeans& means = findings.means[arm];
    return threshold * means.effect.value - means.cost.value;
}

std::size_t best_at(const SensitivityFindings& findings, double threshold) {
    std::size_t best = 0;
    for (std::size_t arm = 1; arm < findings.means.size(); ++arm) {
        if (net_benefit_of(findings, arm, threshold) > net_benefit_of(findings, best, threshold)) best = arm;
    }
    return best;
}

std::size_t subject_at(const SensitivityFindings& findings, double threshold) {
    if (findings.question.arm) return *findings.question.arm;
    const std::size_t reference = findings.question.reference;
    std::size_t best = reference == 0 ? 1 : 0;
    for (std::size_t arm = 0; arm < findings.means.size(); ++arm) {
        if (arm == reference) continue;
        if (net_benefit_of(findings, arm, threshold) > net_benefit_of(findings, best, threshold)) best = arm;
    }
    return best;
}

}  // namespace vfm::inquiry
