#include "manual.hpp"

#include "vfm/core/version.hpp"
#include "vfm/results/study_results.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

#include <fmt/format.h>

namespace vfm::program {

namespace {

/// Text that roff takes for nothing but text.
std::string roff_text(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        const bool begins_line = escaped.empty() || escaped.back() == '\n';
        if (begins_line && (letter == '.' || letter == '\'')) escaped += "\\&";
        if (letter == '\\') {
            escaped += "\\e";
        } else if (letter == '-') {
            escaped += "\\-";
        } else {
            escaped += letter;
        }
    }
    return escaped;
}

std::string option_name(const CommandOption& option) {
    return "--" + option.name.substr(0, option.name.find(','));
}

std::string option_entry(const CommandOption& option) {
    const std::size_t comma = option.name.find(',');
    const std::string letter = comma == std::string::npos ? "" : "-" + option.name.substr(comma + 1) + ", ";
    const std::string value =
        option.value_name.empty() ? "" : fmt::format(" \\fI{}\\fR", roff_text(option.value_name));
    return fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff_text(letter + option_name(option)), value,
                       roff_text(option.help));
}

std::vector<std::string> option_names(const Command& command) {
    std::vector<std::string> names;
    for (const CommandOption& option : command.options) names.push_back(option_name(option));
    return names;
}

/// The first word that names a results file.
std::string results_file_among(const std::vector<std::string>& words) {
    const auto found = std::find_if(words.begin(), words.end(),
                                    [](const std::string& word) { return word.ends_with(".h5"); });
    return found == words.end() ? std::string() : *found;
}

/// The names in the file that the option's value is one of.
std::vector<std::string> names_wanted(const CommandOption& option, const std::string& file) {
    const results::StudyResults study = results::StudyResults::open(file);
    const results::Layout& layout = study.layout();
    if (option.value_name == "ARM") return layout.arms;
    if (option.name == "perspective") return layout.perspectives;
    std::vector<std::string> measures;
    for (const results::Measure& measure : layout.measures) measures.push_back(measure.name);
    return measures;
}

std::vector<std::string> values_of(const CommandOption& option, const std::vector<std::string>& words) {
    const bool is_name =
        option.value_name == "ARM" || option.value_name == "MEASURE" || option.name == "perspective";
    const std::string file = is_name ? results_file_among(words) : std::string();
    if (file.empty()) return {};
    try {
        return names_wanted(option, file);
    } catch (const std::exception&) {
        return {};  // a shell that completes a line is no place for a message; running the command gives it
    }
}

}  // namespace

std::string manual_page(const std::vector<ListedCommand>& commands) {
    std::string page = fmt::format(
        ".TH VFMSIM 1 \"\" \"vfmsim {}\" \"User Commands\"\n"
        ".SH NAME\nvfmsim \\- value\\-for\\-money simulation of delivery models of public services\n"
        ".SH SYNOPSIS\n.B vfmsim\n\\fICOMMAND\\fR [\\fIoptions\\fR]\n",
        engine_version);
    page += ".SH DESCRIPTION\n";
    for (const ListedCommand& listed : commands) {
        page +=
            fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff_text(listed.command.name), roff_text(listed.summary));
    }
    page += ".SH COMMANDS\n";
    for (const ListedCommand& listed : commands) {
        const Command& command = listed.command;
        page += fmt::format(".SS vfmsim {} {}\n{}\n", roff_text(command.name), roff_text(command.usage),
                            roff_text(command.introduction));
        for (const CommandOption& option : command.options) page += option_entry(option);
    }
    page +=
        ".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nThe run failed.\n.TP\n2\nThe command line or an input file "
        "is "
        "wrong.\n.TP\n3\nStopped early.\n"
        ".SH EXAMPLES\n.nf\nvfmsim check STUDY.yaml\nvfmsim run STUDY.yaml \\-o STUDY.h5\n"
        "vfmsim compare STUDY.h5\n.fi\n";
    return page;
}

std::vector<std::string> completions(const std::vector<ListedCommand>& commands,
                                     const std::vector<std::string>& words) {
    if (words.size() < 2) return {};
    const std::string& current = words.back();
    std::vector<std::string> candidates;
    if (words.size() == 2) {
        for (const ListedCommand& listed : commands) candidates.push_back(listed.command.name);
        candidates.insert(candidates.end(), {"--help", "--version"});
    } else {
        const auto listed = std::find_if(commands.begin(), commands.end(), [&](const ListedCommand& each) {
            return each.command.name == words[1];
        });
        if (listed == commands.end()) return {};
        const std::vector<CommandOption>& options = listed->command.options;
        const std::string& before = words[words.size() - 2];
        const auto option = std::find_if(options.begin(), options.end(), [&](const CommandOption& each) {
            return each.kind != CommandOption::Kind::flag && option_name(each) == before;
        });
        if (option != options.end()) {
            candidates = values_of(*option, words);
        } else if (current.starts_with("-")) {
            candidates = option_names(listed->command);
        }
    }
    std::vector<std::string> fitting;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(fitting),
                 [&](const std::string& candidate) { return candidate.starts_with(current); });
    return fitting;
}

}  // namespace vfm::program
