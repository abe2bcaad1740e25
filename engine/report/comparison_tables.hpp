// The tables of a comparison's report, each declared once.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/report/table.hpp"

#include <vector>

namespace vfm::report {

/// An estimate of a difference from the reference: the reference itself has none.
[[nodiscard]] Cell difference_cell(const decision::Comparison& comparison, std::size_t arm,
                                   const decision::Estimate& difference);
/// A threshold from which an arm is worth more than the reference; without one, a cell that says nothing.
[[nodiscard]] Cell threshold_cell(const decision::BreakEven& point);
/// `above`, `below`, `always`, `never`, `equal`.
[[nodiscard]] std::string worth_it_name(decision::WorthIt worth_it);

/// `notes`, `arms` and `measures`: every indicator in every arm.
[[nodiscard]] std::vector<Table> measure_tables(const decision::Comparison& comparison);
/// Of each perspective, the one asked for first: `icer_table`, `break_even`, `plane`, `ceac`, `ceaf`,
/// `expected_loss`, `expected_net_benefit`; at the thresholds asked for `net_benefit`, `net_present_value`.
[[nodiscard]] std::vector<Table> value_tables(const decision::Comparison& comparison);
/// `access_groups`, `group_costs`, `group_net_benefit`, `group_net_benefit_curve`, `inequality`.
[[nodiscard]] std::vector<Table> group_tables(const decision::Comparison& comparison);
/// `area_types`, `area_type_break_even`, `area_type_net_benefit`, `area_type_ceaf`.
[[nodiscard]] std::vector<Table> area_type_tables(const decision::Comparison& comparison);

}  // namespace vfm::report
