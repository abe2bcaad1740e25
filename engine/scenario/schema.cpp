#include "declared.hpp"

#include "vfm/scenario/reference.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

namespace vfm::scenario {

namespace {

using Json = nlohmann::ordered_json;

std::string definition_name(const SectionAbout& about) {
    std::string name(about.name);
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

/// Writes sections as definitions that refer to each other.
class SchemaWriter {
  public:
    Json reference(const SectionAbout& about) {
        const std::string name = definition_name(about);
        if (!definitions_.contains(name)) {
            definitions_[name] = Json::object();
            definitions_[name] = section(about);
        }
        return {{"$ref", "#/$defs/" + name}};
    }

    Json properties(const SectionAbout& about) {
        Json all = Json::object();
        for (const FieldAbout& field : about.fields) {
            Json made = value(field.shape, field);
            made["description"] =
                std::string(field.doc) + (field.unit.empty() ? "" : " (" + std::string(field.unit) + ")");
            all[std::string(field.name)] = std::move(made);
        }
        return all;
    }

    [[nodiscard]] const Json& definitions() const { return definitions_; }

  private:
    Json section(const SectionAbout& about) {
        // Keys may be inherited, so none is required here.
        Json made = {{"type", "object"},
                     {"description", std::string(about.doc)},
                     {"additionalProperties", false},
                     {"properties", properties(about)}};
        if (about.shorthand.empty()) return made;
        return {{"anyOf", {std::move(made), {{"type", {"number", "string"}}}}}};
    }

    static Json number(const FieldAbout& field) {
        Json made = {{"type", "number"}};
        if (std::isfinite(field.low)) made[field.low_is_open ? "exclusiveMinimum" : "minimum"] = field.low;
        if (std::isfinite(field.high)) made["maximum"] = field.high;
        return made;
    }

    static Json one_or_list() {
        return {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
    }

    Json value(const Shape& shape, const FieldAbout& field) {
        using Kind = Shape::Kind;
        switch (shape.kind) {
            case Kind::boolean:
                return {{"type", "boolean"}};
            case Kind::whole: {
                Json made = number(field);
                made["type"] = "integer";
                return made;
            }
            case Kind::number: {
                Json made = number(field);
                made["type"] = {"number", "null"};
                return made;
            }
            case Kind::quantity:
                return {{"anyOf", {number(field), {{"type", "string"}}}}};
            case Kind::choice:
                return {{"enum", shape.choices}};
            case Kind::date:
                return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
            case Kind::conditions:
            case Kind::setting_lists:
                return one_or_list();
            case Kind::list:
                return {{"type", "array"}, {"items", value(*shape.element, field)}};
            case Kind::section:
                return reference(*shape.section);
            case Kind::named:
                return {{"type", "object"}, {"additionalProperties", value(*shape.element, field)}};
            case Kind::shares:
            case Kind::settings:
                return {{"type", "object"}};
            case Kind::text:
            case Kind::name:
                break;
        }
        return {{"type", "string"}};
    }

    Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema() {
    SchemaWriter writer;
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "vfmsim scenario"},
                   {"type", "object"},
                   {"additionalProperties", false}};
    schema["properties"] = writer.properties(root_section());
    schema["$defs"] = writer.definitions();
    return schema.dump(2) + "\n";
}

}  // namespace vfm::scenario
