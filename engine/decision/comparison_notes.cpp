#include "comparison_notes.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace vfm::decision {

namespace {

using Notes = std::vector<std::string>;

/// Above this share of families still open, what is to come could change the comparison.
constexpr double open_share_worth_saying = 0.01;
/// Below this many draws the 2.5 % point lies beyond the outermost draw but one.
constexpr std::size_t draws_for_percentiles = 40;

/// Shorter words are no names of anything: `no_support`.
constexpr std::size_t shortest_telling_word = 3;

/// The words of a name: `dual_paid` holds `dual` and `paid`.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char letter : name) {
        if (letter == '_' || letter == '.') {
            words.emplace_back();
        } else {
            words.back() += letter;
        }
    }
    return words;
}

/// How many of some uncertain parameters are assumptions.
struct Assumed {
    std::size_t assumed = 0;
    std::size_t all = 0;

    void count(const results::ParameterRow& parameter) {
        ++all;
        if (parameter.quality == "assumption") ++assumed;
    }
    [[nodiscard]] std::string text() const { return fmt::format("{} of {}", assumed, all); }
};

/// The words that some arms' names have and others not, in the arms' order: what tells arms apart.
std::vector<std::string> telling_words(const std::vector<std::string>& arms) {
    std::vector<std::string> result;
    for (const std::string& arm : arms) {
        for (const std::string& word : words_of(arm)) {
            const auto has = [&word](const std::string& other) {
                const std::vector<std::string> words = words_of(other);
                return std::find(words.begin(), words.end(), word) != words.end();
            };
            if (word.size() < shortest_telling_word || std::all_of(arms.begin(), arms.end(), has)) continue;
            if (std::find(result.begin(), result.end(), word) == result.end()) result.push_back(word);
        }
    }
    return result;
}

/// How the parameters named after what tells the arms apart stand: `dual 8 of 8, volunteer 11 of 12`. Empty
/// when no parameter is.
std::string assumed_by_word(const results::Layout& layout) {
    std::string text;
    for (const std::string& word : telling_words(layout.arms)) {
        Assumed named;
        for (const results::ParameterRow& parameter : layout.parameters) {
            const std::vector<std::string> words = words_of(parameter.name);
            const bool has = std::find(words.begin(), words.end(), word) != words.end();
            if (parameter.uncertain && has) named.count(parameter);
        }
        if (named.all > 0) text += (text.empty() ? "" : ", ") + word + ' ' + named.text();
    }
    return text;
}

Notes on_assumptions(const results::Layout& layout) {
    Assumed uncertain;
    for (const results::ParameterRow& parameter : layout.parameters) {
        if (parameter.uncertain) uncertain.count(parameter);
    }
    if (uncertain.assumed == 0) return {};
    const std::string by_word = assumed_by_word(layout);
    return {
        fmt::format("{} uncertain parameters are assumptions, not measurements{}: see the assumptions "
                    "log (vfmsim describe).",
                    uncertain.text(),
                    by_word.empty() ? "" : "; of those named after what tells the arms apart, " + by_word)};
}

/// Where the probability of being best, the expected loss and the plane come from.
std::string matrix_sentence(MeanSource source, const Comparison& comparison) {
    if (comparison.draws < 2 || comparison.origin == Origin::imported) return {};
    switch (source) {
        case MeanSource::regression:
            return "Where draws lie (plane, probability of being best, expected loss) is shown with the "
                   "noise of "
                   "simulated families taken out.";
        case MeanSource::few_draws:
            return "Where draws lie (plane, probability of being best, expected loss) is shown with the "
                   "noise of "
                   "simulated families taken out, by its size alone.";
        case MeanSource::at_face_value:
            return "Probability of being best is over plain draw means: family noise inside draws pulls it "
                   "towards "
                   "equal shares.";
        case MeanSource::noiseless:
            break;
    }
    return {};
}

Notes on_uncertainty(const Comparison& comparison) {
    Notes notes;
    if (comparison.origin == Origin::imported) {
        notes.push_back(
            "* Another model's sample, imported without replications and taken at face value: noise of its "
            "own "
            "simulation, if there was any, is in these intervals and in all that depends on where draws "
            "lie.");
    } else if (comparison.draws == 1) {
        notes.push_back("One draw: parameter uncertainty was not simulated. A run with more draws shows it.");
    } else if (comparison.replications == 1) {
        notes.push_back(
            "* One replication a draw: parameter uncertainty and the noise of families inside draws are "
            "not separable, so these intervals hold both and are too wide. Two replications separate "
            "them.");
    }
    if (comparison.draws > 1 && comparison.draws < draws_for_percentiles) {
        notes.push_back(
            fmt::format("{} draws are too few for a 95 % parameter interval: its ends are about the "
                        "smallest and largest draw.",
                        comparison.draws));
    }
    if (!comparison.perspectives.empty()) {
        const std::string sentence = matrix_sentence(comparison.perspectives.front().source, comparison);
        if (!sentence.empty()) notes.push_back(sentence);
    }
    return notes;
}

Notes on_open_families(const Comparison& comparison) {
    Notes notes;
    for (const ComparedIndicator& compared : comparison.indicators) {
        if (compared.indicator.numerator != "open_at_horizon") continue;
        const auto worst =
            std::max_element(compared.arms.begin(), compared.arms.end(),
                             [](const Estimate& a, const Estimate& b) { return a.value < b.value; });
        if (compared.indicator.denominator != "families" || !(worst->value > open_share_worth_saying))
            continue;
        notes.push_back(fmt::format(
            "{:.1f} % of families are still open at the horizon in arm {}: what is still to "
            "come of their costs and outcomes is not counted.",
            100 * worst->value, comparison.arms[static_cast<std::size_t>(worst - compared.arms.begin())]));
    }
    return notes;
}

Notes on_missing_analysis(const Comparison& comparison) {
    Notes notes;
    if (comparison.basis.cost.empty()) {
        notes.push_back("The file has no cost by perspective: no incremental analysis.");
    } else if (comparison.basis.effect.empty()) {
        notes.push_back(
            "The file has no measure 'composite': name another effect with --effect for the incremental "
            "analysis.");
    }
    return notes;
}

}  // namespace

std::vector<std::string> comparison_notes(const Comparison& comparison, const results::Layout& layout) {
    Notes all;
    for (const Notes& some : std::array{on_missing_analysis(comparison), on_assumptions(layout),
                                        on_open_families(comparison), on_uncertainty(comparison)}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace vfm::decision
