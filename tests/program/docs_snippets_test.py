"""The code that docs/results-format.md shows to readers in Python and R runs on a run's file, and both are right."""

import re
import subprocess
import sys

import h5py

import program

PAGE = (program.SOURCE / "docs/results-format.md").read_text(encoding="utf-8")


class Snippets(program.ProgramTest):
    def shares_on_time(self, language, *interpreter):
        """What the page's snippet prints about tiny.h5: arm -> share."""
        code = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]
        snippet = self.write(f"snippet.{language}", code)
        done = subprocess.run([*interpreter, snippet], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        names = re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", done.stdout)
        return dict(zip(names, map(float, re.findall(r"\b0\.\d+", done.stdout))))

    def test_python_and_r_read_the_shares_that_are_in_the_file(self):
        results = self.simulated_before("tiny.yaml", name="tiny.h5")
        with h5py.File(results) as file:
            measures = [name.decode() for name in file["/summary/measure"][()]]
            arms = [name.decode() for name in file["/summary/arm"][()]]
            numerator, denominator = (
                file["/summary/value"][..., measures.index(f"on_time_{part}")].sum(axis=2)
                for part in ("numerator", "denominator")
            )
        expected = dict(zip(arms, (numerator / denominator).mean(axis=1)))
        in_r = ("Rscript", "-e", "source(commandArgs(trailingOnly = TRUE), print.eval = TRUE)")
        for language, interpreter in {"python": (sys.executable, "-B"), "r": in_r}.items():
            with self.subTest(language=language):
                shares = self.shares_on_time(language, *interpreter)
                self.assertEqual(list(shares), arms)
                for arm in arms:
                    self.assertAlmostEqual(shares[arm], expected[arm], places=6)


if __name__ == "__main__":
    program.main()
