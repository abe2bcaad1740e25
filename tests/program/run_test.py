"""`vfmsim run`: what it leaves, what it says while it works, and how it stops."""

import os
import pathlib
import pty
import resource
import select
import signal
import subprocess
import time

from program import DONE, RUN_FAILED, SCENARIOS, SOURCE, STOPPED_EARLY, VFMSIM, WRONG_INPUT, ProgramTest, main
from results_tables import Results, table_digests

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"
OLDER = b"\x89HDF\r\n\x1a\nan older results file"
LONG = [SCENARIOS / "single_vs_dual.yaml", "--draws", "4000"]  # minutes


class RunTest(ProgramTest):
    def assert_left(self, *names):
        """These files are in the test's folder, and no others: nothing half-written either."""
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), sorted(names))

    def wait_for_progress(self, process):
        """The first line on standard error, which comes while the run is under way."""
        line = process.stderr.readline()
        self.assertIn("%", line, process.stderr.read() if process.poll() is not None else line)
        self.assertIsNone(process.poll(), "the run was over before it could be interrupted")
        return line

    def wait_for_file(self, process, name):
        """Until the run, which goes on, has made the file."""
        while not (self.folder / name).exists():
            self.assertIsNone(process.poll(), f"the run was over without {name}")
            time.sleep(0.005)


class Output(RunTest):
    def test_the_results_file_has_the_scenarios_name_unless_told_otherwise(self):
        done = self.run_program("run", EVERY_MECHANISM, "--draws", 1)
        self.assertIn("every_mechanism.h5", done.stdout)
        self.assert_left("every_mechanism.h5")

    def test_options_override_the_scenario(self):
        file = self.simulate(EVERY_MECHANISM, "--draws", 3, "--replications", 5, "--seed", 99, "--set", "areas.count=1")
        results = Results(file)
        self.assertEqual(results.summary.shape[:3], (4, 3, 5))
        self.assertEqual(results.root["seed"], 99)
        self.assertIn("count: 1", results.scenario)

    def test_an_existing_file_is_refused_and_untouched(self):
        file = self.write("results.h5", "mine")
        self.assert_refused("run", EVERY_MECHANISM, "-o", file, saying=["results.h5", "exists already", "--force"])
        self.assertEqual(file.read_text(encoding="utf-8"), "mine")
        self.assert_left("results.h5")

    def test_an_existing_file_is_replaced_when_told_to(self):
        file = self.folder / "results.h5"
        file.write_bytes(OLDER)
        self.run_program("run", EVERY_MECHANISM, "--draws", 1, "-o", file, "--force")
        self.assertEqual(len(Results(file).arms), 4)
        self.assert_left("results.h5")

    def test_what_is_no_results_file_is_never_replaced(self):
        study = self.write("study.yaml", pathlib.Path(EVERY_MECHANISM).read_text(encoding="utf-8"))
        before = study.read_bytes()
        self.assert_refused("run", study, "-o", study, "--force", saying=["study.yaml", "no results file"])
        self.assertEqual(study.read_bytes(), before)
        self.assert_left("study.yaml")

    def test_a_folder_is_not_replaced(self):
        (self.folder / "results.h5").mkdir()
        for options in ([], ["--force"]):
            self.assert_refused("run", EVERY_MECHANISM, "-o", "results.h5", *options, saying="results.h5")
        self.assert_left("results.h5")

    def test_a_folder_that_is_none_or_not_there_is_said_before_the_run(self):
        """As root, permissions stop nobody; a path that leads through a file stops everybody."""
        self.write("plain", "a file")
        for where in ("plain/results.h5", "nowhere/results.h5"):
            with self.subTest(where=where):
                done = self.assert_refused("run", *LONG, "-o", where, expect=RUN_FAILED)
                self.assertIn(where.split("/", maxsplit=1)[0], done.stderr)
                self.assertNotIn("%", done.stderr, "it should have been said before the run")
        self.assert_left("plain")

    def test_a_link_to_nowhere_is_an_existing_file(self):
        (self.folder / "results.h5").symlink_to("nowhere.h5")
        self.assert_refused("run", EVERY_MECHANISM, "-o", "results.h5", saying="exists already")
        self.assert_left("results.h5")


