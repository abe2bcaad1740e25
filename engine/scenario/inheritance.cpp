#include "inheritance.hpp"

#include "declared.hpp"
#include "numbers.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace vfm::scenario {

namespace {

NodePtr merged_map(const NodePtr& base, const NodePtr& top, const Shape* shape);

NodePtr merged_at(const NodePtr& base, const NodePtr& top, const Shape* shape) {
    return base->is_map() && top->is_map() ? merged_map(base, top, shape) : top;
}

const Shape* shape_of_key(const Shape* shape, const std::string& key) {
    if (shape == nullptr) return nullptr;
    if (shape->kind == Shape::Kind::named) return shape->element.get();
    if (shape->kind != Shape::Kind::section) return nullptr;
    const FieldAbout* field = shape->section->field(key);
    return field == nullptr ? nullptr : &field->shape;
}

NodePtr merged_map(const NodePtr& base, const NodePtr& top, const Shape* shape) {
    const SectionAbout* about =
        shape != nullptr && shape->kind == Shape::Kind::section ? shape->section : nullptr;
    const bool chooses =
        about != nullptr && std::any_of(top->entries.begin(), top->entries.end(), [&](const Entry& entry) {
            return about->excludes(entry.key) && entry.value->kind != Node::Kind::null;
        });
    std::unordered_map<std::string_view, const Entry*> above;
    for (const Entry& entry : top->entries) above.emplace(entry.key, &entry);
    std::vector<Entry> entries;
    std::unordered_set<std::string_view> below;
    for (const Entry& entry : base->entries) {
        below.insert(entry.key);
        const auto found = above.find(entry.key);
        const bool replaced = chooses && about->excludes(entry.key);
        if (found == above.end()) {
            if (!replaced) entries.push_back(entry);
        } else if (found->second->value->kind != Node::Kind::null) {
            const NodePtr& value = found->second->value;
            entries.push_back(
                {entry.key, found->second->place,
                 replaced ? value : merged_at(entry.value, value, shape_of_key(shape, entry.key))});
        }
    }
    for (const Entry& entry : top->entries) {
        if (below.find(entry.key) == below.end()) entries.push_back(entry);
    }
    return map_node(std::move(entries), top->place);
}

}  // namespace

Shape root_shape() {
    Shape shape;
    shape.kind = Shape::Kind::section;
    shape.section = &root_section();
    return shape;
}

NodePtr merged(const NodePtr& base, const NodePtr& top) {
    const Shape shape = root_shape();
    return merged_at(base, top, &shape);
}

std::vector<std::string> path_steps(const std::string& path) {
    std::vector<std::string> steps(1);
    for (const char c : path) {
        if (c == '.') {
            steps.emplace_back();
        } else {
            steps.back() += c;
        }
    }
    return steps;
}

std::vector<Setting> settings_of(const Node& map) {
    std::vector<Setting> settings;
    for (const Entry& entry : map.entries) settings.push_back({entry.key, entry.place, entry.value});
    const auto depth = [](const Setting& setting) {
        return std::count(setting.path.begin(), setting.path.end(), '.');
    };
    std::sort(settings.begin(), settings.end(), [&](const Setting& a, const Setting& b) {
        return std::pair(depth(a), a.path) < std::pair(depth(b), b.path);
    });
    return settings;
}

namespace {

/// One setting on its way down the tree.
class Descent {
  public:
    Descent(const Setting& setting, Faults& faults)
        : setting_(setting), steps_(path_steps(setting.path)), faults_(faults) {
        if (setting.value->kind != Node::Kind::null) value_ = setting.value;
    }

    /// The node with the rest of the path, from step `at` on, set in it.
    NodePtr set(const NodePtr& node, const Shape* shape, std::size_t at) {
        if (node->is_list()) return set_in_list(*node, node, shape, at);
        if (!node->is_map()) {
            fail("the path '" + setting_.path + "' leads into " + sofar(at) + ", which is " +
                     node->what_it_is() + " here",
                 {}, {});
            return node;
        }
        if (steps_[at] == "*") return set_in_all(node, shape, at);
        return set_key(node, shape, at, steps_[at]);
    }

    [[nodiscard]] bool failed() const { return failed_; }

  private:
    [[nodiscard]] std::string sofar(std::size_t at) const {
        std::string text;
        for (std::size_t i = 0; i < at; ++i) text += (i > 0 ? "." : "") + steps_[i];
        return at == 0 ? "the scenario" : "'" + text + "'";
    }

    void fail(std::string problem, const std::string& name, const std::vector<std::string>& known) {
        failed_ = true;
        faults_.add_unknown(setting_.place, std::move(problem), name, known);
    }

    NodePtr set_in_all(const NodePtr& node, const Shape* shape, std::size_t at) {
        if (shape == nullptr || shape->kind != Shape::Kind::named) {
            fail("`*` in '" + setting_.path + "' stands for names, but " + sofar(at) + " has known keys", {},
                 {});
            return node;
        }
        NodePtr result = node;
        for (const Entry& entry : node->entries) result = set_key(result, shape, at, entry.key);
        return result;
    }

    NodePtr set_key(const NodePtr& node, const Shape* shape, std::size_t at, const std::string& key) {
        const Entry* entry = node->entry(key);
        const Shape* below = shape_of_key(shape, key);
        const bool last = at + 1 == steps_.size();
        if (entry == nullptr && !may_be_new(*node, shape, at, key)) return node;
        if (last) return with_entry(*node, key, setting_.place, value_);
        const NodePtr inner = entry != nullptr ? entry->value : map_node({}, setting_.place);
        return with_entry(*node, key, entry != nullptr ? entry->place : setting_.place,
                          set(inner, below, at + 1));
    }

