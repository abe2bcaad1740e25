// The fully incremental table: all arms in order of cost, who is dominated, and what the rest cost per unit
// gained.
#pragma once

#include "vfm/decision/sample.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// The mean cost and mean effect of one arm.
struct CostAndEffect {
    double cost = 0;
    double effect = 0;
};

/// Every arm's means over draws and replications. Both samples have the same shape.
[[nodiscard]] std::vector<CostAndEffect> mean_arms(const Sample& cost, const Sample& effect);

enum class Standing {
    on_frontier,           ///< best at some threshold
    dominated,             ///< another arm costs no more and achieves no less, and is better in one
    extendedly_dominated,  ///< a mixture of two other arms costs no more and achieves more
    tied                   ///< exactly the cost and effect of an arm of lower index, which stands for it
};

struct IncrementalRow {
    std::size_t arm = 0;
    double cost = 0;
    double effect = 0;
    Standing standing = Standing::on_frontier;
    /// On the frontier: the arm before it there (none for the first). Otherwise who dominates it: one arm, or
    /// the two frontier arms of the mixture; or the arm it is tied with.
    std::vector<std::size_t> against;
    double incremental_cost = 0;    ///< against the arm before on the frontier; NaN elsewhere
    double incremental_effect = 0;  ///< likewise
    double icer = 0;  ///< cost per unit of effect between neighbours on the frontier; NaN elsewhere
};

/// One row an arm, by cost, then larger effect, then index. Comparisons are exact. Three arms on one line all
/// stay. (Johannesson and Weinstein, Journal of Health Economics 12, 1993; Drummond et al., Methods for the
/// Economic Evaluation of Health Care Programmes, 4th edition, 2015, section 4.4.)
[[nodiscard]] std::vector<IncrementalRow> incremental_table(std::span<const CostAndEffect> arms);

/// At which thresholds (GBP per unit of effect) an arm is worth more than the reference, by mean cost and
/// effect.
enum class WorthIt {
    above,   ///< it costs more and achieves more: from the break-even threshold upwards
    below,   ///< it costs less and achieves less: up to the break-even threshold
    always,  ///< no dearer and no worse, and better in one
    never,   ///< no cheaper and no better, and worse in one
    equal    ///< exactly the same cost and effect
};

struct BreakEven {
    WorthIt worth_it = WorthIt::equal;
    double threshold = 0;  ///< cost difference over effect difference; NaN unless `above` or `below`
};

/// The break-even threshold of an arm against the reference.
[[nodiscard]] BreakEven break_even(const CostAndEffect& arm, const CostAndEffect& reference);

}  // namespace vfm::decision
