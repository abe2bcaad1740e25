#include "inequality_comparison.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/basis.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

namespace vfm::decision {

namespace {

using Names = std::vector<std::string>;

std::string attribute_of(const std::string& group) {
    return group.substr(0, group.find('.'));
}

/// Sums over draws and replications, by arm and group; the last entry of an arm is the total of all families.
class GroupSums {
  public:
    explicit GroupSums(const StudyTables& tables) : tables_(tables), layout_(*tables.layout) {}

    [[nodiscard]] std::size_t groups() const { return layout_.groups.size(); }
    [[nodiscard]] std::size_t group(const std::string& name) const {
        return place_of(name, layout_.groups, "access group");
    }
    [[nodiscard]] bool has(const std::string& measure) const {
        return std::find(layout_.group_measures.begin(), layout_.group_measures.end(), measure) !=
               layout_.group_measures.end();
    }

    /// One arm's sum of a measure in a group; `groups()` is all families.
    [[nodiscard]] double of(const std::string& measure, std::size_t arm, std::size_t group) {
        const auto place = kept_.find(measure);
        const std::vector<double>& sums =
            place != kept_.end() ? place->second : kept_.emplace(measure, summed(measure)).first->second;
        return sums[arm * (groups() + 1) + group];
    }

  private:
    [[nodiscard]] std::vector<double> summed(const std::string& measure) const {
        const std::vector<double> by_group = tables_.group_measure(measure);
        const std::vector<double> total = tables_.measure(measure);
        const std::size_t cells = static_cast<std::size_t>(layout_.study_units());
        std::vector<double> sums;
        for (std::size_t arm = 0; arm < layout_.arms.size(); ++arm) {
            std::vector<double> own(groups(), 0.0);
            for (std::size_t cell = 0; cell < cells; ++cell) {
                for (std::size_t g = 0; g < groups(); ++g)
                    own[g] += by_group[(arm * cells + cell) * groups() + g];
            }
            sums.insert(sums.end(), own.begin(), own.end());
            sums.push_back(stats::compensated_sum(std::span(total).subspan(arm * cells, cells)));
        }
        return sums;
    }

    const StudyTables& tables_;
    const results::Layout& layout_;
    std::map<std::string, std::vector<double>> kept_;
};

/// Groups that divide all families: some of the file's, and what is left (`rest` names its place).
struct Division {
    std::string attribute;
    std::vector<std::size_t> groups;  ///< `rest_mark` for the rest
    static constexpr std::size_t rest_mark = ~std::size_t{0};
};

/// The rest is what all families have more than the groups named.
double of_member(GroupSums& sums, const Division& division, const std::string& measure, std::size_t arm,
                 std::size_t member) {
    if (member != Division::rest_mark) return sums.of(measure, arm, member);
    double rest = sums.of(measure, arm, sums.groups());
    for (const std::size_t other : division.groups) {
        if (other != Division::rest_mark) rest -= sums.of(measure, arm, other);
    }
    return rest;
}

std::vector<GroupLevel> levels_of(GroupSums& sums, const Division& division, const Indicator& indicator,
                                  std::size_t arm) {
    std::vector<GroupLevel> levels;
    for (const std::size_t member : division.groups) {
        const double families = of_member(sums, division, indicator.denominator, arm, member);
        levels.push_back(
            {.families = families,
             .value =
                 families > 0 ? of_member(sums, division, indicator.numerator, arm, member) / families : 0});
    }
    return levels;
}

/// Every attribute of the file with the levels it has and the rest.
std::vector<Division> all_divisions(const Names& groups) {
    std::vector<Division> divisions;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const std::string attribute = attribute_of(groups[g]);
        auto place = std::find_if(divisions.begin(), divisions.end(),
                                  [&](const Division& each) { return each.attribute == attribute; });
        if (place == divisions.end()) {
            divisions.push_back({.attribute = attribute, .groups = {}});
            place = divisions.end() - 1;
        }
        place->groups.push_back(g);
    }
    for (Division& division : divisions) division.groups.push_back(Division::rest_mark);
    return divisions;
}

Division ordered_division(const GroupSums& sums, const Names& groups, const OrderedAttribute& ordered) {
    Names attributes;
    for (const std::string& group : groups) attributes.push_back(attribute_of(group));
    Division division{
        .attribute = attributes[place_of(ordered.attribute, attributes, "access group of the attribute")],
        .groups = {}};
    std::set<std::string> seen;
    for (const std::string& level : ordered.levels) {
        if (!seen.insert(level).second)
            throw UserError(fmt::format("--ordered: level '{}' comes twice", level));
        division.groups.push_back(level == "rest" ? Division::rest_mark
                                                  : sums.group(ordered.attribute + "." + level));
    }
    if (division.groups.size() < 2) {
        throw UserError(fmt::format(
            "--ordered: '{}' needs two levels or more, `rest` for the families in none", ordered.attribute));
    }
    return division;
}

/// Levels that leave families out have no rank among all.
void expect_whole(GroupSums& sums, const Division& division) {
    double families = 0;
    for (const std::size_t member : division.groups)
        families += of_member(sums, division, "families", 0, member);
    const double all = sums.of("families", 0, sums.groups());
    if (std::abs(families - all) <= 1e-9 * all) return;
    throw UserError(
        fmt::format("--ordered: the levels of '{}' hold {:.0f} of {:.0f} families, add the level `rest`",
                    division.attribute, families, all));
}

class InequalityRows {
  public:
    InequalityRows(std::size_t arms, std::size_t reference) : arms_(arms), reference_(reference) {}

