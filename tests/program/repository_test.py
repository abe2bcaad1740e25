"""The repository's own order: files of one idea, names that say something, links that lead somewhere."""

import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["VFM_SOURCE"])

MOST_LINES = 400
CODE = (".cpp", ".hpp", ".py", ".ts")
NAMES_THAT_SAY_NOTHING = re.compile(r"(^|[/_])(utils?|common|helpers?|managers?|misc)([_./]|$)")
RESULTS = (".h5", ".journal", ".tmp")
ADR_SECTIONS = ["Context", "Decision", "Consequences", "Evidence"]

# Written in pieces, so that this file does not hold what it forbids.
UNFINISHED = re.compile("|".join(("TO" "DO", "FIX" "ME", r"\bX" r"XX\b", "HA" "CK", "DIS" "ABLED_", "GTEST" "_SKIP")))
MACHINE_PATH = re.compile(r"(?<![\w.$}/~-])/(home|root|work|tmp|Users)/\w")

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MENTION = re.compile(r"\b((?:docs|tools|cmake|include/vfm|engine|tests|scenarios|bench)/[\w./-]*\w)")


def repository_files():
    """Every file that belongs to the project: what git knows or would add; without git, what is there."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=SOURCE,
        capture_output=True,
        text=True,
    )
    if listing.returncode == 0:
        paths = [SOURCE / line for line in listing.stdout.splitlines()]
    else:
        generated = re.compile(r"^(build[^/]*|out|node_modules|__pycache__)$")
        paths = [
            path
            for path in SOURCE.rglob("*")
            if not any(generated.match(part) for part in path.relative_to(SOURCE).parts[:-1])
        ]
    return sorted(path for path in paths if path.is_file())


def name_of(path):
    return str(path.relative_to(SOURCE))


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def anchors(text):
    """The anchors that a Markdown page's headings give."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(FENCE.sub("", text)))
    return {heading.replace(" ", "-") for heading in plain}


class Files(unittest.TestCase):
    def setUp(self):
        self.files = repository_files()
        self.assertIn(SOURCE / "CMakeLists.txt", self.files)

    def test_code_files_hold_one_idea(self):
        lengths = {name_of(path): text_of(path).count("\n") for path in self.files if path.suffix in CODE}
        self.assertEqual({name: lines for name, lines in lengths.items() if lines > MOST_LINES}, {})

    def test_names_say_something(self):
        self.assertEqual([name for name in map(name_of, self.files) if NAMES_THAT_SAY_NOTHING.search(name)], [])

    def test_nothing_is_left_unfinished_or_switched_off(self):
        self.assertEqual(self.lines_with(UNFINISHED), [])

    def test_nothing_speaks_of_the_machine_it_was_written_on(self):
        self.assertEqual(self.lines_with(MACHINE_PATH), [])

    def test_no_results_are_committed(self):
        self.assertEqual([name for name in map(name_of, self.files) if name.endswith(RESULTS)], [])

    def test_what_people_run_can_be_run(self):
        people_run = ("tools/quickstart", "tools/test", "tools/install_packages", "bench/run", "bench/end_to_end")
        for name in (*people_run, ".ci/run"):
            self.assertTrue(os.access(SOURCE / name, os.X_OK), f"{name} has no run bit")

    def lines_with(self, pattern):
        return [
            f"{name_of(path)}:{number}: {line.strip()[:100]}"
            for path in self.files
            for number, line in enumerate(text_of(path).splitlines(), start=1)
            if pattern.search(line)
        ]


class Documentation(unittest.TestCase):
    def setUp(self):
        self.pages = [path for path in repository_files() if path.suffix == ".md"]
        self.assertGreater(len(self.pages), 0)

    def test_the_pages_a_newcomer_looks_for_are_there(self):
        for name in ("README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff"):
            self.assertTrue((SOURCE / name).exists(), f"{name} is missing")

    def test_every_link_leads_to_a_file_and_a_heading_of_the_repository(self):
        broken = []
        for page in self.pages:
            for link in LINK.findall(FENCE.sub("", text_of(page))):
                if re.match(r"[a-z]+:", link):
                    continue
                target, _, anchor = link.partition("#")
                file = (page.parent / target).resolve() if target else page
                if not file.exists() or (anchor and anchor not in anchors(text_of(file))):
                    broken.append(f"{name_of(page)} -> {link}")
        self.assertEqual(broken, [])

    def test_every_file_that_a_page_names_is_there(self):
        missing = []
        for page in self.pages:
            for mention in MENTION.findall(text_of(page)):
                # A decision may be named by its number alone: docs/adr/0002.
                if not (SOURCE / mention).exists() and not list(SOURCE.glob(mention + "-*.md")):
                    missing.append(f"{name_of(page)} names {mention}")
        self.assertEqual(missing, [])

    def test_every_decision_a_comment_leans_on_is_recorded(self):
        recorded = {path.name[:4] for path in (SOURCE / "docs/adr").glob("[0-9]*.md")}
        leaned_on = {
            (number, name_of(path))
            for path in repository_files()
            for number in re.findall(r"\b(?:ADR |docs/adr/)(\d{4})\b", text_of(path))
        }
        self.assertEqual(sorted(pair for pair in leaned_on if pair[0] not in recorded), [])

    def test_every_decision_gives_context_decision_consequences_and_evidence(self):
        records = sorted((SOURCE / "docs/adr").glob("[0-9]*.md"))
        self.assertGreater(len(records), 0)
        for record in records:
            sections = re.findall(r"^## (.+)$", text_of(record), re.MULTILINE)
            self.assertEqual(sections[: len(ADR_SECTIONS)], ADR_SECTIONS, name_of(record))
            self.assertRegex(text_of(record).splitlines()[0], rf"^# {record.name[:4]}\. \S", name_of(record))

    def test_decisions_have_numbers_of_their_own(self):
        numbers = [path.name[:4] for path in (SOURCE / "docs/adr").glob("[0-9]*.md")]
        self.assertEqual(len(numbers), len(set(numbers)), sorted(numbers))

    def test_what_changed_is_told(self):
        fragments = [path for path in (SOURCE / "docs/changelog.d").glob("*.md") if path.name != "README.md"]
        told = re.search(r"^## \[?\d+\.\d+\.\d+", text_of(SOURCE / "CHANGELOG.md"), re.MULTILINE)
        self.assertTrue(fragments or told, "neither fragments in docs/changelog.d nor a version in CHANGELOG.md")


if __name__ == "__main__":
    unittest.main(verbosity=2)
