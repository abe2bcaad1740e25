"""Studies by type of area: the shipped one, its tables, and what `compare` says of each type, against plain numpy."""

import json
import math

import h5py
import jsonschema
import numpy
from compare_test import Compared, Quantity
from program import SCENARIOS, SOURCE, ProgramTest, main, simulated_digest
from report_rows import measures
from results_readers_check import check_results_file
from results_tables import Results, names

STUDY = SCENARIOS / "area_types.yaml"
SHORT = ("--draws", 24)


class ByType:
    """The table of a results file."""

    def __init__(self, path):
        with h5py.File(path) as file:
            group = file["area_types"]
            self.types, self.measures = names(group["area_type"]), names(group["measure"])
            self.areas = dict(zip(self.types, group["areas"][()]))
            self.value = group["value"][()]
            self.arms = names(group["arm"])

    def measure(self, name, area_type, arm):
        """draw x replication."""
        return self.value[self.arms.index(arm), :, :, self.types.index(area_type), self.measures.index(name)]


class Tables(ProgramTest):
    def test_types_add_up_to_every_additive_measure(self):
        path = self.simulate(STUDY, *SHORT)
        whole, by_type = Results(path), ByType(path)
        self.assertEqual(by_type.measures, [name for name in whole.measures if whole.additive[name]])
        self.assertEqual(by_type.areas, {"rural_county": 2, "town": 3, "london_borough": 1})
        for place, name in enumerate(by_type.measures):
            with self.subTest(measure=name):
                self.assertTrue(numpy.array_equal(by_type.value[..., place].sum(axis=3), whole.measure(name, all)))

    def test_every_reader_agrees(self):
        check_results_file(self.simulate(STUDY, "--draws", 3))

    def test_the_same_bytes_for_any_threads(self):
        digests = {simulated_digest(self.simulate(STUDY, "--force", "--draws", 40, "--threads", n)) for n in (1, 2, 3)}
        self.assertEqual(len(digests), 1)

    def test_without_types_there_is_no_table(self):
        with h5py.File(self.simulated_before("tiny.yaml", "--draws", 2)) as file:
            self.assertNotIn("area_types", file)

    def test_types_that_nothing_names_change_no_number_of_the_whole(self):
        """Six areas, whatever they are called: only the names differ, and the table."""
        plain = Results(self.simulate("tiny.yaml", "--draws", 3, "--set", "areas.count=3", name="plain.h5"))
        typed = self.simulate(
            "tiny.yaml", "--draws", 3, "--set", "areas.count=3", "--set", "areas.types={a: {count: 1}, b: {count: 2}}",
            name="typed.h5",
        )  # fmt: skip
        self.assertTrue(numpy.array_equal(Results(typed).summary, plain.summary, equal_nan=True))
        self.assertEqual(ByType(typed).types, ["a", "b"])


