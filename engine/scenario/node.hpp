// A YAML document as an immutable tree of our own: every node knows its place in a file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vfm::scenario {

/// Where something was written. Line and column (in characters) count from 1; line 0 is a text without lines.
struct Place {
    std::shared_ptr<const std::string> file;
    int line = 0;
    int column = 0;
};

struct Node;
/// Trees share what they have in common: an arm's tree differs from the base only where the arm does.
using NodePtr = std::shared_ptr<const Node>;

struct Entry {
    std::string key;
    Place place;
    NodePtr value;
};

/// A map or list that is the value of a key stands at that key.
struct Node {
    enum class Kind : std::uint8_t { null, scalar, list, map };
    Kind kind = Kind::null;
    bool quoted = false;  ///< a scalar in quotes or a block: text, never a number
    Place place;
    std::string text;
    std::vector<NodePtr> items;
    std::vector<Entry> entries;

    [[nodiscard]] const Entry* entry(std::string_view key) const {
        for (const Entry& candidate : entries) {
            if (candidate.key == key) return &candidate;
        }
        return nullptr;
    }
    /// The value of a key, or null when this is no map, has no such key, or the value is null.
    [[nodiscard]] const Node* find(std::string_view key) const {
        const Entry* found = entry(key);
        return found == nullptr || found->value->kind == Kind::null ? nullptr : found->value.get();
    }
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    /// "a map", "a list", "nothing" or the text in quotes, cut short
    [[nodiscard]] std::string what_it_is() const;
};

[[nodiscard]] NodePtr scalar_node(std::string text, const Place& place);
[[nodiscard]] NodePtr map_node(std::vector<Entry> entries, const Place& place);
/// The map with the value of one key replaced, or added at the end, or (value null) taken out.
[[nodiscard]] NodePtr with_entry(const Node& map, const std::string& key, const Place& place,
                                 const NodePtr& value);
/// Text in quotes for a message, cut short when it is long.
[[nodiscard]] std::string quoted_text(std::string_view text);

}  // namespace vfm::scenario
