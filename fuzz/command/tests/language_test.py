#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The documents of the languages: every example replays, every word of a table is in one.

  language_test.py BIN [TEST ...]     the build's bin/ directory; unittest's test names
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BIN = None
DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs"
# The examples of .boot lines stand behind these results.
BOOT = """boot v1
board heap-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 3
b0 = AllocatePool 64
h0 = CreateHob GuidExtension 40
"""
HOBS = "hobs v1\n"


def hobnail(*arguments):
    return subprocess.run([BIN / "hobnail", *map(str, arguments)], text=True, capture_output=True,
                          timeout=120, check=False)


def code_blocks(text):
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def column(text, head):
    """The cells under `head` of every table, without backticks."""
    cells, place = [], None
    for line in text.splitlines():
        row = [cell.strip() for cell in line.strip("|").split(" | ")] if line[:2] == "| " else None
        if row is None:
            place = place if line.startswith("|---") else None
        elif place is None and head in row:
            place = row.index(head)
        elif place is not None:
            cells.append(row[place].strip("` "))
    return cells


class LanguageTest(unittest.TestCase):
    def replays(self, document, kind, head):
        text = (DOCS / document).read_text()
        examples = column(text, "example")
        files = code_blocks(text) + [head + example + "\n" for example in examples]
        self.assertGreater(len(examples), 10)
        with tempfile.TemporaryDirectory() as folder:
            for number, content in enumerate(files):
                (pathlib.Path(folder) / ("%03d.%s" % (number, kind))).write_text(content)
            paths = sorted(pathlib.Path(folder).iterdir())
            done = hobnail("replay", *paths)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout + done.stderr)
        return text, examples

    def test_boot_examples_replay(self):
        text, examples = self.replays("language.md", "boot", BOOT)
        words = {word for example in examples for word in example.split()}
        for op in column(text, "op"):
            self.assertIn(op.split()[0], words)

    def test_hobs_examples_replay(self):
        text, examples = self.replays("hobs-language.md", "hobs", HOBS)
        for line in column(text, "line"):
            self.assertIn(line.split()[0], [example.split()[0] for example in examples])

    def test_names_are_accepted(self):
        """Every name of a table, where an op or a HOB takes it."""
        text = (DOCS / "language.md").read_text()
        names = column(text, "name")
        self.assertIn("BootServicesData", names)
        lines = {"memory": "AllocatePages %s 1\n", "hob": "CreateHob %s 24\n",
                 "mode": "SetBootMode %s\n"}
        sections = re.split(r"^## ", text, flags=re.MULTILINE)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "names.boot"
            body = ""
            for section in sections:
                kind = {"Memory types": "memory", "HOB types": "hob",
                        "Boot modes": "mode"}.get(section.splitlines()[0])
                if kind:
                    body += "".join(lines[kind] % name for name in column(section, "name"))
            self.assertGreater(body.count("\n"), 25)
            path.write_text(BOOT + body)
            self.assertEqual(hobnail("show", "--json", "-", path).returncode, 0)

    def test_boards_are_those_of_the_json(self):
        boards = json.loads(hobnail("boards", "--json", "-").stdout)["boards"]
        text = (DOCS / "boards.md").read_text()
        names = [board["name"] for board in boards]
        self.assertEqual(column(text, "board"), 2 * names)
        traits = column(text, "trait")
        for board in boards:
            self.assertLessEqual(set(board["traits"]), set(traits))
        listed = [line.split()[0] for line in hobnail("boards").stdout.splitlines()
                  if not line.startswith(" ")]
        self.assertEqual(listed, names)

    def test_help_of_a_command_is_its_own(self):
        for command in ("replay", "boards", "help"):
            self.assertEqual(hobnail("help", command).stdout, hobnail(command, "--help").stdout)
        self.assertEqual(hobnail("help").stdout, hobnail("--help").stdout)

    def test_plain_text_has_no_markup(self):
        for topic in ("language", "hobs-language"):
            done = hobnail("help", topic)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertNotIn("`", done.stdout)
            self.assertNotIn("|--", done.stdout)

    def test_version_names_build_and_standards(self):
        done = hobnail("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^hobnail \d+\.\d+\.\d+\n")
        for word in ("commit", "build type", "compiler", "sanitizers", "PI 1.8", "UEFI 2.10"):
            self.assertIn(word, done.stdout)


if __name__ == "__main__":
    BIN = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
