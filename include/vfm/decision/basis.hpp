// What arms are judged by: from which reference, by whose costs and by which effect.
#pragma once

#include "vfm/results/layout.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::decision {

/// Whose numbers a file's are.
enum class Origin {
    simulated,  ///< our own run
    imported    ///< another model's sample, without replications, taken at face value
};

[[nodiscard]] Origin origin_of(const results::RunHeader& header);

/// What the costs and effects of the analysis are; either may be empty when the file has none.
struct Basis {
    std::string perspective;
    std::string cost;    ///< the measure `cost_<perspective>`
    std::string effect;  ///< a measure
};

/// What the analyst asks for; empty: the file's own.
struct BasisChoices {
    std::string perspective;  ///< by default the first of the file
    std::string effect;       ///< an additive measure; by default `composite`, or the only one but costs
};

/// The basis that the file has for these choices. Throws UserError, with the nearest known name, for a
/// perspective or an effect that was asked for and that it does not hold.
[[nodiscard]] Basis chosen_basis(const results::Layout& layout, const BasisChoices& choices);

/// The arm that differences are from: the one asked for; when none is (empty) the study's own, else the
/// first. Throws UserError for one that the file does not hold.
[[nodiscard]] std::size_t reference_arm(const results::Layout& layout, const std::string& wanted);

/// Names of the measures that may be summed, and so be a cost or an effect.
[[nodiscard]] std::vector<std::string> additive_measures(const results::Layout& layout);

/// The place of a name among the known ones. Throws UserError saying that the file has no such `thing`
/// ("arm", "perspective"), with the nearest known name, or all of them where none is near.
[[nodiscard]] std::size_t place_of(const std::string& name, const std::vector<std::string>& known,
                                   const std::string& thing);

/// A name of a file as its reader has it: underscores as blanks.
[[nodiscard]] std::string in_words(std::string name);

}  // namespace vfm::decision
