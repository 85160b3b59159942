#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What `hobnail fuzz` and `hobnail corpus` promise: exit codes, findings, and that nothing is left.

  fuzz_command_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's names

Most tests use a fake target, a shell script that prints what libFuzzer prints, so that they take seconds
and run in builds without an engine.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
import xml.etree.ElementTree

BIN = LIB = None
ROOT = pathlib.Path(__file__).resolve().parents[2]
FIGURES = """INFO: Seed: 1
#2	INITED cov: 10 ft: 12 corp: 1/1b exec/s: 0 rss: 30Mb
#4096	pulse  cov: 21 ft: 30 corp: 7/80b lim: 43 exec/s: 2048 rss: 40Mb
"""
BANNER = """ASSERTION FAILED: FuzzerHash=HOB-CHAIN
op 3: GetHobList (contract)
the step at 0x10000040 is 0
--- program
boot v1
#1 a comment that looks like a status line
GetHobList
--- end
==7== ERROR: libFuzzer: deadly signal
"""
POISONED = """==7==ERROR: AddressSanitizer: use-after-poison on address 0x10001000 at pc 0x1
READ of size 8 at 0x10001000 thread T0
    #0 0x49 in __asan_memcpy (/x/services_fuzz+0x49)
    #1 0x50 in pei::commit_pages(pei::Arena&, int) /x/core/pages.cpp:70:9
    #2 0x51 in main /x/y.cpp:1:1
SUMMARY: AddressSanitizer: use-after-poison /x/core/pages.cpp:70:9 in pei::commit_pages
"""
# What a fake target begins with: says that it is libFuzzer, finds out what it is asked for.
HEAD = """#!/bin/sh
for word in "$@"; do
  case $word in
    -help=1) echo "fork set_cover_merge" >&2; exit 0 ;;
    -artifact_prefix=*) prefix=${word#*=} ;;
    -merge=1|-set_cover_merge=1) exit 0 ;;
  esac
  last=$word
done
echo $$ >>"$(dirname "$0")/pids"
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"


class Base(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def hobnail(self, *arguments, target=None):
        ours = ("HOBNAIL_TARGET", "HOBNAIL_CONSUMER", "HOBNAIL_STANDARD", "HOBNAIL_BOARDS", "HOBNAIL_RULES")
        environment = {k: v for k, v in os.environ.items() if k not in ours}
        if target:
            environment["HOBNAIL_TARGET"] = str(target)
        return subprocess.run([BIN / "hobnail", *map(str, arguments)], env=environment, text=True,
                              capture_output=True, timeout=120, check=False)

    def complains(self, *arguments, about=(), target=None):
        done = self.hobnail(*arguments, target=target)
        self.assertEqual(done.returncode, 2, done)
        self.assertTrue(done.stderr.startswith("hobnail: "), done.stderr)
        for word in about:
            self.assertIn(str(word), done.stderr)


class FuzzTest(Base):
    def lay_out(self, fuzzing, replaying="exit 0", names="fake_fuzz\n", seconds=1,
                name="fake_fuzz"):
        """The command line of a run with a fake target of these two behaviours."""
        (self.root / "bin").mkdir(exist_ok=True)
        (self.root / "corpus/services").mkdir(parents=True, exist_ok=True)
        (self.root / "corpus/services/a.boot").write_text("boot v1\nboard heap-low\n")
        (self.root / "fuzz_targets.txt").write_text(names)
        fake = self.root / "bin" / name
        fake.write_text(f'{HEAD}if [ -f "$last" ]; then\n{replaying}\nelse\n{fuzzing}\nfi\n')
        fake.chmod(0o755)
        return ["fuzz", "--seconds", seconds, "--jobs", "1", "--bin", self.root / "bin", "--work",
                self.root / "work", "--out", self.root / "out", "--corpus", self.root / "corpus"]

    def drive(self, *behaviour, more=(), **others):
        done = self.hobnail(*self.lay_out(*behaviour, **others), *more)
        report = self.root / "out/report/fuzz.json"
        record = json.loads(report.read_text()) if report.is_file() else None
        page = self.root / "out/report/index.html"
        return done, record, page.read_text() if page.is_file() else ""

    def says(self, text, code):
        return f"cat >&2 <<'X'\n{text}X\nexit {code}"

    FUZZES = f"cat >&2 <<'X'\n{FIGURES}X\nsleep 60"
    CRASHES = f"cat >&2 <<'X'\n{FIGURES}X\nprintf abc >\"${{prefix}}crash-$$\"\nsleep 0.2; exit 77"

    def test_a_quiet_run_is_clean(self):
        for way in ("0", "1000"):
            done, record, page = self.drive(self.FUZZES, more=["--fork-from", way])
            self.assertEqual(done.returncode, 0, done)
            self.assertGreaterEqual(record["executions"], 4096)
            self.assertEqual(record["findings"], [])
            self.assertEqual(record["targets"][0]["cov"], 21)
            self.assertIn("No findings", page)

    def test_a_finding_does_not_end_the_run(self):
        done, record, page = self.drive(self.CRASHES, self.says(BANNER, 77))
        self.assertEqual(done.returncode, 1, done)
        finding, = record["findings"]
        self.assertEqual((finding["rule"], finding["class"], finding["fuzzer"]),
                         ("HOB-CHAIN", "contract", "fake_fuzz"))
        self.assertGreater(finding["count"], 1)
        self.assertEqual(finding["count"], record["targets"][0]["failures"])
        self.assertEqual(record["targets"][0]["findings"], 1)
        self.assertTrue(pathlib.Path(finding["file"]).read_text().endswith(finding["program"]))
        self.assertGreaterEqual(record["seconds"], 0.9)
        self.assertIn("HOB-CHAIN", page)

    def triaged(self):
        """The one record of the run's triage."""
        record, = json.loads((self.root / "out/report/triage.json").read_text())["findings"]
        return record

    def test_a_finding_of_another_build_is_a_record_like_any_other(self):
        self.drive(self.CRASHES, self.says(BANNER, 77))
        report = self.root / "out/report"
        record = self.triaged()
        self.assertEqual((record["rule"], record["fuzzer"]), ("HOB-CHAIN", "fake_fuzz"))
        self.assertEqual((record["tried"], record["reproduced"]), (3, 3))
        self.assertEqual(record["evidence"], "the step at 0x10000040 is 0")
        self.assertTrue(record["bucket"].startswith("HOB-CHAIN/"), record["bucket"])
        failed = xml.etree.ElementTree.parse(report / "junit.xml").findall(".//failure")
        self.assertEqual([one.get("type") for one in failed], ["HOB-CHAIN"])
        sarif = json.loads((report / "triage.sarif").read_text())
        self.assertEqual(sarif["runs"][0]["results"][0]["ruleId"], "HOB-CHAIN")
        folder = report / "buckets" / record["fingerprint"]
        self.assertEqual(sorted(path.name for path in folder.iterdir()),
                         ["issue.md", "program.boot"])
        self.assertTrue(record["reproduce"].endswith("program.boot"), record["reproduce"])
        self.assertIn("hobnail replay program.boot", (folder / "issue.md").read_text())

    OPS = "GetHobList\n" + "p0 = AllocatePages BootServicesData 3\n" * 1 + "GetBootMode\n" * 20

    def test_a_regression_that_fails_again_is_minimized(self):
        regression = self.root / "corpus/regressions/fixed-it.boot"
        regression.parent.mkdir(parents=True)
        regression.write_text("boot v1\nboard heap-low\n" + self.OPS)
        long = f'if [ $(wc -c <"$last") -gt 6 ]; then\n{self.says(BANNER, 77)}\nfi'
        done, record, _ = self.drive(self.FUZZES, long)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("fixed-it.boot fails again: HOB-CHAIN", done.stderr)
        self.assertEqual(record["findings"][0]["inputs"], [str(regression)])
        record = self.triaged()
        self.assertEqual((record["count"], record["tried"], record["reproduced"]), (1, 3, 3))
        self.assertEqual(record["ops_before"], 22)
        self.assertLess(record["ops_after"], 10)
        self.assertGreater(record["minimize_runs"], 0)

    def test_a_difference_is_minimized(self):
        seed = self.root / "corpus/services/long.boot"
        seed.parent.mkdir(parents=True)
        full = (ROOT / "corpus/services/full-list-in-temporary-ram.boot").read_text()
        seed.write_text(full)
        finds = (f"cat >&2 <<'X'\n{FIGURES}X\n"
                 'cp "$(dirname "$0")"/../work/differential/seeds/*long* "${prefix}crash-1"\n'
                 "sleep 0.2; exit 77")
        done, record, _ = self.drive(
            finds, f'HOBNAIL_EDK2_FIXED=0 exec {BIN}/differential_fuzz "$last"',
            name="differential_fuzz", names="differential_fuzz\n")
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(record["findings"][0]["fuzzer"], "differential_fuzz")
        record = self.triaged()
        self.assertEqual((record["rule"], record["op_name"]), ("CONSERVATION", "AllocatePages"))
        self.assertLess(record["ops_after"], record["ops_before"])
        self.assertEqual(record["reproduced"], 3)
        self.assertTrue(record["evidence"].startswith("edk2-like: "), record["evidence"])
        self.assertIn("hobnail compare", record["reproduce"])

    def test_one_bug_has_one_bucket_whichever_fuzz_target_has_found_it(self):
        program = self.root / "full.boot"
        program.write_text("boot v1\nboard tiny\nGetHobList\nCreateHob GuidExtension 49\n")
        self.hobnail("corpus", "encode", program, "--out", self.root / "encoded")
        encoded, = (self.root / "encoded").iterdir()
        for name in ("services_fuzz", "differential_fuzz"):
            (self.root / name).mkdir()
            (self.root / name / "crash-1").write_bytes(encoded.read_bytes())
        report = self.root / "triage.json"
        with unittest.mock.patch.dict(os.environ, HOBNAIL_EDK2_FIXED="0"):
            done = self.hobnail("triage", self.root / "services_fuzz", self.root / "differential_fuzz",
                                "--standard", "strict", "--json", report, target=LIB / "edk2_like.so")
        self.assertEqual(done.returncode, 1, done)
        record, = json.loads(report.read_text())["findings"]
        self.assertEqual((record["count"], record["fuzzer"]), (2, ""))
        self.assertNotIn("edk2-like: ", record["evidence"])

    def test_state_that_the_hunt_has_found_is_a_record(self):
        self.drive(self.FUZZES, more=["--target", LIB / "bad/bad_stateful_3.so"])
        report = self.root / "out/report/fuzz.json"
        record = json.loads(report.read_text())
        self.assertEqual(record["stability"]["state"], [])
        self.assertGreaterEqual(record["stability"]["inputs"], record["stability"]["programs"])
        boot = self.root / "STATE-OUTLIVES-BOOT-1.boot"
        boot.write_text("boot v1\nboard heap-low\nAllocatePool 8\n")
        (self.root / "STATE-OUTLIVES-BOOT-1.history-1.boot").write_text(
            "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n")
        record["stability"]["state"] = [str(boot)]
        report.write_text(json.dumps(record))
        done = self.hobnail("triage", "--campaign", report, "--json", self.root / "triage.json")
        self.assertEqual(done.returncode, 1, done)
        finding, = json.loads((self.root / "triage.json").read_text())["findings"]
        self.assertEqual(finding["bucket"], "STATE-OUTLIVES-BOOT/AllocatePool/REFUSAL appears")
        self.assertEqual(len(finding["history"]), 1)

    def test_a_clean_target_is_a_test_that_passed(self):
        self.drive(self.FUZZES)
        cases = xml.etree.ElementTree.parse(self.root / "out/report/junit.xml").findall(".//testcase")
        self.assertIn("fake_fuzz: 4,096 executions", [case.get("name") for case in cases])
        self.assertEqual([case for case in cases if len(case)], [])

    def test_a_known_issue_does_not_fail(self):
        known_issues = self.root / "known.txt"
        self.drive(self.CRASHES, self.says(BANNER, 77))
        done = self.hobnail("triage", "--campaign", self.root / "out/report/fuzz.json", "--known",
                            known_issues, "--accept")
        self.assertEqual(done.returncode, 0, done)
        done, _, page = self.drive(self.CRASHES, self.says(BANNER, 77), more=["--known", known_issues])
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("known since", page)
        done, _, _ = self.drive(self.CRASHES, self.says(POISONED, 1), more=["--known", known_issues])
        self.assertEqual(done.returncode, 1, done)

    def test_a_campaign_that_is_none_is_refused(self):
        for text in ("", "{", "[]", '{"findings": [], "targets": [{"inputs": 3}]}'):
            file = self.root / "x.json"
            file.write_text(text)
            done = self.hobnail("triage", "--campaign", file)
            self.assertEqual(done.returncode, 2, (text, done))
            self.assertIn("x.json", done.stderr)
        self.assertEqual(self.hobnail("triage").returncode, 2)

    def test_the_first_finding_is_enough_when_asked_for(self):
        done, record, _ = self.drive(self.CRASHES, self.says(BANNER, 77),
                                     more=["--stop-at-first"], seconds=60)
        self.assertEqual(done.returncode, 1, done)
        self.assertLess(record["seconds"], 30)

    def test_a_sanitizer_names_itself_and_the_first_frame_of_ours(self):
        self.drive(self.CRASHES, self.says(POISONED, 1))
        record = self.triaged()
        self.assertEqual((record["rule"], record["kind"], record["death"]),
                         ("TARGET-CRASH", "sanitizer", "use-after-poison"))
        self.assertEqual(record["frames"], ["pei::commit_pages"])
        self.assertIn("/use-after-poison/pei::commit_pages", record["bucket"])

    def test_the_banner_wins_over_the_report_that_caused_it(self):
        _, record, _ = self.drive(self.CRASHES, self.says(POISONED + BANNER, 77))
        self.assertEqual([f["rule"] for f in record["findings"]], ["HOB-CHAIN"])

    def test_what_does_not_repeat(self):
        done, record, page = self.drive(self.CRASHES)
        self.assertEqual((done.returncode, record["findings"]), (1, []), done)
        skipped = json.loads((self.root / "out/report/triage.json").read_text())["skipped"]
        self.assertEqual({one["reason"] for one in skipped}, {"not-reproducible"})
        self.assertIn("fake_fuzz has reported it", skipped[0]["words"])
        self.assertIn("not reproducible", page)
        # Another process may have caused the slowness.
        done, record, _ = self.drive(self.CRASHES.replace("crash-", "timeout-"))
        self.assertEqual((done.returncode, record["findings"]), (0, []))
        self.assertIn("no finding in 3 tries", done.stdout)

    def test_what_cannot_run_is_never_a_pass(self):
        for case in ({"fuzzing": "echo no such target >&2; exit 2"},
                     {"fuzzing": "exit 0"},
                     {"fuzzing": self.FUZZES, "names": "\n"},
                     {"fuzzing": self.FUZZES, "names": "absent_fuzz\n"},
                     {"fuzzing": self.FUZZES, "more": ["other_fuzz"]},
                     {"fuzzing": self.FUZZES, "more": ["--target", "/nowhere.so"]},
                     {"fuzzing": self.FUZZES, "seconds": 0},
                     {"fuzzing": self.FUZZES, "more": ["--corpus", self.root / "bin"]}):
            done, _, _ = self.drive(case.pop("fuzzing"), **case)
            self.assertEqual(done.returncode, 2, (case, done))
            self.assertIn("hobnail: ", done.stderr)

    def test_what_is_no_engine_is_refused(self):
        command = self.lay_out(self.FUZZES)
        (self.root / "bin/fake_fuzz").write_text("#!/bin/sh\necho 'hobnail: no input; usage' >&2; exit 2\n")
        self.complains(*command, about=["fake_fuzz", "no libFuzzer binary", "--bin"])

    def start(self, fuzzing, replaying="exit 0", seconds=60):
        command = self.lay_out(fuzzing, replaying, seconds=seconds)
        process = subprocess.Popen([BIN / "hobnail", *map(str, command)], stdout=subprocess.PIPE,
                                   text=True)
        pids = self.root / "bin/pids"
        for _ in range(200):
            if pids.is_file() and pids.read_text().endswith("\n"):
                break
            time.sleep(0.05)
        time.sleep(0.3)
        return process, [int(pid) for pid in pids.read_text().split()]

    def gone(self, pids):
        for _ in range(100):
            if not any(map(alive, pids)):
                return True
            time.sleep(0.05)
        return False

    def test_an_interrupted_run_tells_what_it_has(self):
        process, pids = self.start(self.FUZZES)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 3, output)
        self.assertIn("interrupted before the time was over", output)
        self.assertIn("no findings", output)
        self.assertTrue(self.gone(pids))

    def test_a_run_that_is_killed_leaves_no_process(self):
        process, pids = self.start(self.FUZZES.replace("sleep 60", "exec sleep 60"))
        process.kill()
        process.communicate(timeout=20)
        self.assertTrue(self.gone(pids))

    def test_one_folder_is_for_one_run(self):
        process, _ = self.start(self.FUZZES)
        self.complains(*self.lay_out(self.FUZZES), about=["another run", "--work"])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)

    def test_what_was_muted_in_the_hunt_stays_muted_in_triage(self):
        seen = self.root / "rules"
        replaying = f'echo "$HOBNAIL_RULES" >>{seen}\n' + self.says(BANNER, 77)
        done, record, _ = self.drive(self.CRASHES, replaying, more=["--without-rule", "HOB-CHAIN"])
        self.assertEqual((done.returncode, record["findings"]), (0, []), done)
        self.assertEqual(record["rules"], "-HOB-CHAIN")
        self.assertEqual(set(seen.read_text().split()), {"-HOB-CHAIN"})
        report = self.root / "out/report/fuzz.json"
        done = self.hobnail("triage", "--campaign", report)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("this rule is disabled", done.stdout)
        # An option of triage wins.
        done = self.hobnail("triage", "--campaign", report, "--rule", "HOB-CHAIN")
        self.assertEqual(done.returncode, 1, done)
        self.complains(*self.lay_out(self.FUZZES), "--rule", "NOPE", about=["NOPE", "hobnail rules"])

    def test_the_hunt_names_rules_boards_and_standard_to_its_fuzz_targets(self):
        seen = self.root / "seen"
        fuzzing = (f'echo "$HOBNAIL_RULES/$HOBNAIL_BOARDS/$HOBNAIL_STANDARD" >{seen}\n' + self.FUZZES)
        _, record, _ = self.drive(fuzzing, more=["--rule", "STATUS", "--without-board", "tiny",
                                                 "--standard", "pi"])
        self.assertEqual(seen.read_text(), "STATUS/-tiny/pi\n")
        self.assertEqual((record["rules"], record["boards"], record["standard"]),
                         ("STATUS", "-tiny", "pi"))

    def test_triage_of_a_campaign_is_on_its_target(self):
        seen = self.root / "target"
        replaying = f'echo "$HOBNAIL_TARGET" >{seen}\n' + self.says(BANNER, 77)
        one, other = LIB / "edk2_like.so", LIB / "bad/bad_counting.so"
        done, record, _ = self.drive(self.CRASHES, replaying, more=["--target", one])
        self.assertEqual(record["target_file"], str(one))
        command = ("triage", "--campaign", self.root / "out/report/fuzz.json")
        for environment in (None, other):
            done = self.hobnail(*command, target=environment)
            self.assertEqual(done.returncode, 1, done)
            self.assertRegex(done.stdout, "target .*edk2_like.so, of the campaign\n")
            self.assertIn("files on edk2-like", done.stdout)
            self.assertEqual(seen.read_text().strip(), str(one))
        done = self.hobnail(*command, "--target", other)
        self.assertRegex(done.stdout, "target .*bad_counting.so, by --target; the campaign ran on "
                                      ".*edk2_like.so\n")
        self.assertEqual(seen.read_text().strip(), str(other))
        # The built-in core is a target too, whatever the environment names.
        self.drive(self.CRASHES, replaying)
        done = self.hobnail(*command, target=other)
        self.assertIn("target the built-in core, of the campaign\n", done.stdout)
        self.assertEqual(seen.read_text(), "\n")

    def test_the_time_holds_whatever_the_targets_do(self):
        """An engine that does not want to end, regressions and a merge that take an hour."""
        (self.root / "corpus/regressions").mkdir(parents=True)
        (self.root / "corpus/regressions/slow.boot").write_text("boot v1\nboard heap-low\n")
        (self.root / "work/fake/grown").mkdir(parents=True)
        (self.root / "work/fake/grown/unit").write_text("x")
        command = self.lay_out("trap '' TERM\n" + self.FUZZES.replace("sleep 60", "sleep 3600"),
                               "sleep 3600", seconds=4)
        fake = self.root / "bin/fake_fuzz"
        fake.write_text(fake.read_text().replace("-set_cover_merge=1) exit 0", "-set_cover_merge=1) sleep 3600"))
        begin = time.monotonic()
        done = self.hobnail(*command)
        self.assertEqual(done.returncode, 0, done)
        self.assertLess(time.monotonic() - begin, 4 + 4 + 2)

    def test_triage_at_the_end_has_a_time_limit(self):
        many = "for i in $(seq 200); do echo $i >\"${prefix}crash-$i\"; done\n"
        begin = time.monotonic()
        done, record, page = self.drive(many + self.FUZZES, "sleep 0.2\n" + self.says(BANNER, 77),
                                        more=["--triage-seconds", "3"])
        self.assertLess(time.monotonic() - begin, 1 + 3 + 4)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("not classified (time limit); run `hobnail triage --campaign`", done.stdout)
        triage = json.loads((self.root / "out/report/triage.json").read_text())
        late = [one for one in triage["skipped"] if one["reason"] == "not-classified"]
        self.assertEqual(len(late) + sum(one["count"] for one in triage["findings"]), 200)
        self.assertGreater(len(late), 0)

    def test_of_each_signature_some_are_classified_first(self):
        many = ("for i in $(seq 10 99); do echo $i >\"${prefix}crash-A-end-contract-00000000000000$i\"; done\n"
                "echo xxxxxxxx >\"${prefix}crash-B-end-contract-0000000000000000\"\n")
        done, _, _ = self.drive(many + self.FUZZES, "sleep 0.2\n" + self.says(BANNER, 77),
                                more=["--triage-seconds", "4"])
        triage = json.loads((self.root / "out/report/triage.json").read_text())
        late = [one["file"] for one in triage["skipped"]]
        self.assertTrue(late)
        self.assertTrue(all("crash-A" in json.dumps(one) for one in late), late)

    def test_a_run_that_is_killed_loses_nothing(self):
        process, pids = self.start(self.CRASHES, self.says(BANNER, 77), seconds=60)
        time.sleep(3)
        process.kill()
        process.communicate(timeout=20)
        self.assertTrue(self.gone(pids))
        artifacts = list((self.root / "work/fake/artifacts").iterdir())
        self.assertGreater(len(artifacts), 1)
        record = json.loads((self.root / "out/report/fuzz.json").read_text())
        self.assertTrue(record["interrupted"])
        self.assertGreater(record["executions"], 0)
        self.assertEqual(record["stopped_by_known"], [])
        for source in (("--campaign", self.root / "out/report/fuzz.json"),
                       ("--work", self.root / "work")):
            report = self.root / "late"
            done = self.hobnail("triage", *source, "--json", report)
            self.assertEqual(done.returncode, 1, done)
            finding, = json.loads(report.read_text())["findings"]
            self.assertEqual((finding["rule"], finding["count"]), ("HOB-CHAIN", len(artifacts)))

    def test_a_run_after_one_that_was_killed_keeps_its_inputs(self):
        process, _ = self.start(self.CRASHES, self.says(BANNER, 77), seconds=60)
        process.kill()
        process.communicate(timeout=20)
        before = {path.name for path in (self.root / "work/fake/artifacts").iterdir()}
        done, _, _ = self.drive(self.FUZZES)
        earlier = self.root / "work/fake/earlier"
        self.assertEqual({path.name for path in earlier.iterdir()}, before)
        self.assertIn(f"hobnail triage {earlier}", done.stderr)
        # What triage has seen is not kept.
        self.drive(self.CRASHES, self.says(BANNER, 77))
        self.drive(self.FUZZES)
        self.assertEqual({path.name for path in earlier.iterdir()}, before)

    def test_the_page_leads_with_what_is_new(self):
        known = self.root / "known.txt"
        _, record, page = self.drive(self.CRASHES, self.says(BANNER, 77))
        self.assertEqual(record["stopped_by_known"], [])
        self.assertIn("1 bug: 1 new", page)
        self.assertLess(page.index("New: 1 bug"), page.index("Fuzz targets"))
        self.hobnail("triage", "--campaign", self.root / "out/report/fuzz.json", "--known", known,
                     "--accept")
        _, _, page = self.drive(self.CRASHES, self.says(BANNER, 77), more=["--known", known])
        self.assertIn("1 bug: 1 known", page)
        self.assertIn("Known: 1 bug", page)
        known.write_text(known.read_text().replace(" -  ", " v1 "))
        _, _, page = self.drive(self.CRASHES, self.says(BANNER, 77), more=["--known", known])
        self.assertIn("Fixed, and back: 1 bug", page)
        # The counts of a run that knows them.
        report = self.root / "out/report/fuzz.json"
        text = json.loads(report.read_text())
        text["stopped_by_known"] = [{"fingerprint": "0123456789abcdef", "count": 1024}]
        report.write_text(json.dumps(text))
        self.hobnail("triage", "--campaign", report, "--out", self.root / "again")
        page = (self.root / "again/index.html").read_text()
        self.assertIn("Boots that ended in known issues", page)
        self.assertIn("1,024", page)

    def test_flags_are_printed_for_scripts(self):
        flags = self.hobnail("fuzz", "--print-flags").stdout.split()
        self.assertIn("-detect_leaks=0", flags)
        self.assertTrue(all(flag.startswith("-") and "=" in flag for flag in flags), flags)


