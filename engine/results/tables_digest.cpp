#include "hdf5_reader.hpp"
#include "posix_file.hpp"
#include "seal.hpp"
#include "sha256.hpp"
#include "stored_layout.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/digest.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

namespace vfm::results {

namespace {

using hdf5::Shape;
using hdf5::Texts;
using hdf5::Type;

constexpr int deepest = 8;
constexpr hsize_t most_at_once = 1U << 21U;  ///< entries of 8 bytes

bool is_one_of(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// What names versions of programs and formats, or the scenario's text.
bool is_version(std::string_view root_attribute) {
    return is_one_of(
        {"format", "format_version", "engine_version", "source_revision", "results_epoch", "scenario_sha256"},
        root_attribute);
}

/// How HDF5 and netCDF link arrays to their dimensions: addresses, not content.
bool is_bookkeeping(std::string_view attribute) {
    return is_one_of({"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid",
                      "_Netcdf4Coordinates", "_NCProperties"},
                     attribute);
}

template <class Number>
void add_numbers(Sha256& digest, const std::vector<Number>& values) {
    digest.add({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number)});
}

std::string attribute_text(const hdf5::Handle& object, const char* name) {
    // Of each kind we write: a text, a list of texts, a number.
    const hdf5::Handle attribute(H5Aopen(object.id(), name, H5P_DEFAULT), H5Aclose, name);
    const hdf5::Handle type(H5Aget_type(attribute.id()), H5Tclose, name);
    const hdf5::Handle space(H5Aget_space(attribute.id()), H5Sclose, name);
    switch (H5Tget_class(type.id())) {
        case H5T_FLOAT:
            return fmt::format("{:x}", std::bit_cast<std::uint64_t>(hdf5::real_attribute(object, name)));
        case H5T_INTEGER:
            return H5Tget_sign(type.id()) == H5T_SGN_NONE
                       ? fmt::to_string(hdf5::natural_attribute(object, name))
                       : fmt::to_string(hdf5::integer_attribute(object, name));
        default:
            break;
    }
    if (H5Sget_simple_extent_ndims(space.id()) == 0) return hdf5::text_attribute(object, name);
    std::string all;
    for (const std::string& text : hdf5::texts_attribute(object, name))
        all += fmt::format("{}:{}", text.size(), text);
    return all;
}

void add_attributes(Sha256& digest, const hdf5::Handle& object, bool (*is_left_out)(std::string_view)) {
    for (const std::string& name : hdf5::attribute_names(object)) {
        if (is_left_out(name)) continue;
        digest.add_framed(name);
        digest.add_framed(attribute_text(object, name.c_str()));
    }
}

/// Doubles in the order of the tables' chunks, which can be read in bounded memory: column (last dimension)
/// by column, each in runs along the second dimension. The order follows from the shape alone.
void add_reals(Sha256& digest, const hdf5::Array& array) {
    const Shape& shape = array.shape();
    hsize_t size = 1;
    for (const hsize_t along : shape) size *= along;
    if (size <= most_at_once || shape.size() < 3) {
        add_numbers(digest, array.reals());
        return;
    }
    const hsize_t per_step = size / shape.back() / shape[1];
    const hsize_t run = std::max<hsize_t>(1, most_at_once / std::max<hsize_t>(1, per_step));
    for (hsize_t column = 0; column < shape.back(); ++column) {
        for (hsize_t step = 0; step < shape[1]; step += run) {
            Shape first(shape.size(), 0);
            Shape count = shape;
            first[1] = step;
            count[1] = std::min(run, shape[1] - step);
            first.back() = column;
            count.back() = 1;
            add_numbers(digest, array.reals(first, count));
        }
    }
}

void add_array(Sha256& digest, const hdf5::Array& array) {
    digest.add_framed(
        fmt::format("type {} of {} dimensions", static_cast<int>(array.type()), array.shape().size()));
    add_numbers(digest, array.shape());
    switch (array.type()) {
        case Type::text:
            for (const std::string& text : array.texts()) digest.add_framed(text);
            break;
        case Type::real:
            add_reals(digest, array);
            break;
        case Type::integer:
        case Type::flag:
            add_numbers(digest, array.integers());
            break;
        case Type::placeholder:
            break;
    }
    add_attributes(digest, array.handle(), is_bookkeeping);
}

void add_group(Sha256& digest, const hdf5::Handle& group, const std::string& path) {
    if (std::count(path.begin(), path.end(), '/') > deepest)
        throw FileFormatError("its groups are nested too deeply");
    for (const std::string& name : hdf5::names_in(group)) {
        const std::string full = fmt::format("{}/{}", path, name);
        if (full == "/provenance" || full == "/scenario") continue;
        digest.add_framed(full);
        if (hdf5::kind_of(group, name) == hdf5::Kind::group) {
            const hdf5::Handle inner = hdf5::open_group(group, name);
            add_attributes(digest, inner, is_bookkeeping);
            add_group(digest, inner, full);
        } else {
            add_array(digest, hdf5::Array(group, name));
        }
    }
}

}  // namespace

std::string simulated_tables_sha256(const std::filesystem::path& path) {
    check_seal(path);
    try {
        const hdf5::Handle file = hdf5::open_file(path);
        expect_our_format(file);
        Sha256 digest;
        add_attributes(digest, file, is_version);
        add_group(digest, file, "");
        return digest.hex();
    } catch (const hdf5::Error& error) {
        throw FileFormatError(
            fmt::format("'{}' cannot be read as a results file: {}", path.string(), error.what()));
    } catch (const FileFormatError& error) {
        throw FileFormatError(
            fmt::format("'{}' cannot be read as a results file: {}", path.string(), error.what()));
    }
}

}  // namespace vfm::results
