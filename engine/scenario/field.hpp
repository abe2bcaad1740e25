// The table of fields: each line declares a key once, for parsing, checking and the reference alike.
#pragma once

#include "field_reader.hpp"
#include "shape.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace vfm::scenario {

/// How a value of one type is declared and read. The general case is a section of its own.
template <class Member>
struct Value;

/// One key of the section that fills a `Filled`.
template <class Filled>
struct Field {
    FieldAbout about;
    void (*read)(FieldReader&, const Node&, const FieldAbout&, Filled&) = nullptr;

    [[nodiscard]] Field required() const {
        Field field = *this;
        field.about.presence = Presence::required;
        return field;
    }
    [[nodiscard]] Field in(std::string_view unit) const {
        Field field = *this;
        field.about.unit = unit;
        return field;
    }
    [[nodiscard]] Field range(double low, double high) const {
        Field field = *this;
        field.about.low = low;
        field.about.high = high;
        return field;
    }
    [[nodiscard]] Field above(double low, double high) const {
        Field field = range(low, high);
        field.about.low_is_open = true;
        return field;
    }
    [[nodiscard]] Field share() const { return in("share").range(0, 1); }
    [[nodiscard]] Field otherwise(std::string_view text) const {
        Field field = *this;
        field.about.default_text = text;
        field.about.default_node =
            scalar_node(std::string(text), {std::make_shared<const std::string>("default")});
        return field;
    }
    /// For a section: its default has these keys, and the defaults of the others.
    [[nodiscard]] Field otherwise_with(
        std::initializer_list<std::pair<const char*, const char*>> keys) const {
        const Place place{std::make_shared<const std::string>("default")};
        std::vector<Entry> entries;
        for (const auto& [key, text] : keys) entries.push_back({key, place, scalar_node(text, place)});
        Field field = *this;
        field.about.default_node = map_node(std::move(entries), place);
        return field;
    }
    [[nodiscard]] Field otherwise_as(std::string_view sibling) const {
        Field field = *this;
        field.about.default_sibling = sibling;
        return field;
    }
    [[nodiscard]] Field entries(std::size_t least, std::size_t most) const {
        Field field = *this;
        field.about.shape.least = least;
        field.about.shape.most = most;
        return field;
    }
    [[nodiscard]] Field in_order() const {
        Field field = *this;
        field.about.shape.order_matters = true;
        return field;
    }
};

template <class Filled>
struct Section {
    SectionAbout about;
    std::vector<void (*)(FieldReader&, const Node&, const FieldAbout&, Filled&)> readers;
    /// Reads a bare value instead of the map.
    void (*shorthand)(FieldReader&, const Node&, const FieldAbout&, Filled&) = nullptr;
    /// Checks what concerns several keys.
    void (*check)(FieldReader&, const Node&, Filled&) = nullptr;

    Section(std::string_view name, std::string_view doc, std::vector<Field<Filled>> fields) {
        about.name = name;
        about.doc = doc;
        for (Field<Filled>& field : fields) {
            about.fields.push_back(std::move(field.about));
            readers.push_back(field.read);
        }
    }
    [[nodiscard]] Section exclusive(std::vector<std::string_view> keys) && {
        about.exclusive = std::move(keys);
        return std::move(*this);
    }
    [[nodiscard]] Section bare(std::string_view meaning,
                               void (*reader)(FieldReader&, const Node&, const FieldAbout&, Filled&)) && {
        about.shorthand = meaning;
        shorthand = reader;
        return std::move(*this);
    }
    [[nodiscard]] Section checked(void (*checker)(FieldReader&, const Node&, Filled&)) && {
        check = checker;
        return std::move(*this);
    }
};

/// The one table of each section; specialised in the section_*.cpp files.
template <class Filled>
const Section<Filled>& section();

/// The value a field has: as written, its default, or null when it is absent (a fault when it is required).
[[nodiscard]] const Node* value_of(FieldReader& reader, const Node& map, const SectionAbout& about,
                                   const FieldAbout& field);

template <class Filled>
void read_fields(FieldReader& reader, const Node& map, const Section<Filled>& table, Filled& filled) {
    for (std::size_t i = 0; i < table.readers.size(); ++i) {
        const FieldAbout& field = table.about.fields[i];
        if (table.readers[i] == nullptr) continue;
        if (const Node* value = value_of(reader, map, table.about, field)) {
            table.readers[i](reader, *value, field, filled);
        }
    }
    if (table.check != nullptr) table.check(reader, map, filled);
}

template <class Filled>
void read_section(FieldReader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
    const Section<Filled>& table = section<Filled>();
    if (table.shorthand != nullptr && node.is_scalar()) {
        table.shorthand(reader, node, about, filled);
    } else if (reader.expect_map(node, about.name)) {
        reader.check_keys(node, table.about);
        read_fields(reader, node, table, filled);
    }
}

template <class Filled>
Shape section_shape() {
    Shape shape;
    shape.kind = Shape::Kind::section;
    shape.section = &section<Filled>().about;
    return shape;
}

inline Shape plain_shape(Shape::Kind kind, std::string_view noun = {}) {
    Shape shape;
    shape.kind = kind;
    shape.noun = noun;
    return shape;
}

