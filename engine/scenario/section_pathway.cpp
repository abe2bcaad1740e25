// The fields of the pathway: stages, their deadlines, tasks, costs and transitions.
#include "declared.hpp"

namespace vfm::scenario {

template <>
std::vector<std::string_view> words_of<model::Category>() {
    return {model::category_names.begin(), model::category_names.end()};
}
template <>
std::vector<std::string_view> words_of<model::Count>() {
    return {model::count_names.begin(), model::count_names.end()};
}
template <>
std::vector<std::string_view> words_of<model::Milestone>() {
    return {model::milestone_names.begin(), model::milestone_names.end()};
}
template <>
std::vector<std::string_view> words_of<model::Phase>() {
    return {model::phase_names.begin(), model::phase_names.end()};
}

template <>
const Section<Panel>& section<Panel>() {
    static const Section<Panel> table(
        "panel", "A meeting that decides, its first day random by area, first come first served.",
        {field<&Panel::every_days>("every_days", "between meetings").required().in("days").range(1, 3650),
         field<&Panel::places>("places", "cases a meeting, rounded to a whole number")
             .required()
             .range(1, 100'000)});
    return table;
}

template <>
const Section<Deadline>& section<Deadline>() {
    static const Section<Deadline> table(
        "deadline", "The statutory limit of a stage; the first whose levels hold counts.",
        {field<&Deadline::days>("days", "from the start of the family's clock")
             .required()
             .in("days")
             .above(0, 36525),
         custom<Deadline>("when", plain_shape(Shape::Kind::conditions, "level"),
                          "only families for whom all hold",
                          [](FieldReader& reader, const Node& node, const FieldAbout& about,
                             Deadline& deadline) { deadline.when = reader.level_conditions(node, about); })
             .entries(0, 8)});
    return table;
}

namespace {

/// A task depends on the family, not on its area or its arm.
void check_conditions(FieldReader& reader, const Node& node, Task& task) {
    using Kind = Covariate::Kind;
    for (const Covariate& one : task.when) {
        if (one.kind != Kind::area_effect && one.kind != Kind::area_type && one.kind != Kind::policy)
            continue;
        reader.faults().add(node.find("when")->place,
                            "a task cannot depend on an area or a policy, only on what a family is",
                            "write levels, flags or kinds of supporter here; an arm may `set` its own tasks");
        return;
    }
}

}  // namespace

template <>
const Section<Task>& section<Task>() {
    static const Section<Task> table =
        Section<Task>(
            "task", "Work of a supporter for a family at a stage.",
            {field<&Task::hours>("hours", "work it takes").required().in("hours"),
             field<&Task::after_days>("after_days", "from the start of the stage visit")
                 .in("days")
                 .range(0, 3650)
                 .otherwise("0"),
             field<&Task::within_days>("within_days",
                                       "needed within so many days after that, and before the stage ends")
                 .in("days")
                 .range(0, 3650)
                 .otherwise("3650"),
             field<&Task::every_days>("every_days", "again and again while the visit lasts; 0: once")
                 .in("days")
                 .range(0, 3650)
                 .otherwise("0"),
             field<&Task::appointment>("appointment", "lapses unworked when not served by its date")
                 .otherwise("false"),
             field<&Task::proactive>("proactive", "the supporter comes forward").otherwise("false"),
             field<&Task::counts>("counts", "whether it decides `supported`").otherwise("true"),
             custom<Task>("kinds", list_shape(plain_shape(Shape::Kind::name, "supporter kind")),
                          "who may do it; without it, anybody",
                          [](FieldReader& reader, const Node& node, const FieldAbout& about, Task& task) {
                              if (!reader.expect_list(node, about)) return;
                              for (const NodePtr& item : node.items) {
                                  task.kinds.push_back(
                                      reader.name(*item, reader.vocabulary().kinds(), "supporter kind"));
                              }
                          })
                 .entries(0, 8),
             field<&Task::when>("when",
                                "only families for whom all hold: levels, flags and kinds of supporter")
                 .entries(0, 8)})
            .checked(check_conditions);
    return table;
}

template <>
const Section<StageCost>& section<StageCost>() {
    static const Section<StageCost> table(
        "cost", "Money that a visit of a stage costs beside the hours.",
        {field<&StageCost::payer>("payer", "who pays").required(),
         field<&StageCost::category>("category", "what for").required(),
         field<&StageCost::amount>("amount", "of one visit that bears it")
             .required()
             .in("GBP")
             .range(0, 10'000'000),
         field<&StageCost::share>("share", "of visits that bear it").share().otherwise("1"),
         custom<StageCost>(
             "effects", list_shape(section_shape<MeanEffect>()), "what the amount depends on",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, StageCost& cost) {
                 read_effects<MeanEffect>(reader, node, about, cost.effects);
             })
             .entries(0, 64)});
    return table;
}

template <>
const Section<DeclaredTransition>& section<DeclaredTransition>() {
    static const Section<DeclaredTransition> table =
        Section<DeclaredTransition>(
            "transition", "Where families go next; they are tried in order.",
            {custom<DeclaredTransition>("to", plain_shape(Shape::Kind::name, "stage"), "the next stage",
                                        [](FieldReader& reader, const Node& node, const FieldAbout& about,
                                           DeclaredTransition& into) { into.to = reader.text(node, about); }),
             custom<DeclaredTransition>(
                 "end", plain_shape(Shape::Kind::name, "outcome"), "the outcome; leaves the pathway",
                 [](FieldReader& reader, const Node& node, const FieldAbout& about,
                    DeclaredTransition& into) { into.end = reader.text(node, about); }),
             field<&DeclaredTransition::probability>(
                 "probability",
                 "given that no earlier transition was taken; not in the last, which takes what is left")})
            .exclusive({"to", "end"});
    return table;
}

namespace {

Transition kept(FieldReader& reader, const Node& node, const DeclaredTransition& declared) {
    Transition transition;
    if (const Node* to = node.find("to")) {
        transition.target = known_or_unresolved(reader, *to, reader.vocabulary().stages(), "stage");
    } else if (const Node* end = node.find("end")) {
        transition.to_outcome = true;
        transition.target = known_or_unresolved(reader, *end, reader.vocabulary().outcomes(), "outcome");
    } else if (node.is_map()) {
        reader.faults().add(node.place, "a transition needs a place to go", "write `to` or `end`");
    }
    if (declared.probability) transition.probability = *declared.probability;
    transition.otherwise = !declared.probability;
    return transition;
}

void read_transitions(FieldReader& reader, const Node& node, const FieldAbout& about, Stage& stage) {
    const auto declared = read_list<DeclaredTransition>(reader, node, about);
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const Node& item = *node.items[i];
        stage.next.push_back(kept(reader, item, declared[i]));
        const bool is_last = i + 1 == declared.size();
        if (is_last && declared[i].probability) {
            reader.faults().add(item.find("probability")->place,
                                "the last transition takes what is left and has no probability",
                                "take it out, or add a transition");
        }
        if (!is_last && !declared[i].probability && item.is_map()) {
            reader.faults().add(item.place, "only the last transition goes without a probability");
        }
    }
}

}  // namespace

template <>
const Section<Stage>& section<Stage>() {
    static const Section<Stage> table(
        "stage",
        "A step of the pathway: lead time, then the authority's work, then the panel, then the next step.",
        {field<&Stage::title>("title", "for people"),
         field<&Stage::phase>("phase", "of the process, for reports").required(),
         field<&Stage::lead_days>("lead_days", "time that passes whatever the authority does")
             .in("days")
             .otherwise("0"),
         field<&Stage::authority_hours>("authority_hours", "caseworkers' work").in("hours"),
         field<&Stage::panel>("panel", "the meeting that a case waits for"),
         field<&Stage::deadlines>("deadlines", "statutory limits").entries(0, 16),
         field<&Stage::starts_clock>("starts_clock", "the statutory clock starts, again, on entry")
             .otherwise("false"),
         field<&Stage::offers_support>("offers_support", "the programme is offered on entry")
             .otherwise("false"),
         field<&Stage::ends_support>("ends_support", "support ends on entry").otherwise("false"),
         field<&Stage::counts_as>("counts_as", "what entering it is counted as"),
         field<&Stage::milestone>("milestone", "reached at its end").otherwise("none"),
         field<&Stage::tasks>("tasks", "support tasks, by name").entries(0, 8),
         field<&Stage::costs>("costs", "costs of a visit").entries(0, 16),
         field<&Stage::family_hours>("family_hours", "time the family gives; only the mean matters")
             .in("hours"),
         custom<Stage>("next", list_shape(section_shape<DeclaredTransition>()), "where families go",
                       read_transitions)
             .required()
             .entries(1, 8)});
    return table;
}

template <>
const Section<Pathway>& section<Pathway>() {
    static const Section<Pathway> table =
        Section<Pathway>(
            "pathway", "The directed graph of stages that families pass.",
            {field<&Pathway::outcomes>("outcomes", "names of the ways to leave").required().entries(1, 32),
             field<&Pathway::stages>("stages", "steps, by name; their order is that of tables")
                 .required()
                 .entries(1, 64)
                 .in_order()})
            .checked([](FieldReader& reader, const Node& node, Pathway& pathway) {
                std::vector<std::string> sorted = pathway.outcomes;
                std::sort(sorted.begin(), sorted.end());
                if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
                    reader.faults().add(node.find("outcomes")->place, "an outcome is there twice");
                }
                for (const std::string& outcome : pathway.outcomes) {
                    if (!is_name(outcome)) {
                        reader.faults().add(node.find("outcomes")->place,
                                            quoted_text(outcome) + " cannot be a name",
                                            "use up to 64 letters, digits and underscores, a letter first");
                    }
                }
            });
    return table;
}

}  // namespace vfm::scenario