class Scenario(ProgramTest):
    def test_check_counts_areas_and_bytes(self):
        expected, real = [], []
        for draws in (16, 128):
            said = self.run_program("check", STUDY, "--draws", draws).stdout
            self.assertIn("6 areas in each replication: 2 rural_county, 3 town, 1 london_borough", said)
            expected.append(float(said.split("results file about ")[1].split()[0]))
            real.append(self.simulate(STUDY, "--draws", draws, "--force").stat().st_size / 1e6)
        growth = real[1] - real[0]
        self.assertAlmostEqual(expected[1] - expected[0], growth, delta=0.15 * growth)

    def test_describe_lists_them_in_order(self):
        lines = self.run_program("describe", STUDY).stdout.splitlines()
        at = lines.index("Area types (in each replication)")
        self.assertEqual([line.split()[0] for line in lines[at + 1 : at + 4]], ["rural_county", "town", "london_borough"])
        self.assertIn("2 area(s), demand rural_demand: Rural counties", lines[at + 1])

    def test_what_cannot_be_is_refused_with_place_reason_and_suggestion(self):
        head = f"format: vfm-scenario 1\ntitle: Wrong\nextends: {STUDY}\n"
        head = head.replace(str(STUDY), "study.yaml")
        for file in SCENARIOS.glob("*.yaml"):
            self.write("study.yaml" if file == STUDY else file.name, file.read_text(encoding="utf-8"))
        for text, *saying in (
            ("areas: {count: 5}\n", "wrong.yaml:4:16: error: 'count' is 5", "6 areas together", "or write 6"),
            ("areas: {types: {town: {count: 0}}}\n", "wrong.yaml:4:31: error: 'count' is 0", "from 1 to 1000"),
            ("areas: {types: {city: {title: Cities}}}\n", "wrong.yaml:4:17", "lacks 'count'"),
            ("areas: {types: {rural_county: null}}\n", "unknown name 'area_type.rural_county'"),
            ("areas: {types: {town: {count: 999}}}\n", "1002 areas together", "at most 1000"),
        ):
            with self.subTest(text=text):
                self.assert_refused("check", self.write("wrong.yaml", head + text), saying=saying)
        wrong = self.write("wrong.yaml", STUDY.read_text(encoding="utf-8").replace("area_type.rural_county, odds",
                                                                                   "area_type.rural_conty, odds"))  # fmt: skip
        self.assert_refused("check", wrong, saying=["wrong.yaml:", "did you mean 'area_type.rural_county'?"])


