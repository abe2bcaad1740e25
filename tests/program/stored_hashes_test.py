"""Every build (Release, Debug, with sanitizers), on every machine, simulates the bits that are stored."""

import json
import unittest

import store_hashes
from program import main

MEANT = "if results are meant to change, raise results_epoch and run tests/program/store_hashes.py"


class StoredHashes(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.stored = json.loads(store_hashes.STORE.read_text(encoding="utf-8"))

    def test_are_of_this_results_epoch(self):
        self.assertEqual(store_hashes.results_epoch(), self.stored["results_epoch"], MEANT)

    def test_are_of_the_studies_simulated_here(self):
        self.assertEqual(set(self.stored["studies"]), set(store_hashes.STUDIES), MEANT)
        for study in store_hashes.STUDIES:
            with self.subTest(study=study):
                self.assertEqual(store_hashes.simulated_hashes(study), self.stored["studies"][study], MEANT)


if __name__ == "__main__":
    main()
