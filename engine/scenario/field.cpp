#include "field.hpp"

namespace vfm::scenario {

const Node* value_of(FieldReader& reader, const Node& map, const SectionAbout& about,
                     const FieldAbout& field) {
    const Entry* entry = map.entry(field.name);
    if (entry != nullptr && entry->value->kind == Node::Kind::null) {
        reader.faults().add(entry->place, "'" + entry->key + "' has no value",
                            "write one, or leave the key out");
        return nullptr;
    }
    if (entry != nullptr) return entry->value.get();
    if (field.presence == Presence::required) reader.missing(map, about.name, field.name, field.doc);
    if (!field.default_sibling.empty()) return map.find(field.default_sibling);
    return field.default_node.get();
}

std::vector<const Entry*> ordered_entries(FieldReader& reader, const Node& map, const FieldAbout& about) {
    reader.check_count(map, about, map.entries.size());
    std::vector<const Entry*> entries;
    for (const Entry& entry : map.entries) {
        if (entry.value->kind == Node::Kind::null) {
            reader.faults().add(entry.place, "'" + entry.key + "' has no value",
                                "write one, or leave the key out");
            continue;
        }
        if (!is_name(entry.key)) {
            reader.faults().add(entry.place, quoted_text(entry.key) + " cannot be a name",
                                "use up to 64 letters, digits and underscores, a letter first");
        }
        entries.push_back(&entry);
    }
    if (!about.shape.order_matters) {
        std::sort(entries.begin(), entries.end(),
                  [](const Entry* a, const Entry* b) { return a->key < b->key; });
    }
    return entries;
}

}  // namespace vfm::scenario
