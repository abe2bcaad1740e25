"""What must add up in every scenario, arm, draw and replication: families, the ledger, arms that are the same.

Nothing here is statistical: counts and sums of fixed-point money are exact, but for the rounding of a few sums of
doubles.
"""

import numpy
import yaml
from program import SCENARIOS, SOURCE, ProgramTest, main
from report_rows import by_arm
from results_tables import Results

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"

# Small enough to look at every row; truncated ones leave families in the pathway at the horizon.
STUDIES = {
    "the default study in small": ("tiny.yaml", []),
    "the default study cut short": ("tiny.yaml", ["--draws", "4", "--set", "clock.horizon=2016-06-30"]),
    "every mechanism": (EVERY_MECHANISM, []),
    "every mechanism cut short": (EVERY_MECHANISM, ["--set", "clock.horizon=2015-08-31"]),
    "stages alone": ("verification/infinite_capacity.yaml", ["--replications", "2"]),
    "M1": ("verification/m1.yaml", ["--replications", "4"]),
    "M1 cut short": ("verification/m1.yaml", ["--replications", "4", "--set", "clock.funding_end=2015-12-31"]),
    "M2": ("verification/m2.yaml", ["--replications", "20"]),
    "M2 cut short": ("verification/m2.yaml", ["--replications", "20", "--set", "clock.funding_end=2015-12-31"]),
    "M2b": ("verification/m2b.yaml", ["--replications", "20"]),
    "M/G/1": ("verification/mg1.yaml", ["--replications", "2"]),
}


