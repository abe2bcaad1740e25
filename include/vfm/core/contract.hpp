// Checks of our own contracts, on in Debug and sanitizer builds; data from outside is checked always,
// elsewhere.
#pragma once

#include <stdexcept>
#include <string>

namespace vfm {

/// A broken contract between parts of the engine: always our fault, never the user's. The program says so
/// (and asks to report it) when it prints one, so the message does not.
class ContractViolation : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

[[noreturn]] inline void contract_violated(const char* condition, const char* file, int line) {
    throw ContractViolation(std::string(file) + ":" + std::to_string(line) +
                            ": contract violated: " + condition);
}

}  // namespace vfm

#ifdef VFM_CHECKED
#define VFM_EXPECT(condition) \
    ((condition) ? void(0) : ::vfm::contract_violated(#condition, __FILE__, __LINE__))
#else
#define VFM_EXPECT(condition) void(0)
#endif
