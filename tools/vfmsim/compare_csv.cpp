#include "analysis_output.hpp"
#include "compare_findings.hpp"
#include "compare_output.hpp"
#include "tables.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

/// Collects lines `section,arm,measure,statistic,value`.
class Tidy {
  public:
    explicit Tidy(const Comparison& comparison) : all_(comparison) {}

    void enter(std::string section) { section_ = std::move(section); }

    void add(std::size_t arm, const std::string& measure, const std::string& statistic,
             const std::string& value) {
        text_ += fmt::format("{},{},{},{},{}\n", section_, csv_field(all_.arms[arm]), csv_field(measure),
                             statistic, csv_field(value));
    }
    void add(std::size_t arm, const std::string& measure, const std::string& statistic, double value) {
        add(arm, measure, statistic, exact_number(value));
    }

    /// An estimate in six lines; `prefix` tells several of one measure apart.
    void add(std::size_t arm, const std::string& measure, const Estimate& estimate,
             const std::string& prefix = {}) {
        const auto& error = estimate.monte_carlo;
        const ParameterUncertainty& parameter = estimate.parameter;
        const auto line = [&](const char* statistic, const std::string& value) {
            add(arm, measure, prefix + statistic, value);
        };
        line("value", exact_number(estimate.value));
        line("monte_carlo_standard_error", error ? exact_number(error->standard_error) : "");
        line("monte_carlo_low", error ? exact_number(error->interval.low) : "");
        line("monte_carlo_high", error ? exact_number(error->interval.high) : "");
        const bool separated = parameter.spread != ParameterSpread::includes_noise;
        line(separated ? "parameter_low" : "parameter_and_noise_low",
             parameter.interval ? exact_number(parameter.interval->low) : "");
        line(separated ? "parameter_high" : "parameter_and_noise_high",
             parameter.interval ? exact_number(parameter.interval->high) : "");
    }

    [[nodiscard]] std::string text() && { return std::move(text_); }

  private:
    const Comparison& all_;
    std::string section_;
    std::string text_ = "section,arm,measure,statistic,value\n";
};

void add_indicators(Tidy& tidy, const Comparison& comparison) {
    tidy.enter("arms");
    for (const ComparedIndicator& compared : comparison.indicators) {
        for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
            tidy.add(arm, compared.indicator.name, compared.arms[arm]);
        }
    }
    tidy.enter("differences");
    for (const ComparedIndicator& compared : comparison.indicators) {
        for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
            if (arm != comparison.reference)
                tidy.add(arm, compared.indicator.name, compared.differences[arm]);
        }
    }
}

void add_incremental(Tidy& tidy, const Comparison& comparison, const CostEffectiveness& analysis) {
    tidy.enter("incremental_table");
    for (const IncrementalRow& row : analysis.incremental) {
        std::string against;
        for (const std::size_t arm : row.against)
            against += (against.empty() ? "" : " ") + comparison.arms[arm];
        const std::string& measure = comparison.basis.effect;
        tidy.add(row.arm, comparison.basis.cost, "value", row.cost);
        tidy.add(row.arm, measure, "value", row.effect);
        tidy.add(row.arm, measure, "standing", standing_name(row.standing));
        tidy.add(row.arm, measure, "against", against);
        tidy.add(row.arm, comparison.basis.cost, "incremental", row.incremental_cost);
        tidy.add(row.arm, measure, "incremental", row.incremental_effect);
        tidy.add(row.arm, measure, "icer", row.icer);
    }
}

/// The tables by perspective: the measure is `PERSPECTIVE`, of curves `PERSPECTIVE@THRESHOLD`.
void add_findings(Tidy& tidy, const Comparison& comparison, const results::Analysis& findings) {
    for (const results::AnalysisTable& table : findings.tables) {
        if (table.columns.front().name != "perspective") continue;
        tidy.enter(table.name);
        const bool is_curve =
            table.name != "icer_table" && table.name != "break_even" && table.name != "plane";
        const auto is_key = [is_curve](const std::string& name) {
            return name == "perspective" || name == "arm" || (is_curve && name == "threshold");
        };
        std::map<std::string, std::vector<std::string>> cells;
        for (const results::AnalysisColumn& column : table.columns) cells[column.name] = exact_cells(column);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto place = std::find(comparison.arms.begin(), comparison.arms.end(), cells["arm"][row]);
            std::string measure = cells["perspective"][row];
            if (is_curve) measure += '@' + cells["threshold"][row];
            for (const results::AnalysisColumn& column : table.columns) {
                if (is_key(column.name)) continue;
                tidy.add(static_cast<std::size_t>(place - comparison.arms.begin()), measure, column.name,
                         cells[column.name][row]);
            }
        }
    }
}

