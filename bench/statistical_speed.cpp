// Families needed for a given precision of incremental net benefit, technique by technique:
// statistical_speed SCENARIO [THREADS [LARGEST]]. Results are the same for any number of threads; LARGEST, a
// power of two of at least 64 (1,024 when not given), bounds the designs tried. docs/statistical-speed.md
// says what the tables mean.
#include "estimate_variance.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/scenario/load.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace vfm::bench {
namespace {

using random::DesignKind;

constexpr double z95 = 1.959963984540054;
constexpr double thresholds[] = {7500, 20000};  // GBP a unit of the composite
constexpr double half_widths[] = {50, 5};       // GBP a family
constexpr std::uint64_t first_seed = 20140901;
constexpr std::uint64_t small_design = 64;  // and repeats of it
constexpr std::uint64_t repeats_of_large = 32;

enum class Recorded : std::uint8_t { realised, expected };

struct Technique {
    RandomNumbers numbers;
    DesignKind sampling;
    Recorded outcomes;
};

constexpr std::string_view name_of(DesignKind sampling) {
    return sampling == DesignKind::monte_carlo       ? "Monte Carlo"
           : sampling == DesignKind::latin_hypercube ? "Latin hypercube"
                                                     : "Sobol";
}

/// All that is simulated. Of plain Monte Carlo and Sobol's points, the first n of a design are a design of n;
/// a Latin hypercube is made for its size.
struct Evidence {
    std::vector<Sample> samples;
    std::vector<UnitOutcomes> outcomes_own;
    std::vector<UnitOutcomes> outcomes_common;
};

Evidence gather(const Subject& subject, unsigned threads, std::uint64_t largest) {
    std::vector<Plan> plans = {
        {RandomNumbers::common, DesignKind::monte_carlo, small_design, 2, small_design, first_seed},
        {RandomNumbers::own, DesignKind::monte_carlo, small_design, 1, small_design, first_seed},
        {RandomNumbers::own, DesignKind::latin_hypercube, 32, 1, 2 * small_design, first_seed},
        {RandomNumbers::own, DesignKind::sobol, 32, 1, 2 * small_design, first_seed},
        {RandomNumbers::common, DesignKind::sobol, small_design, 1, small_design, first_seed},
        {RandomNumbers::common, DesignKind::latin_hypercube, 16, 1, small_design, first_seed},
        {RandomNumbers::common, DesignKind::latin_hypercube, small_design, 1, small_design, first_seed}};
    for (std::uint64_t draws = 256; draws < largest; draws *= 4)
        plans.push_back(
            {RandomNumbers::common, DesignKind::latin_hypercube, draws, 1, repeats_of_large, first_seed});
    if (largest > small_design) {
        plans.push_back({RandomNumbers::common, DesignKind::sobol, largest, 1, repeats_of_large, first_seed});
        plans.push_back(
            {RandomNumbers::common, DesignKind::latin_hypercube, largest, 1, repeats_of_large, first_seed});
    }
    Evidence evidence;
    for (const Plan& plan : plans) {
        evidence.samples.push_back(simulate(subject, plan, threads));
        fmt::print(stderr, "{} of {} samples\n", evidence.samples.size(), plans.size());
    }
    Plan chances{RandomNumbers::own, DesignKind::monte_carlo, 2 * small_design, 1, 1, first_seed};
    evidence.outcomes_own = expected_outcomes(subject, chances, threads);
    chances.numbers = RandomNumbers::common;
    evidence.outcomes_common = expected_outcomes(subject, chances, threads);
    return evidence;
}

/// A technique's curve for one contrast, with standard errors, when outcomes are expected values.
struct MeasuredCurve {
    Curve curve;
    std::vector<double> standard_errors;
    [[nodiscard]] Estimated nearest(double draws) const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < curve.draws.size(); ++i) {
            if (std::abs(std::log(curve.draws[i] / draws)) < std::abs(std::log(curve.draws[best] / draws)))
                best = i;
        }
        return {curve.variance_of_a_draw[best], standard_errors[best]};
    }
};

