#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The manual pages and the completion of bash name what `--help` names.

  manual_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BIN = None


def hobnail(*arguments):
    return subprocess.run([BIN / "hobnail", *map(str, arguments)], text=True, capture_output=True,
                          timeout=60, check=False)


def options_of(*command):
    """The long options of a command's help."""
    names = re.findall(r"^ +(-\S+)", hobnail(*command, "--help").stdout, re.MULTILINE)
    return {name for each in names for name in each.split(",") if name.startswith("--")}


def listed(text):
    """The commands of a help text."""
    return re.findall(r"^  ([a-z]+) +\S", text.partition("Subcommands:")[2], re.MULTILINE)


class ManualTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = listed(hobnail("--help").stdout)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        done = hobnail("help", "--man-pages", self.folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_each_command_has_a_page(self):
        self.assertGreater(len(self.commands), 10)
        names = {path.name for path in self.folder.iterdir()}
        self.assertEqual(names, {"hobnail.1"} | {f"hobnail-{name}.1" for name in self.commands})

    def test_a_page_has_the_options_of_its_help(self):
        for name in self.commands:
            text = (self.folder / f"hobnail-{name}.1").read_text().replace("\\-", "-")
            for option in options_of(name):
                self.assertRegex(text, rf"(?m)^\\fB(\S+,)?{option}\b", name)
            for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"):
                self.assertIn(f"\n.SH {section}\n", text)
        corpus = (self.folder / "hobnail-corpus.1").read_text()
        for sub in listed(hobnail("corpus", "--help").stdout):
            self.assertIn(f"\n.SH hobnail corpus {sub}\n", corpus)

    def test_pages_are_clean(self):
        for path in self.folder.iterdir():
            text = path.read_text()
            self.assertNotRegex(text, r"\n\n|[^\x20-\x7e\n]", path.name)
            self.assertNotRegex(text, r"(?m)^['.](?!TH |SH |TP$|BR |PP$)", path.name)
            if shutil.which("groff"):
                done = subprocess.run(["groff", "-man", "-ww", "-Tascii", path], text=True,
                                      capture_output=True, check=False)
                self.assertEqual(done.stderr, "", path.name)

    def complete(self, *words):
        script = self.folder / "completion"
        script.write_text(hobnail("help", "--completion", "bash").stdout)
        done = subprocess.run(
            ["bash", "-c", 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hobnail; '
             'printf "%s\\n" "${COMPREPLY[@]}"', script, "hobnail", *words],
            text=True, capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return set(done.stdout.split())

    def test_commands_complete(self):
        self.assertEqual(self.complete("re"), {"replay"})
        self.assertLessEqual(set(self.commands), self.complete(""))
        self.assertEqual(self.complete("corpus", "st"), {"stats", "stability"})
        self.assertEqual(self.complete("help", "hobs"), {"hobs", "hobs-language"})

    def test_options_complete(self):
        for command in [[name] for name in self.commands] + [["corpus", "merge"]]:
            self.assertEqual(self.complete(*command, "--"), options_of(*command), command)
        self.assertEqual(self.complete("replay", "--isol"), {"--isolate"})

    def test_files_are_left_to_bash(self):
        self.assertEqual(self.complete("replay", "x"), set())

    def test_nonsense_is_2(self):
        for arguments in (("--completion", "fish"), ("--man-pages", self.folder, "replay"),
                          ("--man-pages", "/dev/null/x"), ("--completion", "bash", "--markdown")):
            done = hobnail("help", *arguments)
            self.assertEqual(done.returncode, 2, done)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)


if __name__ == "__main__":
    BIN = pathlib.Path(sys.argv.pop(1)).resolve()
    sys.argv.pop(1)
    unittest.main()
