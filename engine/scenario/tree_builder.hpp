// Events to tree: whatever notation a text is in, what it holds becomes a tree with every size bounded.
#pragma once

#include "faults.hpp"
#include "node.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace vfm::scenario {

inline constexpr std::size_t most_nodes = 200'000;
inline constexpr std::size_t most_entries = 4'000;  ///< of one map or list
inline constexpr std::size_t deepest = 64;

/// What ends the reading of a text at once.
struct Abandoned {
    Place place;
    std::string problem;
    std::string suggestion;
};

/// Takes the events of one document in their order, from a source that knows the notation. Every function
/// throws Abandoned where the tree would break a limit, or could not be a scenario's.
class TreeBuilder {
  public:
    /// What the next event gives: the whole document, an item of a list, or a key of a map or its value.
    enum class Awaited : std::uint8_t { document, item, key, value };
    enum class Style : std::uint8_t { plain, quoted };

    explicit TreeBuilder(Faults& faults) : faults_(faults) {}

    [[nodiscard]] Awaited awaited() const;

    void take_scalar(const Place& place, std::string text, Style style);
    /// The value of a key that has none stands at the key, whatever the place.
    void take_null(const Place& place);
    void open_list(const Place& place) { open(Node::Kind::list, place); }
    void open_map(const Place& place) { open(Node::Kind::map, place); }
    void close();

    /// Null before the first event.
    [[nodiscard]] const NodePtr& root() const { return root_; }

    /// For a source that sees by itself that a text has more than most_nodes values.
    [[noreturn]] static void refuse_number_of_values(const Place& place);

  private:
    struct Frame {
        std::shared_ptr<Node> node;
        std::optional<Entry> key;  ///< read, its value still to come
        std::unordered_set<std::string> keys;
        bool duplicate = false;  ///< of the key that waits: its value is dropped
    };

    void open(Node::Kind kind, const Place& place);
    void take_key(const Place& place, std::string key);
    void attach(const std::shared_ptr<Node>& node);
    std::shared_ptr<Node> new_node(Node::Kind kind, const Place& place);

    Faults& faults_;
    NodePtr root_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
};

}  // namespace vfm::scenario
