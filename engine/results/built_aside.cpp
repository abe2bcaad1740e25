#include "built_aside.hpp"

#include "own_files.hpp"
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

/// A new file; one that an interrupted program left is replaced, any other file is somebody else's.
Descriptor create_empty(const std::filesystem::path& path) {
    const auto create = [&] {
        return Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    };
    Descriptor file = create();
    if (!file.is_open() && errno == EEXIST) {
        if (std::filesystem::is_symlink(path) || !can_be_ours(path, hdf5_signature)) {
            throw UserError("'" + path.string() +
                            "' is in the way and no unfinished results file; move it elsewhere");
        }
        ::unlink(path.c_str());
        file = create();
    }
    if (!file.is_open()) cannot("create", path, errno);
    return file;
}

/// The unfinished file: removed at the end of its life unless it has been given its name.
class Unfinished {
  public:
    explicit Unfinished(const std::filesystem::path& target)
        : path_(name_of(target)), file_(create_empty(path_)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    Unfinished(Unfinished&&) = delete;
    Unfinished& operator=(Unfinished&&) = delete;
    ~Unfinished() { ::unlink(path_.c_str()); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const Descriptor& file() const { return file_; }

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
    static std::filesystem::path name_of(std::filesystem::path target) {
        target += ".tmp";
        return target;
    }

    std::filesystem::path path_;
    Descriptor file_;
};

}  // namespace

void check_output(const std::filesystem::path& path, Overwrite overwrite) {
    if (is_there(path)) {
        if (overwrite == Overwrite::no) throw UserError(exists_already(path));
        if (std::filesystem::is_directory(path)) throw UserError("'" + path.string() + "' is a folder");
        if (std::filesystem::exists(path) && !can_be_ours(path, hdf5_signature)) {
            throw UserError(
                "'" + path.string() +
                "' is no results file (HDF5), and --force replaces no other; name another output");
        }
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
    const hdf5::Sink sink(unfinished.file().number());
    try {
        write(sink);
    } catch (const hdf5::Error& error) {
        // A consequence of the first failed write, when there was one.
        if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
        throw EnvironmentError("cannot write to '" + unfinished.path().string() + "': " + error.what());
    }
    if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
    add_seal(unfinished.file(), unfinished.path());
    sync_file(unfinished.file(), unfinished.path());
    unfinished.rename_to(path, overwrite);
    sync_folder_of(path);
}

}  // namespace vfm::results
