#include "node.hpp"

#include <algorithm>

namespace vfm::scenario {

std::string quoted_text(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return "'" + std::string(text) + "'";
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;  // whole characters only
    return "'" + std::string(text.substr(0, end)) + "...'";
}

std::string Node::what_it_is() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::list:
            return "a list";
        case Kind::map:
            return "a map";
        case Kind::scalar:
            break;
    }
    return quoted_text(text);
}

NodePtr scalar_node(std::string text, const Place& place) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.place = place;
    node.text = std::move(text);
    return std::make_shared<const Node>(std::move(node));
}

NodePtr map_node(std::vector<Entry> entries, const Place& place) {
    Node node;
    node.kind = Node::Kind::map;
    node.place = place;
    node.entries = std::move(entries);
    return std::make_shared<const Node>(std::move(node));
}

NodePtr with_entry(const Node& map, const std::string& key, const Place& place, const NodePtr& value) {
    std::vector<Entry> entries = map.entries;
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
    if (found == entries.end()) {
        if (value != nullptr) entries.push_back({key, place, value});
    } else if (value == nullptr) {
        entries.erase(found);
    } else {
        found->value = value;
    }
    return map_node(std::move(entries), map.place);
}

}  // namespace vfm::scenario
