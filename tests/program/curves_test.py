"""The curves of `compare` against a slow version of its own: one draw, one threshold, one arm at a time."""

import json
import math
import random

import jsonschema
from program import SOURCE, ProgramTest, main
from report_rows import by_arm

EVERYTHING = ["--threshold", "5000", "--inequality-aversion", "2", "--ordered", "low_income=yes,rest", "--effect",
              "feels_supported", "--relative-income", "low_income.yes=0.6", "--income-elasticity", "1.3", "--price-year",
              "2024"]  # fmt: skip
ESTIMATE_PARTS = ("standard_error", "monte_carlo_low", "monte_carlo_high", "parameter_low", "parameter_high", "noise_share",
                  "missing_draws")  # fmt: skip
SCHEMA = SOURCE / "docs/analysis-format.schema.json"


def sample(arms=4, draws=60, seed=1):
    """A random outside sample with a pair of arms that are exactly the same, as CSV and as lists."""
    chance = random.Random(seed)
    costs, effects = {}, {}
    for arm in range(arms):
        costs[f"arm_{arm}"] = [1000 * arm + chance.gauss(0, 800) for _ in range(draws)]
        effects[f"arm_{arm}"] = [arm / 2 + chance.gauss(0, 1) for _ in range(draws)]
    costs["copy"], effects["copy"] = costs["arm_1"], effects["arm_1"]
    names = list(costs)
    lines = [",".join(["draw", *(f"cost_{name},effect_{name}" for name in names)])]
    for draw in range(draws):
        lines.append(",".join([str(draw), *(f"{costs[name][draw]!r},{effects[name][draw]!r}" for name in names)]))
    return "\n".join(lines) + "\n", costs, effects


def slow_curves(costs, effects, threshold):
    """Probability of being best, expected loss and expected net benefit of each arm."""
    arms = list(costs)
    draws = len(costs[arms[0]])
    best = {arm: 0.0 for arm in arms}
    loss = {arm: 0.0 for arm in arms}
    benefit = {arm: 0.0 for arm in arms}
    for draw in range(draws):
        values = {arm: threshold * effects[arm][draw] - costs[arm][draw] for arm in arms}
        highest = max(values.values())
        winners = [arm for arm in arms if values[arm] == highest]
        for arm in arms:
            best[arm] += (1 / len(winners) if arm in winners else 0) / draws
            loss[arm] += (highest - values[arm]) / draws
            benefit[arm] += values[arm] / draws
    return best, loss, benefit


def slow_standing(costs, effects):
    """Who is best at some threshold of a fine search, and who is dominated outright, by means."""
    mean = {arm: (math.fsum(costs[arm]) / len(costs[arm]), math.fsum(effects[arm]) / len(effects[arm])) for arm in costs}
    arms = list(mean)
    dominated = {
        arm
        for arm in arms
        if any(
            other != arm and mean[other][0] <= mean[arm][0] and mean[other][1] >= mean[arm][1] and mean[other] != mean[arm]
            for other in arms
        )
    }
    return mean, dominated


