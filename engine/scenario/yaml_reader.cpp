#include "yaml_reader.hpp"

#include <optional>
#include <sstream>
#include <unordered_set>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace vfm::scenario {

namespace {

/// What ends the reading of a text at once.
struct Abandoned {
    Place place;
    std::string problem;
    std::string suggestion;
};

/// yaml-cpp's marks count from 0 and columns in bytes; ours count from 1 and in characters.
class Marker {
  public:
    Marker(const std::string& text, const std::string& name, Marks marks)
        : text_(text), file_(std::make_shared<const std::string>(name)), marks_(marks) {
        line_starts_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\n') line_starts_.push_back(i + 1);
        }
    }

    [[nodiscard]] Place whole_file() const { return {file_, 0, 0}; }

    [[nodiscard]] Place place(const YAML::Mark& mark) {
        if (marks_ == Marks::none || mark.line < 0 || mark.column < 0) return whole_file();
        return {file_, mark.line + 1,
                1 + characters(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column))};
    }

  private:
    /// Characters before a byte of a line. It goes on from the last answer, so that a text of one long line
    /// does not cost a pass for each of its nodes.
    int characters(std::size_t line, std::size_t byte) {
        if (line >= line_starts_.size()) return 0;
        if (line != line_ || byte < byte_) {
            line_ = line;
            byte_ = 0;
            characters_ = 0;
        }
        const std::size_t start = line_starts_[line];
        for (; byte_ < byte && start + byte_ < text_.size(); ++byte_) {
            const auto unit = static_cast<unsigned char>(text_[start + byte_]);
            if ((unit & 0xC0U) != 0x80U) ++characters_;
        }
        return characters_;
    }

    const std::string& text_;
    std::shared_ptr<const std::string> file_;
    Marks marks_;
    std::vector<std::size_t> line_starts_;
    std::size_t line_ = 0;
    std::size_t byte_ = 0;
    int characters_ = 0;
};

class TreeBuilder final : public YAML::EventHandler {
  public:
    TreeBuilder(Marker& marker, Faults& faults) : marker_(marker), faults_(faults) {}

