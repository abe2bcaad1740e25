"""`vfmsim import`: another model's sample goes in, and comes out of compare as numpy has it; damaged ones are refused."""

import os
import random
import re

import h5py
import numpy
from program import WRONG_INPUT, main
from refusals import BadInput
from results_readers_check import check_results_file

MUTANTS = 45 if os.environ.get("VFM_SANITIZER") else 150


def wide_text(draws=12):
    """A sample of three arms and two parameters with round numbers, in the wide form."""
    lines = ["draw,uptake,cost_none,effect_none,cost_paid,effect_paid,wage,cost_own,effect_own"]
    for draw in range(draws):
        uptake, wage = (draw * 7 % draws) / draws, 12 + draw % 5
        lines.append(f"{draw},{uptake!r},0,{draw % 3},{100 * wage * uptake!r},{1 + 2 * uptake!r},{wage},{50 + draw},2")
    return "\n".join(lines) + "\n"


def long_texts(wide):
    """The same sample in the long form: the arms' file and the parameters'."""
    heading, *lines = [line.split(",") for line in wide.split()]
    arms = [name.removeprefix("cost_") for name in heading if name.startswith("cost_")]
    sample, parameters = ["draw,arm,cost,effect"], ["draw,uptake,wage"]
    for line in lines:
        value = dict(zip(heading, line))
        sample += [f"{value['draw']},{arm},{value['cost_' + arm]},{value['effect_' + arm]}" for arm in arms]
        parameters.append(f"{value['draw']},{value['uptake']},{value['wage']}")
    return "\n".join(sample) + "\n", "\n".join(parameters) + "\n"


class Imported(BadInput):
    def bring_in(self, text, *options, name="psa.h5"):
        self.run_program("import", self.write("psa.csv", text), "-o", name, *options)
        return self.folder / name

    def test_the_file_is_one_of_our_format(self):
        file = self.bring_in(wide_text())
        self.assertIn("h5py", check_results_file(file))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["psa.csv", "psa.h5"])

    def test_both_forms_say_the_same(self):
        sample, parameters = long_texts(wide_text())
        self.bring_in(wide_text())
        self.bring_in(sample, "--parameters", self.write("p.csv", parameters), name="long.h5")
        with h5py.File(self.folder / "psa.h5") as wide, h5py.File(self.folder / "long.h5") as long:
            for table in ("summary/value", "parameters/value"):
                numpy.testing.assert_array_equal(wide[table][()], long[table][()])
            for names in ("summary/arm", "summary/measure", "parameters/parameter"):
                self.assertEqual(list(wide[names].asstr()), list(long[names].asstr()))
        compared = [self.document("compare", name, "--threshold", 50) for name in ("psa.h5", "long.h5")]
        self.assertEqual(compared[0]["net_benefit"], compared[1]["net_benefit"])

    def test_compare_serves_it(self):
        self.bring_in(wide_text(), "--perspective", "nhs", "--effect", "qaly", "--reference", "paid",
                      "--price-year", "2020", "--title", "A model of others")  # fmt: skip
        shown = self.document("compare", "psa.h5", "--threshold", 100)
        said = [shown["settings"][name] for name in ("title", "price_year", "reference_arm", "perspective", "effect")]
        self.assertEqual(said, ["A model of others", 2020, "paid", "nhs", "qaly"])
        table = numpy.genfromtxt(self.folder / "psa.csv", delimiter=",", names=True)
        for row in shown["net_benefit"]:
            benefit = 100 * table["effect_" + row["arm"]] - table["cost_" + row["arm"]]
            self.assertAlmostEqual(row["net_benefit"], benefit.mean(), places=9)
        text = self.run_program("compare", "psa.h5").stdout
        self.assertIn("An imported sample has no access groups", text)
        self.assertIn("draws of another model", text)
        self.assertIn("at face value", text)
        self.assertIn("GBP of 2020", text)
        self.assertIn("qaly", text)
        for text in (text, *(self.run_program("compare", "psa.h5", *more).stdout for more in (["--full"], ["--format=markdown"]))):
            for ours in ("families", "family", "programme", "official"):
                self.assertNotIn(ours, text)
            self.assertIn("a row of the sample", " ".join(text.split()))

    def test_no_analysis_says_that_its_effect_has_no_official_price(self):
        self.bring_in(wide_text(40), "--effect", "qaly")
        for command in ("compare", "voi", "sensitivity"):
            text = " ".join(self.run_program(command, "psa.h5").stdout.split())
            self.assertIn("vfmsim assumes no willingness to pay for a unit of qaly.", text)
            self.assertIn("Costs: imported perspective, GBP of a year not given, discounted as imported.", text)
            self.assertNotIn("official", text.lower())
        cheap = re.sub(r"(?m)^(\d+,[^,]*),0,\d,", r"\1,-5,9,", wide_text(40))
        self.bring_in(cheap, "--force", "--effect", "qaly")
        self.refuse("sensitivity", "psa.h5", saying="vfmsim assumes no willingness to pay for a unit of qaly. Say")

    def test_the_same_sample_gives_the_same_tables(self):
        from program import simulated_digest

        first = simulated_digest(self.bring_in(wide_text()))
        self.assertEqual(first, simulated_digest(self.bring_in(wide_text(), name="again.h5")))

    def test_a_results_file_is_not_replaced_unless_forced(self):
        file = self.bring_in(wide_text())
        before = file.read_bytes()
        self.refuse("import", "psa.csv", "-o", "psa.h5", saying="--force")
        self.assertEqual(file.read_bytes(), before)
        self.bring_in(wide_text(5), "--force")
        self.assertEqual(self.document("compare", file)["settings"]["draws"], 5)


