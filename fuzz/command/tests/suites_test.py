#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What `hobnail check --suite` promises.

  suites_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import json
import pathlib
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree

sys.dont_write_bytecode = True
from command_case import CommandCase, main  # noqa: E402

SUITES = {"services", "pages", "pool", "window", "migration", "layouts", "metamorphic"}


class SuitesTest(CommandCase):
    def check(self, *arguments, code, planted=None):
        """The JSON and the output of a run with this exit code."""
        done = self.hobnail("check", "--json", self.json, "--out", self.out, *arguments, code=code,
                            HOBNAIL_PLANTED=planted)
        return json.loads(self.json.read_text()), done.stdout

    def complains(self, *arguments, about):
        self.assert_complains("check", "--out", self.out, *arguments, about=about)

    def claims(self):
        done = self.hobnail("check", "--suite", "list")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return [line.split()[0] for line in done.stdout.splitlines()]

    def test_the_list_names_every_suite_and_its_names_are_accepted(self):
        names = self.claims()
        self.assertEqual({name.partition(".")[0] for name in names}, SUITES)
        self.assertEqual(len(set(names)), len(names))
        chosen = [word for name in names[:3] for word in ("--suite", name)]
        result, _ = self.check(*chosen, "--cases", 2, code=0)
        self.assertEqual([claim["claim"] for claim in result["claims"]], names[:3])

    def test_a_sound_core_refutes_nothing(self):
        junit = self.folder / "result.xml"
        for target in ((), ("--target", self.LIB / "first_fit.so", "--standard", "strict"),
                       ("--target", self.LIB / "first_fit.so")):
            result, text = self.check("--suite", "all", "--cases", 4, "--junit", junit, *target, code=0)
            self.assertEqual(result["findings"], [])
            self.assertEqual({claim["verdict"] for claim in result["claims"]}, {"holds"}, text)
            for claim in result["claims"]:
                self.assertGreater(claim["cases"], 0)
                self.assertTrue(claim["clause"])
                self.assertIn(f"holds    {claim['claim']}", text)
            self.assertGreater(result["ops"], 0)
            root = xml.etree.ElementTree.parse(junit).getroot()
            self.assertEqual((root.get("tests"), root.get("failures")), (str(len(result["claims"])), "0"))

    def test_under_pi_claims_of_practice_are_not_checked(self):
        strict, _ = self.check("--suite", "pages", "--cases", 1, "--standard", "strict", code=0)
        relaxed, _ = self.check("--suite", "pages", "--cases", 1, "--standard", "pi", code=0)
        self.assertLess(len(relaxed["claims"]), len(strict["claims"]))
        self.complains("--suite", "pool.fit", "--standard", "pi", about="no claim of --suite is checked")

    def test_a_seed_makes_the_same_run(self):
        runs = []
        for _ in range(2):
            result, _ = self.check("--suite", "metamorphic", "--cases", 3, "--seed", 5, code=0)
            result.pop("seconds")
            runs.append(result)
        self.assertEqual(runs[0], runs[1])

    def test_each_metamorphic_claim_falls_on_what_is_planted_for_it(self):
        target = ("--target", self.LIB / "bad" / "planted_core.so")
        claims_only = ("--rule", "TARGET-HANG")
        junit = self.folder / "result.xml"
        for name in self.claims():
            if not name.startswith("metamorphic."):
                continue
            planted = f"claim:{name}"
            result, text = self.check("--suite", name, "--cases", 300, "--junit", junit, *target, *claims_only,
                                      code=1, planted=planted)
            (finding,) = result["findings"]
            self.assertEqual((finding["rule"], finding["claim"]), (name, name))
            self.assertEqual(result["claims"][0]["verdict"], "FELL")
            self.assertIn(finding["title"], text)
            self.assertIn(finding["clause"], text)
            ops = [line for line in finding["program"].splitlines()[1:] if not line.startswith(("board", "garbage", "contract"))]
            self.assertLessEqual(len(ops), 5, finding["program"])
            self.assertIn(finding["shown"], text)
            self.assertIn("<failure", junit.read_text())
            # The file is the case: it falls again there, and on a sound core it does not.
            replay = ("--suite", "all", "--replay", finding["file"])
            again, _ = self.check(*replay, *target, *claims_only, code=1, planted=planted)
            self.assertEqual([each["claim"] for each in again["claims"]], [name])
            self.check(*replay, code=0)
            done = self.hobnail("replay", finding["shown_file"])  # a boot like any other
            self.assertEqual(done.returncode, 0, done)

    def test_a_rule_that_is_violated_is_a_finding_of_its_own(self):
        target = ("--target", self.LIB / "edk2_like.so")
        result, text = self.check("--suite", "services", "--cases", 200, *target, code=1)
        (finding,) = result["findings"]
        self.assertNotIn(".", finding["rule"])
        self.assertIn(f"found while checking {finding['claim']}", text)
        done = self.hobnail("replay", "--isolate", finding["file"], *target)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(finding["rule"], done.stdout)

    def test_a_violation_of_a_known_issue_is_no_finding(self):
        target = ("--target", self.LIB / "edk2_like.so")
        run = ("--suite", "services", "--cases", 40, *target)
        (finding,) = self.check(*run, code=1)[0]["findings"]
        known = self.folder / "known.txt"
        self.hobnail("triage", finding["file"], "--known", known, "--accept", *target, code=0)
        self.hobnail("check", *run, "--known", known, "--json", self.json, "--out", self.out)
        result = json.loads(self.json.read_text())
        (issue,) = [each for each in result["known"] if each["state"] == "known"]
        self.assertGreater(issue["boots"], 0)
        self.assertNotIn(finding["evidence"], [each["evidence"] for each in result["findings"]])
        # The file of the finding, too.
        replay = ("--suite", finding["claim"], "--replay", finding["file"], *target)
        self.check(*replay, code=1)
        again, text = self.check(*replay, "--known", known, code=0)
        self.assertEqual(again["findings"], [])
        self.assertIn("1 of 1 known issues seen", text)

    def test_a_claim_that_falls_is_a_finding_whatever_is_known(self):
        known = self.folder / "known.txt"
        target = ("--target", self.LIB / "edk2_like.so")
        finding = self.check("--suite", "services", "--cases", 40, *target, code=1)[0]["findings"][0]
        self.hobnail("triage", finding["file"], "--known", known, "--accept", *target, code=0)
        result, _ = self.check("--suite", "metamorphic.again", "--cases", 300, "--known", known, "--rule", "TARGET-HANG",
                               "--target", self.LIB / "bad" / "planted_core.so", code=1,
                               planted="claim:metamorphic.again")
        self.assertEqual(result["claims"][0]["verdict"], "FELL")

    def test_a_target_that_ends_its_process_is_a_finding(self):
        for name, rules in (("crashing", {"TARGET-CRASH", "WILD-ACCESS"}), ("exiting", {"TARGET-CRASH"}),
                            ("hanging", {"TARGET-HANG"})):
            target = ("--target", self.LIB / "bad" / f"bad_{name}.so")
            result, _ = self.check("--suite", "all", "--cases", 2, "--timeout", 0.5, *target, code=1)
            (finding,) = result["findings"]
            self.assertIn(finding["rule"], rules)
            self.assertTrue(pathlib.Path(finding["file"]).is_file())

    def test_no_claim_falls_on_a_freedom_of_pi(self):
        """A freedom is planted for one boot; elsewhere its target may violate a rule."""
        for number in (0, 8, 11, 20):
            self.hobnail("check", "--suite", "metamorphic", "--cases", 8, "--findings", 100, "--json", self.json,
                         "--out", self.out, "--target", self.LIB / "bad" / "planted_core.so",
                         HOBNAIL_PLANTED=f"freedom:{number}")
            result = json.loads(self.json.read_text())
            self.assertNotIn("FELL", {claim["verdict"] for claim in result["claims"]}, result["findings"])

    def test_what_makes_no_sense_is_rejected(self):
        self.complains("--suite", "page", about="suite 'page' is unknown")
        self.complains("--cases", 3, about="--suite")
        self.complains("--junit", self.folder / "x.xml", about="--suite")
        self.complains("--suite", "all", "--runs", 3, about="--cases")
        self.complains("--suite", "all", "--lists", about="--lists")
        known = self.folder / "known.txt"
        self.complains("--suite", "all", "--known", known, about="known.txt")
        self.complains("--suite", "all", "--known", known, "--accept", about="without --suite")
        self.complains("--lists", "--known", known, about="hobnail triage --lists")
        self.complains("--suite", "all", "--replay", self.folder / "none.boot", about="none.boot")
        self.complains("--suite", "all", "--junit", self.folder / "no" / "x.xml", about="x.xml")

    def test_an_interrupted_run_without_findings_ends_with_3(self):
        command = [self.BIN / "hobnail", "check", "--suite", "all", "--seconds", "60", "--out", self.out, "--quiet"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, complaint)


if __name__ == "__main__":
    main()
