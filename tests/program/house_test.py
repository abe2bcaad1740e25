"""The rules of the house (docs/architecture.md) that a compiler does not check: who includes whom, where third
parties may appear, and that the simulation calls no mathematics but its own."""

import collections
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["VFM_SOURCE"])
BUILD = pathlib.Path(os.environ["VFM_BUILD"])

# What a room's tests may include beyond what the room itself may: queueing theory needs random arrivals, and
# the runner is tested with the stopping rules that the program passes to it.
TESTS_MAY_ALSO = {"des": {"random"}, "experiment": {"stats", "decision"}}

# Third-party headers: the pattern of their names, the rooms they may appear in, and in how many files at most.
THIRD_PARTIES = {
    "yaml-cpp": (r"yaml-cpp/", {"scenario"}, 1),
    "HDF5": (r"(hdf5|hdf5_hl|H5\w*)\.h$", {"results"}, 3),
    "oneTBB": (r"tbb/|oneapi/tbb", {"core"}, 1),
    "MPI": (r"mpi\.h$", {"experiment"}, 1),
    "Program_options": (r"boost/program_options", {"tools"}, 1),
    "nlohmann-json": (r"nlohmann/", {"scenario", "results", "report"}, 5),
    "OpenSSL": (r"openssl/", {"results"}, 2),
    "libdeflate": (r"libdeflate\.h$", {"results"}, 2),
    "Eigen": (r"Eigen/", {"decision"}, 1),
    "Boost.Math": (r"boost/math", {"random", "stats"}, 4),
    "Boost.Random": (r"boost/random", {"random"}, 1),
    "Random123": (r"Random123/", {"random"}, 2),
}
# fmt writes messages everywhere, but in no public header either.
FMT = r"fmt/"

# Files of `random` that make quantiles, copulas and gamma tables in long double, with Boost.Math: its functions do
# not differ between processors once rounded to double (ADR 0003). They run before the simulation, never in its loop.
# A unity build compiles them as one (engine/CMakeLists.txt).
LONG_DOUBLE_OBJECTS = {"quantiles.cpp.o", "dependence.cpp.o", "sampler.cpp.o", "unity_long_double_cxx.cxx.o"}
EXACT = {"sqrt", "sqrtf", "sqrtl"}
# Scaling by a power of two is exact as well, but only Boost.Math has a use for it.
EXACT_SCALING = {"ldexp", "ldexpf", "ldexpl", "frexp", "frexpf", "frexpl"}

PURE_ROOMS = ("core", "random", "des", "model")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def rooms():
    """The table of docs/architecture.md: room -> the rooms it may include, from the ground up."""
    table = {}
    text = (SOURCE / "docs/architecture.md").read_text(encoding="utf-8")
    for room, may_include in re.findall(r"^\| `(\w+)` \|.*\| ([\w -]+) \|$", text, re.MULTILINE):
        table[room] = set(may_include.split()) - {"-"}
    return table


def includes(path):
    """Every include of a file: (name, whether it is quoted)."""
    return [(name, mark == '"') for mark, name in INCLUDE.findall(path.read_text(encoding="utf-8"))]


def cpp_files(folder):
    return sorted(path for path in (SOURCE / folder).rglob("*") if path.suffix in (".cpp", ".hpp"))


def inhabitants():
    """Every C++ file: (path, its tree, its room; the program's room is `tools`). tests/downstream is no part of the
    house but a neighbour, who uses the library as it is installed."""
    for tree in ("include/vfm", "engine", "tests"):
        for path in cpp_files(tree):
            if path.is_relative_to(SOURCE / "tests/downstream"):
                continue
            room = path.relative_to(SOURCE / tree).parts[0]
            yield path, tree, "tools" if (tree, room) == ("tests", "options") else room
    for path in cpp_files("tools"):
        yield path, "tools", "tools"


def name_of(path):
    return str(path.relative_to(SOURCE))


