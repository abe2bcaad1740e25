#include "hdf5_writer.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace vfm::results::hdf5 {

namespace {

std::vector<const char*> pointers_to(const Texts& texts) {
    std::vector<const char*> pointers;
    pointers.reserve(texts.size());
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    return pointers;
}

Handle scalar_space() {
    return {H5Screate(H5S_SCALAR), H5Sclose, "space"};
}

void write_attribute(const Handle& object, const char* name, const Handle& space, hid_t type,
                     const void* value) {
    const Handle attribute(H5Acreate2(object.id(), name, type, space.id(), H5P_DEFAULT, H5P_DEFAULT),
                           H5Aclose, name);
    check(H5Awrite(attribute.id(), type, value), name);
}

/// Properties of objects that keep no times: two builds of the same run are the same bytes.
Handle timeless(hid_t object_class) {
    Handle how(H5Pcreate(object_class), H5Pclose, "properties");
    check(H5Pset_obj_track_times(how.id(), 0), "properties");
    return how;
}

Handle timeless() {
    return timeless(H5P_DATASET_CREATE);
}

void write_values(const Handle& dataset, hid_t type, const void* values) {
    check(H5Dwrite(dataset.id(), type, H5S_ALL, H5S_ALL, transfer().id(), values), "write");
}

/// Writes `size` entries of a contiguous array, from `first` on.
void write_block(const Handle& dataset, hid_t type, const std::vector<hsize_t>& first,
                 const std::vector<hsize_t>& size, const void* values) {
    const Handle target(H5Dget_space(dataset.id()), H5Sclose, "space");
    check(H5Sselect_hyperslab(target.id(), H5S_SELECT_SET, first.data(), nullptr, size.data(), nullptr),
          "space");
    const Handle source(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), H5Sclose,
                        "space");
    check(H5Dwrite(dataset.id(), type, source.id(), target.id(), H5P_DEFAULT, values), "write");
}

constexpr hsize_t labels_at_once = 1U << 14U;

}  // namespace

void set_attribute(const Handle& object, const char* name, const std::string& text) {
    const char* pointer = text.c_str();
    write_attribute(object, name, scalar_space(), text_type().id(), &pointer);
}

void set_attribute(const Handle& object, const char* name, const Texts& texts) {
    const hsize_t size = texts.size();
    const Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, name);
    write_attribute(object, name, space, text_type().id(), pointers_to(texts).data());
}

void set_attribute(const Handle& object, const char* name, std::int64_t number) {
    write_attribute(object, name, scalar_space(), H5T_STD_I64LE, &number);
}

void set_attribute(const Handle& object, const char* name, std::uint64_t number) {
    write_attribute(object, name, scalar_space(), H5T_STD_U64LE, &number);
}

void set_attribute(const Handle& object, const char* name, double number) {
    write_attribute(object, name, scalar_space(), H5T_IEEE_F64LE, &number);
}

void write_text(const Handle& folder, const char* name, const std::string& text) {
    const Handle dataset(H5Dcreate2(folder.id(), name, text_type().id(), scalar_space().id(), H5P_DEFAULT,
                                    timeless().id(), H5P_DEFAULT),
                         H5Dclose, name);
    const char* pointer = text.c_str();
    write_values(dataset, text_type().id(), &pointer);
}

Group::Group(const Handle& folder, const std::string& name)
    : group_(H5Gcreate2(folder.id(), name.c_str(), H5P_DEFAULT, timeless(H5P_GROUP_CREATE).id(), H5P_DEFAULT),
             H5Gclose, name.c_str()) {}

const Handle& Group::create(const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
                            const Handle& how) {
    const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
                       name.c_str());
    Handle dataset(
        H5Dcreate2(group_.id(), name.c_str(), type, space.id(), H5P_DEFAULT, how.id(), H5P_DEFAULT), H5Dclose,
        name.c_str());
    return datasets_.insert_or_assign(name, std::move(dataset)).first->second;
}

void Group::make_scale(const std::string& name, const std::string& scale_name, std::uint64_t size) {
    check(H5DSset_scale(datasets_.at(name).id(), scale_name.c_str()), name.c_str());
    sizes_[name] = size;
}

