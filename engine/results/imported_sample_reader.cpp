#include "csv_reader.hpp"
#include "draw_table.hpp"

#include "vfm/results/imported_sample.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>

namespace vfm::results {

namespace {

constexpr std::size_t most_arms = 10000;

/// What each column of the wide form holds.
struct WideColumns {
    Names arms;
    std::vector<std::size_t> cost;    ///< of each arm
    std::vector<std::size_t> effect;  ///< of each arm
    Names parameters;
    std::vector<std::size_t> parameter;
};

WideColumns sort_columns(const CsvReader& csv, const Names& columns) {
    constexpr std::string_view cost = "cost_";
    constexpr std::string_view effect = "effect_";
    WideColumns sorted;
    std::unordered_map<std::string, std::size_t> arms;
    const auto place = [&](const std::string& arm) {
        const auto [known, is_new] = arms.try_emplace(arm, sorted.arms.size());
        if (is_new) {
            sorted.arms.push_back(arm);
            sorted.cost.push_back(nowhere);
            sorted.effect.push_back(nowhere);
        }
        return known->second;
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& name = columns[i];
        if (name.starts_with(cost) && name.size() > cost.size()) {
            sorted.cost[place(name.substr(cost.size()))] = i;
        } else if (name.starts_with(effect) && name.size() > effect.size()) {
            sorted.effect[place(name.substr(effect.size()))] = i;
        } else {
            sorted.parameters.push_back(name);
            sorted.parameter.push_back(i);
        }
    }
    for (std::size_t arm = 0; arm < sorted.arms.size(); ++arm) {
        const bool costs = sorted.cost[arm] == nowhere;
        if (!costs && sorted.effect[arm] != nowhere) continue;
        const std::string_view prefix = costs ? cost : effect;
        const std::string missing = std::string(prefix) + sorted.arms[arm];
        Names alike;
        std::copy_if(columns.begin(), columns.end(), std::back_inserter(alike),
                     [prefix](const std::string& name) { return name.starts_with(prefix); });
        const std::string nearest = nearest_name(missing, alike);
        csv.fault(1, fmt::format("arm `{}` has no column `{}`", sorted.arms[arm], missing),
                  nearest.empty() ? "every arm needs both (no parameter can be called cost_... or effect_...)"
                                  : fmt::format("is it `{}`?", nearest));
    }
    if (sorted.arms.empty()) {
        csv.fault(1, "there are no arms in it",
                  "give columns cost_<arm> and effect_<arm>, or the columns draw, arm, cost and effect");
    }
    return sorted;
}

ImportedSample read_wide(CsvReader& csv, const Names& heading, const FaultList& faults) {
    Names columns = heading;
    std::erase(columns, "draw");
    const WideColumns sorted = sort_columns(csv, columns);
    faults.throw_any();
    const DrawTable table = read_draw_table(csv, heading);
    faults.throw_any();
    expect_draws(csv, table.draws);
    faults.throw_any();
    ImportedSample sample{.arms = sorted.arms,
                          .parameters = sorted.parameters,
                          .draws = table.draws.size(),
                          .cost = {},
                          .effect = {},
                          .parameter_values = {}};
    const std::size_t width = columns.size();
    for (std::size_t arm = 0; arm < sample.arms.size(); ++arm) {
        for (std::size_t draw = 0; draw < sample.draws; ++draw) {
            sample.cost.push_back(table.values[draw * width + sorted.cost[arm]]);
            sample.effect.push_back(table.values[draw * width + sorted.effect[arm]]);
        }
    }
    for (std::size_t draw = 0; draw < sample.draws; ++draw) {
        for (const std::size_t column : sorted.parameter) {
            sample.parameter_values.push_back(table.values[draw * width + column]);
        }
    }
    return sample;
}

/// One line of the long form.
struct LongRow {
    std::size_t draw = 0;
    std::size_t arm = 0;
    double cost = 0;
    double effect = 0;
    int line = 0;
};

struct LongTable {
    Names arms;
    DrawIndex draws;
    std::vector<LongRow> rows;
};

void check_long_heading(const CsvReader& csv, const Names& heading) {
    for (std::size_t i = 0; i < heading.size(); ++i) {
        const std::string& name = heading[i];
        if (name == "draw" || name == "arm" || name == "cost" || name == "effect") continue;
        csv.fault(csv.fields()[i].column,
                  fmt::format("column `{}`: the long form has draw, arm, cost and effect alone", name),
                  "put parameters into a second file, a draw a line, and give it with --parameters");
    }
}

LongTable read_long_rows(CsvReader& csv, const Names& heading) {
    LongTable table;
    std::unordered_map<std::string, std::size_t> arms;
    const std::size_t draw = place_of(heading, "draw");
    const std::size_t arm = place_of(heading, "arm");
    const std::size_t cost = place_of(heading, "cost");
    const std::size_t effect = place_of(heading, "effect");
    while (csv.next() && has_room(csv, 8 * table.rows.size())) {
        if (!csv.is_as_long_as(heading.size())) continue;
        const std::span<const CsvField> fields = csv.fields();
        const std::uint64_t label = csv.draw(fields[draw]);
        LongRow row{.line = csv.line()};
        row.cost = csv.number(fields[cost], "cost");
        row.effect = csv.number(fields[effect], "effect");
        const std::string name(fields[arm].text);
        if (!is_sound_name(name)) {
            csv.fault(fields[arm].column,
                      "an arm without a name, or with one that is too long or no UTF-8 text", "name it");
            continue;
        }
        const auto [known, is_new] = arms.try_emplace(name, table.arms.size());
        if (is_new) table.arms.push_back(name);
        if (table.arms.size() > most_arms) {
            csv.fault(fields[arm].column, fmt::format("more than {} arms", most_arms),
                      "is `arm` really the column of arms?");
            break;
        }
        if (label == CsvReader::no_draw) continue;
        row.arm = known->second;
        row.draw = table.draws.add(label, csv.line()).index;
        table.rows.push_back(row);
    }
    return table;
}

/// Says of each arm in which draw it is missing first, and in how many.
void report_missing(const CsvReader& csv, const LongTable& table, const std::vector<int>& lines) {
    const std::size_t draws = table.draws.size();
    for (std::size_t arm = 0; arm < table.arms.size(); ++arm) {
        const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(arm * draws);
        const auto end = begin + static_cast<std::ptrdiff_t>(draws);
        const auto missing = static_cast<std::size_t>(std::count(begin, end, 0));
        if (missing == 0) continue;
        const bool stray = missing > draws / 2;  // rather a name that is wrong now and then
        const auto first =
            stray ? std::find_if(begin, end, [](int line) { return line != 0; }) : std::find(begin, end, 0);
        const auto draw = static_cast<std::size_t>(first - begin);
        Names others = table.arms;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(arm));
        const std::string nearest = nearest_name(table.arms[arm], others);
        if (stray) {
            csv.fault_in_line(
                *first, fmt::format("arm `{}` is in {} of {} draws", table.arms[arm], draws - missing, draws),
                nearest.empty() ? "give every arm in every draw"
                                : fmt::format("did you mean `{}`?", nearest));
        } else {
            csv.fault_in_line(
                table.draws.line(draw),
                fmt::format(
                    "draw {} has no arm `{}`{}", table.draws.label(draw), table.arms[arm],
                    missing > 1 ? fmt::format(", nor have {} other draws", missing - 1) : std::string()),
                "give every arm in every draw");
        }
    }
}

/// The sample of the long form, without parameters.
ImportedSample arranged(const CsvReader& csv, const LongTable& table, const FaultList& faults) {
    ImportedSample sample;
    sample.arms = table.arms;
    sample.draws = table.draws.size();
    if (sample.arms.size() * sample.draws > most_numbers / 2) {
        csv.fault_in_line(
            0,
            fmt::format("{} arms in {} draws, but not each in every draw", sample.arms.size(), sample.draws),
            "give every arm in every draw");
        faults.throw_any();
    }
    const std::size_t cells = sample.arms.size() * sample.draws;
    sample.cost.resize(cells);
    sample.effect.resize(cells);
    std::vector<int> lines(cells, 0);
    for (const LongRow& row : table.rows) {
        const std::size_t cell = row.arm * sample.draws + row.draw;
        if (lines[cell] != 0) {
            csv.fault_in_line(row.line,
                              fmt::format("draw {} of arm `{}` is already in line {}",
                                          table.draws.label(row.draw), table.arms[row.arm], lines[cell]),
                              "give each once");
        }
        lines[cell] = row.line;
        sample.cost[cell] = row.cost;
        sample.effect[cell] = row.effect;
    }
    faults.throw_any();
    report_missing(csv, table, lines);
    faults.throw_any();
    return sample;
}

/// Fills the parameters of a sample from a second file, whose draws must be the same.
void read_parameter_values(const std::filesystem::path& file, const DrawIndex& draws, ImportedSample& sample,
                           FaultList& faults) {
    CsvReader csv(file, faults);
    const Names heading = read_heading(csv);
    faults.throw_any();
    const DrawTable table = read_draw_table(csv, heading);
    faults.throw_any();
    sample.parameters = table.columns;
    const std::size_t width = table.columns.size();
    sample.parameter_values.assign(sample.draws * width, 0);
    for (std::size_t row = 0; row < table.draws.size(); ++row) {
        const std::uint64_t label = table.draws.label(row);
        const std::size_t draw = draws.find(label);
        if (draw == nowhere) {
            csv.fault_in_line(table.draws.line(row), fmt::format("draw {} is not in the sample", label),
                              "give the parameters of the draws that it has");
            continue;
        }
        std::copy_n(table.values.begin() + static_cast<std::ptrdiff_t>(row * width), width,
                    sample.parameter_values.begin() + static_cast<std::ptrdiff_t>(draw * width));
    }
    for (std::size_t draw = 0; draw < draws.size(); ++draw) {
        if (table.draws.find(draws.label(draw)) != nowhere) continue;
        csv.fault_in_line(0, fmt::format("draw {} of the sample has no parameters here", draws.label(draw)),
                          "give a line for every draw");
    }
    faults.throw_any();
}

}  // namespace

ImportedSample read_imported_sample(const std::filesystem::path& file,
                                    const std::filesystem::path& parameters) {
    FaultList faults;
    CsvReader csv(file, faults);
    const Names heading = read_heading(csv);
    faults.throw_any();
    const auto has = [&heading](const char* name) { return place_of(heading, name) != nowhere; };
    if (!has("arm") || !has("cost") || !has("effect")) {
        ImportedSample sample = read_wide(csv, heading, faults);
        if (parameters.empty()) return sample;
        throw UserError(fmt::format("'{}' has its parameters in columns of its own, leave out --parameters",
                                    file.string()));
    }
    check_long_heading(csv, heading);
    faults.throw_any();
    const LongTable table = read_long_rows(csv, heading);
    faults.throw_any();
    expect_draws(csv, table.draws);
    faults.throw_any();
    ImportedSample sample = arranged(csv, table, faults);
    if (!parameters.empty()) read_parameter_values(parameters, table.draws, sample, faults);
    return sample;
}

}  // namespace vfm::results
