"""The scenarios that come with the program: whole, sourced, described, and the same after resolving."""

import re
import shutil
import subprocess

import plain_yaml
from program import SCENARIOS, SOURCE, ProgramTest, main, simulated_digest

FILES = sorted(SCENARIOS.rglob("*.yaml"))
# What studies extend: no study by itself.
FRAGMENTS = {SCENARIOS / "evidence.yaml", SCENARIOS / "ehc_process.yaml"}
STUDIES = [path for path in FILES if path not in FRAGMENTS]
ALONE = STUDIES + sorted((SOURCE / "tests/program/data").glob("*.yaml"))

# A row of the evidence register, or plain words that there is none and somebody had to assume.
REGISTERED = re.compile(r"^([SXDQA]\d{3}|C\d{2}|No row)\b", re.ASCII)


class Check(ProgramTest):
    def test_there_are_studies(self):
        self.assertGreaterEqual(len(STUDIES), 7)
        self.assertTrue(FRAGMENTS <= set(FILES))

    def test_every_study_is_well(self):
        for path in ALONE:
            with self.subTest(study=path.name):
                done = self.run_program("check", path)
                self.assertEqual(done.stderr, "")
                self.assertIn("no errors", done.stdout)

    def test_fragments_lack_nothing_but_what_a_study_adds(self):
        for path in FRAGMENTS:
            with self.subTest(fragment=path.name):
                faults = self.assert_refused("check", path).stderr.splitlines()
                self.assertRegex(faults[-1], r"^vfmsim: \d+ errors?$")
                lacks = r": error: scenario lacks '(arms|clock|money|population|pathway|authority)'"
                for fault in faults[:-1]:
                    self.assertRegex(fault, lacks)

    def test_nothing_is_written(self):
        for path in STUDIES:
            self.run_program("check", path)
            self.run_program("describe", path)
        self.assertEqual(list(self.folder.iterdir()), [])


class Evidence(ProgramTest):
    def parameters(self):
        for path in FILES:
            for name, parameter in plain_yaml.read(path.read_text(encoding="utf-8")).get("parameters", {}).items():
                if "source" in parameter:
                    yield path.name, name, parameter

    def test_every_source_begins_with_a_row_of_the_register(self):
        """Or says that there is none."""
        wrong = [
            f"{file}: {name}: {parameter['source'][:60]}"
            for file, name, parameter in self.parameters()
            if not REGISTERED.match(parameter["source"])
        ]
        self.assertEqual(wrong, [])

    def test_what_rests_on_no_evidence_says_so(self):
        wrong = [
            f"{file}: {name} ({parameter['quality']})"
            for file, name, parameter in self.parameters()
            if re.match(r"A\d{3}|No row", parameter["source"]) and parameter["quality"] not in ("assumption", "expert")
        ]
        self.assertEqual(wrong, [])

    def test_every_parameter_of_a_study_carries_its_evidence(self):
        for path in STUDIES:
            resolved = plain_yaml.read(self.run_program("check", path, "--resolved").stdout)
            for name, parameter in resolved.get("parameters", {}).items():
                with self.subTest(study=path.name, parameter=name):
                    for key in ("unit", "source", "quality"):
                        self.assertTrue(parameter[key])
                    self.assertEqual("GBP" in parameter["unit"], "price_year" in parameter)


class Resolved(ProgramTest):
    def test_resolving_twice_changes_nothing(self):
        for path in ALONE:
            with self.subTest(study=path.name):
                once = self.run_program("check", path, "--resolved").stdout
                stored = self.write("once.yaml", once)
                self.assertEqual(self.run_program("check", stored, "--resolved").stdout, once)
                self.assertNotIn("\nextends:", once)

    def test_the_resolved_scenario_gives_the_same_results(self):
        for path in ALONE:
            with self.subTest(study=path.name):
                few = ["--draws", 2, "--replications", 2, "--set", "design.central_units=1", "--force"]
                stored = self.write("resolved.yaml", self.run_program("check", path, "--resolved").stdout)
                digests = {simulated_digest(self.simulate(scenario, *few)) for scenario in (path, stored)}
                self.assertEqual(len(digests), 1)

    def test_overrides_are_in_it(self):
        text = self.run_program(
            "check", SCENARIOS / "tiny.yaml", "--resolved", "--seed", 77, "--set", "authority.caseworkers=9"
        ).stdout
        resolved = plain_yaml.read(text)
        self.assertEqual(resolved["design"]["seed"], "77")
        self.assertEqual(resolved["authority"]["caseworkers"], "9")
        self.assertNotIn("caseworkers", resolved["parameters"], "nothing uses this parameter any more")


