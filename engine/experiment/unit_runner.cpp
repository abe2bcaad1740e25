#include "vfm/experiment/unit_runner.hpp"

#include "area_type_rows.hpp"
#include "replication_runner.hpp"
#include "summary_columns.hpp"

#include "vfm/core/fixed_point.hpp"

#include <limits>

namespace vfm::experiment {

using model::Tallies;
using results::Batch;
using results::Layout;

namespace {

constexpr std::uint64_t no_draw = std::numeric_limits<std::uint64_t>::max();

/// What of a study unit or central unit is said in messages.
std::string words_for(std::uint64_t unit, const Layout& layout) {
    if (unit >= layout.study_units()) {
        return "central unit " + std::to_string(unit - layout.study_units()) + " at parameter means";
    }
    return "draw " + std::to_string(unit / layout.replications) + ", replication " +
           std::to_string(unit % layout.replications);
}

}  // namespace

UnitRunner::UnitRunner(const CompiledStudy& study)
    : study_(&study),
      runner_(std::make_unique<ReplicationRunner>(study)),
      resolved_draw_(no_draw),
      summary_columns_(summary_columns(study.scenario())),
      group_columns_(group_columns(study.scenario())),
      area_types_(std::make_unique<AreaTypeRows>(study.layout())) {}

UnitRunner::~UnitRunner() = default;

/// Central units, which follow the study's, have every parameter at its mean; they count as one more draw.
void UnitRunner::resolve(std::uint64_t unit) {
    const Layout& layout = study_->layout();
    const std::uint64_t draw = unit < layout.study_units() ? unit / layout.replications : layout.draws;
    if (draw == resolved_draw_) return;
    resolved_draw_ = no_draw;
    values_ = draw < layout.draws ? study_->parameters().draw(draw) : study_->parameters().means();
    runner_->resolve(values_);
    resolved_draw_ = draw;
}

std::uint64_t UnitRunner::run_unit(std::uint64_t unit, Batch& batch) {
    const Layout& layout = study_->layout();
    const auto work = [&] {
        resolve(unit);
        const std::uint64_t families =
            runner_->run(unit, [this](std::uint32_t area) { note_area_type(area); });
        write_parameters(batch, unit);
        for (std::size_t arm = 0; arm < layout.arms.size(); ++arm) {
            if (unit < layout.study_units()) write_row(batch, unit, arm);
            add_totals(batch, unit, arm);
        }
        return families;
    };
    return runner_->locate_failures([&] { return words_for(unit, layout); }, work);
}

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
    const SummedTallies sums(runner_->tallies()[arm]);
    double* value = row.data();
    for (const SummaryColumn& column : summary_columns_) *value++ = column.read(sums);
}

/// Keeps the sums when all areas of a type are through.
void UnitRunner::note_area_type(std::uint32_t area) {
    const std::size_t type = area_types_->ending_with(area);
    if (type == AreaTypeRows::no_type) return;
    for (std::size_t arm = 0; arm < study_->layout().arms.size(); ++arm)
        write_summary(arm, area_types_->sums_after(type, arm));
}

void UnitRunner::write_row(Batch& batch, std::uint64_t unit, std::size_t arm) const {
    const Layout& layout = study_->layout();
    const Tallies& tallies = runner_->tallies()[arm];
    const std::size_t row = (unit - batch.first_unit) * layout.arms.size() + arm;

    const std::size_t measures = layout.measures.size();
    write_summary(arm, std::span(batch.summary).subspan(row * measures, measures));
    const std::size_t by_type = layout.area_types.size() * layout.area_type_measures.size();
    area_types_->write(arm, std::span(batch.area_types).subspan(row * by_type, by_type));

    double* costs = batch.costs.data() + row * model::payer_names.size() * model::category_names.size();
    for (const auto& payer : tallies.ledger.discounted) {
        for (const Fixed amount : payer) *costs++ = from_fixed(amount);
    }
    double* value = batch.groups.data() + row * layout.groups.size() * layout.group_measures.size();
    for (std::size_t group = 0; group < layout.groups.size(); ++group) {
        for (const GroupColumn& column : group_columns_) *value++ = column.read(tallies, group);
    }
}

void UnitRunner::add_totals(Batch& batch, std::uint64_t unit, std::size_t arm) const {
    const Layout& layout = study_->layout();
    const Tallies& tallies = runner_->tallies()[arm];
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
    const std::uint64_t unit = draw * study_->layout().replications + replication;
    resolve(unit);
    return runner_->replay(arm, unit, area);
}

const model::Families& UnitRunner::families() const {
    return runner_->families();
}

}  // namespace vfm::experiment