class Curves(ProgramTest):
    def bring_in(self, **how):
        text, costs, effects = sample(**how)
        self.run_program("import", self.write("psa.csv", text), "-o", "psa.h5", "--force")
        return costs, effects

    def test_every_curve_at_every_threshold(self):
        for seed in (1, 2, 3):
            costs, effects = self.bring_in(seed=seed)
            shown = self.document("compare", "psa.h5", "--thresholds", "0:6000:13")
            thresholds = sorted({row["threshold"] for row in shown["ceac"]})
            self.assertEqual(thresholds, [500 * i for i in range(13)])
            tables = [("ceac", "probability_best"), ("expected_loss",) * 2, ("expected_net_benefit",) * 2]
            said = {
                table: {(row["threshold"], row["arm"]): row[column] for row in shown[table]} for table, column in tables
            }
            frontier = {row["threshold"]: row for row in shown["ceaf"]}
            for threshold in thresholds:
                slow = dict(zip(("ceac", "expected_loss", "expected_net_benefit"), slow_curves(costs, effects, threshold)))
                for table, numbers in slow.items():
                    for arm, number in numbers.items():
                        self.assertAlmostEqual(said[table][threshold, arm], number, delta=1e-8, msg=(table, arm))
                benefit, loss = slow["expected_net_benefit"], slow["expected_loss"]
                chosen = max(benefit, key=benefit.get)
                self.assertEqual(frontier[threshold]["arm"], chosen)
                self.assertAlmostEqual(frontier[threshold]["probability_best"], slow["ceac"][chosen], delta=1e-12)
                self.assertAlmostEqual(frontier[threshold]["expected_loss"], min(loss.values()), delta=1e-8)
                self.assertAlmostEqual(frontier[threshold]["naive_evpi"], min(loss.values()), delta=1e-8)

    def test_dominance_and_break_even(self):
        costs, effects = self.bring_in(arms=6, seed=7)
        mean, dominated = slow_standing(costs, effects)
        shown = self.document("compare", "psa.h5", "--reference", "arm_0")
        rows = {row["arm"]: row for row in shown["icer_table"]}
        self.assertEqual(rows["copy"]["standing"] in ("tied", "dominated"), True)
        for arm in mean:
            if arm != "copy":
                self.assertEqual(rows[arm]["standing"] == "dominated", arm in dominated, arm)
        for row in shown["break_even"]:
            more = [mean[row["arm"]][i] - mean["arm_0"][i] for i in (0, 1)]
            if more[0] * more[1] > 0:
                self.assertAlmostEqual(row["threshold"], more[0] / more[1], delta=1e-8 * abs(more[0] / more[1]))
            else:
                self.assertIsNone(row["threshold"])

    def test_the_default_grid_reaches_beyond_the_largest_break_even(self):
        self.bring_in()
        shown = self.document("compare", "psa.h5")
        thresholds = sorted({row["threshold"] for row in shown["ceac"]})
        largest = max(row["icer"] or 0 for row in shown["icer_table"])
        self.assertEqual(len(thresholds), 201)
        self.assertEqual(thresholds[0], 0)
        self.assertGreaterEqual(thresholds[-1], 1.25 * largest)
        self.assertIn("round number", shown["settings"]["thresholds_chosen_by"])
        given = self.document("compare", "psa.h5", "--thresholds", "100,50")
        self.assertEqual(given["settings"]["thresholds_chosen_by"], "the analyst")
        self.assertEqual(list(dict.fromkeys(row["threshold"] for row in given["net_benefit"])), [50, 100])


class ByPerspective(ProgramTest):
    def test_each_perspective_has_its_tables(self):
        self.simulated_before("tiny.yaml")
        shown = self.document("compare", "results.h5", "--thresholds", "0,9000")
        perspectives = {"commissioner", "public_sector", "societal"}
        for table in ("icer_table", "break_even", "plane", "ceac", "ceaf", "expected_loss", "expected_net_benefit"):
            self.assertEqual({row["perspective"] for row in shown[table]}, perspectives, table)
        chosen = shown["settings"]["perspective"]
        self.assertEqual(shown["icer_table"][0]["perspective"], chosen, "the chosen one comes first")
        levels = by_arm(shown, "value")
        for row in shown["icer_table"]:
            cost = levels[row["arm"]]["cost_" + row["perspective"]]["value"]
            self.assertAlmostEqual(row["cost"], cost, delta=1e-9 * abs(cost))
        for row in shown["plane"]:
            fields = ("dearer_better", "cheaper_better", "cheaper_worse", "dearer_worse", "on_an_axis")
            self.assertAlmostEqual(sum(row[field] for field in fields), 1)
            self.assertAlmostEqual(row["better"], row["dearer_better"] + row["cheaper_better"])
            self.assertAlmostEqual(row["cheaper"], row["cheaper_better"] + row["cheaper_worse"])
        chances = {(row["perspective"], row["threshold"], row["arm"]): row["probability_best"] for row in shown["ceac"]}
        for row in shown["ceaf"]:
            others = [
                chance
                for (perspective, threshold, arm), chance in chances.items()
                if (perspective, threshold) == (row["perspective"], row["threshold"]) and arm != row["arm"]
            ]
            self.assertEqual(row["next_probability_best"], max(others))
            self.assertEqual(row["next_probability_best"],
                             chances[row["perspective"], row["threshold"], row["next_likeliest"]])  # fmt: skip
        for threshold in (0, 9000):
            for perspective in perspectives:
                shares = [row["probability_best"] for row in shown["ceac"]
                          if (row["perspective"], row["threshold"]) == (perspective, threshold)]  # fmt: skip
                self.assertAlmostEqual(sum(shares), 1)

    def test_the_noise_of_families_only_adds_to_the_value_of_perfect_information(self):
        self.simulated_before("tiny.yaml", "--draws", 64)
        for row in self.document("compare", "results.h5", "--thresholds", "0:20000:21")["ceaf"]:
            self.assertGreaterEqual(row["naive_evpi"], 0.5 * row["expected_loss"])


