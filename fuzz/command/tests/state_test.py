#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""State that outlives a boot: three targets that keep some, one that is random, and sound ones.

  state_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import json
import pathlib
import re
import shlex
import sys
import xml.etree.ElementTree

sys.dont_write_bytecode = True
from command_case import CommandCase, main  # noqa: E402

COUNTS, HINTS, MIGRATES, RANDOM = (f"stateful_{i}" for i in range(1, 5))
RULE = "STATE-OUTLIVES-BOOT"


def bad(name):
    return CommandCase.LIB / "bad" / f"bad_{name}.so"


class StateTest(CommandCase):
    def run_tool(self, *arguments, target=None):
        return self.hobnail(*arguments, HOBNAIL_TARGET=target)

    def check(self, target, *more, code=1):
        """The only finding of a check, and the number of programs that it took."""
        report = self.folder / "check.json"
        done = self.run_tool("check", "--runs", 200, "--out", self.folder / "out", "--json", report,
                             *more, target=target)
        self.assertEqual(done.returncode, code, done)
        return done, json.loads(report.read_text())

    def finding(self, name, *more):
        done, report = self.check(bad(name), *more)
        self.assertEqual([f["rule"] for f in report["findings"]], [RULE], done)
        self.assertIn(f"{RULE} (", done.stdout)
        return report["findings"][0]

    def ops(self, path):
        return pathlib.Path(path).read_text().splitlines()[2:]

    def replay_after(self, finding, name, *more):
        after = [word for path in finding["history"] for word in ("--after", path)]
        return self.run_tool("replay", *after, finding["file"], *more, target=bad(name))

    def test_a_counter_is_found_with_as_many_empty_boots(self):
        finding = self.finding(COUNTS, "--seed", 4)
        self.assertEqual(finding["bucket"], f"{RULE}/FreePages/another reply")
        self.assertEqual([self.ops(path) for path in finding["history"]], [[], [], []])
        self.assertEqual(len(self.ops(finding["file"])), 1)
        self.assertIn("EFI_NOT_FOUND", finding["evidence"])

    def test_a_hint_is_found_with_one_boot_of_one_op(self):
        finding = self.finding(HINTS)
        self.assertEqual(finding["bucket"], f"{RULE}/AllocatePages/another address")
        self.assertEqual([len(self.ops(path)) for path in finding["history"]], [1])
        self.assertEqual(len(self.ops(finding["file"])), 1)

    def test_a_failure_behind_a_migration_is_found_with_one_boot_of_two_ops(self):
        for isolate in ([], ["--isolate"]):
            finding = self.finding(MIGRATES, *isolate)
            self.assertEqual(finding["bucket"], f"{RULE}/AllocatePool/REFUSAL appears")
            self.assertEqual([self.ops(path) for path in finding["history"]],
                             [["InstallPeiMemory dram0 whole", "ReturnToDispatcher"]])
            self.assertEqual(len(self.ops(finding["file"])), 1)

    def test_a_random_target_has_no_state(self):
        done, report = self.check(bad(RANDOM))
        self.assertEqual(report["findings"], [], done)
        self.assertEqual(len(report["unstable"]), 1, done)
        self.assertIn("is not deterministic", done.stdout)
        self.assertTrue(pathlib.Path(report["unstable"][0]["file"]).exists())

    def test_sound_targets_have_none(self):
        for target in (None, self.LIB / "first_fit.so"):
            _, report = self.check(target, code=0)
            self.assertEqual((report["findings"], report["unstable"]), ([], []))

    def test_one_rule_alone_is_not_compared(self):
        self.check(bad(HINTS), "--rule", "STATUS", code=0)

    def test_replay_after_shows_it_and_a_boot_alone_does_not(self):
        finding = self.finding(MIGRATES)
        self.assertEqual(self.run_tool("replay", finding["file"], target=bad(MIGRATES)).returncode, 0)
        report = self.folder / "replay.json"
        done = self.replay_after(finding, MIGRATES, "--trace", "--json", report)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("in a new process", done.stdout)
        again = json.loads(report.read_text())["findings"][0]
        self.assertEqual((again["bucket"], again["history"]), (finding["bucket"], finding["history"]))
        sound = self.run_tool("replay", "--after", finding["history"][0], finding["file"],
                              target=self.LIB / "first_fit.so")
        self.assertEqual(sound.returncode, 0, sound)
        self.assertIn("as in a new process", sound.stdout)

    def test_the_printed_command_reproduces_it(self):
        done, report = self.check(bad(COUNTS), "--target", bad(COUNTS), "--seed", 4)
        finding = report["findings"][0]
        self.assertRegex(done.stdout, r"(?m)^ +history: 3 boots: \S+history-1.boot to \S+history-3.boot$")
        self.assertEqual(done.stdout.count("history-"), 2, done)
        command = re.search(r"(?m)^ +reproduce: hobnail (.*)$", done.stdout)[1]
        again = self.run_tool(*shlex.split(command))
        self.assertEqual(again.returncode, 1, again)
        self.assertIn(RULE, again.stdout)
        for path in finding["history"]:
            pathlib.Path(path).unlink()
        self.assert_complains(*shlex.split(command), about=".history-1.boot is beside it")

    def test_minimize_finds_the_shortest_history(self):
        history = [self.folder / "bug.history-1.boot", self.folder / "bug.history-2.boot"]
        boot = self.folder / "bug.boot"
        history[0].write_text("boot v1\nboard heap-low\nGetBootMode\n")
        history[1].write_text("boot v1\nboard heap-low\nAllocatePages BootServicesData 2\n"
                              "InstallPeiMemory dram0 whole\nReturnToDispatcher\n")
        boot.write_text("boot v1\nboard heap-low\nGetHobList\nAllocatePool 8\n")
        shortest, report = self.folder / "shortest.boot", self.folder / "minimal.json"
        after = ("--after", history[0], "--after", history[1])
        for options in ((), after):  # the files beside it, and those of the option
            done = self.run_tool("minimize", boot, *options, "--out", shortest, "--json", report,
                                 target=bad(MIGRATES))
            self.assertEqual(done.returncode, 1, done)
            record = json.loads(report.read_text())["findings"][0]
            self.assertEqual(record["bucket"], f"{RULE}/AllocatePool/REFUSAL appears")
            self.assertEqual(self.ops(self.folder / "shortest.history-1.boot"),
                             ["InstallPeiMemory dram0 whole", "ReturnToDispatcher"])
            self.assertEqual(len(self.ops(shortest)), 1)
        self.assertFalse((self.folder / "shortest.history-2.boot").exists())
        self.assertEqual(self.run_tool("replay", "--history", shortest, target=bad(MIGRATES)).returncode, 1)
        sound = self.run_tool("minimize", boot, *after)
        self.assertEqual(sound.returncode, 0, sound)
        self.assertIn("after 2 boots as in a new process: nothing to minimize", sound.stdout)

    def test_minimize_names_the_option_that_a_boot_alone_may_need(self):
        boot = self.folder / "alone.boot"
        boot.write_text("boot v1\nboard heap-low\nAllocatePool 8\n")
        done = self.run_tool("minimize", boot, target=bad(MIGRATES))
        self.assertEqual(done.returncode, 0, done)
        self.assertRegex(done.stdout, r"^no finding on .* \(boots that must run before it: --after FILE\): nothing to")

    def test_a_claim_that_falls_with_a_history_has_a_command_that_reproduces_it(self):
        report = self.folder / "suite.json"
        done = self.run_tool("check", "--suite", "services.garbage", "--cases", 40, "--target", bad(COUNTS),
                             "--out", self.folder / "out", "--json", report)
        self.assertEqual(done.returncode, 1, done)
        finding = json.loads(report.read_text())["findings"][0]
        self.assertFalse(finding["reproduced"], done)
        self.assertEqual(len(finding["history"]), 3)
        self.assertIn(f"reproduce: {finding['reproduce']}\n", done.stdout)
        again = self.run_tool(*shlex.split(finding["reproduce"])[1:])
        self.assertEqual(again.returncode, 1, again)

    def test_replay_after_names_a_random_target(self):
        program = self.folder / "page.boot"
        program.write_text("boot v1\nboard heap-low\n" + "AllocatePages BootServicesData 1\n" * 6)
        done = self.run_tool("replay", "--after", program, program, target=bad(RANDOM))
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("unstable", done.stdout)
        self.assertNotIn(RULE, done.stdout)

    def test_triage_reports_it_in_every_form_and_known_issues_name_it(self):
        self.finding(MIGRATES)
        out, known = self.folder / "triage", self.folder / "known.txt"
        done = self.run_tool("triage", self.folder / "out", "--out", out, target=bad(MIGRATES))
        self.assertEqual(done.returncode, 1, done)
        record = json.loads((out / "triage.json").read_text())["findings"][0]
        self.assertEqual((record["rule"], record["count"]), (RULE, 1))
        self.assertEqual(len(record["history"]), 1)
        folder = out / "buckets" / record["fingerprint"]
        self.assertEqual(sorted(path.name for path in folder.iterdir()),
                         ["issue.md", "program.boot", "program.history-1.boot"])
        self.assertIn("--history ", (folder / "issue.md").read_text())
        self.assertIn("Boots before", (out / "index.html").read_text())
        results = json.loads((out / "triage.sarif").read_text())["runs"][0]["results"]
        self.assertEqual([result["ruleId"] for result in results], [RULE])
        suites = xml.etree.ElementTree.parse(out / "junit.xml").getroot()
        self.assertEqual(suites.get("failures"), "1")
        done = self.run_tool("triage", self.folder / "out", "--known", known, "--accept",
                             target=bad(MIGRATES))
        self.assertEqual(done.returncode, 0, done)
        self.assertIn(f"{RULE}/AllocatePool/REFUSAL appears", known.read_text())
        _, report = self.check(bad(MIGRATES), "--known", known, code=0)
        # No call is its cause: none is left out.
        self.assertEqual((report["findings"], report["left_out"]), ([], 0))
        self.assertEqual([(one["state"], one["fingerprint"]) for one in report["known"]],
                         [("known", record["fingerprint"])])

    def test_triage_searches_the_other_files_for_a_finding_that_does_not_repeat(self):
        (self.folder / "a-first.boot").write_text(
            "boot v1\nboard heap-low\nAllocatePages BootServicesData 2\nInstallPeiMemory dram0 whole\n"
            "ReturnToDispatcher\nGetBootMode\n")
        (self.folder / "b-second.boot").write_text("boot v1\nboard heap-low\nGetHobList\nAllocatePool 8\n")
        done = self.run_tool("triage", self.folder / "a-first.boot", self.folder / "b-second.boot",
                             "--jobs", 1, target=bad(MIGRATES))
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(f"{RULE}/AllocatePool/REFUSAL appears", done.stdout)
        self.assertNotIn("not-reproducible", done.stdout)

    def test_stability_names_the_history(self):
        program = self.folder / "page.boot"
        program.write_text("boot v1\nboard heap-low\nGetHobList\nAllocatePages BootServicesData 1\n")
        report = self.folder / "stability.json"
        for name, has_history in ((HINTS, True), (RANDOM, False)):
            done = self.run_tool("corpus", "stability", *[program] * 3, "--json", report, target=bad(name))
            if name == HINTS or done.returncode != 0:
                self.assertEqual(done.returncode, 1, done)
                first = json.loads(report.read_text())["unstable"][0]
                self.assertEqual("history" in first, has_history, done)


if __name__ == "__main__":
    main()
