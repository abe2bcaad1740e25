// The names an arm may use: what it declares, and the closed vocabulary of the model.
#pragma once

#include "faults.hpp"
#include "node.hpp"

#include "vfm/scenario/scenario.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace vfm::scenario {

/// Names in order, found fast.
class Names {
  public:
    Names() = default;
    explicit Names(std::vector<std::string> names);

    [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& all() const { return names_; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

  private:
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> index_;
};

/// The keys of a named map, by name unless their order matters.
[[nodiscard]] Names names_of(const Node* map, bool order_matters);

/// Letters, digits and underscores, a letter first (a level or other key of a closed row may begin with a
/// digit).
[[nodiscard]] bool is_name(const std::string& text);
[[nodiscard]] bool is_level_name(const std::string& text);

/// What is the same for every arm.
struct StudyNames {
    std::vector<Attribute> attributes;  ///< with levels, without shares
    std::size_t level_count = 0;
    Names levels;  ///< "attribute.level"
    Names area_effects;
    Names area_types;  ///< in order of declaration
    Names policies;
};

class Vocabulary {
  public:
    /// The names of one model tree (the root of a scenario with an arm's settings in it).
    Vocabulary(const StudyNames& study, const Node& root);

    [[nodiscard]] const StudyNames& study() const { return study_; }
    [[nodiscard]] const Names& stages() const { return stages_; }
    [[nodiscard]] const Names& outcomes() const { return outcomes_; }
    [[nodiscard]] const Names& kinds() const { return kinds_; }
    [[nodiscard]] std::optional<Covariate> covariate(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& covariate_names() const { return covariate_names_; }

  private:
    const StudyNames& study_;
    Names stages_;
    Names outcomes_;
    Names kinds_;
    std::unordered_map<std::string, Covariate> covariates_;
    std::vector<std::string> covariate_names_;
};

/// Reads names, levels and dependence of the attributes, earlier ones first; shares are read later.
[[nodiscard]] StudyNames read_study_names(const Node& root, Faults& faults);

}  // namespace vfm::scenario
