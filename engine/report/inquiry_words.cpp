#include "inquiry_words.hpp"

#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <array>

#include <fmt/format.h>

namespace vfm::report {

MoneyUnit money_unit(double families, decision::Origin origin) {
    if (families > 0) return {.divisor = families, .name = "GBP a family"};
    return {.divisor = 1, .name = "GBP " + unit_of_sums(origin)};
}

std::string matrix_name(decision::MeanSource source) {
    constexpr std::array names = {"regression", "few_draws", "noiseless", "at_face_value"};
    return names.at(static_cast<std::size_t>(source));
}

std::string thresholds_chosen_by(const inquiry::Thresholds& thresholds) {
    std::string changes;
    switch (thresholds.origin) {
        case inquiry::ThresholdOrigin::grid:
            return "from the data: a round number above the largest break-even threshold";
        case inquiry::ThresholdOrigin::between_changes:
            for (const double change : thresholds.changes) {
                changes += (changes.empty() ? "GBP " : ", ") + number(change, 0);
            }
            return fmt::format(
                "one in each stretch between the thresholds at which the best arm by means changes ({})",
                changes);
        case inquiry::ThresholdOrigin::given:
            break;
    }
    return "as given";
}

}  // namespace vfm::report
