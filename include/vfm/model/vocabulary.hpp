// The closed vocabulary of the model: everything an effect, a cost or a count may be about.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vfm::model {

/// Facts about a family that hold or do not hold, and change while it is simulated.
enum class Flag : std::uint8_t {
    user,             ///< has been taken on by a supporter of the programme
    waiting,          ///< is in a provider's list
    supported,        ///< every task of this stage visit was done in time
    contacted,        ///< a proactive task of this stage visit was done
    baseline_help,    ///< has help that exists without the programme
    misrouted,        ///< was first sent to the wrong place
    duplicated,       ///< is supported by two providers at once
    conflicted,       ///< parent and young person disagree and nobody else can take one of them
    continuity_lost,  ///< its supporter left and another took over
    stranded,         ///< the programme ended before the family was through
    late,             ///< the statutory clock has passed its limit
    trained,          ///< its supporter has completed core training
    experienced       ///< its supporter has been in post long enough
};
inline constexpr std::array<std::string_view, 13> flag_names = {
    "user",       "waiting",         "supported", "contacted", "baseline_help", "misrouted",  "duplicated",
    "conflicted", "continuity_lost", "stranded",  "late",      "trained",       "experienced"};

/// Numbers about a family, read when a predictor is evaluated.
enum class NumericCovariate : std::uint8_t {
    days_in_process,     ///< since the request
    days_since_launch,   ///< calendar time; negative before launch
    wait_for_supporter,  ///< days spent in providers' lists so far
    supporter_changes,   ///< count
    support_share,       ///< share of due support tasks done in time so far, 0 without any
    stage_visits,        ///< visits to this stage so far, the present one included
    authority_delay      ///< days the last authority work waited for a caseworker
};
inline constexpr std::array<std::string_view, 7> numeric_covariate_names = {
    "days_in_process", "days_since_launch", "wait_for_supporter", "supporter_changes",
    "support_share",   "stage_visits",      "authority_delay"};

enum class Payer : std::uint8_t { programme, authority, tribunal, family, volunteer };
inline constexpr std::array<std::string_view, 5> payer_names = {"programme", "authority", "tribunal",
                                                                "family", "volunteer"};

enum class Category : std::uint8_t {
    supporter_time_used,
    supporter_time_idle,
    other_work,
    supervision,
    recruitment_and_training,
    management_and_premises,
    group_work,
    baseline_support,
    casework,
    mediation,
    appeal,
    travel_and_expenses,
    family_time,
    legal_help,
    volunteer_time
};
inline constexpr std::array<std::string_view, 15> category_names = {"supporter_time_used",
                                                                    "supporter_time_idle",
                                                                    "other_work",
                                                                    "supervision",
                                                                    "recruitment_and_training",
                                                                    "management_and_premises",
                                                                    "group_work",
                                                                    "baseline_support",
                                                                    "casework",
                                                                    "mediation",
                                                                    "appeal",
                                                                    "travel_and_expenses",
                                                                    "family_time",
                                                                    "legal_help",
                                                                    "volunteer_time"};

/// What entering a stage is counted as.
enum class Count : std::uint8_t { refused, disputed, mediated, appealed, amended };
inline constexpr std::array<std::string_view, 5> count_names = {"refused", "disputed", "mediated", "appealed",
                                                                "amended"};

/// What the end of a stage means for the plan: three states kept apart.
enum class Milestone : std::uint8_t { none, plan_ready, plan_signed_off, provision_in_place };
inline constexpr std::array<std::string_view, 4> milestone_names = {"none", "plan_ready", "plan_signed_off",
                                                                    "provision_in_place"};

enum class Phase : std::uint8_t { assessment, draft, dispute, sign_off, follow_up };
inline constexpr std::array<std::string_view, 5> phase_names = {"assessment", "draft", "dispute", "sign_off",
                                                                "follow_up"};

}  // namespace vfm::model
