#include "vfm/results/analysis_file.hpp"

#include "analysis_tables.hpp"
#include "built_aside.hpp"
#include "hdf5_reader.hpp"
#include "hdf5_writer.hpp"
#include "seal.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/core/version.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace vfm::results {

namespace {

constexpr std::string_view analysis_format = "vfm-analysis";
constexpr std::string_view analysis_format_version = "1.0";

/// A stored analysis, and the seal of the results file it is of.
struct Stored {
    Analysis analysis;
    std::string source_seal;
};

void expect_analysis_format(const hdf5::Handle& file) {
    std::string format;
    try {
        format = hdf5::text_attribute(file, "format");
    } catch (const hdf5::Error&) {
        format.clear();
    }
    if (format != analysis_format) throw FileFormatError("it is not a vfm analysis file");
    const std::string version = hdf5::text_attribute(file, "format_version");
    int major = 0;
    const auto parsed = std::from_chars(version.data(), version.data() + version.size(), major);
    if (parsed.ec != std::errc() || major < 1) throw FileFormatError("its format version is damaged");
    if (major > 1) {
        throw FileFormatError(
            fmt::format("its format is version {}, and this vfmsim reads versions up to {}; "
                        "use a newer vfmsim",
                        version, analysis_format_version));
    }
}

[[noreturn]] void not_an_analysis_file(const std::filesystem::path& path, const char* why) {
    throw FileFormatError(
        fmt::format("'{}' cannot be read as an analysis file: {} (remove it: analyses can be made again)",
                    path.string(), why));
}

std::vector<Stored> read_stored(const std::filesystem::path& path) {
    try {
        check_seal(path);
        const hdf5::Handle file = hdf5::open_file(path);
        expect_analysis_format(file);
        std::vector<Stored> all;
        for (const std::string& command : hdf5::names_in(file)) {
            const hdf5::Handle group = hdf5::open_group(file, command);
            all.push_back({.analysis = read_analysis(group, command),
                           .source_seal = hdf5::text_attribute(group, "source_seal")});
        }
        return all;
    } catch (const hdf5::Error& error) {
        not_an_analysis_file(path, error.what());
    } catch (const FileFormatError& error) {
        not_an_analysis_file(path, error.what());
    } catch (const std::bad_alloc&) {
        not_an_analysis_file(path, "it asks for more memory than there is");
    }
}

/// What was stored for the results file of this seal.
std::vector<Stored> still_valid(const std::filesystem::path& path, const std::string& source_seal) {
    if (!std::filesystem::exists(path)) return {};
    std::vector<Stored> all = read_stored(path);
    std::erase_if(all, [&](const Stored& one) { return one.source_seal != source_seal; });
    return all;
}

void write_stored(const std::vector<Stored>& all, const hdf5::Sink& sink) {
    hdf5::Handle file = sink.create_file();
    set_attribute(file, "format", std::string(analysis_format));
    set_attribute(file, "format_version", std::string(analysis_format_version));
    set_attribute(file, "engine_version", std::string(engine_version));
    for (const Stored& one : all) write_analysis(file, one.analysis, one.source_seal);
    file.close("write");
}

}  // namespace

std::size_t AnalysisColumn::size() const {
    return std::visit([](const auto& entries) { return entries.size(); }, values);
}

std::filesystem::path analysis_path(const std::filesystem::path& results_file) {
    std::filesystem::path path = results_file;
    if (path.extension() == ".h5") path.replace_extension();
    path += ".analysis.h5";
    return path;
}

void store_analysis(const std::filesystem::path& results_file, const Analysis& analysis) {
    const Analysis checked = checked_analysis(analysis);
    const std::filesystem::path path = analysis_path(results_file);
    // Ours from before it is read: who stores at the same moment waits, and adds to what is stored here.
    FileAside aside(path, IfTaken::wait);
    const std::string seal = seal_text(results_file);
    std::vector<Stored> all = still_valid(path, seal);
    std::erase_if(all, [&](const Stored& one) { return one.analysis.command == checked.command; });
    all.push_back({.analysis = checked, .source_seal = seal});
    std::sort(all.begin(), all.end(),
              [](const Stored& a, const Stored& b) { return a.analysis.command < b.analysis.command; });
    aside.build(Overwrite::yes, [&all](const hdf5::Sink& sink) { write_stored(all, sink); });
}

std::vector<Analysis> read_analyses(const std::filesystem::path& results_file) {
    const std::filesystem::path path = analysis_path(results_file);
    std::vector<Analysis> analyses;
    for (Stored& one : still_valid(path, seal_text(results_file)))
        analyses.push_back(std::move(one.analysis));
    return analyses;
}

}  // namespace vfm::results
