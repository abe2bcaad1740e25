"""`vfmsim compare` against the same numbers worked out from the results file with numpy and scipy."""

import csv
import io
import json
import math

import numpy
from program import SCENARIOS, SOURCE, ProgramTest, main
from report_rows import by_arm, estimate, measures
from results_tables import Results
from scipy import stats

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"


class Quantity:
    """An indicator of one arm: its value, and what each draw and replication contributes to its error."""

    def __init__(self, numerator, denominator=None):
        present = ~numpy.isnan(numerator)
        if denominator is None and not present.all():  # a mean over what is there
            numerator, denominator = numpy.where(present, numerator, 0.0), present.astype(float)
        if denominator is None:
            self.value = numerator.mean()
            self.influence = numerator - self.value
            self.cells = numerator
        else:
            with numpy.errstate(invalid="ignore", divide="ignore"):
                self.value = numerator.sum() / denominator.sum() if denominator.sum() else math.nan
                self.influence = (numerator - self.value * denominator) / denominator.mean()
                total = denominator.sum(axis=1, keepdims=True)
                ratio = numerator.sum(axis=1, keepdims=True) / total
                self.cells = ratio + (numerator - ratio * denominator) * numerator.shape[1] / total

    def __sub__(self, other):
        difference = object.__new__(Quantity)
        difference.value = self.value - other.value
        difference.influence = self.influence - other.influence
        difference.cells = self.cells - other.cells
        return difference

    def monte_carlo(self):
        """Standard error and the 95 % half-width: Student's t over draw means, or replications of a single draw."""
        means = self.influence.mean(axis=1) if len(self.influence) > 1 else self.influence[0]
        error = means.std(ddof=1) / math.sqrt(len(means))
        return error, stats.t.ppf(0.975, len(means) - 1) * error

    def parameter_interval(self):
        """Quantiles of draw means, drawn together until their variance is what replications do not explain."""
        cells = self.cells[~numpy.isnan(self.cells).any(axis=1)]
        means = cells.mean(axis=1)
        total = means.var(ddof=1)
        within = cells.var(axis=1, ddof=1).mean() / cells.shape[1]
        kept = min(max(total - within, 0.0), total) / total if total > 0 else 1.0
        return numpy.quantile(means.mean() + math.sqrt(kept) * (means - means.mean()), [0.025, 0.975])


class Compared(ProgramTest):
    def study(self, scenario=SCENARIOS / "tiny.yaml", *options):
        self.file = self.simulate(scenario, *options)
        return Results(self.file)

    def quantity(self, results, about, arm):
        numerator = results.measure(about["numerator"], arm)
        return Quantity(numerator, results.measure(about["denominator"], arm) if about["denominator"] else None)

    def assert_number(self, shown, expected, what, scale=None):
        """The same number to 1e-9, or missing on both sides."""
        if expected is None or math.isnan(expected):
            self.assertIsNone(shown, what)
            return
        self.assertIsNotNone(shown, what)
        self.assertAlmostEqual(shown, expected, delta=1e-9 * max(abs(expected), scale or 0, 1e-6), msg=what)

    def assert_estimate(self, shown, quantity, what):
        scale = abs(quantity.value)
        self.assert_number(shown["value"], quantity.value, what)
        if math.isnan(quantity.value):
            return
        error, half_width = quantity.monte_carlo()
        scale = max(scale, numpy.abs(quantity.cells).max())
        self.assert_number(shown["monte_carlo"]["standard_error"], error, what + ", standard error", scale)
        self.assert_number(shown["monte_carlo"]["low"], quantity.value - half_width, what + ", low", scale)
        self.assert_number(shown["monte_carlo"]["high"], quantity.value + half_width, what + ", high", scale)


