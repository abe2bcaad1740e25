#include "vfm/experiment/resolve.hpp"

#include "arm_compiler.hpp"
#include "batched_variates.hpp"
#include "quantities.hpp"

#include "vfm/experiment/marginal_rates.hpp"
#include "vfm/model/short_cuts.hpp"
#include "vfm/random/dependence.hpp"
#include "vfm/random/streams.hpp"

#include <algorithm>

namespace vfm::experiment {

namespace {

void add_if_new(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

model::Clock clock_of(const scenario::Scenario& scenario) {
    const auto ticks = [&](CalendarDate date) {
        return days_between(scenario.warm_up_from, date) * ticks_per_day;
    };
    return {ticks(scenario.launch), ticks(scenario.last_referral) + ticks_per_day, ticks(scenario.notice),
            ticks(scenario.funding_end), ticks(scenario.horizon)};
}

/// Monthly stretches of constant rate: volume x month's weight x growth to the middle of the month.
std::vector<model::IntensityPiece> intensity_of(const scenario::Scenario& scenario,
                                                const scenario::Arrivals& stream, const Quantities& read) {
    namespace chrono = std::chrono;
    const double per_day = read.not_negative(stream.annual_volume, "annual_volume") / days_per_year;
    const double growth = read(stream.growth_per_year);
    std::vector<double> weights;
    double total = 0;
    for (const scenario::Quantity& weight : stream.monthly_profile) {
        weights.push_back(read.not_negative(weight, "monthly_profile"));
        total += weights.back();
    }
    const CalendarDate from = std::max(stream.from.value_or(scenario.warm_up_from), scenario.warm_up_from);
    const CalendarDate until =
        std::min(stream.until ? *stream.until + chrono::days(1) : scenario.horizon, scenario.horizon);
    std::vector<model::IntensityPiece> pieces;
    for (CalendarDate at = from; at < until;) {
        const chrono::year_month_day day(at);
        const CalendarDate next_month =
            chrono::year_month_day(day.year() / day.month() / 1) + chrono::months(1);
        const CalendarDate to = std::min(next_month, until);
        double rate = per_day;
        if (!weights.empty()) rate *= weights[static_cast<unsigned>(day.month()) - 1] * 12 / total;
        if (growth != 0) {
            const double years =
                (days_between(scenario.launch, at) + days_between(scenario.launch, to)) / 2.0 / days_per_year;
            rate *= random::exponential(growth * years);
        }
        const auto ticks = [&](CalendarDate date) {
            return days_between(scenario.warm_up_from, date) * ticks_per_day;
        };
        if (rate > 0) {
            const bool goes_on =
                !pieces.empty() && pieces.back().per_day == rate && pieces.back().until == ticks(at);
            if (goes_on) {
                pieces.back().until = ticks(to);
            } else {
                pieces.push_back({ticks(at), ticks(to), rate});
            }
        }
        at = to;
    }
    return pieces;
}

model::StreamInputs stream_of(const scenario::Scenario& scenario, const scenario::Arrivals& stream,
                              const Quantities& read, const std::vector<std::string>& stages) {
    const auto purpose = [&](const std::string& what) {
        return random::purpose_hash(stream.name + "/" + what);
    };
    model::StreamInputs inputs;
    inputs.intensity = intensity_of(scenario, stream, read);
    inputs.stop_after = stream.stop_after;
    for (const std::size_t level : stream.sets) inputs.sets |= model::level_fact(level);
    inputs.area_effect = stream.area_effect;
    inputs.arrival_purpose = purpose("arrival");
    inputs.referral_purpose = purpose("referral");
    inputs.duplication_purpose = purpose("care");
    inputs.delay_purpose = purpose("delay");
    for (const scenario::Attribute& attribute : scenario.attributes) {
        inputs.attribute_purposes.push_back(purpose("attribute/" + attribute.name));
    }
    for (const std::string& stage : stages) {
        inputs.work_purposes.push_back(purpose("stage/" + stage + "/work"));
        inputs.next_purposes.push_back(purpose("stage/" + stage + "/next"));
    }
    return inputs;
}

/// Shares of each row as running sums that end in exactly one.
model::AttributeInputs attribute_of(const scenario::Attribute& attribute, const Quantities& read) {
    model::AttributeInputs inputs;
    inputs.first_level = attribute.first_level;
    inputs.level_count = attribute.levels.size();
    inputs.given = attribute.given;
    for (std::size_t row = 0; row * inputs.level_count < attribute.shares.size(); ++row) {
        const int rest = attribute.rest.empty() ? -1 : attribute.rest[row];
        std::vector<double> shares;
        double total = 0;
        for (std::size_t level = 0; level < inputs.level_count; ++level) {
            const bool is_rest = static_cast<int>(level) == rest;
            shares.push_back(is_rest ? 0.0
                                     : read.not_negative(attribute.shares[row * inputs.level_count + level],
                                                         "a level's share"));
            total += shares.back();
        }
        if (rest >= 0) {
            if (total > 1 + 1e-9) {
                throw UserError("the shares of attribute " + attribute.name + " add up to " +
                                std::to_string(total) +
                                " in this draw, which leaves nothing for `rest`; narrow their distributions");
            }
            shares[static_cast<std::size_t>(rest)] = std::max(0.0, 1 - total);
            total = std::max(total, 1.0);
        }
        double running = 0;
        for (const double share : shares) {
            running += share / total;
            inputs.cumulative_shares.push_back(running);
        }
        inputs.cumulative_shares.back() = 1;
    }
    return inputs;
}

/// Demands relative to their mean over areas, which keeps `annual_volume` that of an average area.
std::vector<model::AreaTypeInputs> area_types_of(const scenario::Scenario& scenario, const Quantities& read) {
    std::vector<model::AreaTypeInputs> types;
    double areas = 0;
    double demand = 0;
    for (const scenario::AreaType& type : scenario.area_types) {
        types.push_back({static_cast<std::uint32_t>(type.count), read.positive(type.demand, "demand")});
        areas += static_cast<double>(type.count);
        demand += static_cast<double>(type.count) * types.back().demand;
    }
    for (model::AreaTypeInputs& type : types) type.demand *= areas / demand;
    return types;
}

std::vector<double> area_factor(const scenario::Scenario& scenario) {
    if (scenario.area_correlations.empty()) return {};
    const std::size_t size = scenario.area_effects.size();
    random::SquareMatrix matrix{size, std::vector<double>(size * size, 0.0)};
    for (std::size_t i = 0; i < size; ++i) matrix.values[i * size + i] = 1;
    for (const scenario::Correlation& one : scenario.area_correlations) {
        matrix.values[one.first * size + one.second] = one.spearman;
        matrix.values[one.second * size + one.first] = one.spearman;
    }
    return random::cholesky_factor(matrix).values;
}

model::PopulationInputs population_of(const scenario::Scenario& scenario, const Quantities& read,
                                      const std::vector<std::string>& stages) {
    model::PopulationInputs population;
    population.clock = clock_of(scenario);
    population.area_types = area_types_of(scenario, read);
    for (const scenario::Arrivals& stream : scenario.arrivals) {
        population.streams.push_back(stream_of(scenario, stream, read, stages));
    }
    for (const scenario::Attribute& attribute : scenario.attributes) {
        population.attributes.push_back(attribute_of(attribute, read));
    }
    for (const scenario::AreaEffect& effect : scenario.area_effects) {
        population.area_effects.push_back({read.not_negative(effect.sd, "an area effect's sd"),
                                           random::purpose_hash("area_effect/" + effect.name)});
    }
    population.area_correlation = area_factor(scenario);
    for (const std::size_t level : scenario.access_groups) {
        population.access_groups.push_back(model::level_fact(level));
    }
    return population;
}

/// The number of the first arm that is alike before launch, counted from 1; 0 for an arm like no other.
std::uint32_t warm_up_number_of(const std::vector<model::ArmInputs>& arms, std::size_t arm) {
    std::size_t first = arms.size();
    std::size_t alike = 0;
    for (std::size_t other = 0; other < arms.size(); ++other) {
        if (other != arm && !model::alike_before_launch(arms[arm], arms[other])) continue;
        first = std::min(first, other);
        ++alike;
    }
    return alike < 2 ? 0 : static_cast<std::uint32_t>(first + 1);
}

}  // namespace

std::vector<std::string> stage_names(const scenario::Scenario& scenario) {
    std::vector<std::string> names;
    for (const scenario::Arm& arm : scenario.arms) {
        for (const scenario::Stage& stage : arm.model.stages) add_if_new(names, stage.name);
    }
    return names;
}

std::vector<std::string> outcome_names(const scenario::Scenario& scenario) {
    std::vector<std::string> names;
    for (const scenario::Arm& arm : scenario.arms) {
        for (const std::string& outcome : arm.model.outcomes) add_if_new(names, outcome);
    }
    return names;
}

Resolver::Resolver(const scenario::Scenario& scenario, const std::vector<ArmStaffing>& staffing)
    : scenario_(&scenario), staffing_(&staffing) {}

ResolvedDraw Resolver::resolve(const std::vector<double>& values) {
    constexpr std::size_t most_tables = 64;  // uncertain shapes would otherwise fill the memory draw by draw
    if (!tables_ || tables_->size() > most_tables) tables_ = std::make_shared<random::GammaTables>();
    ResolvedDraw draw;
    draw.tables = tables_;
    const Quantities read(values, *tables_);
    const std::vector<std::string> stages = stage_names(*scenario_);
    const std::vector<std::string> outcomes = outcome_names(*scenario_);
    arm_.reset();
    draw.population = population_of(*scenario_, read, stages);
    MarginalRates rates(draw.population);
    ArmCompiler compiler(*scenario_, read, rates, stages, outcomes);
    for (std::size_t a = 0; a < scenario_->arms.size(); ++a) {
        arm_ = a;
        draw.arms.push_back(compiler.compile(scenario_->arms[a], (*staffing_)[a], draw.population.clock));
    }
    arm_.reset();
    if (draw.population.clock.launch > 0) {
        for (std::size_t a = 0; a < draw.arms.size(); ++a)
            draw.arms[a].warm_up_number = warm_up_number_of(draw.arms, a);
    }
    choose_batches(*scenario_, read, draw);
    return draw;
}

}  // namespace vfm::experiment