    [[nodiscard]] const NodePtr& root() const { return root_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ > 0) {
            abandon(mark, "a second document begins here", "a scenario is one document");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
        if (expects_key()) abandon(mark, "a key must be text", "");
        const bool in_map = !frames_.empty() && frames_.back().key.has_value();
        // A null's mark is the next token's.
        attach(new_node(Node::Kind::null, in_map ? frames_.back().key->place : marker_.place(mark)));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        abandon(mark, "aliases (*name) are not used in scenarios",
                "give the number as a parameter, or inherit with `extends`");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        if (expects_key()) {
            take_key(mark, value);
            return;
        }
        auto node = new_node(Node::Kind::scalar, marker_.place(mark));
        node->quoted = tag == "!";
        node->text = value;
        attach(node);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open(Node::Kind::list, mark, tag);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        open(Node::Kind::map, mark, tag);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Frame {
        std::shared_ptr<Node> node;
        std::optional<Entry> key;  ///< read, its value still to come
        std::unordered_set<std::string> keys;
        bool duplicate = false;  ///< of the key that waits: its value is dropped
    };

    [[noreturn]] void abandon(const YAML::Mark& mark, std::string problem, std::string suggestion) {
        throw Abandoned{marker_.place(mark), std::move(problem), std::move(suggestion)};
    }

    [[nodiscard]] bool expects_key() const {
        return !frames_.empty() && frames_.back().node->kind == Node::Kind::map && !frames_.back().key;
    }

    std::shared_ptr<Node> new_node(Node::Kind kind, const Place& place) {
        if (++nodes_ > most_nodes) {
            throw Abandoned{place, "the file has more than " + std::to_string(most_nodes) + " values", ""};
        }
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->place = place;
        return node;
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        abandon(mark, "tags (" + tag + ") are not used in scenarios", "");
    }

    void take_key(const YAML::Mark& mark, const std::string& key) {
        Frame& frame = frames_.back();
        if (key == "<<") {
            abandon(mark, "merge keys (<<) are not used in scenarios", "inherit with `extends`");
        }
        frame.key = Entry{key, marker_.place(mark), nullptr};
        frame.duplicate = !frame.keys.insert(key).second;
        if (frame.duplicate) {
            const Entry* first = frame.node->entry(key);
            faults_.add(frame.key->place, quoted_text(key) + " is there twice",
                        first == nullptr ? "" : "the first is in line " + std::to_string(first->place.line));
        }
    }

    void attach(const std::shared_ptr<Node>& node) {
        if (frames_.empty()) {
            root_ = node;
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node->entries.size() + frame.node->items.size() >= most_entries) {
            throw Abandoned{node->place,
                            "more than " + std::to_string(most_entries) + " entries in one map or list", ""};
        }
        if (frame.node->kind == Node::Kind::list) {
            frame.node->items.push_back(node);
            return;
        }
        if (node->kind == Node::Kind::map || node->kind == Node::Kind::list) node->place = frame.key->place;
        if (!frame.duplicate) {
            frame.key->value = node;
            frame.node->entries.push_back(std::move(*frame.key));
        }
        frame.key.reset();
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag) {
        refuse_tag(mark, tag);
        if (expects_key()) abandon(mark, "a key must be text", "");
        if (frames_.size() >= deepest) {
            abandon(mark, "nested more than " + std::to_string(deepest) + " deep", "");
        }
        frames_.push_back({new_node(kind, marker_.place(mark)), {}, {}, false});
    }

    void close() {
        const std::shared_ptr<Node> node = frames_.back().node;
        frames_.pop_back();
        attach(node);
    }

    Marker& marker_;
    Faults& faults_;
    NodePtr root_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

/// Length of the UTF-8 character that begins at a byte, or 0 where there is none (RFC 3629: no overlong
/// forms, no surrogates, nothing above U+10FFFF).
std::size_t utf8_length(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(at);
    const unsigned second = byte(at + 1);
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first <= 0xDFU) return continues(at + 1) ? 2 : 0;
    if (first >= 0xE0U && first <= 0xEFU) {
        if (first == 0xE0U && second < 0xA0U) return 0;
        if (first == 0xEDU && second > 0x9FU) return 0;
        return continues(at + 1) && continues(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        if (first == 0xF0U && second < 0x90U) return 0;
        if (first == 0xF4U && second > 0x8FU) return 0;
        return continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0;
    }
    return 0;
}

/// Line ends become '\n' and a byte order mark goes; other control characters and what is not UTF-8 are
/// refused.
std::string clean(std::string text, const std::string& name) {
    if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
    std::string cleaned;
    cleaned.reserve(text.size());
    Place place{std::make_shared<const std::string>(name), 1, 1};
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text, i);
        const char c = text[i];
        if (length == 0) throw Abandoned{place, "not UTF-8 text", "save the file as UTF-8"};
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
            cleaned += '\n';
            ++place.line;
            place.column = 1;
            ++i;
            continue;
        }
        if ((static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == '\x7F') {
            throw Abandoned{place, "a control character", "take it out"};
        }
        cleaned.append(text, i, length);
        i += length;
        ++place.column;
    }
    return cleaned;
}

NodePtr build(const std::string& text, Marker& marker, Faults& faults) {
    std::istringstream stream(text);
    TreeBuilder builder(marker, faults);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        throw Abandoned{marker.place(error.mark), "not YAML: " + error.msg, ""};
    }
    return builder.root();
}

}  // namespace

NodePtr read_yaml(std::string text, const std::string& name, Faults& faults, Marks marks) {
    try {
        if (text.size() > most_bytes) {
            throw Abandoned{{std::make_shared<const std::string>(name), 0, 0}, "larger than 4 MB", ""};
        }
        const std::string cleaned = clean(std::move(text), name);
        Marker marker(cleaned, name, marks);
        NodePtr root = build(cleaned, marker, faults);
        if (root == nullptr) throw Abandoned{marker.whole_file(), "there is nothing in it", ""};
        return root;
    } catch (const Abandoned& abandoned) {
        faults.add(abandoned.place, abandoned.problem, abandoned.suggestion);
        return nullptr;
    }
}

}  // namespace vfm::scenario
