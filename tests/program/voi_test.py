"""`vfmsim voi` against slow versions of its own, and what it does with files, groups and populations."""

import math
import random
import re

import h5py
import numpy
from program import ProgramTest, main

SMALL = ("--draws", "128", "--replications", "2")


def net_benefit(cost, effect, threshold):
    return threshold * effect - cost


def slow_evpi(cost, effect, threshold):
    """Naive and cross-fitted, one draw and one replication at a time; cost and effect are arm x draw x replication."""
    arms, draws, replications = cost.shape
    benefit = net_benefit(cost, effect, threshold)
    mean = benefit.mean(axis=2)
    best = max(range(arms), key=lambda arm: (mean[arm].mean(), -arm))
    naive = sum(max(mean[arm][draw] for arm in range(arms)) - mean[best][draw] for draw in range(draws)) / draws
    gains = []
    for draw in range(draws):
        for left_out in range(replications):
            others = [i for i in range(replications) if i != left_out]
            chosen = max(range(arms), key=lambda arm: (benefit[arm, draw, others].mean(), -arm))
            present = max(range(arms), key=lambda arm: (benefit[arm][:, others].mean(), -arm))
            gains.append(benefit[chosen, draw, left_out] - benefit[present, draw, left_out])
    return naive, sum(gains) / len(gains)


def slow_evppi(cost, effect, parameter, threshold, terms=2):
    """By a polynomial in ranks, fitted to the net benefit of each arm itself; nothing is penalised."""
    ranks = numpy.argsort(numpy.argsort(parameter)) / (len(parameter) - 1) - 0.5
    basis = numpy.vander(ranks, terms)
    benefit = net_benefit(cost, effect, threshold).mean(axis=2)
    fits = numpy.array([basis @ numpy.linalg.lstsq(basis, arm, rcond=None)[0] for arm in benefit])
    return fits.max(axis=0).mean() - fits.mean(axis=1).max()


def sample_csv(draws=400, seed=3):
    """An outside sample of two arms and three parameters, the second and third correlated."""
    chance = random.Random(seed)
    lines = ["draw,cost_usual,effect_usual,cost_new,effect_new,strong,pair_a,pair_b"]
    for draw in range(draws):
        strong, a = chance.gauss(0, 1), chance.gauss(0, 1)
        b = 0.8 * a + 0.6 * chance.gauss(0, 1)
        lines.append(f"{draw},0,0,{500 + 50 * a!r},{0.5 + strong + 0.3 * b!r},{strong!r},{a!r},{b!r}")
    return "\n".join(lines) + "\n"


