#include "parameters.hpp"

#include "declared.hpp"
#include "numbers.hpp"

#include "vfm/random/dependence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace vfm::scenario {

using random::Distribution;
using Kind = Distribution::Kind;

Bounds bounds_of(const Distribution& distribution) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Bounds bounds{0, infinity};
    switch (distribution.kind()) {
        case Kind::fixed:
            bounds = {distribution.first(), distribution.first()};
            break;
        case Kind::uniform:
            bounds = {distribution.first(), distribution.second()};
            break;
        case Kind::triangular:
            bounds = {distribution.first(), distribution.third()};
            break;
        case Kind::normal:
            bounds = {-infinity, infinity};
            break;
        case Kind::beta:
            bounds = {0, 1};
            break;
        case Kind::empirical:
            bounds = {distribution.values().front(), distribution.values().back()};
            break;
        case Kind::lognormal:
        case Kind::gamma:
        case Kind::exponential:
            break;
    }
    return {std::max(bounds.low, distribution.low()), std::min(bounds.high, distribution.high())};
}

namespace {

Distribution scaled_whole(const Distribution& d, double factor) {
    switch (d.kind()) {
        case Kind::fixed:
            return Distribution::fixed(d.first() * factor);
        case Kind::uniform:
            return Distribution::uniform(d.first() * factor, d.second() * factor);
        case Kind::triangular:
            return Distribution::triangular(d.first() * factor, d.second() * factor, d.third() * factor);
        case Kind::normal:
            return Distribution::normal(d.first() * factor, d.second() * factor);
        case Kind::lognormal:
            // The logarithm in long double, rounded, is the same on every processor.
            return Distribution::lognormal(
                d.first() + static_cast<double>(std::log(static_cast<long double>(factor))), d.second());
        case Kind::gamma:
            return Distribution::gamma(d.first(), d.second() * factor);
        case Kind::exponential:
            return Distribution::exponential(d.first() * factor);
        case Kind::empirical: {
            std::vector<double> values(d.values().begin(), d.values().end());
            std::vector<double> weights(d.cumulative().begin(), d.cumulative().end());
            for (double& value : values) value *= factor;
            for (std::size_t i = weights.size(); i-- > 1;) weights[i] -= weights[i - 1];
            return Distribution::empirical(std::move(values), std::move(weights));
        }
        case Kind::beta:
            break;
    }
    throw std::invalid_argument("a beta distribution lies between 0 and 1 and is no money");
}

}  // namespace

Distribution scaled(const Distribution& distribution, double factor) {
    const Distribution whole = scaled_whole(distribution, factor);
    return distribution.is_truncated()
               ? whole.truncated(distribution.low() * factor, distribution.high() * factor)
               : whole;
}

namespace {

const FieldAbout& parameters_about() {
    static const FieldAbout& about = *root_section().field("parameters");
    return about;
}

std::optional<double> deflator(const Node* money, int year) {
    const Node* deflators = money == nullptr ? nullptr : money->find("deflators");
    const Node* index = deflators == nullptr ? nullptr : deflators->find(std::to_string(year));
    if (index == nullptr) return std::nullopt;
    const auto value = parse_number(index->text).value;
    return value && *value > 0 ? value : std::nullopt;
}

/// Brings money to the study's prices: in place, or a fault.
void convert_prices(Parameter& parameter, const Node& declared, const DeclaredParameter& read,
                    const Node* money, Faults& faults) {
    const Node* study = money == nullptr ? nullptr : money->find("price_year");
    const auto study_year = study == nullptr ? std::nullopt : parse_whole(study->text).value;
    if (!read.price_year || !study_year || static_cast<std::uint64_t>(*read.price_year) == *study_year)
        return;
    const auto from = deflator(money, *read.price_year);
    const auto to = deflator(money, static_cast<int>(std::min<std::uint64_t>(*study_year, 9999)));
    const Node* place = declared.find("price_year");
    if (!from || !to) {
        faults.add(place->place,
                   "the price year " + std::to_string(*read.price_year) + " is not the study's, " +
                       std::to_string(*study_year),
                   "give both years in `money.deflators`");
        return;
    }
    try {
        parameter.distribution = scaled(parameter.distribution, *to / *from);
    } catch (const std::invalid_argument& error) {
        faults.add(place->place, error.what());
    }
}

}  // namespace

