// What can go wrong outside the engine: the user's input, and the machine it runs on.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace vfm {

/// One fault in a text file a person wrote. Line and column count from 1; 0 means the file as a whole.
struct Fault {
    std::string file;
    int line = 0;
    int column = 0;
    std::string problem;     ///< what is wrong, and why
    std::string suggestion;  ///< what would be right; may be empty

    /// `file:line:column: error: problem, suggestion`
    [[nodiscard]] std::string text() const;
};

/// The user's input is wrong (exit code 2): command line, scenario, or a file from elsewhere.
class UserError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A scenario with faults: all of them at once, in the order of their places.
class ScenarioError : public UserError {
  public:
    explicit ScenarioError(std::vector<Fault> faults);
    [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

  private:
    std::vector<Fault> faults_;
};

/// A results file or journal that is not ours, newer than we are, or damaged (exit code 2).
class FileFormatError : public UserError {
  public:
    using UserError::UserError;
};

/// The machine cannot do it (exit code 1): disk full, folder not writable, out of memory.
class EnvironmentError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The known name nearest to `name` by edit distance, or an empty string when none is near.
[[nodiscard]] std::string nearest_name(const std::string& name, const std::vector<std::string>& known);

}  // namespace vfm
