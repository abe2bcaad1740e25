#include "hdf5_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace vfm::results::hdf5 {

namespace {

constexpr hsize_t most_texts = 1U << 20U;
constexpr std::size_t longest_text = 1U << 26U;      ///< 64 MiB
constexpr hsize_t most_entries = hsize_t{1} << 28U;  ///< 2 GiB at once
constexpr hsize_t most_expansion = 1040;  ///< deflate's best, for a file another tool has compressed
constexpr std::size_t chunk_cache_bytes = 20U << 20U;  ///< one chunk of the largest we write

/// Texts as HDF5 hands them out, given back at the end.
class BorrowedTexts {
  public:
    BorrowedTexts(const Handle& type, const Handle& space, std::size_t size)
        : type_(type), space_(space), texts_(size) {}
    BorrowedTexts(const BorrowedTexts&) = delete;
    BorrowedTexts& operator=(const BorrowedTexts&) = delete;
    BorrowedTexts(BorrowedTexts&&) = delete;
    BorrowedTexts& operator=(BorrowedTexts&&) = delete;
    ~BorrowedTexts() {
        H5Dvlen_reclaim(type_.id(), space_.id(), H5P_DEFAULT, static_cast<void*>(texts_.data()));
    }

    [[nodiscard]] void* data() { return static_cast<void*>(texts_.data()); }

    [[nodiscard]] Texts copy() const {
        Texts copies;
        copies.reserve(texts_.size());
        for (const char* text : texts_) {
            const std::size_t length = text == nullptr ? 0 : ::strnlen(text, longest_text + 1);
            if (length > longest_text) throw Error("a text of more than 64 MiB");
            copies.emplace_back(text == nullptr ? "" : text, length);
        }
        return copies;
    }

  private:
    const Handle& type_;
    const Handle& space_;
    std::vector<char*> texts_;
};

/// The whole path of what is called `name` in a group.
std::string path_in(const Handle& folder, const std::string& name) {
    std::array<char, 1024> path{};
    if (H5Iget_name(folder.id(), path.data(), path.size()) <= 1) return "/" + name;
    return std::string(path.data()) + "/" + name;
}

Shape shape_of(const Handle& space, const std::string& name) {
    if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) throw Error("`" + name + "` is empty");
    const int rank = check(H5Sget_simple_extent_ndims(space.id()), name.c_str());
    Shape shape(static_cast<std::size_t>(rank));
    if (rank > 0) check(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), name.c_str());
    return shape;
}

bool same(hid_t a, hid_t b) {
    return check(H5Tequal(a, b), "type") > 0;
}

bool is_text(hid_t type) {
    return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0;
}

Type known_type(const Handle& type, const std::string& name) {
    if (is_text(type.id())) return Type::text;
    if (same(type.id(), H5T_IEEE_F64LE)) return Type::real;
    if (same(type.id(), H5T_STD_I64LE)) return Type::integer;
    if (same(type.id(), H5T_STD_I8LE)) return Type::flag;
    if (same(type.id(), H5T_IEEE_F32BE)) return Type::placeholder;
    throw Error("`" + name + "` has an unknown type");
}

/// Data in other files (external storage, virtual datasets) would let a file read whatever its reader may.
void expect_data_here(const Handle& dataset, const std::string& name) {
    const Handle how(H5Dget_create_plist(dataset.id()), H5Pclose, name.c_str());
    const H5D_layout_t layout = H5Pget_layout(how.id());
    if (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT) {
        throw Error("`" + name + "` is stored in an unknown way");
    }
    if (layout == H5D_CONTIGUOUS && check(H5Pget_external_count(how.id()), name.c_str()) > 0) {
        throw Error("`" + name + "` is stored in another file");
    }
}

/// An attribute of one dimension (`one`: of none), opened, with its type checked by `fits`.
struct Attribute {
    Attribute(const Handle& object, const char* name)
        : handle(opened(object, name)),
          type(H5Aget_type(handle.id()), H5Tclose, name),
          space(H5Aget_space(handle.id()), H5Sclose, name) {}

