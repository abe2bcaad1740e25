// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace vfm {

/// Bytes (1 to 4) of the character that begins at byte `at` of a text; 0 where none begins, where it is cut
/// off, and at the text's end.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

/// Whether the whole text is UTF-8. NUL and other control characters are.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace vfm
