"""Rows of the JSON of analyses (docs/analysis-format.md) as tests ask for them."""


def estimate(row, name):
    """An estimate, whose parts are columns beside its own."""
    part = {suffix: row[f"{name}_{suffix}"] for suffix in (
        "standard_error", "monte_carlo_low", "monte_carlo_high", "parameter_low", "parameter_high", "missing_draws")}  # fmt: skip
    return {
        "value": row[name],
        "monte_carlo": {"standard_error": part["standard_error"], "low": part["monte_carlo_low"],
                        "high": part["monte_carlo_high"]},
        "parameter": {"low": part["parameter_low"], "high": part["parameter_high"]},
        "missing_draws": part["missing_draws"],
    }  # fmt: skip


def measures(shown):
    """Indicator -> one of its rows, which names its numerator and denominator."""
    return {row["measure"]: row for row in shown["measures"]}


def by_arm(shown, column):
    """Arm -> indicator -> estimate: `value`, or `difference`, of which the reference has none."""
    found = {}
    for row in shown["measures"]:
        if column == "value" or row["arm"] != shown["settings"]["reference_arm"]:
            found.setdefault(row["arm"], {})[row["measure"]] = estimate(row, column)
    return found
