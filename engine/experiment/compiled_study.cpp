#include "vfm/experiment/compiled_study.hpp"

#include "summary_columns.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/core/version.hpp"
#include "vfm/model/measures.hpp"
#include "vfm/results/digest.hpp"

#include <algorithm>

namespace vfm::experiment {

namespace {

/// Units in a batch: at most 64 rows (units x arms), enough to make a record worth writing, and few enough
/// that 64 workers end at about the same time; the same for every run of a study, so that runs can be joined.
/// Whole draws where a draw has few replications: it is resolved once.
std::uint64_t units_in_batch(const scenario::Scenario& scenario) {
    constexpr std::uint64_t most_rows = 64;
    constexpr std::uint64_t fewest_units = 8;
    constexpr std::uint64_t batches = 64;
    const std::uint64_t replications = scenario.design.replications;
    const std::uint64_t shared_out = scenario.design.draws * replications / batches;
    const std::uint64_t wanted =
        std::max(std::min(most_rows / scenario.arms.size(), shared_out), fewest_units);
    return replications < wanted ? wanted / replications * replications : wanted;
}

ParameterDraws draws_of(const scenario::Scenario& scenario) {
    try {
        return ParameterDraws(scenario);
    } catch (const std::invalid_argument& reason) {
        throw UserError(scenario.file + ": error: " + reason.what());
    }
}

void add_ratios(results::Layout& layout, const scenario::Scenario& scenario) {
    layout.ratios = {
        {"uptake", "users", "families", "share", "measured families taken on by a supporter"},
        {"on_time_share", "on_time_numerator", "on_time_denominator", "share",
         "plans of measured families signed off within the limit of their clock"},
        {"official_on_time_share", "official_on_time_numerator", "official_on_time_denominator", "share",
         "plans on time on the official basis"},
        {"mean_days_to_sign_off", "days_to_sign_off", "plans_signed_off", "days", "request to sign-off"},
        {"mean_wait_for_supporter", "wait_for_supporter_days", "users", "days", "time in lists per user"},
        {"mean_place_days", "place_days", "users", "days", "time a supporter's place was held per user"},
        {"in_time_share", "tasks_in_time", "tasks_due", "share", "support available when needed"},
        {"lapsed_share", "appointments_lapsed", "appointments_due", "share",
         "appointments nobody could keep"},
        {"mean_task_wait", "task_wait_days", "tasks_worked", "days", "support tasks' wait for hours"},
        {"mean_authority_wait", "authority_wait_days", "authority_jobs", "days", "casework's wait"},
        {"hours_per_user", "support_hours", "users", "hours", "support given per user"},
        {"used_share_of_hours", "support_hours", "contracted_hours", "share",
         "supporters' hours used for families"},
        {"skilled_share", "skilled_hours", "support_hours", "share",
         "O6: support by trained, experienced supporters"},
        {"satisfied_share", "feels_supported", "families", "share", "O1"},
        {"engaged_share", "engaged", "families", "share", "O2"},
        {"mean_plan_quality", "plan_quality", "families", "score", "O3"},
        {"navigation_share", "navigation", "families", "share", "O4"},
        {"stranded_share", "stranded", "users", "share", "users still in support at the programme's end"},
        {"programme_cost_per_user", "paid_by_programme", "users", "GBP", "cost per family supported"},
        {"open_share", "open_at_horizon", "families", "share", "still in the pathway at the horizon"}};
    for (const scenario::Perspective& perspective : scenario.perspectives) {
        layout.ratios.push_back({"cost_per_plan_" + perspective.name, "cost_" + perspective.name,
                                 "plans_signed_off", "GBP",
                                 "cost per signed-off plan, " + perspective.name + " perspective"});
    }
}

/// Everything that adds up over areas, by type.
void add_area_types(results::Layout& layout, const scenario::Scenario& scenario) {
    if (scenario.area_types.empty()) return;
    for (const scenario::AreaType& type : scenario.area_types) {
        layout.area_types.push_back({type.name, type.title.empty() ? type.name : type.title, type.count});
    }
    for (const results::Measure& measure : layout.measures) {
        if (measure.additive) layout.area_type_measures.push_back(measure.name);
    }
}

std::string in_words(const scenario::Scenario& scenario, const scenario::Parameter& parameter) {
    if (parameter.dirichlet < 0) return random::describe(parameter.distribution);
    const scenario::Dirichlet& whole = scenario.dirichlets[static_cast<std::size_t>(parameter.dirichlet)];
    return "share of dirichlet " + whole.name;
}

}  // namespace

results::Layout lay_out(const scenario::Scenario& scenario, const ParameterDraws& parameters) {
    results::Layout layout;
    for (const scenario::Arm& arm : scenario.arms) {
        layout.arms.push_back(arm.name);
        layout.arm_titles.push_back(arm.title);
    }
    layout.reference_arm = scenario.arms[scenario.reference_arm].name;
    layout.draws = scenario.design.draws;
    layout.replications = scenario.design.replications;
    layout.central_units = scenario.design.central_units;
    for (const SummaryColumn& column : summary_columns(scenario)) layout.measures.push_back(column.measure);
    add_ratios(layout, scenario);
    for (const std::size_t level : scenario.access_groups)
        layout.groups.push_back(scenario.level_name(level));
    for (const GroupColumn& column : group_columns(scenario)) layout.group_measures.push_back(column.measure);
    add_area_types(layout, scenario);
    for (const std::string_view name : model::payer_names) layout.payers.emplace_back(name);
    for (const std::string_view name : model::category_names) layout.categories.emplace_back(name);
    layout.perspectives = {
        scenario.default_perspective};  // what readers show when not asked for another comes first
    for (const scenario::Perspective& perspective : scenario.perspectives) {
        if (perspective.name != scenario.default_perspective) layout.perspectives.push_back(perspective.name);
    }
    for (const model::HistogramFacts& facts : model::histogram_facts) {
        results::Histogram histogram{std::string(facts.name), std::string(facts.unit), {}};
        for (std::size_t edge = 0; edge <= facts.bins; ++edge) {
            histogram.edges.push_back(static_cast<double>(edge) * facts.width);
        }
        layout.histograms.push_back(histogram);
    }
    for (const model::SeriesFacts& facts : model::series_facts) {
        layout.timeline_measures.push_back(
            {std::string(facts.name), std::string(facts.unit), std::string(facts.description)});
    }
    const int days = days_between(scenario.launch, scenario.horizon);
    layout.weeks = static_cast<std::uint64_t>((days + 6) / 7);
    const std::vector<std::size_t>& uncertain = parameters.uncertain();
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
        const scenario::Parameter& parameter = scenario.parameters[p];
        layout.parameters.push_back({parameter.name, parameter.unit, parameter.source, parameter.quality,
                                     in_words(scenario, parameter), parameters.means()[p],
                                     std::binary_search(uncertain.begin(), uncertain.end(), p)});
    }
    return layout;
}

