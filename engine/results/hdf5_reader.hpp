// Reading an HDF5 file that nobody need trust: links, types, shapes and sizes are checked before anything is
// allocated.
#pragma once

#include "hdf5_handles.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace vfm::results::hdf5 {

using Texts = std::vector<std::string>;
using Shape = std::vector<hsize_t>;

/// Opens the file to be read. Throws Error.
[[nodiscard]] Handle open_file(const std::filesystem::path& path);

/// Whether there is something of this name, in this file itself: links that lead elsewhere do not count.
[[nodiscard]] bool has(const Handle& folder, const std::string& name);

/// The names in a group, in their alphabetical order.
[[nodiscard]] Texts names_in(const Handle& folder);

/// What a name stands for.
enum class Kind { group, array, other };
[[nodiscard]] Kind kind_of(const Handle& folder, const std::string& name);

/// All of these throw Error when the name is absent or is not what is asked for.
[[nodiscard]] Handle open_group(const Handle& folder, const std::string& name);
[[nodiscard]] std::string text_attribute(const Handle& object, const char* name);
[[nodiscard]] Texts texts_attribute(const Handle& object, const char* name);
[[nodiscard]] std::int64_t integer_attribute(const Handle& object, const char* name);
[[nodiscard]] std::uint64_t natural_attribute(const Handle& object, const char* name);
[[nodiscard]] double real_attribute(const Handle& object, const char* name);

/// The types this room writes; a file with others is not of its format.
enum class Type { text, real, integer, flag, placeholder };

/// One dataset, its data in this file itself, of a known type and shape.
class Array {
  public:
    Array(const Handle& folder, const std::string& name);

    /// Its whole path in the file.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] Type type() const { return type_; }
    [[nodiscard]] const Shape& shape() const { return shape_; }
    [[nodiscard]] const Handle& handle() const { return dataset_; }
    /// The array itself; throws Error unless it has this type and number of dimensions.
    const Array& expect(Type type, std::size_t dimensions) const;

    [[nodiscard]] Texts texts() const;
    [[nodiscard]] std::vector<double> reals() const;
    [[nodiscard]] std::vector<std::int64_t> integers() const;
    /// The box of `count` elements along each dimension from `first` on.
    [[nodiscard]] std::vector<double> reals(const Shape& first, const Shape& count) const;
    [[nodiscard]] std::vector<std::int64_t> integers(const Shape& first, const Shape& count) const;

  private:
    [[nodiscard]] hsize_t bounded_size(const Shape& count) const;
    void read_box(hid_t memory_type, const Shape& first, const Shape& count, void* values) const;

    std::string name_;  ///< its whole path, for messages
    Handle dataset_;
    Type type_ = Type::real;
    Shape shape_;
};

/// Names of an object's attributes, in alphabetical order.
[[nodiscard]] Texts attribute_names(const Handle& object);

/// The one-dimensional arrays of a group.
[[nodiscard]] Texts texts_in(const Handle& folder, const char* name);
[[nodiscard]] std::vector<double> reals_in(const Handle& folder, const char* name);
[[nodiscard]] std::vector<std::int64_t> integers_in(const Handle& folder, const char* name);

}  // namespace vfm::results::hdf5
