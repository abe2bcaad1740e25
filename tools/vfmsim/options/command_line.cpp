#include "command_line.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/report/text_table.hpp"

#include <algorithm>
#include <charconv>

#include <boost/program_options.hpp>
#include <fmt/format.h>

namespace vfm::program {

namespace {

namespace options = boost::program_options;

std::string long_name(const CommandOption& option) {
    return option.name.substr(0, option.name.find(','));
}

/// Untyped, because the typed values of Boost do not compile without warnings, and because text is all we
/// want.
options::options_description described(const Command& command) {
    options::options_description all;
    for (const CommandOption& option : command.options) {
        // The description owns the value from here on.
        auto* value = new options::untyped_value(option.kind == CommandOption::Kind::flag);
        all.add_options()(option.name.c_str(), value, option.help.c_str());
    }
    return all;
}

[[noreturn]] void refuse_unknown(const Command& command, const std::string& given) {
    std::vector<std::string> names;
    for (const CommandOption& option : command.options) names.push_back("--" + long_name(option));
    const std::string nearest = nearest_name(given, names);
    throw UserError(fmt::format("{} has no option '{}', {}", command.name, given,
                                nearest.empty() ? fmt::format("see vfmsim {} --help", command.name)
                                                : fmt::format("did you mean '{}'?", nearest)));
}

std::vector<options::option> given_options(const Command& command,
                                           const std::vector<std::string>& arguments) {
    using options::command_line_style::allow_guessing;
    using options::command_line_style::unix_style;
    const options::options_description all = described(command);
    try {
        return options::command_line_parser(arguments)
            .options(all)
            .style(unix_style & ~allow_guessing)
            .run()
            .options;
    } catch (const options::unknown_option& error) {
        refuse_unknown(command, error.get_option_name());
    } catch (const options::error& error) {
        throw UserError(
            fmt::format("{}: {}, see vfmsim {} --help", command.name, error.what(), command.name));
    }
}

CommandOption::Kind kind_of(const Command& command, const std::string& name) {
    const auto option = std::find_if(command.options.begin(), command.options.end(),
                                     [&name](const CommandOption& each) { return long_name(each) == name; });
    return option == command.options.end() ? CommandOption::Kind::repeated : option->kind;
}

}  // namespace

CommandLine CommandLine::parse(const Command& command, const std::vector<std::string>& arguments) {
    CommandLine result;
    for (const options::option& given : given_options(command, arguments)) {
        if (given.string_key.empty()) {
            result.positional_.insert(result.positional_.end(), given.value.begin(), given.value.end());
            continue;
        }
        std::vector<std::string>& values = result.values_[given.string_key];
        values.insert(values.end(), given.value.begin(), given.value.end());
        if (kind_of(command, given.string_key) == CommandOption::Kind::single && values.size() > 1) {
            throw UserError(
                fmt::format("{}: --{} is given twice, give it once", command.name, given.string_key));
        }
    }
    return result;
}

std::string CommandLine::text(const std::string& option) const {
    const auto place = values_.find(option);
    return place == values_.end() || place->second.empty() ? std::string() : place->second.front();
}

std::vector<std::string> CommandLine::texts(const std::string& option) const {
    const auto place = values_.find(option);
    return place == values_.end() ? std::vector<std::string>() : place->second;
}

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value < least || value > most) {
        throw UserError(
            fmt::format("--{}: '{}' is not a whole number from {} to {}", option, text, least, most));
    }
    return value;
}

std::string command_text(const std::string& command, const std::vector<std::string>& arguments) {
    std::string text = "vfmsim " + command;
    for (const std::string& argument : arguments) text += " " + argument;
    return text;
}

std::string help_text(const Command& command) {
    std::string text = fmt::format("vfmsim {} {}\n\n{}\nOptions\n", command.name, command.usage,
                                   report::wrap_text(command.introduction));
    std::size_t widest = 0;
    std::vector<std::string> left;
    for (const CommandOption& option : command.options) {
        const std::size_t comma = option.name.find(',');
        const std::string letter =
            comma == std::string::npos ? "" : "-" + option.name.substr(comma + 1) + ", ";
        const std::string value = option.value_name.empty() ? "" : " " + option.value_name;
        left.push_back(fmt::format("  {}--{}{}", letter, long_name(option), value));
        widest = std::max(widest, left.back().size());
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        text += report::wrap_text(fmt::format("{:<{}}  {}", left[i], widest, command.options[i].help),
                                  report::page_width, widest + 2);
    }
    return text;
}

}  // namespace vfm::program