class ValueOfInformation(ProgramTest):
    simulated = None  # the study's bytes: it is run once

    def study(self):
        if self.simulated is None:
            type(self).simulated = self.simulate("single_vs_dual.yaml", *SMALL).read_bytes()
        path = self.folder / "study.h5"
        path.write_bytes(self.simulated)
        return path

    def imported(self):
        path = self.write("sample.csv", sample_csv())
        self.run_program("import", path, "-o", self.folder / "sample.h5")
        return self.folder / "sample.h5"

    def test_evpi_and_evppi_are_those_of_a_slow_version(self):
        results = self.study()
        found = self.document("voi", results, "--thresholds", "5000,10000,20000")
        with h5py.File(results) as file:
            measures = [name.decode() for name in file["summary/measure"][:]]
            cost = file["summary/value"][..., measures.index("cost_public_sector")]
            effect = file["summary/value"][..., measures.index("composite")]
            parameters = file["parameters/value"][:]
        for point in found["evpi"]:
            naive, crossed = slow_evpi(cost, effect, point["threshold"])
            self.assertAlmostEqual(point["naive"], naive, delta=1e-9 * abs(naive) + 1e-6)
            self.assertAlmostEqual(point["cross_fitted"], crossed, delta=1e-9 * abs(naive) + 1e-6)
            self.assertLess(point["fitted"], point["naive"])
            self.assertGreater(point["fitted"], crossed - 2 * point["cross_fitted_standard_error"])
        # Columns of the draws are the uncertain parameters in order of their names, as singles in `evppi` are.
        uncertain = sorted({name for row in found["evppi"] for name in row["parameters"]})
        self.assertEqual(len(uncertain), parameters.shape[1])
        ranking = [row["name"] for row in found["measure_next"] if len(row["parameters"]) == 1][:8]
        for row in found["evppi"]:
            if row["name"] in ranking and row["kind"] == "parameter" and row["threshold"] == 10000:
                slow = slow_evppi(cost, effect, parameters[:, uncertain.index(row["name"])], 10000)
                # Without a penalty it finds what chance gives besides.
                error = math.hypot(row["standard_error"], row["null"])
                self.assert_close(row["value"], slow, error, errors=3, what=row["name"])

    def test_objects_have_their_names_and_threads_change_nothing(self):
        results = self.study()
        options = ("--thresholds", "0:20000:5", "--no-store")
        found = self.document("voi", results, *options, "--threads", "1")
        self.assertEqual(found, self.document("voi", results, *options, "--threads", "5"))
        self.assertEqual(found["command"], "voi")
        for name in (
            "threshold fitted fitted_standard_error cross_fitted cross_fitted_standard_error naive naive_standard_error"
        ).split():
            self.assertIsInstance(found["evpi"][0][name], (int, float), name)
        for row in found["evppi"]:
            self.assertTrue({"parameters", "threshold", "value", "standard_error", "null"} <= set(row))
            above = row["value"] > row["null"]
            self.assertEqual(row["verdict"], "above chance" if above else "not distinguishable from zero")
        self.assertEqual(len({(row["kind"], row["name"]) for row in found["evppi"]}) * 5, len(found["evppi"]))

    def test_every_parameter_is_there_once_and_declared_groups_beside_them(self):
        found = self.document("voi", self.study(), "--thresholds", "10000", "--group", "mine=mediation_fee,appeal_cost")
        alone = [name for row in found["evppi"] if row["kind"] != "group" for name in row["parameters"]]
        self.assertEqual(len(alone), len(set(alone)))
        self.assertEqual(len(alone), 176)
        groups = {row["name"]: row for row in found["groups"]}
        self.assertIn("effects_of_staffing", groups)
        self.assertIn("dispute_costs", groups)
        self.assertIn("uptake", groups)
        # Appeal costs are elicited together: who knows one knows the other.
        self.assertEqual(groups["mine"]["added"], ["hearing_extra_cost"])
        shares = [row for row in found["evppi"] if "iass_or_vcsp.iass" in row["parameters"]]
        self.assertTrue(all("iass_or_vcsp.vcsp" in row["parameters"] for row in shares))

    def test_an_imported_sample_is_taken_at_face_value_and_its_correlations_are_found(self):
        found = self.document("voi", self.imported(), "--thresholds", "1000")
        self.assertEqual(found["settings"]["matrix"], "at_face_value")
        point = found["evpi"][0]
        self.assertIsNone(point["cross_fitted"])
        self.assertEqual(point["fitted"], point["naive"])
        self.assertEqual(
            [sorted(row["parameters"]) for row in found["measure_next"]], [["strong"], ["pair_a", "pair_b"]]
        )
        self.assertIn("taken at face value", self.run_program("voi", self.folder / "sample.h5").stdout)

    def test_evppi_of_a_strong_parameter_is_that_of_a_cubic_fit(self):
        results = self.imported()
        with h5py.File(results) as file:
            values = file["summary/value"][:]
            parameters = file["parameters/value"][:]
            names = [name.decode() for name in file["parameters/parameter"][:]]
        for row in self.document("voi", results, "--thresholds", "500,1000,3000")["evppi"]:
            if row["name"] != "strong":
                continue
            column = parameters[:, names.index("strong")]
            slow = slow_evppi(values[..., 0], values[..., 1], column, row["threshold"], terms=4)
            self.assert_close(row["value"], slow, row["standard_error"], errors=1, what=str(row["threshold"]))
            self.assertLess(row["standard_error"], 0.2 * slow)

    def test_what_it_found_is_stored_beside_the_results(self):
        results = self.imported()
        self.run_program("voi", results, "--thresholds", "0,1000", "--no-store")
        stored = self.folder / "sample.analysis.h5"
        self.assertFalse(stored.exists())
        found = self.document("voi", results, "--thresholds", "0,1000")
        with h5py.File(stored) as file:
            self.assertEqual(list(file["voi/evpi/fitted"][:]), [row["fitted"] for row in found["evpi"]])
            self.assertEqual(list(file["voi/evppi/null"][:]), [row["null"] for row in found["evppi"]])

    def test_values_over_a_population_need_one_that_is_declared(self):
        results = self.imported()
        for option in ("--population=5000", "--horizon-years=3"):
            self.assert_refused("voi", results, option, saying="neither is assumed")
        whole = ("--population", "5000", "--horizon-years", "3")
        self.assert_refused("voi", results, *whole, saying="--discount-rate")
        found = self.document("voi", results, *whole, "--discount-rate", "0.5", "--thresholds", "1000")
        point = found["evpi"][0]
        self.assertAlmostEqual(point["population_fitted"] / point["fitted"], 5000 * (1 + 1 / 1.5 + 1 / 2.25), places=6)
        self.assertNotIn("population_fitted", self.document("voi", results)["evpi"][0])
        longer = ("--population", "5000", "--horizon-years", "32", "--discount-rate", "green-book")
        point = self.document("voi", results, *longer, "--thresholds", "1000")["evpi"][0]
        years = sum(1.035**-year for year in range(31)) + 1.035**-30 / 1.03
        self.assertAlmostEqual(point["population_fitted"] / point["fitted"], 5000 * years, places=5)
        beyond = ("--population", "5000", "--horizon-years", "127", "--discount-rate", "green-book")
        self.assert_refused("voi", results, *beyond, saying="0 to 125")
        self.assert_refused("voi", results, *whole, "--discount-rate", "green", saying="or green-book")

    def test_the_ceiling_of_a_population_is_the_largest_value_and_no_mean(self):
        results = self.imported()
        whole = ("--population", "5000", "--horizon-years", "3", "--discount-rate", "0.035", "--no-store")
        for grid in ("0:3000:31", "0:800:9", "1000"):
            options = (*whole, "--thresholds", grid)
            found = self.document("voi", results, *options)
            top = max(found["evpi"], key=lambda point: point["population_fitted"])
            page = " ".join(self.run_program("voi", results, *options).stdout.split())
            worth = f"{top['population_fitted']:,.0f}"
            mean = numpy.mean([point["population_fitted"] for point in found["evpi"]])
            if len(found["evpi"]) == 1:
                self.assertIn(f"At this threshold no study of these parameters can be worth more than GBP {worth}.", page)
                self.assertIn(f" everything all {worth} strong ", page)
                continue
            self.assertIn(f"be worth more than GBP {worth} (at GBP {top['threshold']:,.0f} a unit).", page)
            self.assertRegex(page, rf" everything all {mean:,.0f} {worth} {top['threshold']:,.0f} ")
            self.assertEqual("above it, it may be more" in page, top["threshold"] == found["evpi"][-1]["threshold"])
            factor = top["population_fitted"] / top["fitted"]
            strong = [row for row in found["evppi"] if row["name"] == "strong"]
            best = max(strong, key=lambda row: row["value"])
            values = [numpy.mean([row["value"] for row in strong]), best["value"], best["threshold"] / factor]
            self.assertIn(" strong parameter " + " ".join(f"{factor * value:,.0f}" for value in values), page)
            rows = {(row["kind"], row["name"]): row for row in found["population"]}
            self.assertAlmostEqual(rows["all", "everything"]["largest"], top["population_fitted"], places=6)
            self.assertAlmostEqual(rows["parameter", "strong"]["mean"], factor * values[0], places=6)

    def test_the_page_says_what_money_is(self):
        costs = re.search(r"(?m)^Costs: .+$", self.run_program("compare", self.study()).stdout).group()
        self.assertRegex(costs, r"public sector perspective, GBP of 2015, discounted at 3.5 % a year\.$")
        page = self.run_program("voi", self.study(), "--thresholds", "10000").stdout
        self.assertIn(f"\n{costs} Values are GBP a family.\n", page)
        self.assertIn("No official willingness to pay for a unit of composite exists", " ".join(page.split()))

    def test_values_of_an_imported_sample_are_of_its_rows(self):
        whole = ("--population", "5000", "--horizon-years", "3", "--discount-rate", "0.035", "--thresholds", "1000")
        found = self.document("voi", self.imported(), *whole)
        self.assertIn("5,000 people a year", found["settings"]["population"])
        page = " ".join(self.run_program("voi", self.folder / "sample.h5", *whole).stdout.split())
        for words in ("GBP of a year not given, discounted as imported. Values are GBP a row of the sample, as imported",
                      "Over 5,000 people a year", "a row of the sample taken to be of one person"):  # fmt: skip
            self.assertIn(words, page)
        for ours in ("programme", "family", "families a year", "official"):
            self.assertNotIn(ours, page)

    def test_a_group_is_told_from_a_parameter_of_its_name(self):
        options = ("--group", "strong=strong", "--group", "pair=pair_a", "--no-store", "--thresholds", "1000,2000",
                   "--population", "5000", "--horizon-years", "3", "--discount-rate", "0.035")  # fmt: skip
        page = self.run_program("voi", self.imported(), *options).stdout
        whole = page[page.index("Over 5,000 people") :]
        for kind in ("parameter", "group"):
            self.assertEqual(len(re.findall(rf"(?m)^strong +{kind}  ", whole)), 1)
        self.assertIn("  pair has pair_b in it", page)

    def test_a_mean_over_thresholds_says_over_which(self):
        results = self.study()
        whole = ("--population", "5000", "--horizon-years", "3", "--no-store")
        page = self.run_program("voi", results, "--thresholds", "7500,10000", *whole).stdout
        page = " ".join(page.split())
        self.assertEqual(page.count("mean over the thresholds (GBP 7,500, 10,000), each as likely"), 4)
        self.assertEqual(page.count("mean over"), 4)
        page = self.run_program("voi", results, "--thresholds", "10000", *whole).stdout
        self.assertNotIn("mean over", " ".join(page.split()))

    def test_what_cannot_be_is_refused_with_the_nearest_name(self):
        results = self.imported()
        self.assert_refused("voi", results, "--group", "mine", saying="NAME=PARAMETER")
        self.assert_refused("voi", results, "--group", "mine=a,,b", saying="NAME=PARAMETER")
        self.assert_refused("voi", results, "--group", "mine=strog", saying="did you mean 'strong'")
        self.assert_refused("voi", results, "--reference", "usal", saying="did you mean 'usual'")
        self.assert_refused("voi", results, "--perspective", "importd", saying="did you mean 'imported'")
        self.assert_refused("voi", results, "--effect", "efect", saying="did you mean 'effect'")
        self.assert_refused("voi", results, "--threads", "0", saying="--threads")
        self.assert_refused("voi", self.folder / "none.h5", saying="none.h5")
        few = self.write("few.csv", "\n".join(sample_csv().splitlines()[:11]) + "\n")
        self.run_program("import", few, "-o", self.folder / "few.h5")
        self.assert_refused("voi", self.folder / "few.h5", saying="at least 20 draws")

    def test_the_page_says_what_to_measure_next_in_plain_words(self):
        page = self.run_program("voi", self.study(), "--thresholds", "7500,10000").stdout
        self.assertIn("What to measure next: mean over the thresholds (GBP 7,500, 10,000), each as likely\n1. ", page)
        self.assertIn("not distinguishable from zero", page)
        self.assertLessEqual(max(map(len, page.splitlines())), 100)


if __name__ == "__main__":
    main()
