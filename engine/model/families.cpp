#include "vfm/model/families.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/des/calendar.hpp"
#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <numeric>

namespace vfm::model {

void Families::draw(const PopulationInputs& population, const random::Cell& cell) {
    population_ = &population;
    cell_ = cell;
    arrival_.clear();
    uptake_variates_.clear();
    stream_end_.clear();
    area_type_ = population.type_of_area(cell.area);
    draw_area_effects();
    for (std::uint32_t stream = 0; stream < population.streams.size(); ++stream) draw_arrivals(stream);
    draw_attributes();
    draw_stages();
    draw_tasks();
    sort_by_arrival();
}

void Families::draw_area_effects() {
    const std::size_t count = population_->area_effects.size();
    Workspace<double>& standard = unused_lane_;
    standard.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        standard[i] = random::standard_normal_quantile(
            random::uniform_pair(cell_, population_->area_effects[i].purpose, 0, 0).first);
    }
    area_effects_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        double z = standard[i];
        if (!population_->area_correlation.empty()) {
            z = 0;
            for (std::size_t j = 0; j <= i; ++j)
                z += population_->area_correlation[i * count + j] * standard[j];
        }
        area_effects_[i] = population_->area_effects[i].sd * z;
    }
}

/// Arrival times by inverting the cumulative intensity at the points of a unit Poisson process, so that a
/// changed rate moves families in time instead of drawing others.
void Families::draw_arrivals(std::uint32_t stream) {
    constexpr std::size_t chunk = 512;
    const StreamInputs& input = population_->streams[stream];
    double multiplier = 1;
    if (input.area_effect >= 0) {
        const auto effect = static_cast<std::size_t>(input.area_effect);
        const double sd = population_->area_effects[effect].sd;
        multiplier = random::exponential(area_effects_[effect] - sd * sd / 2);
    }
    if (area_type_ != EffectRow::none) {
        multiplier *= population_->area_types[static_cast<std::size_t>(area_type_)].demand;
    }
    double reached = 0;       // of the unit process
    double before_piece = 0;  // cumulative intensity at the start of the piece
    std::size_t piece = 0;
    const std::size_t first_family = arrival_.size();
    const std::uint64_t limit = input.stop_after > 0 ? input.stop_after : des::EventKey::entity_limit;
    for (bool more = true; more;) {
        const std::size_t drawn = arrival_.size() - first_family;
        const std::size_t wanted = std::min<std::uint64_t>(chunk, limit - drawn);
        unused_lane_.resize(wanted);
        const std::size_t first_drawn = uptake_variates_.size();
        uptake_variates_.resize(first_drawn + wanted);
        random::fill_uniform_pairs(cell_, input.arrival_purpose, 0, static_cast<std::uint32_t>(drawn),
                                   unused_lane_, std::span(uptake_variates_).subspan(first_drawn));
        random::fill_logarithms(unused_lane_);
        for (std::size_t i = 0; i < wanted && more; ++i) {
            reached -= unused_lane_[i];
            for (; piece < input.intensity.size(); ++piece) {
                const IntensityPiece& p = input.intensity[piece];
                const double in_piece = p.per_day * multiplier * days_from_ticks(p.until - p.from);
                if (reached < before_piece + in_piece) break;
                before_piece += in_piece;
            }
            if (piece == input.intensity.size()) {
                more = false;
            } else {
                const IntensityPiece& p = input.intensity[piece];
                arrival_.push_back(p.from +
                                   ticks_from_days((reached - before_piece) / (p.per_day * multiplier)));
            }
        }
        uptake_variates_.resize(arrival_.size());
        if (arrival_.size() - first_family == limit) more = false;
        if (arrival_.size() >= des::EventKey::entity_limit) {
            throw UserError(
                "more than 4,194,303 families arrive in one area and replication, which is the most "
                "the event calendar can name; lower annual_volume or shorten the study");
        }
    }
    stream_end_.push_back(static_cast<std::uint32_t>(arrival_.size()));
}

void Families::draw_attributes() {
    const std::size_t count = size();
    resize_with_room(levels_, count);
    for (std::size_t stream = 0, from = 0; stream < stream_end_.size(); from = stream_end_[stream++]) {
        const StreamInputs& input = population_->streams[stream];
        const std::size_t families = stream_end_[stream] - from;
        std::fill_n(levels_.begin() + static_cast<std::ptrdiff_t>(from), families, input.sets);
        resize_with_room(attribute_uniforms_, families);
        resize_with_room(unused_lane_, families);
        for (std::size_t a = 0; a < population_->attributes.size(); ++a) {
            const AttributeInputs& attribute = population_->attributes[a];
            const Facts own_levels = ((Facts{1} << attribute.level_count) - 1)
                                     << (level_bit_offset + attribute.first_level);
            if ((input.sets & own_levels) != 0) continue;
            random::fill_uniform_pairs(cell_, input.attribute_purposes[a], 0, 0, attribute_uniforms_,
                                       unused_lane_);
            for (std::size_t i = 0; i < families; ++i) {
                const double* shares = attribute.cumulative_shares.data();
                if (attribute.given >= 0) {
                    const AttributeInputs& given =
                        population_->attributes[static_cast<std::size_t>(attribute.given)];
                    std::size_t row = 0;
                    while ((levels_[from + i] & level_fact(given.first_level + row)) == 0) ++row;
                    shares += row * attribute.level_count;
                }
                std::size_t level = 0;
                while (level + 1 < attribute.level_count && attribute_uniforms_[i] >= shares[level]) ++level;
                levels_[from + i] |= level_fact(attribute.first_level + level);
            }
        }
    }
}

