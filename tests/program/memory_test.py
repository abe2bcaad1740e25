"""A run's memory does not grow with its draws: what is done is on the disk."""

import os
import subprocess

from program import ProgramTest, VFMSIM, main

# A few customers in a month, so that a hundred thousand draws take a second, and parameters enough to fill memory if
# they were kept: 100,000 draws of 20 are 16 MB.
STUDY = """\
format: vfm-scenario 1
title: A few customers
clock: {launch: 2015-01-01, funding_end: 2015-01-31}
money: {price_year: 2015, discount_rate: 0, perspectives: {all: [authority]}}
design: {sampling: monte_carlo, replications: 1, seed: 1}
parameters:
  service: {distribution: {lognormal: {mean: 1, sd: 0.2}}, unit: days, source: none, quality: assumption}
"""
UNUSED = "  spare_{}: {{distribution: {{uniform: {{low: 0, high: 1}}}}, unit: share, source: none, quality: assumption}}\n"
REST = """\
population:
  arrivals:
    customers: {entry: service, annual_volume: 365.25, stop_after: 4}
pathway:
  outcomes: [served]
  stages:
    service: {phase: assessment, lead_days: {lognormal: {mean: service, cv: 0.5}}, next: [{end: served}]}
authority: {unlimited: true, cost_per_hour: 25}
arms:
  only: {title: Only}
"""


class Memory(ProgramTest):
    def peak_of(self, draws):
        """The most memory that the run held at once, in kilobytes; at least this interpreter's own."""
        process = subprocess.Popen(
            [VFMSIM, "run", "study.yaml", "--draws", str(draws), "--threads", "2"]
            + ["-o", "results.h5", "--force", "--progress", "none"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return used.ru_maxrss

    def test_of_a_hundred_thousand_draws_is_that_of_a_thousand(self):
        self.write("study.yaml", STUDY + "".join(map(UNUSED.format, range(20))) + REST)
        few, many = self.peak_of(1000), self.peak_of(100_000)
        # Blocks of the tables are smaller when there are few draws: by a megabyte here, by eight at most.
        self.assertLess(many, few + 6_000, "kilobytes")
        self.assertLess(many, 64_000, "kilobytes")


if __name__ == "__main__":
    main()