class Numbers(Compared):
    def check(self, results, shown):
        self.assertEqual([row["arm"] for row in shown["arms"]], results.arms)
        expected = {
            arm: {name: self.quantity(results, about, arm) for name, about in measures(shown).items()}
            for arm in results.arms
        }
        levels = by_arm(shown, "value")
        self.assertEqual(list(levels), results.arms)
        for arm, of_arm in levels.items():
            self.assertEqual(set(of_arm), set(measures(shown)))
            for name, level in of_arm.items():
                self.assert_estimate(level, expected[arm][name], f"{arm}, {name}")
        reference = shown["settings"]["reference_arm"]
        differences = by_arm(shown, "difference")
        self.assertEqual(set(differences), set(results.arms) - {reference})
        for arm, of_arm in differences.items():
            for name, difference in of_arm.items():
                apart = expected[arm][name] - expected[reference][name]
                self.assert_estimate(difference, apart, f"{arm} - {reference}, {name}")

    def test_means_ratios_differences_and_their_errors(self):
        results = self.study()
        shown = self.document("compare", self.file)
        self.assertEqual(shown["settings"]["reference_arm"], "no_support")
        self.assertGreater(len(measures(shown)), 45)
        self.check(results, shown)

    def test_against_another_reference(self):
        results = self.study()
        self.check(results, self.document("compare", self.file, "--reference", "single_paid"))

    def test_of_one_draw_the_replications_are_the_observations(self):
        results = self.study(SCENARIOS / "verification/m2.yaml", "--replications", 40)
        self.check(results, self.document("compare", self.file))

    def test_parameter_intervals(self):
        results = self.study()
        shown = self.document("compare", self.file)
        seen = 0
        for arm, of_arm in by_arm(shown, "value").items():
            for name, level in of_arm.items():
                quantity = self.quantity(results, measures(shown)[name], arm)
                if math.isnan(quantity.value) or level["missing_draws"]:
                    continue
                low, high = quantity.parameter_interval()
                scale = numpy.abs(quantity.cells).max()
                self.assert_number(level["parameter"]["low"], low, f"{arm}, {name}, low", scale)
                self.assert_number(level["parameter"]["high"], high, f"{arm}, {name}, high", scale)
                seen += 1
        self.assertGreater(seen, 150)

    def test_every_declared_ratio_is_shown(self):
        results = self.study()
        shown = self.document("compare", self.file)["measures"]
        self.assertLessEqual(set(results.ratios.values()), {(one["numerator"], one["denominator"]) for one in shown})

    def test_access_gaps_are_the_group_less_the_rest(self):
        import h5py

        results = self.study()
        with h5py.File(self.file) as file:
            groups, by_group = (list(file[f"groups/{name}"].asstr()[()]) for name in ("group", "measure"))
        shown = self.document("compare", self.file)
        self.assertEqual({row["group"] for row in shown["access_groups"]}, set(groups))
        for row in shown["access_groups"]:
            about = measures(shown)[row["measure"]]
            top, bottom = by_group.index(about["numerator"]), by_group.index(about["denominator"])
            table = results.by_group[results.arms.index(row["arm"]), :, :, groups.index(row["group"])]
            inside = Quantity(table[..., top], table[..., bottom])
            outside = Quantity(
                results.measure(about["numerator"], row["arm"]) - table[..., top],
                results.measure(about["denominator"], row["arm"]) - table[..., bottom],
            )
            where = f"{row['group']}, {row['measure']}, {row['arm']}"
            self.assert_estimate(estimate(row, "in_group"), inside, where + ", group")
            self.assert_estimate(estimate(row, "in_rest"), outside, where + ", rest")
            self.assert_estimate(estimate(row, "gap"), inside - outside, where + ", gap")


