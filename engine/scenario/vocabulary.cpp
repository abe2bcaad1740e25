#include "vocabulary.hpp"

#include <algorithm>
#include <string_view>

namespace vfm::scenario {

Names::Names(std::vector<std::string> names) : names_(std::move(names)) {
    for (std::size_t i = 0; i < names_.size(); ++i) index_.emplace(names_[i], i);
}

std::optional<std::size_t> Names::find(const std::string& name) const {
    const auto found = index_.find(name);
    if (found == index_.end()) return std::nullopt;
    return found->second;
}

Names names_of(const Node* map, bool order_matters) {
    std::vector<std::string> names;
    if (map != nullptr) {
        for (const Entry& entry : map->entries) {
            if (entry.value->kind != Node::Kind::null) names.push_back(entry.key);
        }
    }
    if (!order_matters) std::sort(names.begin(), names.end());
    return Names(std::move(names));
}

namespace {

constexpr std::size_t longest_name = 64;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const Node* descend(const Node* node, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (node != nullptr) node = node->find(key);
    }
    return node;
}

}  // namespace

bool is_level_name(const std::string& text) {
    return !text.empty() && text.size() <= longest_name && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
    });
}

bool is_name(const std::string& text) {
    return is_level_name(text) && is_letter(text.front());
}

Vocabulary::Vocabulary(const StudyNames& study, const Node& root)
    : study_(study),
      stages_(names_of(descend(&root, {"pathway", "stages"}), true)),
      kinds_(names_of(descend(&root, {"support", "kinds"}), false)) {
    if (const Node* outcomes = descend(&root, {"pathway", "outcomes"})) {
        std::vector<std::string> names;
        for (const NodePtr& item : outcomes->items) names.push_back(item->text);
        outcomes_ = Names(std::move(names));
    }
    const auto add = [this](const std::string& name, Covariate::Kind kind, std::size_t index) {
        if (covariates_.emplace(name, Covariate{kind, index}).second) covariate_names_.push_back(name);
    };
    for (std::size_t i = 0; i < study.levels.size(); ++i)
        add(study.levels.all()[i], Covariate::Kind::level, i);
    for (std::size_t i = 0; i < study.area_effects.size(); ++i) {
        add("area." + study.area_effects.all()[i], Covariate::Kind::area_effect, i);
    }
    for (std::size_t i = 0; i < study.area_types.size(); ++i) {
        add("area_type." + study.area_types.all()[i], Covariate::Kind::area_type, i);
    }
    for (std::size_t i = 0; i < study.policies.size(); ++i) {
        add("policy." + study.policies.all()[i], Covariate::Kind::policy, i);
    }
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        add("supporter." + kinds_.all()[i], Covariate::Kind::supporter_kind, i);
    }
    for (std::size_t i = 0; i < model::flag_names.size(); ++i) {
        add(std::string(model::flag_names[i]), Covariate::Kind::flag, i);
    }
}

std::optional<Covariate> Vocabulary::covariate(const std::string& name) const {
    const auto found = covariates_.find(name);
    if (found == covariates_.end()) return std::nullopt;
    return found->second;
}

namespace {

/// Rows of an unconditional attribute: the map of levels itself; of a conditional one: the maps in it.
const Node* first_row(const Node& attribute) {
    const Node* levels = attribute.find("levels");
    if (levels == nullptr || !levels->is_map()) return nullptr;
    if (attribute.find("given") == nullptr) return levels;
    for (const Entry& row : levels->entries) {
        if (row.value->is_map()) return row.value.get();
    }
    return nullptr;
}

std::optional<std::size_t> position(const std::vector<Attribute>& attributes, const std::string& name) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (attributes[i].name == name) return i;
    }
    return std::nullopt;
}

bool may_come_next(const Node& declared, const std::vector<Attribute>& attributes) {
    const Node* given = declared.find("given");
    return given == nullptr || position(attributes, given->text).has_value();
}

void place_attribute(const Entry& entry, StudyNames& study) {
    Attribute attribute;
    attribute.name = entry.key;
    attribute.levels = names_of(first_row(*entry.value), false).all();
    attribute.first_level = study.level_count;
    const Node* given = entry.value->find("given");
    const auto before = given == nullptr ? std::nullopt : position(study.attributes, given->text);
    if (before) attribute.given = static_cast<int>(*before);
    study.level_count += attribute.levels.size();
    study.attributes.push_back(std::move(attribute));
}

/// Attributes such that each comes after the one it depends on; among those that may come next, by name.
void place_attributes(const Node& map, Faults& faults, StudyNames& study) {
    std::vector<const Entry*> waiting;
    for (const Entry& entry : map.entries) {
        if (entry.value->is_map()) waiting.push_back(&entry);
    }
    std::sort(waiting.begin(), waiting.end(), [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (;;) {
        const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const Entry* entry) {
            return may_come_next(*entry->value, study.attributes);
        });
        if (next == waiting.end()) break;
        place_attribute(**next, study);
        waiting.erase(next);
    }
    const std::vector<std::string> known = names_of(&map, false).all();
    for (const Entry* entry : waiting) {
        const Node& given = *entry->value->find("given");
        if (map.find(given.text) != nullptr) {
            faults.add(given.place,
                       "attribute '" + entry->key + "' depends, in the end, on one that has no beginning",
                       "let at least one attribute depend on none");
        } else {
            faults.add_unknown(given.place, "unknown attribute " + quoted_text(given.text), given.text,
                               known);
        }
        place_attribute(*entry, study);  // its levels are known, whatever they depend on
    }
}

}  // namespace

StudyNames read_study_names(const Node& root, Faults& faults) {
    constexpr std::size_t most_attributes = 40;
    StudyNames study;
    study.area_effects = names_of(descend(&root, {"areas", "effects"}), false);
    study.area_types = names_of(descend(&root, {"areas", "types"}), true);
    study.policies = names_of(root.find("policies"), false);
    const Node* attributes = descend(&root, {"population", "attributes"});
    if (attributes != nullptr && attributes->entries.size() <= most_attributes) {
        place_attributes(*attributes, faults, study);
    }
    std::vector<std::string> levels;
    for (const Attribute& attribute : study.attributes) {
        for (const std::string& level : attribute.levels) levels.push_back(attribute.name + "." + level);
    }
    study.levels = Names(std::move(levels));
    return study;
}

}  // namespace vfm::scenario