class Described(ProgramTest):
    def test_arms_staffing_and_parameters_are_there_in_words(self):
        for path in STUDIES:
            with self.subTest(study=path.name):
                text = self.run_program("describe", path).stdout
                resolved = plain_yaml.read(self.run_program("check", path, "--resolved").stdout)
                self.assertTrue(text.startswith(resolved["title"] + "\n"))
                for arm in resolved["arms"]:
                    self.assertRegex(text, rf"(?m)^  {arm}\b")
                for stage in resolved["pathway"]["stages"]:
                    self.assertRegex(text, rf"(?m)^  {stage}\b")
                for name, parameter in resolved.get("parameters", {}).items():
                    self.assertRegex(text, rf"(?m)^  {name}(\.\w+)? = ")
                assumed = sum(one["quality"] == "assumption" for one in resolved.get("parameters", {}).values())
                self.assertGreaterEqual(text.count("ASSUMPTION"), assumed)

    def test_an_assumption_is_called_so_and_nothing_else_is(self):
        text = self.run_program("describe", SCENARIOS / "tiny.yaml").stdout
        entries = dict(re.findall(r"(?m)^  (\w+) = ([^\n]*(?:\n      [^\n]*)*)", text))
        resolved = plain_yaml.read(self.run_program("check", SCENARIOS / "tiny.yaml", "--resolved").stdout)
        for name, parameter in resolved["parameters"].items():
            if name in entries:  # shares of a whole are listed one by one
                with self.subTest(parameter=name):
                    self.assertEqual("ASSUMPTION" in entries[name], parameter["quality"] == "assumption")
                    words = " ".join(entries[name].split())
                    self.assertIn(parameter["source"].split(":")[0], words)

    def test_how_supported_families_are_simulated_is_said_for_each_arm(self):
        m2 = SCENARIOS / "verification/m2.yaml"
        with_deadline = ["--set", "pathway.stages.sign_off.deadlines=[{days: 100}]"]
        with_caseworkers = ["--set", "authority={caseworkers: 9, weekly_hours: 30, cost_per_hour: 25}"]
        for arguments, arm, words in (
            ([m2], "queue", "recursion"),
            ([m2, *with_deadline], "queue", "recursion"),
            ([m2, *with_caseworkers], "queue", "when the family gets its place"),
            ([m2, "--set", "support.waits_for_supporter=false"], "queue", "as events"),
            ([SCENARIOS / "tiny.yaml"], "no_support", "there is no programme"),
        ):
            with self.subTest(arguments=arguments[1:], arm=arm):
                text = self.run_program("describe", *arguments).stdout
                section = text[text.index("How stages of families with a supporter") :]
                self.assertRegex(section, rf"(?m)^  {arm} .*{words}")

    def test_equal_budgets_are_spent_in_every_arm(self):
        text = self.run_program("describe", SCENARIOS / "single_vs_dual.yaml").stdout
        staffing = text[text.index("Staffing") : text.index("Parameters (")]
        planned = {}
        for arm, pounds in re.findall(r"(?m)^(\w+) +\w+ +[\w ]+ +(?:[\d.,]+|-) +([\d,]+)$", staffing):
            planned[arm] = planned.get(arm, 0) + int(pounds.replace(",", ""))
        self.assertEqual(len(planned), 9, "every arm but the one without a programme")
        resolved = plain_yaml.read(self.run_program("check", SCENARIOS / "single_vs_dual.yaml", "--resolved").stdout)
        budget = float(resolved["parameters"]["budget_per_area"]["value"])
        for arm, pounds in planned.items():
            self.assertAlmostEqual(pounds, budget, delta=5, msg=f"{arm}: rounded to pounds")

    def test_the_graph_is_of_the_pathway(self):
        for path in STUDIES:
            with self.subTest(study=path.name):
                graph = self.run_program("describe", path, "--dot").stdout
                self.assertRegex(graph, r"\Adigraph \w+ \{\n(  [^\n]+;\n)+\}\n\Z")
                resolved = plain_yaml.read(self.run_program("check", path, "--resolved").stdout)
                edges = set(re.findall(r'"([^"]+)" -> "([^"]+)"', graph))
                for stage, about in resolved["pathway"]["stages"].items():
                    for way in about["next"]:
                        self.assertIn((stage, way.get("to") or "end: " + way["end"]), edges)
                if shutil.which("dot"):
                    subprocess.run(["dot", "-Tplain"], input=graph, text=True, check=True, stdout=subprocess.DEVNULL)

    def test_of_an_arm_that_is_not_there(self):
        self.assert_refused(
            "describe", SCENARIOS / "tiny.yaml", "--arm", "single_payed", saying="did you mean 'single_paid'"
        )


if __name__ == "__main__":
    main()
