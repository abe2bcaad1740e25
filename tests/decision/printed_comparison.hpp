// The example study's comparison as compare prints it.
#pragma once

#include "vfmsim/compare_output.hpp"

#include <string>

namespace vfm::program {

inline const ComparisonSource source{
    .file = "study.h5", .title = "An example", .price_year = 2015, .discount_rate = 0.035};

inline std::string main_table(const decision::Comparison& comparison) {
    return comparison_table(comparison, source, Detail::main);
}

}  // namespace vfm::program