void add_point(MeasuredCurve& curve, double draws, const Estimated& variance_of_a_draw) {
    curve.curve.draws.push_back(draws);
    curve.curve.variance_of_a_draw.push_back(variance_of_a_draw.value);
    curve.standard_errors.push_back(variance_of_a_draw.standard_error);
}

const Sample& sample_of(const Evidence& evidence, RandomNumbers numbers, DesignKind sampling) {
    return *std::find_if(evidence.samples.begin(), evidence.samples.end(), [&](const Sample& sample) {
        return sample.plan().numbers == numbers && sample.plan().sampling == sampling;
    });
}

/// One draw is the same however it is sampled. Sizes that two samples give come from the one with more
/// repeats.
MeasuredCurve measured_curve(const Evidence& evidence, RandomNumbers numbers, DesignKind sampling,
                             const Contrast& contrast) {
    MeasuredCurve found;
    add_point(found, 1,
              variance_of_a_draw(sample_of(evidence, numbers, DesignKind::monte_carlo), contrast, 1));
    if (sampling == DesignKind::monte_carlo) return found;
    for (const Sample& sample : evidence.samples) {
        const Plan& plan = sample.plan();
        if (plan.numbers != numbers || plan.sampling != sampling) continue;
        const bool prefixes = sampling == DesignKind::sobol;
        for (std::uint64_t draws = prefixes ? 2 : plan.draws; draws <= plan.draws; draws *= 2) {
            if (static_cast<double>(draws) <= found.curve.draws.back()) continue;
            const auto n = static_cast<double>(draws);
            const Estimated variance = variance_with_error(estimates(sample, contrast, draws, 1));
            add_point(found, n, {n * variance.value, n * variance.standard_error});
        }
    }
    return found;
}

struct Need {
    double draws = 0;
    double relative_error = 0;
};

Need need(const Evidence& evidence, const Technique& technique, const Contrast& contrast, double half_width) {
    const MeasuredCurve measured = measured_curve(evidence, technique.numbers, technique.sampling, contrast);
    Estimated more;
    if (technique.outcomes == Recorded::realised) {
        const Estimated effect = realised_outcome_variance(
            technique.numbers == RandomNumbers::own ? evidence.outcomes_own : evidence.outcomes_common,
            technique.numbers, contrast.arm, contrast.reference);
        const double square = contrast.threshold * contrast.threshold;
        more = {square * effect.value, square * effect.standard_error};
    }
    const double draws = draws_needed(measured.curve, more.value, std::pow(half_width / z95, 2));
    const Estimated variance = measured.nearest(draws);
    return {draws, std::hypot(variance.standard_error, more.standard_error) / (variance.value + more.value)};
}

std::vector<Contrast> contrasts(const Subject& subject, double threshold) {
    std::vector<Contrast> found;
    for (std::size_t arm = 0; arm < subject.arms(); ++arm) {
        if (arm != subject.reference()) found.push_back({arm, subject.reference(), threshold});
    }
    return found;
}

template <class Value, class Key>
Value middle(std::vector<Value> values, const Key& key) {
    std::sort(values.begin(), values.end(), [&](const Value& a, const Value& b) { return key(a) < key(b); });
    return values[values.size() / 2];
}

/// A whole number with thousands separated.
std::string grouped(double value) {
    std::string digits = fmt::format("{:.0f}", value);
    for (std::size_t place = digits.size(); place > 3;) {
        place -= 3;
        digits.insert(place, ",");
    }
    return digits;
}

/// A whole number, all but its first three figures zero.
std::string rounded(double value) {
    const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(value)) - 2));
    return grouped(std::round(value / unit) * unit);
}

std::string figure(double value) {
    if (value >= 100) return rounded(value);
    return value >= 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.2f}", value);
}