class CorpusTest(Base):
    SEEDS = ROOT / "corpus/services"

    def encode(self):
        out = self.root / "bytes"
        self.assertEqual(self.hobnail("corpus", "encode", self.SEEDS, "--out", out).returncode, 0)
        return out

    def test_decoded_bytes_are_the_text_again(self):
        out = self.root / "text"
        done = self.hobnail("corpus", "decode", self.encode(), "--out", out)
        self.assertEqual(done.returncode, 0, done)
        texts = sorted(out.glob("*.boot"))
        self.assertEqual(len(texts), len(list(self.SEEDS.glob("*.boot"))))
        again = self.root / "again"
        self.hobnail("corpus", "encode", out, "--out", again)
        def content(folder):
            return sorted(p.read_bytes() for p in folder.iterdir())
        self.assertEqual(content(again), content(self.root / "bytes"))

    def test_minimize_keeps_a_part_and_merge_adds_nothing_to_the_whole(self):
        small = self.root / "small"
        done = self.hobnail("corpus", "minimize", self.SEEDS, self.SEEDS, "--out", small)
        self.assertEqual(done.returncode, 0, done)
        self.assertRegex(done.stdout, "by the edges of services_fuzz|cells of the reach table")
        kept = len(list(small.iterdir()))
        self.assertTrue(0 < kept < len(list(self.SEEDS.glob("*.boot"))), done.stdout)
        done = self.hobnail("corpus", "merge", small, "--out", small)
        self.assertEqual((done.returncode, len(list(small.iterdir()))), (0, kept), done)
        self.complains("corpus", "minimize", self.SEEDS, "--out", small, about=["not empty"])

    def test_merge_takes_what_is_new(self):
        out = self.root / "merged"
        one = next(iter(sorted(self.SEEDS.glob("*.boot"))))
        self.assertEqual(self.hobnail("corpus", "merge", one, "--out", out).returncode, 0)
        self.assertEqual(len(list(out.iterdir())), 1)
        self.assertEqual(self.hobnail("corpus", "merge", self.SEEDS, "--out", out).returncode, 0)
        self.assertGreater(len(list(out.iterdir())), 5)

    def test_only_canonical_bytes_are_stored(self):
        raw = self.root / "raw"
        raw.mkdir()
        (raw / "odd").write_bytes(bytes([2, 0, 0, 0xFF, 0xFE, 0xFD, 1, 2, 3]))
        out = self.root / "merged"
        self.assertEqual(self.hobnail("corpus", "merge", raw, "--out", out).returncode, 0)
        stored, = out.iterdir()
        text = self.root / "text"
        self.hobnail("corpus", "decode", stored, "--out", text)
        again = self.root / "again"
        self.hobnail("corpus", "encode", text, "--out", again)
        self.assertEqual(next(again.iterdir()).read_bytes(), stored.read_bytes())

    def test_stats_counts(self):
        report = self.root / "stats.json"
        done = self.hobnail("corpus", "stats", self.SEEDS, "--json", report)
        self.assertEqual(done.returncode, 0, done)
        stats = json.loads(report.read_text())
        self.assertEqual(stats["programs"], len(list(self.SEEDS.glob("*.boot"))))
        self.assertEqual(stats["ops"], sum(stats["op_counts"].values()))
        self.assertEqual(stats["programs"], sum(stats["boards"].values()))
        self.assertEqual(len(stats["op_counts"]), 14)
        self.assertGreater(stats["replies"]["AllocatePages"]["SUCCESS"], 0)
        self.assertGreater(stats["replies"]["AllocatePages"]["OUT_OF_RESOURCES"], 0)

    def test_a_target_that_does_the_same_is_stable(self):
        done = self.hobnail("corpus", "stability", self.SEEDS)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("(100.0%)", done.stdout)

    def test_a_target_that_counts_its_boots_is_not(self):
        report = self.root / "report.json"
        program = self.SEEDS / "one-page-then-free.boot"
        counting = LIB / "bad/bad_counting.so"
        self.assertEqual(self.hobnail("replay", program, target=counting).returncode, 0)
        done = self.hobnail("corpus", "stability", program, "--json", report, target=counting)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("differs: ", done.stdout)
        self.assertIn("0 of 1 programs are stable", done.stdout)
        self.assertEqual(json.loads(report.read_text())["unstable"][0]["file"], str(program))

    def test_nothing_to_work_on_is_2(self):
        (self.root / "empty").mkdir()
        for verb in (["decode"], ["merge"], ["minimize"]):
            self.complains("corpus", *verb, self.root / "empty", "--out", self.root / "x",
                           about=["empty"])
        for verb in ("stats", "stability"):
            self.complains("corpus", verb, self.root / "missing", about=["missing"])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: fuzz_command_test.py BIN LIB [TEST ...]")
    BIN, LIB = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
