#include "yaml_writer.hpp"

#include <algorithm>
#include <string_view>

namespace vfm::scenario {

namespace {

/// Plain in every place of a YAML text, and read back as it is.
bool is_plain(std::string_view text) {
    if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.';
    };
    if (!is_word(text.front()) && text.front() != '-' && text.front() != '+') return false;
    if (text.size() == 1 && !is_word(text.front())) return false;
    if (text == "---" || text == "...") return false;
    if (!std::all_of(text.begin() + 1, text.end(), [&](char c) {
            return is_word(c) || c == '-' || c == '+' || c == '/' || c == ' ' || c == '(' || c == ')';
        })) {
        return false;
    }
    return text.back() != ' ' && !(text.front() == '-' && text[1] == ' ') && text.substr(0, 3) != "---";
}

void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += '"';
    for (const char c : text) {
        const auto unit = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (unit < 0x20U) {
            out += "\\x";
            out += digits[unit >> 4U];
            out += digits[unit & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_text(std::string& out, std::string_view text) {
    if (is_plain(text)) {
        out += text;
    } else {
        append_quoted(out, text);
    }
}

void append_scalar(std::string& out, const Node& node) {
    if (node.kind == Node::Kind::null) {
        out += "null";
    } else if (node.quoted) {
        append_quoted(out, node.text);
    } else {
        append_text(out, node.text);
    }
}

bool is_short(const Node& node) {
    return node.kind == Node::Kind::null || node.is_scalar();
}

void append_node(std::string& out, const Node& node, std::size_t indent);

/// What stands behind `key:` or `-`, from the space or line end on.
void append_value(std::string& out, const Node& node, std::size_t indent) {
    if (is_short(node)) {
        out += ' ';
        append_scalar(out, node);
        out += '\n';
    } else if (node.entries.empty() && node.items.empty()) {
        out += node.is_map() ? " {}\n" : " []\n";
    } else if (node.is_list() && std::all_of(node.items.begin(), node.items.end(),
                                             [](const NodePtr& item) { return is_short(*item); })) {
        out += " [";
        for (const NodePtr& item : node.items) {
            if (item != node.items.front()) out += ", ";
            append_scalar(out, *item);
        }
        out += "]\n";
    } else {
        out += '\n';
        append_node(out, node, indent + 2);
    }
}

void append_node(std::string& out, const Node& node, std::size_t indent) {
    for (const Entry& entry : node.entries) {
        out.append(indent, ' ');
        append_text(out, entry.key);
        out += ':';
        append_value(out, *entry.value, indent);
    }
    for (const NodePtr& item : node.items) {
        out.append(indent, ' ');
        out += '-';
        append_value(out, *item, indent);
    }
}

}  // namespace

std::string write_yaml(const Node& root) {
    std::string out;
    append_node(out, root, 0);
    return out;
}

}  // namespace vfm::scenario
