// A small run with every table, its numbers a known function of their place: what the tests of this room
// write.
#pragma once

#include "vfm/results/batch.hpp"
#include "vfm/results/digest.hpp"
#include "vfm/results/journal.hpp"
#include "vfm/results/layout.hpp"
#include "vfm/results/results_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace vfm::results::sample {

/// A folder of this test's own, removed at its end.
class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "vfm-results-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

  private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    // A new file: to write over an old one would make the file system wait for the disk.
    std::filesystem::remove(path);
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline Layout layout(std::uint64_t draws = 5, std::uint64_t replications = 2) {
    Layout layout;
    layout.arms = {"none", "dual_paid", "single"};
    layout.arm_titles = {"No Independent Support", "Dual provision, paid", "Single provision – é"};
    layout.reference_arm = "none";
    layout.draws = draws;
    layout.replications = replications;
    layout.central_units = 3;
    layout.measures = {{"families", "families", "Measured families.", true},
                       {"plans", "plans", "Final plans.", true},
                       {"plans_on_time", "plans", "Final plans within 20 weeks.", true},
                       {"days_p90", "days", "90th percentile of days to the plan.", false}};
    layout.ratios = {{"on_time_share", "plans_on_time", "plans", "", "Share of plans on time."}};
    layout.groups = {"eal.yes", "eal.no"};
    layout.group_measures = {"plans", "families"};
    layout.payers = {"programme", "authority"};
    layout.categories = {"casework", "supervision", "travel"};
    layout.perspectives = {"commissioner", "societal"};
    layout.histograms = {{"days_to_plan", "days", {0, 70, 140, 280, 1000}}, {"cost", "GBP", {0, 0.1, 250.5}}};
    layout.timeline_measures = {{"caseload", "families", "Families with a supporter."},
                                {"spend", "pence", "Spent in the week."}};
    layout.weeks = 4;
    layout.first_week_days = -14;
    layout.parameters = {{"uptake", "", "C13", "good", "beta(alpha=2, beta=8)", 0.2, true},
                         {"hourly_wage", "GBP/hour", "X070", "assumed", "fixed", 14.25, false},
                         {"lead_days", "days", "", "poor", "gamma(mean=42, shape=4)", 42, true}};
    return layout;
}

/// The same with two types of areas.
inline Layout layout_with_types(std::uint64_t draws = 5, std::uint64_t replications = 2) {
    Layout typed = layout(draws, replications);
    typed.area_types = {{"town", "Towns – é", 3}, {"county", "county", 1}};
    typed.area_type_measures = {"plans", "families", "plans_on_time"};
    return typed;
}

inline RunHeader header(const Layout& of = layout(), std::uint64_t batch_units = 4) {
    RunHeader header;
    header.title = "Sample – a run";
    header.scenario_yaml = "title: Sample\narms: [none, dual_paid, single]\n";
    header.scenario_sha256 = sha256_hex(header.scenario_yaml);
    header.engine_version = "0.1.0";
    header.source_revision = "unknown";
    header.results_epoch = 1;
    header.seed = 18446744073709551557U;
    header.price_year = 2015;
    header.discount_rate = 0.035;
    header.batch_units = batch_units;
    header.layout = of;
    return header;
}

/// draw x uncertain parameter.
inline std::vector<double> parameter_draws(const Layout& of) {
    std::vector<double> draws(of.draws * of.uncertain_count());
    for (std::size_t i = 0; i < draws.size(); ++i) draws[i] = 0.1 + static_cast<double>(i) / 3.0;
    return draws;
}

/// The value of one place in a table: never the same for two units or two places of a row.
inline double value_at(double table, std::uint64_t unit, std::size_t place) {
    return table * 1e6 + static_cast<double>(unit) + static_cast<double>(place) / 1024.0;
}

inline Batch batch(const RunHeader& header, std::uint64_t index) {
    Batch batch = empty_batch(header.layout, header.batch_units, index);
    const auto fill = [&](double table, std::vector<double>& values) {
        if (batch.row_count == 0) return;
        const std::size_t row = values.size() / batch.row_count;
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = value_at(table, batch.first_unit + i / row, i % row);
        }
    };
    const std::vector<double> draws = parameter_draws(header.layout);
    const auto first = static_cast<std::ptrdiff_t>(batch.first_draw * header.layout.uncertain_count());
    std::copy_n(draws.begin() + first, batch.parameters.size(), batch.parameters.begin());
    fill(1, batch.summary);
    fill(2, batch.groups);
    fill(3, batch.costs);
    fill(4, batch.area_types);
    for (std::size_t i = 0; i < batch.timeline.size(); ++i) {
        batch.timeline[i] = static_cast<std::int64_t>((index + 1) * 1000 + i);
    }
    for (std::size_t i = 0; i < batch.histograms.size(); ++i) {
        batch.histograms[i] = static_cast<std::int64_t>((index + 1) * 100000 + i);
    }
    return batch;
}

inline std::vector<std::uint64_t> all_batches(const RunHeader& header) {
    std::vector<std::uint64_t> order(batch_count(header.layout, header.batch_units));
    std::iota(order.begin(), order.end(), std::uint64_t{0});
    return order;
}

inline void write_journal(const std::filesystem::path& path, const RunHeader& header,
                          const std::vector<std::uint64_t>& order) {
    JournalWriter writer = JournalWriter::create(path, header);
    for (const std::uint64_t index : order) writer.append(batch(header, index));
    writer.finish();
}

inline Provenance provenance() {
    Provenance provenance;
    provenance.created = "2015-03-01T12:00:00Z";
    provenance.command_line = "vfmsim run sample.yaml";
    provenance.host = "host";
    provenance.cores = 2;
    provenance.threads = 2;
    provenance.compiler = "g++ 12.2.0";
    provenance.build_type = "Release";
    provenance.libraries = {{"HDF5", "1.10.8"}, {"libdeflate", "1.14"}};
    provenance.wall_seconds = 1.5;
    provenance.journal_seconds = 0.25;
    return provenance;
}

/// Journal and results file of a whole run.
inline void write_results(const std::filesystem::path& path, const RunHeader& header) {
    const std::filesystem::path journal = journal_path(path);
    write_journal(journal, header, all_batches(header));
    build_results_file(JournalReader::open(journal), provenance(), path, Overwrite::no);
    std::filesystem::remove(journal);
}

}  // namespace vfm::results::sample
