// Where HDF5 writes a new file to: an open descriptor, behind a driver that keeps write errors to itself.
//
// HDF5 1.10 does not survive a full disk: closing the file fails, and so does, with a crash, the end of the
// process. So this driver remembers the first error, drops what comes after it, and tells HDF5 that all is
// well; we ask at the end.
#pragma once

#include "hdf5_handles.hpp"

#include <memory>

namespace vfm::results::hdf5 {

class Sink {
  public:
    /// Writes go to this empty file, open for reading and writing; it stays open.
    explicit Sink(int descriptor);
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    Sink(Sink&&) = delete;
    Sink& operator=(Sink&&) = delete;
    ~Sink();

    /// A new HDF5 file in which nothing depends on the clock. It must be closed before the sink's end.
    [[nodiscard]] Handle create_file() const;

    /// The error number of the first write that failed, or 0; final once the file is closed.
    [[nodiscard]] int error() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
    Handle driver_;
};

}  // namespace vfm::results::hdf5
