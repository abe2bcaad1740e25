#include "yaml_events.hpp"

#include "vfm/core/utf8.hpp"

#include <algorithm>
#include <istream>
#include <memory>
#include <streambuf>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace vfm::scenario {

namespace {

/// yaml-cpp's marks count from 0 and in bytes; places count from 1 and in characters.
class Marker {
  public:
    Marker(const std::string& text, const std::string& name, Marks marks)
        : text_(text),
          file_(std::make_shared<const std::string>(name)),
          marks_(marks),
          has_tabs_(text.find('\t') != std::string::npos) {}

    [[nodiscard]] Place place(const YAML::Mark& mark) {
        if (marks_ == Marks::none || mark.is_null()) return {file_, 0, 0};
        return {file_, mark.line + 1, characters(mark) + 1};
    }

    /// Behind the last thing that stands before a mark, blanks and remarks apart. It is to be an indicator
    /// (`-`, `---`, `...`), in whose line only a remark can hold a `#`.
    [[nodiscard]] YAML::Mark before(YAML::Mark mark) const {
        std::size_t end = std::min(static_cast<std::size_t>(mark.pos), text_.size());
        for (;;) {
            const std::size_t start = end == 0 ? 0 : text_.rfind('\n', end - 1) + 1;
            const std::string_view line = without_remark(std::string_view(text_).substr(start, end - start));
            const std::size_t last = line.find_last_not_of(" \t");
            if (last != std::string_view::npos || start == 0) {
                mark.column = last == std::string_view::npos ? 0 : static_cast<int>(last + 1);
                mark.pos = static_cast<int>(start) + mark.column;
                return mark;
            }
            end = start - 1;
            --mark.line;
        }
    }

    /// What stands at a mark.
    [[nodiscard]] std::string_view text_at(const YAML::Mark& mark) const {
        return std::string_view(text_).substr(std::min(static_cast<std::size_t>(mark.pos), text_.size()));
    }
    /// Where lines begin with `%`, from the line of a mark to a byte (without it).
    [[nodiscard]] std::vector<YAML::Mark> percent_lines(const YAML::Mark& from, std::size_t end) const {
        std::vector<YAML::Mark> found;
        YAML::Mark line = from;
        line.pos -= line.column;
        line.column = 0;
        for (auto at = static_cast<std::size_t>(line.pos); at < std::min(end, text_.size()); ++line.line) {
            line.pos = static_cast<int>(at);
            if (text_[at] == '%') found.push_back(line);
            at = text_.find('\n', at) + 1;
        }
        return found;
    }
    /// The first byte behind the text.
    [[nodiscard]] std::size_t end() const { return text_.size(); }

    /// Whether a bracket opens at a mark and none closes it; other brackets count wherever they stand.
    [[nodiscard]] bool is_left_open(const YAML::Mark& mark) const {
        std::size_t depth = 0;
        for (const char c : text_at(mark)) {
            if (c == '[' || c == '{') ++depth;
            if ((c == ']' || c == '}') && --depth == 0) return false;
            if (depth == 0) return false;
        }
        return true;
    }

    /// Whether a tab is among the blanks and indicators before a mark, with nothing else in its line.
    [[nodiscard]] bool is_indented_by_tab(const YAML::Mark& mark) const {
        if (!has_tabs_) return false;
        const std::string_view before = line_before(mark);
        return before.find('\t') != std::string_view::npos &&
               before.find_first_not_of(" \t-?:") == std::string_view::npos;
    }

    /// What stands before a mark in its line.
    [[nodiscard]] std::string_view line_before(const YAML::Mark& mark) const {
        return std::string_view(text_).substr(static_cast<std::size_t>(mark.pos - mark.column),
                                              static_cast<std::size_t>(mark.column));
    }

  private:
    static std::string_view without_remark(std::string_view line) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
                return line.substr(0, i);
        }
        return line;
    }

    /// Characters before a mark in its line. It goes on from the last answer, forwards or backwards, so that
    /// a text of one long line does not cost a pass for each of its values.
    int characters(const YAML::Mark& mark) {
        if (mark.line != line_) {
            line_ = mark.line;
            column_ = 0;
            characters_ = 0;
        }
        const auto start = static_cast<std::size_t>(std::max(mark.pos - mark.column, 0));
        const auto begins_character = [&](int column) {
            const std::size_t at = start + static_cast<std::size_t>(column);
            return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) != 0x80U;
        };
        for (; column_ < mark.column; ++column_) characters_ += begins_character(column_) ? 1 : 0;
        for (; column_ > mark.column; --column_) characters_ -= begins_character(column_ - 1) ? 1 : 0;
        return characters_;
    }

    const std::string& text_;
    std::shared_ptr<const std::string> file_;
    Marks marks_;
    bool has_tabs_;
    int line_ = 0;
    int column_ = 0;
    int characters_ = 0;
};

