// The fields of support: uptake, referral, supporters, providers.
#include "declared.hpp"
#include "numbers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace vfm::scenario {

template <>
const Section<BaselineSupport>& section<BaselineSupport>() {
    static const Section<BaselineSupport> table(
        "baseline", "Help that exists in every arm, with or without the programme.",
        {field<&BaselineSupport::share>("share", "of measured families").share().otherwise("0"),
         field<&BaselineSupport::hours>("hours", "mean of a family that has it")
             .in("hours")
             .range(0, 10'000)
             .otherwise("0"),
         field<&BaselineSupport::cost_per_hour>("cost_per_hour", "all in")
             .in("GBP/hour")
             .range(0, 10'000)
             .otherwise("0"),
         field<&BaselineSupport::displaced_share>("displaced_share",
                                                  "of its hours, for users of the programme")
             .share()
             .otherwise("0")});
    return table;
}

template <>
const Section<Uptake>& section<Uptake>() {
    static const Section<Uptake> table(
        "uptake", "Whether a family takes the programme up when it is offered.",
        {field<&Uptake::probability>("probability", "steady").required(),
         field<&Uptake::awareness_at_launch>("awareness_at_launch", "share of steady uptake")
             .share()
             .otherwise("1"),
         field<&Uptake::awareness_ramp_days>("awareness_ramp_days", "until awareness is full, linearly")
             .in("days")
             .range(0, 36525)
             .otherwise("0")});
    return table;
}

template <>
const Section<Coordinated>& section<Coordinated>() {
    static const Section<Coordinated> table =
        Section<Coordinated>("coordinated probability",
                             "Between the values at coordination 0 and 1, linearly.",
                             {field<&Coordinated::at_0>("at_0", "without coordination").required().share(),
                              field<&Coordinated::at_1>("at_1", "with full coordination").required().share()})
            .bare("the same at both ends",
                  [](FieldReader& reader, const Node& node, const FieldAbout& about, Coordinated& filled) {
                      FieldAbout value = about;
                      value.low = 0;
                      value.high = 1;
                      filled.at_0 = filled.at_1 = reader.quantity(node, value);
                  });
    return table;
}

namespace {

/// A family is lost, misrouted or neither. Between the two ends the sum is linear, so the ends decide.
void check_ways(FieldReader& reader, const Node& node, Referral& referral) {
    const Node* place = node.find("misrouted") != nullptr ? node.find("misrouted") : node.find("lost");
    if (place == nullptr) return;
    const auto check_end = [&](int coordination, const Quantity& lost, const Quantity& misrouted) {
        const double sum = reader.sum_of_means(std::array{lost, misrouted});
        if (sum <= 1 + 1e-9) return true;
        const bool is_uncertain = lost.parameter >= 0 || misrouted.parameter >= 0;
        reader.faults().add(place->place,
                            "'lost' and 'misrouted' are " + number_text(sum) + " together" +
                                (is_uncertain ? " on average" : "") + " at coordination " +
                                std::to_string(coordination) + ", and no family is both",
                            "lower them to at most 1 together");
        return false;
    };
    if (check_end(0, referral.lost.at_0, referral.misrouted.at_0)) {
        static_cast<void>(check_end(1, referral.lost.at_1, referral.misrouted.at_1));
    }
}

}  // namespace

template <>
const Section<Referral>& section<Referral>() {
    static const Section<Referral> table =
        Section<Referral>(
            "referral",
            "What can go wrong between a family and its provider. `lost` and `misrouted` are at most 1 "
            "together: at their means, at both ends, or the scenario is refused; in every draw, or the run "
            "ends there.",
            {field<&Referral::lost>("lost", "never reaches a provider although the family wanted to")
                 .otherwise("0"),
             field<&Referral::misrouted>("misrouted", "first sent to the wrong place").otherwise("0"),
             field<&Referral::duplicated>("duplicated", "supported by two providers at once").otherwise("0"),
             field<&Referral::conflicted>("conflicted",
                                          "parent and young person disagree and nobody else can take one")
                 .otherwise("0"),
             field<&Referral::misrouted_delay_days>("misrouted_delay_days", "time a misrouted family loses")
                 .in("days")
                 .otherwise("0"),
             field<&Referral::misrouted_extra_hours>("misrouted_extra_hours", "on its first task")
                 .in("hours")
                 .range(0, 1000)
                 .otherwise("0"),
             field<&Referral::duplicated_hours_factor>("duplicated_hours_factor", "on its tasks")
                 .range(1, 10)
                 .otherwise("1")})
            .checked(check_ways);
    return table;
}

template <>
const Section<SupporterKind>& section<SupporterKind>() {
    using Kind = SupporterKind;
    static const Section<SupporterKind> table(
        "kind", "One kind of supporter.",
        {field<&Kind::paid>("paid", "whether contracted hours cost money").required(),
         field<&Kind::weekly_hours>("weekly_hours", "that accrue").required().in("hours/week").above(0, 168),
         field<&Kind::other_work_share>("other_work_share", "of weekly hours, not for families")
             .share()
             .otherwise("0"),
         field<&Kind::caseload_cap>("caseload_cap", "open families at once")
             .required()
             .in("families")
             .range(1, 100'000),
         field<&Kind::bank_weeks>("bank_weeks", "unused hours kept, in weeks of accrual")
             .in("weeks")
             .range(0, 520)
             .otherwise("1"),
         field<&Kind::start_days>("start_days",
                                  "recruitment and training, from launch to the first post filled")
             .in("days")
             .otherwise("0"),
         field<&Kind::replacement_days>("replacement_days", "from leaving to the post filled again")
             .in("days")
             .otherwise("0"),
         field<&Kind::leaving_rate_per_year>("leaving_rate_per_year", "hazard of leaving")
             .in("per year")
             .range(0, 100)
             .otherwise("0"),
         field<&Kind::notice_hazard_ratio>("notice_hazard_ratio",
                                           "on the leaving rate from `clock.notice` on")
             .range(0, 1000)
             .otherwise("1"),
         field<&Kind::trained_share>("trained_share", "who have completed core training")
             .share()
             .otherwise("1"),
         field<&Kind::experienced_after_days>("experienced_after_days", "in post")
             .in("days")
             .range(0, 36525)
             .otherwise("0"),
         custom<Kind>("not_for", plain_shape(Shape::Kind::conditions, "level"),
                      "families of these levels need another kind",
                      [](FieldReader& reader, const Node& node, const FieldAbout& about, Kind& kind) {
                          kind.not_for = reader.level_conditions(node, about);
                      })
             .entries(0, 40),
         field<&Kind::cost_per_hour>("cost_per_hour", "of contracted hours, on-costs and overhead in it")
             .in("GBP/hour")
             .range(0, 10'000)
             .otherwise("0"),
         field<&Kind::expenses_per_hour>("expenses_per_hour", "of hours used")
             .in("GBP/hour")
             .range(0, 10'000)
             .otherwise("0"),
         field<&Kind::supervision_per_week>("supervision_per_week", "while in post")
             .in("GBP/week")
             .range(0, 100'000)
             .otherwise("0"),
         field<&Kind::recruitment_cost>("recruitment_cost", "of each person who starts, training included")
             .in("GBP")
             .range(0, 1'000'000)
             .otherwise("0"),
         field<&Kind::time_value_per_hour>("time_value_per_hour",
                                           "of hours given, paid by nobody (payer volunteer)")
             .in("GBP/hour")
             .range(0, 10'000)
             .otherwise("0")});
    return table;
}

template <>
const Section<Posts>& section<Posts>() {
    static const Section<Posts> table =
        Section<Posts>("posts", "Supporters of one kind at one provider.",
                       {field<&Posts::posts>(
                            "posts", "as they are without a budget; else a weight that the budget scales")
                            .in("posts")
                            .range(0, 10'000)
                            .otherwise("0"),
                        field<&Posts::at_least>("at_least", "posts there always are")
                            .in("posts")
                            .range(0, 10'000)
                            .otherwise("0")})
            .bare("`posts`", [](FieldReader& reader, const Node& node, const FieldAbout&, Posts& filled) {
                filled.posts = reader.quantity(node, *section<Posts>().about.field("posts"));
            });
    return table;
}

namespace {

void read_staffing(FieldReader& reader, const Node& node, const FieldAbout& about, Provider& provider) {
    if (!reader.expect_map(node, about.name)) return;
    for (const Entry* entry : ordered_entries(reader, node, about)) {
        const auto kind = reader.vocabulary().kinds().find(entry->key);
        if (!kind) {
            reader.faults().add_unknown(entry->place, "unknown supporter kind " + quoted_text(entry->key),
                                        entry->key, reader.vocabulary().kinds().all());
            continue;
        }
        Posts& posts = provider.staffing.emplace_back();
        posts.kind = *kind;
        Value<Posts>::read(reader, *entry->value, about, posts);
    }
}

Shape staffing_shape() {
    Shape shape = list_shape(section_shape<Posts>(), Shape::Kind::named);
    shape.keys_are_known = true;
    shape.noun = "supporter kind";
    return shape;
}

}  // namespace

template <>
const Section<Provider>& section<Provider>() {
    static const Section<Provider> table(
        "provider", "An organisation that supporters work for.",
        {field<&Provider::title>("title", "for people"),
         field<&Provider::share>("share", "weight among providers, of families that choose and of the budget")
             .range(0, 1'000'000)
             .otherwise("1"),
         custom<Provider>("serves", plain_shape(Shape::Kind::conditions, "level"),
                          "families of any of these levels are routed here first",
                          [](FieldReader& reader, const Node& node, const FieldAbout& about,
                             Provider& provider) { provider.serves = reader.level_conditions(node, about); })
             .entries(0, 40),
         field<&Provider::fixed_cost_per_year>("fixed_cost_per_year", "management and premises")
             .in("GBP/year")
             .range(0, 100'000'000)
             .otherwise("0"),
         custom<Provider>("staffing", staffing_shape(), "posts by supporter kind", read_staffing)
             .required()
             .entries(1, 8)});
    return table;
}

template <>
const Section<Support>& section<Support>() {
    static const Section<Support> table =
        Section<Support>(
            "support", "The programme.",
            {field<&Support::enabled>("enabled", "false: the arm without the programme").otherwise("true"),
             field<&Support::baseline>("baseline", "help without the programme").otherwise_with({}),
             custom<Support>(
                 "uptake", section_shape<Uptake>(), "who takes it up",
                 [](FieldReader& reader, const Node& node, const FieldAbout& about, Support& support) {
                     Uptake uptake;
                     read_section(reader, node, about, uptake);
                     support.uptake = std::move(uptake.probability);
                     support.awareness_at_launch = uptake.awareness_at_launch;
                     support.awareness_ramp_days = uptake.awareness_ramp_days;
                 }),
             field<&Support::referral>("referral", "the way to a provider").otherwise_with({}),
             field<&Support::coordination>("coordination", "agreed roles and mutual trust between providers")
                 .share()
                 .otherwise("1"),
             field<&Support::waits_for_supporter>(
                 "waits_for_supporter", "the pathway waits until a supporter has taken the family on")
                 .otherwise("false"),
             field<&Support::handover_hours>("handover_hours",
                                             "on a family's next task after a change of supporter")
                 .in("hours")
                 .range(0, 1000)
                 .otherwise("0"),
             field<&Support::kinds>("kinds", "of supporters, by name").entries(0, 8),
             field<&Support::providers>("providers", "by name").entries(0, 8)})
            .checked([](FieldReader& reader, const Node& node, Support& support) {
                if (!support.enabled) return;
                for (const char* needed : {"uptake", "kinds", "providers"}) {
                    const Entry* part = node.entry(needed);
                    if (part == nullptr || (part->value->is_map() && part->value->entries.empty())) {
                        reader.missing(node, "support", needed, "the programme is enabled");
                    }
                }
                const bool all_zero =
                    !support.providers.empty() &&
                    std::all_of(support.providers.begin(), support.providers.end(),
                                [](const Provider& provider) {
                                    return provider.share.parameter < 0 && provider.share.value == 0;
                                });
                if (all_zero)
                    reader.faults().add(node.find("providers")->place, "no provider has a share above 0");
            });
    return table;
}

}  // namespace vfm::scenario
