// What an event costs in the calendar, and a job in a pool of servers, at steady numbers of them.
#include "vfm/des/calendar.hpp"

#include "vfm/des/server_pool.hpp"

#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

namespace vfm::des {
namespace {

constexpr std::size_t delays_drawn = 4096;

/// Exponential delays of one day on average: so short that a benchmark does not reach the calendar's last
/// year.
std::vector<Ticks> delays() {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> draw(1.0);
    std::vector<Ticks> drawn(delays_drawn);
    for (Ticks& delay : drawn) delay = ticks_from_days(draw(random));
    return drawn;
}

/// Takes the earliest event out and schedules it again, with a steady number of events in the calendar.
void calendar_event(benchmark::State& state) {
    const std::vector<Ticks> delay = delays();
    const auto pending = static_cast<std::uint32_t>(state.range(0));
    Calendar calendar;
    for (std::uint32_t entity = 0; entity < pending; ++entity)
        calendar.schedule({delay[entity % delays_drawn], 0, entity});
    std::size_t i = 0;
    for (auto _ : state) {
        const Event event = calendar.pop();
        calendar.schedule({event.time + delay[++i % delays_drawn], event.kind, event.entity});
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(calendar_event)->Arg(64)->Arg(512)->Arg(4096)->Iterations(2'000'000);

/// One job through a pool that is nearly always busy.
void server_pool_job(benchmark::State& state) {
    const std::vector<Ticks> delay = delays();
    const auto servers = static_cast<std::size_t>(state.range(0));
    ServerPool pool;
    pool.reset(servers, 0);
    const Ticks between = ticks_from_days(1) / static_cast<Ticks>(servers);
    Ticks now = 0;
    std::size_t i = 0;
    for (auto _ : state) {
        now += between;
        benchmark::DoNotOptimize(pool.admit(now, delay[++i % delays_drawn]));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(server_pool_job)->Arg(10)->Arg(60)->Arg(340);

}  // namespace
}  // namespace vfm::des