ParameterTable::ParameterTable(const Node* parameters, const Node* money, Faults& faults) {
    if (parameters == nullptr) return;
    FieldReader reader(faults);
    if (!reader.expect_map(*parameters, "parameters")) return;
    for (const Entry* entry : ordered_entries(reader, *parameters, parameters_about())) {
        DeclaredParameter read;
        FieldAbout about;
        about.name = entry->key;
        read_section(reader, *entry->value, about, read);
        if (read.distribution && !read.distribution->concentrations.empty()) {
            declare_whole(entry->key, read);
        } else {
            parameters_.push_back(declare(entry->key, *entry->value, read, money, faults));
        }
    }
    // Plain names have no dot, and a dot sorts before all they have, so the shares of one whole stay
    // together.
    used_.assign(parameters_.size(), false);
    std::vector<std::string> names;
    for (const Parameter& parameter : parameters_) names.push_back(parameter.name);
    names_ = Names(std::move(names));
}

Parameter ParameterTable::declare(const std::string& name, const Node& declared,
                                  const DeclaredParameter& read, const Node* money, Faults& faults) const {
    Parameter parameter{.name = name,
                        .distribution = Distribution::fixed(read.value.value_or(0)),
                        .unit = read.unit,
                        .source = read.source,
                        .quality = read.quality};
    if (read.distribution && read.distribution->made) parameter.distribution = *read.distribution->made;
    convert_prices(parameter, declared, read, money, faults);
    return parameter;
}

void ParameterTable::declare_whole(const std::string& name, const DeclaredParameter& read) {
    Dirichlet whole{name, parameters_.size(), {}};
    double sum = 0;
    for (const auto& [share, concentration] : read.distribution->concentrations) sum += concentration;
    for (const auto& [share, concentration] : read.distribution->concentrations) {
        std::string full_name = name;
        full_name += "." + share;
        Parameter parameter{.name = std::move(full_name),
                            .distribution = Distribution::fixed(0),
                            .unit = read.unit,
                            .source = read.source,
                            .quality = read.quality};
        // By itself a share is beta; together they are drawn by breaking a stick.
        if (concentration > 0 && sum > concentration) {
            parameter.distribution = Distribution::beta(concentration, sum - concentration);
        }
        parameter.dirichlet = static_cast<int>(dirichlets_.size());
        parameter.share = static_cast<int>(whole.concentrations.size());
        whole.concentrations.push_back(concentration);
        parameters_.push_back(std::move(parameter));
    }
    dirichlets_.push_back(std::move(whole));
}

std::optional<std::size_t> ParameterTable::use(const std::string& name) {
    const auto index = names_.find(name);
    if (!index) return std::nullopt;
    const int whole = parameters_[*index].dirichlet;
    if (whole < 0) {
        used_[*index] = true;
    } else {
        const Dirichlet& shares = dirichlets_[static_cast<std::size_t>(whole)];
        for (std::size_t i = 0; i < shares.concentrations.size(); ++i) used_[shares.first + i] = true;
    }
    return index;
}

double ParameterTable::mean(std::size_t index) const {
    return random::mean(parameters_[index].distribution);
}

bool ParameterTable::sum_is_certain(std::span<const Quantity> quantities) const {
    const auto drawn = [&](const Quantity& quantity) -> const Parameter* {
        if (quantity.parameter < 0) return nullptr;
        const Parameter& parameter = parameters_[static_cast<std::size_t>(quantity.parameter)];
        return parameter.distribution.kind() == Kind::fixed ? nullptr : &parameter;
    };
    std::set<int> shares;
    int whole = -1;
    for (const Quantity& quantity : quantities) {
        const Parameter* parameter = drawn(quantity);
        if (parameter == nullptr) continue;
        if (parameter->dirichlet < 0 || (whole >= 0 && parameter->dirichlet != whole)) return false;
        whole = parameter->dirichlet;
        if (!shares.insert(parameter->share).second) return false;
    }
    return whole < 0 || shares.size() == dirichlets_[static_cast<std::size_t>(whole)].concentrations.size();
}

bool ParameterTable::has_unused() const {
    return std::find(used_.begin(), used_.end(), false) != used_.end();
}

void ParameterTable::keep_used() {
    std::vector<Parameter> kept;
    std::vector<Dirichlet> wholes;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        if (!used_[i]) continue;
        Parameter parameter = parameters_[i];
        if (parameter.share == 0) {
            wholes.push_back(dirichlets_[static_cast<std::size_t>(parameter.dirichlet)]);
            wholes.back().first = kept.size();
        }
        if (parameter.dirichlet >= 0) parameter.dirichlet = static_cast<int>(wholes.size()) - 1;
        names.push_back(parameter.name);
        kept.push_back(std::move(parameter));
    }
    parameters_ = std::move(kept);
    dirichlets_ = std::move(wholes);
    names_ = Names(std::move(names));
    used_.assign(parameters_.size(), true);
}

