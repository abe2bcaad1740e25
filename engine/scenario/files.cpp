#include "files.hpp"

#include "inheritance.hpp"
#include "source_text.hpp"
#include "yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <system_error>
#include <vector>

namespace vfm::scenario {

namespace {

/// The bytes of a file, hardly more than are allowed; nothing when it cannot be read.
std::optional<std::string> bytes_of(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    std::string bytes;
    std::array<char, 65536> block{};
    while (stream && bytes.size() <= most_bytes) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) return std::nullopt;
    return bytes;
}

/// The root when it is a map, or null with a fault.
NodePtr map_of(const NodePtr& root, Faults& faults) {
    if (root == nullptr) return nullptr;
    if (root->is_map()) return root;
    faults.add(root->place, "a scenario is a map of keys, not " + root->what_it_is());
    return nullptr;
}

NodePtr without_extends(const NodePtr& root) {
    return with_entry(*root, "extends", root->place, nullptr);
}

struct Extended {
    std::filesystem::path path;
    Place place;
};

std::optional<Extended> extended_by(const Node& root, const std::filesystem::path& file, Faults& faults) {
    const Node* name = root.find("extends");
    if (name == nullptr) return std::nullopt;
    if (!name->is_scalar() || name->text.empty() || std::filesystem::path(name->text).is_absolute()) {
        faults.add(name->place,
                   "'extends' must be the path of a file, relative to this one, not " + name->what_it_is());
        return std::nullopt;
    }
    return Extended{(file.parent_path() / name->text).lexically_normal(), name->place};
}

}  // namespace

NodePtr read_files(const std::filesystem::path& path, Faults& faults) {
    std::vector<NodePtr> roots;
    std::vector<std::filesystem::path> seen;
    std::optional<Extended> next = Extended{path, {}};
    while (next) {
        std::error_code error;
        const std::filesystem::path file = std::filesystem::weakly_canonical(next->path, error);
        if (std::find(seen.begin(), seen.end(), file) != seen.end()) {
            faults.add(next->place, "the files extend each other in a circle");
            return nullptr;
        }
        if (seen.size() >= longest_chain) {
            faults.add(next->place, "a chain of more than " + std::to_string(longest_chain) + " files");
            return nullptr;
        }
        seen.push_back(file);
        const auto bytes = bytes_of(next->path);
        if (!bytes && roots.empty()) throw UserError("cannot read the scenario file '" + path.string() + "'");
        if (!bytes) {
            faults.add(next->place, "cannot read the file " + quoted_text(next->path.string()));
            return nullptr;
        }
        const NodePtr root = map_of(read_yaml(*bytes, next->path.string(), faults), faults);
        if (root == nullptr) return nullptr;
        roots.push_back(without_extends(root));
        next = extended_by(*root, next->path, faults);
    }
    NodePtr whole = roots.back();
    for (std::size_t i = roots.size() - 1; i-- > 0;) whole = merged(whole, roots[i]);
    return whole;
}

NodePtr read_whole_text(std::string text, const std::string& name, Faults& faults) {
    NodePtr root = map_of(read_yaml(std::move(text), name, faults), faults);
    if (root != nullptr && root->entry("extends") != nullptr) {
        faults.add(root->entry("extends")->place,
                   "this text is no file beside others, it can extend nothing");
    }
    return root;
}

}  // namespace vfm::scenario
