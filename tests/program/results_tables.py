"""The tables of a results file as tests read them: with h5py and names, without any code of the program."""

import hashlib

import h5py
import numpy

SIMULATED = ("summary", "groups", "area_types", "costs", "timeline", "distributions", "parameters")


class Results:
    """One results file, read whole."""

    def __init__(self, path):
        with h5py.File(path) as file:
            self.root = dict(file.attrs)
            self.scenario = file["scenario"].asstr()[()]
            self.arms = names(file["summary/arm"])
            self.measures = names(file["summary/measure"])
            self.additive = dict(zip(self.measures, file["summary/additive"][()].astype(bool)))
            self.reference = file["arms"].attrs["reference"]
            self.ratios = {
                name: (numerator, denominator)
                for name, numerator, denominator in zip(
                    names(file["ratios/ratio"]), names(file["ratios/numerator"]), names(file["ratios/denominator"])
                )
            }
            self.summary = file["summary/value"][()]
            self.costs = file["costs/value"][()]
            self.payers = names(file["costs/payer"])
            self.categories = names(file["costs/category"])
            self.timeline = file["timeline/value"][()]
            self.series = names(file["timeline/measure"])
            self.units = int(file["timeline/value"].attrs["study_units"])
            self.groups = names(file["groups/group"]) if "groups" in file else []
            self.group_measures = names(file["groups/measure"]) if "groups" in file else []
            self.by_group = file["groups/value"][()] if "groups" in file else None
            self.batch_units = int(file["provenance"].attrs["batch_units"])
            self.parameters = {}
            if "parameters" in file:
                self.parameters = dict(zip(names(file["parameters/parameter"]), file["parameters/value"][()].T))

    def measure(self, name, arm=None):
        """draw x replication of an arm (the first, when none is named), or of every arm: `arm=all`."""
        values = self.summary[..., self.measures.index(name)]
        return values if arm is all else values[self.arms.index(arm) if arm else 0]

    def group_measure(self, name, group):
        """arm x draw x replication of an access group."""
        return self.by_group[..., self.groups.index(group), self.group_measures.index(name)]

    def ratio(self, name, arm=None):
        """Numerator and denominator of a declared ratio, each replication by replication."""
        numerator, denominator = self.ratios[name]
        return self.measure(numerator, arm).ravel(), self.measure(denominator, arm).ravel()

    def weekly(self, series, arm=None):
        """A weekly series, the mean over the study's units."""
        place = self.arms.index(arm) if arm else 0
        return self.timeline[place, :, self.series.index(series)] / self.units

    def cost(self, payer, category, arm=None):
        """Mean over all draws, GBP of one replication."""
        place = self.arms.index(arm) if arm else 0
        return self.costs[place, :, self.payers.index(payer), self.categories.index(category)].mean()

    def rows_of_arm(self, arm):
        """What was simulated of one arm, as bytes by measure name."""
        place = self.arms.index(arm)
        return {name: self.summary[place, :, :, m].tobytes() for m, name in enumerate(self.measures)}


def names(dataset):
    return list(dataset.asstr()[()])


def mean_and_error(values):
    """A mean and its standard error, from independent values."""
    values = numpy.asarray(values, float)
    return values.mean(), values.std(ddof=1) / numpy.sqrt(len(values))


def ratio_and_error(numerators, denominators):
    """A ratio of sums and its standard error, by linearisation (Cochran 1977, section 6.4)."""
    numerators, denominators = numpy.asarray(numerators, float), numpy.asarray(denominators, float)
    ratio = numerators.sum() / denominators.sum()
    residuals = (numerators - ratio * denominators) / denominators.mean()
    return ratio, residuals.std(ddof=1) / numpy.sqrt(len(residuals))


def table_digests(path):
    """SHA-256 of the numbers and labels of every simulated group: group -> digest. Words about them do not enter."""
    digests = {}
    with h5py.File(path) as file:
        for group in SIMULATED:
            if group not in file:
                continue
            digest = hashlib.sha256()
            datasets = {}
            file[group].visititems(lambda name, node: datasets.update({name: node}) if is_dataset(node) else None)
            for name in sorted(datasets):
                node = datasets[name]
                if node.dtype.kind in "iuf":
                    digest.update(f"{name}{node.shape}{node.dtype}".encode() + node[()].tobytes())
                elif "CLASS" in node.attrs:  # a dimension scale: the labels of a dimension
                    digest.update(f"{name}{names(node)}".encode())
            digests[group] = digest.hexdigest()
    return digests


def is_dataset(node):
    return isinstance(node, h5py.Dataset)