    /// A key that is not there: an optional one of the format may be set, anything else is a slip of the pen.
    bool may_be_new(const Node& node, const Shape* shape, std::size_t at, const std::string& key) {
        const bool is_section = shape != nullptr && shape->kind == Shape::Kind::section;
        const bool is_free = shape != nullptr && shape->kind == Shape::Kind::named && shape->keys_are_known;
        if (value_ == nullptr) {
            fail("there is no '" + key + "' in " + sofar(at) + " to take out", key,
                 names_of(&node, false).all());
            return false;
        }
        if (is_free) return true;
        if (!is_section) {
            fail("there is no '" + key + "' in " + sofar(at), key, names_of(&node, false).all());
            return false;
        }
        const FieldAbout* field = shape->section->field(key);
        if (field == nullptr) {
            fail("there is no '" + key + "' in " + sofar(at), key, shape->section->keys());
            return false;
        }
        if (at + 1 < steps_.size() && field->shape.kind != Shape::Kind::section) {
            fail("there is no '" + key + "' in " + sofar(at), key, names_of(&node, false).all());
            return false;
        }
        return true;
    }

    NodePtr set_in_list(const Node& list, const NodePtr& node, const Shape* shape, std::size_t at) {
        const auto index = parse_whole(steps_[at]).value;
        if (!index || *index >= list.items.size()) {
            fail("there is no entry '" + steps_[at] + "' in " + sofar(at) + ", a list of " +
                     std::to_string(list.items.size()) + " counted from 0",
                 {}, {});
            return node;
        }
        Node changed = list;
        const auto position = static_cast<std::ptrdiff_t>(*index);
        if (at + 1 < steps_.size()) {
            const Shape* element =
                shape != nullptr && shape->kind == Shape::Kind::list ? shape->element.get() : nullptr;
            changed.items[*index] = set(list.items[*index], element, at + 1);
        } else if (value_ != nullptr) {
            changed.items[*index] = value_;
        } else {
            changed.items.erase(changed.items.begin() + position);
        }
        return std::make_shared<const Node>(std::move(changed));
    }

    const Setting& setting_;
    std::vector<std::string> steps_;
    Faults& faults_;
    NodePtr value_;  ///< null: take out
    bool failed_ = false;
};

}  // namespace

NodePtr with_setting(const NodePtr& root, const Setting& setting, Faults& faults) {
    const Shape shape = root_shape();
    Descent descent(setting, faults);
    NodePtr result = descent.set(root, &shape, 0);
    return descent.failed() ? root : result;
}

namespace {

NodePtr canonical_section(const NodePtr& node, const SectionAbout& about) {
    if (!node->is_map()) return node;
    std::vector<Entry> entries;
    for (const FieldAbout& field : about.fields) {
        const Entry* entry = node->entry(field.name);
        NodePtr value = entry != nullptr ? entry->value : field.default_node;
        if (entry == nullptr && !field.default_sibling.empty()) {
            const Entry* sibling = node->entry(field.default_sibling);
            if (sibling != nullptr) value = sibling->value;
        }
        if (value == nullptr) continue;
        entries.push_back({std::string(field.name), node->place, canonical(value, field.shape)});
    }
    return map_node(std::move(entries), node->place);
}

/// The form of what a path leads to; null when the format does not say.
const Shape* shape_at(const Shape& root, const std::string& path) {
    const Shape* shape = &root;
    for (const std::string& step : path_steps(path)) {
        if (shape != nullptr && shape->kind == Shape::Kind::list) {
            shape = shape->element.get();
        } else {
            shape = shape_of_key(shape, step);
        }
    }
    return shape;
}

NodePtr canonical_settings(const NodePtr& node) {
    std::vector<Entry> entries;
    const Shape root = root_shape();
    for (const Setting& setting : settings_of(*node)) {
        const Shape* shape = shape_at(root, setting.path);
        entries.push_back({setting.path, setting.place,
                           shape == nullptr ? setting.value : canonical(setting.value, *shape)});
    }
    return map_node(std::move(entries), node->place);
}

NodePtr canonical_named(const NodePtr& node, const Shape& shape) {
    if (!node->is_map()) return node;
    std::vector<Entry> entries = node->entries;
    if (shape.element != nullptr) {
        for (Entry& entry : entries) entry.value = canonical(entry.value, *shape.element);
    }
    if (!shape.order_matters) {
        std::sort(entries.begin(), entries.end(),
                  [](const Entry& a, const Entry& b) { return a.key < b.key; });
    }
    return map_node(std::move(entries), node->place);
}

/// Rows of shares, sorted at both depths.
NodePtr canonical_shares(const NodePtr& node) {
    Shape inner;
    inner.kind = Shape::Kind::named;
    Shape outer = inner;
    outer.element = std::make_shared<const Shape>(inner);
    return canonical_named(node, outer);
}

}  // namespace

NodePtr canonical(const NodePtr& node, const Shape& shape) {
    switch (shape.kind) {
        case Shape::Kind::section:
            return canonical_section(node, *shape.section);
        case Shape::Kind::named:
            return canonical_named(node, shape);
        case Shape::Kind::shares:
            return canonical_shares(node);
        case Shape::Kind::settings:
            return node->is_map() ? canonical_settings(node) : node;
        case Shape::Kind::list: {
            if (!node->is_list()) return node;
            Node list = *node;
            for (NodePtr& item : list.items) item = canonical(item, *shape.element);
            return std::make_shared<const Node>(std::move(list));
        }
        default:
            return node;
    }
}

}  // namespace vfm::scenario
