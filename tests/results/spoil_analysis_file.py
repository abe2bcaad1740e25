#!/usr/bin/python3
"""Writes versions of an analysis file as a program might make them that does not know the format.

    spoil_analysis_file.py FILE.analysis.h5 FOLDER

Each file in FOLDER has one fault, which our reader must find.
"""

import pathlib
import shutil
import sys

import h5py
import numpy

TABLE = "compare/icer_table"
TEXT = h5py.string_dtype("utf-8")


def put(file, path, values, **how):
    del file[path]
    file.create_dataset(path, data=values, **how)


def attribute(path, name, value):
    def change(file):
        del file[path].attrs[name]
        if value is not None:
            file[path].attrs[name] = value

    return change


def virtual(file):
    del file[TABLE + "/cost"]
    layout = h5py.VirtualLayout(shape=(3,), dtype="f8")
    layout[:] = h5py.VirtualSource("/etc/hostname", "x", shape=(3,))
    file.create_virtual_dataset(TABLE + "/cost", layout)


def external(file):
    del file[TABLE + "/cost"]
    file[TABLE + "/cost"] = h5py.ExternalLink("/etc/hostname", "/x")


FAULTS = [
    attribute("/", "format", "vfm-results"),
    attribute("/", "format", None),
    attribute("/", "format_version", "2.0"),
    attribute("/", "format_version", "new"),
    attribute("compare", "source_seal", None),
    attribute("compare", "tables", numpy.array(["icer_table", "absent"], dtype=TEXT)),
    attribute("compare", "tables", numpy.array(["../compare"], dtype=TEXT)),
    attribute("compare", "tables", 7),
    attribute(TABLE, "rows", numpy.int64(4)),
    attribute(TABLE, "rows", numpy.int64(-1)),
    attribute(TABLE, "rows", numpy.int64(2**62)),
    attribute(TABLE, "rows", 3.0),
    attribute(TABLE, "columns", numpy.array(["arm", "cost", "icer"], dtype=TEXT)),
    attribute(TABLE, "columns", numpy.array(["arm", "cost", "icer", "absent"], dtype=TEXT)),
    attribute(TABLE, "columns", numpy.array(["arm", "cost", "cost", "against"], dtype=TEXT)),
    attribute(TABLE, "columns", numpy.array(["arm", "cost", "icer", "."], dtype=TEXT)),
    attribute(TABLE, "column_kinds", numpy.array(["text", "text", "number", "list"], dtype=TEXT)),
    attribute(TABLE, "column_kinds", numpy.array(["text", "number", "number", "tree"], dtype=TEXT)),
    attribute(TABLE, "column_kinds", numpy.array(["list", "number", "number", "list"], dtype=TEXT)),
    lambda file: put(file, TABLE + "/cost", numpy.zeros(2)),
    lambda file: put(file, TABLE + "/cost", numpy.zeros((3, 3))),
    lambda file: put(file, TABLE + "/cost", numpy.zeros(3, dtype="f4")),
    lambda file: put(file, TABLE + "/arm", numpy.array([b"a", b"b", b"c"])),
    lambda file: put(file, TABLE + "/against", numpy.array(["[1]", "[]", "[]"], dtype=TEXT)),
    lambda file: put(file, TABLE + "/against", numpy.array(["{}", "[]", "[]"], dtype=TEXT)),
    lambda file: put(file, TABLE + "/against", numpy.array(["[" * 100000, "[]", "[]"], dtype=TEXT)),
    lambda file: put(file, "compare/value", numpy.array(["one"], dtype=TEXT)),
    lambda file: put(file, "compare/value", numpy.zeros(2)),
    virtual,
    external,
    lambda file: file.__delitem__(TABLE),
    lambda file: file.create_dataset("stray", data=numpy.zeros(3)),
]


def main(arguments):
    folder = pathlib.Path(arguments[2])
    for number, fault in enumerate(FAULTS):
        path = folder / f"{number}.h5"
        shutil.copy(arguments[1], path)
        with h5py.File(path, "r+") as file:
            fault(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
