#include "compare_sections.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using decision::InequalityRow;

bool is_share(const Page& page, const std::string& measure) {
    return std::any_of(page.all.indicators.begin(), page.all.indicators.end(),
                       [&measure](const decision::ComparedIndicator& each) {
                           return each.indicator.name == measure && each.indicator.unit == "share";
                       });
}

/// One index over one attribute: a column a measure, an arm a row.
std::string one_index(const Page& page, const std::string& index, const std::string& attribute,
                      const std::string& heading) {
    ArmTable table(page);
    std::vector<std::string> measures;
    for (const InequalityRow& row : page.all.inequality) {
        const bool here = row.index == index && row.attribute == attribute;
        if (here && std::find(measures.begin(), measures.end(), row.measure) == measures.end()) {
            measures.push_back(row.measure);
        }
    }
    for (const std::string& measure : measures) {
        std::vector<double> values(page.all.arms.size());
        for (const InequalityRow& row : page.all.inequality) {
            if (row.index == index && row.attribute == attribute && row.measure == measure)
                values[row.arm] = row.value;
        }
        const bool in_per_cent = index == "atkinson_of_chances" || is_share(page, measure);
        Cells cells;
        for (const double value : values) {
            cells.push_back(in_per_cent ? number(100 * value, 2) : number(value, decimals_for(values)));
        }
        table.add_unless_empty({.heading = words(measure), .wrap = 12}, cells);
    }
    return section(heading, table.text());
}

std::string heading_of(const std::string& index, const std::string& attribute) {
    if (index == "atkinson_of_chances") {
        return fmt::format(
            "Inequality of chances by {} (Atkinson, % of the mean chance that could be given up if all "
            "groups had the same; it is of chances, not of what families got)",
            words(attribute));
    }
    if (index == "slope_index") {
        return fmt::format(
            "Slope index over {}, worst off first: what the best-off end has more than the worst-off (shares "
            "in percentage points)",
            words(attribute));
    }
    return fmt::format("Effect a programme, weighted by the relative incomes declared for {}",
                       words(attribute));
}

}  // namespace

std::string inequality(const Page& page) {
    std::string text;
    std::vector<std::pair<std::string, std::string>> shown;
    for (const InequalityRow& row : page.all.inequality) {
        const std::pair<std::string, std::string> one{row.index, row.attribute};
        if (std::find(shown.begin(), shown.end(), one) != shown.end()) continue;
        shown.push_back(one);
        text += one_index(page, row.index, row.attribute, heading_of(row.index, row.attribute));
    }
    return text;
}

}  // namespace vfm::program