void Group::add_dimension(const char* name, const Texts& labels) {
    write_values(create(name, text_type().id(), {labels.size()}, timeless()), text_type().id(),
                 pointers_to(labels).data());
    make_scale(name, name, labels.size());
}

void Group::add_dimension(const char* name, std::span<const double> labels) {
    write_values(create(name, H5T_IEEE_F64LE, {labels.size()}, timeless()), H5T_IEEE_F64LE, labels.data());
    make_scale(name, name, labels.size());
}

void Group::add_counted_dimension(const char* name, std::uint64_t size) {
    const Handle& dataset = create(name, H5T_STD_I64LE, {size}, timeless());
    std::vector<std::int64_t> labels;
    for (hsize_t first = 0; first < size; first += labels_at_once) {
        labels.resize(std::min(labels_at_once, size - first));
        std::iota(labels.begin(), labels.end(), static_cast<std::int64_t>(first));
        write_block(dataset, H5T_STD_I64LE, {first}, {labels.size()}, labels.data());
    }
    make_scale(name, name, size);
}

void Group::add_pure_dimension(const char* name, std::uint64_t size) {
    create(name, H5T_IEEE_F32BE, {size}, timeless());
    // The words netCDF-4 knows a dimension without a variable by.
    make_scale(name, fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", size), size);
}

const Handle& Group::add_on_scales(const char* name, const Texts& dimensions, hid_t type, const Handle& how) {
    std::vector<hsize_t> shape;
    shape.reserve(dimensions.size());
    for (const std::string& dimension : dimensions) shape.push_back(sizes_.at(dimension));
    const Handle& dataset = create(name, type, shape, how);
    for (unsigned i = 0; i < dimensions.size(); ++i) {
        check(H5DSattach_scale(dataset.id(), datasets_.at(dimensions[i]).id(), i), name);
    }
    return dataset;
}

const Handle& Group::add(const char* name, const Texts& dimensions, const Texts& values) {
    const Handle& dataset = add_on_scales(name, dimensions, text_type().id(), timeless());
    write_values(dataset, text_type().id(), pointers_to(values).data());
    return dataset;
}

const Handle& Group::add(const char* name, const Texts& dimensions, std::span<const double> values) {
    const Handle& dataset = add_on_scales(name, dimensions, H5T_IEEE_F64LE, timeless());
    write_values(dataset, H5T_IEEE_F64LE, values.data());
    return dataset;
}

const Handle& Group::add(const char* name, const Texts& dimensions, std::span<const std::int64_t> values) {
    const Handle& dataset = add_on_scales(name, dimensions, H5T_STD_I64LE, timeless());
    write_values(dataset, H5T_STD_I64LE, values.data());
    return dataset;
}

const Handle& Group::add(const char* name, const Texts& dimensions, std::span<const std::int8_t> values) {
    const Handle& dataset = add_on_scales(name, dimensions, H5T_STD_I8LE, timeless());
    write_values(dataset, H5T_STD_I8LE, values.data());
    return dataset;
}

const Handle& Group::add_rows(const char* name, const Texts& dimensions) {
    return add_on_scales(name, dimensions, H5T_IEEE_F64LE, timeless());
}

const Handle& Group::add_chunked(const char* name, const Texts& dimensions,
                                 const std::vector<hsize_t>& chunk) {
    const Handle how = timeless();
    check(H5Pset_chunk(how.id(), static_cast<int>(chunk.size()), chunk.data()), name);
    check(H5Pset_fill_time(how.id(), H5D_FILL_TIME_NEVER), name);  // every chunk is written whole
    return add_on_scales(name, dimensions, H5T_IEEE_F64LE, how);
}

void write_rows(const Handle& dataset, hsize_t first_row, hsize_t columns, std::span<const double> values) {
    write_block(dataset, H5T_IEEE_F64LE, {first_row, 0}, {values.size() / columns, columns}, values.data());
}

void write_chunk(const Handle& dataset, const std::vector<hsize_t>& offset, std::span<const double> values) {
    check(H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, 0, offset.data(), values.size_bytes(), values.data()),
          "write");
}

}  // namespace vfm::results::hdf5
