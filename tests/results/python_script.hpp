// Runs a Python script of the repository with Debian's own interpreter: another may come first in PATH.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfm::results {

/// The script's exit code; `script` is relative to the root of the repository.
inline int run_python_script(const std::string& script, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"/usr/bin/python3", VFM_SOURCE_DIR "/" + script};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawn(&child, pointers[0], nullptr, nullptr, pointers.data(), environ) != 0) {
        throw std::runtime_error("cannot run /usr/bin/python3");
    }
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

}  // namespace vfm::results