class EveryRow(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.studies = {}

    def each_study(self):
        for title, (scenario, options) in STUDIES.items():
            if title not in self.studies:
                self.studies[title] = Results(self.simulate(scenario, "--force", "--progress", "none", *options))
            with self.subTest(study=title):
                yield self.studies[title]

    def test_every_family_is_in_exactly_one_final_state(self):
        somebody_open = False
        for results in self.each_study():
            ended = sum(results.measure(name, all) for name in results.measures if name.startswith("ended_"))
            still_there = results.measure("open_at_horizon", all)
            self.assertTrue((results.measure("families", all) == ended + still_there).all())
            self.assertGreater(results.measure("families", all).min(), 0)
            somebody_open |= bool(still_there.any())
        self.assertTrue(somebody_open, "no study was cut short enough to test anything")

    def test_arms_meet_the_same_families(self):
        for results in self.each_study():
            families = results.measure("families", all)
            self.assertTrue((families == families[:1]).all())

    def test_a_perspective_costs_what_its_payers_pay(self):
        for results in self.each_study():
            perspectives = yaml.safe_load(results.scenario)["money"]["perspectives"]
            self.assertGreater(len(perspectives), 0)
            for perspective, payers in perspectives.items():
                paid = sum(results.measure("paid_by_" + payer, all) for payer in payers)
                self.assert_same_money(results.measure("cost_" + perspective, all), paid)

    def test_a_payer_pays_the_sum_of_the_ledger(self):
        for results in self.each_study():
            for p, payer in enumerate(results.payers):
                mean_paid = results.measure("paid_by_" + payer, all).mean(axis=2)
                self.assert_same_money(mean_paid, results.costs[:, :, p, :].sum(axis=2))

    def test_costs_traced_to_families_are_the_ledger_without_people_in_posts_and_overheads(self):
        shared = {
            ("programme", category)
            for category in (
                "supporter_time_used supporter_time_idle other_work supervision recruitment_and_training "
                "management_and_premises travel_and_expenses"
            ).split()
        } | {("volunteer", "volunteer_time")}
        for results in self.each_study():
            scenario = yaml.safe_load(results.scenario)
            cells = [
                (p, c)
                for p, payer in enumerate(results.payers)
                for c, category in enumerate(results.categories)
                if (payer, category) not in shared
            ]
            for perspective, payers in scenario["money"]["perspectives"].items():
                own = [cell for cell in cells if results.payers[cell[0]] in payers]
                expected = sum((results.costs[:, :, p, c] for p, c in own), numpy.zeros(results.costs.shape[:2]))
                self.assert_same_money(results.measure("traced_cost_" + perspective, all).mean(axis=2), expected)

    def test_what_a_group_costs_is_part_of_what_all_families_cost(self):
        grouped = 0
        for results in self.each_study():
            for perspective in yaml.safe_load(results.scenario)["money"]["perspectives"]:
                name = "traced_cost_" + perspective
                self.assertTrue((results.measure(name, all) <= results.measure("cost_" + perspective, all) + 1e-3).all())
                for group in results.groups:
                    part = results.group_measure(name, group)
                    self.assertTrue((part <= results.measure(name, all)).all() and (part >= 0).all())
                    grouped += part.any()
        self.assertGreater(grouped, 0)

    def test_without_discounting_the_programme_pays_what_it_spends_week_by_week(self):
        for scenario in ("tiny.yaml", EVERY_MECHANISM):
            results = Results(self.simulate(scenario, "--force", "--set", "money.discount_rate=0"))
            paid = results.measure("paid_by_programme", all)
            self.assertGreater(paid.max(), 0)
            self.assert_same_money(results.measure("programme_spending", all), paid)
            for a, arm in enumerate(results.arms):
                weekly = results.weekly("spending", arm).sum() / 2**20
                self.assertAlmostEqual(weekly, paid[a].mean(), delta=0.01, msg="rounded to 2^-20 GBP a posting")

    def test_weeks_add_up_to_plans(self):
        for results in self.each_study():
            for a, arm in enumerate(results.arms):
                signed = results.measure("plans_signed_off", all)[a].sum()
                self.assertEqual(round(results.weekly("plans_signed_off", arm).sum() * results.units), signed)

    def test_numerators_are_parts_of_their_denominators(self):
        parts = [
            ("users", "families"),
            ("on_time_numerator", "on_time_denominator"),
            ("official_on_time_numerator", "official_on_time_denominator"),
            ("on_time_denominator", "plans_signed_off"),
            ("plans_signed_off", "plans_ready"),
            ("provisions_in_place", "plans_signed_off"),
            ("tasks_in_time", "tasks_worked"),
            ("tasks_worked", "tasks_due"),
            ("appointments_lapsed", "appointments_due"),
            ("appointments_due", "tasks_due"),
            ("stranded", "families"),
            ("skilled_hours", "support_hours"),
            ("support_hours", "contracted_hours"),
            ("feels_supported", "families"),
            ("engaged", "families"),
            ("plan_quality", "families"),
            ("navigation", "families"),
            ("composite", "families"),
        ]
        for results in self.each_study():
            self.assertGreaterEqual(results.measure("users", all).min(), 0)
            for part, whole in parts:
                if "plans_ready" in (part, whole) and not results.measure("plans_ready", all).any():
                    continue  # a pathway without this milestone
                with self.subTest(part=part, whole=whole):
                    self.assertTrue((results.measure(part, all) <= results.measure(whole, all) + 1e-3).all())
                    self.assertTrue((results.measure(part, all) >= 0).all())

    def test_the_composite_is_the_weighted_sum_of_its_outcomes(self):
        results = Results(self.simulate(EVERY_MECHANISM))
        weights = {"feels_supported": 0.4, "engaged": 0.3, "plan_quality": 0.2, "navigation": 0.1}
        weighted = sum(weight * results.measure(name, all) for name, weight in weights.items())
        self.assert_same_money(results.measure("composite", all), weighted)

    def assert_same_money(self, left, right):
        """The same to a thousandth: each family's amounts are whole multiples of 2^-20, rounded one by one."""
        self.assertEqual(left.shape, right.shape)
        self.assertLessEqual(numpy.abs(left - right).max(), 0.001)


class TheSameArmTwice(ProgramTest):
    """An arm that is the reference under another name differs from it by exactly nothing."""

    def twins(self, scenario, arm):
        text = f"format: vfm-scenario 1\ntitle: Twins\nextends: study.yaml\nreference_arm: {arm}\n"
        resolved = yaml.safe_load(self.run_program("check", scenario, "--resolved").stdout)
        twin = yaml.safe_dump({"arms": {"twin": {**resolved["arms"][arm], "title": "Twin"}}})
        return self.write("twins.yaml", text + twin)

    def compare(self, scenario, arm):
        path = self.folder / "study.yaml"
        path.write_text(self.run_program("check", scenario, "--resolved").stdout, encoding="utf-8")
        file = self.simulate(self.twins(path, arm), "--force")
        results = Results(file)
        self.assertEqual(results.reference, arm)
        self.assertEqual(results.rows_of_arm(arm), results.rows_of_arm("twin"))
        self.assertTrue((results.costs[results.arms.index(arm)] == results.costs[results.arms.index("twin")]).all())

        differences = by_arm(self.document("compare", file), "difference")["twin"]
        self.assertGreater(len(differences), 40)
        for name, difference in differences.items():
            self.assertIn(difference["value"], (0, None), name)

    def test_in_the_default_study(self):
        for arm in ("no_support", "dual_uncoordinated_volunteer_led"):
            with self.subTest(arm=arm):
                self.compare(SCENARIOS / "tiny.yaml", arm)

    def test_with_every_mechanism(self):
        self.compare(EVERY_MECHANISM, "dual_mixed")


if __name__ == "__main__":
    main()