class Arrows(unittest.TestCase):
    def test_the_table_of_the_architecture_names_each_room_after_those_it_may_include(self):
        table = rooms()
        self.assertGreaterEqual(len(table), 9, "the table of rooms in docs/architecture.md was not understood")
        known = set()
        for room, may_include in table.items():
            self.assertLessEqual(may_include, known, f"{room} may include a room that comes after it")
            known.add(room)

    def test_every_folder_is_a_room_of_the_table(self):
        for path, tree, room in inhabitants():
            if room != "tools":
                self.assertIn(room, rooms(), f"{name_of(path)} is in no room of docs/architecture.md")

    def test_a_room_includes_only_the_rooms_it_may(self):
        table = rooms()
        wrong = []
        for path, tree, room in inhabitants():
            if room == "tools":
                continue
            allowed = table[room] | {room} | (TESTS_MAY_ALSO.get(room, set()) if tree == "tests" else set())
            for name, _ in includes(path):
                if name.startswith("vfm/") and name.split("/")[1] not in allowed:
                    wrong.append(f"{name_of(path)} includes {name}, but {room} may not")
        self.assertEqual(wrong, [])

    def test_the_build_links_the_rooms_of_the_table_and_no_others(self):
        text = (SOURCE / "engine/CMakeLists.txt").read_text(encoding="utf-8")
        table = rooms()
        for room, arguments in re.findall(r"vfm_room\((\w+)([^)]*)\)", text):
            linked = re.search(r"ROOMS((?: (?!LIBRARIES)\w+)*)", arguments)
            self.assertEqual(set(linked[1].split()) if linked else set(), table[room], f"links of vfm_{room}")

    def test_a_private_header_stays_in_its_room(self):
        wrong = []
        for path, tree, _ in inhabitants():
            for name, quoted in includes(path):
                if not quoted or name.startswith("vfm/"):
                    continue
                beside = (path.parent / name).exists() and ".." not in name
                beside = beside or tree == "tools" and (SOURCE / "tools/vfmsim" / name).exists()
                homes = ("tests", "tools", "bench")
                shared_by_tests = tree == "tests" and any((SOURCE / home / name).exists() for home in homes)
                if tree == "include/vfm" or not (beside or shared_by_tests):
                    wrong.append(f"{name_of(path)} includes {name}")
        self.assertEqual(wrong, [])


class LocalNames(unittest.TestCase):
    """A unity build compiles many files of a room as one, and a name that is local to one of them must not mean
    something else in another. Which files go together follows from their number, so all of a room are asked."""

    def local_names(self, path):
        """The names a file declares in its anonymous namespace, and each with the line that declares it."""
        text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', path.read_text(encoding="utf-8"), flags=re.DOTALL)
        names = {}
        for space in re.findall(r"^namespace \{\n(.*?)^\}  // namespace$", text, re.DOTALL | re.MULTILINE):
            for line in re.findall(r"^[a-zA-Z\[].*", space, re.MULTILINE):
                line = re.sub(r"^template <.*?>+ ?(?=\w|$)", "", line)
                type_name = re.match(r"(?:struct|class|enum class|enum|using) (\w+)\b(?! ?::)(?!;)", line)
                other = re.match(r"[^=({;]*?(\w+) ?(?:\(|=|\{|;|\[|$)", line)
                if type_name or other:
                    names[(type_name or other)[1]] = line
        return names

    def test_each_means_one_thing_in_its_room(self):
        wrong = []
        for folder in sorted(path for path in (SOURCE / "engine").iterdir() if path.is_dir()):
            known = {}
            for path in sorted(folder.glob("*.cpp")):
                for name, line in self.local_names(path).items():
                    before = known.setdefault(name, (path, line))
                    # An alias may be declared twice, if it is the same.
                    if before[0] != path and not (line.startswith("using ") and before[1] == line):
                        wrong.append(f"{name}: {name_of(before[0])} and {name_of(path)}")
        self.assertEqual(wrong, [], "names to be told apart, or moved to a header of the room")


