"""`vfmsim sensitivity` against runs of the program at fixed values, closed forms, and a slow version in numpy."""

import json
import math

import h5py
import numpy
from program import SOURCE, ProgramTest, main
from results_tables import Results
from scipy import interpolate, linalg, stats

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"

# Two arms. The authority's price of an hour and the supporter's are uncertain and enter costs linearly; `lead`
# moves times; `unused` is read and changes nothing (nobody leaves). No budget, so that staffing is as declared at any value.
SMALL = """format: vfm-scenario 1
title: Small
clock: {launch: 2014-09-01, funding_end: 2015-08-31, last_referral: 2015-06-30, notice: 2015-05-31, horizon: 2016-12-31}
money: {price_year: 2015, discount_rate: 0, perspectives: {all: [programme, authority]}, default_perspective: all}
design: {draws: DRAWS, replications: REPLICATIONS, seed: 5}
parameters:
  price: {PRICE, unit: GBP/hour, price_year: 2015, source: here, quality: measured}
  wage: {WAGE, unit: GBP/hour, price_year: 2015, source: here, quality: expert}
  lead: {LEAD, unit: days, source: here, quality: expert}
  helped: {HELPED, unit: ratio, source: here, quality: assumption}
  unused: {distribution: {uniform: {low: 0, high: 1}}, unit: hours, source: here, quality: assumption}
population:
  attributes: {route: {levels: {new: 1}}}
  arrivals: {requests: {entry: request, annual_volume: 60}}
pathway:
  outcomes: [plan, refused]
  stages:
    request:
      phase: assessment
      offers_support: true
      lead_days: {lognormal: {mean: lead, cv: 0.5}}
      tasks: {meet: {hours: 4, within_days: 10}}
      next: [{end: refused, probability: {base: 0.2, effects: [{when: supported, odds_ratio: helped}]}}, {to: draft}]
    draft: {phase: draft, lead_days: 10, authority_hours: {gamma: {mean: 8, cv: 0.5}}, milestone: plan_signed_off, next: [{end: plan}]}
authority: {caseworkers: 2, weekly_hours: 30, cost_per_hour: price}
support:
  handover_hours: unused
  uptake: {probability: {base: 0.6}}
  kinds: {paid: {paid: true, weekly_hours: 12, caseload_cap: 20, cost_per_hour: wage}}
  providers: {one: {staffing: {paid: {posts: 1}}}}
outcomes:
  feels_supported: {base: 0.5, effects: [{when: supported, odds_ratio: 2}]}
arms:
  without: {set: {support.enabled: false}}
  with: {}
"""
UNCERTAIN = {
    "PRICE": "distribution: {uniform: {low: 20, high: 40}}",
    "WAGE": "distribution: {uniform: {low: 5, high: 45}}",
    "LEAD": "distribution: {lognormal: {mean: 30, sd: 6}}",
    "HELPED": "distribution: {uniform: {low: 0.5, high: 1.1}}",
}
MEANS = {"PRICE": 30, "WAGE": 25, "LEAD": 30, "HELPED": 0.8}


def small(draws=1, replications=6, **fixed):
    text = SMALL.replace("DRAWS", str(draws)).replace("REPLICATIONS", str(replications))
    for name, distribution in UNCERTAIN.items():
        text = text.replace(name, f"value: {fixed[name]!r}" if name in fixed else distribution)
    return text


