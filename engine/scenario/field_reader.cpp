#include "field_reader.hpp"

#include "numbers.hpp"

#include <cmath>

namespace vfm::scenario {

std::string range_text(const FieldAbout& about) {
    const bool has_low = std::isfinite(about.low);
    const bool has_high = std::isfinite(about.high);
    const std::string low = number_text(about.low);
    const std::string high = number_text(about.high);
    if (has_low && has_high && about.low_is_open) return "above " + low + ", at most " + high;
    if (has_low && has_high) return "from " + low + " to " + high;
    if (has_low) return about.low_is_open ? "above " + low : "at least " + low;
    if (has_high) return "at most " + high;
    return "";
}

bool FieldReader::expect_map(const Node& node, std::string_view name) {
    if (node.is_map()) return true;
    faults_.add(node.place, "'" + std::string(name) + "' must be a map, not " + node.what_it_is());
    return false;
}

bool FieldReader::expect_list(const Node& node, const FieldAbout& about) {
    if (!node.is_list()) {
        faults_.add(node.place, "'" + std::string(about.name) + "' must be a list, not " + node.what_it_is(),
                    node.is_scalar() ? "write [" + node.text.substr(0, 40) + "]" : "");
        return false;
    }
    check_count(node, about, node.items.size());
    return true;
}

bool FieldReader::expect_scalar(const Node& node, std::string_view name, std::string_view wanted) {
    if (node.is_scalar()) return true;
    faults_.add(node.place,
                "'" + std::string(name) + "' must be " + std::string(wanted) + ", not " + node.what_it_is());
    return false;
}

void FieldReader::check_count(const Node& node, const FieldAbout& about, std::size_t count) {
    const std::string name = "'" + std::string(about.name) + "'";
    const Shape& shape = about.shape;
    if (count < shape.least && shape.least == shape.most) {
        faults_.add(node.place, name + " has " + std::to_string(count) + " entries, it needs " +
                                    std::to_string(shape.least));
    } else if (count < shape.least) {
        faults_.add(node.place, name + " needs at least " + std::to_string(shape.least) +
                                    (shape.least == 1 ? " entry" : " entries"));
    } else if (count > shape.most) {
        faults_.add(node.place, name + " has " + std::to_string(count) + " entries, at most " +
                                    std::to_string(shape.most) + " are allowed");
    }
}

void FieldReader::missing(const Node& node, std::string_view section, std::string_view key,
                          std::string_view doc) {
    const std::string part =
        section == "scenario" && key == "arms" ? "; a part is checked with a scenario that extends it" : "";
    faults_.add(node.place,
                std::string(section) + " lacks '" + std::string(key) + "' (" + std::string(doc) + ")" + part);
}

void FieldReader::check_keys(const Node& node, const SectionAbout& section) {
    const Entry* excluding = nullptr;
    for (const Entry& entry : node.entries) {
        if (section.field(entry.key) == nullptr) {
            faults_.add_unknown(entry.place,
                                "unknown key " + quoted_text(entry.key) + " in " + std::string(section.name),
                                entry.key, section.keys());
        } else if (section.excludes(entry.key) && entry.value->kind != Node::Kind::null) {
            if (excluding != nullptr) {
                faults_.add(entry.place,
                            "'" + entry.key + "' and '" + excluding->key + "' exclude each other",
                            "keep one of them");
            }
            excluding = &entry;
        }
    }
}

void FieldReader::check_range(const Place& place, const FieldAbout& about, double value,
                              const std::string& shown) {
    const bool too_low = value < about.low || (about.low_is_open && value == about.low);
    if (!too_low && !(value > about.high)) return;
    faults_.add(place, "'" + std::string(about.name) + "' is " + shown + ", it must be " + range_text(about));
}

void FieldReader::check_parameter(const Place& place, const FieldAbout& about, std::size_t index) {
    const Parameter& parameter = parameters_->at(index);
    const Bounds bounds = bounds_of(parameter.distribution);
    // Limits of 0 and of a share are limits of meaning: no draw may be beyond. (An end that a distribution
    // only approaches, such as 0 for a gamma, is never drawn.) The others guard against slips of the pen: the
    // mean counts.
    const bool at_least_zero = about.low >= 0;
    const bool below =
        at_least_zero && (bounds.low < about.low || (bounds.high == about.low && about.low_is_open));
    const bool above = at_least_zero && about.high <= 1 && bounds.high > about.high;
    if (below || above) {
        faults_.add(place,
                    "'" + std::string(about.name) + "' must be " + range_text(about) +
                        ", but the parameter '" + parameter.name + "' can be from " +
                        number_text(bounds.low) + " to " + number_text(bounds.high),
                    "truncate its distribution or choose another");
        return;
    }
    if (std::isfinite(about.low) || std::isfinite(about.high)) {
        const double mean = parameters_->mean(index);
        check_range(place, about, mean,
                    number_text(mean) + " on average (parameter '" + parameter.name + "')");
    }
}

std::string FieldReader::text(const Node& node, const FieldAbout& about) {
    constexpr std::size_t longest = 20'000;
    if (!expect_scalar(node, about.name, "text")) return {};
    if (node.text.size() > longest) {
        faults_.add(node.place,
                    "'" + std::string(about.name) + "' is longer than " + std::to_string(longest) + " bytes");
    }
    return node.text;
}

bool FieldReader::truth(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "true or false")) return false;
    if (!node.quoted && node.text == "true") return true;
    if (!node.quoted && node.text == "false") return false;
    const bool meant_true =
        node.text == "yes" || node.text == "on" || node.text == "True" || node.text == "true";
    const bool meant_false =
        node.text == "no" || node.text == "off" || node.text == "False" || node.text == "false";
    faults_.add(node.place,
                "'" + std::string(about.name) + "' must be true or false, not " + node.what_it_is() +
                    (node.quoted ? " in quotes" : ""),
                meant_true ? "write true" : (meant_false ? "write false" : ""));
    return false;
}

