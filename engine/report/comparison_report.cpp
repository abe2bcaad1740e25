#include "vfm/report/comparison_report.hpp"

#include "comparison_page.hpp"
#include "comparison_tables.hpp"

#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <iterator>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::Comparison;

std::vector<std::pair<std::string, Setting>> comparison_settings(const Comparison& all,
                                                                 const ComparisonSource& source) {
    std::vector<std::pair<std::string, Setting>> settings = {
        {"file", source.file},
        {"title", source.title},
        {"reference_arm", all.arms[all.reference]},
        {"perspective", all.basis.perspective},
        {"cost", all.basis.cost},
        {"effect", all.basis.effect},
        {"price_year", static_cast<double>(source.price_year)}};
    const auto set = [&settings](const char* name, Setting value) {
        settings.emplace_back(name, std::move(value));
    };
    if (source.own_price_year != source.price_year && source.own_price_year > 0) {
        set("converted_from_prices_of", static_cast<double>(source.own_price_year));
        set("price_index", std::string(decision::gdp_deflator().source));
    }
    set("discount_rate", source.discount_rate);
    set("draws", static_cast<double>(all.draws));
    set("replications", static_cast<double>(all.replications));
    if (all.perspectives.empty()) return settings;
    const decision::PerspectiveAnalysis& first = all.perspectives.front();
    set("thresholds", thresholds_text(first.curves.thresholds));
    using inquiry::ThresholdOrigin;
    const auto origin = source.thresholds_given ? ThresholdOrigin::given : ThresholdOrigin::grid;
    set("thresholds_chosen_by", thresholds_chosen_by({.origin = origin}));
    set("matrix", matrix_name(first.source));
    return settings;
}

std::vector<std::string> comparison_opening(const ComparisonPage& page) {
    const Comparison& all = page.all;
    std::vector<std::string> opening = {
        fmt::format("{}: {}, {} x {}. Reference arm: {}.", page.source.file, counted(all.arms.size(), "arm"),
                    counted(all.draws, "draw"), counted(all.replications, "replication"), page.reference())};
    if (!all.basis.cost.empty()) {
        opening.push_back(costs_sentence({.perspective = all.basis.perspective,
                                          .price_year = page.source.price_year,
                                          .own_price_year = page.source.own_price_year,
                                          .discount_rate = page.source.discount_rate,
                                          .origin = all.origin}));
    }
    opening.emplace_back(
        page.imported()
            ? "Means over the draws of another model, taken at face value; '-' is missing."
            : "Means over draws and replications, over all measured families, supported or not. A programme "
              "is all areas of the study over its horizon. Ratios are sums over sums; '-' is missing.");
    return opening;
}

Sections what_is_left_out(const ComparisonPage& page) {
    if (page.full()) return {};
    return {{.notes = {fmt::format("Left out: what is zero or missing{}. All: --full",
                                   page.one_arm() ? "" : " in every arm, more measures and intervals")}}};
}

}  // namespace

Report comparison_report(const Comparison& comparison, const ComparisonSource& source, Detail detail) {
    Report report{.command = "compare",
                  .title = source.title.empty() ? source.file : source.title,
                  .settings = comparison_settings(comparison, source)};
    for (auto make : {measure_tables, value_tables, group_tables, area_type_tables}) {
        for (Table& table : make(comparison)) report.tables.push_back(std::move(table));
    }
    const ComparisonPage page{.all = comparison, .source = source, .detail = detail, .report = report};
    report.opening = comparison_opening(page);
    using MakeSections = Sections (*)(const ComparisonPage&);
    const std::vector<MakeSections> parts =
        page.one_arm()
            ? std::vector<MakeSections>{only_arm, access_groups, area_types, what_is_left_out}
            : std::vector<MakeSections>{in_brief,      value_for_money, differences, costs,           levels,
                                        access_groups, inequality,      area_types,  what_is_left_out};
    for (const MakeSections part : parts) {
        for (Section& section : part(page)) report.sections.push_back(std::move(section));
    }
    return report;
}

}  // namespace vfm::report
