#include "view_layout.hpp"

#include "vfm/report/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::report {

namespace {

using decision::Estimate;
using decision::Interval;

/// A cell that a view shows, with what its column says of it.
struct FoundCell {
    const Cell* cell = nullptr;  ///< null: the row that is asked for does not exist
    const Column* column = nullptr;
    std::string unit;
};

/// A shown column: for each row the cells that are joined.
using FoundColumn = std::vector<std::vector<FoundCell>>;

/// A cell as the key that rows of several tables share.
std::string key_text(const Cell& cell) {
    if (const auto* value = std::get_if<double>(&cell)) return exact_number(*value);
    return std::get<std::string>(cell);
}

/// The rows of a view: each value of the key once, where there is a key.
std::vector<std::size_t> base_rows(const View& view, const Table& table) {
    std::vector<std::size_t> rows;
    std::set<std::string> known;
    for (const std::size_t row : view.rows) {
        const bool is_new =
            view.key.empty() || known.insert(key_text(table.cell(row, table.place_of(view.key)))).second;
        if (is_new) rows.push_back(row);
    }
    return rows;
}

class CellFinder {
  public:
    CellFinder(const Report& report, const View& view)
        : report_(report), view_(view), own_(report.table(view.table)), rows_(base_rows(view, own_)) {}

    [[nodiscard]] std::size_t rows() const { return rows_.size(); }

    [[nodiscard]] FoundColumn column(const Shown& shown) const {
        FoundColumn found(rows_.size());
        for (const Source& source : shown.cells) {
            const std::vector<FoundCell> cells = cells_of(source);
            for (std::size_t row = 0; row < cells.size(); ++row) found[row].push_back(cells[row]);
        }
        return found;
    }

  private:
    [[nodiscard]] static FoundCell at(const Table& table, std::size_t row, std::size_t place) {
        const Column& column = table.columns()[place];
        FoundCell found{.cell = &table.cell(row, place), .column = &column, .unit = column.unit};
        if (column.unit_in.empty()) return found;
        found.unit = std::get<std::string>(table.cell(row, table.place_of(column.unit_in)));
        return found;
    }

    [[nodiscard]] std::vector<FoundCell> cells_of(const Source& source) const {
        const Table& table = source.table.empty() ? own_ : report_.table(source.table);
        const std::size_t place = table.place_of(source.column);
        std::vector<FoundCell> cells;
        cells.reserve(rows_.size());
        if (&table == &own_ && source.where.empty()) {
            for (const std::size_t row : rows_) cells.push_back(at(table, row, place));
            return cells;
        }
        const std::size_t own_key = own_.place_of(view_.key);
        const std::size_t key = table.place_of(view_.key);
        std::map<std::string, std::size_t> row_of;
        for (const std::size_t row : table.where(source.where))
            row_of.emplace(key_text(table.cell(row, key)), row);
        for (const std::size_t row : rows_) {
            const auto other = row_of.find(key_text(own_.cell(row, own_key)));
            cells.push_back(other == row_of.end()
                                ? FoundCell{.cell = nullptr, .column = &table.columns()[place], .unit = {}}
                                : at(table, other->second, place));
        }
        return cells;
    }

    const Report& report_;
    const View& view_;
    const Table& own_;
    std::vector<std::size_t> rows_;
};

double factor_of(const Shown& shown, const FoundCell& found) {
    return shown.factor.value_or(found.unit == "share" ? 100 : 1);
}

/// The numbers whose size says how many decimals a cell deserves: with intervals, all that an estimate has.
std::vector<double> sizes_of(const Shown& shown, const FoundCell& found) {
    if (found.cell == nullptr) return {};
    const double factor = factor_of(shown, found);
    if (const auto* value = std::get_if<double>(found.cell)) return {factor * *value};
    const auto* estimate = std::get_if<Estimate>(found.cell);
    if (estimate == nullptr) return {};
    std::vector<double> sizes = {factor * estimate->value};
    if (shown.part == Part::value) return sizes;
    const auto add = [&](const Interval& range) {
        sizes.push_back(factor * range.low);
        sizes.push_back(factor * range.high);
    };
    if (estimate->monte_carlo) add(estimate->monte_carlo->interval);
    if (estimate->parameter.interval) add(*estimate->parameter.interval);
    return sizes;
}

int decimals_of(const Precision& precision, const std::vector<double>& sizes) {
    if (precision.rule == Precision::Rule::fixed) return precision.digits;
    const auto is_whole = [](double size) { return !(size != std::floor(size)); };
    const bool whole = precision.rule == Precision::Rule::column_or_whole &&
                       std::all_of(sizes.begin(), sizes.end(), is_whole);
    return whole ? 0 : std::min(decimals_for(sizes, precision.digits), precision.most_decimals);
}

/// Columns whose numbers have the same decimals.
class Scale {
  public:
    void add(const Shown& shown, const FoundColumn& cells) {
        Pool& pool = pool_of(shown.precision, cells.size());
        std::set<std::string> units;
        for (std::size_t row = 0; row < cells.size(); ++row) {
            for (const FoundCell& found : cells[row]) {
                const std::vector<double> sizes = sizes_of(shown, found);
                pool.sizes[row].insert(pool.sizes[row].end(), sizes.begin(), sizes.end());
                if (found.cell != nullptr) units.insert(found.unit);
            }
        }
        // Numbers of different units have no size in common.
        if (units.size() > 1 && pool.precision.rule != Precision::Rule::fixed)
            pool.precision.rule = Precision::Rule::row;
    }

