#!/usr/bin/python3
"""Writes damaged or foreign versions of a results file, each of which our reader must refuse.

    spoil_results_file.py FILE.h5 FOLDER

Each file in FOLDER is named for what is wrong with it.
"""

import pathlib
import sys

import h5py
import numpy

SEAL_BYTES = 20  # without the seal the reader has to find the fault by itself


def replace(file, path, data):
    """Puts another array in the place of one; it keeps its unit."""
    unit = file[path].attrs.get("unit")
    del file[path]
    file.create_dataset(path, data=data)
    if unit is not None:
        file[path].attrs["unit"] = unit


def shorter(file, path):
    replace(file, path, file[path][()][:-1])


def linked_elsewhere(file, path):
    del file[path]
    file[path] = h5py.ExternalLink("other.h5", path)


def stored_elsewhere(file, path):
    shape = file[path].shape
    del file[path]
    file.create_dataset(path, shape, "f8", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)])


def virtual(file, path):
    shape = file[path].shape
    del file[path]
    layout = h5py.VirtualLayout(shape, "f8")
    layout[...] = h5py.VirtualSource("other.h5", path, shape)
    file.create_virtual_dataset(path, layout)


def claims_much(file, draws):
    """A summary of so many draws of which none is stored, and no other table to disagree."""
    for name in ("groups", "costs", "parameters", "assumptions"):
        del file[name]
    arms, _, replications, measures = file["summary/value"].shape
    del file["summary/value"]
    shape = (arms, draws, replications, measures)
    file.create_dataset("summary/value", shape, "f8", chunks=(1, 1024, 1, 1))


def texts(values):
    return numpy.array(values, dtype=h5py.string_dtype())


SPOILS = {
    "another_format": lambda f: f.attrs.modify("format", "other-results"),
    "no_format": lambda f: f.attrs.pop("format"),
    "format_is_a_number": lambda f: f.attrs.create("format", 1.0),
    "newer_major_version": lambda f: f.attrs.modify("format_version", "2.0"),
    "version_in_words": lambda f: f.attrs.modify("format_version", "one"),
    "no_seed": lambda f: f.attrs.pop("seed"),
    "seed_is_a_text": lambda f: f.attrs.create("seed", "1"),
    "seed_is_a_list": lambda f: f.attrs.create("seed", numpy.array([1, 2], "u8")),
    "price_year_out_of_range": lambda f: f.attrs.create("price_year", numpy.int64(1 << 40)),
    "no_scenario": lambda f: f.pop("scenario"),
    "scenario_is_a_group": lambda f: (f.pop("scenario"), f.create_group("scenario")),
    "no_summary": lambda f: f.pop("summary"),
    "summary_is_an_array": lambda f: (f.pop("summary"), f.create_dataset("summary", data=1.0)),
    "no_arms": lambda f: f.pop("arms"),
    "no_summary_value": lambda f: f["summary"].pop("value"),
    "summary_of_singles": lambda f: replace(f, "summary/value", f["summary/value"][()].astype("f4")),
    "summary_of_integers": lambda f: replace(f, "summary/value", f["summary/value"][()].astype("i8")),
    "summary_of_texts": lambda f: replace(f, "summary/value", texts(["a"])),
    "summary_of_rank_three": lambda f: replace(f, "summary/value", f["summary/value"][()][0]),
    "summary_without_an_arm": lambda f: shorter(f, "summary/value"),
    "summary_in_another_file": lambda f: linked_elsewhere(f, "summary/value"),
    "summary_in_another_files_bytes": lambda f: stored_elsewhere(f, "summary/value"),
    "summary_virtual": lambda f: virtual(f, "summary/value"),
    "summary_claims_gigabytes": lambda f: claims_much(f, 1 << 24),
    "summary_claims_terabytes": lambda f: claims_much(f, 1 << 31),
    "summary_claims_petabytes": lambda f: claims_much(f, 1 << 42),
    "fixed_length_names": lambda f: replace(f, "summary/measure", numpy.array([b"a", b"b", b"c", b"d"])),
    "a_measure_twice": lambda f: replace(f, "summary/measure", texts(["a", "a", "b", "c"])),
    "too_few_units": lambda f: shorter(f, "summary/unit"),
    "tables_with_other_arms": lambda f: replace(f, "costs/arm", texts(["a", "b", "c"])),
    "groups_of_another_size": lambda f: shorter(f, "groups/group"),
    "ratio_of_nothing": lambda f: replace(f, "ratios/numerator", texts(["nothing"])),
    "no_parameters": lambda f: f.pop("parameters"),
    "too_few_draws": lambda f: shorter(f, "parameters/value"),
    "no_bins": lambda f: shorter(f, "distributions/cost/count"),
    "falling_edges": lambda f: replace(f, "distributions/cost/edges", numpy.array([2.0, 1.0, 0.0])),
    "histogram_list_too_long": lambda f: f["distributions"].attrs.modify("measures", texts(["cost", "../summary"])),
    "timeline_of_doubles": lambda f: replace(f, "timeline/value", f["timeline/value"][()].astype("f8")),
    "no_provenance": lambda f: f.pop("provenance"),
}

# Of files that have area types only.
AREA_TYPE_SPOILS = {
    "area_types_without_values": lambda f: f["area_types"].pop("value"),
    "area_types_without_measures": lambda f: f["area_types"].pop("measure"),
    "area_types_of_another_size": lambda f: shorter(f, "area_types/area_type"),
    "area_types_without_a_replication": lambda f: replace(f, "area_types/value", f["area_types/value"][:, :, :1]),
    "area_types_with_other_arms": lambda f: replace(f, "area_types/arm", texts(["a", "b", "c"])),
    "area_types_without_areas": lambda f: replace(f, "area_types/areas", numpy.array([0, -1], "i8")),
    "area_types_of_no_measure": lambda f: replace(f, "area_types/measure", texts(["plans", "families", "nothing"])),
    "area_types_of_a_percentile": lambda f: replace(f, "area_types/measure", texts(["plans", "families", "days_p90"])),
    "an_area_type_twice": lambda f: replace(f, "area_types/area_type", texts(["town", "town"])),
}


def has_area_types(path):
    with h5py.File(path) as file:
        return "area_types" in file


def main(arguments):
    source, folder = map(pathlib.Path, arguments[1:])
    unsealed = source.read_bytes()[:-SEAL_BYTES]
    spoils = {**SPOILS, **(AREA_TYPE_SPOILS if has_area_types(source) else {})}
    for name, spoil in spoils.items():
        target = folder / f"{name}.h5"
        target.write_bytes(unsealed)
        with h5py.File(target, "r+") as file:
            spoil(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