class Program(unittest.TestCase):
    """tools/vfmsim: main, what it shows while it runs and of itself, its commands, and the options they are given."""

    FOLDER = SOURCE / "tools/vfmsim"

    def test_a_file_is_a_command_or_reads_options(self):
        beside = {path.stem for path in self.FOLDER.iterdir() if path.suffix in (".cpp", ".hpp")}
        self.assertEqual(beside, {"main", "manual", "progress"})
        self.assertEqual({path.name for path in self.FOLDER.iterdir() if path.is_dir()}, {"commands", "options"})

    def test_options_know_nothing_else_of_the_program_and_alone_read_a_command_line(self):
        for path in cpp_files("tools/vfmsim"):
            names = [name for name, _ in includes(path)]
            if path.parent.name == "options":
                own = [name for name in names if (self.FOLDER / name).exists() or "/" not in name and name.endswith(".hpp")]
                self.assertEqual([name for name in own if not (path.parent / name).exists()], [], name_of(path))
            else:
                self.assertEqual([name for name in names if name.startswith("boost/")], [], name_of(path))

    def test_no_room_knows_the_program(self):
        for path, tree, _ in inhabitants():
            if tree in ("include/vfm", "engine"):
                self.assertNotIn("vfm::program", path.read_text(encoding="utf-8"), name_of(path))


class ThirdParties(unittest.TestCase):
    def test_no_public_header_includes_one(self):
        patterns = [FMT] + [pattern for pattern, _, _ in THIRD_PARTIES.values()]
        wrong = [
            f"{name_of(path)} includes {name}"
            for path in cpp_files("include")
            for name, _ in includes(path)
            if any(re.match(pattern, name) for pattern in patterns)
        ]
        self.assertEqual(wrong, [])

    def test_each_stays_in_its_rooms_and_in_few_files(self):
        for library, (pattern, homes, most) in THIRD_PARTIES.items():
            users = [
                (name_of(path), room)
                for path, tree, room in inhabitants()
                if tree != "tests" and any(re.match(pattern, name) for name, _ in includes(path))
            ]
            with self.subTest(library=library):
                self.assertEqual([file for file, room in users if room not in homes], [], "outside its rooms")
                self.assertLessEqual(len(users), most, f"{library} appears in too many files: {users}")


class Mathematics(unittest.TestCase):
    """glibc's functions give different bits on different processors, so the simulation must not call them."""

    def setUp(self):
        libm = subprocess.check_output(["gcc", "-print-file-name=libm.so.6"], text=True).strip()
        symbols = subprocess.check_output(["nm", "-D", "--defined-only", libm], text=True)
        self.libm = {line.split()[-1].split("@")[0] for line in symbols.splitlines()}

    def calls(self, room):
        """Object file -> functions of libm that it calls, but sqrt, which is the same everywhere."""
        if not list((SOURCE / "engine" / room).glob("*.cpp")):
            return {}  # a room of headers alone
        archive = BUILD / f"engine/libvfm_{room}.a"
        self.assertTrue(archive.exists(), f"{archive.name} was not built")
        found = collections.defaultdict(set)
        member = None
        for line in subprocess.check_output(["nm", "--undefined-only", archive], text=True).splitlines():
            if line.endswith(".o:"):
                member = line[:-1]
            elif line.strip():
                symbol = line.split()[-1]
                if symbol in self.libm - EXACT:
                    found[member].add(symbol)
        return found

    def is_long_double(self, symbol):
        """expl is exp in long double; ceil is not."""
        return symbol.endswith("l") and symbol[:-1] in self.libm

    def test_the_list_of_functions_is_the_real_one(self):
        self.assertLessEqual({"exp", "log", "pow", "sin", "floor", "lround", "fma", "expl", "expf"}, self.libm)
        self.assertTrue(self.is_long_double("expl"))
        self.assertFalse(self.is_long_double("ceil"))

    def test_simulating_rooms_call_nothing_from_libm_but_sqrt(self):
        wrong = []
        for room in PURE_ROOMS:
            for member, symbols in self.calls(room).items():
                if room == "random" and member in LONG_DOUBLE_OBJECTS:
                    symbols = {symbol for symbol in symbols - EXACT_SCALING if not self.is_long_double(symbol)}
                wrong += [f"{room}/{member} calls {symbol}" for symbol in sorted(symbols)]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
