#include "comparison_page.hpp"

#include "vfm/report/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vfm::report {

std::string group_name(const std::string& group) {
    return group.ends_with(".yes") ? group.substr(0, group.size() - 4) : group;
}

std::string label_of(const decision::Indicator& indicator) {
    return with_unit(indicator.label, indicator.unit);
}

const decision::ComparedIndicator* find_indicator(const std::vector<decision::ComparedIndicator>& indicators,
                                                  std::string_view numerator, std::string_view denominator) {
    const auto place =
        std::find_if(indicators.begin(), indicators.end(), [&](const decision::ComparedIndicator& each) {
            return each.indicator.numerator == numerator && each.indicator.denominator == denominator;
        });
    return place == indicators.end() ? nullptr : &*place;
}

View by_arm(const ComparisonPage& page) {
    std::vector<std::size_t> order(page.all.arms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return by_arm(order);
}

View by_arm(const std::vector<std::size_t>& order) {
    return {.table = "arms",
            .rows = order,
            .key = "arm",
            .columns = {{.heading = "", .cells = {{.column = "arm"}}}}};
}

Source measured(const decision::Indicator& indicator, std::string column) {
    return {.column = std::move(column), .where = {{"measure", indicator.name}}, .table = "measures"};
}

Shown level(const ComparisonPage& page, const decision::ComparedIndicator& compared, std::string heading) {
    return {.heading = std::move(heading),
            .cells = {measured(compared.indicator, "value")},
            .when = page.unless_empty()};
}

void add_with_intervals(View& view, const Shown& mean) {
    const std::string scale = mean.group + mean.heading;
    Shown column = mean;
    column.scale = scale;
    view.columns.push_back(column);
    column.wrap = 16;
    column.heading = "Monte Carlo 95 %";
    column.part = Part::interval;
    view.columns.push_back(column);
    column.heading = "parameters 95 %";
    column.part = Part::parameters;
    view.columns.push_back(column);
}

Shown worth_it(const std::string& table, const Where& where, std::size_t wrap) {
    return {.heading = "worth it at thresholds",
            .cells = {{.column = "worth_it", .where = where, .table = table},
                      {.column = "threshold", .where = where, .table = table}},
            .wrap = wrap,
            .absent = "reference"};
}

std::vector<std::size_t> shown_places(const ComparisonPage& page, std::size_t count) {
    const std::size_t shown = std::min<std::size_t>(count, page.full() ? 11 : 6);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < shown; ++i)
        places.push_back(shown < 2 ? 0 : (i * (count - 1) + (shown - 1) / 2) / (shown - 1));
    return places;
}

Precision of_thresholds(const decision::Curves& curves) {
    const bool whole = std::all_of(curves.thresholds.begin(), curves.thresholds.end(),
                                   [](double threshold) { return threshold == std::floor(threshold); });
    return decimals(whole ? 0 : 2);
}

}  // namespace vfm::report
