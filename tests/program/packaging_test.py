"""What `cmake --install` and `cpack` bring: others build on the library, read the manual page, complete their command
lines and install Debian packages."""

import os
import pathlib
import re
import subprocess

import h5py

import program

BUILD = pathlib.Path(os.environ["VFM_BUILD"])
INSTALLED = pathlib.Path(program.VFMSIM).parent.parent


def completed(*command, **options):
    """Runs a tool that must succeed; gives what it printed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Library(program.ProgramTest):
    def test_a_program_elsewhere_finds_it_and_runs_a_study_through_it(self):
        build = self.folder / "build"
        completed("cmake", "-S", program.SOURCE / "tests/downstream", "-B", build, "-G", "Ninja",
                  f"-DCMAKE_PREFIX_PATH={INSTALLED}", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS=-Wall")
        completed("cmake", "--build", build)
        results = self.folder / "tiny.h5"
        cheapest = completed(build / "cheapest_arm", program.SCENARIOS / "tiny.yaml", results).strip()

        with h5py.File(results) as file:
            names = [name.decode() for name in file["/summary/measure"][()]]
            perspective = file["/perspectives/perspective"][0].decode()
            costs = file["/summary/value"][..., names.index(f"cost_{perspective}")].mean(axis=(1, 2))
            self.assertEqual(cheapest, file["/summary/arm"][int(costs.argmin())].decode())

        # Through the library or the program: the same study.
        self.assertEqual(program.simulated_digest(results), program.simulated_digest(self.simulated_before("tiny.yaml")))


class ManualPage(program.ProgramTest):
    def test_it_has_every_command_and_every_option_of_help(self):
        page = (INSTALLED / "share/man/man1/vfmsim.1").read_text(encoding="utf-8").replace("\\-", "-")
        commands = re.findall(r"^  ([a-z]+) ", self.run_program("--help").stdout, re.MULTILINE)
        self.assertGreaterEqual(len(commands), 8)
        for command in commands:
            section = re.search(rf"^\.SS vfmsim {command} .*?(?=^\.S[SH])", page, re.MULTILINE | re.DOTALL)
            self.assertIsNotNone(section, command)
            options = re.findall(r"^  (?:-\w, )?(--[a-z-]+)", self.run_program(command, "--help").stdout, re.MULTILINE)
            self.assertIn("--help", options)
            for option in options:
                self.assertIn(option, section[0], command)


class Completion(program.ProgramTest):
    def completions(self, line):
        """What bash offers at the end of the line."""
        script = INSTALLED / "share/bash-completion/completions/vfmsim"
        words = line.split(" ")
        asked = f'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vfmsim; printf "%s\\n" "${{COMPREPLY[@]}}"'
        path = f"{INSTALLED / 'bin'}:{os.environ['PATH']}"
        return completed("bash", "-c", asked, script, *words, env={**os.environ, "PATH": path},
                         cwd=self.folder).split()

    def test_commands_and_options_are_those_of_the_program(self):
        self.assertEqual(self.completions("vfmsim comp"), ["compare"])
        self.assertIn("sensitivity", self.completions("vfmsim "))
        self.assertEqual(self.completions("vfmsim run --thr"), ["--threads"])
        self.assertEqual(self.completions("vfmsim nothing --"), [])

    def test_arms_and_measures_are_those_of_the_file_on_the_line(self):
        results = self.simulated_before("tiny.yaml")
        with h5py.File(results) as file:
            arms, measures, perspectives = (
                [name.decode() for name in file[path][()]]
                for path in ("/summary/arm", "/summary/measure", "/perspectives/perspective")
            )
        self.assertEqual(self.completions("vfmsim compare results.h5 --reference "), arms)
        self.assertEqual(self.completions("vfmsim compare results.h5 --effect "), measures)
        self.assertEqual(self.completions("vfmsim voi results.h5 --perspective "), perspectives)
        # As bash parts --reference=no.
        self.assertEqual(self.completions("vfmsim compare results.h5 --reference = no"),
                         [arm for arm in arms if arm.startswith("no")])

    def test_where_the_program_has_nothing_to_offer_bash_completes_files(self):
        self.assertEqual(self.completions("vfmsim compare "), [])
        self.write("broken.h5", "not a results file")
        self.assertEqual(self.completions("vfmsim compare broken.h5 --reference "), [])


class DebianPackages(program.ProgramTest):
    def test_the_program_runs_from_the_package_in_a_clean_folder(self):
        completed("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", self.folder, cwd=BUILD)
        packages = {path.name.split("_")[0]: path for path in self.folder.glob("*.deb")}
        self.assertEqual(sorted(packages), ["libvfm-dev", "vfmsim"])

        clean = self.folder / "clean"
        completed("dpkg-deb", "-x", packages["vfmsim"], clean)
        results = self.folder / "tiny.h5"
        completed(clean / "usr/bin/vfmsim", "run", clean / "usr/share/vfmsim/scenarios/tiny.yaml", "-o", results,
                  env={"PATH": ""})
        self.assertTrue(results.exists())
        self.assertTrue((clean / "usr/share/man/man1/vfmsim.1").exists())

        # It asks for the packages of the libraries that it is linked with, and of no compiler.
        depends = completed("dpkg-deb", "--field", packages["vfmsim"], "Depends")
        for library in ("libc6", "libstdc++6", "libfmt9", "libtbb12"):
            self.assertIn(library, depends)
        self.assertNotIn("-dev", depends)

        completed("dpkg-deb", "-x", packages["libvfm-dev"], clean)
        self.assertTrue((clean / "usr/include/vfm/experiment/run.hpp").exists())
        self.assertTrue(list(clean.glob("usr/lib/**/cmake/vfm/vfmConfig.cmake")))


if __name__ == "__main__":
    program.main()
