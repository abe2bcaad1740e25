#include "header_json.hpp"

#include "vfm/core/errors.hpp"

#include <cstdint>
#include <limits>
#include <vector>

#include <nlohmann/json.hpp>

namespace vfm::results {

namespace {

using Json = nlohmann::ordered_json;

/// One object of the JSON text, read field by field with its types checked.
class Fields {
  public:
    explicit Fields(const Json& object) : object_(object) {
        if (!object.is_object()) throw FileFormatError("a part of its header is not a JSON object");
    }

    [[nodiscard]] std::string text(const char* name) const { return as_text(field(name), name); }

    [[nodiscard]] std::uint64_t natural(const char* name) const {
        const Json& value = field(name);
        if (!value.is_number_unsigned()) wrong(name);
        return value.get<std::uint64_t>();
    }

    [[nodiscard]] int integer(const char* name) const {
        const Json& value = field(name);
        if (!value.is_number_integer()) wrong(name);
        if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<int>::max())
            wrong(name);
        const auto number = value.get<std::int64_t>();
        if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) wrong(name);
        return static_cast<int>(number);
    }

    [[nodiscard]] double real(const char* name) const { return as_real(field(name), name); }

    [[nodiscard]] bool truth(const char* name) const {
        const Json& value = field(name);
        if (!value.is_boolean()) wrong(name);
        return value.get<bool>();
    }

    [[nodiscard]] bool has(const char* name) const { return object_.contains(name); }

    [[nodiscard]] std::vector<std::string> texts(const char* name) const {
        std::vector<std::string> values;
        for (const Json& value : array(name)) values.push_back(as_text(value, name));
        return values;
    }

    [[nodiscard]] std::vector<double> reals(const char* name) const {
        std::vector<double> values;
        for (const Json& value : array(name)) values.push_back(as_real(value, name));
        return values;
    }

    template <class Thing, class Make>
    [[nodiscard]] std::vector<Thing> objects(const char* name, Make make) const {
        std::vector<Thing> things;
        for (const Json& value : array(name)) things.push_back(make(Fields(value)));
        return things;
    }

    [[nodiscard]] const Json& field(const char* name) const {
        const auto found = object_.find(name);
        if (found == object_.end()) throw FileFormatError(std::string("its header has no `") + name + "`");
        return *found;
    }

  private:
    [[noreturn]] static void wrong(const char* name) {
        throw FileFormatError(std::string("`") + name + "` in its header has the wrong type or range");
    }
    static std::string as_text(const Json& value, const char* name) {
        if (!value.is_string()) wrong(name);
        return value.get<std::string>();
    }
    static double as_real(const Json& value, const char* name) {
        if (!value.is_number()) wrong(name);
        return value.get<double>();
    }
    [[nodiscard]] const Json& array(const char* name) const {
        const Json& value = field(name);
        if (!value.is_array()) wrong(name);
        return value;
    }

    const Json& object_;
};

template <class Thing, class Make>
Json json_array_of(const std::vector<Thing>& things, Make make) {
    Json array = Json::array();
    for (const Thing& thing : things) array.push_back(make(thing));
    return array;
}

Json json_of(const Measure& m) {
    return {{"name", m.name}, {"unit", m.unit}, {"description", m.description}, {"additive", m.additive}};
}

Json json_of(const Ratio& r) {
    return {{"name", r.name},
            {"numerator", r.numerator},
            {"denominator", r.denominator},
            {"unit", r.unit},
            {"description", r.description}};
}

Json json_of(const ParameterRow& p) {
    return {{"name", p.name},          {"unit", p.unit}, {"source", p.source},
            {"quality", p.quality},    {"mean", p.mean}, {"distribution", p.distribution},
            {"uncertain", p.uncertain}};
}

Json json_of(const Histogram& h) {
    return {{"measure", h.measure}, {"unit", h.unit}, {"edges", h.edges}};
}

Json json_of(const TimelineMeasure& m) {
    return {{"name", m.name}, {"unit", m.unit}, {"description", m.description}};
}

Json json_of(const AreaType& t) {
    return {{"name", t.name}, {"title", t.title}, {"areas", t.areas}};
}

/// Only of studies with area types: the journals of others stay as they always were.
void add_area_types(Json& json, const Layout& layout) {
    if (layout.area_types.empty()) return;
    json["area_types"] = json_array_of(layout.area_types, [](const AreaType& type) { return json_of(type); });
    json["area_type_measures"] = layout.area_type_measures;
}