std::string with_error(const Estimated& one) {
    const int places = one.value >= 100 ? 0 : one.value >= 10 ? 1 : 2;
    return fmt::format("{:.{}f} ± {:.{}f}", one.value, places, one.standard_error, places);
}

/// What one technique needs in every contrast, and how many times less that is than `plain`.
struct TechniqueNeeds {
    std::vector<double> draws;
    std::vector<Estimated> fewer;
};

TechniqueNeeds needs(const Evidence& evidence, const Technique& technique, const std::vector<Contrast>& all,
                     const std::vector<Need>& plain, double half_width) {
    TechniqueNeeds found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Need one = need(evidence, technique, all[i], half_width);
        found.draws.push_back(one.draws);
        found.fewer.push_back(ratio({plain[i].draws, plain[i].draws * plain[i].relative_error},
                                    {one.draws, one.draws * one.relative_error}));
    }
    return found;
}

/// One row: of the technique's draws the median and the greatest over contrasts, as draws and as family
/// histories of `histories` a draw; of the gain the median and the least.
void print_need(const Technique& technique, const TechniqueNeeds& found, double histories) {
    const auto value = [](const Estimated& one) { return one.value; };
    const double median = middle(found.draws, [](double one) { return one; });
    const double most = *std::max_element(found.draws.begin(), found.draws.end());
    const Estimated least =
        *std::min_element(found.fewer.begin(), found.fewer.end(),
                          [&](const auto& a, const auto& b) { return value(a) < value(b); });
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n",
               technique.numbers == RandomNumbers::own ? "own" : "common", name_of(technique.sampling),
               technique.outcomes == Recorded::realised ? "realised" : "expected", figure(median),
               rounded(median * histories), rounded(most * histories), with_error(middle(found.fewer, value)),
               with_error(least));
}

void print_needs(const Subject& subject, const Evidence& evidence, double threshold, double half_width) {
    const std::vector<Contrast> all = contrasts(subject, threshold);
    const double histories =
        2 * sample_of(evidence, RandomNumbers::common, DesignKind::monte_carlo).histories();
    std::vector<Need> plain;
    plain.reserve(all.size());
    for (const Contrast& contrast : all) {
        plain.push_back(need(evidence, {RandomNumbers::own, DesignKind::monte_carlo, Recorded::realised},
                             contrast, half_width));
    }
    fmt::print(
        "\nGBP {} a unit of the composite, ± GBP {} a family: draws of one replication; family histories in "
        "the arm and the reference\n\n",
        grouped(threshold), grouped(half_width));
    fmt::print(
        "| families | draws by | outcomes | draws, median arm | family histories, median arm | worst arm "
        "| times fewer, median arm | least |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (const RandomNumbers numbers : {RandomNumbers::own, RandomNumbers::common}) {
        for (const DesignKind sampling :
             {DesignKind::monte_carlo, DesignKind::latin_hypercube, DesignKind::sobol}) {
            for (const Recorded outcomes : {Recorded::realised, Recorded::expected}) {
                const Technique technique{numbers, sampling, outcomes};
                print_need(technique, needs(evidence, technique, all, plain, half_width), histories);
            }
        }
    }
}

