#include "hdf5_handles.hpp"

namespace vfm::results::hdf5 {

namespace {

/// The innermost entry comes first in this walk; it names the cause.
herr_t keep_innermost(unsigned position, const H5E_error2_t* entry, void* text) {
    if (position == 0 && entry->desc != nullptr) *static_cast<std::string*>(text) = entry->desc;
    return 0;
}

/// What the system said: of `file write failed: ..., errno = 28, error message = 'No space left on device',
/// ...` the quoted part; empty when it was not the system's fault.
std::string system_reason(const std::string& description) {
    const std::string mark = "error message = '";
    const std::size_t begin = description.find(mark);
    if (begin == std::string::npos) return {};
    const std::size_t end = description.find('\'', begin + mark.size());
    return description.substr(begin + mark.size(), end - begin - mark.size());
}

}  // namespace

void be_quiet() {
    H5open();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
}

void fail(const char* what) {
    std::string innermost;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &innermost);
    H5Eclear2(H5E_DEFAULT);
    const std::string system = system_reason(innermost);
    if (!system.empty()) throw Error(system);
    throw Error(innermost.empty() ? what : std::string(what) + ": " + innermost);
}

Handle text_type() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
    check(H5Tset_size(type.id(), H5T_VARIABLE), "text type");
    check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "text type");
    return type;
}

Handle transfer() {
    constexpr std::size_t buffer_bytes = 1U << 14U;
    Handle how(H5Pcreate(H5P_DATASET_XFER), H5Pclose, "transfer properties");
    check(H5Pset_buffer(how.id(), buffer_bytes, nullptr, nullptr), "transfer properties");
    return how;
}

}  // namespace vfm::results::hdf5