class Refused(BadInput):
    def refuse_sample(self, text, *options, saying):
        return self.refuse("import", self.write("psa.csv", text), "-o", "x.h5", *options, saying=saying)

    def test_faults_have_line_column_and_suggestion(self):
        text = wide_text().replace("\n3,", "\n2,").replace("\n7,", "\n7,abc,")
        said = self.refuse_sample(text, saying=["psa.csv:5:1: error: draw 2 is already in line 4, give", "2 errors"])
        self.assertRegex(said, r"psa.csv:9:1: error: 10 fields, and the heading has 9, separate")

    def test_options_are_checked(self):
        good = wide_text()
        self.refuse_sample(good, "--reference", "piad", saying="did you mean 'paid'?")
        self.refuse_sample(good, "--price-year", "15", saying="price-year")
        self.refuse_sample(good, "--effect", "a b", saying="letters, digits and underscores")
        self.refuse_sample(good, "--parameters", "absent.csv", saying="leave out --parameters")
        self.refuse_sample(long_texts(good)[0], "--parameters", "absent.csv", saying="No such file")
        self.refuse("import", "absent.csv", "-o", "x.h5", saying="No such file")
        self.refuse("import", self.folder, "-o", "x.h5", saying="not a regular file")
        self.refuse("import", saying="takes one sample")
        self.refuse("import", "psa.csv", "--efect", "x", saying="did you mean")

    def test_files_that_are_none(self):
        for name, data in {
            "binary": bytes(range(256)) * 40,
            "zeros": bytes(100_000),
            "one_line": b"draw,cost_a,effect_a," + b"x" * 2_000_000,
            "many_columns": b"draw," + b",".join(b"p%d" % i for i in range(30_000)) + b"\n",
            "latin": "draw,cost_caf\u00e9,effect_caf\u00e9\n0,1,2\n".encode("latin-1"),
            "wide_numbers": b"draw,cost_a,effect_a\n0," + b"9" * 5000 + b",1\n",
        }.items():
            with self.subTest(name):
                (self.folder / "psa.csv").write_bytes(data)
                self.refuse("import", "psa.csv", "-o", "x.h5")


class Mutants(BadInput):
    PIECES = ["", " ", "\n", "\r\n", "\t", ",", ",,", ";", '"', '""', "-", "+", ".", "e", "0", "-1", "1e308", "1e-308",
              "1e999", "nan", "inf", "NA", "draw", "arm", "cost", "cost_", "effect_paid", "\u00e9", "\x00", "\ufeff",
              "9" * 30, "0x10", "=1+1"]  # fmt: skip

    def mutant(self, text, chance):
        for _ in range(chance.choice((1, 1, 2, 5))):
            place = chance.randrange(len(text))
            end = min(len(text), place + chance.choice((1, 2, 5, 40)))
            lines = text.split("\n")
            kind = chance.randrange(7)
            if kind < 2:
                text = text[:place] + chance.choice(self.PIECES) + text[end if kind else place :]
            elif kind == 2:
                text = text[:place]
            elif kind == 3:
                lines.insert(chance.randrange(len(lines)), chance.choice(lines))
                text = "\n".join(lines)
            elif kind == 4:
                del lines[chance.randrange(len(lines))]
                text = "\n".join(lines)
            else:
                pattern, pieces = [(r"\d+(\.\d+)?", self.PIECES), (r"(?<=,)\d+\.\d+", ("0", "-1e3", "0.25"))][kind - 5]
                numbers = list(re.finditer(pattern, text))
                if numbers:
                    found = chance.choice(numbers)
                    text = text[: found.start()] + chance.choice(pieces) + text[found.end() :]
            text = text or "a"
        return text

    def test_damaged_samples_are_refused_clearly_or_harmless(self):
        chance = random.Random(20140901)
        wide = wide_text()
        sample, parameters = long_texts(wide)
        good = 0
        for number in range(MUTANTS):
            texts = [wide, sample, parameters]
            which = number % 3
            texts[which] = self.mutant(texts[which], chance)
            files = [self.write(f"{index}.csv", text) for index, text in enumerate(texts)]
            arguments = [files[0]] if which == 0 else [files[1], "--parameters", files[2]]
            with self.subTest(mutant=number):
                process = self.start("import", *arguments, "-o", "x.h5", "--force")
                output, message = process.communicate(timeout=120)
                self.assertIn(process.returncode, (0, WRONG_INPUT), message)
                if process.returncode == WRONG_INPUT:
                    self.assertEqual(output, "")
                    self.assert_clear(message)
                else:
                    good += 1
                    if good % 20 == 1:
                        self.run_program("compare", "x.h5")
                left = [one.name for one in self.folder.iterdir() if one.suffix in (".tmp", ".journal")]
                self.assertEqual(left, [])
        self.assertLess(good, 2 * MUTANTS // 3)
        self.assertGreater(good, 0, "no mutant was harmless: they are too wild to test anything but the reader")


if __name__ == "__main__":
    main()
