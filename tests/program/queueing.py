"""Oracles for the theory tests: queues from empty, taken step by step, and a slow plain simulation of M2."""

import heapq
import math

import numpy
from scipy import stats


def erlang_c(load, servers):
    """Share of customers who wait in an M/M/c queue in steady state (Erlang 1917); load = arrivals x service."""
    terms = [load**k / math.factorial(k) for k in range(servers)]
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(terms) + last)


def pollaczek_khinchine(arrival_rate, mean, cv):
    """Mean wait of an M/G/1 queue in steady state (Pollaczek 1930, Khinchine 1932)."""
    second_moment = mean**2 * (1 + cv**2)
    return arrival_rate * second_moment / (2 * (1 - arrival_rate * mean))


class QueueFromEmpty:
    """What each of the first `customers` of a queue meets that begins empty: the embedded Markov chain at arrivals.

    M/M/c with phases = 1; M/E_k/1 with servers = 1 and k phases, counted as work: each customer brings k of them.
    `service_rate` is of one phase. Exact but for states beyond `states`, whose probability is asserted to be nothing.
    """

    def __init__(self, arrival_rate, service_rate, servers=1, phases=1, customers=1, states=250):
        assert servers == 1 or phases == 1
        self.servers, self.service_rate = servers, service_rate
        # Between two arrivals work goes down one by one: from state j the next event is a departure with
        # probability death[j], and an arrival, which ends the descent, otherwise.
        deaths = numpy.minimum(numpy.arange(states + 1), servers) * service_rate
        goes_down = deaths / (deaths + arrival_rate)
        descent = numpy.zeros((states + 1, states + 1))
        for start in range(states + 1):
            reach = 1.0
            for state in range(start, -1, -1):
                descent[start, state] = reach * (1 - goes_down[state])
                reach *= goes_down[state]
                if reach < 1e-18:
                    break
        met = numpy.zeros(states + 1)
        met[0] = 1.0
        total = numpy.zeros(states + 1)
        steady_after = None
        for customer in range(customers):
            total += met
            after = numpy.zeros(states + 1)
            after[phases:] = met[: states + 1 - phases]
            following = after @ descent
            if numpy.abs(following - met).sum() < 1e-13:
                steady_after = customer
                total += (customers - customer - 1) * following
                break
            met = following
        assert met[-2 * phases :].sum() < 1e-9, "the chain needs more states"
        self.is_steady = steady_after is not None
        self.met = total / customers  # the state met by a customer chosen at random
        self.met_in_the_end = met

    def mean_wait(self, met=None):
        """Work met in front of one, over the rate at which it is done."""
        met = self.met if met is None else met
        ahead = numpy.maximum(numpy.arange(len(met)) - self.servers + 1, 0)
        return float(met @ ahead) / (self.servers * self.service_rate)

    def share_done_within(self, days, own_phases):
        """P(wait + own service <= days), one server: as many phases as are met, and one's own."""
        phases = numpy.arange(len(self.met)) + own_phases
        return float(self.met @ stats.gamma.cdf(days, phases, scale=1 / self.service_rate))


def lognormal(random, mean, cv, size):
    variance = math.log1p(cv * cv)
    return random.lognormal(math.log(mean) - variance / 2, math.sqrt(variance), size)


def simulate_m2(places, replications, seed, families=1000, days=365.0):
    """The mean wait and the mean days a place is held in each replication of M2, first come, first served.

    A plain simulation that shares nothing with the program: numpy's generator and a heap of the times at which
    places become free.
    """
    random = numpy.random.default_rng(seed)
    waits, held = [], []
    for _ in range(replications):
        arrivals = numpy.cumsum(random.exponential(days / families, families))
        mediation = lognormal(random, 45, 0.5, families)
        tribunal = lognormal(random, 90, 0.5, families) * (random.random(families) < 0.4)
        refused = random.random(families) < 0.2
        disputed = refused | (random.random(families) < 0.15)
        holding = lognormal(random, 42, 0.5, families) + disputed * (mediation + tribunal)
        holding += ~refused * (lognormal(random, 40, 0.5, families) + lognormal(random, 14, 0.5, families))
        free = [0.0] * places
        waited = 0.0
        for arrival, hold in zip(arrivals.tolist(), holding.tolist()):
            start = max(arrival, free[0])
            heapq.heapreplace(free, start + hold)
            waited += start - arrival
        waits.append(waited / families)
        held.append(holding.mean())
    return numpy.array(waits), numpy.array(held)
