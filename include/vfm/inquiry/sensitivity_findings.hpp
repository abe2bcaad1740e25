// What a sensitivity analysis found: tables of numbers with names, ready to be laid out.
#pragma once

#include "vfm/decision/joint_region.hpp"
#include "vfm/decision/one_way.hpp"
#include "vfm/decision/sobol_indices.hpp"
#include "vfm/inquiry/given_data.hpp"
#include "vfm/inquiry/question.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace vfm::inquiry {

/// An uncertain parameter as a reader needs it.
struct ParameterFacts {
    std::string name;
    std::string unit;
    std::string quality;
    double mean = 0;
    double low = 0;   ///< 2.5 % point
    double high = 0;  ///< 97.5 % point
};

/// One arm's mean cost and effect, per replication of the study.
struct ArmMeans {
    decision::PairedMean cost;
    decision::PairedMean effect;
};

/// A bar of the tornado diagram; in all that follows `threshold`, `arm` and `parameter` are indices.
struct TornadoBar {
    std::size_t threshold = 0;
    std::size_t arm = 0;
    std::size_t parameter = 0;
    decision::PairedMean low;   ///< change of the net benefit, arm less reference, at the 2.5 % point
    decision::PairedMean high;  ///< at the 97.5 % point
};

enum class DecisionKind { best_of_all, against_reference };

/// Where a decision changes as one parameter moves alone; nowhere within its 95 % range: `change` is empty.
struct ParameterSwitch {
    std::size_t threshold = 0;
    DecisionKind decision = DecisionKind::best_of_all;
    std::size_t arm = 0;  ///< against the reference: this one; best of all: the best at the means
    std::size_t parameter = 0;
    std::optional<decision::SwitchingValue> change;
    decision::Side side = decision::Side::above;
    double units = 0;        ///< of standard normal, from the mean
    double probability = 0;  ///< that the parameter lies beyond
};

/// A change of one parameter that suffices to make an arm the best of all.
struct SufficientChange {
    std::size_t threshold = 0;
    std::size_t arm = 0;
    std::size_t parameter = 0;
    decision::SwitchingValue change;
    decision::Side side = decision::Side::above;
    double units = 0;        ///< of standard normal, from the mean
    double probability = 0;  ///< that the parameter lies beyond
};

/// A parameter's part in a joint point.
struct JointPointPart {
    std::size_t parameter = 0;
    double value = 0;
    double units = 0;  ///< standard normal units from its median
    double share = 0;  ///< of the squared distance
};

/// How far the simulation looks along the direction of a joint point, in lengths of the fitted one.
inline constexpr double farthest_run = 1.5;

/// The most likely point of all parameters at which an arm is the best.
struct JointPoint {
    std::size_t threshold = 0;
    std::size_t arm = 0;
    decision::JointRegion region;  ///< on the fitted surface
    double distance = 0;  ///< as the simulation has it along the same direction; NaN: not within 1.5 of it
    decision::Interval interval;
    double probability = 0;             ///< of the half-space beyond
    double probability_best = 0;        ///< on the fitted surface
    std::vector<JointPointPart> parts;  ///< largest share first
};

/// Variance-based indices of parameters that enter together.
struct GroupIndices {
    std::size_t threshold = 0;
    std::size_t arm = 0;
    std::string name;
    std::vector<std::string> parameters;
    decision::SensitivityIndex first;
    std::optional<decision::SensitivityIndex> total;  ///< only from a designed run
};

struct SensitivityFindings {
    StudySource source;
    Question question;
    std::size_t draws = 0;  ///< of the file; 0: one-way runs
    std::size_t replications = 0;
    std::size_t rows = 0;  ///< of the Sobol design; 0: none
    double families = 0;   ///< measured families a replication; 0: the file does not say
    std::vector<ParameterFacts> parameters;
    std::vector<ArmMeans> means;  ///< an arm
    std::vector<TornadoBar> tornado;
    std::vector<ParameterSwitch> switches;
    std::vector<SufficientChange> sufficient;
    std::vector<JointPoint> joint_points;
    std::vector<GroupIndices> indices;

    [[nodiscard]] const std::vector<double>& thresholds() const { return question.thresholds.values; }
};

/// The best arm by mean net benefit at a threshold, leaving out none; of exact ties the lowest index.
[[nodiscard]] std::size_t best_at(const SensitivityFindings& findings, double threshold);

/// The arm that the answer is about at a threshold: the one asked for, else the best but the reference.
[[nodiscard]] std::size_t subject_at(const SensitivityFindings& findings, double threshold);

/// Net benefit of an arm's means, in GBP a replication.
[[nodiscard]] double net_benefit_of(const SensitivityFindings& findings, std::size_t arm, double threshold);

}  // namespace vfm::inquiry
