// What the scenario format looks like: the fields of every section, as data.
#pragma once

#include "node.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::scenario {

struct SectionAbout;

/// The form of one value.
struct Shape {
    enum class Kind : std::uint8_t {
        text,
        boolean,
        whole,  ///< a whole number
        number,
        date,
        quantity,    ///< a number or the name of a parameter
        choice,      ///< one of a closed list of words
        name,        ///< of something declared elsewhere
        conditions,  ///< names of covariates: one, or a list
        list,
        section,       ///< a map with known keys
        named,         ///< a map with names of the author's own
        shares,        ///< the levels of an attribute
        settings,      ///< paths and what they are set to
        setting_lists  ///< names of settings, one or a list
    };
    Kind kind = Kind::text;
    std::string_view noun;  ///< what to call it in the reference, where the kind does not say it
    std::vector<std::string_view> choices{};
    const SectionAbout* section = nullptr;   ///< of a section
    std::shared_ptr<const Shape> element{};  ///< of a list or named map
    std::size_t least = 0;
    std::size_t most = std::numeric_limits<std::size_t>::max();
    bool order_matters = false;   ///< named: entries stay in the order of the file
    bool keys_are_known = false;  ///< named: the names are those of something declared elsewhere
};

enum class Presence : std::uint8_t { required, optional };

/// One key of a section.
struct FieldAbout {
    std::string_view name;
    std::string_view doc;
    Shape shape;
    Presence presence = Presence::optional;
    std::string_view unit;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_is_open = false;
    std::string_view default_text;     ///< empty: none, the thing is absent
    std::string_view default_sibling;  ///< the key whose value is the default
    NodePtr default_node;              ///< of default_text
};

/// A map with known keys.
struct SectionAbout {
    std::string_view name;
    std::string_view doc;
    std::vector<FieldAbout> fields;
    /// Keys that exclude each other: at most one of them may be there, and one inherited gives way to
    /// another.
    std::vector<std::string_view> exclusive;
    /// What a bare value instead of the map means; empty: it must be a map.
    std::string_view shorthand;

    [[nodiscard]] const FieldAbout* field(std::string_view key) const {
        for (const FieldAbout& candidate : fields) {
            if (candidate.name == key) return &candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool excludes(std::string_view key) const {
        for (const std::string_view candidate : exclusive) {
            if (candidate == key) return true;
        }
        return false;
    }
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> names;
        for (const FieldAbout& candidate : fields) names.emplace_back(candidate.name);
        return names;
    }
};

}  // namespace vfm::scenario
