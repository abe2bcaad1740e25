// The parameters a scenario declares, and which of them it uses.
#pragma once

#include "faults.hpp"
#include "node.hpp"
#include "vocabulary.hpp"

#include "vfm/scenario/scenario.hpp"

#include <span>
#include <string>
#include <vector>

namespace vfm::scenario {

/// The values a distribution can give.
struct Bounds {
    double low;
    double high;
};
[[nodiscard]] Bounds bounds_of(const random::Distribution& distribution);

/// A distribution of money brought to other prices.
[[nodiscard]] random::Distribution scaled(const random::Distribution& distribution, double factor);

/// Parameters sorted by name, the shares of one whole side by side.
class ParameterTable {
  public:
    /// Reads `parameters` (may be null). `money` is the study's section, for price years.
    ParameterTable(const Node* parameters, const Node* money, Faults& faults);

    /// The index of a parameter, which counts as used from now on.
    [[nodiscard]] std::optional<std::size_t> use(const std::string& name);

    [[nodiscard]] const Parameter& at(std::size_t index) const { return parameters_[index]; }
    [[nodiscard]] double mean(std::size_t index) const;
    [[nodiscard]] const Names& names() const { return names_; }
    [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }
    [[nodiscard]] const std::vector<Dirichlet>& dirichlets() const { return dirichlets_; }

    /// Whether quantities have the same sum in every draw: none is drawn, or they are all shares of one
    /// whole.
    [[nodiscard]] bool sum_is_certain(std::span<const Quantity> quantities) const;

    /// Whether something declared was never used; `keep_used` then takes it out, which renumbers the rest.
    [[nodiscard]] bool has_unused() const;
    void keep_used();
    /// Whether the declaration of this name (of a parameter, or of shares of a whole) is still here.
    [[nodiscard]] bool declares(const std::string& name) const;

  private:
    void declare_whole(const std::string& name, const struct DeclaredParameter& read);
    [[nodiscard]] Parameter declare(const std::string& name, const Node& declared,
                                    const DeclaredParameter& read, const Node* money, Faults& faults) const;

    std::vector<Parameter> parameters_;
    std::vector<bool> used_;
    std::vector<Dirichlet> dirichlets_;
    Names names_;
};

/// Rank correlations between named things, checked to form a positive semi-definite matrix.
/// `among` is what they may join, `what` the word for one. Throws nothing; faults say what is wrong.
[[nodiscard]] std::vector<Correlation> read_correlations(const Node* list, const Names& among,
                                                         const char* what, Faults& faults);

/// The study's correlations, between parameters that are used.
[[nodiscard]] std::vector<Correlation> read_parameter_correlations(const Node* list,
                                                                   const ParameterTable& all,
                                                                   const ParameterTable& kept,
                                                                   Faults& faults);

}  // namespace vfm::scenario
