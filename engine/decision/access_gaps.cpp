#include "vfm/decision/access_gaps.hpp"

#include "vfm/core/contract.hpp"

namespace vfm::decision {

namespace {

/// A measure of one arm, split into one group and the rest.
struct GroupAndRest {
    std::vector<double> group;  ///< draw x replication
    std::vector<double> rest;
};

GroupAndRest split(const GroupedSample& sample, std::size_t arm, std::size_t group) {
    const std::span<const double> total = sample.total.arm(arm);
    const std::span<const double> cells =
        sample.by_group.subspan(arm * total.size() * sample.groups, total.size() * sample.groups);
    GroupAndRest result;
    result.group.reserve(total.size());
    result.rest.reserve(total.size());
    for (std::size_t i = 0; i < total.size(); ++i) {
        result.group.push_back(cells[i * sample.groups + group]);
        result.rest.push_back(total[i] - result.group.back());
    }
    return result;
}

}  // namespace

std::vector<AccessGap> access_gaps(const GroupedSample& numerator, const GroupedSample& denominator,
                                   std::size_t group) {
    VFM_EXPECT(numerator.by_group.size() == numerator.total.values.size() * numerator.groups);
    VFM_EXPECT(denominator.by_group.size() == numerator.by_group.size() && group < numerator.groups);
    const Sample& shape = numerator.total;
    std::vector<AccessGap> gaps;
    for (std::size_t arm = 0; arm < shape.arms; ++arm) {
        const GroupAndRest top = split(numerator, arm, group);
        const GroupAndRest bottom = split(denominator, arm, group);
        AccessGap gap{.group = ratio_of(top.group, bottom.group, shape.draws, shape.replications),
                      .rest = ratio_of(top.rest, bottom.rest, shape.draws, shape.replications),
                      .gap = {}};
        gap.gap = difference(gap.group, gap.rest);
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

}  // namespace vfm::decision
