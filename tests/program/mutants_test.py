"""Small damage to a good scenario: refused clearly, or harmless by chance; never anything else.

Runs with every sanitizer, too: a fault that one finds ends the program with another exit code.
"""

import os
import random
import re

from program import SOURCE, WRONG_INPUT, main
from refusals import BadInput

EVERY_MECHANISM = SOURCE / "tests/program/data/every_mechanism.yaml"
MUTANTS = 60 if os.environ.get("VFM_SANITIZER") else 250


class Mutants(BadInput):
    PIECES = ["", " ", "\n", "\t", ":", "{", "}", "[", "]", "-", "*", "&", "!", "|", ">", "'", '"', "#", "%", "0",
              "-1", "1e308", "1e-308", "~", "null", "rest", "\u00e9", "\x00", "\ufeff", "<<", "..", ".*"]  # fmt: skip

    def mutant(self, text, chance):
        for _ in range(chance.choice((1, 1, 2, 5))):
            kind = chance.randrange(5)
            place = chance.randrange(len(text))
            end = min(len(text), place + chance.choice((1, 2, 5, 40)))
            lines = text.split("\n")
            if kind == 0:
                text = text[:place] + chance.choice(self.PIECES) + text[end:]
            elif kind == 1:
                text = text[:place] + chance.choice(self.PIECES) + text[place:]
            elif kind == 2:
                text = text[:place]
            elif kind == 3:
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                text = "\n".join(lines)
            else:
                numbers = list(re.finditer(r"\d+(\.\d+)?", text))
                if numbers:
                    found = chance.choice(numbers)
                    new = chance.choice(("0", "-1", "1e9", "0.5", "1e308", "99999999999", "x"))
                    text = text[: found.start()] + new + text[found.end() :]
            text = text or "a"
        return text

    def look(self, *arguments):
        process = self.start(*arguments)
        output, message = process.communicate(timeout=120)
        self.assertIn(process.returncode, (0, WRONG_INPUT), message)
        if process.returncode == WRONG_INPUT:
            self.assertEqual(output, "")
            self.assert_clear(message)
        return process.returncode

    def test_checked(self):
        chance = random.Random(20140901)
        text = EVERY_MECHANISM.read_text(encoding="utf-8")
        good = 0
        for number in range(MUTANTS):
            path = self.write("mutant.yaml", self.mutant(text, chance))
            with self.subTest(mutant=number):
                good += self.look("check", path) == 0
        self.assertLess(good, MUTANTS // 2)
        self.assertGreater(good, 0, "no mutant was harmless: they are too wild to test anything but the parser")

    def test_described_and_run(self):
        """What passes `check` runs, or says why it cannot."""
        chance = random.Random(20160331)
        text = EVERY_MECHANISM.read_text(encoding="utf-8")
        small = ["--draws", "1", "--replications", "1", "--set", "design.central_units=0", "--set", "areas.count=1"]
        ran = 0
        for number in range(MUTANTS // 5):
            mutant = self.mutant(text, chance)
            if re.search(r"annual_volume: \S*1e[39]", mutant) or "99999999999" in mutant:
                continue  # good, but for hours
            path = self.write("mutant.yaml", mutant)
            with self.subTest(mutant=number):
                self.look("describe", path)
                ran += self.look("run", path, "-o", "mutant.h5", "--force", *small) == 0
                self.assertEqual([one.name for one in self.folder.iterdir() if one.suffix in (".tmp", ".journal")], [])
        self.assertGreater(ran, 0)


if __name__ == "__main__":
    main()
