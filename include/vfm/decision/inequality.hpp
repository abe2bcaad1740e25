// Indices of inequality between groups of families, all of them of what an analyst has declared.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::decision {

/// One group of a division of all families.
struct GroupLevel {
    double families = 0;  ///< how many, or their share
    double value = 0;     ///< the mean or the probability in the group
};

/// The Atkinson index of *chances*: how unequally a probability is spread over groups. 0 when all groups have
/// the same, towards 1 as it falls to one of them: the share of the mean probability that could be given up
/// for equal chances at the same welfare (Atkinson, Journal of Economic Theory 2, 1970, with probabilities in
/// the place of incomes). It says nothing about who got what inside a group. `aversion` > 0. NaN when nobody
/// has any chance, or there are no families.
[[nodiscard]] double atkinson_of_chances(std::span<const GroupLevel> groups, double aversion);

/// The slope index of inequality: what the best-off end has more than the worst-off end on the line through
/// the groups' values over their mean ranks, weighted by families (Preston, Haines and Pamuk 1981; Wagstaff,
/// Paci and van Doorslaer, Social Science and Medicine 33, 1991, section 3.5). `groups` from worst to best
/// off. In the unit of the value; NaN unless two groups have families.
[[nodiscard]] double slope_index(std::span<const GroupLevel> groups);

/// What a pound is worth in a group of another income: (1 / relative income)^elasticity, relative to the
/// middle (HM Treasury, The Green Book, 2022, annex A3). Both > 0.
[[nodiscard]] double distributional_weight(double relative_income, double elasticity);

/// An attribute whose levels have an order.
struct OrderedAttribute {
    std::string attribute;
    std::vector<std::string> levels;  ///< from worst to best off; `rest`: families in none of the others
};

/// How much a group has of the middle income, as the analyst declares it.
struct RelativeIncome {
    std::string group;  ///< `attribute.level`
    double ratio = 1;
};

/// What the analyst declared; nothing is assumed in its place.
struct EquityChoices {
    std::optional<double> aversion = {};  ///< Atkinson's, for inequality of chances
    std::vector<OrderedAttribute> ordered = {};
    std::vector<RelativeIncome> incomes = {};  ///< of levels of one attribute; all others have the middle income
    std::optional<double> elasticity = {};     ///< of the value of money, for distributional weights

    [[nodiscard]] bool any() const { return aversion || !ordered.empty() || !incomes.empty(); }
};

/// One index of one measure over one attribute, in one arm.
struct InequalityRow {
    std::string index;      ///< `atkinson_of_chances`, `slope_index` or `weighted_effect`
    std::string attribute;  ///< whose levels are compared
    std::string measure;    ///< the indicator's name, or the measure's for `weighted_effect`
    std::size_t arm = 0;
    double value = 0;
    double minus_reference = 0;
};

}  // namespace vfm::decision