    [[nodiscard]] std::vector<int> decimals(std::size_t rows) const {
        std::vector<int> most(rows, 0);
        for (const Pool& pool : pools_) {
            std::vector<double> all;
            for (const std::vector<double>& sizes : pool.sizes)
                all.insert(all.end(), sizes.begin(), sizes.end());
            for (std::size_t row = 0; row < rows; ++row) {
                const bool alone = pool.precision.rule == Precision::Rule::row;
                most[row] = std::max(most[row], decimals_of(pool.precision, alone ? pool.sizes[row] : all));
            }
        }
        return most;
    }

  private:
    /// Columns of one rule, whose numbers are looked at together.
    struct Pool {
        Precision declared;
        Precision precision;
        std::vector<std::vector<double>> sizes;  ///< a row
    };

    Pool& pool_of(const Precision& precision, std::size_t rows) {
        for (Pool& pool : pools_) {
            if (pool.declared == precision) return pool;
        }
        pools_.push_back({.declared = precision, .precision = precision, .sizes = {}});
        pools_.back().sizes.resize(rows);
        return pools_.back();
    }

    std::vector<Pool> pools_;
};

/// Numbers of one cell as texts.
struct NumberText {
    double factor = 1;
    int decimals = 0;
    Shown::Sign sign = Shown::Sign::minus;

    [[nodiscard]] std::string operator()(double value) const {
        const std::string text = number(factor * value, decimals);
        return sign == Shown::Sign::both && value > 0 ? "+" + text : text;
    }
    [[nodiscard]] std::string range(const Interval& interval) const {
        return (*this)(interval.low) + " to " + (*this)(interval.high);
    }
};

std::string estimate_text(const Estimate& estimate, const Shown& shown, Kind kind, const NumberText& text) {
    if (estimate.missing()) return "-";
    const auto& error = estimate.monte_carlo;
    const auto& draws = estimate.parameter.interval;
    const auto with_noise = [&] {
        return estimate.parameter.spread == decision::ParameterSpread::includes_noise ? "*" : "";
    };
    switch (shown.part) {
        case Part::value:
            break;
        case Part::with_error: {
            if (!error) break;
            const double half = kind == Kind::with_error ? error->standard_error
                                                         : (error->interval.high - error->interval.low) / 2;
            if (std::isnan(half)) break;
            const NumberText unsigned_text{.factor = std::abs(text.factor), .decimals = text.decimals};
            return text(estimate.value) + " ±" + unsigned_text(std::abs(half));
        }
        case Part::with_interval:
            if (!error) break;
            return fmt::format("{} ({})", text(estimate.value), text.range(error->interval));
        case Part::with_parameters:
            if (!draws) break;
            return fmt::format("{} ({}{})", text(estimate.value), text.range(*draws), with_noise());
        case Part::interval:
            return error ? text.range(error->interval) : "-";
        case Part::parameters:
            return draws ? text.range(*draws) + with_noise() : "-";
    }
    return text(estimate.value);
}

std::string cell_text(const FoundCell& found, const Shown& shown, int decimals) {
    const NumberText text{.factor = factor_of(shown, found), .decimals = decimals, .sign = shown.sign};
    if (const auto* missing = std::get_if<Missing>(found.cell)) {
        const bool stands_for_interval = shown.part == Part::interval || shown.part == Part::parameters;
        return stands_for_interval ? "-" : missing->why;
    }
    if (const auto* value = std::get_if<double>(found.cell)) return text(*value);
    if (const auto* words = std::get_if<std::string>(found.cell))
        return found.column->unit_in.empty() ? *words : with_unit(*words, found.unit);
    if (const auto* list = std::get_if<std::vector<std::string>>(found.cell))
        return fmt::format("{}", fmt::join(*list, ", "));
    return estimate_text(std::get<Estimate>(*found.cell), shown, found.column->kind, text);
}

/// The texts of cells with what stands between them; those that say nothing are passed over, and what all say
/// (`reference`, `-`) is said once.
std::string joined_text(const std::vector<FoundCell>& cells, const Shown& shown, int decimals) {
    std::vector<std::string> texts;
    bool all_missing = true;
    for (const FoundCell& found : cells) {
        if (found.cell == nullptr) return shown.absent;
        all_missing = all_missing && std::holds_alternative<Missing>(*found.cell);
        std::string text = cell_text(found, shown, decimals);
        if (!text.empty()) texts.push_back(std::move(text));
    }
    if (all_missing && !texts.empty()) return texts.front();
    return fmt::format("{}", fmt::join(texts, shown.between));
}

Align align_of(const Shown& shown, const FoundColumn& cells) {
    if (shown.align) return *shown.align;
    const auto is_text = [](const FoundCell& found) {
        return found.column->kind == Kind::text || found.column->kind == Kind::list;
    };
    const bool left = !cells.empty() && cells.front().size() == 1 && is_text(cells.front().front());
    return left ? Align::left : Align::right;
}

bool says_nothing(const std::vector<std::string>& texts) {
    return std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
        return text.find_first_of("123456789") == std::string::npos;
    });
}