std::uint64_t FieldReader::whole(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "a whole number")) return 0;
    if (node.quoted) {
        faults_.add(node.place,
                    "'" + std::string(about.name) + "' must be a whole number, not text in quotes");
        return 0;
    }
    const auto parsed = parse_whole(node.text);
    if (!parsed.value) {
        faults_.add(node.place, "'" + std::string(about.name) + "': " + parsed.problem, parsed.suggestion);
        return 0;
    }
    check_range(node.place, about, static_cast<double>(*parsed.value), node.text);
    return *parsed.value;
}

double FieldReader::number(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "a number")) return 0;
    if (node.quoted) {
        faults_.add(node.place, "'" + std::string(about.name) + "' must be a number, not text in quotes");
        return 0;
    }
    const auto parsed = parse_number(node.text);
    if (!parsed.value) {
        faults_.add(node.place, "'" + std::string(about.name) + "': " + parsed.problem, parsed.suggestion);
        return 0;
    }
    check_range(node.place, about, *parsed.value, node.text);
    return *parsed.value;
}

std::optional<CalendarDate> FieldReader::date(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "a date")) return std::nullopt;
    const auto parsed = parse_date(node.text);
    if (!parsed) {
        // Without the key's name: a date that is the default of others is told once.
        faults_.add(node.place, quoted_text(node.text) + " is not a date of the years 1900 to 2199",
                    "write it as 2014-09-30");
    }
    return parsed;
}

Quantity FieldReader::quantity(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "a number or the name of a parameter")) return {};
    if (!node.quoted && looks_like_number(node.text)) return {number(node, about), -1};
    const auto index = parameters_->use(node.text);
    if (!index) {
        const bool is_number_in_quotes = node.quoted && parse_number(node.text).value.has_value();
        if (is_number_in_quotes) {
            faults_.add(node.place, "'" + std::string(about.name) + "' must be a number, not text in quotes");
        } else {
            faults_.add_unknown(node.place, "unknown parameter " + quoted_text(node.text), node.text,
                                parameters_->names().all());
        }
        return {};
    }
    check_parameter(node.place, about, *index);
    return {0, static_cast<int>(*index)};
}

std::size_t FieldReader::choice(const Node& node, const FieldAbout& about) {
    if (!expect_scalar(node, about.name, "one word")) return 0;
    const auto& choices = about.shape.choices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i] == node.text) return i;
    }
    faults_.add_unknown(node.place, "'" + std::string(about.name) + "' cannot be " + node.what_it_is(),
                        node.text, {choices.begin(), choices.end()});
    return 0;
}

std::size_t FieldReader::name(const Node& node, const Names& known, const char* what) {
    if (!expect_scalar(node, what, "a name")) return 0;
    if (const auto index = known.find(node.text)) return *index;
    faults_.add_unknown(node.place, std::string("unknown ") + what + " " + quoted_text(node.text), node.text,
                        known.all());
    return 0;
}

Covariate FieldReader::covariate(const Node& node) {
    if (!expect_scalar(node, "when", "the name of something an effect may depend on")) return {};
    if (const auto found = vocabulary_->covariate(node.text)) return *found;
    faults_.add_unknown(node.place, "unknown name " + quoted_text(node.text), node.text,
                        vocabulary_->covariate_names());
    return {};
}

std::size_t FieldReader::level(const Node& node) {
    const auto found = node.is_scalar() ? vocabulary_->covariate(node.text) : std::nullopt;
    if (found && found->kind != Covariate::Kind::level) {
        faults_.add(node.place, quoted_text(node.text) + " is not a level of an attribute",
                    "only ATTRIBUTE.LEVEL counts here");
        return 0;
    }
    return name(node, vocabulary_->study().levels, "level");
}

std::vector<Covariate> FieldReader::conditions(const Node& node, const FieldAbout& about) {
    if (node.is_scalar()) return {covariate(node)};
    std::vector<Covariate> all;
    if (expect_list(node, about)) {
        for (const NodePtr& item : node.items) all.push_back(covariate(*item));
    }
    return all;
}

std::vector<Covariate> FieldReader::level_conditions(const Node& node, const FieldAbout& about) {
    const auto as_covariate = [this](const Node& item) {
        return Covariate{Covariate::Kind::level, level(item)};
    };
    if (node.is_scalar()) return {as_covariate(node)};
    std::vector<Covariate> all;
    if (expect_list(node, about)) {
        for (const NodePtr& item : node.items) all.push_back(as_covariate(*item));
    }
    return all;
}

double FieldReader::mean(const Quantity& quantity) {
    return quantity.parameter < 0 ? quantity.value
                                  : parameters_->mean(static_cast<std::size_t>(quantity.parameter));
}

double FieldReader::sum_of_means(std::span<const Quantity> quantities) {
    double sum = 0;
    for (const Quantity& quantity : quantities) sum += mean(quantity);
    return sum;
}

}  // namespace vfm::scenario