class Designed(ProgramTest):
    """One-way and Saltelli runs of a scenario."""

    def answer(self, *options, text=None):
        file = self.write("small.yaml", text or small())
        return self.document("sensitivity", file, "--progress", "none", "--replications", 6, *options)

    def increments(self, threshold, **fixed):
        """What `run` gives with every parameter fixed, those not named at their means: a value a replication."""
        results = Results(self.simulate(self.write("fixed.yaml", small(**{**MEANS, **fixed})), "--force"))
        cost, effect = (results.measure(name, all)[:, 0] for name in ("cost_all", "composite"))
        return (threshold * (effect[1] - effect[0]) - (cost[1] - cost[0])), results.measure("families")[0].mean()

    def test_bars_are_what_runs_at_fixed_values_with_the_same_seed_give(self):
        threshold = 40000
        answer = self.answer("--threshold", threshold, "--rows", 0)
        base, families = self.increments(threshold)
        self.assertAlmostEqual(float(answer["settings"]["families"]), families)
        bars = {bar["parameter"]: bar for bar in answer["tornado"]}
        self.assertEqual(set(bars), {"price", "wage", "lead", "helped", "unused"})
        for name in ("price", "wage", "lead", "helped"):
            for end in ("low", "high"):
                value = bars[name][end]
                runs, _ = self.increments(threshold, **{name.upper(): value})
                change = (runs - base) / families
                self.assertAlmostEqual(bars[name][f"change_at_{end}"], change.mean(), 6, f"{name} {end}")
                self.assertAlmostEqual(
                    bars[name][f"change_at_{end}_standard_error"], change.std(ddof=1) / math.sqrt(6), 6
                )
        self.assertAlmostEqual(bars["price"]["low"], 20.5)
        self.assertAlmostEqual(bars["lead"]["high"], stats.lognorm.ppf(
            0.975, math.sqrt(math.log(1.04)), scale=30 / math.sqrt(1.04)), 9)
        # The same families with the same variates: what changes nothing shows nothing at all.
        self.assertEqual(bars["unused"]["change_at_low"], 0)
        self.assertEqual(bars["unused"]["change_at_high_standard_error"], 0)

    def test_switching_values_of_a_linear_cost_are_exact(self):
        threshold = 40000
        base, families = self.increments(threshold)
        dearer, _ = self.increments(threshold, WAGE=26)
        slope = (dearer - base).mean()
        value = 25 - base.mean() / slope
        self.assertTrue(6 < value < 44, f"the example is no longer one: {value}")
        answer = self.answer("--threshold", threshold, "--rows", 0)
        side = "above" if value > 25 else "below"
        for decision in ("best_of_all", "against_reference"):
            rows = [
                row
                for row in answer["switching_values"]
                if row["parameter"] == "wage" and row["decision"] == decision
            ]
            self.assertEqual([row["direction"] for row in rows], [side])
            self.assertAlmostEqual(rows[0]["value"], value, 6)
            beyond = (45 - value) / 40 if side == "above" else (value - 5) / 40
            self.assertAlmostEqual(rows[0]["probability_beyond"], beyond, 9)
            at_mean = "with" if base.mean() > 0 else "without"
            self.assertEqual(rows[0]["from"], at_mean)
            self.assertNotEqual(rows[0]["to"], at_mean)
        unused = [row for row in answer["switching_values"] if row["parameter"] == "unused"]
        self.assertEqual({row["direction"] for row in unused}, {"none within the 95 % range"})
        alone = [row for row in answer["what_would_have_to_be_true"] if row["parameter"] == "wage"]
        self.assertAlmostEqual(alone[0]["value"], value, 6)
        units = stats.norm.ppf((value - 5) / 40)
        self.assertAlmostEqual(alone[0]["normal_units"], units, 9)

    def test_the_joint_point_is_confirmed_by_a_run(self):
        threshold = 40000
        answer = self.answer("--threshold", threshold, "--rows", 0)
        at_mean = next(row["from"] for row in answer["switching_values"] if row["from"])
        region = next(row for row in answer["joint_region"] if row["arm"] != at_mean)
        self.assertEqual(region["is"], "best beyond the point")
        self.assertAlmostEqual(region["probability"], stats.norm.cdf(-region["distance"]), 9)
        best = next(row for row in answer["joint_region"] if row["arm"] == at_mean)
        self.assertEqual(best["is"], "best at the medians")
        self.assertAlmostEqual(best["probability"], stats.norm.cdf(best["distance"]), 9)
        # Of two arms the point at which one takes the lead is that at which the other loses it.
        self.assertAlmostEqual(best["distance"], region["distance"], 6)
        self.assertAlmostEqual(best["probability_best"] + region["probability_best"], 1, 9)
        self.assertAlmostEqual(region["probability_best"], region["probability"], delta=0.1)
        parts = [row for row in answer["joint_point"] if row["arm"] == region["arm"]]
        self.assertAlmostEqual(
            math.sqrt(sum(part["normal_units"] ** 2 for part in parts)), region["distance"], delta=0.01 * region["distance"] + 0.01
        )
        values = {part["parameter"].upper(): part["value"] for part in parts if part["parameter"] != "unused"}
        there, _ = self.increments(threshold, **{**{"LEAD": 30 / math.sqrt(1.04)}, **values})
        base, _ = self.increments(threshold)
        # Interpolated between runs at 0.75 and 1 or 1 and 1.25 of the way: what is left is a small part.
        self.assertLess(abs(there.mean()), 0.1 * abs(base.mean()))
        # It is never farther than the nearest parameter alone.
        nearest = min(abs(row["normal_units"]) for row in answer["what_would_have_to_be_true"])
        self.assertLess(region["distance"], 1.05 * nearest + 0.05)

    def test_sobol_indices_of_a_cost_that_is_linear_in_two_prices_are_their_variances(self):
        # With the threshold at 0 the increment is wage x hours + price x (difference of hours): hours do not depend
        # on either.
        fixed = {name: MEANS[name] for name in ("LEAD", "HELPED")}
        text = small(**fixed)
        answer = self.answer(
            "--threshold", 0, "--rows", 256, "--groups", "wage,price,unused", text=text
        )
        base, _ = self.increments(0)
        wage = (self.increments(0, WAGE=26)[0] - base).mean() * 40 / math.sqrt(12)
        price = (self.increments(0, PRICE=31)[0] - base).mean() * 20 / math.sqrt(12)
        share = wage**2 / (wage**2 + price**2)
        rows = {row["name"]: row for row in answer["sobol"]}
        for kind in ("first", "total"):
            self.assert_close(rows["wage"][kind], share, rows["wage"][f"{kind}_standard_error"], what=kind)
        self.assertEqual(rows["unused"]["first"], 0)
        self.assertEqual(rows["unused"]["total"], 0)
        self.assertEqual(rows["wage"]["parameters"], ["wage"])

    def test_threads_change_nothing(self):
        one = self.answer("--rows", 16, "--threads", 1, "--threshold", 40000)
        self.assertEqual(self.answer("--rows", 16, "--threads", 3, "--threshold", 40000), one)

    def test_a_results_file_runs_its_own_scenario_and_keeps_what_was_found(self):
        file = self.write("small.yaml", small(draws=4))
        results = self.simulate(file)
        options = ("--progress", "none", "--replications", 4, "--rows", 8, "--threshold", 40000)
        designed = self.document("sensitivity", results, "--designed", *options)
        alone = self.document("sensitivity", file, *options)
        self.assertEqual(designed["tornado"], alone["tornado"])
        self.assertEqual(designed["sobol"], alone["sobol"])
        with h5py.File(self.folder / "results.analysis.h5") as stored:
            change = stored["sensitivity/tornado/change_at_low"][()]
        numpy.testing.assert_array_equal(change, [row["change_at_low"] for row in alone["tornado"]])

    def test_every_format_says_the_same(self):
        file = self.write("small.yaml", small())
        options = (file, "--progress", "none", "--replications", 4, "--rows", 0, "--threshold", 40000)
        page = self.run_program("sensitivity", *options).stdout
        for words in ("Tornado", "Switching values", "What would have to be true", "wage", "Measure first"):
            self.assertIn(words, page)
        region = next(row for row in self.document("sensitivity", *options)["joint_region"] if "beyond" in row["is"])
        subject = "--arm=" + region["arm"] if region["arm"] == "with" else "--reference=with"
        page = " ".join(self.run_program("sensitivity", *options, subject).stdout.split())
        self.assertRegex(page, r"far side with a probability of about [\d.]+ % \(to first order\)")
        self.assertNotIn("at most", page)
        self.assertIn("| wage |", self.run_program("sensitivity", *options, "--format", "markdown").stdout)
        rows = self.table("sensitivity", *options)
        document = self.document("sensitivity", *options)
        low = [row["value"] for row in rows if row["table"] == "tornado" and row["column"] == "change_at_low"]
        self.assertEqual([float(value) for value in low], [row["change_at_low"] for row in document["tornado"]])

    def test_refusals_say_what_would_be_right(self):
        file = self.write("small.yaml", small())
        self.assert_refused("sensitivity", file, "--arm", "wiht", saying="did you mean 'with'?")
        self.assert_refused("sensitivity", file, "--arm", "without", saying="is the reference itself")
        self.assert_refused("sensitivity", file, "--rows", 8, "--groups", "wagee", saying="did you mean 'wage'?")
        self.assert_refused("sensitivity", file, "--designed", saying="a scenario is always run")
        self.assert_refused("sensitivity", file, "--effect", "composit", saying="did you mean 'composite'?")
        fixed = self.write("fixed.yaml", small(**MEANS).replace("distribution: {uniform: {low: 0, high: 1}}", "value: 1"))
        self.assert_refused("sensitivity", fixed, "--threshold", 5, saying="no parameter is uncertain")
        self.assert_refused("sensitivity", self.folder / "none.h5", saying="none.h5")


