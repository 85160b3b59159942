#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What `hobnail triage` and `hobnail minimize` promise: exit codes, records, the known_issues.

  command_test.py BIN LIB      the build's bin/ and lib/ directories
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BIN = LIB = None
ROOT = pathlib.Path(__file__).resolve().parents[3]
LIST = ("hobs v1\nmemory 0x100000 0x110000 0x1f0000 0x200000\nCpu 40\n"
        "Resource SystemMemory 0x7 0x100000 0x300000\n")
PROGRAM = "boot v1\nboard heap-low\nGetHobList\np0 = AllocatePages BootServicesData 3\n"


def run(*arguments):
    ours = ("HOBNAIL_TARGET", "HOBNAIL_CONSUMER", "HOBNAIL_STANDARD", "HOBNAIL_BOARDS", "HOBNAIL_RULES")
    environment = {k: v for k, v in os.environ.items() if k not in ours}
    return subprocess.run([BIN / "hobnail", *map(str, arguments)], env=environment, text=True,
                          capture_output=True, timeout=120, check=False)


def bad(name):
    return LIB / "bad" / f"bad_{name}.so"


class TriageTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.program = self.write("crashes/a.boot", PROGRAM)
        self.write("crashes/crash-0", "\x01\x00\x00\x02")

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def triage(self, code, *arguments, target="exiting", timeout=2):
        out = self.folder / "out.json"
        done = run("triage", self.folder / "crashes", "--json", out, "--timeout", timeout,
                   "--target", bad(target), *arguments)
        self.assertEqual(done.returncode, code, done)
        return json.loads(out.read_text()), done

    def test_no_input_is_an_error(self):
        (self.folder / "empty").mkdir()
        for path in (self.folder / "empty", self.folder / "missing"):
            done = run("triage", path)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(str(path), done.stdout)

    def test_clean_programs_are_no_finding(self):
        done = run("triage", self.program)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("no finding in 3 tries", done.stdout)

    def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(self):
        self.write("crashes/old.boot", "boot v9\n")
        report, done = self.triage(1)
        self.assertEqual([o["reason"] for o in report["skipped"]], ["unreadable"])
        self.assertIn("old.boot", done.stdout)
        self.assertEqual(report["findings"][0]["count"], 2)

    def test_the_record_is_what_the_schema_says(self):
        schema = json.loads((ROOT / "docs/triage-record.schema.json").read_text())
        report, _ = self.triage(1, "--out", self.folder / "minimal")
        self.assertEqual(set(report), set(schema["required"]))
        finding = schema["$defs"]["finding"]
        self.assertEqual(set(report["findings"][0]), set(finding["required"]))
        self.assertEqual(set(finding["required"]), set(finding["properties"]))
        for name, value in report["findings"][0].items():
            kind = {str: "string", int: "integer", list: "array", bool: "boolean"}[type(value)]
            self.assertEqual(finding["properties"][name]["type"], kind, name)
        written = pathlib.Path(report["findings"][0]["program_file"]).read_text()
        self.assertTrue(written.endswith(report["findings"][0]["program"]))

    def test_every_way_to_end_a_process(self):
        for name, rule, kind in (("exiting", "TARGET-CRASH", "signal"),
                                 ("hanging", "TARGET-HANG", "hang"),
                                 ("crashing", "WILD-ACCESS", None), ("stopping", "ENTER", "stop")):
            report, _ = self.triage(1, "--tries", 1, target=name, timeout=0.3)
            self.assertEqual([f["rule"] for f in report["findings"]], [rule], name)
            if kind:
                self.assertEqual(report["findings"][0]["kind"], kind)

    def test_a_target_that_damages_the_harness(self):
        report, _ = self.triage(1, target="scribbling")
        self.assertEqual(sum(f["count"] for f in report["findings"]) + len(report["skipped"]), 2)

    def test_the_known_issues(self):
        known = self.folder / "known.txt"
        done = run("triage", self.program, "--known", known)
        self.assertEqual(done.returncode, 2, done)
        self.triage(0, "--known", known, "--accept")
        report, _ = self.triage(0, "--known", known)
        self.assertEqual(report["findings"][0]["known_state"], "known")
        known.write_text(known.read_text().replace(" -  ", " v1 "))
        report, done = self.triage(1, "--known", known)
        self.assertEqual(report["findings"][0]["known_state"], "returned")
        self.assertIn("REGRESSED, was fixed since v1", done.stdout)

    def test_a_target_that_cannot_be_loaded(self):
        done = run("triage", self.program, "--target", bad("no_symbol"))
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_lists_and_boots_are_one_report(self):
        # A firmware list that is in order, as text and as bytes of the fuzzer.
        lists = self.folder / "lists"
        lists.mkdir()
        (lists / "a.hobs").write_text(LIST)
        self.assertEqual(run("corpus", "encode", "--lists", lists, "--out", lists).returncode, 0)
        done = run("triage", lists)
        self.assertEqual(done.returncode, 0, done)
        out = self.folder / "mixed.json"
        done = run("triage", "--lists", lists, self.program, "--target", bad("exiting"),
                   "--json", out, "--out", self.folder / "mixed", "--timeout", 2)
        self.assertEqual(done.returncode, 1, done)
        report = json.loads(out.read_text())
        self.assertEqual([f["input"] for f in report["findings"]], ["boot"])
        self.assertEqual([o["reason"] for o in report["skipped"]], ["no-finding"] * 2)
        self.assertIn("no finding", run("minimize", lists / "a.hobs").stdout)

    def test_minimize(self):
        out = self.folder / "minimal.boot"
        done = run("minimize", self.program, "--target", bad("stopping"), "--out", out)
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(out.read_text(), "boot v1\nboard heap-low\n")
        done = run("minimize", self.program)
        self.assertEqual(done.returncode, 0, done)
        done = run("minimize", self.folder / "crashes")
        self.assertEqual(done.returncode, 2, done)


if __name__ == "__main__":
    BIN, LIB = map(pathlib.Path, sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
