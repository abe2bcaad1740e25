#include "vfm/results/study_results.hpp"

#include "hdf5_reader.hpp"
#include "posix_file.hpp"
#include "seal.hpp"
#include "stored_layout.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::results {

namespace {

[[noreturn]] void not_a_results_file(const std::filesystem::path& path, const char* why) {
    throw FileFormatError(fmt::format("'{}' cannot be read as a results file: {}", path.string(), why));
}

/// Runs `read`, and names the file in whatever goes wrong with it.
template <class Read>
auto reading(const std::filesystem::path& path, Read read) {
    try {
        return read();
    } catch (const hdf5::Error& error) {
        not_a_results_file(path, error.what());
    } catch (const FileFormatError& error) {
        not_a_results_file(path, error.what());
    } catch (const std::bad_alloc&) {
        not_a_results_file(path, "it asks for more memory than there is");
    }
}

/// The place of a name, or UserError with the nearest one.
std::uint64_t place_of(const std::string& name, const std::vector<std::string>& known, const char* what,
                       const std::filesystem::path& path) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return static_cast<std::uint64_t>(found - known.begin());
    const std::string nearest = nearest_name(name, known);
    throw UserError(fmt::format("'{}' has no {} `{}`{}", path.string(), what, name,
                                nearest.empty() ? "" : "; did you mean `" + nearest + "`?"));
}

}  // namespace

struct StudyResults::State {
    std::filesystem::path path;
    hdf5::Handle file;
    RunHeader header;
};

StudyResults::StudyResults(std::unique_ptr<State> state) : state_(std::move(state)) {}
StudyResults::StudyResults(StudyResults&&) noexcept = default;
StudyResults& StudyResults::operator=(StudyResults&&) noexcept = default;
StudyResults::~StudyResults() = default;

StudyResults StudyResults::open(const std::filesystem::path& path) {
    check_seal(path);
    auto state = std::make_unique<State>();
    state->path = path;
    reading(path, [&] {
        try {
            state->file = hdf5::open_file(path);
        } catch (const hdf5::Error&) {
            throw FileFormatError("it is not an HDF5 file, or is not complete");
        }
        expect_our_format(state->file);
        state->header = read_header(state->file);
    });
    return StudyResults(std::move(state));
}

const std::filesystem::path& StudyResults::path() const {
    return state_->path;
}
const RunHeader& StudyResults::header() const {
    return state_->header;
}
const Layout& StudyResults::layout() const {
    return state_->header.layout;
}

std::vector<ParameterRow> StudyResults::uncertain_parameters() const {
    std::vector<ParameterRow> rows;
    for (const ParameterRow& row : layout().parameters) {
        if (row.uncertain) rows.push_back(row);
    }
    return rows;
}

std::vector<double> StudyResults::parameter_draws() const {
    const std::uint64_t parameters = uncertain_parameters().size();
    if (parameters == 0) return {};
    return reading(path(), [&] {
        const hdf5::Handle group = hdf5::open_group(state_->file, "parameters");
        return array_of(group, "value", hdf5::Type::real, {layout().draws, parameters}).reals();
    });
}

std::vector<double> StudyResults::measure(std::string_view name) const {
    std::vector<std::string> names;
    for (const Measure& measure : layout().measures) names.push_back(measure.name);
    const std::uint64_t place = place_of(std::string(name), names, "measure", path());
    return reading(path(), [&] {
        const hdf5::Shape shape{layout().arms.size(), layout().draws, layout().replications, names.size()};
        const hdf5::Handle group = hdf5::open_group(state_->file, "summary");
        return array_of(group, "value", hdf5::Type::real, shape)
            .reals({0, 0, 0, place}, {shape[0], shape[1], shape[2], 1});
    });
}

std::vector<double> StudyResults::group_measure(std::string_view name) const {
    const std::uint64_t place = place_of(std::string(name), layout().group_measures, "group measure", path());
    return reading(path(), [&] {
        const hdf5::Shape shape{layout().arms.size(), layout().draws, layout().replications,
                                layout().groups.size(), layout().group_measures.size()};
        const hdf5::Handle group = hdf5::open_group(state_->file, "groups");
        return array_of(group, "value", hdf5::Type::real, shape)
            .reals({0, 0, 0, 0, place}, {shape[0], shape[1], shape[2], shape[3], 1});
    });
}

std::vector<double> StudyResults::area_type_measure(std::string_view name) const {
    const std::uint64_t place =
        place_of(std::string(name), layout().area_type_measures, "area type measure", path());
    return reading(path(), [&] {
        const hdf5::Shape shape{layout().arms.size(), layout().draws, layout().replications,
                                layout().area_types.size(), layout().area_type_measures.size()};
        const hdf5::Handle group = hdf5::open_group(state_->file, "area_types");
        return array_of(group, "value", hdf5::Type::real, shape)
            .reals({0, 0, 0, 0, place}, {shape[0], shape[1], shape[2], shape[3], 1});
    });
}

std::vector<double> StudyResults::costs() const {
    const hdf5::Shape shape{layout().arms.size(), layout().draws, layout().payers.size(),
                            layout().categories.size()};
    if (shape[2] == 0) return {};
    return reading(path(), [&] {
        const hdf5::Handle group = hdf5::open_group(state_->file, "costs");
        return array_of(group, "value", hdf5::Type::real, shape).reals();
    });
}

std::vector<std::int64_t> StudyResults::timeline() const {
    const hdf5::Shape shape{layout().arms.size(), layout().weeks, layout().timeline_measures.size()};
    if (shape[2] == 0) return {};
    return reading(path(), [&] {
        const hdf5::Handle group = hdf5::open_group(state_->file, "timeline");
        return array_of(group, "value", hdf5::Type::integer, shape).integers();
    });
}

HistogramCounts StudyResults::histogram(std::string_view measure) const {
    std::vector<std::string> names;
    for (const Histogram& histogram : layout().histograms) names.push_back(histogram.measure);
    HistogramCounts counts;
    counts.histogram = layout().histograms[place_of(std::string(measure), names, "histogram", path())];
    return reading(path(), [&] {
        const hdf5::Handle group =
            hdf5::open_group(hdf5::open_group(state_->file, "distributions"), counts.histogram.measure);
        const hdf5::Shape shape{2, layout().arms.size(), counts.histogram.edges.size() - 1};
        const hdf5::Array array = array_of(group, "count", hdf5::Type::integer, shape);
        counts.predictive = array.integers({0, 0, 0}, {1, shape[1], shape[2]});
        counts.central = array.integers({1, 0, 0}, {1, shape[1], shape[2]});
        return counts;
    });
}

Provenance StudyResults::provenance() const {
    return reading(path(), [&] { return read_provenance(state_->file); });
}

}  // namespace vfm::results
