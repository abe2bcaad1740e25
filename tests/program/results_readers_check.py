#!/usr/bin/python3
"""Opens a results file the way analysts do - h5py, xarray with both engines, ncdump - and checks that all agree.

    results_readers_check.py FILE.h5

Exits 0 when the file is what docs/results-format.md says, otherwise with a sentence on what is not. The functions are
used by tests of the program too.
"""

import shutil
import subprocess
import sys

import h5py
import numpy
import xarray

# Every table the format knows: its dimensions, and the kind of its numbers.
TABLES = {
    "/parameters/value": (("draw", "parameter"), "f8"),
    "/summary/value": (("arm", "draw", "replication", "measure"), "f8"),
    "/groups/value": (("arm", "draw", "replication", "group", "measure"), "f8"),
    "/area_types/value": (("arm", "draw", "replication", "area_type", "measure"), "f8"),
    "/costs/value": (("arm", "draw", "payer", "category"), "f8"),
    "/timeline/value": (("arm", "week", "measure"), "i8"),
}
COLUMNS = {
    "/arms": {"title": "arm"},
    "/parameters": {name: "parameter" for name in ("unit", "source", "quality", "distribution", "mean")},
    "/assumptions": {
        name: "parameter" for name in ("unit", "source", "quality", "distribution", "mean", "uncertain")
    },
    "/summary": {name: "measure" for name in ("unit", "description", "additive")},
    "/groups": {name: "measure" for name in ("unit", "description", "additive")},
    "/area_types": {
        "title": "area_type",
        "areas": "area_type",
        **{name: "measure" for name in ("unit", "description", "additive")},
    },
    "/ratios": {name: "ratio" for name in ("numerator", "denominator", "unit", "description")},
    "/timeline": {name: "measure" for name in ("unit", "description")},
    "/provenance": {"version": "library"},
}
ROOT_ATTRIBUTES = {
    "format": str,
    "format_version": str,
    "title": str,
    "engine_version": str,
    "source_revision": str,
    "results_epoch": numpy.integer,
    "seed": numpy.integer,
    "price_year": numpy.integer,
    "discount_rate": numpy.floating,
    "scenario_sha256": str,
}
COUNTED = {"draw", "replication", "row"}
WITHOUT_LABELS = {"bin", "edge"}
ENGINES = ("h5netcdf", "netcdf4")


class Wrong(Exception):
    """What is not as the format says."""


def expect(condition, sentence):
    if not condition:
        raise Wrong(sentence)


def is_text(dataset):
    string = h5py.check_string_dtype(dataset.dtype)
    return string is not None and string.length is None and string.encoding == "utf-8"


def groups_of(path):
    """The paths of all groups but the root, from the outside in."""
    with h5py.File(path) as file:
        names = []
        file.visititems(lambda name, item: names.append("/" + name) if isinstance(item, h5py.Group) else None)
    return names


def check_root(file):
    for name, kind in ROOT_ATTRIBUTES.items():
        expect(name in file.attrs, f"the root has no attribute {name}")
        expect(isinstance(file.attrs[name], kind), f"the root attribute {name} is a {type(file.attrs[name])}")
    expect(file.attrs["format"] == "vfm-results", "the format is not vfm-results")
    expect(file["scenario"].shape == () and is_text(file["scenario"]), "/scenario is not one text")


def check_scales(name, dataset):
    """Every array has one named scale on every dimension, in its own group; every text is variable-length UTF-8."""
    expect("units" not in dataset.attrs, f"{name} has an attribute `units`, which makes times of numbers")
    if dataset.dtype.kind == "O":
        expect(is_text(dataset), f"{name} holds texts that are not variable-length UTF-8")
    else:
        expect(dataset.dtype.kind in "if", f"{name} has numbers of kind {dataset.dtype}")
    if h5py.h5ds.is_scale(dataset.id) or dataset.shape == ():
        return
    for place, dimension in enumerate(dataset.dims):
        expect(len(dimension) == 1, f"{name} has {len(dimension)} scales on dimension {place}")
        scale = dimension[0]
        expect(scale.parent == dataset.parent, f"{name} has a scale of another group on dimension {place}")
        expect(scale.shape == (dataset.shape[place],), f"{name} and its scale {scale.name} differ in length")


def dimensions_of(dataset):
    return tuple(dimension[0].name.rsplit("/", 1)[1] for dimension in dataset.dims)


