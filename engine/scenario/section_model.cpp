// The fields of an arm's model beside pathway and support, and the keys of the whole file.
#include "declared.hpp"

namespace vfm::scenario {

template <>
const Section<Authority>& section<Authority>() {
    static const Section<Authority> table =
        Section<Authority>(
            "authority", "The area's caseworkers, who serve stages first come, first served.",
            {field<&Authority::unlimited>("unlimited", "their work takes no time and never waits")
                 .otherwise("false"),
             field<&Authority::caseworkers>("caseworkers",
                                            "rounded to a whole number in each draw; needed unless unlimited")
                 .range(0, 100'000),
             field<&Authority::weekly_hours>("weekly_hours",
                                             "productive hours of one; needed unless unlimited")
                 .in("hours/week")
                 .above(0, 168),
             field<&Authority::cost_per_hour>("cost_per_hour", "of productive hours")
                 .required()
                 .in("GBP/hour")
                 .range(0, 10'000)})
            .checked([](FieldReader& reader, const Node& node, Authority& authority) {
                if (authority.unlimited) return;
                for (const char* needed : {"caseworkers", "weekly_hours"}) {
                    if (node.find(needed) == nullptr) {
                        reader.missing(node, "authority", needed, "or write `unlimited: true`");
                    }
                }
            });
    return table;
}

template <>
const Section<Wellbeing>& section<Wellbeing>() {
    static const Section<Wellbeing> table(
        "wellbeing", "O7: life-satisfaction point-years.",
        {field<&Wellbeing::waiting_loss_per_month>("waiting_loss_per_month", "of waiting without contact")
             .in("points/month")
             .range(-10, 10)
             .otherwise("0"),
         field<&Wellbeing::contact_removes_share>("contact_removes_share", "of that loss")
             .share()
             .otherwise("0"),
         field<&Wellbeing::support_gain_points>("support_gain_points", "while supported")
             .in("points")
             .range(-10, 10)
             .otherwise("0"),
         field<&Wellbeing::gain_years>("gain_years", "how long it lasts")
             .in("years")
             .range(0, 100)
             .otherwise("0"),
         field<&Wellbeing::value_per_point_year>("value_per_point_year", "a memo, never added to O1 to O4")
             .in("GBP")
             .range(0, 1'000'000)
             .otherwise("0")});
    return table;
}

template <>
const Section<CompositeWeights>& section<CompositeWeights>() {
    static const Section<CompositeWeights> table =
        Section<CompositeWeights>(
            "composite_weights", "Weights of O1 to O4; they add up to 1.",
            {field<&CompositeWeights::feels_supported>("feels_supported", "O1").required().share(),
             field<&CompositeWeights::engaged>("engaged", "O2").required().share(),
             field<&CompositeWeights::plan_quality>("plan_quality", "O3").required().share(),
             field<&CompositeWeights::navigation>("navigation", "O4").required().share()})
            .checked([](FieldReader& reader, const Node& node, CompositeWeights& weights) {
                const Quantity all[] = {weights.feels_supported, weights.engaged, weights.plan_quality,
                                        weights.navigation};
                const double sum = reader.sum_of_means(all);
                if (sum < 1 - 1e-9 || sum > 1 + 1e-9) {
                    reader.faults().add(node.place, "the weights do not add up to 1");
                } else if (!reader.parameters().sum_is_certain(all)) {
                    reader.faults().add(node.place, "weights that are drawn do not add up to 1 in every draw",
                                        "write numbers, or all shares of one Dirichlet parameter");
                }
            });
    return table;
}

template <>
const Section<Outcomes>& section<Outcomes>() {
    static const Section<Outcomes> table(
        "outcomes", "How outcomes depend on what happened; evaluated when a family leaves the pathway.",
        {field<&Outcomes::feels_supported>("feels_supported",
                                           "O1, satisfied with support through the process")
             .otherwise("0.5"),
         field<&Outcomes::engaged>("engaged", "O2, fully able to express views").otherwise("0.5"),
         field<&Outcomes::plan_quality>("plan_quality", "O3, a score from 0 to 1 through the logit")
             .otherwise("0.5"),
         field<&Outcomes::navigation>("navigation", "O4, finding the way was easy").otherwise("0.5"),
         custom<Outcomes>(
             "wellbeing", section_shape<Wellbeing>(), "O7",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, Outcomes& outcomes) {
                 Wellbeing wellbeing;
                 read_section(reader, node, about, wellbeing);
                 outcomes.waiting_loss_per_month = wellbeing.waiting_loss_per_month;
                 outcomes.contact_removes_share = wellbeing.contact_removes_share;
                 outcomes.support_gain_points = wellbeing.support_gain_points;
                 outcomes.gain_years = wellbeing.gain_years;
                 outcomes.wellby_value = wellbeing.value_per_point_year;
             })
             .otherwise_with({}),
         custom<Outcomes>(
             "composite_weights", section_shape<CompositeWeights>(),
             "what the composite of O1 to O4 is made of",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, Outcomes& outcomes) {
                 CompositeWeights weights;
                 read_section(reader, node, about, weights);
                 outcomes.composite_weights = {weights.feels_supported, weights.engaged, weights.plan_quality,
                                               weights.navigation};
             })
             .otherwise_with({{"feels_supported", "0.25"},
                              {"engaged", "0.25"},
                              {"plan_quality", "0.25"},
                              {"navigation", "0.25"}}),
         field<&Outcomes::family_time_value>("family_time_value", "of hours the family gives")
             .in("GBP/hour")
             .range(0, 1000)
             .otherwise("0")});
    return table;
}

template <>
const Section<Budget>& section<Budget>() {
    static const Section<Budget> table(
        "budget", "Programme spending that staffing is solved for; without it, staffing is as declared.",
        {field<&Budget::amount>("amount", "from launch to funding end").required().in("GBP").above(0, 1e12),
         field<&Budget::factor>("factor", "on the amount").above(0, 100).otherwise("1")});
    return table;
}

namespace {

void read_policies(FieldReader& reader, const Node& node, const FieldAbout& about, Model& model) {
    if (!reader.expect_map(node, about.name)) return;
    const std::vector<std::string>& known = reader.vocabulary().study().policies.all();
    if (names_of(&node, false).all() != known) {
        reader.faults().add(node.place, "the policies of an arm are not those of the study",
                            "declare every policy once, under `policies`, and set them one by one");
    }
    FieldAbout number = about;
    number.low = -1e6;
    number.high = 1e6;
    for (const Entry* entry : ordered_entries(reader, node, about)) {
        model.policies.push_back(reader.quantity(*entry->value, number));
    }
}

Section<Model> make_model_section() {
    return Section<Model>(
        "scenario", "What an arm may change.",
        {custom<Model>("policies", list_shape(plain_shape(Shape::Kind::quantity), Shape::Kind::named),
                       "names with default numbers, covariates `policy.NAME`; arms set theirs", read_policies)
             .entries(0, 32),
         custom<Model>("pathway", section_shape<Pathway>(), "the stages that families pass",
                       [](FieldReader& reader, const Node& node, const FieldAbout& about, Model& model) {
                           Pathway pathway;
                           read_section(reader, node, about, pathway);
                           model.stages = std::move(pathway.stages);
                           model.outcomes = std::move(pathway.outcomes);
                       })
             .required(),
         field<&Model::authority>("authority", "its caseworkers").required(),
         field<&Model::support>("support", "the programme; without it there is none")
             .otherwise_with({{"enabled", "false"}}),
         custom<Model>("budget", section_shape<Budget>(), "of the programme, in every arm",
                       [](FieldReader& reader, const Node& node, const FieldAbout& about, Model& model) {
                           Budget budget;
                           read_section(reader, node, about, budget);
                           model.budget = budget.amount;
                           model.budget_factor = budget.factor;
                       }),
         field<&Model::outcome_effects>("outcomes", "outcomes of every measured family").otherwise_with({})});
}

using Ignored = Model;
Field<Ignored> key(std::string_view name, const Shape& shape, std::string_view doc) {
    return custom<Ignored>(name, shape, doc, nullptr);
}

Shape path_settings() {
    return plain_shape(Shape::Kind::settings);
}

}  // namespace

const Section<Model>& model_section() {
    static const Section<Model> table = make_model_section();
    return table;
}

const SectionAbout& arm_section() {
    static const SectionAbout about = [] {
        Section<Ignored> table("arm", "One delivery model: the scenario with some of it set otherwise.",
                               {key("title", plain_shape(Shape::Kind::text), "for people"),
                                key("use", plain_shape(Shape::Kind::setting_lists), "settings, in order"),
                                key("set", path_settings(), "paths and their values, after the settings")});
        return std::move(table.about);
    }();
    return about;
}

const SectionAbout& root_section() {
    static const SectionAbout about = [] {
        SectionAbout root;
        root.name = "scenario";
        root.doc = "The keys of the file.";
        const auto add = [&root](const Field<Ignored>& made) { root.fields.push_back(made.about); };
        const SectionAbout& study = section<DeclaredStudy>().about;
        const auto add_study = [&](std::string_view name) { root.fields.push_back(*study.field(name)); };
        for (const char* name : {"format", "title", "description"}) add_study(name);
        add(key("extends", plain_shape(Shape::Kind::text), "a file beside this one that this one adds to"));
        for (const char* name : {"clock", "money", "design"}) add_study(name);
        Shape parameters = list_shape(section_shape<DeclaredParameter>(), Shape::Kind::named);
        add(key("parameters", parameters, "numbers with their evidence, by name").entries(0, 3667));
        add(key("correlations", list_shape(section_shape<DeclaredCorrelation>()),
                "rank correlations between parameters")
                .entries(0, 400));
        Shape group = list_shape(plain_shape(Shape::Kind::name, "parameter"));
        group.least = 1;
        add(key("parameter_groups", list_shape(group, Shape::Kind::named),
                "parameters (or shares of a whole) whose joint value of information `voi` reports, by name")
                .entries(0, 100));
        for (const char* name : {"areas", "population"}) add_study(name);
        for (const FieldAbout& field : model_section().about.fields) root.fields.push_back(field);
        add_study("official_timeliness");
        add(key("settings", list_shape(path_settings(), Shape::Kind::named),
                "named sets of paths and their values")
                .entries(0, 200));
        Shape arm;
        arm.kind = Shape::Kind::section;
        arm.section = &arm_section();
        add(key("arms", list_shape(arm, Shape::Kind::named),
                "what is compared; their order is that of tables")
                .required()
                .entries(1, 64)
                .in_order());
        add_study("reference_arm");
        return root;
    }();
    return about;
}

template <>
const Section<DeclaredStudy>& section<DeclaredStudy>() {
    static const Section<DeclaredStudy> table(
        "scenario", "",
        {custom<DeclaredStudy>(
             "format", plain_shape(Shape::Kind::text), "`vfm-scenario 1`",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, DeclaredStudy&) {
                 const std::string text = reader.text(node, about);
                 if (text == "vfm-scenario 1" || !node.is_scalar()) return;
                 const bool newer = text.rfind("vfm-scenario ", 0) == 0;
                 reader.faults().add(
                     node.place,
                     newer ? "this program reads version 1 of the format, not " + quoted_text(text)
                           : "'format' must be `vfm-scenario 1`, not " + quoted_text(text),
                     newer ? "use a newer vfmsim" : "");
             })
             .required(),
         field<&DeclaredStudy::title>("title", "for people").required(),
         field<&DeclaredStudy::description>("description", "for people"),
         field<&DeclaredStudy::clock>("clock", "dates").required(),
         field<&DeclaredStudy::money>("money", "prices and payers").required(),
         field<&DeclaredStudy::design>("design", "how much is simulated").otherwise_with({}),
         field<&DeclaredStudy::areas>("areas", "where").otherwise_with({}),
         field<&DeclaredStudy::population>("population", "who").required(),
         field<&DeclaredStudy::official_timeliness>("official_timeliness", "for calibration"),
         field<&DeclaredStudy::reference_arm>(
             "reference_arm", "what the others are compared with; the first arm when absent")});
    return table;
}

}  // namespace vfm::scenario
