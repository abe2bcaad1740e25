#include "progress_option.hpp"

#include "vfm/core/errors.hpp"

#include <unistd.h>

namespace vfm::program {

ProgressStyle progress_style(const std::string& word) {
    if (word.empty() || word == "auto")
        return isatty(STDERR_FILENO) == 1 ? ProgressStyle::live : ProgressStyle::plain;
    if (word == "plain") return ProgressStyle::plain;
    if (word == "none") return ProgressStyle::none;
    throw UserError("--progress: '" + word + "' is not one of auto, plain, none");
}

}  // namespace vfm::program