class Declared(ProgramTest):
    def test_prices_of_another_year_change_money_and_nothing_else(self):
        self.simulated_before("tiny.yaml", "--draws", 4)
        own, later = (self.document("compare", "results.h5", *more) for more in ([], ["--price-year", "2024"]))
        factor = 100 / 75.1536
        self.assertEqual([shown["settings"]["price_year"] for shown in (own, later)], [2015, 2024])
        for before, after in zip(own["icer_table"], later["icer_table"]):
            self.assertAlmostEqual(after["cost"], factor * before["cost"], delta=1e-9 * abs(after["cost"]))
            self.assertEqual(after["effect"], before["effect"])
        self.assertIn("GBP of 2024 (from 2015", self.run_program("compare", "results.h5", "--price-year", 2024).stdout)
        self.assert_refused("compare", "results.h5", "--price-year", "2009", saying="no price index of 2009")
        self.assert_refused("compare", "results.h5", "--price-year", "soon", saying="whole number")

    def test_the_benefit_cost_ratio_stands_beside_the_net_present_value(self):
        self.simulated_before("tiny.yaml", "--draws", 4)
        shown = self.document("compare", "results.h5", "--threshold", 9000)
        rows = {row["arm"]: row for row in shown["icer_table"] if row["perspective"] == shown["settings"]["perspective"]}
        for row in shown["net_present_value"]:
            arm, reference = rows[row["arm"]], rows["no_support"]
            benefit = 9000 * (arm["effect"] - reference["effect"])
            cost = arm["cost"] - reference["cost"]
            self.assertAlmostEqual(row["net_present_value"], benefit - cost, delta=1e-6)
            self.assertAlmostEqual(row["benefit_cost_ratio"], benefit / cost, delta=1e-9 * abs(benefit / cost))
        assumed = self.document("compare", "results.h5")["net_present_value"]
        self.assertEqual(assumed, [], "no value of a unit is assumed")

    def test_inequality_is_shown_when_it_is_declared(self):
        self.simulated_before("tiny.yaml", "--draws", 4)
        self.assertEqual(self.document("compare", "results.h5")["inequality"], [])
        shown = self.document("compare", "results.h5", *EVERYTHING)
        self.assertEqual({row["index"] for row in shown["inequality"]},
                         {"atkinson_of_chances", "slope_index", "weighted_effect"})  # fmt: skip
        levels = {(row["measure"], row["arm"]): row for row in shown["access_groups"] if row["group"] == "low_income.yes"}
        for row in shown["inequality"]:
            if row["index"] == "slope_index" and row["measure"] == "uptake_share":
                gap = levels["uptake_share", row["arm"]]["gap"]  # two groups lie half the way apart
                self.assertAlmostEqual(row["value"], -2 * gap, delta=1e-9)
        text = self.run_program("compare", "results.h5", *EVERYTHING).stdout
        self.assertIn("of chances, not of what families got", " ".join(text.split()))
        self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_what_is_declared_wrongly_is_refused(self):
        self.simulated_before("tiny.yaml", "--draws", 2)
        for options, words in {
            ("--inequality-aversion", "-1"): "not a number above 0",
            ("--ordered", "low_income"): "ATTRIBUTE=LEVEL",
            ("--ordered", "low_incme=yes,rest"): "did you mean 'low_income'?",
            ("--relative-income", "low_income.yes=0"): "not a number above 0",
            ("--income-elasticity", "1.3"): "give both",
            ("--relative-income", "low_income.yes=0.5", "--income-elasticity", "1", "--effect", "tasks_due"):
                "not in the file by access group",
        }.items():
            self.assert_refused("compare", "results.h5", *options, saying=words)


