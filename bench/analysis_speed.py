#!/usr/bin/python3
"""How fast the analyses are, start-up and file read included, on 10,000 draws x 9 arms x 12 parameters.

    bench/analysis_speed.py out/bin/vfmsim [COMMAND ...]

Writes the sample into a folder of its own, imports it, runs each command five times (compare over 201 thresholds
without more) and prints the median wall time, the processor time and the largest memory. The sample has 9 arms because that is what
published timings of other packages have, and parameters that move costs and effects in straight lines.
"""

import csv
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

DRAWS, ARMS, PARAMETERS, RUNS = 10_000, 9, 12, 5


def write_sample(path):
    chance = random.Random(1)
    cost = [[300 * chance.gauss(0, 1) for _ in range(PARAMETERS)] for _ in range(ARMS)]
    effect = [[0.4 * chance.gauss(0, 1) for _ in range(PARAMETERS)] for _ in range(ARMS)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        names = [f"{what}_a{arm}" for what in ("cost", "effect") for arm in range(ARMS)]
        rows.writerow(["draw", *(f"p{i}" for i in range(PARAMETERS)), *names])
        for draw in range(DRAWS):
            p = [chance.gauss(0, 1) for _ in range(PARAMETERS)]
            costs = [1000 * arm + sum(a * b for a, b in zip(cost[arm], p)) for arm in range(ARMS)]
            effects = [arm / 2 + sum(a * b for a, b in zip(effect[arm], p)) for arm in range(ARMS)]
            rows.writerow([draw, *p, *costs, *effects])


def measure(arguments, folder):
    """Median wall time and mean processor time of some runs, seconds, and the largest memory of any child so far, MB."""
    times = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(arguments, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / RUNS
    return statistics.median(times), processor, after.ru_maxrss / 1024


def main(arguments):
    program = str(pathlib.Path(arguments[1]).resolve())
    commands = [line.split() for line in arguments[2:]] or [
        ["import", "psa.csv", "-o", "psa.h5", "--force"],
        ["compare", "psa.h5"],
        ["compare", "psa.h5", "--format", "json", "--no-store"],
        ["voi", "psa.h5", "--no-store", "--thresholds", "0:5000:201"],
        ["voi", "psa.h5", "--no-store", "--thresholds", "0:5000:201", "--group", "four=p0,p1,p2,p3"],
    ]
    with tempfile.TemporaryDirectory() as folder:
        write_sample(os.path.join(folder, "psa.csv"))
        subprocess.run([program, "import", "psa.csv"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for command in commands:
            seconds, processor, megabytes = measure([program, *command], folder)
            line = f"{seconds:7.3f} s  {processor:7.3f} s of processor  {megabytes:6.0f} MB at most"
            print(f"{line}  vfmsim {' '.join(command)}")


if __name__ == "__main__":
    main(sys.argv)