class CompareByType(Compared):
    def setUp(self):
        super().setUp()
        self.whole = self.study(STUDY, *SHORT)
        self.by_type = ByType(self.file)

    def check_number(self, row, key, expected, scale):
        self.assert_number(row[key], expected, f"{row['area_type']}, {row['arm']}, {key}", scale)

    def test_levels_differences_and_their_errors(self):
        shown = self.document("compare", self.file)
        rows = {(row["area_type"], row["measure"], row["arm"]): row for row in shown["area_types"]}
        self.assertEqual(len(rows), len(shown["area_types"]))
        by_type = {measure for _, measure, _ in rows}
        self.assertLessEqual(
            {"families", "uptake", "on_time_share", "composite_mean", "cost_public_sector_per_family"}, by_type
        )
        for area_type in self.by_type.types:
            for measure in by_type:
                about = measures(shown)[measure]
                quantities = {
                    arm: Quantity(*(self.by_type.measure(about[part], area_type, arm)
                                    for part in ("numerator", "denominator") if about[part]))
                    for arm in self.by_type.arms
                }  # fmt: skip
                for arm, quantity in quantities.items():
                    more = quantity - quantities["no_support"]
                    row = rows[area_type, measure, arm]
                    for key, one in (("value", quantity), ("difference", more)):
                        if (key, arm) == ("difference", "no_support"):
                            self.assertIsNone(row[key])
                            continue
                        self.check_number(row, key, one.value, abs(quantity.value))
                        if math.isnan(one.value):
                            continue
                        scale = numpy.abs(numpy.nan_to_num(quantity.cells)).max()
                        error, _ = one.monte_carlo()
                        self.check_number(row, key + "_standard_error", error, scale)
                        if numpy.isnan(one.cells).any():
                            continue
                        low, high = one.parameter_interval()
                        self.check_number(row, key + "_parameter_low", low, scale)
                        self.check_number(row, key + "_parameter_high", high, scale)

    def test_net_benefit_a_family_and_the_best_arm(self):
        shown = self.document("compare", self.file, "--threshold", "0,9000")
        rows = shown["area_type_net_benefit"]
        effect_name, cost_name = (shown["settings"][name] for name in ("effect", "cost"))
        self.assertEqual(len(rows), 3 * 2 * 4)
        for area_type in self.by_type.types:
            for threshold in (0, 9000):
                here = {row["arm"]: row for row in rows if (row["area_type"], row["threshold"]) == (area_type, threshold)}
                worth = {}
                for arm in here:
                    effect, cost, families = (
                        self.by_type.measure(name, area_type, arm) for name in (effect_name, cost_name, "families")
                    )
                    worth[arm] = Quantity(threshold * effect - cost, families)
                for arm, row in here.items():
                    self.check_number(row, "net_benefit", worth[arm].value, abs(worth[arm].value))
                    self.assertEqual(row["best"], max(worth, key=lambda one: worth[one].value))
                    if arm == "no_support":
                        self.assertIsNone(row["difference"])
                        continue
                    more = worth[arm] - worth["no_support"]
                    self.check_number(row, "difference", more.value, abs(worth[arm].value))
                    low, high = more.parameter_interval()
                    scale = numpy.abs(worth[arm].cells).max()
                    self.check_number(row, "difference_parameter_low", low, scale)
                    self.check_number(row, "difference_parameter_high", high, scale)
                self.assertAlmostEqual(sum(row["probability_best"] for row in here.values()), 1)

    def test_break_even_is_cost_over_effect(self):
        shown = self.document("compare", self.file)
        for row in shown["area_type_break_even"]:
            cost, effect = (
                self.by_type.measure(name, row["area_type"], row["arm"]).mean()
                - self.by_type.measure(name, row["area_type"], "no_support").mean()
                for name in (shown["settings"]["cost"], shown["settings"]["effect"])
            )
            self.assert_number(row["threshold"], cost / effect, row["arm"])
            self.assertEqual(row["worth_it"], "above")

    def test_the_best_arm_over_thresholds_has_the_highest_mean(self):
        shown = self.document("compare", self.file, "--thresholds", "0:20000:5")
        rows = shown["area_type_ceaf"]
        self.assertEqual(len(rows), 3 * 5)
        for row in rows:
            mean = {
                arm: (
                    row["threshold"] * self.by_type.measure(shown["settings"]["effect"], row["area_type"], arm)
                    - self.by_type.measure(shown["settings"]["cost"], row["area_type"], arm)
                ).mean()
                for arm in self.by_type.arms
            }
            self.assertEqual(row["arm"], max(mean, key=mean.get))
            self.assertGreaterEqual(row["expected_loss"], 0)

    def test_pages_for_people(self):
        for options in ([], ["--full"], ["--threshold", 9000]):
            text = self.run_program("compare", self.file, *options).stdout
            for words in ("By area type, public sector perspective", "Rural counties: 2 areas, ", "London boroughs: 1 area,",
                          "the best arm of each area type"):  # fmt: skip
                self.assertIn(words, " ".join(text.split()))
            self.assertIn("not always the likeliest to be the best: --threshold shows every arm's share.", " ".join(text.split()))
            self.assertLessEqual(max(map(len, text.splitlines())), 100)
        text = self.run_program("compare", self.file, "--format", "markdown").stdout
        self.assertRegex(text, r"(?m)^## Towns and cities: 3 areas, [\d,]+ families a programme$")
        self.assertIn("## Over thresholds: the best arm of each area type", text)
        self.assertIn("not always the likeliest", text)

    def test_it_is_stored_beside_the_results(self):
        self.run_program("compare", self.file, "--threshold", 9000)
        with h5py.File(self.folder / "results.analysis.h5") as file:
            stored = file["compare"]
            for table in ("area_types", "area_type_break_even", "area_type_net_benefit", "area_type_ceaf"):
                self.assertIn(table, stored)

    def test_json_is_as_documented(self):
        schema = json.loads((SOURCE / "docs/analysis-format.schema.json").read_text(encoding="utf-8"))
        shown = self.document("compare", self.file, "--threshold", 9000)
        self.assertEqual([error.message for error in jsonschema.Draft7Validator(schema).iter_errors(shown)], [])

    def test_money_is_shown_in_prices_of_another_year(self):
        own = self.document("compare", self.file)["area_types"]
        later = self.document("compare", self.file, "--price-year", 2020)["area_types"]
        factors = {
            round(after["value"] / before["value"], 9)
            for before, after in zip(own, later)
            if before["measure"] == "cost_public_sector_per_family"
        }
        self.assertEqual(len(factors), 1)
        self.assertGreater(factors.pop(), 1.05)
        json.dumps(later, allow_nan=False)


if __name__ == "__main__":
    main()
