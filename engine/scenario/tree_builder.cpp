#include "tree_builder.hpp"

#include <utility>

namespace vfm::scenario {

namespace {

[[noreturn]] void refuse_key(const Place& place) {
    throw Abandoned{place, "a key must be text", ""};
}

}  // namespace

TreeBuilder::Awaited TreeBuilder::awaited() const {
    if (frames_.empty()) return Awaited::document;
    const Frame& frame = frames_.back();
    if (frame.node->is_list()) return Awaited::item;
    return frame.key ? Awaited::value : Awaited::key;
}

void TreeBuilder::take_scalar(const Place& place, std::string text, Style style) {
    if (awaited() == Awaited::key) {
        take_key(place, std::move(text));
        return;
    }
    auto node = new_node(Node::Kind::scalar, place);
    node->quoted = style == Style::quoted;
    node->text = std::move(text);
    attach(node);
}

void TreeBuilder::take_null(const Place& place) {
    const Awaited next = awaited();
    if (next == Awaited::key) refuse_key(place);
    // What is not there is not anywhere: its key is.
    attach(new_node(Node::Kind::null, next == Awaited::value ? frames_.back().key->place : place));
}

void TreeBuilder::open(Node::Kind kind, const Place& place) {
    if (awaited() == Awaited::key) refuse_key(place);
    if (frames_.size() >= deepest) {
        throw Abandoned{place, "nested more than " + std::to_string(deepest) + " deep", ""};
    }
    frames_.push_back({new_node(kind, place), {}, {}, false});
}

void TreeBuilder::close() {
    const std::shared_ptr<Node> node = frames_.back().node;
    frames_.pop_back();
    attach(node);
}

void TreeBuilder::take_key(const Place& place, std::string key) {
    Frame& frame = frames_.back();
    if (key == "<<") {
        throw Abandoned{place, "merge keys (<<) are not used in scenarios", "inherit with `extends`"};
    }
    frame.duplicate = !frame.keys.insert(key).second;
    if (frame.duplicate) {
        const Entry* first = frame.node->entry(key);
        faults_.add(place, quoted_text(key) + " is there twice",
                    first == nullptr ? "" : "the first is in line " + std::to_string(first->place.line));
    }
    frame.key = Entry{std::move(key), place, nullptr};
}

void TreeBuilder::attach(const std::shared_ptr<Node>& node) {
    if (frames_.empty()) {
        root_ = node;
        return;
    }
    Frame& frame = frames_.back();
    if (frame.node->entries.size() + frame.node->items.size() >= most_entries) {
        throw Abandoned{node->place,
                        "more than " + std::to_string(most_entries) + " entries in one map or list", ""};
    }
    if (frame.node->is_list()) {
        frame.node->items.push_back(node);
        return;
    }
    if (node->is_map() || node->is_list()) node->place = frame.key->place;
    if (!frame.duplicate) {
        frame.key->value = node;
        frame.node->entries.push_back(std::move(*frame.key));
    }
    frame.key.reset();
}

std::shared_ptr<Node> TreeBuilder::new_node(Node::Kind kind, const Place& place) {
    if (++nodes_ > most_nodes) refuse_number_of_values(place);
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->place = place;
    return node;
}

void TreeBuilder::refuse_number_of_values(const Place& place) {
    throw Abandoned{place, "the file has more than " + std::to_string(most_nodes) + " values", ""};
}

}  // namespace vfm::scenario
