// How a run is asked to show how far it has come.
#pragma once

#include <string>

namespace vfm::program {

enum class ProgressStyle { live, plain, none };

/// `auto`, `plain` or `none`; auto is live on a terminal and plain elsewhere. Throws UserError for another
/// word.
[[nodiscard]] ProgressStyle progress_style(const std::string& word);

}  // namespace vfm::program
