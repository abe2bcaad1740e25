// A comparison by type of areas, for people.
#include "comparison_page.hpp"

#include "vfm/report/numbers.hpp"

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::AreaTypeComparison;
using decision::ComparedIndicator;

/// Adds columns of one type of areas.
class TypeColumns {
  public:
    TypeColumns(const ComparisonPage& page, const AreaTypeComparison& type) : page_(page), type_(type) {}

    [[nodiscard]] View take() { return std::move(view_); }

    void add_level(const char* numerator, const char* denominator, const char* heading,
                   const char* group = "") {
        const ComparedIndicator* compared = find_indicator(type_.indicators, numerator, denominator);
        if (compared == nullptr) return;
        const bool share = compared->indicator.unit == "share";
        view_.columns.push_back({.heading = heading,
                                 .cells = {of("area_types", "value", compared)},
                                 .precision = share ? decimals(1) : digits(4),
                                 .group = group,
                                 .wrap = 10});
    }

    /// What an arm has more than the reference, with the interval over draws.
    void add_difference(const std::string& heading, const ComparedIndicator* compared) {
        if (compared != nullptr) add_estimate(heading, of("area_types", "difference", compared));
    }

    void add_net_benefit(double threshold) {
        const std::string group = "net benefit at " + pounds(threshold) + ", difference";
        const auto at = [&](const char* column) {
            return Source{.column = column,
                          .where = {{"area_type", type_.type}, {"threshold", threshold}},
                          .table = "area_type_net_benefit"};
        };
        add_estimate(group, at("difference"));
        view_.columns.push_back({.heading = "best of all, %",
                                 .cells = {at("probability_best")},
                                 .precision = decimals(1),
                                 .group = group,
                                 .wrap = 10});
    }

    void add_break_even() {
        view_.columns.push_back(worth_it("area_type_break_even", {{"area_type", type_.type}}, 10));
    }

  private:
    [[nodiscard]] Source of(const char* table, const char* column, const ComparedIndicator* compared) const {
        return {.column = column,
                .where = {{"area_type", type_.type}, {"measure", compared->indicator.name}},
                .table = table};
    }

    void add_estimate(const std::string& group, const Source& source) {
        const auto add = [&](const char* heading, Part part) {
            view_.columns.push_back({.heading = heading,
                                     .cells = {source},
                                     .part = part,
                                     .scale = group,
                                     .group = group,
                                     .wrap = 10});
        };
        add("mean", Part::value);
        add("parameters 95 %", Part::parameters);
    }

    const ComparisonPage& page_;
    const AreaTypeComparison& type_;
    View view_ = by_arm(page_);
};

std::string type_heading(const AreaTypeComparison& type) {
    std::string text = fmt::format("{}: {}", type.title, counted(type.areas, "area"));
    if (const ComparedIndicator* families = find_indicator(type.indicators, "families", ""))
        text += fmt::format(", {} families a programme", number(families->arms.front().value, 0));
    return text;
}

Section type_section(const ComparisonPage& page, const AreaTypeComparison& type) {
    const decision::Basis& basis = page.all.basis;
    const std::string effect = in_words(basis.effect);
    TypeColumns columns(page, type);
    columns.add_level("users", "families", "supported, %");
    columns.add_level("on_time_numerator", "on_time_denominator", "in legal limit, %");
    columns.add_level(basis.cost.c_str(), "families", "cost, GBP", "a family");
    columns.add_level(basis.effect.c_str(), "families", effect.c_str(), "a family");
    if (!page.one_arm()) {
        columns.add_difference("more cost a family, GBP",
                               find_indicator(type.indicators, basis.cost, "families"));
        columns.add_difference("more " + effect + " a family",
                               find_indicator(type.indicators, basis.effect, "families"));
        if (!type.break_even.empty()) columns.add_break_even();
        for (const decision::NetBenefit& at : type.net_benefit) columns.add_net_benefit(at.threshold);
    }
    return {.heading = type_heading(type), .view = columns.take()};
}

/// The best arm of each type over thresholds, types as columns.
Sections best_by_type(const ComparisonPage& page) {
    const AreaTypeComparison& first = page.all.area_types.front();
    const std::size_t count = first.curves.thresholds.size();
    if (page.one_arm() || count == 0) return {};
    View view{.table = "area_type_ceaf", .key = "threshold"};
    const std::vector<std::size_t> all = page.report.table(view.table).where({{"area_type", first.type}});
    for (const std::size_t place : shown_places(page, count)) view.rows.push_back(all[place]);
    view.columns.push_back({.heading = "GBP a unit",
                            .cells = {{.column = "threshold"}},
                            .precision = of_thresholds(first.curves)});
    for (const AreaTypeComparison& type : page.all.area_types) {
        const Where here = {{"area_type", type.type}};
        view.columns.push_back(
            {.heading = "best on average", .cells = {{.column = "arm", .where = here}}, .group = type.title});
        view.columns.push_back({.heading = "best of all, %",
                                .cells = {{.column = "probability_best", .where = here}},
                                .precision = decimals(1),
                                .group = type.title,
                                .wrap = 8});
    }
    return {{.heading = fmt::format("Over thresholds: the best arm of each area type where a unit of {} is "
                                    "worth so much, and how sure that is",
                                    in_words(page.all.basis.effect)),
             .view = std::move(view),
             .notes = {"The arm that is the best on average is not always the likeliest to be the best: "
                       "--threshold shows every arm's share."}}};
}

}  // namespace

Sections area_types(const ComparisonPage& page) {
    if (page.all.area_types.empty()) return {};
    Sections sections = {{.notes = {fmt::format(
                              "By area type, {} perspective: sums over the areas of each. Every area has the "
                              "posts of the arm, whatever its type.",
                              in_words(page.all.basis.perspective))}}};
    for (const AreaTypeComparison& type : page.all.area_types) sections.push_back(type_section(page, type));
    for (Section& section : best_by_type(page)) sections.push_back(std::move(section));
    return sections;
}

}  // namespace vfm::report
