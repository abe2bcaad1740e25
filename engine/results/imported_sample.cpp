#include "vfm/results/imported_sample.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/core/version.hpp"
#include "vfm/results/digest.hpp"
#include "vfm/results/pending_results.hpp"

#include <algorithm>
#include <cctype>
#include <span>

#include <fmt/format.h>

namespace vfm::results {

namespace {

/// The first line of the scenario of an imported file, by which it is known.
constexpr std::string_view imported_mark = "imported:";
constexpr std::uint64_t rows_in_a_batch = 65536;

void expect_measure_name(const char* what, const std::string& name) {
    const bool sound = !name.empty() && name.size() <= longest_imported_name &&
                       std::all_of(name.begin(), name.end(), [](char letter) {
                           return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
                       });
    if (!sound) {
        throw UserError(fmt::format("{} '{}' cannot be a measure's name, use letters, digits and underscores",
                                    what, name));
    }
}

std::string reference_arm(const ImportedSample& sample, const std::string& wanted) {
    if (wanted.empty()) return sample.arms.front();
    if (std::find(sample.arms.begin(), sample.arms.end(), wanted) != sample.arms.end()) return wanted;
    const std::string nearest = nearest_name(wanted, sample.arms);
    throw UserError(fmt::format("the sample has no arm '{}' to be the reference, {}", wanted,
                                nearest.empty() ? fmt::format("it begins with '{}'", sample.arms.front())
                                                : fmt::format("did you mean '{}'?", nearest)));
}

/// One parameter's values: a column of the sample's.
std::vector<double> parameter_column(const ImportedSample& sample, std::size_t parameter) {
    std::vector<double> values(sample.draws);
    for (std::size_t draw = 0; draw < sample.draws; ++draw) {
        values[draw] = sample.parameter_values[draw * sample.parameters.size() + parameter];
    }
    return values;
}

/// Adds the assumptions log.
void add_parameters(RunHeader& header, const ImportedSample& sample, const std::string& source) {
    for (std::size_t i = 0; i < sample.parameters.size(); ++i) {
        const std::vector<double> values = parameter_column(sample, i);
        const bool uncertain =
            std::any_of(values.begin(), values.end(), [&](double value) { return value != values.front(); });
        double sum = 0;
        for (const double value : values) sum += value;
        header.layout.parameters.push_back(
            {.name = sample.parameters[i],
             .unit = {},
             .source = source,
             .quality = "not stated",
             .distribution = uncertain ? "imported draws" : "fixed",
             .mean = uncertain ? sum / static_cast<double>(sample.draws) : values.front(),
             .uncertain = uncertain});
    }
}

RunHeader header_of(const ImportedSample& sample, const ImportDescription& description) {
    RunHeader header;
    header.title = description.title;
    header.scenario_yaml =
        fmt::format("{}\n  # Another model's sample: there is no scenario to run.\n  sha256: {}\n",
                    imported_mark, description.sha256);
    header.scenario_sha256 = sha256_hex(header.scenario_yaml);
    header.engine_version = engine_version;
    header.source_revision = source_revision();
    header.results_epoch = results_epoch;
    header.price_year = description.price_year;
    header.batch_units = rows_in_a_batch;
    header.layout.arms = sample.arms;
    header.layout.arm_titles = sample.arms;
    header.layout.reference_arm = reference_arm(sample, description.reference_arm);
    header.layout.draws = sample.draws;
    header.layout.replications = 1;
    header.layout.measures = {{"cost_" + description.perspective, "GBP",
                               "Cost, " + description.perspective + ", as imported.", true},
                              {description.effect, "", "Effect, as imported.", true}};
    header.layout.perspectives = {description.perspective};
    add_parameters(header, sample, description.source);
    return header;
}

void append_batches(JournalWriter& journal, const RunHeader& header, const ImportedSample& sample) {
    const std::size_t arms = sample.arms.size();
    for (std::uint64_t index = 0; index < batch_count(header.layout, header.batch_units); ++index) {
        Batch batch = empty_batch(header.layout, header.batch_units, index);
        auto parameter = batch.parameters.begin();
        for (std::uint64_t row = 0; row < batch.row_count; ++row) {
            const std::uint64_t draw = batch.first_unit + row;
            for (std::size_t i = 0; i < sample.parameters.size(); ++i) {
                if (header.layout.parameters[i].uncertain)
                    *parameter++ = sample.parameter_values[draw * sample.parameters.size() + i];
            }
            for (std::size_t arm = 0; arm < arms; ++arm) {
                batch.summary[2 * (row * arms + arm)] = sample.cost[arm * sample.draws + draw];
                batch.summary[2 * (row * arms + arm) + 1] = sample.effect[arm * sample.draws + draw];
            }
        }
        journal.append(batch);
    }
}

}  // namespace

void write_imported_sample(const ImportedSample& sample, const ImportDescription& description,
                           const Provenance& provenance, const std::filesystem::path& path,
                           Overwrite overwrite) {
    VFM_EXPECT(sample.cost.size() == sample.arms.size() * sample.draws && sample.draws > 0);
    VFM_EXPECT(sample.effect.size() == sample.cost.size());
    expect_measure_name("--perspective", description.perspective);
    expect_measure_name("--effect", description.effect);
    if (description.effect == "cost_" + description.perspective) {
        throw UserError(
            fmt::format("--effect '{}' is the name of the cost, give it another", description.effect));
    }
    const RunHeader header = header_of(sample, description);
    PendingResults results(path, header, overwrite);
    append_batches(results.journal(), header, sample);
    results.complete(provenance);
}

bool is_imported(const RunHeader& header) {
    return header.scenario_yaml.starts_with(imported_mark);
}

}  // namespace vfm::results