namespace {

using Purposes = std::vector<std::uint32_t>;

Purposes purposes_of(const model::PopulationInputs& population) {
    Purposes purposes;
    for (const model::StreamInputs& stream : population.streams) {
        purposes.insert(purposes.end(), {stream.arrival_purpose, stream.referral_purpose,
                                         stream.duplication_purpose, stream.delay_purpose});
        for (const auto* several :
             {&stream.attribute_purposes, &stream.work_purposes, &stream.next_purposes}) {
            purposes.insert(purposes.end(), several->begin(), several->end());
        }
    }
    for (const model::AreaEffectInputs& effect : population.area_effects) purposes.push_back(effect.purpose);
    return purposes;
}

/// Those of an arm; posts of one kind at one provider share theirs, and are told apart by their number.
Purposes purposes_of(const model::ArmInputs& arm) {
    Purposes purposes;
    for (const model::StageInputs& stage : arm.stages) {
        if (stage.has_panel) purposes.push_back(stage.panel_purpose);
        for (const model::TaskInputs& task : stage.tasks) {
            purposes.insert(purposes.end(), task.purposes.begin(), task.purposes.end());
        }
    }
    for (const model::PostInputs& post : arm.support.posts) {
        if (post.index == 0) purposes.insert(purposes.end(), {post.life_purpose, post.start_purpose});
    }
    return purposes;
}

/// What a failure says of its arm is added here; units are not run yet.
ResolvedDraw resolved_at_means(const scenario::Scenario& scenario, const std::vector<ArmStaffing>& staffing,
                               const ParameterDraws& parameters) {
    Resolver resolver(scenario, staffing);
    try {
        return resolver.resolve(parameters.means());
    } catch (const UserError& reason) {
        const std::optional<std::size_t> arm = resolver.failed_arm();
        throw UserError((arm ? "in arm " + scenario.arms[*arm].name + ", " : std::string()) +
                        "at parameter means: " + reason.what());
    }
}

/// Random streams are named by 32-bit hashes of names: two names that hash alike would share their variates.
void refuse_shared_purposes(const ResolvedDraw& draw) {
    for (const model::ArmInputs& arm : draw.arms) {
        Purposes purposes = purposes_of(draw.population);
        const Purposes own = purposes_of(arm);
        purposes.insert(purposes.end(), own.begin(), own.end());
        std::sort(purposes.begin(), purposes.end());
        if (std::adjacent_find(purposes.begin(), purposes.end()) == purposes.end()) continue;
        throw UserError(
            "two names of streams, stages, tasks, attributes or providers give the same 32-bit hash, "
            "so that what they name would share its random numbers; rename one of the newest");
    }
}

}  // namespace

CompiledStudy::CompiledStudy(const scenario::Scenario& scenario)
    : scenario_(&scenario),
      parameters_(draws_of(scenario)),
      staffing_(solve_staffing(scenario, parameters_.means())),
      layout_(lay_out(scenario, parameters_)),
      batch_units_(units_in_batch(scenario)) {
    refuse_shared_purposes(resolved_at_means(scenario, staffing_, parameters_));
}

results::RunHeader CompiledStudy::header() const {
    results::RunHeader header;
    header.title = scenario_->title;
    header.scenario_yaml = scenario_->resolved_yaml;
    header.scenario_sha256 = results::sha256_hex(scenario_->resolved_yaml);
    header.engine_version = engine_version;
    header.source_revision = source_revision();
    header.results_epoch = results_epoch;
    header.seed = scenario_->design.seed;
    header.price_year = scenario_->price_year;
    header.discount_rate = scenario_->discount_rate;
    header.batch_units = batch_units_;
    header.layout = layout_;
    return header;
}

}  // namespace vfm::experiment
