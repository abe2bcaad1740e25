#include "progress.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using Clock = std::chrono::steady_clock;

std::string in_words(double seconds) {
    if (seconds < 100) return fmt::format("{:.0f} s", seconds);
    if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

std::string state_of(const experiment::Progress& progress, std::uint64_t units, Clock::time_point start) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const std::uint64_t done = progress.units.load(std::memory_order_relaxed);
    const auto families = static_cast<double>(progress.families.load(std::memory_order_relaxed));
    const double share = units == 0 ? 1 : static_cast<double>(done) / static_cast<double>(units);
    std::string text = fmt::format("{:5.1f} %, {} of {} units", 100 * share, done, units);
    if (done > 0 && seconds > 0) {
        text += fmt::format(", {:.2f} M families/s, {} left", families / seconds / 1e6,
                            in_words(seconds * (1 - share) / share));
    }
    return text;
}

void show(const std::stop_token& stop, const experiment::Progress& progress, std::uint64_t units,
          ProgressStyle style) {
    Clock::time_point start = Clock::now();
    std::mutex mutex;
    std::condition_variable_any wake;
    std::chrono::milliseconds pause(style == ProgressStyle::live ? 200 : 1000);
    while (!stop.stop_requested()) {
        if (progress.units.load(std::memory_order_relaxed) == 0) start = Clock::now();  // still preparing
        const std::string text = state_of(progress, units, start);
        std::cerr << (style == ProgressStyle::live ? "\r" + text + "\x1b[K" : text + "\n") << std::flush;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, pause, [] { return false; });
        if (style == ProgressStyle::plain) pause = std::min(pause * 2, std::chrono::milliseconds(60000));
    }
    const std::string text = state_of(progress, units, start);
    std::cerr << (style == ProgressStyle::live ? "\r" + text + "\x1b[K\n" : text + "\n") << std::flush;
}

}  // namespace

ProgressDisplay::ProgressDisplay(const experiment::Progress& progress, std::uint64_t units,
                                 ProgressStyle style) {
    if (style == ProgressStyle::none) return;
    thread_ = std::jthread(
        [&progress, units, style](const std::stop_token& stop) { show(stop, progress, units, style); });
}

ProgressDisplay::~ProgressDisplay() = default;

}  // namespace vfm::program