class FullDisk(RunTest):
    """A file may not grow beyond a limit: the next write fails as on a full disk, wherever in the run it is."""

    def test_it_fails_with_a_reason_and_leaves_nothing(self):
        whole = self.simulate(EVERY_MECHANISM)
        size = whole.stat().st_size
        whole.unlink()
        for limit in (100, 4096, size // 4, size // 2, size - 1000):
            with self.subTest(limit=limit):
                done = subprocess.run(
                    [VFMSIM, "run", EVERY_MECHANISM, "-o", "results.h5"],
                    cwd=self.folder,
                    capture_output=True,
                    text=True,
                    check=False,
                    preexec_fn=lambda most=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
                )
                self.assertEqual(done.returncode, RUN_FAILED, done.stderr)
                self.assertIn("vfmsim: error: cannot write to", done.stderr)
                self.assertIn("results.h5", done.stderr)
                self.assertEqual(done.stderr.count("vfmsim: error"), 1, done.stderr)
                self.assert_left()

    def test_an_existing_file_survives(self):
        file = self.folder / "results.h5"
        file.write_bytes(OLDER)
        subprocess.run(
            [VFMSIM, "run", EVERY_MECHANISM, "-o", file, "--force"],
            capture_output=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        )
        self.assertEqual(file.read_bytes(), OLDER)
        self.assert_left("results.h5")


class Interrupted(RunTest):
    def test_ctrl_c_stops_cleanly(self):
        for name in ("SIGINT", "SIGTERM"):
            with self.subTest(signal=name):
                process = self.start("run", *LONG, "-o", "results.h5")
                self.wait_for_progress(process)
                process.send_signal(getattr(signal, name))
                output, messages = process.communicate(timeout=120)
                self.assertEqual(process.returncode, STOPPED_EARLY, messages)
                self.assertEqual(output, "")
                self.assertIn("vfmsim: stopped", messages)
                self.assert_left()

    def test_ctrl_c_leaves_an_older_file_alone(self):
        file = self.folder / "results.h5"
        file.write_bytes(OLDER)
        process = self.start("run", *LONG, "-o", file, "--force")
        self.wait_for_progress(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, STOPPED_EARLY)
        self.assertEqual(file.read_bytes(), OLDER)
        self.assert_left("results.h5")

    def test_a_killed_run_leaves_its_journal_which_the_next_replaces_when_told_to(self):
        undisturbed = table_digests(self.simulate(EVERY_MECHANISM, name="undisturbed.h5"))
        process = self.start("run", *LONG, "-o", "results.h5")
        self.wait_for_file(process, "results.h5.journal")
        process.kill()
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assert_left("results.h5.journal", "undisturbed.h5")
        self.assert_refused("run", EVERY_MECHANISM, "-o", "results.h5", saying=["an interrupted run's", "--force"])
        self.assert_left("results.h5.journal", "undisturbed.h5")
        file = self.simulate(EVERY_MECHANISM, "--force")
        self.assertEqual(table_digests(file), undisturbed)
        self.assert_left("results.h5", "undisturbed.h5")


class OneOutput(RunTest):
    """Of two runs that would write the same file, the second is refused, whatever the first is at."""

    WORDS = ["another vfmsim is writing", "results.h5.journal", "wait until it has ended, or name another output"]

    def test_while_the_first_simulates(self):
        process = self.start("run", *LONG, "-o", "results.h5")
        self.wait_for_progress(process)
        for force in ([], ["--force"]):
            self.assert_refused("run", EVERY_MECHANISM, "-o", "results.h5", *force, saying=self.WORDS)
        self.assert_left("results.h5.journal")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, STOPPED_EARLY)
        self.assert_left()

    def test_while_the_first_builds_its_file(self):
        undisturbed = table_digests(self.simulate(EVERY_MECHANISM, name="undisturbed.h5"))
        process = self.stopped_while_it_builds("run", EVERY_MECHANISM, "-o", "results.h5", "--force")
        self.assert_refused("run", EVERY_MECHANISM, "-o", "results.h5", "--force", saying=self.WORDS)
        self.assert_left("results.h5.journal", "results.h5.tmp", "undisturbed.h5")
        process.send_signal(signal.SIGCONT)
        _, messages = process.communicate(timeout=120)
        self.assertEqual(process.returncode, DONE, messages)
        self.assertEqual(table_digests(self.folder / "results.h5"), undisturbed)
        self.assert_left("results.h5", "undisturbed.h5")

    def stopped_while_it_builds(self, *arguments):
        """A run that is stopped between simulating and giving the file its name: some milliseconds, so it may take
        more than one run to meet them."""
        for _ in range(100):
            process = self.start(*arguments)
            while process.poll() is None:
                if (self.folder / "results.h5.tmp").exists():
                    process.send_signal(signal.SIGSTOP)
                    self.wait_until_stopped(process)
                    if (self.folder / "results.h5.tmp").exists():
                        return process
                    process.send_signal(signal.SIGCONT)
                    break
            process.communicate(timeout=120)
        self.fail("no run was met while it built its file")

    def wait_until_stopped(self, process):
        status = pathlib.Path(f"/proc/{process.pid}/status")
        while "\nState:\tT" not in status.read_text(encoding="utf-8"):
            self.assertIsNone(process.poll(), "the run ended as it was stopped")
            time.sleep(0.001)