/// Columns as texts, each with what was declared of it.
struct TextColumn {
    const Shown* shown;
    Align align;
    std::vector<std::string> cells;
};

std::vector<TextColumn> text_columns(const CellFinder& finder, const View& view) {
    std::vector<FoundColumn> found;
    std::map<std::string, Scale> scales;
    const auto scale_name = [&](std::size_t i) {
        return view.columns[i].scale.empty() ? fmt::format("column {}", i) : view.columns[i].scale;
    };
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        found.push_back(finder.column(view.columns[i]));
        scales[scale_name(i)].add(view.columns[i], found.back());
    }
    std::vector<TextColumn> columns;
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        const Shown& shown = view.columns[i];
        const std::vector<int> decimals = scales[scale_name(i)].decimals(finder.rows());
        TextColumn column{.shown = &shown, .align = align_of(shown, found[i]), .cells = {}};
        for (std::size_t row = 0; row < finder.rows(); ++row)
            column.cells.push_back(joined_text(found[i][row], shown, decimals[row]));
        const bool may_go = shown.when != Shown::When::always;
        if (!may_go || !says_nothing(column.cells)) columns.push_back(std::move(column));
    }
    return columns;
}

TextTable table_of(const std::vector<TextColumn>& columns, std::size_t rows) {
    TextTable table{.columns = {}, .rows = std::vector<std::vector<std::string>>(rows)};
    for (const TextColumn& column : columns) {
        table.columns.push_back({.heading = column.shown->heading,
                                 .align = column.align,
                                 .wrap = column.shown->wrap,
                                 .group = column.shown->group});
        for (std::size_t row = 0; row < rows; ++row) table.rows[row].push_back(column.cells[row]);
    }
    return table;
}

}  // namespace

ViewText laid_out(const Report& report, const View& view) {
    const CellFinder finder(report, view);
    std::vector<TextColumn> columns = text_columns(finder, view);
    ViewText result{.table = table_of(columns, finder.rows()), .legends = {}};
    const auto may_go = [](const TextColumn& column) {
        return column.shown->when == Shown::When::if_it_fits;
    };
    while (table_width(result.table) > page_width) {
        const auto last = std::find_if(columns.rbegin(), columns.rend(), may_go);
        if (last == columns.rend()) break;
        columns.erase(std::next(last).base());
        result.table = table_of(columns, finder.rows());
    }
    for (const TextColumn& column : columns) {
        if (!column.shown->legend.empty()) result.legends.push_back(column.shown->legend);
    }
    return result;
}

}  // namespace vfm::report
