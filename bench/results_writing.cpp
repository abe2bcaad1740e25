// What writing costs, by study: the journal while it runs, and the results file at its end.
#include "vfm/experiment/compiled_study.hpp"
#include "vfm/results/journal.hpp"
#include "vfm/results/results_file.hpp"
#include "vfm/scenario/load.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>

namespace vfm::results {
namespace {

/// A study and how often it is replicated, so that it has as many families as bench/end_to_end measures.
struct Size {
    const char* scenario;
    const char* replications;
};
constexpr Size m1{"verification/m1.yaml", "600"};
constexpr Size m2{"verification/m2.yaml", "6000"};
constexpr Size default_study{"single_vs_dual.yaml", "2"};

/// A study whose batches have nothing in them, which cost what full ones do.
class EmptyStudy {
  public:
    explicit EmptyStudy(const Size& size)
        : scenario_(scenario::load_scenario(VFM_SOURCE_DIR "/scenarios/" + std::string(size.scenario),
                                            {{"design.replications", size.replications}})),
          study_(scenario_),
          header_(study_.header()),
          output_(std::filesystem::temp_directory_path() / "vfm_benchmark.h5"),
          journal_(journal_path(output_)) {}
    EmptyStudy(const EmptyStudy&) = delete;
    EmptyStudy& operator=(const EmptyStudy&) = delete;
    ~EmptyStudy() {
        std::error_code ignored;
        std::filesystem::remove(journal_, ignored);
        std::filesystem::remove(output_, ignored);
    }

    void write_journal() const {
        std::error_code ignored;
        std::filesystem::remove(journal_, ignored);
        JournalWriter writer = JournalWriter::create(journal_, header_, Overwrite::yes);
        Batch batch;
        for (std::uint64_t index = 0; index < study_.batches(); ++index) {
            batch = empty_batch(study_.layout(), study_.batch_units(), index);
            writer.append(batch);
        }
        writer.finish();
    }
    void build_file() const {
        build_results_file(JournalReader::open(journal_), provenance_here(), output_, Overwrite::yes);
    }
    [[nodiscard]] std::int64_t units() const { return static_cast<std::int64_t>(study_.layout().units()); }

  private:
    scenario::Scenario scenario_;
    experiment::CompiledStudy study_;
    RunHeader header_;
    std::filesystem::path output_;
    std::filesystem::path journal_;
};

void journal(benchmark::State& state, const Size& size) {
    const EmptyStudy study(size);
    for (auto _ : state) study.write_journal();
    state.SetItemsProcessed(state.iterations() * study.units());
}
BENCHMARK_CAPTURE(journal, M1, m1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(journal, M2, m2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(journal, default_study, default_study)->Unit(benchmark::kMillisecond);

void results_file(benchmark::State& state, const Size& size) {
    const EmptyStudy study(size);
    study.write_journal();
    for (auto _ : state) study.build_file();
    state.SetItemsProcessed(state.iterations() * study.units());
}
BENCHMARK_CAPTURE(results_file, M1, m1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(results_file, M2, m2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(results_file, default_study, default_study)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace vfm::results
