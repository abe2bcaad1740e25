// The command line of `voi`, taken apart.
#pragma once

#include "tables.hpp"

#include <optional>
#include <string>
#include <vector>

namespace vfm::program {

/// `--group NAME=p1,p2,...`
struct NamedGroup {
    std::string name;
    std::vector<std::string> parameters;
};

/// Whom the decision concerns, for how long: declared, never assumed.
struct DeclaredPopulation {
    double families_per_year = 0;
    std::size_t horizon_years = 0;
    enum class Rates { of_file, given, green_book } rates = Rates::of_file;
    double discount_rate = 0;  ///< a year, when it is given
};

/// Whether the analysis goes into the file beside the results.
enum class Storing { yes, no };

struct VoiOptions {
    std::string file;
    std::string reference;
    std::string perspective;
    std::string effect;
    std::vector<double> thresholds;  ///< ascending; empty: from the data
    std::vector<NamedGroup> groups;
    std::optional<DeclaredPopulation> population;
    Format format = Format::table;
    unsigned threads = 0;
    Storing storing = Storing::yes;
    std::string help;  ///< not empty: this is all that was asked for
};

/// Throws UserError: an unknown option (with the nearest known), a missing file, a value that cannot be, a
/// population without a horizon or the reverse.
[[nodiscard]] VoiOptions parse_voi_options(const std::vector<std::string>& arguments);

}  // namespace vfm::program
