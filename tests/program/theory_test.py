"""What is simulated against what is known: queueing theory, sums of stages, declared rates.

Tolerances are four standard errors, computed from the replications (independent of each other); seeds are fixed.
A sound program fails a comparison with probability 0.00006 when its errors are normal, and 0.0003 at worst with the
30 or more replications used here (Student's t); there are about 70 comparisons.
"""

import numpy
from program import SCENARIOS, SOURCE, ProgramTest, main
from queueing import QueueFromEmpty, erlang_c, pollaczek_khinchine, simulate_m2
from results_tables import Results, mean_and_error, ratio_and_error

DATA = SOURCE / "tests/program/data"


class TheoryTest(ProgramTest):
    def results(self, scenario, *settings, **options):
        """Runs a scenario with `--set` settings (PATH=VALUE) and options such as replications=50."""
        arguments = [word for setting in settings for word in ("--set", setting)]
        arguments += [word for name, value in options.items() for word in ("--" + name, value)]
        return Results(self.simulate(scenario, "--force", "--progress", "none", *arguments))

    def assert_ratio(self, results, numerator, denominator, expected, arm=None):
        ratio, error = ratio_and_error(
            results.measure(numerator, arm).ravel(), results.measure(denominator, arm).ravel()
        )
        self.assert_close(ratio, expected, error, what=f"{numerator} / {denominator}")


class ManyServers(TheoryTest):
    """M/M/c: Erlang C, and exactly what the first 10,000 customers of a queue that begins empty wait.

    The transient needs no warm-up to be thrown away: the oracle steps the embedded Markov chain customer by
    customer, and is itself held against Erlang C in the end.
    """

    def compare(self, arrivals_a_day, servers, replications):
        oracle = QueueFromEmpty(arrivals_a_day, 1.0, servers, customers=10000)
        steady = erlang_c(arrivals_a_day, servers) / (servers - arrivals_a_day)
        self.assertTrue(oracle.is_steady)
        self.assertAlmostEqual(oracle.mean_wait(oracle.met_in_the_end), steady, delta=1e-6 * steady)

        results = self.results(
            "verification/m1.yaml",
            f"population.arrivals.customers.annual_volume={arrivals_a_day * 365.25}",
            f"support.providers.counter.staffing.server={servers}",
            "clock.funding_end=2069-12-31",
            replications=replications,
        )
        numerator, denominator = results.ratio("mean_wait_for_supporter")
        self.assertEqual(set(denominator), {10000.0}, "everybody is served")
        wait, error = mean_and_error(numerator / 10000)
        self.assert_close(wait, oracle.mean_wait(), error, what="mean wait")
        self.assert_ratio(results, "place_days", "users", 1.0)
        self.assert_ratio(results, "days_in_process", "families", oracle.mean_wait() + 1.0)

    def test_ten_servers_at_nine_tenths(self):
        self.compare(9.0, 10, replications=200)

    def test_ten_servers_at_seven_tenths(self):
        self.compare(7.0, 10, replications=60)

    def test_three_servers(self):
        self.compare(2.4, 3, replications=60)

    def test_one_server(self):
        self.compare(0.7, 1, replications=60)


class OneSupportersWork(TheoryTest):
    """Support tasks of one supporter without a bank of hours are an M/G/1 queue: Pollaczek and Khinchine."""

    def compare(self, callers_a_day, phases, replications=50):
        """Gamma hours with cv 1 / sqrt(phases) are Erlang's distribution; a task takes 0.05 days."""
        customers, service = 20000, 0.05
        oracle = QueueFromEmpty(callers_a_day, phases / service, phases=phases, customers=customers, states=500)
        steady = pollaczek_khinchine(callers_a_day, service, phases**-0.5)
        self.assertAlmostEqual(oracle.mean_wait(oracle.met_in_the_end), steady, delta=1e-6 * steady)
        self.assertAlmostEqual(oracle.mean_wait(), steady, delta=0.002 * steady, msg="empty at first matters little")

        results = self.results(
            "verification/mg1.yaml",
            f"population.arrivals.callers.annual_volume={callers_a_day * 365.25}",
            f"pathway.stages.help_line.tasks.call.hours.gamma.cv={phases ** -0.5}",
            "clock.funding_end=2029-12-31",
            replications=replications,
        )
        self.assertEqual(set(results.measure("tasks_worked").ravel()), {float(customers)}, "every task is worked")
        self.assert_ratio(results, "task_wait_days", "tasks_worked", oracle.mean_wait())
        self.assert_ratio(results, "tasks_in_time", "tasks_due", oracle.share_done_within(0.2, phases))
        self.assert_ratio(results, "support_hours", "users", 0.25)

    def test_erlang_hours_at_four_fifths(self):
        self.compare(16.0, phases=4)

    def test_exponential_hours_at_four_fifths(self):
        self.compare(16.0, phases=1)

    def test_erlang_hours_at_half(self):
        self.compare(10.0, phases=4)