Json layout_to_json(const Layout& layout) {
    const auto json = [](const auto& thing) { return json_of(thing); };
    Json all = {{"arms", layout.arms},
                {"arm_titles", layout.arm_titles},
                {"reference_arm", layout.reference_arm},
                {"draws", layout.draws},
                {"replications", layout.replications},
                {"central_units", layout.central_units},
                {"measures", json_array_of(layout.measures, json)},
                {"ratios", json_array_of(layout.ratios, json)},
                {"groups", layout.groups},
                {"group_measures", layout.group_measures},
                {"payers", layout.payers},
                {"categories", layout.categories},
                {"perspectives", layout.perspectives},
                {"histograms", json_array_of(layout.histograms, json)},
                {"timeline_measures", json_array_of(layout.timeline_measures, json)},
                {"weeks", layout.weeks},
                {"first_week_days", layout.first_week_days},
                {"parameters", json_array_of(layout.parameters, json)}};
    add_area_types(all, layout);
    return all;
}

Measure measure_from(const Fields& f) {
    return {f.text("name"), f.text("unit"), f.text("description"), f.truth("additive")};
}

Ratio ratio_from(const Fields& f) {
    return {f.text("name"), f.text("numerator"), f.text("denominator"), f.text("unit"),
            f.text("description")};
}

ParameterRow parameter_from(const Fields& f) {
    return {f.text("name"),         f.text("unit"), f.text("source"),    f.text("quality"),
            f.text("distribution"), f.real("mean"), f.truth("uncertain")};
}

Histogram histogram_from(const Fields& f) {
    return {f.text("measure"), f.text("unit"), f.reals("edges")};
}

TimelineMeasure timeline_measure_from(const Fields& f) {
    return {f.text("name"), f.text("unit"), f.text("description")};
}

AreaType area_type_from(const Fields& f) {
    return {f.text("name"), f.text("title"), f.natural("areas")};
}

Layout layout_from(const Fields& f) {
    Layout layout;
    layout.arms = f.texts("arms");
    layout.arm_titles = f.texts("arm_titles");
    layout.reference_arm = f.text("reference_arm");
    layout.draws = f.natural("draws");
    layout.replications = f.natural("replications");
    layout.central_units = f.natural("central_units");
    layout.measures = f.objects<Measure>("measures", measure_from);
    layout.ratios = f.objects<Ratio>("ratios", ratio_from);
    layout.groups = f.texts("groups");
    layout.group_measures = f.texts("group_measures");
    layout.payers = f.texts("payers");
    layout.categories = f.texts("categories");
    layout.perspectives = f.texts("perspectives");
    layout.histograms = f.objects<Histogram>("histograms", histogram_from);
    layout.timeline_measures = f.objects<TimelineMeasure>("timeline_measures", timeline_measure_from);
    layout.weeks = f.natural("weeks");
    layout.first_week_days = f.real("first_week_days");
    layout.parameters = f.objects<ParameterRow>("parameters", parameter_from);
    if (!f.has("area_types")) return layout;
    layout.area_types = f.objects<AreaType>("area_types", area_type_from);
    layout.area_type_measures = f.texts("area_type_measures");
    return layout;
}

}  // namespace

std::string header_to_json(const RunHeader& header) {
    const Json json = {{"title", header.title},
                       {"scenario_yaml", header.scenario_yaml},
                       {"scenario_sha256", header.scenario_sha256},
                       {"engine_version", header.engine_version},
                       {"source_revision", header.source_revision},
                       {"results_epoch", header.results_epoch},
                       {"seed", header.seed},
                       {"price_year", header.price_year},
                       {"discount_rate", header.discount_rate},
                       {"batch_units", header.batch_units},
                       {"layout", layout_to_json(header.layout)}};
    return json.dump();
}

RunHeader header_from_json(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw FileFormatError("its header is not JSON");
    const Fields f(json);
    RunHeader header;
    header.title = f.text("title");
    header.scenario_yaml = f.text("scenario_yaml");
    header.scenario_sha256 = f.text("scenario_sha256");
    header.engine_version = f.text("engine_version");
    header.source_revision = f.text("source_revision");
    header.results_epoch = f.integer("results_epoch");
    header.seed = f.natural("seed");
    header.price_year = f.integer("price_year");
    header.discount_rate = f.real("discount_rate");
    header.batch_units = f.natural("batch_units");
    header.layout = layout_from(Fields(f.field("layout")));
    return header;
}

}  // namespace vfm::results