class Contract(ProgramTest):
    """docs/analysis-format.md promises these names; the schema beside it says so for programs."""

    def test_json_is_as_documented(self):
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        validator = jsonschema.Draft7Validator(schema)
        self.simulated_before("tiny.yaml", "--draws", 8)
        text, _, _ = sample()
        self.run_program("import", self.write("psa.csv", text), "-o", "psa.h5")
        for arguments in (["results.h5"], ["psa.h5"], ["psa.h5", "--thresholds", "5,10"], ["results.h5", *EVERYTHING]):
            shown = self.document("compare", *arguments)
            self.assertEqual([error.message for error in validator.iter_errors(shown)], [])

    def test_the_page_names_every_table_and_column(self):
        page = (SOURCE / "docs/analysis-format.md").read_text(encoding="utf-8")
        self.simulated_before("tiny.yaml", "--draws", 8)
        self.document("compare", "results.h5", *EVERYTHING)
        import h5py

        with h5py.File(self.folder / "results.analysis.h5") as file:
            for name in file["compare"].attrs["tables"]:
                self.assertIn(f"`{name}`", page)
                columns = list(file[f"compare/{name}"].attrs["columns"])
                estimates = [column for column in columns if column + "_noise_share" in columns]
                parts = {f"{estimate}_{part}" for estimate in estimates for part in ESTIMATE_PARTS}
                for column in set(columns) - parts:
                    self.assertIn(f"`{column}`", page, name)
        for part in ESTIMATE_PARTS:
            self.assertIn(f"`X_{part}`", page)

    def test_what_is_stored_is_what_is_printed(self):
        import h5py

        self.simulated_before("tiny.yaml", "--draws", 8)
        shown = self.document("compare", "results.h5", "--thresholds", "0:9000:4")
        with h5py.File(self.folder / "results.analysis.h5") as file:
            group = file["compare"]
            settings = dict(zip(group["setting"].asstr()[()], group["value"].asstr()[()]))
            printed = {name: each if isinstance(each, str) else f"{each:g}" for name, each in shown["settings"].items()}
            self.assertEqual(settings, printed)
            for name in group.attrs["tables"]:
                table = group[name]
                self.assertEqual(table.attrs["rows"], len(shown[name]), name)
                self.assertEqual(table.attrs["description"], shown["tables"][name]["description"])
                if not shown[name]:
                    continue
                for column, kind in zip(table.attrs["columns"], table.attrs["column_kinds"]):
                    stored = table[column].asstr()[()] if kind != "number" else table[column][()]
                    for cell, row in zip(stored, shown[name]):
                        printed = row[column]
                        if kind == "list":
                            self.assertEqual(json.loads(cell), printed)
                        elif kind == "number" and printed is None:
                            self.assertTrue(math.isnan(cell))
                        else:
                            self.assertEqual(cell, printed, (name, column))

    def test_commands_that_store_at_the_same_moment_wait_for_each_other(self):
        import h5py

        self.simulated_before("tiny.yaml", "--draws", 24)
        commands = ["compare", "voi", "compare", "voi"]
        processes = [self.start(command, "results.h5") for command in commands]
        for process in processes:
            _, messages = process.communicate(timeout=300)
            self.assertEqual((process.returncode, messages), (0, ""))
        with h5py.File(self.folder / "results.analysis.h5") as file:
            self.assertEqual(sorted(file), ["compare", "voi"])
        self.assertEqual(len(list(self.folder.iterdir())), 2, "nothing unfinished is left")

    def test_nothing_is_stored_when_told_not_to_and_a_full_folder_is_no_reason_to_say_nothing(self):
        self.simulated_before("tiny.yaml", "--draws", 2)
        self.run_program("compare", "results.h5", "--no-store")
        self.assertFalse((self.folder / "results.analysis.h5").exists())
        self.run_program("compare", "results.h5")
        stored = self.folder / "results.analysis.h5"
        self.assertTrue(stored.exists())
        stored.write_bytes(b"precious")
        done = self.run_program("compare", "results.h5")
        self.assertIn("In brief", done.stdout)
        self.assertIn("is not stored: 'results.analysis.h5' cannot be read as an analysis file", done.stderr)
        self.assertEqual(stored.read_bytes(), b"precious")
        stored.unlink()
        in_the_way = self.folder / "results.analysis.h5.tmp"
        in_the_way.write_bytes(b"precious")
        done = self.run_program("compare", "results.h5")
        self.assertIn("In brief", done.stdout)
        self.assertIn("is not stored: 'results.analysis.h5.tmp' is in the way", done.stderr)
        self.assertEqual(in_the_way.read_bytes(), b"precious")

    def test_markdown_says_what_the_table_says(self):
        self.simulated_before("tiny.yaml", "--draws", 8)
        text = self.run_program("compare", "results.h5", "--format", "markdown").stdout
        rows = {row["arm"]: row for row in self.document("compare", "results.h5")["icer_table"]}
        for arm, row in rows.items():
            self.assertIn(f"| {arm} | ", text)
        for heading in ("# Single or dual", "## Incremental analysis", "## Over thresholds", "## In brief"):
            self.assertIn(heading, text)
        self.simulated_before("verification/m1.yaml", "--draws", 1, "--replications", 2, name="m1.h5")
        alone = self.run_program("compare", "m1.h5", "--format", "markdown").stdout
        self.assertIn("## All measures", alone)
        self.assertNotIn("## Incremental", alone, "one arm is compared with nothing")
        widths = {line.count("|") for line in text.splitlines() if line.startswith("| no_support |")}
        self.assertTrue(widths)


if __name__ == "__main__":
    main()
