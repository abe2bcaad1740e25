#include "vfm/des/server_pool.hpp"

#include <cmath>
#include <deque>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::des {
namespace {

struct Job {
    Ticks arrival = 0;
    Ticks service = 0;
};

/// Starts of service by stepping from event to event with a queue of jobs: nothing of the recursion.
std::vector<Ticks> starts_by_events(const std::vector<Job>& jobs, std::size_t servers) {
    std::vector<Ticks> starts(jobs.size());
    std::vector<Ticks> busy_until;  // of the servers at work, in no order
    std::deque<std::size_t> queue;
    std::size_t next = 0;
    while (next < jobs.size() || !queue.empty()) {
        Ticks first_end = -1;
        for (const Ticks end : busy_until) {
            if (first_end < 0 || end < first_end) first_end = end;
        }
        const bool arrives = next < jobs.size() && (first_end < 0 || jobs[next].arrival < first_end);
        const Ticks now = arrives ? jobs[next].arrival : first_end;
        std::erase(busy_until, arrives ? Ticks{-1} : first_end);
        if (arrives) queue.push_back(next++);
        while (!queue.empty() && busy_until.size() < servers) {
            starts[queue.front()] = now;
            busy_until.push_back(now + jobs[queue.front()].service);
            queue.pop_front();
        }
    }
    return starts;
}

class ServerPoolAgainstEvents : public testing::TestWithParam<std::size_t> {};

TEST_P(ServerPoolAgainstEvents, starts_every_job_at_the_same_tick) {
    std::mt19937_64 random(GetParam());
    std::exponential_distribution<double> gap(static_cast<double>(GetParam()) / 100);
    std::uniform_int_distribution<Ticks> service(1, 190);
    std::vector<Job> jobs;
    Ticks at = 0;
    for (int i = 0; i < 5000; ++i) {
        at += static_cast<Ticks>(gap(random));
        jobs.push_back({at, service(random)});
    }
    const std::vector<Ticks> expected = starts_by_events(jobs, GetParam());
    ServerPool pool;
    pool.reset(GetParam(), 0);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        ASSERT_EQ(pool.admit(jobs[i].arrival, jobs[i].service), expected[i]) << "job " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Servers, ServerPoolAgainstEvents, testing::Values(1, 2, 3, 7, 16, 17, 40, 100));

TEST(ServerPool, nobody_waits_while_a_server_is_free) {
    ServerPool pool;
    pool.reset(3, 0);
    EXPECT_EQ(pool.admit(10, 100), 10);
    EXPECT_EQ(pool.admit(10, 50), 10);
    EXPECT_EQ(pool.admit(10, 70), 10);
    EXPECT_EQ(pool.admit(11, 5), 60);  // when the second is through
    EXPECT_EQ(pool.admit(12, 5), 65);
    EXPECT_EQ(pool.admit(200, 5), 200);
}

TEST(ServerPool, servers_come_at_the_start_and_reset_frees_them) {
    ServerPool pool;
    pool.reset(1, 40);
    EXPECT_EQ(pool.admit(10, 7), 40);
    pool.reset(2, 0);
    EXPECT_EQ(pool.admit(3, 1000), 3);
    EXPECT_EQ(pool.admit(4, 1000), 4);
}

#ifdef VFM_CHECKED
TEST(ServerPool, needs_servers_and_services_that_take_no_negative_time) {
    ServerPool pool;
    EXPECT_THROW(pool.reset(0, 0), ContractViolation);
    pool.reset(1, 0);
    EXPECT_THROW(static_cast<void>(pool.admit(0, -1)), ContractViolation);
}
#endif

/// Mean wait in days and its standard error from batch means over `batches` stretches of one long run.
template <class Service>
std::pair<double, double> mean_wait(std::size_t servers, double arrivals_per_day, std::uint64_t seed,
                                    const Service& service_days) {
    constexpr int batches = 50;
    constexpr int batch_jobs = 20000;
    std::mt19937_64 random(seed);
    std::exponential_distribution<double> gap(arrivals_per_day);
    ServerPool pool;
    pool.reset(servers, 0);
    double at = 0;
    std::vector<double> means;
    for (int batch = -1; batch < batches; ++batch) {  // batch -1 warms up
        double sum = 0;
        for (int i = 0; i < batch_jobs; ++i) {
            at += gap(random);
            const Ticks now = ticks_from_days(at);
            sum += days_from_ticks(pool.admit(now, ticks_from_days(service_days(random))) - now);
        }
        if (batch >= 0) means.push_back(sum / batch_jobs);
    }
    double mean = 0;
    for (const double one : means) mean += one / batches;
    double squares = 0;
    for (const double one : means) squares += (one - mean) * (one - mean);
    return {mean, std::sqrt(squares / (batches - 1) / batches)};
}

/// The mean wait in M/M/c (Erlang 1917): C(c, a) / (c mu - lambda).
double erlang_wait(std::size_t servers, double lambda, double mu) {
    const double a = lambda / mu;
    const auto c = static_cast<double>(servers);
    double blocked = 1;  // Erlang B by recursion
    for (std::size_t k = 1; k <= servers; ++k) blocked = a * blocked / (static_cast<double>(k) + a * blocked);
    const double waits = blocked / (1 - a / c * (1 - blocked));
    return waits / (c * mu - lambda);
}

// Batches are nearly independent; four standard errors are exceeded once in about 10,000 such tests.
TEST(ServerPool, waits_in_the_m_m_c_queue_are_erlangs) {
    std::exponential_distribution<double> service(1);
    const auto draw = [&](std::mt19937_64& random) { return service(random); };
    for (const std::size_t servers : {std::size_t{1}, std::size_t{3}, std::size_t{10}}) {
        const double lambda = 0.8 * static_cast<double>(servers);
        const auto [mean, error] = mean_wait(servers, lambda, 7 + servers, draw);
        EXPECT_NEAR(mean, erlang_wait(servers, lambda, 1), 4 * error) << servers;
        EXPECT_LT(error, 0.05 * mean);
    }
}

/// P(wait = 0) and the mean wait in M/D/c for service 1: the number present at whole steps is a Markov chain,
/// N' = max(N - c, 0) + Poisson(lambda) (Crommelin 1932); Little's law gives the wait from the mean number.
double deterministic_wait(std::size_t servers, double lambda) {
    constexpr std::size_t states = 200;
    std::vector<double> poisson(states);
    poisson[0] = std::exp(-lambda);
    for (std::size_t k = 1; k < states; ++k) poisson[k] = poisson[k - 1] * lambda / static_cast<double>(k);
    std::vector<double> p(states, 0);
    p[0] = 1;
    for (int step = 0; step < 1500; ++step) {
        std::vector<double> next(states, 0);
        for (std::size_t n = 0; n < states; ++n) {
            if (p[n] < 1e-18) continue;
            const std::size_t left = n > servers ? n - servers : 0;
            for (std::size_t k = 0; left + k < states; ++k) next[left + k] += p[n] * poisson[k];
        }
        p = next;
    }
    double present = 0;
    for (std::size_t n = 0; n < states; ++n) present += static_cast<double>(n) * p[n];
    return present / lambda - 1;
}

TEST(ServerPool, waits_in_the_m_d_c_queue_are_crommelins) {
    EXPECT_NEAR(deterministic_wait(1, 0.8), 0.8 / (2 * 0.2),
                1e-9);  // Pollaczek and Khinchine, to check the oracle
    const auto draw = [](std::mt19937_64&) { return 1.0; };
    for (const std::size_t servers : {std::size_t{1}, std::size_t{4}}) {
        const double lambda = 0.8 * static_cast<double>(servers);
        const auto [mean, error] = mean_wait(servers, lambda, 90 + servers, draw);
        EXPECT_NEAR(mean, deterministic_wait(servers, lambda), 4 * error) << servers;
    }
}

}  // namespace
}  // namespace vfm::des
