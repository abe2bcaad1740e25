// The comparison of a study's arms: everything `vfmsim compare` shows, as numbers.
#pragma once

#include "vfm/decision/basis.hpp"
#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/curves.hpp"
#include "vfm/decision/estimate.hpp"
#include "vfm/decision/incremental.hpp"
#include "vfm/decision/indicators.hpp"
#include "vfm/decision/inequality.hpp"
#include "vfm/decision/net_benefit.hpp"
#include "vfm/decision/public_finance.hpp"
#include "vfm/results/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::results {
class StudyResults;
}

namespace vfm::decision {

/// What the analyst asked for; empty: the file's own.
struct Choices {
    std::string reference = {};           ///< an arm; by default the study's reference arm, else the first
    std::string perspective = {};         ///< by default the first of the file
    std::string effect = {};              ///< an additive measure; by default `composite`
    std::vector<double> thresholds = {};  ///< GBP per unit of effect; none is ever invented
    /// Ascending thresholds that curves are drawn over, given the means of the perspective; none: no curves.
    std::function<std::vector<double>(std::span<const CostAndEffect> means)> grid = {};
    EquityChoices equity = {};
    unsigned threads = 0;  ///< for the curves; 0: as many as there are cores. The same numbers for any
};

/// Where the numbers come from: the tables of a results file, read on demand.
struct StudyTables {
    const results::Layout* layout = nullptr;
    Origin origin = Origin::simulated;
    std::function<std::vector<double>(std::string_view measure)> measure;        ///< arm x draw x replication
    std::function<std::vector<double>(std::string_view measure)> group_measure;  ///< ... x group
    std::function<std::vector<double>(std::string_view measure)> area_type_measure = {};  ///< ... x area type
    std::function<std::vector<double>()> parameter_draws = {};  ///< draw x uncertain parameter; may be absent
};

/// One indicator in every arm.
struct ComparedIndicator {
    Indicator indicator;
    std::vector<Estimate> arms;
    std::vector<Estimate> differences;  ///< this arm minus the reference, which itself has zero
};

/// One arm's part of an access gap.
struct ComparedGap {
    Estimate group;
    Estimate rest;
    Estimate gap;           ///< group minus rest
    Estimate group_change;  ///< this arm's group minus the reference's
    Estimate rest_change;   ///< likewise of the rest
    Estimate gap_change;    ///< likewise of the gap
};

/// One indicator in one access group, in every arm.
struct GroupComparison {
    std::string group;  ///< `attribute.level`
    Indicator indicator;
    std::vector<ComparedGap> arms;
};

/// Net benefit a family by access group at one threshold.
struct GroupNetBenefit {
    double threshold = 0;                          ///< GBP per unit of effect
    std::vector<std::vector<ComparedGap>> groups;  ///< access group, arm
};

/// Value for money by access group, in the perspective and the effect of the basis. Costs hold a part that is
/// apportioned, by an assumption (group_value.hpp).
struct GroupValue {
    std::vector<std::string> groups;             ///< `attribute.level`
    std::vector<std::vector<ComparedGap>> cost;  ///< access group, arm: GBP a family, traced and apportioned
    std::vector<std::vector<ComparedGap>> traced;  ///< the part that families cause one by one
    std::vector<std::vector<ComparedGap>> effect;  ///< a family; empty when the file has it not by group
    std::vector<GroupNetBenefit> net_benefit;      ///< at the thresholds named; empty without the effect
};

/// One type of areas, in the perspective and the effect of the basis. Sums are over the families, the draws
/// and the replications of its areas alone; all else is as in the comparison of the whole programme.
struct AreaTypeComparison {
    std::string type;
    std::string title;
    std::uint64_t areas = 1;  ///< of the type in a replication
    /// Ratios of measures that the file has by type, and families per replication.
    std::vector<ComparedIndicator> indicators;
    std::vector<BreakEven> break_even;  ///< an arm, against the reference; empty without cost or effect
    /// At each threshold asked for, in GBP a measured family of the type, not per replication; the
    /// probabilities are of the type's matrix of conditional means.
    std::vector<NetBenefit> net_benefit;
    Curves curves;  ///< of that matrix, over the thresholds of the whole programme's curves, if there are any
};

/// Costs against effects, in the perspective and the effect of the basis.
struct CostEffectiveness {
    std::vector<Estimate> cost;    ///< an arm, GBP per replication
    std::vector<Estimate> effect;  ///< an arm, sum over measured families per replication
    std::vector<IncrementalRow> incremental;
    std::vector<BreakEven> break_even;  ///< an arm, against the reference
    std::vector<PlaneShares> plane;     ///< an arm, against the reference
    std::vector<NetBenefit> net_benefit;
    std::vector<std::vector<MoneyValue>>
        money;  ///< threshold, arm: benefit and cost more than the reference's
};

/// Costs in one perspective against effects: what does not hang on intervals. The first is that of the basis.
struct PerspectiveAnalysis {
    std::string perspective;
    std::vector<CostAndEffect> means;  ///< an arm
    std::vector<IncrementalRow> incremental;
    std::vector<BreakEven> break_even;              ///< an arm, against the reference
    std::vector<PlaneShares> plane;                 ///< an arm, against the reference, of the matrix
    Curves curves;                                  ///< of the matrix
    MeanSource source = MeanSource::at_face_value;  ///< of the matrix of conditional means
    std::vector<double> naive_evpi;  ///< a threshold of the curves: of draws' means, with the noise in them
};

/// All of it.
struct Comparison {
    std::vector<std::string> arms;
    std::vector<std::string> arm_titles;
    std::size_t reference = 0;
    Basis basis;
    std::size_t draws = 0;
    std::size_t replications = 0;
    std::vector<ComparedIndicator> indicators;
    std::vector<GroupComparison> gaps;
    std::optional<GroupValue> group_value;          ///< empty when the file has no costs by access group
    std::vector<AreaTypeComparison> area_types;     ///< in the file's order; empty when it has none
    std::vector<InequalityRow> inequality;          ///< of what the analyst declared
    std::optional<CostEffectiveness> analysis;      ///< empty when the file has no cost or no effect
    std::vector<PerspectiveAnalysis> perspectives;  ///< the basis's first; empty without an effect or a grid
    Origin origin = Origin::simulated;
    std::vector<std::string> notes;  ///< what a reader must know to read the numbers rightly
};

/// The same tables with every amount of money (measures in GBP) in prices of another year, by the GDP
/// deflator. `tables` must outlive it. Throws UserError for a year that the deflator does not cover, or when
/// the file's own is not known (0).
[[nodiscard]] StudyTables in_prices_of(const StudyTables& tables, int own_year, int wanted_year);

/// Compares the arms. Throws UserError, with the nearest known name, for an arm, perspective or effect that
/// the file does not hold, and FileFormatError when a number of an additive measure is not finite.
[[nodiscard]] Comparison compare(const StudyTables& tables, const Choices& choices);

/// The tables of an open results file, which must outlive them.
[[nodiscard]] StudyTables tables_of(const results::StudyResults& results);

}  // namespace vfm::decision
