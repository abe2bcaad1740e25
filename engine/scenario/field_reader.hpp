// Scalars of the tree as typed values, checked against what their field declares.
#pragma once

#include "faults.hpp"
#include "node.hpp"
#include "parameters.hpp"
#include "shape.hpp"
#include "vocabulary.hpp"

#include "vfm/scenario/scenario.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::scenario {

/// Every function reports what is wrong to `faults` and then gives something harmless.
class FieldReader {
  public:
    explicit FieldReader(Faults& faults) : faults_(faults) {}
    FieldReader(Faults& faults, const Vocabulary& vocabulary, ParameterTable& parameters)
        : faults_(faults), vocabulary_(&vocabulary), parameters_(&parameters) {}

    [[nodiscard]] Faults& faults() { return faults_; }
    /// Only where names have been read.
    [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
    [[nodiscard]] ParameterTable& parameters() { return *parameters_; }

    [[nodiscard]] std::string text(const Node& node, const FieldAbout& about);
    [[nodiscard]] bool truth(const Node& node, const FieldAbout& about);
    [[nodiscard]] std::uint64_t whole(const Node& node, const FieldAbout& about);
    [[nodiscard]] double number(const Node& node, const FieldAbout& about);
    [[nodiscard]] std::optional<CalendarDate> date(const Node& node, const FieldAbout& about);
    [[nodiscard]] Quantity quantity(const Node& node, const FieldAbout& about);
    /// The index of the word among the field's choices.
    [[nodiscard]] std::size_t choice(const Node& node, const FieldAbout& about);
    /// The index of a name that is declared elsewhere; `what` is the word for the thing.
    [[nodiscard]] std::size_t name(const Node& node, const Names& known, const char* what);
    [[nodiscard]] Covariate covariate(const Node& node);
    [[nodiscard]] std::size_t level(const Node& node);
    /// One or a list.
    [[nodiscard]] std::vector<Covariate> conditions(const Node& node, const FieldAbout& about);
    [[nodiscard]] std::vector<Covariate> level_conditions(const Node& node, const FieldAbout& about);

    /// The number, or the mean of the parameter.
    [[nodiscard]] double mean(const Quantity& quantity);
    [[nodiscard]] double sum_of_means(std::span<const Quantity> quantities);

    /// Whether the value is a map (or a list, a single text); a fault when not.
    bool expect_map(const Node& node, std::string_view name);
    bool expect_list(const Node& node, const FieldAbout& about);
    bool expect_scalar(const Node& node, std::string_view name, std::string_view wanted);
    /// A fault for each key that the section does not know, and for keys that exclude each other.
    void check_keys(const Node& node, const SectionAbout& section);
    void check_count(const Node& node, const FieldAbout& about, std::size_t count);
    void missing(const Node& node, std::string_view section, std::string_view key, std::string_view doc);

  private:
    void check_range(const Place& place, const FieldAbout& about, double value, const std::string& shown);
    void check_parameter(const Place& place, const FieldAbout& about, std::size_t parameter);

    Faults& faults_;
    const Vocabulary* vocabulary_ = nullptr;
    ParameterTable* parameters_ = nullptr;
};

/// "from 0 to 1", "above 0", ...; empty when anything goes
[[nodiscard]] std::string range_text(const FieldAbout& about);

}  // namespace vfm::scenario
