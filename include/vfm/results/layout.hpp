// What a run's tables are made of: the names and sizes of every dimension. Written to the journal's header
// and to the results file; everything else is numbers in this order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vfm::results {

/// One column of the summary table.
struct Measure {
    std::string name;         ///< e.g. `families_supported`
    std::string unit;         ///< e.g. `families`, `GBP`, `days`
    std::string description;  ///< one sentence
    bool additive = true;     ///< sums over units mean something; otherwise a per-replication statistic
};

/// A ratio that readers form after summation, never before.
struct Ratio {
    std::string name;
    std::string numerator;    ///< name of a measure
    std::string denominator;  ///< name of a measure
    std::string unit;
    std::string description;
};

/// An uncertain or fixed parameter: one line of the study's assumptions log.
struct ParameterRow {
    std::string name;
    std::string unit;
    std::string source;
    std::string quality;
    std::string distribution;  ///< in words, e.g. `beta(alpha=2, beta=8)`
    double mean = 0;
    bool uncertain = false;  ///< false: fixed, has no column in the draws
};

/// A family-level histogram: `edges.size() - 1` bins; values outside fall into the first or last bin.
struct Histogram {
    std::string measure;
    std::string unit;
    std::vector<double> edges;
};

/// A type of areas that tables tell apart.
struct AreaType {
    std::string name;
    std::string title;
    std::uint64_t areas = 1;  ///< of this type in a replication
    bool operator==(const AreaType&) const = default;
};

/// A weekly series.
struct TimelineMeasure {
    std::string name;
    std::string unit;
    std::string description;
};

/// Names and sizes of every dimension of a run. Immutable once made.
struct Layout {
    std::vector<std::string> arms;
    std::vector<std::string> arm_titles;
    std::string reference_arm;
    std::uint64_t draws = 1;
    std::uint64_t replications = 1;
    /// Extra units with every parameter at its mean, for the `central` histograms; they follow the others.
    std::uint64_t central_units = 0;
    std::vector<Measure> measures;
    std::vector<Ratio> ratios;
    std::vector<std::string> groups;              ///< access groups, each `attribute.level`
    std::vector<std::string> group_measures;      ///< names of measures
    std::vector<AreaType> area_types;             ///< empty: areas are all of one kind
    std::vector<std::string> area_type_measures;  ///< names of additive measures
    std::vector<std::string> payers;
    std::vector<std::string> categories;
    std::vector<std::string> perspectives;
    std::vector<Histogram> histograms;
    std::vector<TimelineMeasure> timeline_measures;
    std::uint64_t weeks = 0;
    double first_week_days = 0;  ///< start of week 0, days since launch
    std::vector<ParameterRow> parameters;

    /// How many parameters are drawn, not fixed.
    [[nodiscard]] std::uint64_t uncertain_count() const {
        std::uint64_t count = 0;
        for (const ParameterRow& parameter : parameters) count += parameter.uncertain ? 1 : 0;
        return count;
    }
    [[nodiscard]] std::uint64_t study_units() const { return draws * replications; }
    [[nodiscard]] std::uint64_t units() const { return study_units() + central_units; }
};

/// What identifies a run: results are the same bytes whenever all of this is the same.
struct RunHeader {
    std::string title;
    std::string scenario_yaml;    ///< the resolved scenario, enough to run it again
    std::string scenario_sha256;  ///< of scenario_yaml, lower-case hex
    std::string engine_version;
    std::string source_revision;
    int results_epoch = 0;
    std::uint64_t seed = 0;
    int price_year = 0;
    double discount_rate = 0;
    std::uint64_t batch_units = 0;  ///< units in every batch but the last
    Layout layout;
};

}  // namespace vfm::results
