// The names and headers of a results file, read back and checked against the shapes of its tables.
#pragma once

#include "hdf5_reader.hpp"

#include "vfm/results/layout.hpp"
#include "vfm/results/results_file.hpp"

namespace vfm::results {

/// Throws FileFormatError (which does not know the file's name) when this is no results file or a newer one.
void expect_our_format(const hdf5::Handle& file);

/// The header but for the parameter draws. Throws FileFormatError or hdf5::Error when something is missing,
/// of the wrong type, or of a shape that does not fit the names.
[[nodiscard]] RunHeader read_header(const hdf5::Handle& file);

[[nodiscard]] Provenance read_provenance(const hdf5::Handle& file);

/// An array of a group, which must have this type and shape.
[[nodiscard]] hdf5::Array array_of(const hdf5::Handle& group, const char* name, hdf5::Type type,
                                   const hdf5::Shape& shape);

}  // namespace vfm::results