/// A byte that no text in UTF-8 has, nor any escape of yaml-cpp's.
constexpr char stands_for_question_mark = '\xFF';

/// Whether a `?` is the indicator of a key: a blank behind it, and before it in its line nothing, a bracket
/// that opens, a comma or another indicator.
bool indicates_key(std::string_view text, std::size_t at) {
    constexpr std::string_view blanks = " \t\n";
    const auto is_one_of = [&](std::size_t i, std::string_view some) {
        return some.find(text[i]) != std::string_view::npos;
    };
    if (!is_one_of(at + 1, blanks)) return false;
    const std::size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(" \t", at - 1);
    if (before == std::string_view::npos || is_one_of(before, "\n[{,")) return true;
    if (before + 1 == at) return false;
    return text[before] == ':' || (is_one_of(before, "-?") && (before == 0 || is_one_of(before - 1, blanks)));
}

/// The text as yaml-cpp can read it. For it any `?` in a flow collection ends a plain scalar, so that those
/// which indicate no key are replaced until the scalar is there. And it takes an open quotation and a key
/// without a value at the end of a text for whole: a remark behind them brings both to light.
std::string prepared(const std::string& text) {
    std::string result = text + '#';
    for (std::size_t at = text.find('?'); at != std::string::npos; at = text.find('?', at + 1)) {
        if (!indicates_key(text, at)) result[at] = stands_for_question_mark;
    }
    return result;
}

/// The text of a scalar, or of a message: with what prepared() replaced, and in UTF-8, which the bytes are
/// that yaml-cpp gives for the escapes \N and \_ (U+0085 and U+00A0) alone are not.
std::string mended(const std::string& given) {
    std::string text;
    text.reserve(given.size() + 1);
    for (std::size_t i = 0; i < given.size();) {
        const std::size_t length = std::max<std::size_t>(utf8_length(given, i), 1);
        if (given[i] == stands_for_question_mark) {
            text += '?';
        } else {
            if (length == 1 && static_cast<unsigned char>(given[i]) >= 0x80U) text += '\xC2';
            text.append(given, i, length);
        }
        i += length;
    }
    return text;
}

/// The text as a stream. yaml-cpp keeps every token of a flow collection until it knows whether that is a
/// key, so what cannot become a tree must end here: with each value there is at most one `,` and one bracket
/// that opens.
class Stream final : public std::streambuf {
  public:
    struct TooManyValues {};

    explicit Stream(std::string& text) { setg(text.data(), text.data(), text.data() + text.size()); }

    void note_event() { separators_ = 0; }

  protected:
    std::streamsize xsgetn(char* into, std::streamsize count) override {
        const std::streamsize given = std::streambuf::xsgetn(into, count);
        separators_ += static_cast<std::size_t>(
            std::count_if(into, into + given, [](char c) { return c == ',' || c == '[' || c == '{'; }));
        if (separators_ > 2 * most_nodes) throw TooManyValues();
        return given;
    }

  private:
    std::size_t separators_ = 0;  ///< read since the last event
};