class FailingDraws(RunTest):
    """Two shares that add up to more than 1 in some draws: nothing that could be seen before the run."""

    def setUp(self):
        super().setUp()
        uncertain = "distribution: {uniform: {low: 0, high: 0.65}}, unit: share, source: none, quality: expert"
        self.scenario = self.write(
            "failing.yaml",
            f"""
format: vfm-scenario 1
title: Shares that do not fit
extends: {os.path.relpath(EVERY_MECHANISM, self.folder.resolve())}
design: {{draws: 200}}
parameters:
  first_share: {{{uncertain}}}
  second_share: {{{uncertain}}}
population: {{attributes: {{language: {{levels: {{other: first_share, welsh: second_share, english: rest}}}}}}}}
""",
        )

    def test_one_is_named_and_nothing_is_left(self):
        done = self.run_program("run", self.scenario, expect=WRONG_INPUT)
        self.assertRegex(done.stderr, r"vfmsim: error: draw \d+, replication 0: .*language")
        self.assert_left("failing.yaml")

    def test_it_is_the_first_for_any_number_of_threads(self):
        said = {
            self.run_program(
                "run", self.scenario, "--threads", threads, "--progress", "none", expect=WRONG_INPUT
            ).stderr
            for threads in (1, 2, 8)
        }
        self.assertEqual(len(said), 1, said)


class Progress(RunTest):
    def test_it_is_there_from_the_start(self):
        process = self.start("run", *LONG, "-o", "results.h5")
        line = self.wait_for_progress(process)
        self.assertRegex(line, r"^ *0\.\d %, \d+ of 8064 units")

    def test_in_a_log_it_is_plain_lines_on_standard_error(self):
        for style in ([], ["--progress", "auto"], ["--progress", "plain"]):
            with self.subTest(style=style):
                done = self.run_program("run", EVERY_MECHANISM, "--force", *style)
                self.assertNotIn("%", done.stdout)
                self.assertNotIn("\r", done.stderr)
                self.assertNotIn("\x1b", done.stderr)
                self.assertRegex(done.stderr.splitlines()[0], r"^ *\d+\.\d %, \d+ of 15 units")
                self.assertRegex(done.stderr.splitlines()[-1], r"^100\.0 %, 15 of 15 units")

    def test_none_is_silent(self):
        done = self.run_program("run", EVERY_MECHANISM, "--progress", "none")
        self.assertEqual(done.stderr, "")

    def test_an_unknown_style_is_refused(self):
        self.assert_refused("run", EVERY_MECHANISM, "--progress", "fancy", saying=["fancy", "plain"])
        self.assert_left()

    def test_on_a_terminal_it_is_one_live_line(self):
        terminal, its_other_end = pty.openpty()
        process = subprocess.Popen(
            [VFMSIM, "run", EVERY_MECHANISM, "--draws", "60"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=its_other_end,
        )
        os.close(its_other_end)
        output, _ = process.communicate(timeout=300)
        shown = b""
        while select.select([terminal], [], [], 0)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(terminal)
        self.assertEqual(process.returncode, DONE)
        self.assertNotIn(b"\r", output)
        text = shown.decode()
        self.assertIn("100.0 %, 123 of 123 units", text)
        self.assertGreaterEqual(text.count("\r"), 2)
        self.assertIn("\x1b[K", text)
        self.assertEqual(text.count("\n"), 1, "one line, ended at the end")


class Memory(RunTest):
    def peak(self, draws):
        """Peak resident memory of a run, MiB."""
        process = subprocess.Popen(
            [VFMSIM, "run", EVERY_MECHANISM, "-o", f"{draws}.h5", "--draws", str(draws), "--threads", "2"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, DONE)
        return usage.ru_maxrss / 1024

    def test_is_flat_in_draws(self):
        few, many = self.peak(32), self.peak(256)
        self.assertLess(many - few, 10)
        self.assertLess(many, 64)


if __name__ == "__main__":
    main()
