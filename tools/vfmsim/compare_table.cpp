#include "compare_output.hpp"
#include "compare_sections.hpp"
#include "study_words.hpp"

#include <fmt/format.h>

namespace vfm::program {

namespace {

std::string closing(const Page& page) {
    if (page.full()) return {};
    const std::string more = page.all.arms.size() > 1 ? "in every arm, more measures and intervals" : "";
    return '\n' + wrap_text("Left out: what is zero or missing" + (more.empty() ? "" : ' ' + more) +
                            ". All: --full");
}

}  // namespace

std::string prices_sentence(const Page& page) {
    if (page.all.basis.cost.empty()) return {};
    return costs_sentence({.perspective = page.all.basis.perspective,
                           .price_year = page.source.price_year,
                           .own_price_year = page.source.own_price_year,
                           .discount_rate = page.source.discount_rate,
                           .origin = page.all.origin});
}

std::string opening(const Page& page) {
    const decision::Comparison& all = page.all;
    std::string text = wrap_text(page.source.title.empty() ? page.source.file : page.source.title);
    text += wrap_text(fmt::format("{}: {}, {} x {}. Reference arm: {}.", page.source.file,
                                  counted(all.arms.size(), "arm"), counted(all.draws, "draw"),
                                  counted(all.replications, "replication"), page.reference()));
    const std::string prices = prices_sentence(page);
    if (!prices.empty()) text += wrap_text(prices);
    if (all.origin == decision::Origin::imported) {
        return text +
               wrap_text("Means over the draws of another model, taken at face value; '-' is missing.");
    }
    text += wrap_text(
        "Means over draws and replications, over all measured families, supported or not. A programme is "
        "all areas of the study over its horizon. Ratios are sums over sums; '-' is missing.");
    return text;
}

std::string notes(const Page& page) {
    std::string text;
    for (const std::string& note : page.all.notes) text += wrap_text(note);
    return text;
}

std::string comparison_table(const decision::Comparison& comparison, const ComparisonSource& source,
                             Detail detail) {
    const Page page{.all = comparison, .source = source, .detail = detail};
    std::string text = opening(page);
    if (comparison.arms.size() == 1) {
        text += '\n' + notes(page) + one_arm(page) + equality_of_access(page) + area_types(page);
    } else {
        text += in_brief(page) + analysis(page) + differences(page) + costs(page) + levels(page) +
                equality_of_access(page) + inequality(page) + area_types(page);
    }
    return text + closing(page);
}

}  // namespace vfm::program
