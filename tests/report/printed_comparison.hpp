// The example study's comparison as it is laid out.
#pragma once

#include "vfm/report/comparison_report.hpp"
#include "vfm/report/forms.hpp"

#include <string>

namespace vfm::report {

inline const ComparisonSource source{.file = "study.h5",
                                     .title = "An example",
                                     .price_year = 2015,
                                     .own_price_year = 2015,
                                     .discount_rate = 0.035};

inline std::string printed(const decision::Comparison& comparison, Form form, Detail detail = Detail::main) {
    return written(comparison_report(comparison, source, detail), form);
}
inline std::string main_page(const decision::Comparison& comparison) {
    return printed(comparison, Form::text);
}
inline std::string full_page(const decision::Comparison& comparison) {
    return printed(comparison, Form::text, Detail::full);
}

}  // namespace vfm::report
