"""Whatever is given to the program: exit code 2, a message that says what is wrong, nothing written, no crash.

Runs with every sanitizer, too: a fault that one finds ends the program with another exit code.
"""

import os
import random
import re
import shutil

import h5py
from program import SCENARIOS, SOURCE, WRONG_INPUT, main
from refusals import BadInput

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"
TINY = SCENARIOS / "tiny.yaml"
COMMANDS = ("check", "describe", "run", "compare")
OF_SCENARIOS = ("check", "describe", "run")

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
HDF5 = b"\x89HDF\r\n\x1a\n"
PLACE = re.compile(r"^\S+\.yaml:\d+:\d+: error: ", re.MULTILINE)

SANITIZED = bool(os.environ.get("VFM_SANITIZER"))


class Files(BadInput):
    def files(self):
        """Name -> path of something that is no scenario and no results file."""
        contents = {
            "empty": b"",
            "png": PNG,
            "hdf5_signature": HDF5,
            "zeros": bytes(4096),
            "noise": random.Random(1).randbytes(10000),
            "text": b"Dear Sir or Madam\n",
            "csv": b"arm,draw,cost\nnone,0,1\n",
            "latin_1": "title: caf\xe9\n".encode("latin-1"),
            "utf_16": "title: study\n".encode("utf-16"),
            "one_byte": b"\x00",
            "only_comments": b"# nothing\n\n# here\n",
            "a_list": b"- a\n- b\n",
            "a_number": b"42\n",
            "a_null": b"~\n",
        }
        for name, content in contents.items():
            for ending in (".yaml", ".h5", ""):
                path = self.folder / (name + ending)
                path.write_bytes(content)
                yield name, path

    def test_of_other_kinds(self):
        for name, path in self.files():
            for command in COMMANDS if not SANITIZED or not path.suffix else ("check", "compare"):
                with self.subTest(command=command, file=path.name):
                    self.refuse(command, path, saying=path.name)

    def test_that_are_not_there(self):
        for command in COMMANDS:
            for path in ("nowhere.yaml", "nowhere.h5", "no/where.h5", "", "x" * 300, "x" * 5000):
                with self.subTest(command=command, path=path[:20]):
                    done = self.run_program(command, path, "--help", expect=0)
                    self.assertEqual(done.stderr, "", "--help needs no file")
                    self.refuse(command, path, saying=path)

    def test_that_are_folders(self):
        (self.folder / "folder.yaml").mkdir()
        (self.folder / "folder.h5").mkdir()
        for command in COMMANDS:
            for path in ("folder.yaml", "folder.h5", "/", "."):
                with self.subTest(command=command, path=path):
                    self.refuse(command, path)

    def test_that_are_pipes_or_devices(self):
        """A pipe may be a scenario (a shell's substitution of a command), but never a results file."""
        os.mkfifo(self.folder / "pipe.h5")
        self.refuse("compare", "pipe.h5")
        for command in COMMANDS:
            for path in ("/dev/null", "/dev/zero"):
                with self.subTest(command=command, path=path):
                    self.refuse(command, path)

    def test_scenarios_given_for_results_and_results_for_scenarios(self):
        results = self.simulated_before(TINY, "--draws", 1)
        self.refuse("compare", TINY, saying="tiny.yaml")
        for command in OF_SCENARIOS:
            self.refuse(command, results, saying="results.h5")

    def test_results_that_are_cut_off_or_changed(self):
        file = self.simulated_before(TINY, "--draws", 1)
        whole = file.read_bytes()
        damaged = self.folder / "damaged.h5"
        for length in (1, 7, 8, 100, 2048, len(whole) // 2, len(whole) - 21):
            with self.subTest(length=length):
                damaged.write_bytes(whole[:length])
                self.refuse("compare", damaged, saying="damaged.h5")
        chance = random.Random(2)
        for _ in range(10 if SANITIZED else 30):
            place = chance.randrange(len(whole))
            with self.subTest(changed=place):
                byte = bytes([whole[place] ^ 1 << chance.randrange(8)])
                damaged.write_bytes(whole[:place] + byte + whole[place + 1 :])
                self.refuse("compare", damaged, saying="damaged.h5")

    def test_hdf5_of_somebody_else(self):
        foreign = self.folder / "foreign.h5"
        with h5py.File(foreign, "w") as file:
            file["data"] = range(10)
        self.refuse("compare", foreign, saying="foreign.h5")

    def test_a_newer_format(self):
        results = self.simulated_before(TINY, "--draws", 1)
        with h5py.File(results, "r+") as file:
            file.attrs["format_version"] = "2.0"
        self.refuse("compare", results, saying="2.0")

    def test_an_unsealed_copy_with_wrong_tables(self):
        """Written anew by h5py it has no seal, so every table must be looked at."""
        results = self.simulated_before(TINY, "--draws", 1)
        for path in ("summary/value", "summary/measure", "arms/arm", "ratios/numerator", "costs/value", "groups/group"):
            for change in ("gone", "text", "smaller"):
                with self.subTest(table=path, change=change):
                    changed = self.folder / "changed.h5"
                    shutil.copy(results, changed)
                    with h5py.File(changed, "r+") as file:
                        value = file[path][()]
                        del file[path]
                        if change == "text":
                            file[path] = "nothing"
                        elif change == "smaller":
                            file[path] = value[..., :-1] if value.ndim else value
                    done = self.start("compare", changed)
                    _, message = done.communicate(timeout=60)
                    self.assertIn(done.returncode, (0, WRONG_INPUT), message)
                    if done.returncode:
                        self.assert_clear(message)


class CommandLine(BadInput):
    def test_no_command(self):
        done = self.run_program(expect=WRONG_INPUT)
        self.assertIn("vfmsim COMMAND", done.stderr)

    def test_unknown_commands(self):
        for given, nearest in (("chek", "check"), ("Run", "run"), ("compar", "compare"), ("descrbe", "describe")):
            self.refuse(given, TINY, saying=f"did you mean '{nearest}'")
        for given in ("", "--", "-x", "merge-sort", "\x01", "x" * 10000, "\u00e9"):
            with self.subTest(command=given[:20]):
                self.refuse(given)

    def test_unknown_options(self):
        for command in COMMANDS:
            for option in ("--nonsense", "-z", "--forse", "--thread=2", "--", "---", "--=", "-"):
                with self.subTest(command=command, option=option):
                    self.refuse(command, option)
        self.refuse("run", TINY, "--thread", 2, saying="--threads")
        self.refuse("run", TINY, "--forse", saying="--force")

    def test_of_the_schema(self):
        for arguments in (["--nonsense"], ["file.yaml"], ["--reference=1"], ["-z"]):
            with self.subTest(arguments=arguments):
                self.refuse("schema", *arguments)

    def test_a_wrong_number_of_files(self):
        for command in COMMANDS:
            self.refuse(command, saying=command)
            self.refuse(command, TINY, TINY, saying=command)

    def test_an_option_without_its_value_or_given_twice(self):
        for option in ("--output", "--draws", "--set", "--threads", "--progress", "--seed"):
            self.refuse("run", TINY, option)
        self.refuse("run", TINY, "--draws", 1, "--draws", 2, saying="draws")
        self.refuse("run", TINY, "--force=yes")

    def test_numbers(self):
        for option in ("--draws", "--replications", "--threads"):
            for given in ("0", "-1", "1.5", "1e9x", "1e3", "", "0x10", "+1", "99999999999999999999999", "NaN",
                          "4294967297", "one", "\u0661"):  # fmt: skip
                with self.subTest(option=option, given=given):
                    self.refuse("run", TINY, f"{option}={given}", saying=option.strip("-"))
        for given in ("-1", "1.5", "18446744073709551616", "", "x"):
            with self.subTest(seed=given):
                self.refuse("check", TINY, f"--seed={given}", saying="seed")

    def test_settings(self):
        for given in ("nonsense", "=", "=1", "a=", "authority.caseworkers", "authority.caseworker=3", "authority..x=1",
                      ".=1", "authority.caseworkers=many", "authority.caseworkers=-3", "authority.caseworkers=[1",
                      "pathway.stages.*=1", "*=1", "pathway.stages.request.next.99.probability=0.1", "arms=3",
                      "authority.caseworkers={a: {b: [}", "design.seed=&a [*a]", "title=" + "[" * 200,
                      "x" * 5000 + "=1",
                      "clock.launch=2014-02-30", "design.sampling=sobel", "format=vfm-scenario 2"):  # fmt: skip
            with self.subTest(given=given[:40]):
                self.refuse("check", TINY, "--set", given)
        self.refuse("check", TINY, "--set", "authority.caseworker=3", saying="caseworkers")
        self.refuse("check", TINY, "--set", "design.sampling=sobel", saying="sobol")

    def test_a_study_too_large_is_refused_before_it_fills_the_machine(self):
        self.refuse("run", TINY, "--draws", "4294967296", "--replications", "1048576")


class Scenarios(BadInput):
    def refuse_text(self, text, *saying):
        return self.refuse("check", self.write("study.yaml", text), saying=saying)

    def refuse_change(self, old, new, *saying, count=1):
        text = EVERY_MECHANISM.read_text(encoding="utf-8")
        self.assertIn(old, text)
        return self.refuse_text(text.replace(old, new, count), *saying)

    def test_a_fault_is_told_with_its_place_and_the_nearest_name(self):
        text = EVERY_MECHANISM.read_text(encoding="utf-8")
        for old, new, nearest in (
            ("  launch: 2014", "  lunch: 2014", "launch"),
            ("{to: dispute_over_refusal,", "{to: dispute_over_refusel,", "dispute_over_refusal"),
            ("base: uptake", "base: uptaek", "uptake"),
            ("when: need.complex, odds", "when: need.complx, odds", "need.complex"),
            ("kinds: [paid]", "kinds: [payed]", "paid"),
            ("use: mixed", "use: mixd", "mixed"),
            ("reference_arm: none", "reference_arm: nobody_", ""),
            ("quality: survey}", "quality: servey}", "survey"),
            ("payer: tribunal", "payer: tribunel", "tribunal"),
            ("phase: sign_off", "phase: signoff", "sign_off"),
            ("between: [appeal_cost", "between: [apeal_cost", "appeal_cost"),
        ):
            with self.subTest(change=new):
                said = self.refuse_change(old, new)
                wrong = text[: text.index(old)] + new
                line = wrong.count("\n") + 1
                self.assertRegex(said, rf"(?m)^\S*study\.yaml:{line}:\d+: error: ")
                self.assertIn(nearest, said)

    def test_every_fault_is_told_not_only_the_first(self):
        text = EVERY_MECHANISM.read_text(encoding="utf-8")
        for old, new in (("launch:", "lunch:"), ("base: uptake", "base: uptaek"), ("use: mixed", "use: mixd")):
            text = text.replace(old, new, 1)
        said = self.refuse_text(text, "launch", "uptake", "mixed")
        self.assertGreaterEqual(len(PLACE.findall(said)), 3)

    def test_values_that_cannot_be(self):
        for old, new in (
            ("caseworkers: 2", "caseworkers: -2"),
            ("caseworkers: 2", "caseworkers: .inf"),
            ("caseworkers: 2", "caseworkers: .nan"),
            ("caseworkers: 2", "caseworkers: 1e400"),
            ("caseworkers: 2", "caseworkers: 0x2"),
            ("caseworkers: 2", "caseworkers: 010"),
            ("caseworkers: 2", 'caseworkers: "2"'),
            ("caseworkers: 2", "caseworkers: {}"),
            ("caseworkers: 2", "caseworkers:"),
            ("probability: 0.42", "probability: 1.42"),
            ("launch: 2014-09-01", "launch: 2014-09-31"),
            ("launch: 2014-09-01", "launch: 2018-09-01"),
            ("launch: 2014-09-01", "launch: tomorrow"),
            ("horizon: 2016-12-31", "horizon: 9999-12-31"),
            ("draws: 6", "draws: 0"),
            ("sampling: sobol", "sampling: dice"),
            ("spearman: 0.6", "spearman: 1.6"),
            ("alpha: 27", "alpha: 0"),
            ("{low: 0.1, high: 0.3}", "{low: 0.3, high: 0.1}"),
            ("{mean: 0.3, sd: 0.05}", "{mean: -0.3, sd: 0.05}"),
            ("truncate: [4, null]", "truncate: [4, 3]"),
            ("complex: 0.35, standard: rest", "complex: rest, standard: rest"),
            ("complex: 0.35, standard: rest", "complex: 0.35, standard: 0.35"),
            ("given: who", "given: age"),
            ("{feels_supported: 0.4,", "{feels_supported: 0.9,"),
            ("amount: 30000", "amount: 1000"),
            ("next: [{to: follow_up}]", "next: []"),
            ("next: [{to: draft}]", "next: [{to: draft, end: plan}]"),
            ("outcomes: [plan, refused]", "outcomes: [plan, plan]"),
            ("title: Every mechanism", ""),
            ("format: vfm-scenario 1", "format: vfm-scenario 7"),
            ("format: vfm-scenario 1", ""),
        ):
            with self.subTest(change=new):
                command = "describe" if old.startswith("amount") else "check"
                text = EVERY_MECHANISM.read_text(encoding="utf-8")
                self.assertIn(old, text)
                self.refuse(command, self.write("study.yaml", text.replace(old, new, 1)))

    def test_yaml_that_is_none(self):
        for name, text in {
            "tabs": "a:\n\tb: 1\n",
            "open bracket": "title: [1, 2\n",
            "open quote": 'title: "never closed\n',
            "two documents": "title: a\n---\ntitle: b\n",
            "a key twice": "title: a\ntitle: b\n",
            "a tag": "title: !!python/object:os.system x\n",
            "an alias": "title: &a x\ndescription: *a\n",
            "an alias to itself": "title: &a [*a]\n",
            "a merge key": "<<: {title: a}\n",
            "a complex key": "? [a, b]\n: c\n",
            "a directive": "%YAML 9.9\n---\ntitle: a\n",
            "control characters": "title: a\x07b\x00c\n",
            "a byte order mark alone": "\ufeff",
        }.items():
            with self.subTest(name):
                self.refuse_text(text)

    def test_bombs(self):
        laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij")
        )
        for name, text in {
            "aliases": laughs,
            "depth": "[" * 100_000,
            "maps in maps": "{a: " * 100_000,
            "indentation": "".join(" " * i + "a:\n" for i in range(2000)),
            "a long line": "title: " + "x" * 5_000_000 + "\n",
            "many keys": "".join(f"k{i}: 1\n" for i in range(200_000)),
            "a long list": "a: [" + "1, " * 1_000_000 + "1]\n",
            "keys without end": "? " * 100_000,
            "dashes": "- " * 100_000,
        }.items():
            with self.subTest(name):
                self.refuse_text(text)

    def test_extending(self):
        head = "format: vfm-scenario 1\ntitle: a\n"
        self.write("study.yaml", head + "extends: other.yaml\n")
        self.write("other.yaml", head + "extends: study.yaml\n")
        self.refuse("check", "study.yaml")
        for other in ("nowhere.yaml", ".", "study.yaml", "/etc/passwd", "[a]", '""', "results.h5", "../" * 500 + "x"):
            with self.subTest(extends=other[:20]):
                self.refuse_text(head + f"extends: {other}\n")
        for i in range(200):
            self.write(f"chain{i}.yaml", head + f"extends: chain{i + 1}.yaml\n")
        self.refuse("check", "chain0.yaml")


if __name__ == "__main__":
    main()
