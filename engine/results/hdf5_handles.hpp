// HDF5 objects that close themselves, and HDF5's errors as exceptions: what every file here that talks to
// HDF5 uses.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <hdf5.h>

namespace vfm::results::hdf5 {

/// HDF5 could not. Never leaves this room: writers turn it into an EnvironmentError, readers into a
/// FileFormatError.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Stops HDF5 from printing its error stack on standard error, and from loading filters from folders that a
/// file's author could not have reckoned with. Called before any other use, as often as one likes.
void be_quiet();

/// Throws Error, with the innermost reason on HDF5's error stack.
[[noreturn]] void fail(const char* what);

/// The result of an HDF5 call, when it is not negative; throws Error otherwise.
template <class Result>
Result check(Result result, const char* what) {
    if (result < 0) fail(what);
    return result;
}

/// One HDF5 identifier, closed at the end of its life by its kind's function.
class Handle {
  public:
    using Close = herr_t (*)(hid_t);

    Handle() = default;
    /// Takes over `id`; throws Error when it is negative.
    Handle(hid_t id, Close closer, const char* what) : id_(check(id, what)), close_(closer) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }

    [[nodiscard]] hid_t id() const { return id_; }

    /// Closes now and throws Error when that fails: for a file, whose last bytes are written at its close.
    void close(const char* what) { check(close_(std::exchange(id_, -1)), what); }

  private:
    hid_t id_ = -1;
    Close close_ = nullptr;
};

/// The type of every text in the file: variable-length UTF-8 (fixed-length ones crash xarray's netcdf4
/// engine).
[[nodiscard]] Handle text_type();

/// How values are carried between memory and file: through a small buffer. HDF5 converts texts in one, for
/// which it would clear a mebibyte twice in every call.
[[nodiscard]] Handle transfer();

}  // namespace vfm::results::hdf5