class EventHandler final : public YAML::EventHandler {
  public:
    EventHandler(Marker& marker, Stream& stream, TreeBuilder& builder)
        : marker_(marker), stream_(stream), builder_(builder) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        const bool is_marked = marker_.text_at(mark).starts_with("---");
        note(mark);
        if (documents_++ == 0) {
            refuse_lost_line({}, static_cast<std::size_t>(mark.pos),
                             is_marked ? Directives::allowed : Directives::refused);
        } else if (is_marked || marker_.line_before(marker_.before(mark)).starts_with("...")) {
            abandon("a second document begins here", "a scenario is one document");
        } else {
            abandon("not YAML: the document has ended before this");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
        note(mark);
        const std::string_view text = marker_.text_at(mark);
        const std::string word(text.substr(0, text.find_first_of(" \t\n,]}")));
        if (word.starts_with('!')) refuse_tag(word);  // yaml-cpp forgets it at the end of a text
        const TreeBuilder::Awaited awaited = builder_.awaited();
        const bool is_in_map = awaited == TreeBuilder::Awaited::key || awaited == TreeBuilder::Awaited::value;
        if (is_in_map || word == "~" || word == "null" || word == "Null" || word == "NULL") {
            builder_.take_null(marker_.place(mark));
        } else if (text.starts_with(',')) {
            abandon("not YAML: there is no value before the comma");
        } else {  // nothing is written, and the mark is the next token's
            builder_.take_null(marker_.place(marker_.before(mark)));
        }
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        note(mark);
        refuse_alias();
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        begin(mark, tag);
        if (builder_.awaited() == TreeBuilder::Awaited::key) open_.back().key = mark;
        builder_.take_scalar(marker_.place(mark), mended(value),
                             tag == "!" ? TreeBuilder::Style::quoted : TreeBuilder::Style::plain);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value style) override {
        begin_collection(mark, tag);
        open_.push_back({style, mark});
        builder_.open_list(marker_.place(mark));
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value style) override {
        begin_collection(mark, tag);
        open_.push_back({style, mark});
        builder_.open_map(marker_.place(mark));
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    /// After the last event.
    void finish() { refuse_lost_line(last_, marker_.end(), Directives::refused); }

    /// Where the last event was.
    [[nodiscard]] const YAML::Mark& last() const { return last_; }

    [[noreturn]] void refuse_alias() {
        abandon("aliases (*name) are not used in scenarios",
                "give the number as a parameter, or inherit with `extends`");
    }
    [[noreturn]] void abandon(std::string problem, std::string suggestion = {}) {
        throw Abandoned{marker_.place(last_), std::move(problem), std::move(suggestion)};
    }
    void note(const YAML::Mark& mark) {
        last_ = mark;
        stream_.note_event();
    }

  private:
    enum class Directives : std::uint8_t { allowed, refused };

    /// yaml-cpp passes over a line that begins with `%`, whatever it says, and a document may end before it.
    void refuse_lost_line(const YAML::Mark& from, std::size_t end, Directives directives) {
        for (const YAML::Mark& line : marker_.percent_lines(from, end)) {
            const std::string_view text = marker_.text_at(line);
            const bool is_directive = text.starts_with("%YAML ") || text.starts_with("%TAG ");
            if (is_directive && directives == Directives::allowed) continue;
            note(line);
            abandon("not YAML: a line may begin with % only before a ---, and only as a directive");
        }
    }

    /// yaml-cpp calls what has no tag `?`, or `!` when it is in quotes or a block.
    void refuse_tag(const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        abandon("tags (" + tag + ") are not used in scenarios");
    }

    /// At the end of a text, yaml-cpp takes the last of its open brackets for keys.
    void begin_collection(const YAML::Mark& mark, const std::string& tag) {
        begin(mark, tag);
        if (builder_.awaited() == TreeBuilder::Awaited::key && marker_.is_left_open(mark)) {
            abandon("not YAML: this bracket is not closed");
        }
    }
    void begin(const YAML::Mark& mark, const std::string& tag) {
        note(mark);
        refuse_tag(tag);
        if (open_.empty() || open_.back().style != YAML::EmitterStyle::Flow) check_indentation(mark);
    }
    void check_indentation(const YAML::Mark& mark) {
        if (marker_.is_indented_by_tab(mark)) abandon("not YAML: a tab cannot indent", "use spaces");
        if (builder_.awaited() != TreeBuilder::Awaited::value) return;
        const YAML::Mark& key = open_.back().key;
        const std::string_view text = marker_.text_at(mark);
        const bool is_list_in_block = text.starts_with("- ") || text.starts_with("-\n");
        if (mark.line > key.line && mark.column < key.column + (is_list_in_block ? 0 : 1)) {
            abandon("not YAML: the value must be indented more than its key");
        }
    }
    void close() {
        open_.pop_back();
        stream_.note_event();
        builder_.close();
    }

    /// A list or map that is not at its end.
    struct Open {
        YAML::EmitterStyle::value style;
        YAML::Mark key;  ///< the last one, of a map
    };

    Marker& marker_;
    Stream& stream_;
    TreeBuilder& builder_;
    std::vector<Open> open_;
    YAML::Mark last_;
    int documents_ = 0;
};

}  // namespace

void send_yaml_events(const std::string& text, const std::string& name, Marks marks, TreeBuilder& builder) {
    Marker marker(text, name, marks);
    std::string prepared_text = prepared(text);
    Stream stream(prepared_text);
    EventHandler handler(marker, stream, builder);
    try {
        std::istream input(&stream);
        YAML::Parser parser(input);
        while (parser.HandleNextDocument(handler)) {
        }
        handler.finish();
    } catch (const Stream::TooManyValues&) {
        TreeBuilder::refuse_number_of_values(marker.place(handler.last()));
    } catch (const YAML::Exception& error) {
        if (!error.mark.is_null()) handler.note(error.mark);
        // An alias to what has no anchor yet: an alias all the same.
        if (error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR) handler.refuse_alias();
        // The message ends with the first byte of the character.
        const bool is_escape = error.msg.starts_with(YAML::ErrorMsg::INVALID_ESCAPE);
        handler.abandon("not YAML: " + (is_escape ? "unknown escape character" : mended(error.msg)));
    }
}

}  // namespace vfm::scenario
