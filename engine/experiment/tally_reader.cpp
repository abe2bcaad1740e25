#include "tally_reader.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/core/fixed_point.hpp"

#include <algorithm>

namespace vfm::experiment {

TallyReader::TallyReader(const CompiledStudy& study, const std::string& name) {
    for (std::size_t m = 0; m < model::measure_count; ++m) {
        if (model::measure_facts[m].name != name) continue;
        index_ = m;
        return;
    }
    const std::vector<std::string> outcomes = outcome_names(study.scenario());
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
        if (name != "ended_" + outcomes[o]) continue;
        kind_ = Kind::ended;
        index_ = o;
        return;
    }
    kind_ = Kind::paid;
    for (const scenario::Perspective& perspective : study.scenario().perspectives) {
        const bool traced = name == "traced_cost_" + perspective.name;
        if (!traced && name != "cost_" + perspective.name) continue;
        if (traced) kind_ = Kind::traced;
        payers_ = perspective.payers;
        return;
    }
    for (std::size_t p = 0; p < model::payer_names.size(); ++p) {
        if (name != "paid_by_" + std::string(model::payer_names[p])) continue;
        payers_ = {static_cast<model::Payer>(p)};
        return;
    }
    std::vector<std::string> known;
    for (const results::Measure& measure : study.layout().measures) {
        if (measure.additive) known.push_back(measure.name);
    }
    const std::string nearest = nearest_name(name, known);
    throw UserError("the study has no additive measure '" + name + "'" +
                    (nearest.empty() ? "" : ", did you mean '" + nearest + "'?"));
}

double TallyReader::read(const model::Tallies& tallies) const {
    switch (kind_) {
        case Kind::sum:
            return tallies.value(static_cast<model::Measure>(index_));
        case Kind::ended:
            return static_cast<double>(tallies.ended[index_]);
        case Kind::paid:
        case Kind::traced:
            break;
    }
    const model::Ledger::ByPayer paid =
        kind_ == Kind::traced ? tallies.ledger.traced_to_families() : tallies.ledger.by_payer();
    Fixed sum = 0;
    for (const model::Payer payer : payers_) sum += paid[static_cast<std::size_t>(payer)];
    return from_fixed(sum);
}

}  // namespace vfm::experiment