void add_net_benefit(Tidy& tidy, const CostEffectiveness& analysis) {
    tidy.enter("net_benefit");
    for (const NetBenefit& at : analysis.net_benefit) {
        const std::string measure = "net_benefit@" + exact_number(at.threshold);
        for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
            tidy.add(arm, measure, at.arms[arm].value);
            tidy.add(arm, measure, at.arms[arm].difference, "difference_");
            tidy.add(arm, measure, "probability_best", at.arms[arm].probability_best);
        }
    }
}

void add_gaps(Tidy& tidy, const std::string& measure, const std::vector<ComparedGap>& arms) {
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        tidy.add(arm, measure, arms[arm].group, "group_");
        tidy.add(arm, measure, arms[arm].rest, "rest_");
        tidy.add(arm, measure, arms[arm].gap, "gap_");
        tidy.add(arm, measure, arms[arm].group_change, "group_minus_reference_");
        tidy.add(arm, measure, arms[arm].rest_change, "rest_minus_reference_");
        tidy.add(arm, measure, arms[arm].gap_change, "gap_minus_reference_");
    }
}

void add_equity(Tidy& tidy, const Comparison& comparison) {
    tidy.enter("equity");
    for (const GroupComparison& compared : comparison.gaps)
        add_gaps(tidy, compared.indicator.name + "@" + compared.group, compared.arms);
}

/// Over the curves' thresholds the measure is `GROUP@THRESHOLD`.
void add_group_curve(Tidy& tidy, const Comparison& comparison, const results::Analysis& findings) {
    for (const results::AnalysisTable& table : findings.tables) {
        if (table.name != "group_net_benefit_curve") continue;
        tidy.enter(table.name);
        std::vector<std::vector<std::string>> cells;
        for (const results::AnalysisColumn& column : table.columns) cells.push_back(exact_cells(column));
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const std::size_t arm = row % comparison.arms.size();
            for (std::size_t column = 3; column < cells.size(); ++column)
                tidy.add(arm, cells[1][row] + '@' + cells[0][row], table.columns[column].name,
                         cells[column][row]);
        }
    }
}

void add_group_value(Tidy& tidy, const GroupValue& value) {
    tidy.enter("group_value");
    for (std::size_t group = 0; group < value.groups.size(); ++group) {
        const std::string at_group = "@" + value.groups[group];
        add_gaps(tidy, "apportioned_cost_per_family" + at_group, value.cost[group]);
        add_gaps(tidy, "traced_cost_per_family" + at_group, value.traced[group]);
        for (const GroupNetBenefit& at : value.net_benefit) {
            add_gaps(tidy, "net_benefit_per_family@" + exact_number(at.threshold) + at_group,
                     at.groups[group]);
        }
    }
}

/// The measure is `INDICATOR@TYPE`, of net benefit (a family) `net_benefit@THRESHOLD@TYPE`.
void add_area_types(Tidy& tidy, const Comparison& comparison) {
    tidy.enter("area_types");
    for (const AreaTypeComparison& type : comparison.area_types) {
        for (const ComparedIndicator& compared : type.indicators) {
            const std::string measure = compared.indicator.name + "@" + type.type;
            for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
                tidy.add(arm, measure, compared.arms[arm]);
                tidy.add(arm, measure, compared.differences[arm], "difference_");
            }
        }
        for (std::size_t arm = 0; arm < type.break_even.size(); ++arm) {
            if (arm == comparison.reference) continue;
            tidy.add(arm, "break_even@" + type.type, "worth_it",
                     worth_it_name(type.break_even[arm].worth_it));
            tidy.add(arm, "break_even@" + type.type, "threshold", type.break_even[arm].threshold);
        }
        for (const NetBenefit& at : type.net_benefit) {
            const std::string measure = "net_benefit@" + exact_number(at.threshold) + "@" + type.type;
            for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
                tidy.add(arm, measure, at.arms[arm].value);
                tidy.add(arm, measure, at.arms[arm].difference, "difference_");
                tidy.add(arm, measure, "probability_best", at.arms[arm].probability_best);
            }
        }
        const Curves& curves = type.curves;
        for (std::size_t i = 0; i < curves.thresholds.size(); ++i) {
            const std::string measure = "ceaf@" + exact_number(curves.thresholds[i]) + "@" + type.type;
            tidy.add(curves.best[i], measure, "probability_best", curves.frontier(i));
            tidy.add(curves.best[i], measure, "expected_loss", curves.perfect_information(i));
        }
    }
}

}  // namespace

std::string comparison_csv(const Comparison& comparison) {
    const results::Analysis findings = compare_findings(comparison, {});
    Tidy tidy(comparison);
    add_indicators(tidy, comparison);
    if (comparison.analysis) {
        add_incremental(tidy, comparison, *comparison.analysis);
        add_findings(tidy, comparison, findings);
        add_net_benefit(tidy, *comparison.analysis);
    }
    add_equity(tidy, comparison);
    if (comparison.group_value) add_group_value(tidy, *comparison.group_value);
    add_group_curve(tidy, comparison, findings);
    add_area_types(tidy, comparison);
    return std::move(tidy).text();
}

}  // namespace vfm::program
