"""The same bits, whatever the threads, the processor's instructions, the C library's path and the batches."""

import os
import subprocess
import sys

from program import SOURCE, ProgramTest, main, simulated_digest
from results_tables import Results, table_digests

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"

# Scenario, options for a short run, options for one of several batches to share out among threads.
STUDIES = {
    "the default study in small": ("tiny.yaml", ["--draws", "6"], ["--draws", "50"]),
    "the default study": (
        "single_vs_dual.yaml",
        ["--draws", "3", "--set", "design.central_units=2"],
        ["--draws", "30"],
    ),
    "three types of areas": ("area_types.yaml", ["--draws", "4"], ["--draws", "30"]),
    "every mechanism": (EVERY_MECHANISM, ["--draws", "12"], ["--draws", "90"]),
    "M2": ("verification/m2.yaml", ["--replications", "20"], ["--replications", "300"]),
}

# glibc's exp and log for processors without FMA: its spelling since glibc 2.33.
WITHOUT_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"}
LIBM = """
import hashlib, math
text = "".join(math.exp(i / 10007).hex() + math.log(1 + i / 7919).hex() for i in range(100000))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def processor_has(*flags):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("flags"):
                return set(flags) <= set(line.split())
    return False


class SameBits(ProgramTest):
    def digests(self, title, *options, environment=None):
        scenario, short, _ = STUDIES[title]
        file = self.simulate(scenario, "--force", *(options or short), environment=environment)
        return {"file": simulated_digest(file), **table_digests(file)}

    def test_for_any_number_of_threads(self):
        for title in STUDIES:
            with self.subTest(study=title):
                several = STUDIES[title][2]
                expected = self.digests(title, *several, "--threads", 1)
                self.assertGreaterEqual(len(expected), 5)
                run = Results(self.folder / "results.h5")
                self.assertGreater(run.units, 6 * run.batch_units, "too few batches for eight threads to share")
                for threads in (2, 3, 8):
                    with self.subTest(threads=threads):
                        self.assertEqual(self.digests(title, *several, "--threads", threads), expected)

    def test_for_any_instructions_of_the_processor_and_the_c_library(self):
        places = [{"VFM_SIMD": "baseline", **WITHOUT_FMA}, {"VFM_SIMD": "baseline"}, WITHOUT_FMA]
        if processor_has("avx2"):
            places.append({"VFM_SIMD": "avx2"})
        if processor_has("avx512f", "avx512dq", "avx512vl", "avx512bw"):
            places.append({"VFM_SIMD": "avx512"})
        for title in STUDIES:
            with self.subTest(study=title):
                expected = self.digests(title)
                for environment in places:
                    with self.subTest(**environment):
                        self.assertEqual(self.digests(title, environment=environment), expected)

    def test_the_other_path_of_the_c_library_is_another(self):
        """Otherwise the test above would prove nothing: on a processor with FMA, glibc's own exp and log change."""

        def hashed(environment):
            return subprocess.check_output([sys.executable, "-c", LIBM], env={**os.environ, **environment})

        same = hashed({}) == hashed(WITHOUT_FMA)
        self.assertEqual(same, not processor_has("fma"), "GLIBC_TUNABLES is spelt otherwise for this glibc")

    def test_an_unknown_path_is_refused(self):
        done = self.run_program("run", EVERY_MECHANISM, expect=2, environment={"VFM_SIMD": "mmx"})
        self.assertIn("VFM_SIMD", done.stderr)

    def test_of_the_draws_themselves_when_the_c_library_differs(self):
        """Parameter draws come from quantiles in long double: every distribution of the format is in this study."""
        options = ["--draws", 400, "--replications", 1]
        plain = Results(self.simulate(EVERY_MECHANISM, *options, name="plain.h5"))
        other = Results(self.simulate(EVERY_MECHANISM, *options, name="other.h5", environment=WITHOUT_FMA))
        self.assertGreater(len(plain.parameters), 12)
        for name, values in plain.parameters.items():
            self.assertEqual(values.tobytes(), other.parameters[name].tobytes(), name)

    def test_a_repeated_run_differs_in_provenance_alone(self):
        first = self.digests("every mechanism")
        self.assertEqual(self.digests("every mechanism"), first)

    def test_another_seed_gives_other_results(self):
        """So the digests do see what was simulated."""
        first, second = self.digests("every mechanism", "--seed", 7), self.digests("every mechanism", "--seed", 8)
        for table in ("summary", "groups", "costs", "timeline", "distributions", "parameters"):
            self.assertNotEqual(first[table], second[table], table)


class LongerRuns(ProgramTest):
    """What a unit gives depends on its own (draw, replication) alone: not on how many there are, nor on batches."""

    def rows(self, scenario, draws, *options):
        return Results(self.simulate(scenario, "--force", "--draws", draws, *options))

    def test_the_first_draws_of_a_longer_run_are_those_of_a_shorter_one(self):
        for sampling in ("monte_carlo", "sobol"):
            for scenario in ("tiny.yaml", EVERY_MECHANISM):
                with self.subTest(scenario=scenario, sampling=sampling):
                    setting = ["--set", f"design.sampling={sampling}"]
                    short, long = self.rows(scenario, 8, *setting), self.rows(scenario, 40, *setting)
                    self.assertEqual(short.summary.tobytes(), long.summary[:, :8].tobytes())
                    self.assertEqual(short.costs.tobytes(), long.costs[:, :8].tobytes())
                    self.assertEqual(short.by_group.tobytes(), long.by_group[:, :8].tobytes())
                    for name, values in short.parameters.items():
                        self.assertEqual(values.tobytes(), long.parameters[name][:8].tobytes(), name)

    def test_the_first_replications_of_one_draw_are_those_of_fewer(self):
        few = Results(self.simulate("verification/m2.yaml", "--replications", 10, name="few.h5"))
        many = Results(self.simulate("verification/m2.yaml", "--replications", 777, name="many.h5"))
        self.assertNotEqual(few.batch_units, many.batch_units, "runs of these lengths have batches of one size")
        self.assertEqual(few.summary.tobytes(), many.summary[:, :, :10].tobytes())


class ResultsRunAgain(ProgramTest):
    def test_the_scenario_in_a_results_file_gives_the_same_file_again(self):
        for title, (scenario, options, _) in STUDIES.items():
            with self.subTest(study=title):
                first = self.simulate(scenario, "--force", *options, "--seed", 20, name="first.h5")
                stored = self.write("stored.yaml", Results(first).scenario)
                again = self.simulate(stored, "--force", name="again.h5")
                self.assertEqual(simulated_digest(again), simulated_digest(first))
                self.assertEqual(Results(again).root["scenario_sha256"], Results(first).root["scenario_sha256"])


if __name__ == "__main__":
    main()
