// The columns of the summary and group tables, each declared once: its name, and how it is read from tallies.
#pragma once

#include "vfm/model/measures.hpp"
#include "vfm/results/layout.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace vfm::experiment {

/// What areas add up to under one arm, with the sums of its ledger that several columns read.
struct SummedTallies {
    explicit SummedTallies(const model::Tallies& sums)
        : tallies(&sums), paid(sums.ledger.by_payer()), traced(sums.ledger.traced_to_families(paid)) {}

    const model::Tallies* tallies;
    model::Ledger::ByPayer paid;    ///< discounted
    model::Ledger::ByPayer traced;  ///< the part of it that measured families cause one by one
};

/// One column of the summary table.
struct SummaryColumn {
    results::Measure measure;
    std::function<double(const SummedTallies&)> read;
};

/// One column of the table by access group, whose measures are named in the summary table as well.
struct GroupColumn {
    std::string measure;
    std::function<double(const model::Tallies&, std::size_t group)> read;
};

/// A study's columns in the order of its files. The scenario must outlive them.
[[nodiscard]] std::vector<SummaryColumn> summary_columns(const scenario::Scenario& scenario);
[[nodiscard]] std::vector<GroupColumn> group_columns(const scenario::Scenario& scenario);

/// The additive column of this name. Throws UserError, with the nearest known name, when there is none.
[[nodiscard]] const SummaryColumn& additive_column(std::span<const SummaryColumn> columns,
                                                   const std::string& name);

}  // namespace vfm::experiment
