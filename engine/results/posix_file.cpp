#include "posix_file.hpp"

#include "vfm/core/errors.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfm::results {

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

Descriptor::~Descriptor() {
    close();
}

int Descriptor::close() noexcept {
    const int number = std::exchange(number_, -1);
    return number >= 0 && ::close(number) != 0 ? errno : 0;
}

std::string reason(int error_number) {
    return std::generic_category().message(error_number);
}

void cannot(const char* what, const std::filesystem::path& path, int error_number) {
    throw EnvironmentError(std::string("cannot ") + what + " '" + path.string() +
                           "': " + reason(error_number));
}

Descriptor open_to_read(const std::filesystem::path& path) {
    // Without O_NONBLOCK a named pipe would keep us waiting for its writer.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) cannot("open", path, errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) cannot("read", path, errno);
    if (!S_ISREG(status.st_mode)) throw FileFormatError("'" + path.string() + "' is not a regular file");
    return file;
}

std::uint64_t file_size(const Descriptor& file, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) cannot("read", path, errno);
    return static_cast<std::uint64_t>(status.st_size);
}

void write_all(const Descriptor& file, std::span<const std::byte> bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) cannot("write to", path, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

std::size_t read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> bytes,
                    const std::filesystem::path& path) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::pread(file.number(), bytes.data() + done, bytes.size() - done,
                                      static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) cannot("read", path, errno);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

void sync_file(const Descriptor& file, const std::filesystem::path& path) {
    // EINVAL: something like a pipe or device, which has no disk to wait for.
    if (::fsync(file.number()) != 0 && errno != EINVAL) cannot("write to", path, errno);
}

void sync_folder_of(const std::filesystem::path& path) {
    const std::filesystem::path parent = path.parent_path();
    const std::filesystem::path folder = parent.empty() ? "." : parent;
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open()) cannot("open the folder", folder, errno);
    sync_file(opened, folder);
}

std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t crc) {
    return ::libdeflate_crc32(crc, bytes.data(), bytes.size());
}

}  // namespace vfm::results
