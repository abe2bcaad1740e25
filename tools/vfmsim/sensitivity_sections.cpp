#include "sensitivity_sections.hpp"

#include "sensitivity_numbers.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using Column = TextTable::Column;

/// The larger of a bar's two changes; NaN-free.
double reach(const inquiry::TornadoBar& bar) {
    return std::max(
        {std::abs(bar.low.value), std::abs(bar.high.value), std::abs(bar.high.value - bar.low.value)});
}

std::string change_text(const PageView& view, const decision::PairedMean& change) {
    const double half = (change.interval.high - change.interval.low) / 2;
    const std::string error =
        std::isnan(half) ? "" : fmt::format(" ±{:.1f}", std::abs(half) / money_divisor(view.all));
    return fmt::format("{:+.1f}", change.value / money_divisor(view.all)) + error;
}

std::string switch_row_side(const inquiry::ParameterSwitch& one) {
    return fmt::format("{} {}", one.side == decision::Side::above ? "above" : "below",
                       significant(one.change->value));
}

}  // namespace

double money_divisor(const inquiry::SensitivityFindings& findings) {
    return findings.families > 0 ? findings.families : 1;
}

std::string money_unit(const inquiry::SensitivityFindings& findings) {
    return findings.families > 0 ? "GBP a family" : "GBP";
}

std::string in_words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string threshold_heading(const PageView& view) {
    const std::size_t best = view.best();
    const std::string where =
        view.all.draws > 0 ? "By mean net benefit over the draws" : "Where every parameter has its mean";
    std::string heading = fmt::format("At GBP {} a unit of {}", number(view.worth(), 0),
                                      in_words(view.all.question.basis.effect));
    heading += "\n" + std::string(heading.size(), '=') + "\n";
    return heading + wrap_text(fmt::format("{}, {} is the best arm.", where, view.arm(best)));
}

std::string tornado(const PageView& view) {
    const std::size_t subject = view.subject();
    std::vector<const inquiry::TornadoBar*> bars;
    for (const inquiry::TornadoBar& bar : view.all.tornado) {
        if (bar.threshold == view.threshold && bar.arm == subject) bars.push_back(&bar);
    }
    if (bars.empty()) return "";
    std::stable_sort(
        bars.begin(), bars.end(),
        [](const inquiry::TornadoBar* a, const inquiry::TornadoBar* b) { return reach(*a) > reach(*b); });
    TextTable table{.columns = {{"", Column::Align::left, 40},
                                {"2.5 % point", Column::Align::right, 8},
                                {"97.5 % point", Column::Align::right, 8},
                                {"change at 2.5 %", Column::Align::right, 12},
                                {"change at 97.5 %", Column::Align::right, 12}},
                    .rows = {}};
    for (std::size_t i = 0; i < std::min(view.top, bars.size()); ++i) {
        const inquiry::ParameterFacts& parameter = view.all.parameters[bars[i]->parameter];
        table.rows.push_back({parameter.name, significant(parameter.low), significant(parameter.high),
                              change_text(view, bars[i]->low), change_text(view, bars[i]->high)});
    }
    const double base = (inquiry::net_benefit_of(view.all, subject, view.worth()) -
                         inquiry::net_benefit_of(view.all, view.all.question.reference, view.worth())) /
                        money_divisor(view.all);
    std::string text =
        "\n" + wrap_text(fmt::format(
                   "Tornado: net benefit of {} less {}, {}; {:+.1f} at the means. Each parameter "
                   "moves alone; ± is Monte Carlo, 95 %, paired with the base run",
                   view.arm(subject), view.arm(view.all.question.reference), money_unit(view.all), base));
    text += render(table);
    if (bars.size() > view.top) {
        text += fmt::format("and {} more, none with a longer bar than {:.1f}\n", bars.size() - view.top,
                            reach(*bars[view.top]) / money_divisor(view.all));
    }
    return text;
}

