#include "own_files.hpp"

#include "posix_file.hpp"

#include "vfm/core/errors.hpp"

#include <string>

namespace vfm::results {

bool can_be_ours(const std::filesystem::path& path, std::string_view signature) {
    try {
        const Descriptor file = open_to_read(path);
        std::string start(signature.size(), '\0');
        start.resize(read_at(file, 0, std::as_writable_bytes(std::span(start)), path));
        return signature.starts_with(start) || start.find_first_not_of('\0') == std::string::npos;
    } catch (const FileFormatError&) {  // a folder, a device or a pipe
        return false;
    }
}

}  // namespace vfm::results
