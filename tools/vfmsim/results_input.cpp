#include "results_input.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::program {

results::StudyResults open_results(const std::string& file) {
    try {
        return results::StudyResults::open(file);
    } catch (const EnvironmentError& error) {
        throw UserError(error.what());
    }
}

std::size_t place_of(const std::string& name, const std::vector<std::string>& known,
                     const std::string& kind) {
    const auto place = std::find(known.begin(), known.end(), name);
    if (place != known.end()) return static_cast<std::size_t>(place - known.begin());
    const std::string nearest = nearest_name(name, known);
    throw UserError(fmt::format("there is no {} '{}'{}", kind, name,
                                nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
}

std::vector<std::string> additive_measures(const results::Layout& layout) {
    std::vector<std::string> names;
    for (const results::Measure& measure : layout.measures) {
        if (measure.additive) names.push_back(measure.name);
    }
    return names;
}

std::string default_effect(const std::vector<std::string>& measures) {
    std::vector<std::string> others;
    for (const std::string& name : measures) {
        if (name == "composite") return name;
        if (!name.starts_with("cost_")) others.push_back(name);
    }
    return others.size() == 1 ? others.front() : "composite";
}

}  // namespace vfm::program
