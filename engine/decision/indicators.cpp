#include "vfm/decision/indicators.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace vfm::decision {

namespace {

/// One line of the catalogue of known ratios; the numerator's and denominator's measures must be in the file.
struct Known {
    Heading heading;
    std::string_view name;
    std::string_view label;
    std::string_view unit;
    std::string_view numerator;
    std::string_view denominator;
};

using enum Heading;

constexpr std::array catalogue = {
    Known{outcome, "feels_supported_share", "O1 feels supported", "share", "feels_supported", "families"},
    Known{outcome, "engaged_share", "O2 engaged, empowered", "share", "engaged", "families"},
    Known{outcome, "plan_quality_mean", "O3 plan quality, 0 to 1", "score", "plan_quality", "families"},
    Known{outcome, "navigation_share", "O4 finding the way was easy", "share", "navigation", "families"},
    Known{outcome, "composite_mean", "composite of O1 to O4", "score", "composite", "families"},
    Known{outcome, "skilled_share", "O6 skilled share of support hours", "share", "skilled_hours",
          "support_hours"},
    Known{outcome, "wellbeing_years_mean", "O7 life-satisfaction point-years", "point-years",
          "wellbeing_years", "families"},
    Known{outcome, "wellbeing_value_mean", "O7 valued in money (memo)", "GBP", "wellbeing_value", "families"},

    Known{process, "uptake_share", "families supported", "share", "users", "families"},
    Known{process, "sought_support_share", "sought support", "share", "sought_support", "families"},
    Known{process, "referral_lost_share", "lost on referral, of those who sought", "share", "referral_lost",
          "sought_support"},
    Known{process, "misrouted_share", "misrouted, of those who sought", "share", "misrouted",
          "sought_support"},
    Known{process, "duplicated_share", "supported twice, of supported", "share", "duplicated", "users"},
    Known{process, "wait_for_supporter_days_mean", "wait for a supporter, supported", "days",
          "wait_for_supporter_days", "users"},
    Known{process, "in_time_share", "support tasks done in time", "share", "tasks_in_time", "tasks_due"},
    Known{process, "appointment_lapsed_share", "appointments lapsed", "share", "appointments_lapsed",
          "appointments_due"},
    Known{process, "supporter_changes_mean", "changes of supporter, a supported family", "changes",
          "supporter_changes", "users"},
    Known{process, "stranded_share", "stranded at programme end, of supported", "share", "stranded", "users"},
    Known{process, "support_hours_per_user", "support hours a supported family", "hours", "support_hours",
          "users"},
    Known{process, "utilisation", "support hours of contracted hours", "share", "support_hours",
          "contracted_hours"},
    Known{process, "on_time_share", "signed off within the limit", "share", "on_time_numerator",
          "on_time_denominator"},
    Known{process, "official_on_time_share", "within 20 weeks, official basis", "share",
          "official_on_time_numerator", "official_on_time_denominator"},
    Known{process, "days_to_sign_off_mean", "days to sign-off, mean", "days", "days_to_sign_off",
          "plans_signed_off"},
    Known{process, "median_days_to_sign_off", "days to sign-off, median", "days", "median_days_to_sign_off",
          ""},
    Known{process, "p90_days_to_sign_off", "days to sign-off, 90th percentile", "days",
          "p90_days_to_sign_off", ""},
    Known{process, "refused_share", "refused", "share", "refused", "families"},
    Known{process, "disputed_per_family", "disputes a family", "disputes", "disputed", "families"},
    Known{process, "mediated_per_family", "mediations a family", "mediations", "mediated", "families"},
    Known{process, "appealed_per_family", "appeals a family", "appeals", "appealed", "families"},
    Known{process, "amended_per_family", "amendments a family", "amendments", "amended", "families"},
    Known{process, "plan_ready_share", "plan complete", "share", "plans_ready", "families"},
    Known{process, "plan_signed_off_share", "plan signed off", "share", "plans_signed_off", "families"},
    Known{process, "provision_in_place_share", "provision in place", "share", "provisions_in_place",
          "families"},
    Known{process, "authority_hours_per_family", "authority hours a family", "hours", "authority_hours",
          "families"},
    Known{process, "authority_wait_days_mean", "wait for a caseworker, each piece of work", "days",
          "authority_wait_days", "authority_jobs"},
    Known{process, "open_at_horizon_share", "still open at the horizon", "share", "open_at_horizon",
          "families"},
};

/// Collects the indicators that a file can form, each pair of measures once.
class Collection {
  public:
    explicit Collection(const results::Layout& layout) : layout_(layout) {}

    /// Adds an indicator when its measures are in the file. A ratio that the file declares goes by the file's
    /// name.
    void add(Indicator indicator) {
        if (!holds(indicator.numerator)) return;
        if (!indicator.denominator.empty() && !holds(indicator.denominator)) return;
        if (!pairs_.insert({indicator.numerator, indicator.denominator}).second) return;
        for (const results::Ratio& ratio : layout_.ratios) {
            if (ratio.numerator != indicator.numerator || ratio.denominator != indicator.denominator)
                continue;
            indicator.name = ratio.name;
        }
        used_.insert({indicator.numerator, indicator.denominator});
        found_.push_back(std::move(indicator));
    }