class ByAccessGroup(Compared):
    """Cost and net benefit of a group's families: what is traced, and the rest by hours, or by families without any."""

    THRESHOLD = 9000

    def in_groups(self, results, perspective):
        """Cost by group and of all, from the file's tables alone: arm x draw x replication."""
        cost, traced = (results.measure(prefix + perspective, all) for prefix in ("cost_", "traced_cost_"))
        hours, families = results.measure("support_hours", all), results.measure("families", all)
        costs = {}
        for group in results.groups:
            part = {name: results.group_measure(name, group) for name in ("support_hours", "families")}
            share = numpy.where(hours > 0, part["support_hours"] / numpy.maximum(hours, 1e-9), part["families"] / families)
            costs[group] = results.group_measure("traced_cost_" + perspective, group) + share * (cost - traced)
        return costs, cost

    def sides(self, results, inside, everything, group, arm):
        families = results.measure("families", all)[arm], results.group_measure("families", group)[arm]
        return (
            Quantity(inside[arm], families[1]),
            Quantity(everything[arm] - inside[arm], families[0] - families[1]),
        )

    def assert_gaps(self, row, results, inside, everything):
        where = f"{row['group']}, {row['arm']}"
        reference = self.sides(results, inside, everything, row["group"], results.arms.index("no_support"))
        within, without = self.sides(results, inside, everything, row["group"], results.arms.index(row["arm"]))
        self.assert_estimate(estimate(row, "in_group"), within, where)
        self.assert_estimate(estimate(row, "in_rest"), without, where)
        self.assert_estimate(estimate(row, "gap"), within - without, where)
        if row["arm"] == "no_support":
            self.assertIsNone(row["group_minus_reference"])
            return
        self.assert_estimate(estimate(row, "group_minus_reference"), within - reference[0], where)
        self.assert_estimate(estimate(row, "rest_minus_reference"), without - reference[1], where)

    def test_costs_and_net_benefits_are_those_of_the_tables(self):
        results = self.study()
        for perspective in ("public_sector", "societal"):
            costs, cost = self.in_groups(results, perspective)
            options = ("--perspective", perspective, "--threshold", self.THRESHOLD)
            shown = self.document("compare", self.file, *options)
            self.assertIn("Assumption", shown["tables"]["group_costs"]["description"])
            self.assertTrue(any("Assumption" in row["note"] for row in shown["notes"]))
            for table in ("group_costs", "group_net_benefit"):
                pairs = [(group, arm) for group in results.groups for arm in results.arms]
                self.assertEqual([(row["group"], row["arm"]) for row in shown[table]], pairs)
            effect, traced = (results.measure(name, all) for name in ("composite", "traced_cost_" + perspective))
            for row in shown["group_costs"]:
                group = row["group"]
                self.assert_gaps(row, results, costs[group], cost)
                inside = results.group_measure("traced_cost_" + perspective, group)
                within, without = self.sides(results, inside, traced, group, results.arms.index(row["arm"]))
                self.assert_estimate(estimate(row, "traced_in_group"), within, group)
                self.assert_estimate(estimate(row, "traced_in_rest"), without, group)
            for row in shown["group_net_benefit"]:
                worth = self.THRESHOLD * results.group_measure("composite", row["group"]) - costs[row["group"]]
                self.assertEqual(row["threshold"], self.THRESHOLD)
                self.assert_gaps(row, results, worth, self.THRESHOLD * effect - cost)

    def test_net_benefits_of_a_group_and_of_the_rest_add_up_to_the_arms(self):
        results = self.study()
        shown = self.document("compare", self.file, "--threshold", self.THRESHOLD)
        units = results.measure("families", all)[0].size
        whole = {row["arm"]: row["net_benefit"] for row in shown["net_benefit"]}
        for row in shown["group_net_benefit"]:
            arm = results.arms.index(row["arm"])
            inside = results.group_measure("families", row["group"])[arm].sum()
            outside = results.measure("families", row["arm"]).sum() - inside
            total = (inside * row["in_group"] + outside * row["in_rest"]) / units
            self.assertAlmostEqual(total, whole[row["arm"]], delta=1e-6 * abs(total))

    def test_the_curve_is_what_each_threshold_gives(self):
        self.study()
        shown = self.document("compare", self.file, "--thresholds", "0:20000:11", "--threshold", "4000,18000")
        curve = {(row["threshold"], row["group"], row["arm"]): row for row in shown["group_net_benefit_curve"]}
        self.assertEqual(len(curve), 11 * len(shown["group_costs"]))
        for row in shown["group_net_benefit"]:
            other = curve[row["threshold"], row["group"], row["arm"]]
            for name in ("in_group", "in_rest", "gap", "group_minus_reference", "rest_minus_reference"):
                if row[name] is None:
                    self.assertEqual((row["arm"], other[name]), ("no_support", None))
                else:
                    self.assertAlmostEqual(row[name], other[name], delta=1e-6)


