"""What is not about an arm does not touch it: arms added beside it, and the order in which things are written."""

import plain_yaml
from program import SCENARIOS, SOURCE, ProgramTest, main
from results_tables import Results

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"


# Lists keep their order in both: transitions and deadlines are tried in turn.
def reordered(node):
    """The same scenario with the keys of every mapping in reverse order; arms and stages as well."""
    if isinstance(node, dict):
        return {key: reordered(value) for key, value in reversed(node.items())}
    return [reordered(item) for item in node] if isinstance(node, list) else node


def sorted_differently(node):
    """Keys by their second letter: an order that is neither the file's, nor its reverse, nor the alphabet's."""
    if isinstance(node, dict):
        keys = sorted(node, key=lambda key: (str(key)[1:], str(key)))
        return {key: sorted_differently(node[key]) for key in keys}
    return [sorted_differently(item) for item in node] if isinstance(node, list) else node


class Locality(ProgramTest):
    def resolved(self, scenario):
        return plain_yaml.read(self.run_program("check", scenario, "--resolved").stdout)

    def results(self, document, name):
        path = self.write(name + ".yaml", plain_yaml.written(document))
        return Results(self.simulate(path, "--force", name=name + ".h5"))

    def assert_same_arms(self, changed, original):
        """Each arm of the original is there, with the same bytes in every measure, cost and parameter."""
        for arm in original.arms:
            with self.subTest(arm=arm):
                rows, expected = changed.rows_of_arm(arm), original.rows_of_arm(arm)
                self.assertEqual(set(rows), set(expected))
                self.assertEqual([name for name in expected if rows[name] != expected[name]], [])
                place, other = original.arms.index(arm), changed.arms.index(arm)
                self.assertEqual(changed.costs[other].tobytes(), original.costs[place].tobytes())
                self.assertEqual(changed.timeline[other].tobytes(), original.timeline[place].tobytes())
        self.assertEqual(set(changed.parameters), set(original.parameters))
        for name, values in original.parameters.items():
            self.assertEqual(changed.parameters[name].tobytes(), values.tobytes(), name)

    def compare_orders(self, scenario):
        document = self.resolved(scenario)
        original = self.results(document, "original")
        for name, order in (("reversed", reordered), ("otherwise", sorted_differently)):
            with self.subTest(order=name):
                other = order(document)
                self.assertNotEqual(list(other["arms"]), list(document["arms"]))
                self.assertNotEqual(list(other["pathway"]["stages"]), list(document["pathway"]["stages"]))
                changed = self.results(other, name)
                self.assertEqual(changed.arms, list(other["arms"]), "arms are in the order of the file")
                self.assert_same_arms(changed, original)

    def test_the_order_of_keys_means_nothing_with_every_mechanism(self):
        self.compare_orders(EVERY_MECHANISM)

    def test_the_order_of_keys_means_nothing_in_the_default_study(self):
        self.compare_orders(SCENARIOS / "tiny.yaml")

    def test_an_arm_is_the_same_in_other_company(self):
        """In samples that name each parameter's stream. A Sobol sequence numbers the dimensions of the parameters in
        use, so there it holds among arms that use the same ones: those of the study with every mechanism."""
        for scenario, sampling in (
            (EVERY_MECHANISM, "sobol"),
            (EVERY_MECHANISM, "monte_carlo"),
            (SCENARIOS / "tiny.yaml", "monte_carlo"),
            (SCENARIOS / "tiny.yaml", "latin_hypercube"),
        ):
            document = self.resolved(scenario)
            document["design"] = {**document["design"], "sampling": sampling}
            everybody = self.results(document, "everybody")
            first, *others = document["arms"]
            for arm in others:
                with self.subTest(scenario=scenario.name, sampling=sampling, with_reference=arm):
                    arms = {name: document["arms"][name] for name in (arm, first)}
                    alone = self.results({**document, "arms": arms}, "with_" + arm)
                    for name in (arm, first):
                        rows, expected = alone.rows_of_arm(name), everybody.rows_of_arm(name)
                        self.assertEqual([one for one in expected if rows[one] != expected[one]], [], name)

    def test_an_arm_added_changes_no_other(self):
        document = self.resolved(EVERY_MECHANISM)
        original = self.results(document, "original")
        added = {
            "title": "Another",
            "use": ["mixed"],
            "set": {
                "authority.caseworkers": "5",
                "pathway.stages.sign_off.panel": "null",
                "support.handover_hours": "3",
            },
        }
        for position in ("first", "last"):
            with self.subTest(position=position):
                arms = {**document["arms"], "aaa": added} if position == "last" else {"aaa": added, **document["arms"]}
                changed = self.results({**document, "arms": arms}, position)
                self.assert_same_arms(changed, original)
                self.assertNotEqual(changed.rows_of_arm("aaa"), original.rows_of_arm("mixed"))

    def test_a_parameter_that_nothing_uses_changes_nothing(self):
        document = self.resolved(EVERY_MECHANISM)
        original = self.results(document, "original")
        distribution = {"uniform": {"low": "0", "high": "1"}}
        unused = {"distribution": distribution, "unit": "1", "source": "none", "quality": "expert"}
        changed = self.results({**document, "parameters": {"aaa": unused, **document["parameters"]}}, "changed")
        self.assert_same_arms(changed, original)


if __name__ == "__main__":
    main()
