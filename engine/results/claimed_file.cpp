#include "claimed_file.hpp"

#include "own_files.hpp"
#include "posix_file.hpp"

#include "vfm/core/errors.hpp"

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfm::results {

namespace {

enum class Lock : std::uint8_t { ours, taken, not_supported };

/// A lock of the open file, which goes with its last descriptor. Not flock: HDF5 takes that on what it opens,
/// and must be able to open a file that has just been given its name.
Lock lock(const Descriptor& file, IfTaken taken, const std::filesystem::path& path) {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    const int command = taken == IfTaken::wait ? F_OFD_SETLKW : F_OFD_SETLK;
    while (::fcntl(file.number(), command, &whole) != 0) {
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EACCES) return Lock::taken;
        if (errno == ENOLCK || errno == EOPNOTSUPP || errno == EINVAL) return Lock::not_supported;
        cannot("lock", path, errno);
    }
    return Lock::ours;
}

[[noreturn]] void refuse_taken(const std::filesystem::path& path) {
    throw UserError("another vfmsim is writing '" + path.string() +
                    "'; wait until it has ended, or name another output");
}

[[noreturn]] void refuse_others(const std::filesystem::path& path, const Claim& claim) {
    throw UserError("'" + path.string() + "' is in the way and no " + std::string(claim.what) +
                    "; move it elsewhere");
}

/// A file that is there, or nothing when it has just gone.
Descriptor open_left_over(const std::filesystem::path& path, const Claim& claim) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open()) {
        if (errno == ELOOP || errno == EISDIR) refuse_others(path, claim);
        if (errno != ENOENT) cannot("open", path, errno);
        return file;
    }
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) cannot("read", path, errno);
    if (!S_ISREG(status.st_mode)) refuse_others(path, claim);
    return file;
}

/// Takes away what an interrupted program has left. It must be ours, or lie where there are no locks.
void remove_left_over(const std::filesystem::path& path, const Claim& claim) {
    if (!can_be_ours(path, claim.signature)) refuse_others(path, claim);
    if (claim.left_over == Overwrite::no) {
        throw UserError("'" + path.string() +
                        "' exists already: an interrupted run's; with --force it is replaced");
    }
    ::unlink(path.c_str());
}

}  // namespace

bool is_at(const Descriptor& file, const std::filesystem::path& path) {
    struct stat open {};
    struct stat named {};
    return ::fstat(file.number(), &open) == 0 && ::lstat(path.c_str(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

Descriptor claim_file(const std::filesystem::path& path, const Claim& claim) {
    for (;;) {
        Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        const bool created = file.is_open();
        if (!created) {
            if (errno != EEXIST) cannot("create", path, errno);
            file = open_left_over(path, claim);
            if (!file.is_open()) continue;
        }
        const Lock locked = lock(file, claim.taken, path);
        if (locked == Lock::taken) refuse_taken(path);
        if (!is_at(file, path)) continue;  // whoever had it has renamed or removed it
        // An empty one is somebody's who was a moment slower to lock it than we were: it is ours now, and he
        // is refused. Where there are no locks, only who has created it can know that it is his.
        if (created || (locked == Lock::ours && file_size(file, path) == 0)) return file;
        remove_left_over(path, claim);
    }
}

void claim_existing(const Descriptor& file, const std::filesystem::path& path) {
    if (lock(file, IfTaken::refuse, path) == Lock::taken) refuse_taken(path);
}

}  // namespace vfm::results
