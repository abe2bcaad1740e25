// Families and their random variates: arrivals, attributes, area effects, standard variates.
#include "vfm/model/families.hpp"

#include "study_builder.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;

Families draw(const AreaStudy& study, std::uint64_t replication = 0) {
    Families families;
    families.draw(study.population, {7, replication, 0});
    return families;
}

AreaStudy two_streams() {
    AreaStudy study = empty_study(1000);
    add_stage(study, random::Sampler::fixed(1), {to_outcome(0)});
    add_stream(study, 2, 0, 900);
    add_stream(study, 1, 100, 800);
    return study;
}

TEST(Families, arrive_by_inverting_the_cumulative_intensity_at_a_unit_poisson_process) {
    AreaStudy study = two_streams();
    study.population.streams[0].intensity = {
        {0, 100 * day, 1}, {100 * day, 200 * day, 5}, {300 * day, 900 * day, 0.5}};
    const Families families = draw(study);
    const auto cumulative = [](double at) {
        return std::min(at, 100.0) + 5 * std::clamp(at - 100, 0.0, 100.0) +
               0.5 * std::clamp(at - 300, 0.0, 600.0);
    };
    double reached = 0;
    std::uint32_t index = 0;
    for (std::uint32_t family = 0; families.name(family).stream == 0; ++family, ++index) {
        reached -= std::log(
            random::uniform_pair(families.cell(), study.population.streams[0].arrival_purpose, index, 0)
                .first);
        const double at = days_from_ticks(families.arrival(family));
        EXPECT_NEAR(cumulative(at), reached, 1e-4);
        EXPECT_FALSE(at > 200 && at < 300) << "a stretch without arrivals";
    }
    EXPECT_NEAR(index, 900, 4 * 30);
}

TEST(Families, a_changed_rate_moves_families_instead_of_drawing_others) {
    AreaStudy study = two_streams();
    const Families before = draw(study);
    study.population.streams[0].intensity[0].per_day = 4;
    const Families after = draw(study);
    for (std::uint32_t family = 0; family < 500; ++family) {
        EXPECT_NEAR(static_cast<double>(after.arrival(family)),
                    static_cast<double>(before.arrival(family)) / 2, 2);
        EXPECT_EQ(after.uptake_variate(family), before.uptake_variate(family));
    }
}

TEST(Families, a_stream_stops_at_its_limit) {
    AreaStudy study = two_streams();
    for (const std::uint64_t limit : {1U, 511U, 512U, 513U, 1024U}) {
        study.population.streams[0].stop_after = limit;
        const Families families = draw(study);
        std::uint64_t count = 0;
        while (families.name(static_cast<std::uint32_t>(count)).stream == 0) ++count;
        EXPECT_EQ(count, limit);
    }
}

TEST(Families, are_listed_in_order_of_arrival_and_named_within_their_stream) {
    const Families families = draw(two_streams());
    const std::span<const std::uint32_t> order = families.in_order();
    ASSERT_EQ(order.size(), families.size());
    std::vector<bool> seen(families.size(), false);
    for (std::size_t i = 0; i < order.size(); ++i) {
        EXPECT_FALSE(seen[order[i]]);
        seen[order[i]] = true;
        if (i > 0) {
            EXPECT_GE(families.arrival(order[i]), families.arrival(order[i - 1]));
        }
    }
    const FamilyName last = families.name(static_cast<std::uint32_t>(families.size() - 1));
    EXPECT_EQ(last.stream, 1U);
    std::uint32_t first_of_second = 0;
    while (families.name(first_of_second).stream == 0) ++first_of_second;
    EXPECT_EQ(families.name(first_of_second).index, 0U);
    EXPECT_EQ(last.index, families.size() - first_of_second - 1);
}

TEST(Families, another_stream_changes_nobodys_variates) {
    const AreaStudy study = two_streams();
    AreaStudy without = study;
    without.population.streams.erase(without.population.streams.begin());
    const Families both = draw(study);
    const Families second = draw(without);
    const std::size_t offset = both.size() - second.size();
    for (std::uint32_t family = 0; family < second.size(); ++family) {
        const auto same = static_cast<std::uint32_t>(family + offset);
        EXPECT_EQ(second.arrival(family), both.arrival(same));
        EXPECT_EQ(second.lead(family, 0, 0), both.lead(same, 0, 0));
        EXPECT_EQ(second.next(family, 0, 3), both.next(same, 0, 3));
    }
}