class CostEffectiveness(Compared):
    def test_net_benefit_at_each_threshold(self):
        results = self.study()
        shown = self.document("compare", self.file, "--threshold", "0,5000", "--threshold", "20000.5")
        effect, cost = (shown["settings"][name] for name in ("effect", "cost"))
        for threshold in (0, 5000, 20000.5):
            rows = {row["arm"]: row for row in shown["net_benefit"] if row["threshold"] == threshold}
            self.assertEqual(list(rows), results.arms)
            benefit = {arm: threshold * results.measure(effect, arm) - results.measure(cost, arm) for arm in results.arms}
            for arm, row in rows.items():
                self.assert_estimate(estimate(row, "net_benefit"), Quantity(benefit[arm]), arm)
                if arm == "no_support":
                    self.assertIsNone(row["difference"])
                else:
                    difference = Quantity(benefit[arm] - benefit["no_support"])
                    self.assert_estimate(estimate(row, "difference"), difference, arm)
                self.assertEqual(row["best"], max(benefit, key=lambda one: benefit[one].mean()))
            self.assertAlmostEqual(sum(row["probability_best"] for row in rows.values()), 1.0)
        self.assertEqual(len(shown["net_benefit"]), 3 * len(results.arms))

    def test_the_frontier_holds_the_arms_that_are_best_at_some_threshold(self):
        for perspective in ("commissioner", "public_sector", "societal"):
            results = Results(self.simulate("tiny.yaml", "--force", "--draws", 4))
            shown = self.document("compare", self.folder / "results.h5", "--perspective", perspective)
            cost = {arm: results.measure("cost_" + perspective, arm).mean() for arm in results.arms}
            effect = {arm: results.measure("composite", arm).mean() for arm in results.arms}
            crossings = {0.0}
            for one in results.arms:
                for other in results.arms:
                    if effect[one] != effect[other]:
                        crossings.add((cost[one] - cost[other]) / (effect[one] - effect[other]))
            edges = sorted(crossing for crossing in crossings if crossing >= 0)
            thresholds = [0.0, *((low + high) / 2 for low, high in zip(edges, edges[1:])), edges[-1] * 2 + 1]
            best = {max(cost, key=lambda arm, at=at: at * effect[arm] - cost[arm]) for at in thresholds}
            table = [row for row in shown["icer_table"] if row["perspective"] == perspective]
            rows = {row["arm"]: row for row in table}
            self.assertEqual({arm for arm, row in rows.items() if row["standing"] == "on_frontier"}, best)
            self.assertEqual([row["cost"] for row in table], sorted(cost.values()))
            frontier = sorted(best, key=cost.get)
            for cheaper, dearer in zip(frontier, frontier[1:]):
                icer = (cost[dearer] - cost[cheaper]) / (effect[dearer] - effect[cheaper])
                self.assert_number(rows[dearer]["icer"], icer, dearer)

    def test_the_studys_default_perspective_is_taken(self):
        self.study()
        self.assertEqual(self.document("compare", self.file)["settings"]["perspective"], "public_sector")
        self.simulate(EVERY_MECHANISM, name="every.h5")
        self.assertEqual(self.document("compare", "every.h5")["settings"]["perspective"], "payers_of_taxes")

    def test_without_a_threshold_none_is_invented(self):
        self.study()
        self.assertEqual(self.document("compare", self.file)["net_benefit"], [])


