#include "given_data.hpp"

#include "parameter_blocks.hpp"
#include "study_words.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/linear_response.hpp"
#include "vfm/stats/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using Columns = std::vector<std::vector<double>>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double normal_975 = 1.959963984540054;

/// The draws of a file, taken apart.
struct Draws {
    std::vector<results::ParameterRow> facts;
    std::vector<double> table;  ///< draw x parameter
    Columns parameters;         ///< the same, a column each
    std::size_t arms = 0;
    std::size_t draws = 0;
    std::size_t replications = 0;
    std::vector<double> cost;    ///< arm x draw x replication
    std::vector<double> effect;  ///< likewise

    [[nodiscard]] std::vector<double> increment(std::size_t arm, std::size_t other, double threshold) const {
        const std::size_t cells = draws * replications;
        std::vector<double> values(cells);
        for (std::size_t i = 0; i < cells; ++i) {
            values[i] = threshold * (effect[arm * cells + i] - effect[other * cells + i]) -
                        (cost[arm * cells + i] - cost[other * cells + i]);
        }
        return values;
    }
};

Draws draws_of(const results::StudyResults& results, const Question& question) {
    constexpr std::size_t least_draws = 20;
    Draws draws{.facts = results.uncertain_parameters(),
                .table = results.parameter_draws(),
                .parameters = {},
                .arms = results.layout().arms.size(),
                .draws = results.layout().draws,
                .replications = results.layout().replications,
                .cost = {},
                .effect = {}};
    if (draws.facts.empty()) {
        throw UserError(results.path().string() + " has no uncertain parameter, so that nothing varies");
    }
    if (draws.draws < least_draws) {
        throw UserError(fmt::format("{} has {} draws, and indices need at least {}: run more draws",
                                    results.path().string(), draws.draws, least_draws));
    }
    draws.cost = results.measure(question.cost);
    draws.effect = results.measure(question.effect);
    draws.parameters.assign(draws.facts.size(), std::vector<double>(draws.draws));
    for (std::size_t i = 0; i < draws.table.size(); ++i) {
        draws.parameters[i % draws.facts.size()][i / draws.facts.size()] = draws.table[i];
    }
    const std::vector<double>* const tables[] = {&draws.cost, &draws.effect, &draws.table};
    for (const std::vector<double>* numbers : tables) {
        if (std::any_of(numbers->begin(), numbers->end(), [](double one) { return !std::isfinite(one); })) {
            throw FileFormatError(results.path().string() +
                                  ": a cost, an effect or a parameter is not a finite number");
        }
    }
    return draws;
}

/// Parameters that enter together, as columns of the draws.
std::vector<std::vector<std::size_t>> blocks_of(const results::StudyResults& results, const Draws& draws) {
    decision::ParameterSample sample{.draws = draws.draws, .names = {}, .values = draws.table};
    for (const results::ParameterRow& row : draws.facts) sample.names.push_back(row.name);
    return parameter_blocks(results, stored_scenario(results), sample).blocks;
}

void add_indices(Findings& findings, const Draws& draws,
                 const std::vector<std::vector<std::size_t>>& blocks) {
    const decision::FirstOrderIndices indices(draws.parameters, blocks);
    const std::size_t reference = findings.question.reference;
    for (std::size_t threshold = 0; threshold < findings.question.thresholds.size(); ++threshold) {
        for (std::size_t arm = 0; arm < draws.arms; ++arm) {
            if (arm == reference) continue;
            const std::vector<double> values =
                draws.increment(arm, reference, findings.question.thresholds[threshold]);
            const decision::FirstOrder found =
                indices.of({.draws = draws.draws, .replications = draws.replications, .values = values});
            for (std::size_t block = 0; block < blocks.size(); ++block) {
                IndexRow row{.threshold = threshold,
                             .arm = arm,
                             .name = {},
                             .parameters = {},
                             .first = found.indices[block],
                             .total = {}};
                for (const std::size_t p : blocks[block]) {
                    row.parameters.push_back(draws.facts[p].name);
                    row.name += (row.name.empty() ? "" : "+") + draws.facts[p].name;
                }
                findings.indices.push_back(row);
            }
        }
    }
}

decision::PairedMean level_of(std::span<const double> cells, std::size_t draws) {
    const decision::Estimate estimate =
        decision::estimate(decision::mean_of(cells, draws, cells.size() / draws));
    decision::PairedMean level{
        .value = estimate.value, .standard_error = missing, .interval = {missing, missing}};
    if (estimate.monte_carlo) {
        level.standard_error = estimate.monte_carlo->standard_error;
        level.interval = estimate.monte_carlo->interval;
    }
    return level;
}

