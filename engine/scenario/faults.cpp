#include "faults.hpp"

#include <utility>

namespace vfm::scenario {

void Faults::add(const Place& place, std::string problem, std::string suggestion) {
    if (faults_.size() > most) return;
    Fault fault{place.file ? *place.file : std::string(), place.line, place.column, std::move(problem),
                std::move(suggestion)};
    if (!told_.insert(fault.text()).second) return;
    if (faults_.size() == most) {
        fault.problem = "there are more faults than these " + std::to_string(most);
        fault.suggestion = "mend them first";
    }
    faults_.push_back(std::move(fault));
}

void Faults::add_unknown(const Place& place, std::string problem, const std::string& name,
                         const std::vector<std::string>& known) {
    constexpr std::size_t most_suggestions = 100;  // comparing names takes time
    constexpr std::size_t few = 8;
    const std::string nearest = faults_.size() < most_suggestions ? nearest_name(name, known) : std::string();
    std::string suggestion;
    if (!nearest.empty()) {
        suggestion = "did you mean '" + nearest + "'?";
    } else if (!known.empty() && known.size() <= few) {
        suggestion = "known: " + either_of(known);
    }
    add(place, std::move(problem), std::move(suggestion));
}

void Faults::take(const Faults& others) {
    for (const Fault& fault : others.faults_) {
        add({std::make_shared<const std::string>(fault.file), fault.line, fault.column}, fault.problem,
            fault.suggestion);
    }
}

void Faults::raise_if_any() const {
    if (any()) throw ScenarioError(faults_);
}

std::string either_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

}  // namespace vfm::scenario