def check_with_h5py(path):
    with h5py.File(path) as file:
        check_root(file)
        file.visititems(
            lambda name, item: check_scales("/" + name, item) if isinstance(item, h5py.Dataset) else None
        )
        for table, (dimensions, kind) in TABLES.items():
            if table.rsplit("/", 1)[0] not in file:
                continue
            expect(table in file, f"there is no {table}")
            expect(dimensions_of(file[table]) == dimensions, f"{table} has dimensions {dimensions_of(file[table])}")
            expect(file[table].dtype == numpy.dtype(kind), f"{table} has numbers of type {file[table].dtype}")
        for group, columns in COLUMNS.items():
            for column, dimension in columns.items() if group in file else ():
                expect(f"{group}/{column}" in file, f"there is no {group}/{column}")
                expect(dimensions_of(file[f"{group}/{column}"]) == (dimension,), f"{group}/{column} is elsewhere")
        expect("/summary/value" in file, "there is no /summary/value")
        for name, histogram in file.get("distributions", {}).items():
            expect(dimensions_of(histogram["count"]) == ("kind", "arm", "bin"), f"histogram {name}: dimensions")
            expect(list(histogram["kind"].asstr()) == ["predictive", "central"], f"histogram {name}: kinds")
            expect(len(histogram["edges"]) == histogram["count"].shape[2] + 1, f"histogram {name}: edges")


def check_labels(group, engine, dataset):
    """Named dimensions come with their labels, texts as str, numbers as numbers."""
    for dimension in dataset.dims:
        where = f"{group} in {engine}: dimension {dimension}"
        if dimension in WITHOUT_LABELS:
            expect(dimension not in dataset.coords, f"{where} has labels")
            continue
        expect(dimension in dataset.coords, f"{where} has lost its labels")
        labels = dataset.coords[dimension].values
        if dimension in COUNTED:
            expect((labels == numpy.arange(len(labels))).all(), f"{where} does not count from 0")
        elif dimension == "week":
            expect(labels.dtype == numpy.dtype("f8"), f"{where} has labels of type {labels.dtype}")
        else:
            expect(all(isinstance(label, str) for label in labels), f"{where} has labels that are not texts")
    for name, variable in dataset.variables.items():
        where = f"{group}/{name} in {engine}"
        expect(variable.dtype.kind in "ifO", f"{where} came out as {variable.dtype}")
        if variable.dtype.kind == "O":
            expect(all(isinstance(text, str) for text in variable.values.flat), f"{where} is not text")


def same_values(left, right):
    if left.dtype.kind == "f" and right.dtype.kind == "f":
        return numpy.array_equal(left, right, equal_nan=True)
    return numpy.array_equal(left, right)


def check_group_with_xarray(path, group):
    opened = [xarray.open_dataset(path, group=group, engine=engine) for engine in ENGINES]
    try:
        for engine, dataset in zip(ENGINES, opened):
            check_labels(group, engine, dataset)
        first, second = opened
        expect(set(first.variables) == set(second.variables), f"{group}: the engines do not see the same variables")
        expect(dict(first.sizes) == dict(second.sizes), f"{group}: the engines do not see the same dimensions")
        with h5py.File(path) as file:
            for name in first.variables:
                plain = file[f"{group}/{name}"]
                plain = plain.asstr()[()] if is_text(plain) else plain[()]
                for engine, dataset in zip(ENGINES, opened):
                    same = same_values(dataset[name].values, plain)
                    expect(same, f"{group}/{name}: {engine} reads other values than h5py")
    finally:
        for dataset in opened:
            dataset.close()


def check_root_with_xarray(path):
    for engine in ENGINES:
        with xarray.open_dataset(path, engine=engine) as root:
            expect(root.attrs["format"] == "vfm-results", f"{engine} does not read the root attributes")
            scenario = root["scenario"].item()
            expect(isinstance(scenario, str), f"{engine} does not read /scenario as text")
            with h5py.File(path) as file:
                expect(scenario == file["scenario"].asstr()[()], f"{engine} reads another /scenario than h5py")


def check_with_ncdump(path):
    """The header as netCDF's own tool prints it; True when the tool is there."""
    ncdump = shutil.which("ncdump")
    if ncdump is None:
        return False
    shown = subprocess.run([ncdump, "-h", path], capture_output=True, text=True, check=False)
    expect(shown.returncode == 0, f"ncdump cannot read it: {shown.stderr.strip()}")
    expect("group: summary" in shown.stdout, "ncdump does not see the group summary")
    expect("double value(arm, draw, replication, measure)" in shown.stdout, "ncdump does not see the dimensions")
    return True


def check_results_file(path):
    """Everything above; raises Wrong with a sentence, or gives the names of the readers used."""
    check_with_h5py(path)
    check_root_with_xarray(path)
    for group in groups_of(path):
        check_group_with_xarray(path, group)
    return ["h5py", *ENGINES] + (["ncdump"] if check_with_ncdump(path) else [])


def main(arguments):
    if len(arguments) != 2:
        print("usage: results_readers_check.py FILE.h5", file=sys.stderr)
        return 2
    try:
        readers = check_results_file(arguments[1])
    except Wrong as wrong:
        print(f"{arguments[1]}: {wrong}", file=sys.stderr)
        return 1
    print(f"{arguments[1]}: {', '.join(readers)} agree")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
