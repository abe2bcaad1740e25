#include "vfm/scenario/reference.hpp"

#include "declared.hpp"

#include "vfm/model/vocabulary.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace vfm::scenario {

namespace {

std::string anchor(std::string_view name) {
    std::string link(name);
    std::replace(link.begin(), link.end(), ' ', '-');
    return fmt::format("[{}](#{})", name, link);
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", word);
    return text;
}

std::string type_text(const Shape& shape) {
    using Kind = Shape::Kind;
    switch (shape.kind) {
        case Kind::text:
            return "text";
        case Kind::boolean:
            return "`true` or `false`";
        case Kind::whole:
            return "whole number";
        case Kind::number:
            return "number";
        case Kind::date:
            return "date";
        case Kind::quantity:
            return "quantity";
        case Kind::choice:
            return "one of " + joined(shape.choices);
        case Kind::name:
            return fmt::format("name of {} {}",
                               shape.noun.front() == 'o' || shape.noun.front() == 'a' ? "an" : "a",
                               shape.noun);
        case Kind::conditions:
            return shape.noun.empty() ? "covariate, or a list" : "level, or a list";
        case Kind::list:
            return "list of " + type_text(*shape.element);
        case Kind::section:
            return anchor(shape.section->name);
        case Kind::named:
            return fmt::format("map from {} to {}", shape.noun.empty() ? "names" : shape.noun,
                               type_text(*shape.element));
        case Kind::shares:
            return "map from levels to quantities or `rest`; or from levels of `given` to such maps";
        case Kind::settings:
            return "map from paths to values";
        case Kind::setting_lists:
            return "name of a setting, or a list";
    }
    return {};
}

std::string default_text(const FieldAbout& field) {
    if (field.presence == Presence::required) return "required";
    if (!field.default_text.empty()) return fmt::format("`{}`", field.default_text);
    if (!field.default_sibling.empty()) return fmt::format("as `{}`", field.default_sibling);
    if (field.default_node == nullptr) return "";
    std::string text;
    for (const Entry& entry : field.default_node->entries) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", entry.key, entry.value->text);
    }
    return text.empty() ? "its defaults" : "`{" + text + "}`";
}

std::string limits_text(const FieldAbout& field) {
    std::string text = range_text(field);
    if (!field.unit.empty())
        text = text.empty() ? std::string(field.unit) : fmt::format("{}; {}", field.unit, text);
    const Shape& shape = field.shape;
    const bool counted = shape.most != std::numeric_limits<std::size_t>::max();
    if (!counted) return text;
    const std::string count = shape.least == shape.most ? fmt::format("{} entries", shape.most)
                              : shape.least == 0        ? fmt::format("at most {} entries", shape.most)
                                                 : fmt::format("{} to {} entries", shape.least, shape.most);
    return text.empty() ? count : text + "; " + count;
}

/// Every section that can be reached, each once, in the order of first mention.
void gather(const SectionAbout& about, std::vector<const SectionAbout*>& all);

void gather(const Shape& shape, std::vector<const SectionAbout*>& all) {
    if (shape.section != nullptr) gather(*shape.section, all);
    if (shape.element != nullptr) gather(*shape.element, all);
}

void gather(const SectionAbout& about, std::vector<const SectionAbout*>& all) {
    if (std::find(all.begin(), all.end(), &about) != all.end()) return;
    all.push_back(&about);
    for (const FieldAbout& field : about.fields) gather(field.shape, all);
}

void append_section(std::string& page, const SectionAbout& about) {
    page += fmt::format("\n## {}\n\n{}", about.name, about.doc);
    if (!about.shorthand.empty()) page += fmt::format(" A bare value means {}.", about.shorthand);
    if (!about.exclusive.empty()) page += fmt::format(" At most one of {}.", joined(about.exclusive));
    page += "\n\n| key | value | default | unit and limits | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (const FieldAbout& field : about.fields) {
        page += fmt::format("| `{}` | {} | {} | {} | {} |\n", field.name, type_text(field.shape),
                            default_text(field), limits_text(field), field.doc);
    }
}

constexpr std::string_view introduction = R"(# Scenario reference

Made by the program from the declarations that read scenarios; a test keeps it current.

A scenario is one YAML document in UTF-8 of at most 4 MB, 64 levels and 200,000 values; every key is known and stands
once. Aliases (`*name`), merge keys (`<<`) and tags are not used. Numbers are plain decimals (`0.5`, `1e-3`); `010`,
`yes`, `.inf` and numbers in quotes are errors. All faults are reported at once, each with its place.

- A **quantity** is a number, or the name of a parameter.
- A **name** has letters, digits and underscores, a letter first; a level may begin with a digit.
- A **date** is written `2014-09-30`.
- **Order of keys.** It never changes a result but that area `types`, whose areas are numbered in the order of the file,
  meet other variates. `arms` and `stages` are shown in the order of the file, and the first arm is the reference unless
  `reference_arm` names one; lists (transitions, deadlines, outcomes) are in order. Everything else is taken by name.
- **`extends`** names a file beside this one (chains of at most 8). Maps merge key by key; everything else is replaced; null
  takes an inherited key out. Where keys exclude each other (`value` and `distribution`, the families of a
  distribution), the new one replaces the inherited one. Parameters that nothing uses are not drawn.
- **Paths** in `settings` and `set` lead through keys, joined by dots, and through entries of lists by number from 0;
  `*` stands for every name of a map of names as it is by then. A path replaces the whole node there; null takes it
  out. A path to something that is not there is an error, but for optional keys of this format. Settings are applied in
  the order of `use`, then `set`; within one, shorter paths first, then by text, `*` before names. Arms may set
  `policies`, `pathway`, `authority`, `support`, `budget` and `outcomes`.
)";

void append_vocabulary(std::string& page) {
    page += "\n## Covariates\n\nWhat effects and conditions may name, and nothing else:\n\n";
    page += "- `ATTRIBUTE.LEVEL`, a level of an attribute;\n- `area.EFFECT`, a random effect of the area;\n";
    page += "- `area_type.NAME`, 1 in areas of this type and 0 in others;\n";
    page +=
        "- `policy.NAME`, a policy of the arm;\n- `supporter.KIND`, the kind of the family's supporter;\n- "
        "flags: ";
    page +=
        joined({model::flag_names.begin(), model::flag_names.end()}) + ".\n\nNumeric covariates, for `per`: ";
    page += joined({model::numeric_covariate_names.begin(), model::numeric_covariate_names.end()}) + ".\n";
}

}  // namespace

std::string reference_page() {
    std::vector<const SectionAbout*> sections;
    gather(root_section(), sections);
    std::string page(introduction);
    for (const SectionAbout* about : sections) append_section(page, *about);
    append_vocabulary(page);
    return page;
}

}  // namespace vfm::scenario