class SlowIndices:
    """First-order indices as the design page has them, written with numpy and scipy."""

    def __init__(self, columns, blocks, values):
        self.draws = len(values)
        self.columns = columns
        self.scores = numpy.array([stats.norm.ppf(self.places(column)) for column in columns]).T
        self.scores = self.scores - self.scores.mean(axis=0)
        means = values.mean(axis=1)
        self.centred = means - means.mean()
        within = values.var(axis=1, ddof=1).mean() / values.shape[1]
        self.variance = means.var(ddof=1) - within
        slopes = numpy.zeros(len(columns))
        if self.draws >= 4 * len(columns):
            slopes = numpy.linalg.lstsq(self.scores, self.centred, rcond=1e-9)[0]
        self.values = [self.index(block, slopes) for block in blocks]

    @staticmethod
    def places(column):
        return (stats.rankdata(column) - 0.5) / len(column)

    def terms(self, column, most):
        """The line, then natural cubic splines of the ranks that bend ever more, least first: `most` at most."""
        places = self.places(column)
        ascending = numpy.sort(places)
        knots = numpy.unique(places)
        if len(knots) > 10:
            shares = 0.01 + 0.98 * numpy.arange(10) / 9
            knots = numpy.unique(ascending[numpy.floor(shares * (len(places) - 1) + 0.5).astype(int)])
        line = places[:, None]
        if len(knots) < 3 or most < 2:
            return line
        spline = interpolate.CubicSpline(knots, numpy.eye(len(knots)), bc_type="natural")
        inside = numpy.clip(places, knots[0], knots[-1])
        basis = spline(inside) + (places - inside)[:, None] * spline(inside, 1)
        bends = spline(knots, 2)
        penalty = sum(
            width / 6 * (numpy.outer(a, a + b) + numpy.outer(b, a + b) + numpy.outer(a, a) + numpy.outer(b, b))
            for width, a, b in zip(numpy.diff(knots), bends[:-1], bends[1:])
        )
        axes = linalg.eigh(penalty, basis.T @ basis)[1]
        return numpy.hstack([line, (basis @ axes)[:, 2 : 1 + most]])

    def index(self, block, slopes):
        others = [p for p in range(len(self.columns)) if p not in block]
        target = self.centred - self.scores[:, others] @ slopes[others]
        (parameter,) = block
        basis = self.terms(self.columns[parameter], min(self.draws // 20, 9))
        basis = basis - basis.mean(axis=0)
        coefficients, _, rank, _ = numpy.linalg.lstsq(basis, target, rcond=1e-9)
        fitted = basis @ coefficients
        left = ((target - fitted) ** 2).sum() / (self.draws - rank - 1)
        return ((fitted**2).sum() - rank * left) / (self.draws - 1) / self.variance


class GivenData(ProgramTest):
    """Work on the draws of a results file."""

    def test_first_order_indices_are_those_of_a_slow_version(self):
        for draws in (40, 400):  # too few for a joint regression, and enough
            results_file = self.simulate(EVERY_MECHANISM, "--draws", draws, "--force")
            results = Results(results_file)
            answer = self.document("sensitivity", results_file, "--threshold", 3000)
            names = list(results.parameters)
            columns = [results.parameters[name] for name in names]
            checked = 0
            arms = {row["arm"] for row in answer["first_order"]}
            for arm in arms:
                cost, effect = (
                    results.measure(name, arm) - results.measure(name, results.reference)
                    for name in ("cost_payers_of_taxes", "composite")
                )
                rows = [row for row in answer["first_order"] if row["arm"] == arm and len(row["parameters"]) == 1]
                blocks = [[names.index(row["name"])] for row in rows]
                slow = SlowIndices(columns, blocks, 3000 * effect - cost)
                for row, value in zip(rows, slow.values):
                    self.assertAlmostEqual(row["first"], value, delta=2e-6, msg=f"{draws} {arm} {row['name']}")
                    checked += 1
            self.assertGreater(checked, 10)
            together = {tuple(row["parameters"]) for row in answer["first_order"] if len(row["parameters"]) > 1}
            self.assertIn(("age.middle", "age.old", "age.young"), together)

    def test_of_an_imported_linear_gaussian_sample_are_the_closed_forms(self):
        # Net benefit of y at 150 a unit: 150 (1 + 0.3 b) - (100 + 20 a), a and b standard normal, c correlated with a.
        draws = 2000
        engine = numpy.random.default_rng(1)
        a, b, other = engine.standard_normal((3, draws))
        lines = ["draw,a,b,c,cost_x,effect_x,cost_y,effect_y"]
        for i in range(draws):
            cost, effect = 100 + 20 * a[i], 1 + 0.3 * b[i]
            lines.append(f"{i},{a[i]},{b[i]},{0.8 * a[i] + 0.6 * other[i]},0,0,{cost},{effect}")
        self.write("psa.csv", "\n".join(lines) + "\n")
        self.run_program("import", "psa.csv", "-o", "psa.h5")
        answer = self.document("sensitivity", "psa.h5", "--threshold", 150)
        rows = {tuple(row["parameters"]): row for row in answer["first_order"]}
        self.assertEqual(set(rows), {("a", "c"), ("b",)})
        spread = 20**2 + 45**2
        for row, share in ((rows["a", "c"], 400 / spread), (rows[("b",)], 2025 / spread)):
            self.assert_close(row["first"], share, row["first_standard_error"])
        region = {row["arm"]: row for row in answer["joint_region"]}
        distance = 50 / math.sqrt(spread)
        # The sample's own means and spreads of a and b: 4 standard errors of each.
        tolerance = 4 / math.sqrt(draws) * math.sqrt(1 + distance**2)
        self.assertAlmostEqual(region["x"]["distance"], distance, delta=tolerance)
        self.assertAlmostEqual(region["x"]["probability"], stats.norm.cdf(-distance), delta=0.4 * tolerance)
        self.assertEqual(region["y"]["is"], "best at the medians")
        best = (numpy.asarray(150 * (1 + 0.3 * b) - (100 + 20 * a)) > 0).mean()
        self.assertAlmostEqual(region["y"]["probability_best"], best, delta=0.01)
        self.assertAlmostEqual(region["x"]["probability_best"] + region["y"]["probability_best"], 1, 9)
        self.assertAlmostEqual(region["y"]["probability"], 1 - region["x"]["probability"], 9)
        point = {row["parameter"]: row for row in answer["joint_point"] if row["arm"] == "x"}
        self.assertAlmostEqual(point["b"]["normal_units"], -distance * 45 / math.sqrt(spread), delta=tolerance)
        self.assertAlmostEqual(point["a"]["normal_units"], distance * 20 / math.sqrt(spread), delta=tolerance)
        self.assert_refused("sensitivity", "psa.h5", "--designed", "--threshold", 5, saying="no scenario to run")

    def test_default_thresholds_lie_where_each_arm_of_the_frontier_is_the_best(self):
        results_file = self.simulate(self.write("small.yaml", small(draws=64, replications=2)))
        answer = self.document("sensitivity", results_file)
        results = Results(results_file)
        cost, effect = (results.measure(name, all).mean(axis=(1, 2)) for name in ("cost_all", "composite"))
        change = (cost[1] - cost[0]) / (effect[1] - effect[0])
        thresholds = sorted({row["threshold"] for row in answer["joint_region"]})
        numpy.testing.assert_allclose(thresholds, [change / 2, 2 * change], rtol=0.005)
        self.assertIn("stretch", answer["settings"]["thresholds_chosen_by"])

    def test_refusals_say_what_would_be_right(self):
        few = self.simulate(self.write("small.yaml", small(draws=8)))
        self.assert_refused("sensitivity", few, "--threshold", 5, saying="indices need at least 20")
        self.assert_refused("sensitivity", few, "--rows", 8, saying="add --designed")
        same = small(draws=32).replace("with: {}", "with: {set: {support.enabled: false}}")
        many = self.simulate(self.write("same.yaml", same), name="same.h5")
        self.assert_refused("sensitivity", many, saying="No official willingness to pay for a unit of composite exists")


if __name__ == "__main__":
    main()
