# SPDX-License-Identifier: BSD-2-Clause-Patent
"""CommandCase: a test of the built command in a folder of its own; `main` reads BIN LIB [TEST ...]."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

# The settings of a user's shell do not reach the tests.
OURS = ("HOBNAIL_TARGET", "HOBNAIL_CONSUMER", "HOBNAIL_STANDARD", "HOBNAIL_BOARDS", "HOBNAIL_RULES", "HOBNAIL_KNOWN")


class CommandCase(unittest.TestCase):
    BIN = LIB = None  # the build's bin/ and lib/

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.json = self.folder / "result.json"
        self.out = self.folder / "out"

    def hobnail(self, *arguments, code=None, **settings):
        """The finished process; `code`: its exit code, `settings`: variables of its environment."""
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= {name: str(value) for name, value in settings.items() if value is not None}
        done = subprocess.run([self.BIN / "hobnail", *map(str, arguments)], env=environment, text=True,
                              capture_output=True, timeout=600, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, done)
        return done

    def assert_complains(self, *arguments, about):
        done = self.hobnail(*arguments, code=2)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(about, done.stderr)


def main():
    if len(sys.argv) < 3:
        sys.exit(f"usage: {pathlib.Path(sys.argv[0]).name} BIN LIB [TEST ...]")
    CommandCase.BIN, CommandCase.LIB = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:]])