std::string switching_values(const PageView& view) {
    const std::size_t subject = view.subject();
    std::vector<const inquiry::ParameterSwitch*> changes;
    std::size_t without = 0;
    for (const inquiry::ParameterSwitch& one : view.all.switches) {
        if (one.threshold != view.threshold) continue;
        if (one.decision == inquiry::DecisionKind::against_reference && one.arm != subject) continue;
        if (one.change) {
            changes.push_back(&one);
        } else if (one.decision == inquiry::DecisionKind::best_of_all) {
            ++without;
        }
    }
    if (changes.empty() && without == 0) return "";
    std::stable_sort(changes.begin(), changes.end(),
                     [](const inquiry::ParameterSwitch* a, const inquiry::ParameterSwitch* b) {
                         if (a->decision != b->decision) return a->decision < b->decision;
                         return std::abs(a->units) < std::abs(b->units);
                     });
    TextTable table{.columns = {{"", Column::Align::left, 36},
                                {"switches", Column::Align::right, 18},
                                {"95 %, Monte Carlo", Column::Align::right, 18},
                                {"normal units", Column::Align::right, 6},
                                {"to", Column::Align::left, 32}},
                    .rows = {}};
    const auto rows_of = [&](inquiry::DecisionKind decision) {
        table.rows.clear();
        std::size_t left_out = 0;
        for (const inquiry::ParameterSwitch* one : changes) {
            if (one->decision != decision) continue;
            if (table.rows.size() == view.top) {
                ++left_out;
                continue;
            }
            table.rows.push_back({view.all.parameters[one->parameter].name, switch_row_side(*one),
                                  range_text(one->change->interval), signed_units(one->units),
                                  view.arm(one->change->to)});
        }
        std::string text = table.rows.empty() ? "" : render(table);
        if (left_out > 0) text += fmt::format("and {} more\n", left_out);
        return text;
    };
    std::string text =
        "\n" + wrap_text(fmt::format("Switching values: where {} stops being the best of all as "
                                     "one parameter moves alone from its mean",
                                     view.arm(view.best())));
    text += rows_of(inquiry::DecisionKind::best_of_all);
    text +=
        fmt::format("none within the 95 % range: {} of {} parameters\n", without, view.all.parameters.size());
    const std::string sides = rows_of(inquiry::DecisionKind::against_reference);
    if (view.all.question.arms.size() > 2) {
        text += "\n" + wrap_text(fmt::format("Switching values: where {} and {} change places",
                                             view.arm(subject), view.arm(view.all.question.reference)));
        text += sides.empty() ? "none within any 95 % range\n" : sides;
    }
    return text;
}

namespace {

std::string index_name(const inquiry::SensitivityIndex& row) {
    const bool is_named = row.name.find('+') == std::string::npos;  // a parameter, or a declared group
    if (is_named || row.parameters.size() < 2) return row.name;
    return fmt::format("{} and {} more with it", row.parameters.front(), row.parameters.size() - 1);
}

std::string index_text(const decision::SensitivityIndex& index) {
    return fmt::format("{:.3f} ({:.3f} to {:.3f}){}", index.value, index.interval.low, index.interval.high,
                       index.converged() ? "" : " *");
}

}  // namespace

std::string variance_indices(const PageView& view) {
    const std::size_t subject = view.subject();
    std::vector<const inquiry::SensitivityIndex*> rows;
    bool total = false;
    double sum = 0;
    for (const inquiry::SensitivityIndex& row : view.all.indices) {
        if (row.threshold != view.threshold || row.arm != subject) continue;
        rows.push_back(&row);
        total = row.total.has_value();
        sum += row.first.value;
    }
    if (rows.empty()) return "";
    std::stable_sort(rows.begin(), rows.end(),
                     [](const inquiry::SensitivityIndex* a, const inquiry::SensitivityIndex* b) {
                         return (a->total ? a->total->value : a->first.value) >
                                (b->total ? b->total->value : b->first.value);
                     });
    TextTable table{
        .columns = {{"", Column::Align::left, 48}, {"first order (95 %)", Column::Align::right, 28}},
        .rows = {}};
    if (total) table.columns.push_back({"total (95 %)", Column::Align::right, 28});
    for (std::size_t i = 0; i < std::min(view.top, rows.size()); ++i) {
        table.rows.push_back({index_name(*rows[i]), index_text(rows[i]->first)});
        if (total) table.rows.back().push_back(index_text(*rows[i]->total));
    }
    std::string text =
        "\n" +
        wrap_text(fmt::format(
            "{}: shares of the variance of that net benefit that parameters explain, family noise taken "
            "out. first order: alone{}",
            total ? fmt::format("Sobol indices of {} rows", view.all.rows) : "First-order indices",
            total ? "; total: with everything they interact with" : ""));
    text += render(table);
    if (rows.size() > view.top) text += fmt::format("and {} more\n", rows.size() - view.top);
    text +=
        wrap_text(fmt::format("All first-order indices add up to {:.2f}. A star marks a negative estimate: "
                              "{}.",
                              sum, total ? "not converged, more --rows" : "zero within its error"));
    return text;
}

}  // namespace vfm::program
