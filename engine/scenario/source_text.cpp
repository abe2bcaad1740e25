#include "source_text.hpp"

#include "tree_builder.hpp"

#include "vfm/core/utf8.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace vfm::scenario {

namespace {

/// What YAML (1.2.2, section 5.1) lets stand in a text: no control characters but the tab and the next line
/// of Latin 1, and no code points that are no characters.
bool is_printable(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return (byte(0) >= 0x20U && byte(0) != 0x7FU) || character == "\t";
    if (character.size() == 2) return byte(0) != 0xC2U || byte(1) >= 0xA0U || byte(1) == 0x85U;
    return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

}  // namespace

std::string source_text(std::string bytes, const std::string& name) {
    Place place{std::make_shared<const std::string>(name), 0, 0};
    if (bytes.starts_with("\x89HDF")) {
        throw Abandoned{place, "an HDF5 file, and a scenario is YAML text",
                        "vfmsim compare, voi and sensitivity read results files"};
    }
    if (bytes.size() > most_bytes) throw Abandoned{place, "larger than 4 MB", ""};
    std::string text;
    text.reserve(bytes.size() + 1);
    place.line = place.column = 1;
    std::size_t i = 0;
    while (bytes.compare(i, 3, "\xEF\xBB\xBF") == 0) i += 3;
    while (i < bytes.size()) {
        std::size_t plain = i;  // nearly all of a scenario
        while (plain < bytes.size() && bytes[plain] >= ' ' && bytes[plain] <= '~') ++plain;
        if (plain > i) {
            text.append(bytes, i, plain - i);
            place.column += static_cast<int>(plain - i);
            i = plain;
            continue;
        }
        const char c = bytes[i];
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
            text += '\n';
            ++place.line;
            place.column = 1;
            ++i;
            continue;
        }
        const std::size_t length = utf8_length(bytes, i);
        if (length == 0) throw Abandoned{place, "not UTF-8 text", "save the file as UTF-8"};
        if (!is_printable(std::string_view(bytes).substr(i, length))) {
            throw Abandoned{place, "a control character", "take it out"};
        }
        text.append(bytes, i, length);
        i += length;
        ++place.column;
    }
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

}  // namespace vfm::scenario
