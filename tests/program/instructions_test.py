"""A family costs no more instructions than it did: speed is guarded without a clock."""

import json
import unittest

import store_instructions
from program import main


class Instructions(unittest.TestCase):
    def test_of_a_family_stay_below_their_ceilings(self):
        stored = json.loads(store_instructions.STORE.read_text(encoding="utf-8"))["studies"]
        self.assertEqual(set(stored), set(store_instructions.STUDIES))
        for study in store_instructions.STUDIES:
            with self.subTest(study=study):
                counted = store_instructions.instructions_a_family(study)
                ceiling = stored[study]["ceiling"]
                print(f"{study}: {counted:,.0f} instructions a family, ceiling {ceiling:,}", flush=True)
                self.assertLessEqual(counted, ceiling, f"the rule: {store_instructions.STORE.name}")


if __name__ == "__main__":
    main()
