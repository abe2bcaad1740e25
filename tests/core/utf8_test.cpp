#include "vfm/core/utf8.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace vfm {
namespace {

/// The code point that the bits of some bytes give, by RFC 3629's definition of the forms and then of what
/// is no character; written the other way round from what is tested.
std::optional<std::uint32_t> decoded(const std::string& bytes) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
    };
    std::uint32_t value = 0;
    switch (bytes.size()) {
        case 1:
            return byte(0) < 0x80 ? std::optional(byte(0)) : std::nullopt;
        case 2:
            if ((byte(0) & 0xE0U) != 0xC0U) return std::nullopt;
            value = byte(0) & 0x1FU;
            break;
        case 3:
            if ((byte(0) & 0xF0U) != 0xE0U) return std::nullopt;
            value = byte(0) & 0x0FU;
            break;
        default:
            if ((byte(0) & 0xF8U) != 0xF0U) return std::nullopt;
            value = byte(0) & 0x07U;
    }
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[bytes.size()] || value > 0x10FFFF) return std::nullopt;
    if (value >= 0xD800 && value <= 0xDFFF) return std::nullopt;
    return value;
}

std::string text_of(std::initializer_list<unsigned> bytes) {
    std::string text;
    for (const unsigned byte : bytes) text += static_cast<char>(static_cast<unsigned char>(byte));
    return text;
}

TEST(Utf8, every_first_and_second_byte_is_taken_as_the_definition_says) {
    for (unsigned first = 0; first < 0x100; ++first) {
        EXPECT_EQ(is_utf8(text_of({first})), decoded(text_of({first})).has_value()) << first;
        for (unsigned second = 0; second < 0x100; ++second) {
            for (const std::string& rest : {std::string(), text_of({0x80}), text_of({0xBF, 0x80})}) {
                const std::string text = text_of({first, second}) + rest;
                const bool one = first >= 0x80 && decoded(text).has_value();
                EXPECT_EQ(first >= 0x80 && is_utf8(text), one)
                    << first << ' ' << second << ' ' << rest.size();
                if (one) {
                    EXPECT_EQ(utf8_length(text, 0), text.size());
                }
            }
        }
    }
}

TEST(Utf8, every_later_byte_must_continue) {
    for (unsigned byte = 0; byte < 0x100; ++byte) {
        const bool continues = byte >= 0x80 && byte <= 0xBF;
        EXPECT_EQ(is_utf8(text_of({0xE2, 0x82, byte})), continues) << byte;
        EXPECT_EQ(is_utf8(text_of({0xF0, 0x9F, byte, 0x80})), continues) << byte;
        EXPECT_EQ(is_utf8(text_of({0xF0, 0x9F, 0x80, byte})), continues) << byte;
    }
}

TEST(Utf8, a_character_that_the_text_cuts_off_is_none) {
    const std::string text = "a\u00E9\u20AC\U0001F600";
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(utf8_length(text, 0), 1U);
    EXPECT_EQ(utf8_length(text, 1), 2U);
    EXPECT_EQ(utf8_length(text, 2), 0U) << "in the middle of a character";
    EXPECT_EQ(utf8_length(text, 3), 3U);
    EXPECT_EQ(utf8_length(text, 6), 4U);
    EXPECT_EQ(utf8_length(text, text.size()), 0U);
    for (const std::size_t length : {2U, 4U, 5U, 7U, 8U, 9U}) EXPECT_FALSE(is_utf8(text.substr(0, length)));
}

TEST(Utf8, control_characters_are_utf8) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8(std::string(1, '\0')));
    EXPECT_TRUE(is_utf8("\t\x7F"));
}

}  // namespace
}  // namespace vfm
