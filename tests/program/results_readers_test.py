"""Results files read back without our own reader: h5py, xarray with both engines, ncdump when it is there."""

import h5py
import results_readers_check
import xarray
from program import SOURCE, ProgramTest, main

STUDIES = {
    "tiny.yaml": [],
    "verification/m1.yaml": ["--replications", "5"],
    "verification/infinite_capacity.yaml": ["--replications", "2"],
    SOURCE / "tests/program/data/every_mechanism.yaml": ["--set", "design.central_units=0"],
}
GROUPS = {"arms", "summary", "costs", "timeline", "distributions", "ratios", "perspectives", "provenance"}


class Readers(ProgramTest):
    def test_every_group_of_every_study_with_every_reader(self):
        for scenario, options in STUDIES.items():
            with self.subTest(scenario=str(scenario)):
                file = self.simulate(scenario, "--force", *options)
                readers = results_readers_check.check_results_file(str(file))
                self.assertLessEqual({"h5py", "h5netcdf", "netcdf4"}, set(readers))
                with h5py.File(file) as opened:
                    self.assertLessEqual(GROUPS, set(opened))

    def test_the_example_of_the_documentation(self):
        """docs/results-format.md: totals, then ratios, by name, in either engine."""
        file = self.simulated_before("tiny.yaml")
        shares = []
        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(file, group="summary", engine=engine) as summary:
                self.assertEqual(summary.value.dims, ("arm", "draw", "replication", "measure"))
                totals = summary.value.sum("replication")
                share = totals.sel(measure="on_time_numerator") / totals.sel(measure="on_time_denominator")
                shares.append(share.mean("draw").to_series())
        self.assertTrue(shares[0].equals(shares[1]))
        self.assertEqual(list(shares[0].index)[0], "no_support")
        self.assertTrue(shares[0].between(0.01, 0.99).all())

    def test_a_file_says_what_it_is_and_where_it_comes_from(self):
        file = self.simulate("tiny.yaml", "--draws", 2, "--threads", 2)
        with h5py.File(file) as opened:
            self.assertEqual(opened.attrs["format"], "vfm-results")
            self.assertEqual(opened.attrs["format_version"], "1.0")
            self.assertIn("run", opened["provenance"].attrs["command_line"])
            self.assertIn("--draws 2", opened["provenance"].attrs["command_line"])
            self.assertEqual(opened["provenance"].attrs["threads"], 2)
            sources = opened["assumptions/source"].asstr()[()]
            self.assertTrue(all(sources), "a parameter has no source")

    def test_a_damaged_file_is_refused_by_our_own_reader(self):
        file = self.simulated_before("tiny.yaml", "--draws", 2)
        whole = file.read_bytes()
        place = len(whole) // 2
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        self.assert_refused("compare", file, saying="results.h5")


if __name__ == "__main__":
    main()
