#include "import.hpp"

#include "options/command_line.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/digest.hpp"
#include "vfm/results/imported_sample.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

namespace vfm::program {

Command import_command() {
    using Kind = CommandOption::Kind;
    return {
        .name = "import",
        .usage = "PSA.csv -o FILE.h5 [options]",
        .introduction =
            "Brings the sample of another model's probabilistic sensitivity analysis into a results file, "
            "so that compare, voi and sensitivity serve it too. Wide form: the columns draw, cost_ARM and "
            "effect_ARM of every arm, every other column a parameter. Long form: the columns draw, arm, cost "
            "and effect, with the parameters in a second file of draw and a column each. The sample is taken "
            "at face value: without replications nobody can tell parameter uncertainty from noise in it.",
        .options = {{"output,o", Kind::single, "FILE.h5", "the results file (the sample's name)"},
                    {"parameters", Kind::single, "P.csv", "the parameters of the long form"},
                    {"perspective", Kind::single, "NAME", "whose costs they are (imported)"},
                    {"effect", Kind::single, "NAME", "what the effect is called (effect)"},
                    {"reference", Kind::single, "ARM", "the arm that differences are from (the first)"},
                    {"price-year", Kind::single, "YEAR", "the prices that costs are in (not known)"},
                    {"title", Kind::single, "TEXT", "a title (the sample's name)"},
                    {"force", Kind::flag, "", "replace an existing results file"},
                    {"help,h", Kind::flag, "", "this text"}}};
}

namespace {

std::string text_or(const CommandLine& line, const std::string& option, const std::string& otherwise) {
    return line.has(option) ? line.text(option) : otherwise;
}

/// SHA-256 of the sample's bytes: what the results file is known by.
std::string digest_of(const std::filesystem::path& file) {
    std::ostringstream bytes;
    std::ifstream sample(file, std::ios::binary);
    bytes << sample.rdbuf();
    if (!sample || !bytes) throw EnvironmentError("cannot read '" + file.string() + "' a second time");
    return results::sha256_hex(std::move(bytes).str());
}

results::ImportDescription description_of(const CommandLine& line, const std::filesystem::path& file) {
    results::ImportDescription description;
    description.title = text_or(line, "title", file.stem().string());
    description.perspective = text_or(line, "perspective", "imported");
    description.effect = text_or(line, "effect", "effect");
    description.reference_arm = line.text("reference");
    if (line.has("price-year")) {
        description.price_year =
            static_cast<int>(whole_number("price-year", line.text("price-year"), 1900, 2100));
    }
    description.source = file.filename().string();
    description.sha256 = digest_of(file);
    if (line.has("parameters")) description.sha256 += " " + digest_of(line.text("parameters"));
    return description;
}

/// A file that cannot be opened or read is a wrong command line, not a failed run.
results::ImportedSample sample_of(const std::filesystem::path& file,
                                  const std::filesystem::path& parameters) {
    try {
        return results::read_imported_sample(file, parameters);
    } catch (const EnvironmentError& error) {
        throw UserError(error.what());
    }
}

}  // namespace

int run_import(const std::vector<std::string>& arguments) {
    const Command command = import_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    if (line.positional().size() != 1) {
        throw UserError("import takes one sample: vfmsim import PSA.csv -o FILE.h5");
    }
    const std::filesystem::path file = line.positional().front();
    const std::filesystem::path output =
        line.has("output") ? std::filesystem::path(line.text("output")) : file.stem().concat(".h5");
    const results::Overwrite overwrite = line.has("force") ? results::Overwrite::yes : results::Overwrite::no;
    results::check_output(output, overwrite);
    const results::ImportedSample sample = sample_of(file, line.text("parameters"));
    results::Provenance provenance = results::provenance_here();
    provenance.command_line = command_text("import", arguments);
    provenance.threads = 1;
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is then an error with a message, like a full disk
    results::write_imported_sample(sample, description_of(line, file), provenance, output, overwrite);
    std::cout << fmt::format(
        "{} arms, {} draws, {} parameters: {}\nTaken at face value: a sample without replications cannot "
        "tell "
        "parameter uncertainty from noise.\n",
        sample.arms.size(), sample.draws, sample.parameters.size(), output.string());
    return 0;
}

}  // namespace vfm::program