void print_curves(const Subject& subject, const Evidence& evidence, double threshold) {
    fmt::print(
        "\nGBP {} a unit: variance of plain Monte Carlo over that of the technique, common families, "
        "expected outcomes, median arm; and its half-width in GBP a family\n\n",
        grouped(threshold));
    fmt::print(
        "| draws by | draws | times less variance | half-width, median arm | worst arm |\n"
        "| --- | --- | --- | --- | --- |\n");
    for (const DesignKind sampling : {DesignKind::latin_hypercube, DesignKind::sobol}) {
        const std::vector<Contrast> all = contrasts(subject, threshold);
        std::vector<MeasuredCurve> curves;
        curves.reserve(all.size());
        for (const Contrast& contrast : all)
            curves.push_back(measured_curve(evidence, RandomNumbers::common, sampling, contrast));
        for (std::size_t size = 0; size < curves.front().curve.draws.size(); ++size) {
            const double draws = curves.front().curve.draws[size];
            std::vector<Estimated> less;
            std::vector<double> widths;
            for (const MeasuredCurve& one : curves) {
                const Estimated here = {one.curve.variance_of_a_draw[size], one.standard_errors[size]};
                less.push_back(ratio({one.curve.variance_of_a_draw[0], one.standard_errors[0]}, here));
                widths.push_back(z95 * std::sqrt(here.value / draws));
            }
            const Estimated usual = middle(less, [](const Estimated& one) { return one.value; });
            fmt::print("| {} | {} | {} | {:.2f} | {:.2f} |\n", name_of(sampling), grouped(draws),
                       with_error(usual), middle(widths, [](double one) { return one; }),
                       *std::max_element(widths.begin(), widths.end()));
        }
    }
}

/// Half-widths of designs of equally many units.
void print_splits(const Subject& subject, const Evidence& evidence, double threshold, double units) {
    const Sample& pairs = sample_of(evidence, RandomNumbers::common, DesignKind::monte_carlo);
    std::vector<double> shares;
    fmt::print(
        "\nGBP {} a unit: half-width in GBP a family, median arm, of {} units, common families, "
        "expected outcomes\n\n| draws by | draws | replications | half-width |\n| --- | --- | --- | --- |\n",
        grouped(threshold), grouped(units));
    for (const DesignKind sampling :
         {DesignKind::monte_carlo, DesignKind::latin_hypercube, DesignKind::sobol}) {
        for (const double replications : {1.0, 2.0, 4.0}) {
            std::vector<double> widths;
            for (const Contrast& contrast : contrasts(subject, threshold)) {
                const MeasuredCurve one = measured_curve(evidence, RandomNumbers::common, sampling, contrast);
                const double within = variance_within_a_draw(pairs, contrast).value;
                if (replications == 1) shares.push_back(within / one.curve.variance_of_a_draw[0]);
                const double variance =
                    one.nearest(units / replications).value - within + within / replications;
                widths.push_back(z95 * std::sqrt(variance * replications / units));
            }
            fmt::print("| {} | {} | {:.0f} | {:.2f} |\n", name_of(sampling), grouped(units / replications),
                       replications, middle(widths, [](double one) { return one; }));
        }
    }
    fmt::print("\nof a draw's variance, {:.1f} % is chance within it (median arm; most {:.1f} %)\n",
               100 * middle(shares, [](double one) { return one; }),
               100 * *std::max_element(shares.begin(), shares.end()));
}

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0)
        throw UserError(fmt::format("'{}' should be a positive whole number", text));
    return value;
}

void report(const std::string& file, unsigned threads, std::uint64_t largest) {
    const Subject subject(scenario::load_scenario(file));
    if (subject.scenario().areas != 1) throw UserError(file + ": the study should have one area");
    const Evidence evidence = gather(subject, threads, largest);
    fmt::print("{}: {} arms, {:.0f} family histories an arm and replication\n", subject.scenario().title,
               subject.arms(),
               sample_of(evidence, RandomNumbers::common, DesignKind::monte_carlo).histories());
    for (const double threshold : thresholds) {
        for (const double half_width : half_widths) print_needs(subject, evidence, threshold, half_width);
        print_curves(subject, evidence, threshold);
        print_splits(subject, evidence, threshold, static_cast<double>(largest));
    }
}

}  // namespace
}  // namespace vfm::bench

int main(int argc, char** argv) {
    try {
        if (argc < 2 || argc > 4) throw vfm::UserError("use: statistical_speed SCENARIO [THREADS [LARGEST]]");
        vfm::bench::report(argv[1], argc > 2 ? static_cast<unsigned>(vfm::bench::number(argv[2])) : 1,
                           argc > 3 ? vfm::bench::number(argv[3]) : 1024);
        return 0;
    } catch (const vfm::UserError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
