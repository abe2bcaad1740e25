#include "sensitivity_findings.hpp"

namespace vfm::program {

double net_benefit_of(const Findings& findings, std::size_t arm, double threshold) {
    const ArmLevel& level = findings.levels[arm];
    return (threshold * level.effect.value - level.cost.value) / findings.families;
}

std::size_t best_at(const Findings& findings, double threshold) {
    std::size_t best = 0;
    for (std::size_t arm = 1; arm < findings.levels.size(); ++arm) {
        if (net_benefit_of(findings, arm, threshold) > net_benefit_of(findings, best, threshold)) best = arm;
    }
    return best;
}

std::size_t subject_at(const Findings& findings, double threshold) {
    if (findings.question.arm) return *findings.question.arm;
    const std::size_t reference = findings.question.reference;
    std::size_t best = reference == 0 ? 1 : 0;
    for (std::size_t arm = 0; arm < findings.levels.size(); ++arm) {
        if (arm == reference) continue;
        if (net_benefit_of(findings, arm, threshold) > net_benefit_of(findings, best, threshold)) best = arm;
    }
    return best;
}

}  // namespace vfm::program
