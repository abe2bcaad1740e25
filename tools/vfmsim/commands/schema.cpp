#include "schema.hpp"

#include "options/command_line.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/scenario/reference.hpp"

#include <iostream>

namespace vfm::program {

Command schema_command() {
    using Kind = CommandOption::Kind;
    return {
        .name = "schema",
        .usage = "[options]",
        .introduction =
            "Prints the scenario format as JSON Schema (2020-12), so that editors complete and check. It is "
            "made from the declarations that parse scenarios.",
        .options = {{"reference", Kind::flag, "", "prints the reference page (Markdown) instead"},
                    {"help,h", Kind::flag, "", "this text"}}};
}

int run_schema(const std::vector<std::string>& arguments) {
    const Command command = schema_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    if (!line.positional().empty()) throw UserError("schema takes no file");
    std::cout << (line.has("reference") ? scenario::reference_page() : scenario::json_schema());
    return 0;
}

}  // namespace vfm::program
