// The faults found so far in a scenario: each once, however many arms share the faulty line.
#pragma once

#include "node.hpp"

#include "vfm/core/errors.hpp"

#include <string>
#include <unordered_set>
#include <vector>

namespace vfm::scenario {

class Faults {
  public:
    /// Beyond this many the rest are not told: nobody reads them, and a hostile file must not make us write
    /// them.
    static constexpr std::size_t most = 1000;

    void add(const Place& place, std::string problem, std::string suggestion = {});

    /// The same with the nearest of the known names as the suggestion, or the names themselves when they are
    /// few.
    void add_unknown(const Place& place, std::string problem, const std::string& name,
                     const std::vector<std::string>& known);

    /// Adds those of another.
    void take(const Faults& others);

    [[nodiscard]] bool any() const { return !faults_.empty(); }

    /// Throws ScenarioError when there are any.
    void raise_if_any() const;

  private:
    std::vector<Fault> faults_;
    std::unordered_set<std::string> told_;
};

/// "a, b or c"
[[nodiscard]] std::string either_of(const std::vector<std::string>& names);

}  // namespace vfm::scenario
