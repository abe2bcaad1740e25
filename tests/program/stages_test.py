"""The statutory process when nobody waits (scenarios/verification/infinite_capacity.yaml) against sums over stages.

The pathway is written down here a second time, by hand, and solved as a Markov chain: what families go through on
average, what that takes in days and hours, and what it costs. Tolerances are four standard errors over 40
independent replications (false alarms: 0.0003 a comparison by Student's t, of which there are about 35).
"""

import numpy
import yaml
from program import ProgramTest, main
from results_tables import Results, ratio_and_error

REFUSED, NO_PLAN, PLAN = "end: refused", "end: no_plan", "end: plan"

# Where families go next: each probability is given that none before it was taken, the last takes what is left.
NEXT = {
    "request": [("refusal", 0.268), ("assessment", 1)],
    "assessment": [("no_plan", 0.039), ("draft", 1)],
    "draft": [("amendment", 0.3), ("sign_off", 1)],
    "amendment": [("amendment", 0.2), ("sign_off", 1)],
    "sign_off": [("plan_dispute", 0.185), ("follow_up", 1)],
    "follow_up": [(PLAN, 1)],
    "refusal": [("assessment_agreed", 0.05), ("refusal_dispute", 0.216), ("new_request", 0.3), (REFUSED, 1)],
    "new_request": [("request", 1)],
    "refusal_dispute": [("refusal_mediation", 0.42), ("refusal_appeal", 0.381), (REFUSED, 1)],
    "refusal_mediation": [("refusal_appeal", 0.245), ("assessment_agreed", 0.5), (REFUSED, 1)],
    "refusal_appeal": [("assessment_agreed", 0.42), (REFUSED, 0.59), ("assessment_agreed", 0.87), (REFUSED, 1)],
    "assessment_agreed": [("assessment", 1)],
    "no_plan": [("plan_agreed", 0.05), ("no_plan_dispute", 0.37), (NO_PLAN, 1)],
    "no_plan_dispute": [("no_plan_mediation", 0.42), ("no_plan_appeal", 0.381), (NO_PLAN, 1)],
    "no_plan_mediation": [("no_plan_appeal", 0.245), ("plan_agreed", 0.5), (NO_PLAN, 1)],
    "no_plan_appeal": [("plan_agreed", 0.42), (NO_PLAN, 0.59), ("plan_agreed", 0.87), (NO_PLAN, 1)],
    "plan_agreed": [("draft", 1)],
    "plan_dispute": [("plan_mediation", 0.42), ("plan_appeal", 0.381), ("follow_up", 1)],
    "plan_mediation": [("plan_appeal", 0.245), ("plan_amended", 0.5), ("follow_up", 1)],
    "plan_appeal": [("plan_amended", 0.42), ("follow_up", 0.59), ("plan_amended", 0.87), ("follow_up", 1)],
    "plan_amended": [("follow_up", 1)],
}
MEDIATIONS = ("refusal_mediation", "no_plan_mediation", "plan_mediation")
APPEALS = ("refusal_appeal", "no_plan_appeal", "plan_appeal")

DAYS = {
    **{"request": 28, "assessment": 59, "draft": 21, "amendment": 14, "sign_off": 22, "follow_up": 30},
    **{"refusal": 30, "no_plan": 30, "plan_dispute": 30, "refusal_dispute": 14, "no_plan_dispute": 14},
    **{"new_request": 150, "assessment_agreed": 7, "plan_agreed": 7, "plan_amended": 14},
    **dict.fromkeys(MEDIATIONS, 30),
    **dict.fromkeys(APPEALS, 98),
}
AUTHORITY_HOURS = {
    **{"request": 3, "assessment": 7, "draft": 7, "amendment": 2, "sign_off": 4, "plan_amended": 2},
    **dict.fromkeys(MEDIATIONS, 6),
}
FAMILY_HOURS = {"assessment": 28, "draft": 12, **dict.fromkeys(MEDIATIONS, 12), **dict.fromkeys(APPEALS, 60)}

STAGES = list(NEXT)


def probabilities():
    """Stage x stage, and stage -> outcome -> probability."""
    matrix = numpy.zeros((len(STAGES), len(STAGES)))
    ends = {outcome: numpy.zeros(len(STAGES)) for outcome in (REFUSED, NO_PLAN, PLAN)}
    for s, stage in enumerate(STAGES):
        left = 1.0
        for to, probability in NEXT[stage]:
            if to in ends:
                ends[to][s] += left * probability
            else:
                matrix[s, STAGES.index(to)] += left * probability
            left *= 1 - probability
        assert left == 0
    return matrix, ends


def visits_of(matrix):
    """How often a family that begins with a request visits each stage: the first row of (1 - matrix)^-1."""
    return dict(zip(STAGES, numpy.linalg.inv(numpy.eye(len(STAGES)) - matrix)[0]))


def mean_days_until(target, matrix, days):
    """Mean days until the end of the first visit to `target`, of those who come there (conditioned chain)."""
    end = STAGES.index(target)
    others = [s for s in range(len(STAGES)) if s != end]
    inside, to_end = matrix[numpy.ix_(others, others)], matrix[others, end]
    reaches = numpy.linalg.solve(numpy.eye(len(others)) - inside, to_end)
    comes_there = reaches > 0
    weight = reaches[comes_there]
    conditioned = inside[numpy.ix_(comes_there, comes_there)] * weight / weight[:, None]
    visits = numpy.linalg.inv(numpy.eye(len(weight)) - conditioned)[0]
    stages = [STAGES[s] for s, comes in zip(others, comes_there) if comes]
    return sum(visit * days[stage] for visit, stage in zip(visits, stages)) + days[target]


