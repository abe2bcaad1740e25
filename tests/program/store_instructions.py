"""Counts the instructions that a family costs in two studies, and stores them with a ceiling 3 % above.

    VFMSIM=build/release/tools/vfmsim/vfmsim VFM_SOURCE=. /usr/bin/python3 -B tests/program/store_instructions.py

Run it when a family has become cheaper, so that the ceiling comes down with it. When one has become dearer on purpose,
the commit that stores the new figure says what was bought with it. instructions_test.py holds the release build
against the ceilings.

Instructions are counted by valgrind's callgrind, which gives the same figure on a busy machine as on a quiet one, and
on AVX2 kernels, because it does not know AVX-512. Each study is simulated in two sizes: what is the same in both (start,
reading the scenario, the file's names) cancels, and what is left is divided by the measured families of the difference.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile

from program import SCENARIOS, SOURCE, VFMSIM

STORE = SOURCE / "tests/program/data/instruction_ceilings.json"
HEAD_ROOM = 1.03
RULE = (
    "Instructions for each family, counted by store_instructions.py, which rewrites this file; tests fail above the "
    "ceiling. A figure that rises needs its reason in the commit that stores it."
)

# Study -> what is run in both sizes, and what makes the two sizes. The default study's draws count as well: values of
# parameters and what follows from them are part of what its families cost.
STUDIES = {
    "m2": ([SCENARIOS / "verification/m2.yaml"], ["--replications", "20"], ["--replications", "60"]),
    "default_study": (
        [SCENARIOS / "single_vs_dual.yaml", "--set", "design.central_units=0"],
        ["--draws", "1"],
        ["--draws", "3"],
    ),
}


def count(arguments):
    """Runs a study under callgrind: (instructions, measured families over arms, draws and replications)."""
    import h5py

    with tempfile.TemporaryDirectory() as folder:
        results = pathlib.Path(folder) / "results.h5"
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind.out", VFMSIM, "run"]
            + [*map(str, arguments), "-o", results, "--threads", "1", "--progress", "none"],
            env={**os.environ, "VFM_SIMD": "avx2"},
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"callgrind of {arguments} failed:\n{done.stderr}")
        with h5py.File(results, "r") as file:
            measures = [name.decode() for name in file["summary/measure"][()]]
            families = file["summary/value"][..., measures.index("families")].sum()
    return int(re.search(r"Collected : (\d+)", done.stderr)[1]), families


def instructions_a_family(study):
    """Counted now."""
    shared, small, large = STUDIES[study]
    (fewer, small_families), (more, large_families) = count(shared + small), count(shared + large)
    return (more - fewer) / (large_families - small_families)


def main():
    """Writes the store anew and says what changed."""
    before = json.loads(STORE.read_text(encoding="utf-8"))["studies"] if STORE.exists() else {}
    studies = {}
    for study in STUDIES:
        counted = round(instructions_a_family(study))
        studies[study] = {"counted": counted, "ceiling": round(HEAD_ROOM * counted)}
        old = before.get(study, {}).get("counted")
        rises = old is not None and counted > old
        print(f"{study}: {counted:,}, before {old}" + (": say in the commit what this rise is for" if rises else ""))
    STORE.write_text(json.dumps({"rule": RULE, "studies": studies}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
