"""bench/scaling plays a run through rightly: cases that can be reckoned by hand."""

import importlib.machinery
import importlib.util
import unittest

from program import SOURCE, main

LOADER = importlib.machinery.SourceFileLoader("scaling", str(SOURCE / "bench/scaling"))
scaling = importlib.util.module_from_spec(importlib.util.spec_from_loader("scaling", LOADER))
LOADER.exec_module(scaling)


class Scaling(unittest.TestCase):
    def test_one_worker_does_everything_in_turn(self):
        self.assertAlmostEqual(scaling.seconds_of_batches([1, 2, 3], [0.1, 0.2, 0.3], 1), 6.6)

    def test_equal_batches_are_shared_out_in_rounds(self):
        for workers, rounds in ((1, 12), (2, 6), (5, 3), (12, 1), (64, 1)):
            self.assertAlmostEqual(scaling.seconds_of_batches([1] * 12, [0] * 12, workers), rounds)

    def test_whoever_is_free_takes_the_next_batch(self):
        # One works on 5; the other does 1, 1, 1, 1, 1.
        self.assertAlmostEqual(scaling.seconds_of_batches([5, 1, 1, 1, 1, 1], [0] * 6, 2), 5)

    def test_batches_are_written_one_at_a_time(self):
        # All are simulated after 1 s, and one worker then writes the eight.
        self.assertAlmostEqual(scaling.seconds_of_batches([1] * 8, [2] * 8, 8), 1 + 16)

    def test_nobody_runs_far_ahead_of_the_writer(self):
        # Two workers, a window of eight: batches 1 to 7 are done by 7 s, batch 8 waits for the first to be written.
        self.assertAlmostEqual(scaling.seconds_of_batches([100] + [1] * 8, [0] * 9, 2), 101)

    def test_more_workers_are_never_slower_where_writing_costs_nothing(self):
        batches = [1 + (7919 * i % 13) / 13 for i in range(200)]
        before = sum(batches)
        for workers in scaling.WORKERS:
            now = scaling.seconds_of_batches(batches, [0] * 200, workers)
            self.assertLessEqual(now, before + 1e-9)
            self.assertGreaterEqual(now, sum(batches) / workers - 1e-9)
            before = now


if __name__ == "__main__":
    main()