class StagesAddUp(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.results = None

    def setUp(self):
        super().setUp()
        if not self.results:
            file = self.simulate("verification/infinite_capacity.yaml", "--draws", "40", "--replications", "1")
            type(self).results = Results(file)
        self.matrix, self.ends = probabilities()
        self.visits = visits_of(self.matrix)
        # Panels meet at a random phase of their period: a plan waits half a period on average.
        self.days = {**DAYS, "sign_off": DAYS["sign_off"] + self.panel_period() / 2}

    def panel_period(self):
        scenario = yaml.safe_load(self.results.scenario)
        period = scenario["pathway"]["stages"]["sign_off"]["panel"]["every_days"]
        return scenario["parameters"][period]["value"] if isinstance(period, str) else period

    def assert_per_family(self, measure, expected, denominator="families"):
        ratio, error = ratio_and_error(self.results.measure(measure).ravel(), self.results.measure(denominator).ravel())
        self.assert_close(ratio, expected, error, what=f"{measure} / {denominator}")

    def assert_cost(self, payer, category, expected):
        paid = self.results.costs[0, :, self.results.payers.index(payer), self.results.categories.index(category)]
        cost, error = ratio_and_error(paid, self.results.measure("families").ravel())
        self.assert_close(cost, expected, error, what=f"{payer}, {category}")

    def total(self, amounts):
        return sum(self.visits[stage] * amount for stage, amount in amounts.items())

    def test_the_oracle_agrees_with_products_by_hand(self):
        """Rounds of amendment: 0.3 of drafts, then each a fifth again. Refusals to assess: requests x 0.268, and
        requests come back through 0.3 of what neither reconsideration nor dispute has taken."""
        v = self.visits
        self.assertAlmostEqual(v["amendment"], v["draft"] * 0.3 / (1 - 0.2))
        back = 0.268 * (1 - 0.05) * (1 - 0.216) * 0.3
        self.assertAlmostEqual(v["request"], 1 / (1 - back))
        self.assertAlmostEqual(v["refusal"], 0.268 / (1 - back))
        appealed = 0.42 * 0.245 + (1 - 0.42) * 0.381
        self.assertAlmostEqual(v["plan_appeal"], v["sign_off"] * 0.185 * appealed)
        self.assertAlmostEqual(sum(self.visits[s] * self.ends[PLAN][STAGES.index(s)] for s in STAGES), v["follow_up"])

    def test_outcomes_are_the_products_of_their_probabilities(self):
        for outcome, ends in self.ends.items():
            share = sum(self.visits[stage] * ends[s] for s, stage in enumerate(STAGES))
            self.assert_per_family(outcome.replace("end: ", "ended_"), share)
        self.assertEqual(self.results.measure("open_at_horizon").sum(), 0)

    def test_counts_are_visits(self):
        v = self.visits
        self.assert_per_family("refused", v["refusal"] + v["no_plan"])
        self.assert_per_family("disputed", v["refusal_dispute"] + v["no_plan_dispute"] + v["plan_dispute"])
        self.assert_per_family("mediated", sum(v[stage] for stage in MEDIATIONS))
        self.assert_per_family("appealed", sum(v[stage] for stage in APPEALS))
        self.assert_per_family("amended", v["amendment"])
        self.assert_per_family("plans_signed_off", v["sign_off"])  # no way leads to a second sign-off
        self.assert_per_family("provisions_in_place", v["follow_up"])

    def test_days_are_sums_of_the_stages_means(self):
        self.assert_per_family("days_in_process", self.total(self.days))
        to_sign_off = mean_days_until("sign_off", self.matrix, self.days)
        self.assert_per_family("days_to_sign_off", to_sign_off, denominator="plans_signed_off")

    def test_hours_and_money_are_sums_of_the_stages_means(self):
        hours = self.total(AUTHORITY_HOURS)
        mediated = sum(self.visits[stage] for stage in MEDIATIONS)
        appealed = sum(self.visits[stage] for stage in APPEALS)
        self.assert_per_family("authority_hours", hours)
        self.assert_cost("authority", "casework", 31.5 * hours + 1285 * self.visits["assessment"])
        self.assert_cost("authority", "mediation", 1550 * mediated)
        self.assert_cost("authority", "appeal", (4331 + 1725 * 0.24) * appealed)
        self.assert_cost("tribunal", "appeal", 2065 * 0.24 * appealed)
        self.assert_cost("family", "legal_help", 6300 * 0.3 * appealed)
        self.assert_cost("family", "family_time", 6 * self.total(FAMILY_HOURS))

    def test_the_answers_written_in_the_scenario_are_these(self):
        """The scenario's own comment, held against the same chain."""
        v = self.visits
        self.assertAlmostEqual(v["follow_up"], 0.787906, places=6)
        self.assertAlmostEqual(self.total(self.days), 179.9640, places=4)
        self.assertAlmostEqual(mean_days_until("sign_off", self.matrix, self.days), 160.0948, places=4)
        self.assertAlmostEqual(self.total(AUTHORITY_HOURS), 18.79546, places=5)
        self.assertAlmostEqual(6 * self.total(FAMILY_HOURS), 225.1177, places=4)


if __name__ == "__main__":
    main()