    static Handle opened(const Handle& object, const char* name) {
        if (check(H5Aexists(object.id(), name), name) == 0)
            throw Error(std::string("no attribute `") + name + "`");
        return {H5Aopen(object.id(), name, H5P_DEFAULT), H5Aclose, name};
    }

    Handle handle;
    Handle type;
    Handle space;
};

template <class Number>
Number number_attribute(const Handle& object, const char* name, hid_t file_type, hid_t memory_type) {
    const Attribute attribute(object, name);
    if (!same(attribute.type.id(), file_type) || !shape_of(attribute.space, name).empty()) {
        throw Error(std::string("attribute `") + name + "` has the wrong type");
    }
    Number number{};
    check(H5Aread(attribute.handle.id(), memory_type, &number), name);
    return number;
}

Texts read_texts_attribute(const Handle& object, const char* name, std::size_t dimensions) {
    const Attribute attribute(object, name);
    const Shape shape = shape_of(attribute.space, name);
    const hsize_t size = shape.empty() ? 1 : shape[0];
    if (!is_text(attribute.type.id()) || shape.size() != dimensions || size > most_texts) {
        throw Error(std::string("attribute `") + name + "` has the wrong type");
    }
    const Handle type = text_type();
    BorrowedTexts texts(type, attribute.space, size);
    check(H5Aread(attribute.handle.id(), attribute.type.id(), texts.data()), name);
    return texts.copy();
}

}  // namespace

Handle open_file(const std::filesystem::path& path) {
    be_quiet();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file properties");
    check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "file properties");
    check(H5Pset_cache(access.id(), 0, 521, chunk_cache_bytes, 0.75), "file properties");
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, "open"};
}

bool has(const Handle& folder, const std::string& name) {
    if (check(H5Lexists(folder.id(), name.c_str(), H5P_DEFAULT), name.c_str()) == 0) return false;
    H5L_info_t info{};
    check(H5Lget_info(folder.id(), name.c_str(), &info, H5P_DEFAULT), name.c_str());
    return info.type == H5L_TYPE_HARD;
}

Texts names_in(const Handle& folder) {
    const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* names) -> herr_t {
        auto& list = *static_cast<Texts*>(names);
        if (list.size() >= most_texts) return -1;
        list.emplace_back(name);
        return 0;
    };
    Texts names;
    check(H5Literate(folder.id(), H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, keep, &names), "names");
    std::sort(names.begin(), names.end());
    return names;
}

