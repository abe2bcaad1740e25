#include "shares.hpp"

#include "numbers.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::scenario {

namespace {

constexpr std::size_t most_levels = 40;

/// Shares that are drawn add up to one only when one is the rest, or all are the shares of one whole.
void check_sum(FieldReader& reader, const Node& row, const std::vector<Quantity>& given, bool has_rest) {
    constexpr double tolerance = 1e-9;
    const double sum = reader.sum_of_means(given);
    if (has_rest) {
        if (sum > 1 + tolerance) {
            reader.faults().add(row.place,
                                "the shares beside `rest` add up to " + number_text(sum) + ", above 1");
        }
    } else if (!reader.parameters().sum_is_certain(given)) {
        reader.faults().add(row.place, "shares that are parameters need a `rest` among them, to add up to 1",
                            "write `rest` for one of them, or use all shares of one Dirichlet parameter");
    } else if (std::fabs(sum - 1) > tolerance) {
        reader.faults().add(row.place, "the shares add up to " + number_text(sum) + ", not 1",
                            "write `rest` for one of them");
    }
}

const FieldAbout& share_about() {
    static const FieldAbout about = [] {
        FieldAbout made;
        made.name = "share";
        made.shape = plain_shape(Shape::Kind::quantity);
        made.low = 0;
        made.high = 1;
        return made;
    }();
    return about;
}

void read_row(FieldReader& reader, const Node& row, Attribute& attribute) {
    std::vector<Quantity> given;
    int rest = -1;
    std::vector<Quantity> shares(attribute.levels.size());
    const Names levels(attribute.levels);
    for (const Entry& entry : row.entries) {
        const auto level = levels.find(entry.key);
        if (!level) {
            reader.faults().add_unknown(
                entry.place, "unknown level " + quoted_text(entry.key) + " of '" + attribute.name + "'",
                entry.key, attribute.levels);
        } else if (entry.value->is_scalar() && entry.value->text == "rest") {
            if (rest >= 0) reader.faults().add(entry.value->place, "a second `rest` in one row of shares");
            rest = static_cast<int>(*level);
        } else {
            shares[*level] = reader.quantity(*entry.value, share_about());
            given.push_back(shares[*level]);
        }
    }
    for (const std::string& level : attribute.levels) {
        if (row.find(level) == nullptr)
            reader.missing(row, "the row of shares", level, "each level needs a share");
    }
    check_sum(reader, row, given, rest >= 0);
    const bool are_numbers =
        std::all_of(given.begin(), given.end(), [](const Quantity& share) { return share.parameter < 0; });
    if (rest >= 0 && are_numbers) {
        shares[static_cast<std::size_t>(rest)].value = std::max(0.0, 1 - reader.sum_of_means(given));
    }
    attribute.shares.insert(attribute.shares.end(), shares.begin(), shares.end());
    attribute.rest.push_back(rest);
}

void check_level_names(FieldReader& reader, const Node& row) {
    for (const Entry& entry : row.entries) {
        if (!is_level_name(entry.key)) {
            reader.faults().add(entry.place, quoted_text(entry.key) + " cannot be the name of a level",
                                "use up to 64 letters, digits and underscores");
        }
    }
}

void read_shares(FieldReader& reader, const Node& declared, const std::vector<Attribute>& earlier,
                 Attribute& attribute) {
    const Node* levels = declared.find("levels");
    if (levels == nullptr) {
        reader.missing(declared, "attribute", "levels", "shares by level");
        return;
    }
    if (!reader.expect_map(*levels, "levels")) return;
    if (attribute.levels.empty())
        reader.faults().add(levels->place, "attribute '" + attribute.name + "' has no levels");
    if (attribute.given < 0 && declared.find("given") != nullptr) return;  // a fault already
    if (attribute.given < 0) {
        check_level_names(reader, *levels);
        read_row(reader, *levels, attribute);
        return;
    }
    const Attribute& given = earlier[static_cast<std::size_t>(attribute.given)];
    const Names rows(given.levels);
    for (const Entry& entry : levels->entries) {
        if (!rows.find(entry.key)) {
            reader.faults().add_unknown(
                entry.place, "unknown level " + quoted_text(entry.key) + " of '" + given.name + "'",
                entry.key, given.levels);
        }
    }
    bool names_checked = false;
    for (const std::string& level : given.levels) {
        const Node* row = levels->find(level);
        if (row == nullptr) {
            reader.missing(*levels, "levels", level,
                           "a row of shares for each level of '" + given.name + "'");
        } else if (reader.expect_map(*row, level)) {
            if (!names_checked) check_level_names(reader, *row);
            names_checked = true;
            read_row(reader, *row, attribute);
        }
    }
}

}  // namespace

std::vector<Attribute> read_attributes(FieldReader& reader, const Node& map, const FieldAbout& about) {
    if (!reader.expect_map(map, about.name)) return {};
    for (const Entry* entry : ordered_entries(reader, map, about)) {
        if (reader.expect_map(*entry->value, entry->key)) {
            reader.check_keys(*entry->value, section<Attribute>().about);
        }
    }
    std::vector<Attribute> attributes = reader.vocabulary().study().attributes;
    for (Attribute& attribute : attributes) {
        const Node* declared = map.find(attribute.name);
        if (declared != nullptr) read_shares(reader, *declared, attributes, attribute);
    }
    const std::size_t levels = reader.vocabulary().study().level_count;
    if (levels > most_levels) {
        reader.faults().add(map.place, "the attributes have " + std::to_string(levels) +
                                           " levels in all, at most " + std::to_string(most_levels) +
                                           " are allowed");
    }
    return attributes;
}

void check_sets(FieldReader& reader, const Node& arrivals, const std::vector<std::size_t>& levels) {
    const StudyNames& study = reader.vocabulary().study();
    for (const Attribute& attribute : study.attributes) {
        const auto count = std::count_if(levels.begin(), levels.end(), [&](std::size_t level) {
            return level >= attribute.first_level && level < attribute.first_level + attribute.levels.size();
        });
        if (count > 1) {
            const Node* sets = arrivals.find("sets");
            reader.faults().add(sets == nullptr ? arrivals.place : sets->place,
                                "'sets' has two levels of '" + attribute.name + "'", "keep one");
        }
    }
}

}  // namespace vfm::scenario
