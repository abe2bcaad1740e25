// A results file opened for analysis: its names at once, its numbers on demand.
#pragma once

#include "vfm/results/layout.hpp"
#include "vfm/results/results_file.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::results {

/// A family-level histogram as counted: integer counts, marginal (never difference them).
struct HistogramCounts {
    Histogram histogram;                   ///< name, unit, edges
    std::vector<std::int64_t> predictive;  ///< arm x bin, families of all draws
    std::vector<std::int64_t> central;     ///< arm x bin, families with every parameter at its mean
};

/// A results file nobody need trust: format, version, types, shapes and sizes are checked before anything is
/// allocated. Tables are read when asked for; only names and headers are held.
///
/// Every function that reads throws FileFormatError with one line naming the file and what is wrong with it,
/// and UserError, naming the nearest known name, for a name the file does not hold. Use from one thread
/// (HDF5).
class StudyResults {
  public:
    /// Throws FileFormatError (not a results file, a newer major version, damaged), EnvironmentError (cannot
    /// be read).
    [[nodiscard]] static StudyResults open(const std::filesystem::path& path);

    StudyResults(StudyResults&&) noexcept;
    StudyResults& operator=(StudyResults&&) noexcept;
    StudyResults(const StudyResults&) = delete;
    StudyResults& operator=(const StudyResults&) = delete;
    ~StudyResults();

    [[nodiscard]] const std::filesystem::path& path() const;
    /// What was run.
    [[nodiscard]] const RunHeader& header() const;
    /// The names and sizes of every dimension. Tables with an empty dimension are not in the file: their
    /// other names are empty too.
    [[nodiscard]] const Layout& layout() const;

    /// draw x uncertain parameter, row-major, in the order of `uncertain_parameters()`.
    [[nodiscard]] std::vector<double> parameter_draws() const;
    /// The uncertain ones among `layout().parameters`: the columns of `parameter_draws()`.
    [[nodiscard]] std::vector<ParameterRow> uncertain_parameters() const;

    /// One measure: arm x draw x replication.
    [[nodiscard]] std::vector<double> measure(std::string_view name) const;
    /// One measure by access group: arm x draw x replication x group.
    [[nodiscard]] std::vector<double> group_measure(std::string_view name) const;
    /// One measure by area type: arm x draw x replication x area type.
    [[nodiscard]] std::vector<double> area_type_measure(std::string_view name) const;
    /// Mean over replications, GBP: arm x draw x payer x category.
    [[nodiscard]] std::vector<double> costs() const;
    /// Sums over the study's units: arm x week x timeline measure; divide by `layout().study_units()` for
    /// means.
    [[nodiscard]] std::vector<std::int64_t> timeline() const;
    /// One histogram by the name of its measure.
    [[nodiscard]] HistogramCounts histogram(std::string_view measure) const;
    /// Where, when and how the run was made.
    [[nodiscard]] Provenance provenance() const;

  private:
    struct State;
    explicit StudyResults(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace vfm::results
