#!/usr/bin/python3
"""Opens an analysis file the way analysts do - h5py, xarray with both engines - and checks that all agree.

    analysis_readers_check.py FILE.analysis.h5

Exits 0 when the file is what docs/analysis-format.md says, otherwise with a sentence on what is not.
"""

import json
import sys

import h5py
from results_readers_check import Wrong, check_group_with_xarray, check_scales, dimensions_of, expect, groups_of

KINDS = {"number": "f", "text": "O", "list": "O"}


def check_table(path, table):
    columns, kinds = list(table.attrs["columns"]), list(table.attrs["column_kinds"])
    rows = table.attrs["rows"]
    expect(len(table.attrs["column_units"]) == len(table.attrs["column_descriptions"]) == len(columns), path)
    expect(set(table) == ({"row", *columns} if rows else set()), f"{path} does not hold what it says")
    for name, kind in zip(columns, kinds) if rows else ():
        column = table[name]
        expect(column.shape == (rows,) and dimensions_of(column) == ("row",), f"{path}/{name} has another shape")
        expect(column.dtype.kind == KINDS[kind], f"{path}/{name} is not of kind {kind}")
        expect({"unit", "description"} <= set(column.attrs), f"{path}/{name} does not say what it is")
        if kind == "list":
            lists = [json.loads(cell) for cell in column.asstr()[()]]
            expect(all(isinstance(cell, list) for cell in lists), f"{path}/{name} holds no lists")


def check_analysis_file(path):
    with h5py.File(path) as file:
        expect(file.attrs["format"] == "vfm-analysis", "the format is not vfm-analysis")
        file.visititems(
            lambda name, item: check_scales("/" + name, item) if isinstance(item, h5py.Dataset) else None
        )
        for command, group in file.items():
            if "setting" in group:
                expect(dimensions_of(group["value"]) == ("setting",), f"{command} has settings without names")
            for table in group.attrs.get("tables", ()):
                check_table(f"/{command}/{table}", group[table])
    for group in groups_of(path):
        check_group_with_xarray(path, group)


def main(arguments):
    try:
        check_analysis_file(arguments[1])
    except Wrong as wrong:
        print(f"{arguments[1]}: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
