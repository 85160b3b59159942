#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Readers of HOB lists behind the consumer ABI: planted defects are found, correct readers are not accused.

  consumer_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unittest

BIN = LIB = None
REPORTS = pathlib.Path(__file__).resolve().parents[3] / "corpus" / "reports"
EXECUTIONS = 20000  # within which a defect must be found
RULES = {  # number of the defect in properties/targets/broken/reader.c -> rules that may report it
    1: "DXE-LIST|TARGET-CRASH", 2: "TARGET-HANG", 3: "DXE-LIST", 4: "DXE-LIST|TARGET-CRASH",
    5: "DXE-LIST", 6: "DXE-MAP", 7: "DXE-MAP", 8: "DXE-MAP",
}


def hobnail(*arguments, how=""):
    """`how`: what bad_consumer.so does."""
    return subprocess.run([BIN / "hobnail", *map(str, arguments)], text=True, capture_output=True,
                          timeout=300, check=False, env={**os.environ, "HOSTILE_CONSUMER": how})


def reader(name):
    return LIB / "readers" / (name + ".so")


class ConsumerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def hunt(self, name, *options):
        return hobnail("check", "--lists", "--consumer", reader(name), "--quiet", "--out", self.folder,
                       *options)

    def list_with(self, name, number):
        """A .hobs file on which the reader with defect `number` fails."""
        done = self.hunt("reader_%d" % number, "--runs", EXECUTIONS)
        text = re.search(r"--- program\n(.*?)--- end", done.stdout, re.S)
        path = self.folder / name
        path.write_text(text.group(1))
        return path

    def test_each_planted_defect_is_found(self):
        for number, rules in RULES.items():
            with self.subTest(number=number):
                done = self.hunt("reader_%d" % number, "--runs", EXECUTIONS, "--timeout", 0.5)
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertRegex(done.stdout, "FuzzerHash=(%s)\n" % rules)

    def test_correct_readers_of_other_policies_are_not_accused(self):
        for name in ("list_reader", "reader_0"):
            for seed in (1, 2):
                done = self.hunt(name, "--runs", 5000, "--seed", seed)
                self.assertEqual(done.returncode, 0, done.stdout[:3000] + done.stderr)
            done = hobnail("check", "--consumer", reader(name), "--runs", 300, "--quiet")
            self.assertEqual(done.returncode, 0, done.stdout[:3000] + done.stderr)

    def test_a_reader_that_works_in_memory_runs_in_boots_only(self):
        corpus = REPORTS.parent
        done = hobnail("replay", "--quiet", "--consumer", reader("reader_writes_1"), corpus)
        self.assertEqual(done.returncode, 0, done.stdout[:3000] + done.stderr)
        done = hobnail("replay", "--quiet", "--consumer", reader("reader_writes_2"), corpus)
        self.assertEqual(done.returncode, 1, done.stdout[:3000] + done.stderr)
        self.assertIn("EBS-CONTENTS", done.stdout)
        self.assertIn("by reader", done.stdout)
        done = hobnail("replay", "--consumer", reader("reader_writes_1"), REPORTS / "page-zero.hob")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("needs the memory that a list describes", done.stderr)

    def test_our_own_readers_read_the_same_lists(self):
        done = hobnail("check", "--lists", "--runs", 5000)
        self.assertEqual(done.returncode, 0, done.stdout[:3000] + done.stderr)
        self.assertIn("5000 lists read by DXE, 0 findings", done.stdout)

    def test_replay_and_hobs_name_the_reader_and_its_answer(self):
        done = hobnail("replay", "--consumer", reader("list_reader"), REPORTS / "page-zero.hob")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("list_reader: taken", done.stdout)
        out = self.folder / "out.json"
        done = hobnail("hobs", "--consumer", reader("list_reader"), REPORTS / "page-zero.hob",
                       "--json", out)
        self.assertIn("list_reader's memory map:", done.stdout)
        self.assertTrue(json.loads(out.read_text())["files"][0]["dxe"]["taken"])
        done = hobnail("hobs", "--consumer", reader("reader_0"), REPORTS / "guid-of-8.hob")
        self.assertRegex(done.stdout, r"reader: the list is refused at HOB \d+, offset 0x")

    def test_replay_fails_on_a_defect(self):
        done = hobnail("replay", "--consumer", reader("reader_6"), REPORTS / "page-zero.hob")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("DXE-MAP", done.stdout)
        self.assertIn("page 0x0", done.stdout)

    def test_minimize_and_triage(self):
        path = self.list_with("mmio.hobs", 7)
        small = self.folder / "small.hobs"
        done = hobnail("minimize", "--consumer", reader("reader_7"), path, "--out", small)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertLess(len(small.read_text().splitlines()), 12)
        replayed = hobnail("replay", "--consumer", reader("reader_7"), small)
        self.assertEqual(replayed.returncode, 1, replayed.stdout)
        done = hobnail("triage", "--lists", "--consumer", reader("reader_7"), path, small)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("DXE-MAP/list/", done.stdout)

    def test_the_list_of_a_crash_is_a_file(self):
        out = self.folder / "out"
        done = hobnail("check", "--lists", "--runs", 50, "--seed", 3, "--consumer", reader("bad_consumer"),
                       "--out", out, how="past")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        saved = out / "DXE-LIST-seed3-0.hobs"
        self.assertIn(f"FAIL  {saved}: DXE-LIST\n", done.stdout)
        self.assertRegex(done.stdout, r"\nthe list, of 0x\w+ bytes, is read at the first byte behind its end\n")
        self.assertIn("The reader terminated this process", done.stdout)
        self.assertRegex(done.stdout, rf"(?m)^minimal list: hobnail minimize {saved} --consumer \S+$")
        self.assertIn(f"--- program\n{saved.read_text()}--- end", done.stdout)
        replayed = hobnail("replay", saved, "--consumer", reader("bad_consumer"), how="past")
        self.assertEqual(replayed.returncode, 1, replayed.stdout + replayed.stderr)
        self.assertIn(f"FAIL  {saved}: DXE-LIST\n", replayed.stdout)
        bucket = hobnail("triage", saved, "--consumer", reader("bad_consumer"), how="past").stdout
        self.assertIn("DXE-LIST/list/read behind its end", bucket)

    def test_findings_of_lists_name_the_next_step(self):
        done = hobnail("check", "--lists", "--runs", EXECUTIONS, "--consumer", reader("reader_7"),
                       "--out", self.folder)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        step = re.search(r"(?m)^minimal list: hobnail (minimize \S+ --consumer \S+)$", done.stdout)
        self.assertEqual(hobnail(*step[1].split()).returncode, 1, step[0])

    def test_a_hang_is_reported_after_the_limit(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = hobnail("check", "--lists", "--seconds", 8, "--timeout", 0.5, "--out", self.folder,
                       "--consumer", reader("bad_consumer"), how="hang")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("reading the list takes longer than 0.5 s of processor time", done.stdout)
        self.assertTrue((self.folder / "TARGET-HANG-seed1-0.hobs").exists())
        self.assertLess(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 5)

    def test_who_ended_the_process_is_named(self):
        boot = REPORTS.parent / "services" / "from-reset-to-the-operating-system.boot"
        done = hobnail("replay", boot, "--consumer", reader("bad_consumer"), how="past")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("The consumer terminated this process", done.stdout)
        self.assertRegex(done.stdout, r"the consumer accesses 0x\w+, which is neither its own nor given to it: its "
                         r"copy of the list, of 0x\w+ bytes, is accessed at the first byte behind its end\n")
        done = hobnail("show", boot, "--consumer", reader("bad_consumer"), how="past")
        self.assertIn("the consumer terminated its process", done.stdout)
        done = hobnail("replay", boot, "--target", LIB / "bad" / "bad_crashing.so")
        self.assertIn("The target terminated this process", done.stdout)

    def test_minimize_quiet_prints_the_program_or_writes_it(self):
        path = self.list_with("mmio.hobs", 7)
        small = self.folder / "small.hobs"
        done = hobnail("minimize", "--quiet", "--consumer", reader("reader_7"), path)
        self.assertTrue(done.stdout.startswith("hobs v1\n"), done.stdout)
        wrote = hobnail("minimize", "--quiet", "--consumer", reader("reader_7"), path, "--out", small)
        self.assertEqual(wrote.stdout, "")
        self.assertEqual(small.read_text(), done.stdout)

    def test_compare_two_readers(self):
        one, other = reader("list_reader"), reader("reader_0")
        done = hobnail("compare", "--consumer", one, "--against-consumer", other,
                       REPORTS / "page-zero.hob", REPORTS / "guid-of-8.hob")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("PI leaves it to the reader", done.stdout)
        self.assertIn("2 lists compared on list_reader and reader", done.stdout)
        done = hobnail("compare", "--consumer", one, "--against-consumer", reader("reader_6"),
                       REPORTS / "page-zero.hob")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    BIN, LIB = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1] + ["ConsumerTest." + name for name in sys.argv[3:]])
