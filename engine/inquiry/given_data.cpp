#include "vfm/inquiry/given_data.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::inquiry {

namespace {

std::vector<double> finite_only(std::vector<double> values, const std::string& what) {
    if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
        throw FileFormatError(fmt::format("{} holds values that are not finite numbers", what));
    }
    return values;
}

}  // namespace

decision::ParameterSample GivenData::parameter_sample() const {
    decision::ParameterSample sample{.draws = draws, .names = {}, .values = parameter_values};
    for (const results::ParameterRow& parameter : parameters) sample.names.push_back(parameter.name);
    return sample;
}

GivenData read_given_data(const results::StudyResults& results, const QuestionChoices& choices) {
    constexpr std::size_t least_draws = 20;
    const results::Layout& layout = results.layout();
    const results::RunHeader& header = results.header();
    GivenData data;
    data.source = {.file = results.path().string(),
                   .title = header.title,
                   .price_year = header.price_year,
                   .discount_rate = header.discount_rate};
    data.question = question_of(layout, decision::origin_of(header), choices);
    data.draws = layout.draws;
    data.replications = layout.replications;
    if (data.draws < least_draws) {
        throw UserError(fmt::format(
            "{} has {} draws of the uncertain parameters; the value of information and sensitivity indices "
            "need at least {} draws: run the study with more, e.g. --draws 1024",
            data.source.file, data.draws, least_draws));
    }
    const auto read = [&](const std::string& measure) {
        return finite_only(results.measure(measure), measure);
    };
    data.cost_values = read(data.question.basis.cost);
    data.effect_values = read(data.question.basis.effect);
    // Every arm meets the same families.
    if (data.question.counts_families) data.families = stats::mean(read(families_measure));
    data.parameters = results.uncertain_parameters();
    data.parameter_values = finite_only(results.parameter_draws(), "the table of parameters");
    return data;
}

}  // namespace vfm::inquiry
