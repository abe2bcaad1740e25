// The command line of a subcommand: declared options, parsed strictly, with help in the same words
// everywhere.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace vfm::program {

/// One option of a subcommand. Its value is text; what it means is the subcommand's business.
struct CommandOption {
    enum class Kind {
        flag,      ///< takes no value
        single,    ///< takes one value, given once
        repeated,  ///< takes one value each time it is given
    };
    std::string name;  ///< without dashes; `help,h` adds a letter
    Kind kind = Kind::single;
    std::string value_name;  ///< as help shows it, e.g. `FILE`
    std::string help;
};

/// A subcommand as its user sees it.
struct Command {
    std::string name;
    std::string usage;         ///< e.g. `FILE.h5 [options]`
    std::string introduction;  ///< what it does, in sentences
    std::vector<CommandOption> options;
};

/// What the user gave.
class CommandLine {
  public:
    /// Throws UserError for an unknown option (with the nearest known name), an option without its value or
    /// with one it does not take, and a second value of a single option. Names are never guessed from their
    /// beginnings.
    [[nodiscard]] static CommandLine parse(const Command& command, const std::vector<std::string>& arguments);

    [[nodiscard]] bool has(const std::string& option) const { return values_.contains(option); }
    /// The value of a single option; empty when it was not given.
    [[nodiscard]] std::string text(const std::string& option) const;
    /// All values of a repeated option, in order.
    [[nodiscard]] std::vector<std::string> texts(const std::string& option) const;
    /// What was given without a name, in order.
    [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }

  private:
    std::map<std::string, std::vector<std::string>> values_;
    std::vector<std::string> positional_;
};

/// A whole number from `least` to `most`, or UserError naming the option.
[[nodiscard]] std::uint64_t whole_number(const std::string& option, const std::string& text,
                                         std::uint64_t least, std::uint64_t most);

/// What was typed, as results files keep it.
[[nodiscard]] std::string command_text(const std::string& command, const std::vector<std::string>& arguments);

/// The text of `vfmsim COMMAND --help`.
[[nodiscard]] std::string help_text(const Command& command);

}  // namespace vfm::program
