"""`vfmsim compare` against the same numbers worked out from the results file with numpy and scipy."""

import csv
import io
import json
import math

import numpy
from program import SCENARIOS, SOURCE, ProgramTest, main
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
        self.assertEqual([one["arm"] for one in shown["arms"]], results.arms)
        by_arm = {
            arm: {name: self.quantity(results, about, arm) for name, about in shown["measures"].items()}
            for arm in results.arms
        }
        for one in shown["arms"]:
            self.assertEqual(set(one["measures"]), set(shown["measures"]))
            for name, estimate in one["measures"].items():
                self.assert_estimate(estimate, by_arm[one["arm"]][name], f"{one['arm']}, {name}")
        reference = shown["reference_arm"]
        self.assertEqual({one["arm"] for one in shown["differences"]}, set(results.arms) - {reference})
        for one in shown["differences"]:
            self.assertEqual(one["minus"], reference)
            for name, estimate in one["measures"].items():
                difference = by_arm[one["arm"]][name] - by_arm[reference][name]
                self.assert_estimate(estimate, difference, f"{one['arm']} - {reference}, {name}")
        return by_arm

    def test_means_ratios_differences_and_their_errors(self):
        results = self.study()
        shown = self.document("compare", self.file)
        self.assertEqual(shown["reference_arm"], "no_support")
        self.assertGreater(len(shown["measures"]), 45)
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
        for one in shown["arms"]:
            for name, estimate in one["measures"].items():
                quantity = self.quantity(results, shown["measures"][name], one["arm"])
                if math.isnan(quantity.value) or estimate["missing_draws"]:
                    continue
                low, high = quantity.parameter_interval()
                scale = numpy.abs(quantity.cells).max()
                self.assert_number(estimate["parameter"]["low"], low, f"{one['arm']}, {name}, low", scale)
                self.assert_number(estimate["parameter"]["high"], high, f"{one['arm']}, {name}, high", scale)
                seen += 1
        self.assertGreater(seen, 150)

    def test_every_declared_ratio_is_shown(self):
        results = self.study()
        shown = self.document("compare", self.file)["measures"].values()
        self.assertLessEqual(set(results.ratios.values()), {(one["numerator"], one["denominator"]) for one in shown})

    def test_access_gaps_are_the_group_less_the_rest(self):
        import h5py

        results = self.study()
        with h5py.File(self.file) as file:
            groups, measures = (list(file[f"groups/{name}"].asstr()[()]) for name in ("group", "measure"))
        shown = self.document("compare", self.file)
        self.assertEqual({one["group"] for one in shown["equity"]}, set(groups))
        for one in shown["equity"]:
            about = shown["measures"][one["measure"]]
            top, bottom = measures.index(about["numerator"]), measures.index(about["denominator"])
            for each in one["arms"]:
                table = results.by_group[results.arms.index(each["arm"]), :, :, groups.index(one["group"])]
                inside = Quantity(table[..., top], table[..., bottom])
                outside = Quantity(
                    results.measure(about["numerator"], each["arm"]) - table[..., top],
                    results.measure(about["denominator"], each["arm"]) - table[..., bottom],
                )
                where = f"{one['group']}, {one['measure']}, {each['arm']}"
                self.assert_estimate(each["group"], inside, where + ", group")
                self.assert_estimate(each["rest"], outside, where + ", rest")
                self.assert_estimate(each["gap"], inside - outside, where + ", gap")


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

    def assert_gaps(self, shown, results, inside, everything, group):
        reference = self.sides(results, inside, everything, group, results.arms.index("no_support"))
        for each in shown:
            where = f"{group}, {each['arm']}"
            within, without = self.sides(results, inside, everything, group, results.arms.index(each["arm"]))
            self.assert_estimate(each["group"], within, where)
            self.assert_estimate(each["rest"], without, where)
            self.assert_estimate(each["gap"], within - without, where)
            self.assert_estimate(each["group_minus_reference"], within - reference[0], where)
            self.assert_estimate(each["rest_minus_reference"], without - reference[1], where)

    def test_costs_and_net_benefits_are_those_of_the_tables(self):
        results = self.study()
        for perspective in ("public_sector", "societal"):
            costs, cost = self.in_groups(results, perspective)
            options = ("--perspective", perspective, "--threshold", self.THRESHOLD)
            shown = self.document("compare", self.file, *options)["group_value"]
            self.assertIn("Assumption", shown["assumption"])
            self.assertEqual([one["group"] for one in shown["groups"]], results.groups)
            effect = results.measure("composite", all)
            for one in shown["groups"]:
                group = one["group"]
                traced = results.group_measure("traced_cost_" + perspective, group)
                worth = self.THRESHOLD * results.group_measure("composite", group) - costs[group]
                everything = results.measure("traced_cost_" + perspective, all)
                self.assert_gaps(one["cost_per_family"], results, costs[group], cost, group)
                self.assert_gaps(one["traced_cost_per_family"], results, traced, everything, group)
                [at] = one["net_benefit_per_family"]
                self.assert_gaps(at["arms"], results, worth, self.THRESHOLD * effect - cost, group)

    def test_net_benefits_of_a_group_and_of_the_rest_add_up_to_the_arms(self):
        results = self.study()
        shown = self.document("compare", self.file, "--threshold", self.THRESHOLD)
        units = results.measure("families", all)[0].size
        whole = {one["arm"]: one["net_benefit"]["value"] for one in shown["net_benefit"][0]["arms"]}
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
                self.assertAlmostEqual(row[name], other[name], delta=1e-6)


