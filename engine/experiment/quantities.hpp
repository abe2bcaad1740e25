// Reading a scenario's quantities and distributions at given parameter values.
#pragma once

#include "vfm/core/errors.hpp"
#include "vfm/core/ticks.hpp"
#include "vfm/random/sampler.hpp"
#include "vfm/scenario/scenario.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace vfm::experiment {

/// A scenario's numbers at one draw of its parameters.
class Quantities {
  public:
    Quantities(const std::vector<double>& values, random::GammaTables& tables)
        : values_(&values), tables_(&tables) {}

    [[nodiscard]] double operator()(const scenario::Quantity& quantity) const {
        return quantity.parameter < 0 ? quantity.value
                                      : (*values_)[static_cast<std::size_t>(quantity.parameter)];
    }

    /// A number that must not be negative; `what` names it in the error.
    [[nodiscard]] double not_negative(const scenario::Quantity& quantity, const char* what) const {
        const double value = (*this)(quantity);
        if (!(value >= 0)) throw UserError(impossible(what, value, "at least 0"));
        return value;
    }
    [[nodiscard]] double positive(const scenario::Quantity& quantity, const char* what) const {
        const double value = (*this)(quantity);
        if (!(value > 0)) throw UserError(impossible(what, value, "above 0"));
        return value;
    }
    [[nodiscard]] double probability(const scenario::Quantity& quantity, const char* what) const {
        const double value = (*this)(quantity);
        if (!(value >= 0 && value <= 1)) throw UserError(impossible(what, value, "between 0 and 1"));
        return value;
    }

    /// A span of time in ticks.
    [[nodiscard]] Ticks span(const scenario::Quantity& quantity, const char* what) const {
        constexpr double longest_days = 36525;
        const double days = not_negative(quantity, what);
        return ticks_from_days(days < longest_days ? days : longest_days);
    }

    [[nodiscard]] random::Sampler sampler(const scenario::TimeDistribution& distribution,
                                          const char* what) const;

  private:
    static std::string impossible(const char* what, double value, const char* range) {
        return std::string(what) + " is " + std::to_string(value) + " in this draw, but must be " + range +
               "; truncate the parameter's distribution";
    }

    const std::vector<double>* values_;
    random::GammaTables* tables_;
};

}  // namespace vfm::experiment
