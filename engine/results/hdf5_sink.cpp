#include "hdf5_sink.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <H5FDpublic.h>
#include <unistd.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace vfm::results::hdf5 {

struct Sink::State {
    int descriptor = -1;
    int error = 0;
};

namespace {

/// What HDF5 holds of the open file; its own part has to come first.
struct OpenFile {
    H5FD_t base{};
    Sink::State* state = nullptr;
    haddr_t end_of_addresses = 0;
    haddr_t end_of_file = 0;
};

OpenFile& mine(H5FD_t* file) {
    return *reinterpret_cast<OpenFile*>(file);
}
const OpenFile& mine(const H5FD_t* file) {
    return *reinterpret_cast<const OpenFile*>(file);
}

H5FD_t* open_sink(const char*, unsigned, hid_t access, haddr_t) {
    const void* info = H5Pget_driver_info(access);
    if (info == nullptr) return nullptr;
    auto file = std::make_unique<OpenFile>();
    std::memcpy(&file->state, info, sizeof(void*));
    return &file.release()->base;
}

herr_t close_sink(H5FD_t* file) {
    delete &mine(file);
    return 0;
}

int compare(const H5FD_t* a, const H5FD_t* b) {
    const int left = mine(a).state->descriptor;
    const int right = mine(b).state->descriptor;
    return left < right ? -1 : left > right ? 1 : 0;
}

herr_t features(const H5FD_t*, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t end_of_addresses(const H5FD_t* file, H5FD_mem_t) {
    return mine(file).end_of_addresses;
}

herr_t set_end_of_addresses(H5FD_t* file, H5FD_mem_t, haddr_t end) {
    mine(file).end_of_addresses = end;
    return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) {
    return mine(file).end_of_file;
}

herr_t read_sink(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
    auto* to = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t count = ::pread(mine(file).state->descriptor, to, size, static_cast<off_t>(address));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return -1;
        if (count == 0) {  // beyond the end there are zeros, as in HDF5's own drivers
            std::memset(to, 0, size);
            break;
        }
        to += count;
        address += static_cast<haddr_t>(count);
        size -= static_cast<std::size_t>(count);
    }
    return 0;
}

herr_t write_sink(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
    OpenFile& open = mine(file);
    const auto* from = static_cast<const char*>(buffer);
    open.end_of_file = std::max(open.end_of_file, address + size);
    while (size > 0 && open.state->error == 0) {
        const ssize_t count = ::pwrite(open.state->descriptor, from, size, static_cast<off_t>(address));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            open.state->error = count == 0 ? EIO : errno;
            break;
        }
        from += count;
        address += static_cast<haddr_t>(count);
        size -= static_cast<std::size_t>(count);
    }
    return 0;
}

herr_t truncate_sink(H5FD_t* file, hid_t, hbool_t) {
    OpenFile& open = mine(file);
    if (open.end_of_file == open.end_of_addresses) return 0;
    open.end_of_file = open.end_of_addresses;
    if (open.state->error == 0 &&
        ::ftruncate(open.state->descriptor, static_cast<off_t>(open.end_of_addresses)) != 0) {
        open.state->error = errno;
    }
    return 0;
}

H5FD_class_t driver_class() {
    constexpr H5FD_mem_t kinds[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
    H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(511);
#endif
    driver.name = "vfm-sink";
    driver.maxaddr = (haddr_t{1} << 62U) - 1;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(void*);  // a pointer to our state
    driver.open = open_sink;
    driver.close = close_sink;
    driver.cmp = compare;
    driver.query = features;
    driver.get_eoa = end_of_addresses;
    driver.set_eoa = set_end_of_addresses;
    driver.get_eof = end_of_file;
    driver.read = read_sink;
    driver.write = write_sink;
    driver.truncate = truncate_sink;
    std::copy(std::begin(kinds), std::end(kinds), std::begin(driver.fl_map));
    return driver;
}

Handle registered_driver() {
    be_quiet();
    const H5FD_class_t driver = driver_class();
    return {H5FDregister(&driver), H5FDunregister, "file driver"};
}

}  // namespace

Sink::Sink(int descriptor)
    : state_(std::make_unique<State>(State{descriptor, 0})), driver_(registered_driver()) {}

Sink::~Sink() = default;

int Sink::error() const {
    return state_->error;
}

Handle Sink::create_file() const {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file properties");
    State* state = state_.get();
    check(H5Pset_driver(access.id(), driver_.id(), static_cast<const void*>(&state)), "file properties");
    // The format of HDF5 1.10 has checksums on all its own structures.
    check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V110, H5F_LIBVER_V110), "file properties");
    check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "file properties");
    const Handle how(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file properties");
    check(H5Pset_obj_track_times(how.id(), 0), "file properties");  // of the root group
    return {H5Fcreate("vfm-sink", H5F_ACC_TRUNC, how.id(), access.id()), H5Fclose, "create"};
}

}  // namespace vfm::results::hdf5
