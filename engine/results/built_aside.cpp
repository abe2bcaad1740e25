#include "built_aside.hpp"

#include "claimed_file.hpp"
#include "own_files.hpp"
#include "posix_file.hpp"
#include "seal.hpp"

#include "vfm/core/errors.hpp"

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

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

std::filesystem::path with_suffix(std::filesystem::path path) {
    path += ".tmp";
    return path;
}

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

FileAside::FileAside(std::filesystem::path target, IfTaken taken)
    : target_(std::move(target)),
      path_(with_suffix(target_)),
      file_(claim_file(path_, {.signature = hdf5_signature,
                               .what = "unfinished results file",
                               .left_over = Overwrite::yes,
                               .taken = taken})) {}

FileAside::~FileAside() {
    // Where a file system has no locks, the name may be another's by now.
    if (file_.is_open() && is_at(file_, path_)) ::unlink(path_.c_str());
}

void FileAside::build(Overwrite overwrite, const std::function<void(const hdf5::Sink&)>& write) {
    check_output(target_, overwrite);
    const hdf5::Sink sink(file_.number());
    try {
        write(sink);
    } catch (const hdf5::Error& error) {
        // A consequence of the first failed write, when there was one.
        if (sink.error() != 0) cannot("write to", path_, sink.error());
        throw EnvironmentError("cannot write to '" + path_.string() + "': " + error.what());
    }
    if (sink.error() != 0) cannot("write to", path_, sink.error());
    add_seal(file_, path_);
    sync_file(file_, path_);
    give_name(overwrite);
    sync_folder_of(target_);
}

void FileAside::give_name(Overwrite overwrite) {
    if (!is_at(file_, path_)) {
        throw EnvironmentError("cannot create '" + target_.string() + "': another program has replaced '" +
                               path_.string() + "'");
    }
    const char* from = path_.c_str();
    const char* to = target_.c_str();
    if (overwrite == Overwrite::yes) {
        if (::rename(from, to) != 0) cannot("create", target_, errno);
        return;
    }
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return;
    // File systems that do not know the flag (NFS, some FUSE): a hard link does not replace either.
    const bool unknown = errno == EINVAL || errno == ENOSYS;
    if (unknown && ::link(from, to) == 0) return;
    if (errno == EEXIST) throw UserError(exists_already(target_));
    cannot("create", target_, errno);
}

}  // namespace vfm::results