    template <class Value>
    void add(const std::string& index, const std::string& attribute, const std::string& measure,
             Value value) {
        const double base = value(reference_);
        for (std::size_t arm = 0; arm < arms_; ++arm) {
            const double own = value(arm);
            rows_.push_back({.index = index,
                             .attribute = attribute,
                             .measure = measure,
                             .arm = arm,
                             .value = own,
                             .minus_reference = own - base});
        }
    }
    [[nodiscard]] std::vector<InequalityRow> take() { return std::move(rows_); }

  private:
    std::size_t arms_;
    std::size_t reference_;
    std::vector<InequalityRow> rows_;
};

void add_weighted(InequalityRows& rows, GroupSums& sums, const Comparison& compared,
                  const EquityChoices& choices) {
    const std::string& effect = compared.basis.effect;
    if (!choices.elasticity) {
        throw UserError(
            "--relative-income needs the elasticity of the value of money, give --income-elasticity");
    }
    if (!sums.has(effect)) {
        throw UserError(
            fmt::format("the effect '{}' is not in the file by access group, choose one that is with "
                        "--effect",
                        effect));
    }
    Division division{.attribute = attribute_of(choices.incomes.front().group),
                      .groups = {Division::rest_mark}};
    std::vector<double> weights = {1};
    for (const RelativeIncome& income : choices.incomes) {
        const std::size_t group = sums.group(income.group);
        if (attribute_of(income.group) != division.attribute) {
            throw UserError("--relative-income: groups of two attributes overlap, declare levels of one");
        }
        if (std::find(division.groups.begin(), division.groups.end(), group) != division.groups.end()) {
            throw UserError(fmt::format("--relative-income: group '{}' comes twice", income.group));
        }
        division.groups.push_back(group);
        weights.push_back(distributional_weight(income.ratio, *choices.elasticity));
    }
    const auto units = static_cast<double>(compared.draws * compared.replications);
    rows.add("weighted_effect", division.attribute, effect, [&](std::size_t arm) {
        double sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            sum += weights[i] * of_member(sums, division, effect, arm, division.groups[i]);
        }
        return sum / units;
    });
}

}  // namespace

std::vector<InequalityRow> compare_inequality(const StudyTables& tables, const Comparison& compared,
                                              const EquityChoices& choices) {
    const results::Layout& layout = *tables.layout;
    GroupSums sums(tables);
    if (layout.groups.empty() || !sums.has("families")) {
        throw UserError("the file has no access groups, so there is no inequality between them to measure");
    }
    std::vector<Indicator> all;
    for (const ComparedIndicator& each : compared.indicators) all.push_back(each.indicator);
    std::vector<Indicator> indicators = group_indicators(layout, all);
    std::erase_if(indicators, [](const Indicator& each) { return each.denominator != "families"; });
    InequalityRows rows(compared.arms.size(), compared.reference);
    const auto add = [&](const char* index, const Division& division, const Indicator& indicator,
                         auto value) {
        rows.add(index, division.attribute, indicator.name,
                 [&](std::size_t arm) { return value(levels_of(sums, division, indicator, arm)); });
    };
    if (choices.aversion) {
        for (const Division& division : all_divisions(layout.groups)) {
            for (const Indicator& indicator : indicators) {
                if (indicator.unit != "share") continue;  // of probabilities alone
                add("atkinson_of_chances", division, indicator, [&](const std::vector<GroupLevel>& levels) {
                    return atkinson_of_chances(levels, *choices.aversion);
                });
            }
        }
    }
    for (const OrderedAttribute& ordered : choices.ordered) {
        const Division division = ordered_division(sums, layout.groups, ordered);
        expect_whole(sums, division);
        for (const Indicator& indicator : indicators) {
            add("slope_index", division, indicator,
                [](const std::vector<GroupLevel>& levels) { return slope_index(levels); });
        }
    }
    if (!choices.incomes.empty()) add_weighted(rows, sums, compared, choices);
    return rows.take();
}

}  // namespace vfm::decision
