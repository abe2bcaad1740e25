#include "vfm/decision/basis.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/imported_sample.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::decision {

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// `composite`, or the only measure there is beside costs: that of an imported sample.
std::string default_effect(const std::vector<std::string>& measures) {
    std::vector<std::string> others;
    for (const std::string& name : measures) {
        if (name == "composite") return name;
        if (!name.starts_with("cost_")) others.push_back(name);
    }
    return others.size() == 1 ? others.front() : std::string();
}

}  // namespace

Origin origin_of(const results::RunHeader& header) {
    return results::is_imported(header) ? Origin::imported : Origin::simulated;
}

std::size_t place_of(const std::string& name, const std::vector<std::string>& known,
                     const std::string& thing) {
    const auto place = std::find(known.begin(), known.end(), name);
    if (place != known.end()) return static_cast<std::size_t>(place - known.begin());
    const std::string nearest = nearest_name(name, known);
    throw UserError(fmt::format("the file has no {} '{}', {}", thing, name,
                                nearest.empty() ? fmt::format("it has: {}", fmt::join(known, ", "))
                                                : fmt::format("did you mean '{}'?", nearest)));
}

std::vector<std::string> additive_measures(const results::Layout& layout) {
    std::vector<std::string> names;
    for (const results::Measure& measure : layout.measures) {
        if (measure.additive) names.push_back(measure.name);
    }
    return names;
}

std::size_t reference_arm(const results::Layout& layout, const std::string& wanted) {
    const std::string& name = wanted.empty() ? layout.reference_arm : wanted;
    return name.empty() ? 0 : place_of(name, layout.arms, "arm");
}

Basis chosen_basis(const results::Layout& layout, const BasisChoices& choices) {
    const std::vector<std::string> measures = additive_measures(layout);
    Basis basis;
    if (!choices.perspective.empty()) {
        basis.perspective =
            layout.perspectives[place_of(choices.perspective, layout.perspectives, "perspective")];
    } else if (!layout.perspectives.empty()) {
        basis.perspective = layout.perspectives.front();
    }
    if (holds(measures, "cost_" + basis.perspective)) basis.cost = "cost_" + basis.perspective;
    basis.effect = choices.effect.empty() ? default_effect(measures)
                                          : measures[place_of(choices.effect, measures, "additive measure")];
    return basis;
}

std::string in_words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

}  // namespace vfm::decision
