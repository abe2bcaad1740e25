#include "built_aside.hpp"

#include "posix_file.hpp"
#include "seal.hpp"

#include "vfm/core/errors.hpp"

#include <cerrno>
#include <cstdio>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfm::results {

namespace {

std::string exists_already(const std::filesystem::path& path) {
    return "'" + path.string() + "' exists already; use --force to replace it";
}

bool is_there(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

/// The unfinished file: removed at the end of its life unless it has been given its name.
class Unfinished {
  public:
    explicit Unfinished(const std::filesystem::path& target) : path_(target) { path_ += ".tmp"; }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    Unfinished(Unfinished&&) = delete;
    Unfinished& operator=(Unfinished&&) = delete;
    ~Unfinished() { ::unlink(path_.c_str()); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    void rename_to(const std::filesystem::path& target, Overwrite overwrite) const {
        if (overwrite == Overwrite::yes) {
            if (::rename(path_.c_str(), target.c_str()) != 0) cannot("create", target, errno);
            return;
        }
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return;
        if (errno == EEXIST) throw UserError(exists_already(target));
        // File systems that do not know the flag (NFS, some FUSE): a hard link does not replace either.
        if (errno != EINVAL && errno != ENOSYS) cannot("create", target, errno);
        if (::link(path_.c_str(), target.c_str()) == 0) return;
        if (errno == EEXIST) throw UserError(exists_already(target));
        cannot("create", target, errno);
    }

  private:
    std::filesystem::path path_;
};

Descriptor create_empty(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!file.is_open()) cannot("create", path, errno);
    return file;
}

}  // namespace

void check_output(const std::filesystem::path& path, Overwrite overwrite) {
    if (is_there(path)) {
        if (overwrite == Overwrite::no) throw UserError(exists_already(path));
        if (std::filesystem::is_directory(path)) throw UserError("'" + path.string() + "' is a folder");
    }
    const std::filesystem::path parent = path.parent_path();
    const std::filesystem::path folder = parent.empty() ? "." : parent;
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) cannot("write to the folder", folder, errno);
    if (!S_ISDIR(status.st_mode)) cannot("write to the folder", folder, ENOTDIR);
    if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot("write to the folder", folder, errno);
}

void build_aside(const std::filesystem::path& path, Overwrite overwrite,
                 const std::function<void(const hdf5::Sink&)>& write) {
    check_output(path, overwrite);
    const Unfinished unfinished(path);
    const Descriptor file = create_empty(unfinished.path());
    const hdf5::Sink sink(file.number());
    try {
        write(sink);
    } catch (const hdf5::Error& error) {
        // A consequence of the first failed write, when there was one.
        if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
        throw EnvironmentError("cannot write to '" + unfinished.path().string() + "': " + error.what());
    }
    if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
    add_seal(file, unfinished.path());
    sync_file(file, unfinished.path());
    unfinished.rename_to(path, overwrite);
    sync_folder_of(path);
}

}  // namespace vfm::results
