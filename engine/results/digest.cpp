#include "vfm/results/digest.hpp"

#include "sha256.hpp"

namespace vfm::results {

std::string sha256_hex(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

}  // namespace vfm::results