Kind kind_of(const Handle& folder, const std::string& name) {
    if (!has(folder, name)) return Kind::other;
    H5O_info_t info{};
    check(H5Oget_info_by_name2(folder.id(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT), name.c_str());
    if (info.type == H5O_TYPE_GROUP) return Kind::group;
    return info.type == H5O_TYPE_DATASET ? Kind::array : Kind::other;
}

Handle open_group(const Handle& folder, const std::string& name) {
    if (kind_of(folder, name) != Kind::group) throw Error("no group `" + path_in(folder, name) + "`");
    return {H5Gopen2(folder.id(), name.c_str(), H5P_DEFAULT), H5Gclose, name.c_str()};
}

std::string text_attribute(const Handle& object, const char* name) {
    return read_texts_attribute(object, name, 0).front();
}

Texts texts_attribute(const Handle& object, const char* name) {
    return read_texts_attribute(object, name, 1);
}

std::int64_t integer_attribute(const Handle& object, const char* name) {
    return number_attribute<std::int64_t>(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64);
}

std::uint64_t natural_attribute(const Handle& object, const char* name) {
    return number_attribute<std::uint64_t>(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64);
}

double real_attribute(const Handle& object, const char* name) {
    return number_attribute<double>(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE);
}

Texts attribute_names(const Handle& object) {
    const auto keep = [](hid_t, const char* name, const H5A_info_t*, void* names) -> herr_t {
        static_cast<Texts*>(names)->emplace_back(name);
        return 0;
    };
    Texts names;
    check(H5Aiterate2(object.id(), H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, keep, &names), "attributes");
    std::sort(names.begin(), names.end());
    return names;
}

Array::Array(const Handle& folder, const std::string& name) : name_(path_in(folder, name)) {
    if (kind_of(folder, name) != Kind::array) throw Error("no array `" + name_ + "`");
    dataset_ = Handle(H5Dopen2(folder.id(), name.c_str(), H5P_DEFAULT), H5Dclose, name_.c_str());
    expect_data_here(dataset_, name_);
    const Handle type(H5Dget_type(dataset_.id()), H5Tclose, name_.c_str());
    type_ = known_type(type, name_);
    const Handle space(H5Dget_space(dataset_.id()), H5Sclose, name_.c_str());
    shape_ = shape_of(space, name_);
}

const Array& Array::expect(Type type, std::size_t dimensions) const {
    if (type_ != type) throw Error("`" + name_ + "` has the wrong type");
    if (shape_.size() != dimensions) throw Error("`" + name_ + "` has the wrong number of dimensions");
    return *this;
}

hsize_t Array::bounded_size(const Shape& count) const {
    hsize_t size = 1;
    for (const hsize_t along : count) {
        if (along > most_entries || size * along > most_entries) throw Error("`" + name_ + "` is too large");
        size *= along;
    }
    // A few bytes can claim any shape; a file cannot hold more than its size unfolds to.
    hsize_t file_bytes = 0;
    const Handle file(H5Iget_file_id(dataset_.id()), H5Fclose, name_.c_str());
    check(H5Fget_filesize(file.id(), &file_bytes), name_.c_str());
    if (size * sizeof(double) / most_expansion > file_bytes)
        throw Error("`" + name_ + "` is larger than its file");
    return size;
}

Texts Array::texts() const {
    if (type_ != Type::text || shape_.size() > 1) throw Error("`" + name_ + "` has the wrong type");
    const hsize_t size = bounded_size(shape_);
    if (size > most_texts) throw Error("`" + name_ + "` is too large");
    const Handle type = text_type();
    const Handle space(H5Dget_space(dataset_.id()), H5Sclose, name_.c_str());
    BorrowedTexts texts(type, space, size);
    const Handle stored(H5Dget_type(dataset_.id()), H5Tclose, name_.c_str());
    check(H5Dread(dataset_.id(), stored.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), name_.c_str());
    return texts.copy();
}

std::vector<double> Array::reals() const {
    return reals(Shape(shape_.size(), 0), shape_);
}

std::vector<std::int64_t> Array::integers() const {
    return integers(Shape(shape_.size(), 0), shape_);
}

std::vector<double> Array::reals(const Shape& first, const Shape& count) const {
    if (type_ != Type::real) throw Error("`" + name_ + "` has the wrong type");
    std::vector<double> values(bounded_size(count));
    read_box(H5T_NATIVE_DOUBLE, first, count, values.data());
    return values;
}

std::vector<std::int64_t> Array::integers(const Shape& first, const Shape& count) const {
    if (type_ != Type::integer && type_ != Type::flag) throw Error("`" + name_ + "` has the wrong type");
    std::vector<std::int64_t> values(bounded_size(count));
    read_box(H5T_NATIVE_INT64, first, count, values.data());
    return values;
}

void Array::read_box(hid_t memory_type, const Shape& first, const Shape& count, void* values) const {
    if (std::find(count.begin(), count.end(), 0U) != count.end()) return;
    const Handle file_space(H5Dget_space(dataset_.id()), H5Sclose, name_.c_str());
    const Handle memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
                              H5Sclose, name_.c_str());
    check(H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, first.data(), nullptr, count.data(), nullptr),
          name_.c_str());
    check(H5Dread(dataset_.id(), memory_type, memory_space.id(), file_space.id(), H5P_DEFAULT, values),
          name_.c_str());
}

namespace {

Array line_of(const Handle& folder, const char* name, Type type) {
    Array array(folder, name);
    array.expect(type, 1);
    return array;
}

}  // namespace

Texts texts_in(const Handle& folder, const char* name) {
    return line_of(folder, name, Type::text).texts();
}

std::vector<double> reals_in(const Handle& folder, const char* name) {
    return line_of(folder, name, Type::real).reals();
}

std::vector<std::int64_t> integers_in(const Handle& folder, const char* name) {
    return line_of(folder, name, Type::flag).integers();
}

}  // namespace vfm::results::hdf5
