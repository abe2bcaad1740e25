#include "vfm/core/utf8.hpp"

namespace vfm {

namespace {

/// Which first bytes begin a character of how many bytes, and what its second byte may be: overlong forms,
/// surrogates and what lies above U+10FFFF show there (Unicode 15, table 3-7).
struct Form {
    unsigned first_lead;
    unsigned last_lead;
    std::size_t length;
    unsigned least_second;
    unsigned most_second;
};

constexpr Form forms[] = {
    {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF}, {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x80, 0xBF}, {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    for (const Form& form : forms) {
        if (lead < form.first_lead || lead > form.last_lead) continue;
        if (text.size() - at < form.length) return 0;
        if (byte(at + 1) < form.least_second || byte(at + 1) > form.most_second) return 0;
        for (std::size_t i = 2; i < form.length; ++i) {
            if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
        }
        return form.length;
    }
    return 0;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

}  // namespace vfm