decision::MeanSample means_of(const Draws& draws) {
    decision::MeanSample sample{.arms = draws.arms, .draws = draws.draws, .cost = {}, .effect = {}};
    const std::size_t cells = draws.draws * draws.replications;
    for (std::size_t arm = 0; arm < draws.arms; ++arm) {
        const auto add = [&](const std::vector<double>& from, std::vector<double>& to) {
            const std::vector<double> means = decision::mean_of(std::span(from).subspan(arm * cells, cells),
                                                                draws.draws, draws.replications)
                                                  .draw_values();
            to.insert(to.end(), means.begin(), means.end());
        };
        add(draws.cost, sample.cost);
        add(draws.effect, sample.effect);
    }
    return sample;
}

/// The parameters that the linear surface takes: all, or, when the draws are too few, those that go most with
/// any arm's net benefit.
std::vector<std::size_t> regressed(const Findings& findings, const Draws& draws, const Columns& scores) {
    const std::size_t most = std::max<std::size_t>(draws.draws / 4, 1);
    std::vector<std::size_t> chosen(scores.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    if (chosen.size() <= most) return chosen;
    std::vector<double> largest(scores.size(), 0.0);
    for (const double threshold : findings.question.thresholds) {
        for (std::size_t arm = 0; arm < draws.arms; ++arm) {
            if (arm == findings.question.reference) continue;
            const std::vector<double> cells = draws.increment(arm, findings.question.reference, threshold);
            const std::vector<double> means =
                decision::mean_of(cells, draws.draws, draws.replications).draw_values();
            const double centre = stats::mean(means);
            const double spread = std::sqrt(stats::variance(means));
            for (std::size_t p = 0; spread > 0 && p < scores.size(); ++p) {
                double sum = 0;
                for (std::size_t i = 0; i < means.size(); ++i) sum += (means[i] - centre) * scores[p][i];
                largest[p] = std::max(largest[p], std::abs(sum) / spread);
            }
        }
    }
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t a, std::size_t b) { return largest[a] > largest[b]; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

/// A parameter's value at a normal score, by the quantiles of its draws.
double value_at(const std::vector<double>& ascending, double score) {
    return stats::sample_quantile(ascending, decision::normal_probability(score));
}

/// The linear surface and what is read off it.
class Surface {
  public:
    Surface(Findings& findings, const Draws& draws, const Columns& scores)
        : findings_(&findings), chosen_(regressed(findings, draws, scores)), response_(fit(draws, scores)) {
        for (std::size_t draw = 0; draw < draws.draws; ++draw) {
            for (const std::size_t p : chosen_) points_.push_back(scores[p][draw]);
        }
        for (const std::size_t p : chosen_) {
            ascending_.push_back(draws.parameters[p]);
            std::sort(ascending_.back().begin(), ascending_.back().end());
        }
    }

    void add(std::size_t threshold) {
        const double worth = findings_->question.thresholds[threshold];
        const decision::ResponseSurface surface = response_.surface(worth);
        const std::vector<double> best = decision::shares_best(surface, points_);
        for (std::size_t arm = 0; arm < surface.arms; ++arm) {
            add_joint(threshold, arm, surface);
            findings_->joints.back().probability_best = best[arm];
            if (arm != best_of(surface)) add_alone(threshold, arm, surface);
        }
    }

  private:
    [[nodiscard]] decision::LinearResponse fit(const Draws& draws, const Columns& scores) const {
        Columns columns;
        for (const std::size_t p : chosen_) columns.push_back(scores[p]);
        return {columns, means_of(draws)};
    }

    [[nodiscard]] static std::size_t best_of(const decision::ResponseSurface& surface) {
        return static_cast<std::size_t>(std::max_element(surface.constant.begin(), surface.constant.end()) -
                                        surface.constant.begin());
    }

    void add_joint(std::size_t threshold, std::size_t arm, const decision::ResponseSurface& surface) {
        Joint joint{.threshold = threshold,
                    .arm = arm,
                    .region = decision::joint_region(surface, arm),
                    .distance = missing,
                    .interval = {missing, missing},
                    .probability = missing,
                    .probability_best = missing,
                    .parts = {}};
        joint.probability =
            joint.region.best_at_medians || joint.region.found ? joint.region.probability : missing;
        if (joint.region.found) {
            joint.distance = joint.region.distance;
            const double half = normal_975 * error_of(joint, surface);
            joint.interval = {std::max(joint.distance - half, 0.0), joint.distance + half};
            for (std::size_t c = 0; c < chosen_.size(); ++c) {
                joint.parts.push_back({.parameter = chosen_[c],
                                       .value = value_at(ascending_[c], joint.region.scores[c]),
                                       .units = joint.region.scores[c],
                                       .share = joint.region.shares[c]});
            }
            std::stable_sort(joint.parts.begin(), joint.parts.end(),
                             [](const JointPart& a, const JointPart& b) { return a.share > b.share; });
        }
        findings_->joints.push_back(joint);
    }

    /// Of the distance: the errors of the lead at the medians and of its slope towards the point, over the
    /// slope.
    [[nodiscard]] double error_of(const Joint& joint, const decision::ResponseSurface& surface) const {
        const double lead = surface.constant[joint.arm] - surface.constant[joint.region.rival];
        const double error = response_.standard_error(joint.arm, joint.region.rival,
                                                      findings_->question.thresholds[joint.threshold]);
        const double slope = std::abs(lead) / std::max(joint.distance, 1e-12);
        return error * std::sqrt(1 + joint.distance * joint.distance) / std::max(slope, 1e-12);
    }

    void add_alone(std::size_t threshold, std::size_t arm, const decision::ResponseSurface& surface) {
        for (std::size_t c = 0; c < chosen_.size(); ++c) {
            const double score = decision::score_alone(surface, arm, c, normal_975);
            if (std::isnan(score)) continue;
            std::vector<double> scores(chosen_.size(), 0.0);
            scores[c] = score;
            std::size_t passed = arm == 0 ? 1 : 0;
            for (std::size_t other = 0; other < surface.arms; ++other) {
                if (other != arm &&
                    surface.net_benefit(other, scores) > surface.net_benefit(passed, scores)) {
                    passed = other;
                }
            }
            const double worth = findings_->question.thresholds[threshold];
            const double slope = std::abs(surface.slope[arm * surface.coordinates + c] -
                                          surface.slope[passed * surface.coordinates + c]);
            const double half = normal_975 * response_.standard_error(arm, passed, worth) *
                                std::sqrt(1 + score * score) / std::max(slope, 1e-300);
            const auto end = [&](double at) {
                return std::abs(at) > normal_975 ? missing : value_at(ascending_[c], at);
            };
            const decision::Side side = score < 0 ? decision::Side::below : decision::Side::above;
            findings_->alone.push_back({.threshold = threshold,
                                        .arm = arm,
                                        .parameter = chosen_[c],
                                        .change = {.value = value_at(ascending_[c], score),
                                                   .interval = {end(score - half), end(score + half)},
                                                   .from = passed,
                                                   .to = arm},
                                        .side = side,
                                        .units = score,
                                        .probability = decision::normal_probability(-std::abs(score))});
        }
    }

    Findings* findings_;
    std::vector<std::size_t> chosen_;
    Columns ascending_;
    std::vector<double> points_;  ///< draw x chosen parameter, scores
    decision::LinearResponse response_;
};

void add_parameters(Findings& findings, const Draws& draws) {
    for (std::size_t p = 0; p < draws.facts.size(); ++p) {
        std::vector<double> ascending = draws.parameters[p];
        std::sort(ascending.begin(), ascending.end());
        findings.parameters.push_back({draws.facts[p].name, draws.facts[p].unit, draws.facts[p].quality,
                                       draws.facts[p].mean, stats::sample_quantile(ascending, 0.025),
                                       stats::sample_quantile(ascending, 0.975)});
    }
}

}  // namespace

Findings given_data_findings(const results::StudyResults& results, Question question) {
    const Draws draws = draws_of(results, question);
    Findings findings;
    findings.title = results.header().title;
    findings.file = results.path().string();
    findings.price_year = results.header().price_year;
    findings.discount_rate = results.header().discount_rate;
    findings.draws = draws.draws;
    findings.replications = draws.replications;
    if (!question.families.empty()) {
        const std::vector<double> families = results.measure(question.families);
        const double mean = stats::mean(std::span(families).first(draws.draws * draws.replications));
        if (mean > 0) {
            findings.families = mean;
            findings.money = "GBP a family";
        }
    }
    add_parameters(findings, draws);
    const std::size_t cells = draws.draws * draws.replications;
    std::vector<decision::CostAndEffect> arms;
    for (std::size_t arm = 0; arm < draws.arms; ++arm) {
        findings.levels.push_back(
            {level_of(std::span(draws.cost).subspan(arm * cells, cells), draws.draws),
             level_of(std::span(draws.effect).subspan(arm * cells, cells), draws.draws)});
        arms.push_back({findings.levels.back().cost.value, findings.levels.back().effect.value});
    }
    question.origin = origin_of(results.header());
    take_default_thresholds(question, arms);
    findings.question = std::move(question);
    Columns scores;
    for (const std::vector<double>& one : draws.parameters) scores.push_back(decision::normal_scores(one));
    add_indices(findings, draws, blocks_of(results, draws));
    Surface surface(findings, draws, scores);
    for (std::size_t threshold = 0; threshold < findings.question.thresholds.size(); ++threshold) {
        surface.add(threshold);
    }
    return findings;
}

}  // namespace vfm::program