void Families::draw_stages() {
    batches_.resize(population_->batched_stages.size());
    for (std::size_t stage = 0; stage < batches_.size(); ++stage) {
        StageBatch& batch = batches_[stage];
        const BatchedLanes& lanes = population_->batched_stages[stage];
        resize_with_room(batch.lead, lanes.lead ? size() : 0);
        resize_with_room(batch.hours, lanes.hours ? size() : 0);
        resize_with_room(batch.next, lanes.next ? size() : 0);
        resize_with_room(unused_lane_, size());
        // A block of random bits has two lanes; the one nobody reads goes into `unused_lane_`.
        std::span<double> lead = lanes.lead ? batch.lead : unused_lane_;
        std::span<double> hours = lanes.hours ? batch.hours : unused_lane_;
        for (std::size_t stream = 0, from = 0; stream < stream_end_.size(); from = stream_end_[stream++]) {
            const StreamInputs& input = population_->streams[stream];
            const std::size_t families = stream_end_[stream] - from;
            if (lanes.lead || lanes.hours) {
                random::fill_uniform_pairs(cell_, input.work_purposes[stage], 0, 0,
                                           lead.subspan(from, families), hours.subspan(from, families));
            }
            if (lanes.next) {
                random::fill_uniform_pairs(cell_, input.next_purposes[stage], 0, 0,
                                           std::span(batch.next).subspan(from, families),
                                           std::span(unused_lane_).subspan(from, families));
            }
        }
        random::fill_normals(batch.lead);
        random::fill_normals(batch.hours);
    }
}

void Families::draw_tasks() {
    const std::vector<std::vector<std::uint32_t>>& tasks = population_->batched_tasks;
    if (task_batches_.size() < tasks.size()) task_batches_.resize(tasks.size());
    for (std::size_t batch = 0; batch < tasks.size(); ++batch) {
        resize_with_room(task_batches_[batch], size());
        resize_with_room(unused_lane_, size());
        for (std::uint32_t stream = 0; stream < stream_end_.size(); ++stream) {
            const IndexRange families = of_stream(stream);
            random::fill_uniform_pairs(
                cell_, tasks[batch][stream], 0, 0,
                std::span(task_batches_[batch]).subspan(families.first, families.count),
                std::span(unused_lane_).subspan(families.first, families.count));
        }
        random::fill_normals(task_batches_[batch]);
    }
}

/// Merges the streams, each of which is in order already; of two families at the same tick the one of the
/// earlier stream comes first.
void Families::sort_by_arrival() {
    resize_with_room(in_order_, size());
    if (stream_end_.size() == 1) {
        std::iota(in_order_.begin(), in_order_.end(), 0U);
        return;
    }
    merge_from_.assign(stream_end_.size(), 0);
    for (std::size_t s = 1; s < stream_end_.size(); ++s) merge_from_[s] = stream_end_[s - 1];
    for (std::uint32_t& place : in_order_) {
        std::size_t earliest = stream_end_.size();
        for (std::size_t s = 0; s < stream_end_.size(); ++s) {
            if (merge_from_[s] == stream_end_[s]) continue;
            if (earliest == stream_end_.size() ||
                arrival_[merge_from_[s]] < arrival_[merge_from_[earliest]]) {
                earliest = s;
            }
        }
        place = static_cast<std::uint32_t>(merge_from_[earliest]++);
    }
}

random::Pair Families::work(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const {
    const FamilyName who = name(family);
    return random::normal_pair(cell_, population_->streams[who.stream].work_purposes[stage], who.index,
                               visit);
}

double Families::lead(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const {
    const FamilyName who = name(family);
    return random::standard_normal_quantile(
        random::uniform_pair(cell_, population_->streams[who.stream].work_purposes[stage], who.index, visit)
            .first);
}

double Families::next_on_demand(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const {
    const FamilyName who = name(family);
    return random::uniform_pair(cell_, population_->streams[who.stream].next_purposes[stage], who.index,
                                visit)
        .first;
}

}  // namespace vfm::model
