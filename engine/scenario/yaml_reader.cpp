#include "yaml_reader.hpp"

#include "vfm/core/utf8.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include <yaml.h>

namespace vfm::scenario {

namespace {

/// What ends the reading of a text at once.
struct Abandoned {
    Place place;
    std::string problem;
    std::string suggestion;
};

/// libyaml's marks count from 0, ours from 1; both count characters, not bytes.
class Marker {
  public:
    Marker(const std::string& name, Marks marks)
        : file_(std::make_shared<const std::string>(name)), marks_(marks) {}

    [[nodiscard]] Place whole_file() const { return {file_, 0, 0}; }

    [[nodiscard]] Place place(const yaml_mark_t& mark) const {
        if (marks_ == Marks::none) return whole_file();
        return {file_, static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
    }

  private:
    std::shared_ptr<const std::string> file_;
    Marks marks_;
};

std::string text_or_nothing(const yaml_char_t* text) {
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

/// What a plain scalar of the core schema (YAML 1.2.2, section 10.3.2) says is no value.
bool is_null(const std::string& plain) {
    return plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

class TreeBuilder {
  public:
    TreeBuilder(const Marker& marker, Faults& faults) : marker_(marker), faults_(faults) {}

    [[nodiscard]] const NodePtr& root() const { return root_; }

    void take(const yaml_event_t& event) {
        const yaml_mark_t& mark = event.start_mark;
        switch (event.type) {
            case YAML_DOCUMENT_START_EVENT:
                if (documents_++ > 0) {
                    abandon(mark, "a second document begins here", "a scenario is one document");
                }
                break;
            case YAML_ALIAS_EVENT:
                abandon(mark, "aliases (*name) are not used in scenarios",
                        "give the number as a parameter, or inherit with `extends`");
            case YAML_SCALAR_EVENT:
                take_scalar(event);
                break;
            case YAML_SEQUENCE_START_EVENT:
                open(Node::Kind::list, mark, text_or_nothing(event.data.sequence_start.tag));
                break;
            case YAML_MAPPING_START_EVENT:
                open(Node::Kind::map, mark, text_or_nothing(event.data.mapping_start.tag));
                break;
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT:
                close();
                break;
            default:
                break;
        }
    }

  private:
    struct Frame {
        std::shared_ptr<Node> node;
        std::optional<Entry> key;  ///< read, its value still to come
        std::unordered_set<std::string> keys;
        bool duplicate = false;  ///< of the key that waits: its value is dropped
    };

    void take_scalar(const yaml_event_t& event) {
        const auto& scalar = event.data.scalar;
        const yaml_mark_t& mark = event.start_mark;
        const std::string tag = text_or_nothing(scalar.tag);
        refuse_tag(mark, tag);
        std::string value(reinterpret_cast<const char*>(scalar.value), scalar.length);
        const bool quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE || !tag.empty();
        if (!quoted && is_null(value)) {
            take_null(mark);
        } else if (expects_key()) {
            take_key(mark, value);
        } else {
            auto node = new_node(Node::Kind::scalar, marker_.place(mark));
            node->quoted = quoted;
            node->text = std::move(value);
            attach(node);
        }
    }

    void take_null(const yaml_mark_t& mark) {
        if (expects_key()) abandon(mark, "a key must be text", "");
        const bool in_map = !frames_.empty() && frames_.back().key.has_value();
        // What is not there is not anywhere: its key is.
        attach(new_node(Node::Kind::null, in_map ? frames_.back().key->place : marker_.place(mark)));
    }

    [[noreturn]] void abandon(const yaml_mark_t& mark, std::string problem, std::string suggestion) {
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

    void refuse_tag(const yaml_mark_t& mark, const std::string& tag) {
        if (tag.empty() || tag == "!") return;
        abandon(mark, "tags (" + tag + ") are not used in scenarios", "");
    }

    void take_key(const yaml_mark_t& mark, const std::string& key) {
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

    void open(Node::Kind kind, const yaml_mark_t& mark, const std::string& tag) {
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

    const Marker& marker_;
    Faults& faults_;
    NodePtr root_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

/// Line ends become '\n' and a byte order mark goes; other control characters and what is not UTF-8 are
/// refused.
std::string clean(std::string text, const std::string& name) {
    if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
    std::string cleaned;
    cleaned.reserve(text.size());
    Place place{std::make_shared<const std::string>(name), 1, 1};
    for (std::size_t i = 0; i < text.size();) {
        std::size_t plain = i;  // nearly all of a scenario
        while (plain < text.size() && text[plain] >= ' ' && text[plain] <= '~') ++plain;
        if (plain > i) {
            cleaned.append(text, i, plain - i);
            place.column += static_cast<int>(plain - i);
            i = plain;
            continue;
        }
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

/// libyaml's parser on a text that outlives it.
class Parser {
  public:
    explicit Parser(const std::string& text) : text_(text) {
        if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { yaml_parser_delete(&parser_); }

    /// Gives `builder` every event of the text.
    void parse(TreeBuilder& builder, const Marker& marker) {
        for (bool more = true; more;) {
            Event event;
            if (yaml_parser_parse(&parser_, &event.of) == 0) {
                if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
                const char* problem = parser_.problem == nullptr ? "it cannot be read" : parser_.problem;
                throw Abandoned{marker.place(where()), std::string("not YAML: ") + problem, ""};
            }
            builder.take(event.of);
            more = event.of.type != YAML_STREAM_END_EVENT;
        }
    }

  private:
    struct Event {
        Event() = default;
        Event(const Event&) = delete;
        Event& operator=(const Event&) = delete;
        ~Event() { yaml_event_delete(&of); }
        yaml_event_t of{};
    };

    /// A character that YAML does not allow has no mark but the number of bytes before it.
    [[nodiscard]] yaml_mark_t where() const {
        if (parser_.error != YAML_READER_ERROR) return parser_.problem_mark;
        yaml_mark_t mark{};
        for (std::size_t i = 0; i < std::min<std::size_t>(parser_.problem_offset, text_.size()); ++i) {
            const auto unit = static_cast<unsigned char>(text_[i]);
            if ((unit & 0xC0U) != 0x80U) ++mark.column;
            if (unit == '\n') mark = {0, mark.line + 1, 0};
        }
        return mark;
    }

    const std::string& text_;
    yaml_parser_t parser_{};
};

}  // namespace

NodePtr read_yaml(std::string text, const std::string& name, Faults& faults, Marks marks) {
    try {
        if (text.starts_with("\x89HDF")) {
            throw Abandoned{{std::make_shared<const std::string>(name), 0, 0},
                            "an HDF5 file, and a scenario is YAML text",
                            "vfmsim compare, voi and sensitivity read results files"};
        }
        if (text.size() > most_bytes) {
            throw Abandoned{{std::make_shared<const std::string>(name), 0, 0}, "larger than 4 MB", ""};
        }
        const std::string cleaned = clean(std::move(text), name);
        const Marker marker(name, marks);
        TreeBuilder builder(marker, faults);
        Parser(cleaned).parse(builder, marker);
        if (builder.root() == nullptr) throw Abandoned{marker.whole_file(), "there is nothing in it", ""};
        return builder.root();
    } catch (const Abandoned& abandoned) {
        faults.add(abandoned.place, abandoned.problem, abandoned.suggestion);
        return nullptr;
    }
}

}  // namespace vfm::scenario