class Formats(Compared):
    def test_csv_says_what_json_says(self):
        self.study()
        rows = self.table("compare", self.file, "--threshold", 5000)
        self.assertEqual(list(rows[0]), ["table", "row", "column", "value"])
        said = {tuple(row.values())[:3]: row["value"] for row in rows}
        self.assertEqual(len(said), len(rows), "each cell has one name")
        shown = self.document("compare", self.file, "--threshold", 5000)
        compared = len(shown["settings"])
        for name in shown["tables"]:
            for place, row in enumerate(shown[name]):
                for column, cell in row.items():
                    text = said[name, str(place), column]
                    if isinstance(cell, (str, list)):
                        self.assertEqual(text, cell if isinstance(cell, str) else " ".join(cell))
                    else:
                        self.assertEqual(float(text) if text else None, cell)
                    compared += 1
        self.assertEqual(compared, len(rows))
        self.assertGreater(compared, 10000)

    def test_the_table_is_for_people(self):
        self.study()
        for options in ([], ["--full"]):
            text = self.run_program("compare", self.file, "--threshold", "5000,10000", *options).stdout
            lines = text.splitlines()
            self.assertEqual(lines[0], "Single or dual provision, in small")
            for words in ("Reference arm: no_support", "16 draws x 2 replications", "GBP of 2015", "In brief: ",
                          "Incremental analysis", "Net benefit", "O5 equality of access", "Monte Carlo",
                          "parameters"):  # fmt: skip
                self.assertIn(words, text)
            self.assertNotIn("nan", text.lower().split())
            self.assertNotIn("-0", text.split(), "a zero has no sign")
            self.assertLessEqual(max(map(len, lines)), 100)

    def test_the_first_numbers_of_the_table_are_those_of_json(self):
        self.study()
        text = self.run_program("compare", self.file).stdout
        for arm, difference in by_arm(self.document("compare", self.file), "difference").items():
            cost = difference["cost_public_sector_per_family"]
            low, high = cost["parameter"]["low"], cost["parameter"]["high"]
            self.assertRegex(text, rf"(?m)^{arm} +{cost['value']:.0f} \({low:.0f} to {high:.0f}\) ")

    def test_what_does_not_exist_is_missing_in_every_format(self):
        """No plans in M1: neither a median of days to sign-off nor a share on time."""
        self.study(SCENARIOS / "verification/m1.yaml", "--replications", 3)
        shown = measures(self.document("compare", self.file))
        rows = {}
        for cell in self.table("compare", self.file):
            rows.setdefault((cell["table"], cell["row"]), {})[cell["column"]] = cell["value"]
        said = {row["measure"]: row["value"] for (table, _), row in rows.items() if table == "measures"}
        text = self.run_program("compare", self.file, "--full").stdout
        for name in ("median_days_to_sign_off", "on_time_share", "mean_days_to_sign_off"):
            self.assertIsNone(shown[name]["value"], name)
            self.assertEqual(said[name], "", name)
        self.assertNotIn("-1", text.split(), "a missing number is not -1")

    def test_json_and_csv_parse_for_every_kind_of_study(self):
        for scenario in (EVERY_MECHANISM, "verification/m1.yaml", "verification/mg1.yaml"):
            for options in (["--replications", 1], ["--replications", 2]):
                file = self.simulate(scenario, "--force", "--draws", 1, *options)
                text = self.run_program("compare", file, "--format", "json").stdout
                json.loads(text, parse_constant=lambda word: self.fail(f"{word} is no JSON"))
                rows = list(csv.reader(io.StringIO(self.run_program("compare", file, "--format", "csv").stdout)))
                self.assertGreater(len(rows), 50)
                self.assertEqual({len(row) for row in rows}, {4})


class Choices(Compared):
    def test_a_wrong_name_is_refused_with_the_nearest(self):
        self.study()
        for option, given, nearest in (
            ("--reference", "single_payed", "single_paid"),
            ("--perspective", "comissioner", "commissioner"),
            ("--effect", "engagd", "engaged"),
            ("--format", "jason", "json"),
        ):
            with self.subTest(option=option):
                self.assert_refused("compare", self.file, option, given, saying=[given, f"did you mean '{nearest}'"])

    def test_a_threshold_that_is_no_number_is_refused(self):
        self.study()
        for given in ("-1", "abc", "1e999", "nan", "inf", "", "1,,2", "0x10", "5 000", "1,-2", "010"):
            with self.subTest(given=given):
                self.assert_refused("compare", self.file, "--threshold=" + given, saying="--threshold")

    def test_an_effect_must_add_up(self):
        self.study()
        self.assert_refused("compare", self.file, "--effect", "median_days_to_sign_off", saying="additive")


if __name__ == "__main__":
    main()