class LittlesLaw(TheoryTest):
    """Customers there on average = arrivals a day x days each spends, in a queue that has been running for long.

    M/M/10 at 7 a day for 30 years: a stationary stretch but for its first weeks (relaxation 1 / (sqrt(10) - sqrt(7))^2
    = 4 days), which are left out. The weekly series is averaged over 16 replications; its standard error comes from
    means of half-years, which depend on each other by less than 1 %.
    """

    def test_caseload_and_waiting(self):
        results = self.results(
            "verification/m1.yaml",
            "population.arrivals.customers.annual_volume=2556.75",  # 7 x 365.25
            "population.arrivals.customers.stop_after=0",
            "clock.launch=2000-01-01",
            "clock.funding_end=2029-12-31",
            replications=16,
        )
        waits, users = results.ratio("mean_wait_for_supporter")
        held, _ = results.ratio("mean_place_days")
        for series, days, steady in (("waiting", waits, erlang_c(7.0, 10) / (10 - 7)), ("caseload", held, 1.0)):
            weekly = results.weekly(series)[10:-10]
            half_years = weekly[: len(weekly) // 26 * 26].reshape(-1, 26).mean(axis=1)
            there, error = mean_and_error(half_years)
            self.assert_close(there, 7.0 * days.sum() / users.sum(), error, what=f"{series}, by the days measured")
            self.assert_close(there, 7.0 * steady, error, what=f"{series}, by Erlang's days")


class FamiliesBehindPlaces(TheoryTest):
    """M2: costs and days are sums over the stages' tree; the wait is held against a plain simulation in numpy."""

    def check(self, scenario, places):
        results = self.results(scenario)
        families = results.measure("families").ravel()
        self.assertEqual(set(families), {1000.0})
        hours = 12 + 0.2 * (8 + 0.4 * 30) + 0.8 * (10 + 0.15 * (8 + 0.4 * 30) + 3)
        self.assertAlmostEqual(hours * 25, 720.0)
        days = 42 + 0.2 * (45 + 0.4 * 90) + 0.8 * (40 + 0.15 * (45 + 0.4 * 90) + 14)
        self.assertAlmostEqual(days, 111.12)
        self.assert_ratio(results, "authority_hours", "families", hours)
        self.assert_ratio(results, "cost_all", "families", 720.0)
        self.assert_ratio(results, "place_days", "users", 111.12)
        self.assert_ratio(results, "ended_refused", "families", 0.2)
        self.assert_ratio(results, "mediated", "families", 0.2 + 0.8 * 0.15)
        self.assert_ratio(results, "appealed", "families", 0.4 * (0.2 + 0.8 * 0.15))

        waits, held = simulate_m2(places, replications=300, seed=20150101)
        expected, expected_error = mean_and_error(waits)
        wait, error = mean_and_error(results.measure("wait_for_supporter_days").ravel() / 1000)
        self.assert_close(wait, expected, numpy.hypot(error, expected_error), what="mean wait")
        self.assert_close(held.mean(), 111.12, mean_and_error(held)[1], what="the plain simulation's own days")
        through = results.measure("days_in_process").ravel() / 1000
        self.assert_close(
            through.mean(), expected + 111.12, numpy.hypot(mean_and_error(through)[1], expected_error), what="days"
        )
        return wait, error

    def test_sixty_places(self):
        wait, error = self.check("verification/m2.yaml", 60)
        self.assert_close(wait, 688.2, numpy.hypot(error, 0.5), what="mean wait, against the scenario's answer")

    def test_three_hundred_and_forty_places(self):
        wait, error = self.check("verification/m2b.yaml", 340)
        self.assert_close(wait, 0.0066, numpy.hypot(error, 0.0017), what="mean wait, against the scenario's answer")


class DeclaredRates(TheoryTest):
    """A marginal rate is the rate over families and areas, so it stays put however much areas differ."""

    def compare(self, *settings):
        results = self.results(DATA / "one_decision.yaml", *settings)
        self.assert_ratio(results, "ended_refused", "families", 0.2)
        self.assert_ratio(results, "days_in_process", "families", 40.0)

    def test_areas_do_not_differ(self):
        self.compare("areas.effects.strictness.sd=0", "areas.effects.pace.sd=0")

    def test_areas_differ_half_as_much(self):
        self.compare("areas.effects.strictness.sd=0.4", "areas.effects.pace.sd=0.15")

    def test_areas_differ_as_declared(self):
        self.compare()

    def test_areas_differ_twice_as_much(self):
        self.compare("areas.effects.strictness.sd=1.6", "areas.effects.pace.sd=0.6")

    def test_a_rare_outcome_in_areas_that_differ_much(self):
        results = self.results(
            DATA / "one_decision.yaml",
            "pathway.stages.request.next.0.probability.base=0.039",
            "areas.effects.strictness.sd=1.5",
        )
        self.assert_ratio(results, "ended_refused", "families", 0.039)

    def test_a_conditional_rate_does_not_stay_put(self):
        """0.039 at sd 1.5 becomes 0.083: what the marginal rate is there to prevent, so the test above can fail."""
        results = self.results(
            DATA / "one_decision.yaml",
            "pathway.stages.request.next.0.probability={base: 0.039, marginal: false, effects: "
            "[{when: area.strictness, coefficient: 1}]}",
            "areas.effects.strictness.sd=1.5",
        )
        random = numpy.random.default_rng(1).standard_normal(10_000_000)
        expected = (1 / (1 + numpy.exp(-(numpy.log(0.039 / 0.961) + 1.5 * random)))).mean()
        self.assertAlmostEqual(expected, 0.083, delta=0.001)
        self.assert_ratio(results, "ended_refused", "families", expected)


class DeclaredRateOfTheDefaultProcess(TheoryTest):
    """The same with the statutory process, in which the refused ask again unless told not to."""

    def test_refusals_to_assess_are_as_declared_whatever_the_spread(self):
        for spread in (0, 0.8, 1.6):
            with self.subTest(spread=spread):
                results = self.results(
                    "verification/infinite_capacity.yaml",
                    f"areas.effects.refusal.sd={spread}",
                    "population.arrivals.new_request.annual_volume=100",
                    # Whoever is refused leaves, and nobody is refused later: every refusal is a first one.
                    "parameters.reconsidered_share.value=0",
                    "parameters.dispute_after_refusal.value=0",
                    "parameters.new_request_share.value=0",
                    "parameters.refusal_to_issue.value=0",
                    replications=600,
                )
                self.assert_ratio(results, "refused", "families", 0.268)


if __name__ == "__main__":
    main()