TEST(Families, have_one_level_of_every_attribute_by_its_shares) {
    AreaStudy study = two_streams();
    const std::size_t need = add_attribute(study, 3);
    const std::size_t group = add_attribute(study, 2);
    study.population.attributes[0].cumulative_shares = {0.5, 0.7, 1};
    study.population.attributes[1].given = 0;
    study.population.attributes[1].cumulative_shares = {0.1, 1, 0.4, 1, 1, 1};
    study.population.streams[1].sets = level_fact(need + 2);
    const Families families = draw(study);
    std::vector<double> count(5, 0);
    double both = 0;
    double first_stream = 0;
    for (std::uint32_t family = 0; family < families.size(); ++family) {
        const Facts levels = families.levels(family);
        EXPECT_EQ(__builtin_popcountll(levels), 2);
        if (families.name(family).stream == 1) {
            EXPECT_EQ(levels, level_fact(need + 2) | level_fact(group));
            continue;
        }
        ++first_stream;
        for (std::size_t level = 0; level < 5; ++level) {
            if ((levels & level_fact(level)) != 0) ++count[level];
        }
        if ((levels & level_fact(need + 1)) != 0 && (levels & level_fact(group)) != 0) ++both;
    }
    const auto near = [&](double found, double share) {
        EXPECT_NEAR(found / first_stream, share, 4 * std::sqrt(share * (1 - share) / first_stream));
    };
    near(count[need], 0.5);
    near(count[need + 1], 0.2);
    near(count[need + 2], 0.3);
    near(both, 0.2 * 0.4);
}

TEST(Families, area_effects_have_their_spread_and_correlation_and_scale_arrivals_by_mean_one) {
    AreaStudy study = two_streams();
    study.population.area_effects = {{0.8, purpose(5, "a")}, {0.5, purpose(5, "b")}};
    study.population.area_correlation = {1, 0, 0.6, 0.8};
    study.population.streams[0].area_effect = 0;
    constexpr int replications = 4000;
    double sum = 0;
    double squares = 0;
    double product = 0;
    double factor = 0;
    double second_squares = 0;
    Families families;
    study.population.streams[0].intensity[0].until = day;  // the streams themselves are not the question
    study.population.streams[1].intensity[0].until = study.population.streams[1].intensity[0].from + day;
    for (std::uint64_t r = 0; r < replications; ++r) {
        families.draw(study.population, {11, r, 0});
        const double a = families.area_effects()[0];
        const double b = families.area_effects()[1];
        sum += a;
        squares += a * a;
        second_squares += b * b;
        product += a * b;
        factor += std::exp(a - 0.32);
    }
    const double n = replications;
    EXPECT_NEAR(sum / n, 0, 4 * 0.8 / std::sqrt(n));
    EXPECT_NEAR(squares / n, 0.64, 4 * 0.64 * std::sqrt(2 / n));
    EXPECT_NEAR(second_squares / n, 0.25, 4 * 0.25 * std::sqrt(2 / n));
    EXPECT_NEAR(product / n, 0.6 * 0.8 * 0.5, 4 * 0.4 * std::sqrt(1.36 / n));
    EXPECT_NEAR(factor / n, 1, 4 * std::sqrt((std::exp(0.64) - 1) / n));
}

TEST(Families, arrivals_scale_with_their_areas_effect) {
    AreaStudy study = two_streams();
    const Families plain = draw(study);
    study.population.area_effects = {{0.5, purpose(5, "a")}};
    study.population.streams[0].area_effect = 0;
    const Families scaled = draw(study);
    const double factor = std::exp(scaled.area_effects()[0] - 0.125);
    for (std::uint32_t family = 0; family < 300; ++family) {
        EXPECT_NEAR(days_from_ticks(scaled.arrival(family)), days_from_ticks(plain.arrival(family)) / factor,
                    1e-4);
    }
}

TEST(Families, variates_of_a_visit_are_named_by_family_stage_and_visit_alone) {
    AreaStudy study = two_streams();
    const Families families = draw(study, 3);
    const StreamInputs& stream = study.population.streams[0];
    for (std::uint32_t family = 0; family < 100; ++family) {
        for (std::uint32_t visit = 0; visit < 3; ++visit) {
            const random::Pair work =
                random::normal_pair(families.cell(), stream.work_purposes[0], family, visit);
            EXPECT_EQ(families.work(family, 0, visit).first, work.first);
            EXPECT_EQ(families.work(family, 0, visit).second, work.second);
            EXPECT_EQ(families.lead(family, 0, visit), work.first);
            EXPECT_EQ(families.next(family, 0, visit),
                      random::uniform_pair(families.cell(), stream.next_purposes[0], family, visit).first);
        }
    }
}

}  // namespace
}  // namespace vfm::model
