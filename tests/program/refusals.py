"""What every refusal of the program looks like, for tests that give it what it must refuse."""

import re

from program import ProgramTest


class BadInput(ProgramTest):
    def refuse(self, *arguments, saying=()):
        """Exit code 2 and one clear message; no more files than before; gives what was said."""
        before = sorted(path.name for path in self.folder.iterdir())
        done = self.assert_refused(*arguments, saying=saying)
        self.assert_clear(done.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before, "something was written")
        return done.stderr

    def assert_clear(self, message):
        self.assertTrue(message.endswith("\n") and message.strip(), "a message")
        self.assertLess(len(message), 100_000)
        faults = len(re.findall(r"(?m)^\S.*?: error: ", message))
        self.assertGreaterEqual(faults, 1, message)
        if not message.startswith("vfmsim: error: "):
            self.assertRegex(message, rf"vfmsim: {faults} errors?\n\Z")
        else:
            self.assertEqual(faults, 1, message)
        for word in ("a fault in vfmsim", "terminate called", "std::", "what():", "HDF5-DIAG", "Assertion", "0x7f"):
            self.assertNotIn(word, message)