    [[nodiscard]] bool holds(std::string_view name) const {
        return std::any_of(layout_.measures.begin(), layout_.measures.end(),
                           [name](const results::Measure& measure) { return measure.name == name; });
    }
    [[nodiscard]] bool uses(const std::string& measure) const { return used_.contains(measure); }
    [[nodiscard]] std::vector<Indicator> take() {
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Indicator& a, const Indicator& b) { return a.heading < b.heading; });
        return std::move(found_);
    }

  private:
    const results::Layout& layout_;
    std::set<std::pair<std::string, std::string>> pairs_;
    std::set<std::string> used_;
    std::vector<Indicator> found_;
};

void add_costs(Collection& collection, const results::Layout& layout) {
    for (const std::string& perspective : layout.perspectives) {
        const std::string measure = "cost_" + perspective;
        const std::string label = "cost, " + in_words(perspective);
        collection.add({measure, label, "GBP", cost, measure, ""});
        collection.add({measure + "_per_family", label + ", a family", "GBP", cost, measure, "families"});
    }
    for (const std::string& perspective : layout.perspectives) {
        const std::string measure = "traced_cost_" + perspective;
        collection.add({measure + "_per_family", "traced cost, " + in_words(perspective) + ", a family",
                        "GBP", cost, measure, "families"});
    }
    for (const std::string& payer : layout.payers) {
        const std::string measure = "paid_by_" + payer;
        collection.add({measure + "_per_family", "paid by " + in_words(payer) + ", a family", "GBP", cost,
                        measure, "families"});
    }
    collection.add({"budget_planned", "planned budget", "GBP", cost, "budget_planned", ""});
}

/// What support costs is what the programme pays, where a file says so: the costs of a perspective are those
/// of all families' casework as well.
void add_support_costs(Collection& collection, const Basis& basis) {
    const std::string programme = "paid_by_programme";
    const std::string& paid = collection.holds(programme) ? programme : basis.cost;
    const std::string whose = paid == programme ? "programme cost" : "cost";
    const std::string prefix = paid == programme ? "programme_cost" : "cost";
    collection.add({prefix + "_per_support_hour", "economy: " + whose + " a support hour", "GBP", efficiency,
                    paid, "support_hours"});
    collection.add({prefix + "_per_family_supported", "efficiency: " + whose + " a family supported", "GBP",
                    efficiency, paid, "users"});
}

void add_efficiency(Collection& collection, const Basis& basis) {
    if (basis.cost.empty()) return;
    const auto add = [&](const std::string& name, const std::string& label, const std::string& denominator) {
        collection.add({name, label, "GBP", efficiency, basis.cost, denominator});
    };
    add_support_costs(collection, basis);
    add("cost_per_plan_signed_off", "efficiency: cost a signed-off plan", "plans_signed_off");
    if (!basis.effect.empty()) {
        if (!collection.holds("families")) {
            collection.add({basis.effect, in_words(basis.effect), "", outcome, basis.effect, ""});
        }
        add("cost_per_" + basis.effect, "effectiveness: cost a unit of " + in_words(basis.effect),
            basis.effect);
    }
}

void add_ended(Collection& collection, const results::Layout& layout) {
    for (const results::Measure& measure : layout.measures) {
        if (!measure.name.starts_with("ended_")) continue;
        collection.add({measure.name + "_share", "ended: " + in_words(measure.name.substr(6)), "share",
                        process, measure.name, "families"});
    }
}

/// What this version has no words for: ratios the file declares, then measures that nothing has used yet.
void add_others(Collection& collection, const results::Layout& layout) {
    for (const results::Ratio& ratio : layout.ratios) {
        collection.add(
            {ratio.name, in_words(ratio.name), ratio.unit, other, ratio.numerator, ratio.denominator});
    }
    const bool families = collection.holds("families");
    for (const results::Measure& measure : layout.measures) {
        if (collection.uses(measure.name)) continue;
        if (measure.additive && families) {
            collection.add({measure.name + "_per_family", in_words(measure.name) + ", a family", measure.unit,
                            other, measure.name, "families"});
        } else {
            collection.add({measure.name, in_words(measure.name), measure.unit, other, measure.name, ""});
        }
    }
}

}  // namespace

std::string_view heading_name(Heading heading) {
    constexpr std::array<std::string_view, 5> names = {"cost", "outcome", "efficiency", "process", "other"};
    return names.at(static_cast<std::size_t>(heading));
}

std::vector<Indicator> indicators(const results::Layout& layout, const Basis& basis) {
    Collection collection(layout);
    add_costs(collection, layout);
    for (const Known& known : catalogue) {
        collection.add({std::string(known.name), std::string(known.label), std::string(known.unit),
                        known.heading, std::string(known.numerator), std::string(known.denominator)});
    }
    collection.add({"families", "measured families", "families", process, "families", ""});
    add_efficiency(collection, basis);
    add_ended(collection, layout);
    add_others(collection, layout);
    return collection.take();
}

std::vector<Indicator> group_indicators(const results::Layout& layout,
                                        const std::vector<Indicator>& indicators) {
    const auto grouped = [&layout](const std::string& name) {
        return std::find(layout.group_measures.begin(), layout.group_measures.end(), name) !=
               layout.group_measures.end();
    };
    std::vector<Indicator> result;
    std::copy_if(indicators.begin(), indicators.end(), std::back_inserter(result),
                 [&grouped](const Indicator& indicator) {
                     return !indicator.denominator.empty() && grouped(indicator.numerator) &&
                            grouped(indicator.denominator);
                 });
    return result;
}

}  // namespace vfm::decision
