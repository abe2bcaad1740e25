// How long each batch of a study takes to simulate and to write on one thread, and what comes before and
// after: what bench/scaling reckons from.
#include "vfm/experiment/unit_runner.hpp"
#include "vfm/results/pending_results.hpp"
#include "vfm/scenario/load.hpp"

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace vfm;

/// Seconds of processor time since it was last asked: other work on the machine does not count, nor does
/// waiting for the disk.
class Stopwatch {
  public:
    double lap() {
        const std::clock_t now = std::clock();
        const double seconds = static_cast<double>(now - last_) / CLOCKS_PER_SEC;
        last_ = now;
        return seconds;
    }

  private:
    std::clock_t last_ = std::clock();
};

void print(const char* name, const std::vector<double>& seconds) {
    std::printf("\"%s\": [", name);
    for (std::size_t i = 0; i < seconds.size(); ++i) std::printf("%s%.9f", i == 0 ? "" : ", ", seconds[i]);
    std::printf("], ");
}

void measure(const std::string& scenario_file, const std::filesystem::path& output) {
    Stopwatch watch;
    const scenario::Scenario scenario = scenario::load_scenario(scenario_file, {});
    const experiment::CompiledStudy study(scenario);
    results::PendingResults pending(output, study.header(), results::Overwrite::no);
    const double before = watch.lap();
    experiment::UnitRunner runner(study);
    std::vector<double> simulating;
    std::vector<double> writing;
    for (std::uint64_t index = 0; index < study.batches(); ++index) {
        const results::Batch batch = runner.run_batch(index, [](std::uint64_t) { return true; });
        simulating.push_back(watch.lap());
        pending.journal().append(batch);
        writing.push_back(watch.lap());
    }
    pending.complete(results::provenance_here());
    const double after = watch.lap();
    std::printf("{");
    print("simulating", simulating);
    print("writing", writing);
    std::printf("\"before\": %.9f, \"after\": %.9f}\n", before, after);
}

}  // namespace

int main(int count, char** values) {
    if (count != 3) {
        std::fprintf(stderr, "usage: batch_times SCENARIO.yaml NEW.h5\n");
        return 2;
    }
    try {
        measure(values[1], values[2]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "batch_times: %s\n", error.what());
        return 1;
    }
    return 0;
}
