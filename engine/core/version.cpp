#include "vfm/core/version.hpp"

namespace vfm {

std::string_view source_revision() {
    return VFM_SOURCE_REVISION;
}

}  // namespace vfm
