// Writing one HDF5 file that follows the netCDF-4 data model: attributes, dimension scales, arrays on scales.
#pragma once

#include "hdf5_handles.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace vfm::results::hdf5 {

using Texts = std::vector<std::string>;

void set_attribute(const Handle& object, const char* name, const std::string& text);
void set_attribute(const Handle& object, const char* name, const Texts& texts);
void set_attribute(const Handle& object, const char* name, std::int64_t number);
void set_attribute(const Handle& object, const char* name, std::uint64_t number);
void set_attribute(const Handle& object, const char* name, double number);

/// The single text of a dataset without dimensions.
void write_text(const Handle& folder, const char* name, const std::string& text);

/// One group of the file with its own dimensions (a sibling group's would make the whole file unreadable in
/// netcdf4), and the arrays on them.
class Group {
  public:
    Group(const Handle& folder, const std::string& name);

    /// A dimension with a name or number for every place on it.
    void add_dimension(const char* name, const Texts& labels);
    void add_dimension(const char* name, std::span<const double> labels);
    /// A dimension labelled 0, 1, ...
    void add_counted_dimension(const char* name, std::uint64_t size);
    /// A dimension without labels.
    void add_pure_dimension(const char* name, std::uint64_t size);

    /// Arrays over dimensions added before, last one fastest. The array stays open until the group is closed.
    const Handle& add(const char* name, const Texts& dimensions, const Texts& values);
    const Handle& add(const char* name, const Texts& dimensions, std::span<const double> values);
    const Handle& add(const char* name, const Texts& dimensions, std::span<const std::int64_t> values);
    const Handle& add(const char* name, const Texts& dimensions, std::span<const std::int8_t> values);

    /// An array of doubles to be filled in order with `write_rows`.
    const Handle& add_rows(const char* name, const Texts& dimensions);

    /// An array of doubles to be filled chunk by chunk with `write_chunk`.
    const Handle& add_chunked(const char* name, const Texts& dimensions, const std::vector<hsize_t>& chunk);

    [[nodiscard]] const Handle& handle() const { return group_; }
    /// An array or dimension added before.
    [[nodiscard]] const Handle& operator[](const std::string& name) const { return datasets_.at(name); }

  private:
    const Handle& create(const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
                         const Handle& how);
    const Handle& add_on_scales(const char* name, const Texts& dimensions, hid_t type, const Handle& how);
    void make_scale(const std::string& name, const std::string& scale_name, std::uint64_t size);

    Handle group_;
    std::map<std::string, hsize_t> sizes_;  ///< of the dimensions
    std::map<std::string, Handle> datasets_;
};

/// Writes whole rows of an array of two dimensions, from `first_row` on.
void write_rows(const Handle& dataset, hsize_t first_row, hsize_t columns, std::span<const double> values);

/// Writes one whole chunk, padded with zeros to the chunk's full shape, whose first element is at `offset`.
void write_chunk(const Handle& dataset, const std::vector<hsize_t>& offset, std::span<const double> values);

}  // namespace vfm::results::hdf5