inline Shape choice_shape(std::vector<std::string_view> choices) {
    Shape shape;
    shape.kind = Shape::Kind::choice;
    shape.choices = std::move(choices);
    return shape;
}

inline Shape list_shape(Shape element, Shape::Kind kind = Shape::Kind::list) {
    Shape shape;
    shape.kind = kind;
    shape.element = std::make_shared<const Shape>(std::move(element));
    return shape;
}

template <class Member>
struct Value {
    static Shape shape() { return section_shape<Member>(); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about, Member& into) {
        read_section(reader, node, about, into);
    }
};

template <class Member>
struct Value<std::optional<Member>> {
    static Shape shape() { return Value<Member>::shape(); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about,
                     std::optional<Member>& into) {
        Value<Member>::read(reader, node, about, into.emplace());
    }
};

/// Sections without names are lists, sections with names are maps from the name.
template <class Member>
concept HasName = requires(Member member) {
    member.name = std::string();
};

/// The entries of a named map in the order they are read: by name unless their order matters. Names that are
/// none are faults.
[[nodiscard]] std::vector<const Entry*> ordered_entries(FieldReader& reader, const Node& map,
                                                        const FieldAbout& about);

template <class Member>
struct Value<std::vector<Member>> {
    static Shape shape() { return list_shape(Value<Member>::shape()); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about,
                     std::vector<Member>& into) {
        if (!reader.expect_list(node, about)) return;
        into.reserve(node.items.size());
        for (const NodePtr& item : node.items) Value<Member>::read(reader, *item, about, into.emplace_back());
    }
};

template <HasName Member>
struct Value<std::vector<Member>> {
    static Shape shape() { return list_shape(Value<Member>::shape(), Shape::Kind::named); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about,
                     std::vector<Member>& into) {
        if (!reader.expect_map(node, about.name)) return;
        const auto entries = ordered_entries(reader, node, about);
        into.reserve(entries.size());
        for (const Entry* entry : entries) {
            Member& member = into.emplace_back();
            member.name = entry->key;
            Value<Member>::read(reader, *entry->value, about, member);
        }
    }
};

template <Shape::Kind scalar_kind, auto read_scalar>
struct ScalarValue {
    static Shape shape() { return plain_shape(scalar_kind); }
    template <class Member>
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about, Member& into) {
        into = static_cast<Member>((reader.*read_scalar)(node, about));
    }
};
template <>
struct Value<std::string> : ScalarValue<Shape::Kind::text, &FieldReader::text> {};
template <>
struct Value<bool> : ScalarValue<Shape::Kind::boolean, &FieldReader::truth> {};
template <>
struct Value<int> : ScalarValue<Shape::Kind::whole, &FieldReader::whole> {};
template <>
struct Value<std::uint64_t> : ScalarValue<Shape::Kind::whole, &FieldReader::whole> {};
template <>
struct Value<double> : ScalarValue<Shape::Kind::number, &FieldReader::number> {};
template <>
struct Value<std::optional<CalendarDate>> : ScalarValue<Shape::Kind::date, &FieldReader::date> {};
template <>
struct Value<Quantity> : ScalarValue<Shape::Kind::quantity, &FieldReader::quantity> {};
template <>
struct Value<std::vector<Covariate>> : ScalarValue<Shape::Kind::conditions, &FieldReader::conditions> {};

/// The words of an enumeration, in the order of its enumerators.
template <class Enumeration>
std::vector<std::string_view> words_of();

template <class Enumeration>
requires std::is_enum_v<Enumeration>
struct Value<Enumeration> {
    static Shape shape() { return choice_shape(words_of<Enumeration>()); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about, Enumeration& into) {
        into = static_cast<Enumeration>(reader.choice(node, about));
    }
};

template <class Owner, class Member>
Owner owner_of(Member Owner::*);
template <class Owner, class Member>
Member member_of(Member Owner::*);

/// A key that fills one member. `Filled` is given where the member is of a base class.
template <auto member, class Filled = decltype(owner_of(member))>
Field<Filled> field(std::string_view name, std::string_view doc) {
    using Member = decltype(member_of(member));
    Field<Filled> made;
    made.about.name = name;
    made.about.doc = doc;
    made.about.shape = Value<Member>::shape();
    made.read = [](FieldReader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
        Value<Member>::read(reader, node, about, filled.*member);
    };
    return made;
}

/// A key that is read in a way of its own (or not here: no reader).
template <class Filled>
Field<Filled> custom(std::string_view name, const Shape& shape, std::string_view doc,
                     void (*read)(FieldReader&, const Node&, const FieldAbout&, Filled&)) {
    Field<Filled> made;
    made.about.name = name;
    made.about.doc = doc;
    made.about.shape = shape;
    made.read = read;
    return made;
}

/// A list of sections of type `Declared`, each turned into what the scenario keeps.
template <class Declared>
std::vector<Declared> read_list(FieldReader& reader, const Node& node, const FieldAbout& about) {
    std::vector<Declared> declared;
    Value<std::vector<Declared>>::read(reader, node, about, declared);
    return declared;
}

}  // namespace vfm::scenario
