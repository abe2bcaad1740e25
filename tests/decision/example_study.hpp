// A small study in memory, made of plain formulas, that tests compare arms in.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/results/layout.hpp"

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace vfm::decision {

/// Four arms (one a copy of the reference) in some draws and replications of 100 families each.
class ExampleStudy {
  public:
    explicit ExampleStudy(std::size_t draws = 4, std::size_t replications = 2) {
        layout.arms = {"no_support", "dual_paid", "dual_volunteer_close", "copy_of_dual_paid"};
        layout.arm_titles = {"No support", "Dual, paid", "Dual, volunteers, close", "Dual, paid, again"};
        layout.reference_arm = "dual_paid";
        layout.draws = draws;
        layout.replications = replications;
        layout.perspectives = {"commissioner", "societal"};
        layout.groups = {"language.other", "income.low"};
        layout.group_measures = {"families", "users", "composite"};
        layout.ratios = {{"cost_of_support", "cost_commissioner", "users", "GBP", "declared by the file"}};
        layout.parameters = {{"p1", "", "", "assumption", "", 0, true},
                             {"p2", "", "", "survey", "", 0, true},
                             {"p3", "", "", "assumption", "", 0, false}};
        fill("families", {100, 100, 100, 100}, 0);
        fill("users", {0, 40, 50, 40}, 1);
        fill("composite", {40, 52, 55, 52}, 1);
        fill("cost_commissioner", {0, 100000, 120000, 100000}, 1000);
        fill("cost_societal", {50000, 130000, 170000, 130000}, 2000);
        fill("plans_signed_off", {60, 60, 60, 60}, 0);
        fill("open_at_horizon", {0, 2, 0, 2}, 0);
        fill("mystery", {7, 8, 9, 8}, 0);
        fill("median_days_to_sign_off", {150, 140, 145, 140}, 1);
        layout.measures.back().additive = false;
        fill_groups();
    }

    [[nodiscard]] StudyTables tables() const {
        return {.layout = &layout,
                .measure = [this](std::string_view name) { return look_up(values, name); },
                .group_measure = [this](std::string_view name) { return look_up(group_values, name); }};
    }

    /// What families cost by group, of the commissioner's perspective: half is traced, two fifths of that to
    /// the first group, which has an eighth of the support hours.
    void add_group_costs() {
        std::vector<double> traced = values["cost_commissioner"];
        for (double& value : traced) value *= 0.5;
        std::vector<double> hours = values["users"];
        for (double& value : hours) value *= 3;
        for (const auto& [name, total, share] :
             {std::tuple{"traced_cost_commissioner", traced, 0.4}, {"support_hours", hours, 0.125}}) {
            layout.measures.push_back({name, "", "", true});
            layout.group_measures.emplace_back(name);
            values[name] = total;
            for (const double value : total)
                group_values[name].insert(group_values[name].end(), {share * value, 0});
        }
    }

    void remove(std::string_view measure) {
        std::erase_if(layout.measures,
                      [measure](const results::Measure& each) { return each.name == measure; });
    }

    results::Layout layout;
    std::map<std::string, std::vector<double>> values;
    std::map<std::string, std::vector<double>> group_values;

  private:
    static std::vector<double> look_up(const std::map<std::string, std::vector<double>>& table,
                                       std::string_view name) {
        const auto place = table.find(std::string(name));
        if (place == table.end()) throw std::out_of_range("no measure " + std::string(name));
        return place->second;
    }

    /// Draw d moves every arm with support by step x (d - mean d), replications by a quarter step either way.
    void fill(const std::string& name, const std::vector<double>& levels, double step) {
        layout.measures.push_back({name, "", "", true});
        std::vector<double>& cells = values[name];
        for (const double level : levels) {
            for (std::uint64_t draw = 0; draw < layout.draws; ++draw) {
                for (std::uint64_t i = 0; i < layout.replications; ++i) {
                    const double shift =
                        static_cast<double>(draw) - static_cast<double>(layout.draws - 1) / 2;
                    const double noise = layout.replications < 2 ? 0 : i % 2 == 0 ? 0.25 : -0.25;
                    cells.push_back(level == 0 ? 0 : level + step * (shift + noise));
                }
            }
        }
    }

    /// A quarter of the families are of the first group, with an eighth of all users; nobody is of the
    /// second.
    void fill_groups() {
        for (const auto& [name, share] :
             {std::pair{"families", 0.25}, {"users", 0.125}, {"composite", 0.25}}) {
            for (const double total : values[name]) {
                group_values[name].insert(group_values[name].end(), {share * total, 0});
            }
        }
    }
};

}  // namespace vfm::decision
