#include "vfm/experiment/unit_runner.hpp"

#include "area_type_rows.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"

#include <limits>

namespace vfm::experiment {

using model::Tallies;
using results::Batch;
using results::Layout;

namespace {

constexpr std::uint64_t no_draw = std::numeric_limits<std::uint64_t>::max();

}  // namespace

UnitRunner::UnitRunner(const CompiledStudy& study)
    : study_(&study),
      resolver_(study.scenario(), study.staffing()),
      resolved_draw_(no_draw),
      tallies_(study.layout().arms.size()),
      area_types_(std::make_unique<AreaTypeRows>(study.layout())) {}

UnitRunner::~UnitRunner() = default;

/// Central units, which follow the study's, have every parameter at its mean; they count as one more draw.
void UnitRunner::resolve(std::uint64_t unit) {
    const Layout& layout = study_->layout();
    const std::uint64_t draw = unit < layout.study_units() ? unit / layout.replications : layout.draws;
    if (draw == resolved_draw_) return;
    resolved_draw_ = no_draw;
    values_ = draw < layout.draws ? study_->parameters().draw(draw) : study_->parameters().means();
    resolved_ = resolver_.resolve(values_);
    resolved_draw_ = draw;
}

std::uint64_t UnitRunner::run_unit(std::uint64_t unit, Batch& batch) {
    const Layout& layout = study_->layout();
    std::size_t arm = 0;
    try {
        resolve(unit);
        const std::size_t outcomes = resolved_.arms.front().study_outcome_count;
        for (Tallies& tallies : tallies_) tallies.reset(outcomes, layout.groups.size(), layout.weeks);
        std::uint64_t families = 0;
        for (std::uint32_t area = 0; area < study_->scenario().areas; ++area) {
            families_.draw(resolved_.population, {seed(), unit, area});
            area_.enter(resolved_.population, families_);
            for (arm = 0; arm < resolved_.arms.size(); ++arm) {
                area_.run(resolved_.arms[arm], tallies_[arm]);
                families += families_.size();
            }
            note_area_type(area);
        }
        write_parameters(batch, unit);
        for (arm = 0; arm < tallies_.size(); ++arm) {
            if (unit < layout.study_units()) write_row(batch, unit, arm);
            add_totals(batch, unit, arm);
        }
        return families;
    } catch (const UserError& reason) {
        throw UserError(place_of(unit, arm) + reason.what());
    } catch (const ContractViolation& reason) {
        throw ContractViolation(place_of(unit, arm) + reason.what());
    }
}

std::string UnitRunner::place_of(std::uint64_t unit, std::size_t arm) const {
    const Layout& layout = study_->layout();
    const std::string draw = unit < layout.study_units()
                                 ? "draw " + std::to_string(unit / layout.replications) + ", replication " +
                                       std::to_string(unit % layout.replications)
                                 : "at parameter means";
    return "in arm " + layout.arms[std::min(arm, layout.arms.size() - 1)] + ", " + draw + ": ";
}

std::uint64_t UnitRunner::seed() const {
    return study_->scenario().design.seed;
}

namespace {

/// In pounds, what a perspective's payers pay.
double cost_of(const scenario::Perspective& perspective, const model::Ledger::ByPayer& paid) {
    Fixed sum = 0;
    for (const model::Payer payer : perspective.payers) sum += paid[static_cast<std::size_t>(payer)];
    return from_fixed(sum);
}

/// A replication without plans has no median: readers know a missing number as NaN.
double missing_if_none(double days) {
    return days < 0 ? std::numeric_limits<double>::quiet_NaN() : days;
}

}  // namespace

/// A draw's parameters go with its first replication.
void UnitRunner::write_parameters(Batch& batch, std::uint64_t unit) const {
    const Layout& layout = study_->layout();
    if (unit >= layout.study_units() || unit % layout.replications != 0) return;
    const std::vector<std::size_t>& uncertain = study_->parameters().uncertain();
    double* row =
        batch.parameters.data() + (unit / layout.replications - batch.first_draw) * uncertain.size();
    for (const std::size_t parameter : uncertain) *row++ = values_[parameter];
}

/// The sums of all areas simulated so far.
void UnitRunner::write_summary(std::size_t arm, std::span<double> row) const {
    const Tallies& tallies = tallies_[arm];
    double* summary = row.data();
    for (std::size_t m = 0; m < model::measure_count; ++m)
        *summary++ = tallies.value(static_cast<model::Measure>(m));
    for (const std::int64_t ended : tallies.ended) *summary++ = static_cast<double>(ended);
    const std::vector<scenario::Perspective>& perspectives = study_->scenario().perspectives;
    const model::Ledger::ByPayer paid = tallies.ledger.by_payer();
    const model::Ledger::ByPayer traced = tallies.ledger.traced_to_families(paid);
    for (const scenario::Perspective& perspective : perspectives) *summary++ = cost_of(perspective, paid);
    for (const scenario::Perspective& perspective : perspectives) *summary++ = cost_of(perspective, traced);
    for (const Fixed amount : paid) *summary++ = from_fixed(amount);
    *summary++ = missing_if_none(tallies.sign_off_quantile(0.5));
    *summary++ = missing_if_none(tallies.sign_off_quantile(0.9));
}

/// Keeps the sums when all areas of a type are through.
void UnitRunner::note_area_type(std::uint32_t area) {
    const std::size_t type = area_types_->ending_with(area);
    if (type == AreaTypeRows::no_type) return;
    for (std::size_t arm = 0; arm < tallies_.size(); ++arm)
        write_summary(arm, area_types_->sums_after(type, arm));
}

void UnitRunner::write_row(Batch& batch, std::uint64_t unit, std::size_t arm) const {
    const Layout& layout = study_->layout();
    const Tallies& tallies = tallies_[arm];
    const std::size_t row = (unit - batch.first_unit) * layout.arms.size() + arm;

    const std::size_t measures = layout.measures.size();
    write_summary(arm, std::span(batch.summary).subspan(row * measures, measures));
    const std::size_t by_type = layout.area_types.size() * layout.area_type_measures.size();
    area_types_->write(arm, std::span(batch.area_types).subspan(row * by_type, by_type));

    double* costs = batch.costs.data() + row * model::payer_names.size() * model::category_names.size();
    for (const auto& payer : tallies.ledger.discounted) {
        for (const Fixed amount : payer) *costs++ = from_fixed(amount);
    }
    write_groups(batch, row, tallies);
}

void UnitRunner::write_groups(Batch& batch, std::size_t row, const Tallies& tallies) const {
    const Layout& layout = study_->layout();
    double* value = batch.groups.data() + row * layout.groups.size() * layout.group_measures.size();
    for (std::size_t group = 0; group < layout.groups.size(); ++group) {
        const std::int64_t* sum = tallies.groups.data() + group * model::group_measures.size();
        for (const model::Measure measure : model::group_measures) {
            const bool whole = model::measure_facts[static_cast<std::size_t>(measure)].whole;
            *value++ = whole ? static_cast<double>(*sum) : from_fixed(*sum);
            ++sum;
        }
        for (const scenario::Perspective& perspective : study_->scenario().perspectives)
            *value++ = cost_of(perspective, tallies.group_costs[group]);
    }
}

void UnitRunner::add_totals(Batch& batch, std::uint64_t unit, std::size_t arm) const {
    const Layout& layout = study_->layout();
    const Tallies& tallies = tallies_[arm];
    const bool central = unit >= layout.study_units();
    std::size_t bins = 0;
    for (const std::vector<std::int64_t>& counts : tallies.histograms) bins += counts.size();
    std::int64_t* histogram = batch.histograms.data() + ((central ? layout.arms.size() : 0) + arm) * bins;
    for (const std::vector<std::int64_t>& counts : tallies.histograms) {
        for (const std::int64_t count : counts) *histogram++ += count;
    }
    if (central) return;
    std::int64_t* timeline = batch.timeline.data() + arm * tallies.timeline.size();
    for (const std::int64_t value : tallies.timeline) *timeline++ += value;
}

Batch UnitRunner::run_batch(std::uint64_t index, const AfterUnit& after_unit) {
    Batch batch = results::empty_batch(study_->layout(), study_->batch_units(), index);
    for (std::uint64_t unit = batch.first_unit; unit < batch.first_unit + batch.unit_count; ++unit) {
        if (after_unit(run_unit(unit, batch))) continue;
        batch.unit_count = 0;
        break;
    }
    return batch;
}

std::vector<model::TraceEvent> UnitRunner::replay(std::size_t arm, std::uint64_t draw,
                                                  std::uint64_t replication, std::uint32_t area) {
    const Layout& layout = study_->layout();
    const std::uint64_t unit = draw * layout.replications + replication;
    resolve(unit);
    tallies_[arm].reset(resolved_.arms[arm].study_outcome_count, layout.groups.size(), layout.weeks);
    families_.draw(resolved_.population, {seed(), unit, area});
    area_.enter(resolved_.population, families_);
    return area_.replay(resolved_.arms[arm], tallies_[arm]);
}

}  // namespace vfm::experiment
