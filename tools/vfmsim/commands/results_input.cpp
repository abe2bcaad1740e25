#include "results_input.hpp"

#include "vfm/core/errors.hpp"

namespace vfm::program {

results::StudyResults open_results(const std::string& file) {
    try {
        return results::StudyResults::open(file);
    } catch (const EnvironmentError& error) {
        throw UserError(error.what());
    }
}

}  // namespace vfm::program
