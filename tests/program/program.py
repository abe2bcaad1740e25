"""The installed program as tests see it: run it in a folder of one's own, look at what it says and leaves.

CTest sets the environment (tests/program/CMakeLists.txt): VFMSIM is the installed program, VFM_SOURCE the
repository, VFM_BUILD the build folder.
"""

import csv
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

VFMSIM = os.environ["VFMSIM"]
SOURCE = pathlib.Path(os.environ["VFM_SOURCE"])
SCENARIOS = SOURCE / "scenarios"

DONE = 0
RUN_FAILED = 1
WRONG_INPUT = 2
STOPPED_EARLY = 3


class ProgramTest(unittest.TestCase):
    """A test case with a folder of its own (self.folder), in which the program runs and which goes afterwards."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vfmsim-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, *arguments, environment=None):
        """Starts the program and gives its Popen: for tests that interrupt it."""
        process = subprocess.Popen(
            [VFMSIM, *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(end, process)
        return process

    def run_program(self, *arguments, expect=DONE, environment=None, timeout=300):
        """Runs the program to its end, which must be the exit code `expect`; gives the CompletedProcess."""
        process = self.start(*arguments, environment=environment)
        output, messages = process.communicate(timeout=timeout)
        done = subprocess.CompletedProcess(process.args, process.returncode, output, messages)
        self.assertEqual(
            done.returncode,
            expect,
            f"exit code of: {' '.join(done.args)}\n--- output\n{output}\n--- messages\n{messages}",
        )
        return done

    def write(self, name, text):
        """Writes a file into the test's folder and gives its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def simulate(self, scenario, *options, name="results.h5", environment=None):
        """Runs a study (a file of scenarios/ by name, or a path) and gives the path of its results file."""
        results = self.folder / name
        self.run_program("run", SCENARIOS / scenario, "-o", results, *options, environment=environment)
        self.assertTrue(results.exists(), f"{results.name} was not written")
        return results

    def simulated_before(self, scenario, *options, name="results.h5"):
        """A file as `simulate` gives, of a study of scenarios/: one run for all tests that only look at its file."""
        kept = shared_run(scenario, options)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Another test may be at it: each writes its own file, and the last to come gives the name to its.
            self.simulate(scenario, *options, name=name).replace(kept.with_suffix(f".{os.getpid()}"))
            kept.with_suffix(f".{os.getpid()}").replace(kept)
        return pathlib.Path(shutil.copy(kept, self.folder / name))

    def table(self, *arguments):
        """The rows a command prints with --format csv, each a dictionary by column name."""
        return list(csv.DictReader(io.StringIO(self.run_program(*arguments, "--format", "csv").stdout)))

    def document(self, *arguments):
        """What a command prints with --format json."""
        return json.loads(self.run_program(*arguments, "--format", "json").stdout)

    def assert_refused(self, *arguments, saying=(), expect=WRONG_INPUT):
        """The program refuses: this exit code, each of the words in its messages, nothing on standard output."""
        done = self.run_program(*arguments, expect=expect)
        self.assertEqual(done.stdout, "", "a refusal belongs on standard error")
        for words in [saying] if isinstance(saying, str) else saying:
            self.assertIn(words, done.stderr)
        return done

    def assert_close(self, value, expected, standard_error, errors=4.0, what="value"):
        """|value - expected| is within so many standard errors; at 4 a sound program fails 6 times in 100,000."""
        self.assertGreater(standard_error, 0.0, f"{what}: a standard error is positive")
        self.assertLessEqual(
            abs(value - expected),
            errors * standard_error,
            f"{what}: {value} is not {expected} within {errors} standard errors of {standard_error}",
        )


def shared_run(scenario, options):
    """Where the file of such a run of this program and these scenarios is kept."""
    program = os.stat(VFMSIM)
    key = hashlib.sha256(repr((program.st_mtime_ns, program.st_size, str(scenario), options)).encode())
    for path in sorted(SCENARIOS.rglob("*.yaml")):
        key.update(path.read_bytes())
    return pathlib.Path(os.environ["VFM_BUILD"]) / "shared_runs" / f"{key.hexdigest()[:32]}.h5"


def end(process):
    """Ends a process that a test left running."""
    if process.poll() is None:
        process.kill()
    process.communicate()


def simulated_digest(results):
    """SHA-256 of everything a run simulated: every dataset and attribute but /provenance, in order of their names."""
    import h5py
    import numpy

    digest = hashlib.sha256()

    def add(path, node):
        if path.split("/")[0] == "provenance":
            return
        digest.update(path.encode())
        for key in sorted(node.attrs):
            # References between datasets and their dimension scales are addresses in the file, not results.
            if key not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                digest.update(f"@{key}={node.attrs[key]!r}".encode())
        if isinstance(node, h5py.Dataset):
            digest.update(f"{node.shape}{node.dtype}".encode())
            values = numpy.asarray(node[()])
            digest.update(values.tobytes() if values.dtype.kind in "iuf" else repr(values.tolist()).encode())

    with h5py.File(results, "r") as file:
        add("", file)
        names = []
        file.visit(names.append)
        for name in sorted(names):
            add(name, file[name])
    return digest.hexdigest()


def main():
    """Runs the calling script's tests, one line each."""
    unittest.main(verbosity=2)
