#include "sensitivity_page.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using inquiry::DecisionKind;
using inquiry::GroupIndices;
using inquiry::ParameterSwitch;
using inquiry::TornadoBar;

/// How far a bar of the tornado reaches.
double reach(const TornadoBar& bar) {
    return std::max(
        {std::abs(bar.low.value), std::abs(bar.high.value), std::abs(bar.high.value - bar.low.value)});
}

Shown change_column(std::string heading, std::string column) {
    return {.heading = std::move(heading),
            .cells = {{.column = std::move(column)}},
            .part = Part::with_error,
            .precision = decimals(1),
            .sign = Shown::Sign::both,
            .wrap = 12};
}

Shown point_column(std::string heading, std::string column) {
    Shown shown = each_to_three_digits(std::move(heading), {{.column = std::move(column)}});
    shown.wrap = 8;
    return shown;
}

Shown index_column(std::string heading, std::string column) {
    return {.heading = std::move(heading),
            .cells = {{.column = std::move(column)}},
            .part = Part::with_interval,
            .precision = decimals(3),
            .wrap = 28};
}

Section switches_section(const SensitivityPage& page, DecisionKind decision, std::string heading) {
    const auto& switches = page.found.switches;
    const std::size_t subject = page.subject();
    View view{.table = "switching_values",
              .rows = page.rows_of(switches,
                                   [&](const ParameterSwitch& one) {
                                       const bool asked =
                                           decision == DecisionKind::best_of_all || one.arm == subject;
                                       return one.change && one.decision == decision && asked;
                                   }),
              .columns = {{.heading = "", .cells = {{.column = "parameter"}}},
                          each_to_three_digits("switches", {{.column = "direction"}, {.column = "value"}}),
                          interval_column("95 %, Monte Carlo"),
                          normal_units_column(),
                          {.heading = "to", .cells = {{.column = "to"}}, .wrap = 32}}};
    std::stable_sort(view.rows.begin(), view.rows.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(switches[a].units) < std::abs(switches[b].units);
    });
    Section section{.heading = std::move(heading), .view = std::move(view)};
    keep_top(page, section);
    return section;
}

}  // namespace

void keep_top(const SensitivityPage& page, Section& section) {
    std::vector<std::size_t>& rows = section.view->rows;
    if (rows.size() <= page.top) return;
    section.notes.push_back(fmt::format("and {} more", rows.size() - page.top));
    rows.resize(page.top);
}

Shown each_to_three_digits(std::string heading, std::vector<Source> cells) {
    return {.heading = std::move(heading), .cells = std::move(cells), .precision = digits_of_each(3)};
}

Shown interval_column(std::string heading) {
    Shown column =
        each_to_three_digits(std::move(heading), {{.column = "interval_low"}, {.column = "interval_high"}});
    column.between = " to ";
    column.wrap = 18;
    return column;
}

Shown normal_units_column() {
    return {.heading = "normal units",
            .cells = {{.column = "normal_units"}},
            .precision = decimals(2),
            .sign = Shown::Sign::both,
            .wrap = 6};
}

std::vector<Section> tornado(const SensitivityPage& page) {
    const auto& bars = page.found.tornado;
    const std::size_t subject = page.subject();
    View view{.table = "tornado",
              .rows = page.rows_of(bars, [&](const TornadoBar& bar) { return bar.arm == subject; }),
              .columns = {{.heading = "", .cells = {{.column = "parameter"}}},
                          point_column("2.5 % point", "low"),
                          point_column("97.5 % point", "high"),
                          change_column("change at 2.5 %", "change_at_low"),
                          change_column("change at 97.5 %", "change_at_high")}};
    if (view.rows.empty()) return {};
    std::stable_sort(view.rows.begin(), view.rows.end(),
                     [&](std::size_t a, std::size_t b) { return reach(bars[a]) > reach(bars[b]); });
    const double base = inquiry::net_benefit_of(page.found, subject, page.worth()) -
                        inquiry::net_benefit_of(page.found, page.reference(), page.worth());
    Section section{
        .heading = fmt::format("Tornado: net benefit of {} less {}, {}; {:+.1f} at the means. Each parameter "
                               "moves alone; ± is Monte Carlo, 95 %, paired with the base run",
                               page.arm(subject), page.arm(page.reference()), page.money.name,
                               base / page.money.divisor),
        .view = std::move(view)};
    std::vector<std::size_t>& rows = section.view->rows;
    if (rows.size() > page.top) {
        section.notes = {fmt::format("and {} more, none with a longer bar than {:.1f}",
                                     rows.size() - page.top,
                                     reach(bars[rows[page.top]]) / page.money.divisor)};
        rows.resize(page.top);
    }
    return {std::move(section)};
}

std::vector<Section> switching_values(const SensitivityPage& page) {
    const auto& switches = page.found.switches;
    if (switches.empty()) return {};
    std::vector<Section> sections = {switches_section(
        page, DecisionKind::best_of_all,
        fmt::format("Switching values: where {} stops being the best of all as one parameter "
                    "moves alone from its mean",
                    page.arm(page.best())))};
    const std::size_t without =
        page.rows_of(switches,
                     [](const ParameterSwitch& one) {
                         return one.decision == DecisionKind::best_of_all && !one.change;
                     })
            .size();
    sections.front().notes.push_back(fmt::format("none within the 95 % range: {} of {} parameters", without,
                                                 page.found.parameters.size()));
    if (page.found.question.arms.size() > 2) {
        sections.push_back(
            switches_section(page, DecisionKind::against_reference,
                             fmt::format("Switching values: where {} and {} change places",
                                         page.arm(page.subject()), page.arm(page.reference()))));
        if (sections.back().view->rows.empty()) {
            sections.back().notes.emplace_back("none within any 95 % range");
        }
    }
    return sections;
}

std::vector<Section> variance_indices(const SensitivityPage& page) {
    const auto& indices = page.found.indices;
    const bool designed = page.found.rows > 0;
    const std::size_t subject = page.subject();
    View view{.table = designed ? "sobol" : "first_order",
              .rows = page.rows_of(indices, [&](const GroupIndices& group) { return group.arm == subject; }),
              .columns = {{.heading = "", .cells = {{.column = "name"}}},
                          index_column("first order (95 %)", "first")}};
    if (view.rows.empty()) return {};
    if (designed) view.columns.push_back(index_column("total (95 %)", "total"));
    double sum = 0;
    for (const std::size_t row : view.rows) sum += indices[row].first.value;
    const auto size_of = [&](std::size_t row) {
        return designed ? indices[row].total->value : indices[row].first.value;
    };
    std::stable_sort(view.rows.begin(), view.rows.end(),
                     [&](std::size_t a, std::size_t b) { return size_of(a) > size_of(b); });
    Section section{
        .heading = fmt::format(
            "{}: shares of the variance of that net benefit that parameters explain, family noise taken "
            "out. first order: alone{}",
            designed ? fmt::format("Sobol indices of {} rows", page.found.rows) : "First-order indices",
            designed ? "; total: with everything they interact with" : ""),
        .view = std::move(view)};
    keep_top(page, section);
    section.notes.push_back(
        std::isnan(sum)
            ? "That net benefit does not vary: there is no variance to explain."
            : fmt::format("All first-order indices add up to {:.2f}. A negative estimate is {}.", sum,
                          designed ? "not converged: more --rows" : "zero within its error"));
    return {std::move(section)};
}

}  // namespace vfm::report