class CostEffectiveness(Compared):
    def test_net_benefit_at_each_threshold(self):
        results = self.study()
        shown = self.document("compare", self.file, "--threshold", "0,5000", "--threshold", "20000.5")
        self.assertEqual([at["threshold"] for at in shown["net_benefit"]], [0, 5000, 20000.5])
        for at in shown["net_benefit"]:
            benefit = {
                arm: at["threshold"] * results.measure(shown["effect"], arm) - results.measure(shown["cost"], arm)
                for arm in results.arms
            }
            for one in at["arms"]:
                self.assert_estimate(one["net_benefit"], Quantity(benefit[one["arm"]]), one["arm"])
                difference = Quantity(benefit[one["arm"]] - benefit["no_support"])
                self.assert_estimate(one["difference"], difference, one["arm"])
            self.assertEqual(at["best"], max(benefit, key=lambda arm: benefit[arm].mean()))
            self.assertAlmostEqual(sum(one["probability_best"] for one in at["arms"]), 1.0)

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
            rows = {row["arm"]: row for row in shown["incremental_table"]}
            self.assertEqual({arm for arm, row in rows.items() if row["standing"] == "on_frontier"}, best)
            self.assertEqual([row["cost"] for row in shown["incremental_table"]], sorted(cost.values()))
            frontier = sorted(best, key=cost.get)
            for cheaper, dearer in zip(frontier, frontier[1:]):
                icer = (cost[dearer] - cost[cheaper]) / (effect[dearer] - effect[cheaper])
                self.assert_number(rows[dearer]["icer"], icer, dearer)

    def test_the_studys_default_perspective_is_taken(self):
        self.study()
        self.assertEqual(self.document("compare", self.file)["perspective"], "public_sector")
        self.simulate(EVERY_MECHANISM, name="every.h5")
        self.assertEqual(self.document("compare", "every.h5")["perspective"], "payers_of_taxes")

    def test_without_a_threshold_none_is_invented(self):
        self.study()
        self.assertEqual(self.document("compare", self.file)["net_benefit"], [])


class Formats(Compared):
    def test_csv_says_what_json_says(self):
        self.study()
        rows = self.table("compare", self.file, "--threshold", 5000)
        self.assertEqual(list(rows[0]), ["section", "arm", "measure", "statistic", "value"])
        said = {tuple(row.values())[:4]: row["value"] for row in rows}
        self.assertEqual(len(said), len(rows), "each number has one name")
        shown = self.document("compare", self.file, "--threshold", 5000)
        compared = 0
        for section in ("arms", "differences"):
            for one in shown[section]:
                for name, estimate in one["measures"].items():
                    text = said[section, one["arm"], name, "value"]
                    self.assertEqual(float(text) if text else None, estimate["value"])
                    compared += 1
        self.assertGreater(compared, 300)
        self.assertEqual(
            {row["section"] for row in rows},
            {"arms", "differences", "incremental_table", "icer_table", "break_even", "plane", "ceac", "ceaf",
             "expected_loss", "expected_net_benefit", "net_benefit", "equity", "group_value",
             "group_net_benefit_curve"},  # fmt: skip
        )

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
        for one in self.document("compare", self.file)["differences"]:
            cost = one["measures"]["cost_public_sector_per_family"]
            low, high = cost["parameter"]["low"], cost["parameter"]["high"]
            self.assertRegex(text, rf"(?m)^{one['arm']} +{cost['value']:.0f} \({low:.0f} to {high:.0f}\) ")

    def test_what_does_not_exist_is_missing_in_every_format(self):
        """No plans in M1: neither a median of days to sign-off nor a share on time."""
        self.study(SCENARIOS / "verification/m1.yaml", "--replications", 3)
        shown = self.document("compare", self.file)["arms"][0]["measures"]
        rows = self.table("compare", self.file)
        said = {(row["section"], row["measure"], row["statistic"]): row["value"] for row in rows}
        text = self.run_program("compare", self.file, "--full").stdout
        for name in ("median_days_to_sign_off", "on_time_share", "mean_days_to_sign_off"):
            self.assertIsNone(shown[name]["value"], name)
            self.assertEqual(said["arms", name, "value"], "", name)
        self.assertNotIn("-1", text.split(), "a missing number is not -1")

    def test_json_and_csv_parse_for_every_kind_of_study(self):
        for scenario in (EVERY_MECHANISM, "verification/m1.yaml", "verification/mg1.yaml"):
            for options in (["--replications", 1], ["--replications", 2]):
                file = self.simulate(scenario, "--force", "--draws", 1, *options)
                text = self.run_program("compare", file, "--format", "json").stdout
                json.loads(text, parse_constant=lambda word: self.fail(f"{word} is no JSON"))
                rows = list(csv.reader(io.StringIO(self.run_program("compare", file, "--format", "csv").stdout)))
                self.assertGreater(len(rows), 50)
                self.assertEqual({len(row) for row in rows}, {5})


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
