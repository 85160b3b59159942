#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What `hobnail enumerate` promises.

  enumerate_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import json
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from command_case import CommandCase, main  # noqa: E402

OF_TWO_OPS = 802  # enumeration_test.cpp has the counts


class EnumerateTest(CommandCase):
    def enumerate(self, *arguments, code, boards=None):
        """The JSON and the output of a run with this exit code."""
        done = self.hobnail("enumerate", "--json", self.json, "--out", self.out, *arguments, code=code,
                            HOBNAIL_BOARDS=boards)
        return json.loads(self.json.read_text()), done.stdout

    def complains(self, *arguments, about):
        self.assert_complains("enumerate", "--out", self.out, *arguments, about=about)

    def test_a_core_without_a_bug(self):
        for target in ((), ("--target", self.LIB / "first_fit.so", "--standard", "strict")):
            result, text = self.enumerate("--ops", 2, *target, code=0)
            self.assertIn(f"all {OF_TWO_OPS} programs of up to 2 ops over {result['domain']} on heap-low: no violation",
                          text)
            self.assertEqual((result["programs"], result["executions"]), (OF_TWO_OPS, OF_TWO_OPS))
            self.assertTrue(result["complete"])
            self.assertEqual(result["findings"], [])
            self.assertGreater(result["calls"], OF_TWO_OPS)

    def test_bugs_are_listed_once_the_shortest_first(self):
        target = ("--target", self.LIB / "edk2_like.so")
        result, text = self.enumerate("--ops", 2, *target, code=1)
        findings = result["findings"]
        self.assertLess(result["executions"], result["programs"])  # nothing behind a finding
        not_run = result["programs"] - result["executions"]
        self.assertIn(f"; {not_run} not run, because each begins with the ops of a program with a violation", text)
        buckets = [finding["bucket"] for finding in findings]
        self.assertEqual(len(set(buckets)), len(buckets))
        lengths = [finding["ops_after"] for finding in findings]
        self.assertEqual(lengths, sorted(lengths))
        self.assertLessEqual(lengths[-1], 2)
        rules = {finding["rule"] for finding in findings}
        self.assertLessEqual({"HOB-ADDRESS", "STATUS"}, rules)
        # A sanitizer may end the core before its access does.
        self.assertTrue({"WILD-ACCESS", "TARGET-CRASH"} & rules, rules)
        for finding in findings:
            self.assertIn(finding["bucket"], text)
            done = self.hobnail("replay", "--isolate", finding["representative"], *target)
            self.assertEqual(done.returncode, 1, done)

    def test_what_is_known_does_not_fail(self):
        known = self.folder / "known.txt"
        options = ("--ops", 1, "--target", self.LIB / "edk2_like.so", "--known", known)
        self.enumerate(*options, "--accept", code=0)
        result, text = self.enumerate(*options, code=0)
        self.assertEqual(result["programs"], result["executions"])
        self.assertRegex(text, r"33 programs of up to 1 ops .*: 33 run, \d+ with a violation \(")
        self.assertGreater(result["known_violations"], 0)
        self.assertRegex(text, r"known +\d+ boots")

    def test_a_target_that_ends_its_process_is_enumerated_to_the_end(self):
        for name in ("crashing", "exiting", "hanging", "stopping"):
            result, _ = self.enumerate("--ops", 2, "--timeout", 0.5, "--target", self.LIB / "bad" / f"bad_{name}.so", code=1)
            self.assertTrue(result["complete"])
            self.assertEqual(len(result["findings"]), 1)
            self.assertEqual(result["executions"], 1)  # its entry: every program begins with it

    def test_a_run_is_resumed(self):
        state = self.folder / "state.json"
        resume = ("--resume", state, "--target", self.LIB / "edk2_like.so")
        whole, _ = self.enumerate("--ops", 2, "--target", self.LIB / "edk2_like.so", code=1)
        self.enumerate("--ops", 1, *resume, code=1)
        parts, _ = self.enumerate("--ops", 2, *resume, code=1)
        again, _ = self.enumerate("--ops", 2, *resume, code=1)  # nothing is left
        for name in ("executions", "violations", "calls"):
            self.assertEqual({whole[name], parts[name], again[name]}, {whole[name]}, name)
        self.assertEqual([f["bucket"] for f in whole["findings"]], [f["bucket"] for f in parts["findings"]])
        self.complains("--ops", 2, "--resume", state, about="it is of other options")
        state.write_text("boot v1\n")
        self.complains("--ops", 2, *resume, about="no checkpoint")

    def test_an_interrupted_run_is_resumed(self):
        state = self.folder / "state.json"
        command = [self.BIN / "hobnail", "enumerate", "--ops", "8", "--resume", state, "--out", self.out, "--quiet"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, complaint)
        done = json.loads(state.read_text())["walks"][0]
        self.assertGreater(sum(done["run"]), 0)
        result, _ = self.enumerate("--ops", done["length"], "--seconds", 0.2, "--resume", state, code=0)
        self.assertGreater(result["executions"], sum(done["run"]))

    def test_a_time_limit_is_no_complete_run(self):
        result, text = self.enumerate("--ops", 8, "--seconds", 0.2, code=0)
        self.assertFalse(result["complete"])
        self.assertIn("not complete", text)

    def test_boards(self):
        result, text = self.enumerate("--ops", 1, "--board", "small-heap", "--board", "too-tiny", code=0)
        self.assertEqual(result["boards"], "small-heap")
        self.assertIn("board too-tiny is left out", text)
        result, _ = self.enumerate("--ops", 1, code=0, boards="tiny")
        self.assertEqual(result["boards"], "tiny")
        self.complains("--ops", 1, "--board", "too-tiny", about="does not start")

    def test_what_is_wrong(self):
        for part in ("3/2", "0/2", "2", "a/b"):
            self.complains("--part", part, about="--part")
        self.complains("--ops", 0, about="--ops")
        self.complains("--accept", about="--known")

    def test_a_part(self):
        result, text = self.enumerate("--ops", 2, "--part", "2/3", code=0)
        self.assertEqual(result["part"], "2/3")
        self.assertIn("part 2 of 3", text)


if __name__ == "__main__":
    main()
