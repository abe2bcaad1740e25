"""Simulates the studies whose hashes are stored, and stores them: run it when results are meant to change.

    VFMSIM=build/release/tools/vfmsim/vfmsim VFM_SOURCE=. /usr/bin/python3 -B tests/program/store_hashes.py

First raise `results_epoch` (include/vfm/core/version.hpp), which resuming and merging compare, and say in the
changelog why the numbers changed. stored_hashes_test.py holds every build against the stored hashes.
"""

import json
import pathlib
import re
import subprocess
import tempfile

from program import SCENARIOS, SOURCE, VFMSIM
from results_tables import table_digests

STORE = SOURCE / "tests/program/data/stored_hashes.json"

# Scenarios that stand on their own, so that new evidence changes none of them, and small: sanitizers run them too.
STUDIES = {
    "every_mechanism": [SOURCE / "tests/program/data/every_mechanism.yaml"],
    "every_mechanism_monte_carlo": [
        SOURCE / "tests/program/data/every_mechanism.yaml",
        *["--set", "design.sampling=monte_carlo", "--draws", "3", "--seed", "18446744073709551615"],
    ],
    "every_mechanism_area_types": [
        SOURCE / "tests/program/data/every_mechanism.yaml",
        *["--set", "areas.count=null", "--set", "areas.types={coast: {count: 1}, inland: {count: 1, demand: 1.3}}"],
    ],
    "m1": [SCENARIOS / "verification/m1.yaml", "--replications", "3"],
    "m2": [SCENARIOS / "verification/m2.yaml", "--replications", "5"],
    "m2b": [SCENARIOS / "verification/m2b.yaml", "--replications", "5"],
    "mg1": [SCENARIOS / "verification/mg1.yaml", "--replications", "2"],
    "one_decision": [SOURCE / "tests/program/data/one_decision.yaml", "--replications", "40"],
}


def results_epoch():
    """As the program itself says."""
    shown = subprocess.check_output([VFMSIM, "--version"], text=True)
    return int(re.search(r"results epoch (\d+)", shown)[1])


def simulated_hashes(study):
    """The digests of one study's tables, simulated now."""
    with tempfile.TemporaryDirectory() as folder:
        results = pathlib.Path(folder) / "results.h5"
        subprocess.run(
            [VFMSIM, "run", *map(str, STUDIES[study]), "-o", results, "--progress", "none"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return table_digests(results)


def main():
    """Writes the store anew."""
    studies = {study: simulated_hashes(study) for study in STUDIES}
    stored = {"results_epoch": results_epoch(), "studies": studies}
    STORE.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{STORE.name}: {len(studies)} studies, results epoch {stored['results_epoch']}")


if __name__ == "__main__":
    main()
