# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Tests of the scripts below ci/ that need no build; they take seconds.  python3 ci/self_test.py"""

import functools
import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

CI = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(CI), str(CI / "prove"), str(CI / "bench")]
import bugbench_test  # noqa: E402
import edk2_consumers  # noqa: E402
import edk2_hunt  # noqa: E402
import edk2_report  # noqa: E402
import edk2_source  # noqa: E402
import hunt_log  # noqa: E402
import measurements_test  # noqa: E402
import mutation_test  # noqa: E402


def script(path):
    """A script below ci/ as a module; its name has no suffix."""
    name = path.rpartition("/")[2]
    loader = importlib.machinery.SourceFileLoader(name, str(CI / path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


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
"""
ABORTED = """==7== ERROR: libFuzzer: deadly signal
    #0 0x55 in __sanitizer_print_stack_trace (/x/services_fuzz+0x1)
SUMMARY: libFuzzer: deadly signal
artifact_prefix='./'; Test unit written to ./crash-abc
stat::number_of_executed_units: 5000
"""
POISONED = """==7==ERROR: AddressSanitizer: use-after-poison on address 0x10001000 at pc 0x1
    #1 0x50 in pei::commit_pages(pei::Arena&, int) /x/core/pages.cpp:70:9
SUMMARY: AddressSanitizer: use-after-poison /x/core/pages.cpp:70:9 in pei::commit_pages
"""


def read(text):
    log = hunt_log.HuntLog()
    for line in text.splitlines(keepends=True):
        log.feed(line)
    return log


class Hunt(unittest.TestCase):
    def test_a_run_without_a_finding(self):
        log = read(FIGURES)
        self.assertEqual((log.executions, log.rule), (4096, None))

    def test_the_banner_names_the_rule(self):
        log = read(FIGURES + BANNER + ABORTED)
        self.assertEqual((log.executions, log.rule), (5000, "HOB-CHAIN"))

    def test_the_banner_wins_over_the_report_that_caused_it(self):
        self.assertEqual(read(POISONED + BANNER + ABORTED).rule, "HOB-CHAIN")

    def test_a_truncated_banner_still_names_the_rule(self):
        cut = BANNER.split("--- program", maxsplit=1)[0]
        self.assertEqual(read(cut + ABORTED).rule, "HOB-CHAIN")

    def test_the_first_of_two_banners_counts(self):
        self.assertEqual(read(BANNER + BANNER.replace("HOB-CHAIN", "STATUS")).rule, "HOB-CHAIN")

    def test_other_deaths_have_a_summary(self):
        for text, rule in ((POISONED + ABORTED, "AddressSanitizer: use-after-poison"),
                           (ABORTED, "libFuzzer: deadly signal"),
                           ("SUMMARY: libFuzzer: timeout", "libFuzzer: timeout"),
                           ("artifact_prefix='./'; Test unit written to ./crash-abc", "crash")):
            self.assertEqual(read(text).rule, rule)


class Turns(unittest.TestCase):
    """Which steps of ci/test are due: --list builds nothing."""

    @staticmethod
    @functools.cache
    def listed(*options):
        done = subprocess.run([CI / "test", "--list", *options], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr, done.stdout.splitlines()

    def due(self, *options):
        code, errors, (*rows, self.summary) = self.listed(*options)
        self.assertEqual((code, errors), (0, ""))
        words = [row.split(maxsplit=2) for row in rows]
        self.steps = {step: (tier, "".join(mark)) for step, tier, *mark in words}
        return {step for step, (_, mark) in self.steps.items() if mark == "due"}

    def able(self):
        """All steps but those that this machine cannot run, or that run only when they are named."""
        self.due("--all")
        return {step for step, (tier, mark) in self.steps.items() if tier != "named" and "skipped" not in mark}

    def test_all_is_every_step(self):
        self.assertEqual(self.due("--all"), self.able())
        self.assertIn("all proofs: ", self.summary)
        named = {step for step, (tier, _) in self.steps.items() if tier == "named"}
        self.assertEqual(named, {"bare-machine", "oss-fuzz"})

    def test_successive_turns_are_every_step(self):
        able = self.able()
        proofs = {tier for step, (tier, _) in self.steps.items() if step in able} - {"change"}
        seen, found = set(), set()
        for turn in range(len(proofs)):
            due = self.due("--turn", str(turn))
            tiers = {self.steps[step][0] for step in due}
            self.assertEqual(len(tiers - {"change"}), 1, "one proof a turn")
            self.assertIn(f"turn {turn}: proof {(tiers - {'change'}).pop()} (", self.summary)
            seen |= due
            found |= tiers
        self.assertEqual((seen, found), (able, proofs | {"change"}))
        again = self.due("--turn", str(len(proofs)))
        self.assertEqual(again, self.due("--turn", "0"))

    def test_each_change_runs_what_it_must(self):
        must = {"law", "scripts", "format", "dev.build", "dev.test", "fuzz.build", "fuzz.test", "corpus", "coverage"}
        self.assertEqual(self.due("--fast"), must)
        for turn in range(7):
            self.assertGreater(self.due("--turn", str(turn)), must)

    def test_a_step_comes_with_the_build_that_it_needs(self):
        needs = dict(re.findall(r"^step (\S+) (\S+) ", (CI / "test").read_text(), re.MULTILINE))
        for turn in range(7):
            due = self.due("--turn", str(turn))
            for step in due:
                self.assertIn(needs[step], {*due, "-"}, step)

    def test_a_named_step_is_due_in_each_turn(self):
        for turn in range(2):
            self.assertEqual(self.due("--turn", str(turn), "--only", "release.core", "--only", "digests"),
                             {"release.core.build", "release.core.test", "digests"})
        self.assertEqual(self.due("--only", "oss-fuzz"), {"oss-fuzz"})

    def test_a_shallow_clone_has_turns_too(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "copy"
            copy.mkdir()
            for name in ("test", "terminal.sh", "prove"):
                (copy / "ci").mkdir(exist_ok=True)
                (copy / "ci" / name).symlink_to(CI / name)
            git = ["git", "-c", "user.name=x", "-c", "user.email=x@y", "-c", "commit.gpgsign=false", "-C", copy]
            subprocess.run([*git, "init", "--quiet"], check=True)
            for _ in range(3):
                subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message", "x"], check=True)

            def turn():
                done = subprocess.run(["ci/test", "--list"], cwd=copy, capture_output=True, text=True, check=True)
                return int(re.search(r"^turn (\d+): proof", done.stdout, re.MULTILINE)[1])

            self.assertEqual(turn(), 3)
            head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout
            (copy / ".git/shallow").write_text(head)
            self.assertEqual(turn(), int(head[:7], 16))

    def test_the_readme_names_every_step(self):
        self.due("--all")
        table = (CI / "README.md").read_text().partition("## Two tiers")[2]
        for step, (tier, _) in self.steps.items():
            self.assertIn(f"`{step}`", table)
            self.assertIn("with `--only`" if tier == "named" else "each change" if tier == "change" else f"proof `{tier}`",
                          next(line for line in table.splitlines() if f"`{step}`" in line))

    def test_usage(self):
        for options, words in ((["--all", "--fast"], "exclude each other"), (["--turn", "x"], "needs a number"),
                               (["--turn"], "needs a number"), (["--only", "x"], "unknown step"),
                               (["--often"], "unknown argument")):
            done = subprocess.run([CI / "test", *options], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, done.stderr)

    def test_the_parts_of_the_tests_of_the_command(self):
        parts = re.findall(r"^set\(part_(\d) ", (CI.parent / "fuzz/command/CMakeLists.txt").read_text(), re.MULTILINE)
        count = re.search(r"^command_parts=(\d)", (CI / "test").read_text(), re.MULTILINE)[1]
        self.assertEqual(parts, [str(part) for part in range(int(count))])


COVERED = """bool f(int a, int b) {
  MUST(a > 0 && b > 0);
  if (a > 1 && b > 1) return true;
  return false;
}
"""


class Coverage(unittest.TestCase):
    """How ci/lint/coverage judges counts."""

    def judge(self, lines, branches, exceptions=""):
        coverage = script("lint/coverage")
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "f.cpp").write_text(COVERED)
            sources = coverage.Sources(pathlib.Path(folder))
            misses = coverage.misses_of(lines, branches, sources)
        return coverage.judge(misses, coverage.read_exceptions(exceptions))

    ALL = {("f.cpp", 3, 7, 3, 12): [1, 1], ("f.cpp", 3, 16, 3, 21): [1, 1]}

    def test_covered_code_is_no_miss(self):
        self.assertEqual(self.judge({("f.cpp", 3): 2}, self.ALL)[:2], ([], []))

    def test_an_uncovered_line_and_outcome_are_reported_with_their_text(self):
        counts = {**self.ALL, ("f.cpp", 3, 16, 3, 21): [4, 0]}
        misses, _, _ = self.judge({("f.cpp", 3): 4, ("f.cpp", 4): 0}, counts)
        self.assertEqual([tuple(miss) for miss in misses],
                         [("f.cpp", 3, "b > 1", "false"), ("f.cpp", 4, "return false;", "line")])

    def test_an_exception_is_for_one_outcome_and_must_fit(self):
        text = """[[except]]
file = "f.cpp"
text = "b > 1"
outcome = "false"
reason = "because"
"""
        counts = {**self.ALL, ("f.cpp", 3, 16, 3, 21): [4, 0]}
        self.assertEqual(self.judge({}, counts, text)[:2], ([], []))
        counts["f.cpp", 3, 16, 3, 21] = [0, 0]
        self.assertEqual([miss.outcome for miss in self.judge({}, counts, text)[0]], ["true"])
        _, idle, _ = self.judge({}, self.ALL, text)
        self.assertEqual(len(idle), 1)

    def test_an_exception_for_a_macro_is_for_its_arguments(self):
        text = '[[except]]\nmacro = "MUST"\noutcome = "false"\nreason = "because"\n'
        counts = {("f.cpp", 2, 8, 2, 13): [3, 0], ("f.cpp", 2, 17, 2, 22): [3, 0]}
        self.assertEqual(self.judge({}, counts, text)[:2], ([], []))
        counts["f.cpp", 3, 7, 3, 12] = [1, 0]
        self.assertEqual([miss.text for miss in self.judge({}, counts, text)[0]], ["a > 1"])

    def test_an_exception_without_a_reason_is_an_error(self):
        coverage = script("lint/coverage")
        for text in ('[[except]]\nmacro = "MUST"\noutcome = "false"\n',
                     '[[except]]\nmacro = "MUST"\noutcome = "never"\nreason = "x"\n'):
            with self.assertRaises(coverage.CannotJudge):
                coverage.read_exceptions(text)


class Complexity(unittest.TestCase):
    def test_growth(self):
        complaint = script("prove/complexity").complaint
        for growth, costs, fine in (("constant", (100, 120, 150), True),
                                    ("constant", (100, 100, 151), False),
                                    ("linear", (100, 1000, 12000), True),
                                    ("linear", (100, 1000, 12100), False),
                                    ("linear", (100, 1300, 13000), False)):
            self.assertEqual(complaint(growth, costs) == "", fine, (growth, costs))


class Digests(unittest.TestCase):
    """The comparison at the end of ci/prove/digests, on outputs of two builds."""

    def compare(self, plain="", **builds):
        text = (CI / "prove/digests").read_text()
        code = text[text.index("<<'EOS'\n") + 7:text.index("\nEOS\n")]
        with tempfile.TemporaryDirectory() as folder:
            for name, lines in builds.items():
                (pathlib.Path(folder) / f"{name}.txt").write_text("".join(lines))
            done = subprocess.run([sys.executable, "-c", code, folder, plain, *builds],
                                  capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def test_equal_different_and_single_builds(self):
        a, b, other = "00aa x.boot\n", "00bb y.boot\n", "00cc y.boot\n"
        self.assertEqual(self.compare(one=[a, b], two=[a, b])[0], 0)
        code, output = self.compare(one=[a, b], two=[a, other])
        self.assertEqual(code, 1)
        self.assertIn("y.boot", output)
        self.assertNotIn("x.boot", output)
        self.assertEqual(self.compare(one=[a, b], two=[a])[0], 1, "one build alone compares nothing")
        self.assertEqual(self.compare("3", one=[a, b], two=[a])[0], 0, "--plain leaves builds out")
        self.assertEqual(self.compare("3", one=[a, b], two=[a, other])[0], 1)
        self.assertEqual(self.compare(one=[], two=[])[0], 1, "no program at all")


def load_tests(loader, tests, _):
    tests.addTests(loader.loadTestsFromModule(bugbench_test))
    tests.addTests(loader.loadTestsFromModule(measurements_test))
    tests.addTests(loader.loadTestsFromModule(mutation_test))
    return tests



DEB822 = """# a comment
Types: deb
URIs: http://first/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://second/tool
Suites: stable
Components: main

Types: deb
URIs: http://third/debian
Suites: bookworm
Components: contrib
Enabled: no
"""


class Edk2Sources(unittest.TestCase):
    def entries(self, lines="", deb822=""):
        with tempfile.TemporaryDirectory() as folder:
            etc = pathlib.Path(folder)
            (etc / "sources.list").touch()
            (etc / "sources.list.d").mkdir()
            (etc / "sources.list").rename(etc / "sources.list.d" / "x.list")
            (etc / "sources.list.d" / "x.list").write_text(lines)
            (etc / "sources.list.d" / "y.sources").write_text(deb822)
            return list(edk2_source.machine_entries(etc))

    def test_the_archive_of_the_running_release(self):
        text = edk2_source.source_entries(self.entries(deb822=DEB822), "bookworm", "bookworm")
        self.assertIn("Types: deb-src\nURIs: http://first/debian\nSuites: bookworm bookworm-updates\n", text)
        self.assertIn("Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg", text)
        self.assertNotIn("second", text)
        self.assertNotIn("third", text)

    def test_another_release(self):
        text = edk2_source.source_entries(self.entries(deb822=DEB822), "bookworm", "trixie")
        self.assertIn("Suites: trixie\n", text)

    def test_lines(self):
        lines = "deb [arch=amd64 signed-by=/k.gpg] http://first/debian bookworm main contrib # why\n# deb x y z\n"
        text = edk2_source.source_entries(self.entries(lines=lines), "bookworm", "bookworm")
        self.assertEqual(text, "Types: deb-src\nURIs: http://first/debian\nSuites: bookworm\n"
                               "Components: main contrib\nSigned-By: /k.gpg\n")

    def test_an_incomplete_tree(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "MdePkg").mkdir()
            command = [str(CI / "edk2"), "--source", folder, "--build-only"]
            run = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        self.assertEqual(run.returncode, 2)
        self.assertRegex(run.stderr, r"^edk2: .* is incomplete: .*PeiMain.inf does not exist\n$")


class Edk2Findings(unittest.TestCase):
    def finding(self, name, ops, bucket="A/B"):
        return {"file": name, "bucket": bucket, "evidence": f"the byte at 0x{ops:x}", "program": "op\n" * ops}

    def test_triage_gets_the_earliest_and_the_shortest(self):
        findings = [self.finding(f"f{i}", 40 - i) for i in range(30)]
        firsts = {finding["file"]: (i, 0.0) for i, finding in enumerate(findings)}
        files = edk2_hunt.chosen(findings, firsts)
        self.assertEqual(files, ["f0", "f29", "f28", "f27", "f26", "f25"])

    def test_the_committed_lists(self):
        folder = CI.parent / "properties" / "targets" / "edk2"
        self.assertGreaterEqual(len(edk2_report.read_defects(folder / "defects.toml")), 8)
        lines = (folder / "known.txt").read_text().splitlines()
        self.assertTrue(any(re.match(r"[0-9a-f]{16}  ", line) for line in lines))
        self.assertGreaterEqual(len(edk2_report.read_defects(CI.parent / edk2_consumers.DEFECTS)), 1)

    def test_a_dxe_core_is_built_as_its_pei_core(self):
        self.assertEqual(edk2_consumers.consumer_of("debug"), "dxe")
        self.assertEqual(edk2_consumers.consumer_of("release-ppi"), "dxe-release")
        self.assertEqual(edk2_consumers.consumer_of("release-64k"), "dxe-release-64k")
        self.assertEqual(edk2_consumers.consumer_of("debug-bins-plain"), "dxe-plain")

    def test_readers_of_lists_need_a_sanitizer(self):
        self.assertEqual(edk2_consumers.pairs_of(["debug"], True),
                         ["core+dxe", "core+dxe-release", "core-bins+dxe", "core-bins+dxe-release", "core+hoblib",
                          "core+uboot", "debug+dxe"])
        self.assertEqual(edk2_consumers.pairs_of(["release-64k-plain"], True)[4:],
                         ["core-64k+dxe-64k-plain", "core-64k+dxe-release-64k-plain",
                          "release-64k-plain+dxe-release-64k-plain"])


class CaptureTest(unittest.TestCase):
    """ci/capture-ovmf, as far as it needs no QEMU."""

    PHIT = (b"\x01\x00\x38\x00" + bytes(4) + b"\x09" + bytes(7)
            + b"".join(value.to_bytes(8, "little")
                       for value in (0x20000, 0x1000, 0x8000, 0x1058, 0x1050)))
    LIST = PHIT + b"\x03\x00\x18\x00" + bytes(20) + b"\xff\xff\x08\x00" + bytes(4)

    def test_lists_and_their_copies_are_found(self):
        capture = script("capture-ovmf")
        with tempfile.NamedTemporaryFile() as file:
            memory = bytearray(0x20000)
            for place in (0x1000, 0x9018):
                memory[place:place + len(self.LIST)] = self.LIST
            memory[0x12000:0x12000 + len(self.PHIT)] = self.PHIT  # and no END HOB
            file.write(memory)
            file.flush()
            lists = list(capture.find_lists(file, memory))
        self.assertEqual([(each.address, each.own_address) for each in lists],
                         [(0x1000, 0x1000), (0x9018, 0x1000)])
        self.assertEqual([each.types for each in lists], [[1, 3, 0xffff]] * 2)
        self.assertEqual(capture.copy_of(lists).address, 0x9018)
        self.assertIsNone(capture.copy_of(lists[:1]))

    def test_equal_states_are_one(self):
        capture = script("capture-ovmf")
        states = []
        moved = capture.HobList(0x2000, self.LIST)
        for state in (capture.HobList(0x1000, self.LIST), None, moved,
                      capture.HobList(0x1000, self.LIST)):
            capture.add_state(states, state)
        self.assertEqual([each.address for each in states], [0x1000])

    def test_what_is_missing_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            for arguments, words in (((), "qemu-system-x86"), (("--memory", "1"), "--memory")):
                done = subprocess.run([sys.executable, CI / "capture-ovmf", *arguments],
                                      env={"PATH": folder}, capture_output=True, text=True,
                                      timeout=60, check=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(words, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
