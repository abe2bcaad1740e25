#include "parameter_groups.hpp"

#include "field_reader.hpp"

#include <algorithm>

namespace vfm::scenario {

namespace {

/// The parameters that a name stands for: itself, or all shares of a whole; none when it is unknown.
std::vector<std::string> named_by(const std::string& name, const ParameterTable& all) {
    if (all.names().find(name)) return {name};
    std::vector<std::string> shares;
    for (const Parameter& parameter : all.parameters()) {
        if (parameter.dirichlet < 0) continue;
        const Dirichlet& whole = all.dirichlets()[static_cast<std::size_t>(parameter.dirichlet)];
        if (whole.name == name) shares.push_back(parameter.name);
    }
    return shares;
}

std::vector<std::string> known_names(const ParameterTable& all) {
    std::vector<std::string> names = all.names().all();
    for (const Dirichlet& whole : all.dirichlets()) names.push_back(whole.name);
    return names;
}

/// The kept parameters of one group, ascending and each once.
std::vector<std::size_t> members_of(const Node& list, const ParameterTable& all, const ParameterTable& kept,
                                    Faults& faults) {
    std::vector<std::size_t> members;
    for (const NodePtr& item : list.items) {
        if (!item->is_scalar()) {
            faults.add(item->place, "a member of a group is the name of a parameter");
            continue;
        }
        const std::vector<std::string> names = named_by(item->text, all);
        if (names.empty()) {
            faults.add_unknown(item->place, "unknown parameter " + quoted_text(item->text), item->text,
                               known_names(all));
        }
        for (const std::string& name : names) {
            if (const auto index = kept.names().find(name)) members.push_back(*index);
        }
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
}

}  // namespace

std::vector<ParameterGroup> read_parameter_groups(const Node* map, const ParameterTable& all,
                                                  const ParameterTable& kept, Faults& faults) {
    std::vector<ParameterGroup> groups;
    if (map == nullptr) return groups;
    FieldReader reader(faults);
    if (!reader.expect_map(*map, "parameter_groups")) return groups;
    FieldAbout about;
    about.name = "group";
    for (const Entry& entry : map->entries) {
        if (!is_name(entry.key)) {
            faults.add(entry.place, quoted_text(entry.key) + " cannot be the name of a group",
                       "use up to 64 letters, digits and underscores, a letter first");
        } else if (reader.expect_list(*entry.value, about)) {
            ParameterGroup group{entry.key, members_of(*entry.value, all, kept, faults)};
            if (!group.members.empty()) groups.push_back(std::move(group));
        }
    }
    std::sort(groups.begin(), groups.end(),
              [](const ParameterGroup& a, const ParameterGroup& b) { return a.name < b.name; });
    return groups;
}

NodePtr kept_parameter_groups(const Node& map, const ParameterTable& kept) {
    std::vector<Entry> entries;
    for (const Entry& entry : map.entries) {
        Node list = *entry.value;
        std::erase_if(list.items, [&](const NodePtr& item) {
            return !kept.names().find(item->text) && !kept.declares(item->text);
        });
        if (list.items.empty()) continue;
        entries.push_back({entry.key, entry.place, std::make_shared<const Node>(std::move(list))});
    }
    return entries.empty() ? nullptr : map_node(std::move(entries), map.place);
}

}  // namespace vfm::scenario