bool ParameterTable::declares(const std::string& name) const {
    return names_.find(name).has_value() ||
           std::any_of(dirichlets_.begin(), dirichlets_.end(),
                       [&](const Dirichlet& whole) { return whole.name == name; });
}

namespace {

/// Nothing, with a fault, unless it joins two different things that are known.
std::optional<Correlation> read_one(const Node& item, const Names& among, const char* what, Faults& faults) {
    FieldReader reader(faults);
    DeclaredCorrelation declared;
    FieldAbout about;
    about.name = "correlation";
    read_section(reader, item, about, declared);
    const Node* between = item.find("between");
    if (declared.between.size() != 2 || between == nullptr) return std::nullopt;
    const auto first = among.find(declared.between[0]);
    const auto second = among.find(declared.between[1]);
    if (!first) static_cast<void>(reader.name(*between->items[0], among, what));
    if (!second) static_cast<void>(reader.name(*between->items[1], among, what));
    if (!first || !second) return std::nullopt;
    if (*first == *second) {
        faults.add(between->place, "'" + declared.between[0] + "' is correlated with itself");
        return std::nullopt;
    }
    if (!(std::fabs(declared.spearman) <= 1)) return std::nullopt;
    return Correlation{std::min(*first, *second), std::max(*first, *second), declared.spearman};
}

/// Whether they are the rank correlations of a Gaussian copula.
bool are_possible(const std::vector<Correlation>& correlations) {
    std::vector<std::size_t> things;
    for (const Correlation& correlation : correlations) {
        things.push_back(correlation.first);
        things.push_back(correlation.second);
    }
    std::sort(things.begin(), things.end());
    things.erase(std::unique(things.begin(), things.end()), things.end());
    const auto row_of = [&](std::size_t thing) {
        return static_cast<std::size_t>(std::lower_bound(things.begin(), things.end(), thing) -
                                        things.begin());
    };
    random::SquareMatrix matrix{things.size(), std::vector<double>(things.size() * things.size(), 0.0)};
    for (std::size_t i = 0; i < things.size(); ++i) matrix.values[i * things.size() + i] = 1;
    for (const Correlation& correlation : correlations) {
        const std::size_t a = row_of(correlation.first);
        const std::size_t b = row_of(correlation.second);
        matrix.values[a * things.size() + b] = matrix.values[b * things.size() + a] = correlation.spearman;
    }
    try {
        const random::GaussianCopula copula(matrix);
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

}  // namespace

std::vector<Correlation> read_correlations(const Node* list, const Names& among, const char* what,
                                           Faults& faults) {
    constexpr std::size_t most = 400;
    std::vector<Correlation> correlations;
    if (list == nullptr) return correlations;
    FieldReader reader(faults);
    FieldAbout about;
    about.name = "correlations";
    about.shape.most = most;
    if (!reader.expect_list(*list, about) || list->items.size() > most) return correlations;
    bool sound = true;
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    for (const NodePtr& item : list->items) {
        const auto read = read_one(*item, among, what, faults);
        if (read && pairs.insert({read->first, read->second}).second) {
            correlations.push_back(*read);
            continue;
        }
        if (read) faults.add(item->place, "these two are correlated twice", "keep one of them");
        sound = false;
    }
    if (sound && !correlations.empty() && !are_possible(correlations)) {
        faults.add(list->place,
                   "these correlations are not possible together (the matrix is not positive semi-definite)",
                   "make some of them weaker");
    }
    std::sort(correlations.begin(), correlations.end(), [](const Correlation& a, const Correlation& b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    return correlations;
}

namespace {

void refuse_shares(const Node& between, const ParameterTable& all, Faults& faults) {
    for (const NodePtr& name : between.items) {
        const auto index = all.names().find(name->text);
        if (!index || all.at(*index).dirichlet < 0) continue;
        faults.add(name->place, quoted_text(name->text) + " is a share of a whole",
                   "shares are drawn together and cannot be correlated one by one");
    }
}

}  // namespace

std::vector<Correlation> read_parameter_correlations(const Node* list, const ParameterTable& all,
                                                     const ParameterTable& kept, Faults& faults) {
    std::vector<Correlation> used;
    if (list == nullptr) return used;
    for (const NodePtr& item : list->items) {
        const Node* between = item->find("between");
        if (between != nullptr) refuse_shares(*between, all, faults);
    }
    for (const Correlation& correlation : read_correlations(list, all.names(), "parameter", faults)) {
        const auto first = kept.names().find(all.at(correlation.first).name);
        const auto second = kept.names().find(all.at(correlation.second).name);
        if (first && second) used.push_back({*first, *second, correlation.spearman});
    }
    return used;
}

}  // namespace vfm::scenario
