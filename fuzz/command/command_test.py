#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the command `hobnail` promises: exit codes, one clear line for what keeps it from working.

  command_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names

Exit codes: 0 nothing found, 1 a finding, 2 usage or environment.
"""

import fcntl
import json
import os
import pathlib
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest
import xml.etree.ElementTree

BIN = LIB = None
ROOT = pathlib.Path(__file__).resolve().parents[2]
CLEAN = """boot v1
board heap-low
p0 = AllocatePages BootServicesData 3
FreePages p0+1 1
b0 = AllocatePool 40
InstallPeiMemory dram0 whole
ReturnToDispatcher
"""

LIST = """hobs v1
memory 0x100000 0x110000 0x1f0000 0x200000
Cpu 40
Resource SystemMemory 0x7 0x100000 0x100000
"""


def run(tool, *arguments, target=None, standard=None, rules=None, boards=None, cwd=None):
    """Runs bin/<tool>; HOBNAIL_TARGET is `target` and so on, or unset."""
    ours = ("HOBNAIL_TARGET", "HOBNAIL_CONSUMER", "HOBNAIL_STANDARD", "HOBNAIL_BOARDS", "HOBNAIL_RULES", "HOBNAIL_KNOWN")
    environment = {k: v for k, v in os.environ.items() if k not in ours}
    if target is not None:
        environment["HOBNAIL_TARGET"] = str(target)
    if standard is not None:
        environment["HOBNAIL_STANDARD"] = standard
    if rules is not None:
        environment["HOBNAIL_RULES"] = rules
    if boards is not None:
        environment["HOBNAIL_BOARDS"] = boards
    return subprocess.run([BIN / tool, *map(str, arguments)], env=environment, text=True,
                          capture_output=True, timeout=60, check=False, cwd=cwd)


def bad(name):
    return LIB / "bad" / f"bad_{name}.so"


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.clean = self.write("clean.boot", CLEAN)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def complains(self, *arguments, about=(), target=None, tool="hobnail"):
        """Exit 2, nothing but one line on stderr, which names what is wrong."""
        done = run(tool, *arguments, target=target)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("hobnail: "), done.stderr)
        self.assertNotIn("ERROR", done.stdout + done.stderr)
        for word in about:
            self.assertIn(str(word), done.stderr)


class StandardTest(CommandTest):
    """edk2_like writes to the out-parameter of a call that fails: practice alone forbids it."""

    def setUp(self):
        super().setUp()
        self.target = LIB / "edk2_like.so"
        self.full = self.write("full.boot", "boot v1\nboard tiny\nCreateHob GuidExtension 49\n")

    def judges(self, code, *arguments, **setting):
        done = run("hobnail", *arguments, **setting)
        self.assertEqual(done.returncode, code, done)
        self.assertEqual("OUT-PARAMETER" in done.stdout + done.stderr, code != 0, done)

    def test_a_loaded_target_is_judged_by_pi_unless_said_otherwise(self):
        self.judges(0, "replay", self.full, target=self.target)
        self.judges(0, "replay", self.full, "--target", self.target, "--isolate")
        self.judges(1, "replay", self.full, target=self.target, standard="strict")
        self.judges(1, "replay", self.full, "--target", self.target, "--standard", "strict")
        self.judges(1, "replay", self.full, "--target", self.target, "--isolate",
                    "--standard", "strict")
        self.judges(0, "replay", self.full, "--target", self.target, "--standard", "pi",
                    standard="strict")

    def test_triage_and_minimize_judge_by_the_same_standard(self):
        self.judges(0, "minimize", self.full, "--target", self.target)
        self.judges(1, "minimize", self.full, "--target", self.target, "--standard", "strict")
        report = self.folder / "report"
        self.judges(1, "triage", self.full, "--target", self.target, "--standard", "strict",
                    "--out", report)
        self.assertIn("--standard strict", (report / "index.html").read_text())

    def test_an_unknown_standard_is_an_error(self):
        self.complains("replay", self.full, "--standard", "lax", about=("lax", "pi"))
        done = run("hobnail", "replay", self.full, standard="lax")
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("hobnail: HOBNAIL_STANDARD: standard 'lax' is unknown", done.stderr)


class ReplayTest(CommandTest):
    def test_nothing_found_is_0(self):
        done = run("hobnail", "replay", self.clean)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        self.assertRegex(done.stdout, r"^ok +.*clean\.boot \(5 ops, digest [0-9a-f]{16}\)\n$")

    def test_a_finding_is_1(self):
        for name in ("never_enters", "stopping"):
            done = run("hobnail", "replay", self.clean, "--target", bad(name))
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("ENTER", done.stdout)

    def test_hob_lists_are_read_by_core_alone(self):
        sane = self.write("sane.hobs", LIST)
        wrong = self.write("wrong.hobs", LIST + "Cpuu 40\n")
        done = run("hobnail", "replay", sane, sane)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        self.assertIn("2 lists read, 0 findings", done.stdout)
        done = run("hobnail", "replay", wrong)
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("wrong.hobs:5:1: 'Cpuu' is unknown", done.stderr)
        self.assertIn("did you mean 'Cpu'?", done.stderr)
        self.assertEqual(run("hobnail", "replay", sane, self.clean).returncode, 2)
        done = run("hobnail", "replay", sane, "--trace", "--json", "-")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("DXE: the list is taken", done.stdout)

    def test_hob_lists_are_encoded_and_read_again(self):
        self.write("sane.hobs", LIST)
        done = run("hobnail", "corpus", "encode", "--lists", self.folder, "--out",
                   self.folder / "bytes")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("1 lists encoded", done.stdout)

    def test_all_files_are_played_in_order(self):
        other = self.write("a.boot", CLEAN.replace("heap-low", "stack-low"))
        done = run("hobnail", "replay", self.clean, other, self.folder)
        self.assertEqual(re.findall(r"(\w+)\.boot", done.stdout), ["clean", "a", "a", "clean"])
        self.assertIn("4 programs run", done.stdout)

    def test_trace_prints_every_op_and_its_call(self):
        done = run("hobnail", "replay", self.clean, "--trace")
        self.assertEqual(done.returncode, 0, done)
        ops = re.findall(r"^ +(\d+)  \w", done.stdout, re.MULTILINE)
        self.assertEqual(ops, ["0", "1", "2", "3", "4"])
        for words in ("AllocatePages (EfiBootServicesData, 0x3)", "= EFI_SUCCESS", "= migrated"):
            self.assertIn(words, done.stdout)

    def test_the_trace_of_a_whole_boot_reads_like_an_explanation(self):
        """Word for word: what a newcomer reads is looked at by a person whenever it changes.

        After a change that is meant: hobnail replay --trace SEED > TRACE, and read it."""
        seed = "corpus/services/from-reset-to-the-operating-system.boot"
        golden = ROOT / "corpus/golden/traces/from-reset-to-the-operating-system.trace"
        done = run("hobnail", "replay", "--trace", seed, cwd=ROOT)
        self.assertEqual(done.returncode, 0, done)
        self.maxDiff = None
        self.assertEqual(done.stdout, golden.read_text())

    def test_the_trace_tells_of_any_target(self):
        seed = ROOT / "corpus/services/from-reset-to-the-operating-system.boot"
        done = run("hobnail", "replay", "--trace", seed, target=LIB / "edk2_like.so")
        for words in ("SEC passes temporary RAM", "the stack [", "its pools move with it: b0",
                      "this frees the memory of AllocatePool", "EfiRuntimeServicesData  p1",
                      "memory that persists with unchanged contents:"):
            self.assertIn(words, done.stdout)

    def test_a_board_that_this_build_lacks_is_skipped_and_no_pass(self):
        far = self.write("far.boot", CLEAN.replace("heap-low", "at-4gib"))
        alone = run("hobnail", "replay", far)
        if "skipped: needs" not in alone.stdout:  # without sanitizers there is such a board
            self.assertRegex(alone.stdout, r"^ok ")
            return
        self.assertEqual(alone.returncode, 2, alone)
        self.assertIn("nothing was run", alone.stderr)
        both = run("hobnail", "replay", far, self.clean)
        self.assertEqual(both.returncode, 0, both)
        self.assertRegex(both.stdout, r"(?m)^skip .*far\.boot: skipped: needs ")
        self.assertRegex(both.stdout, r"(?m)^ok .*clean\.boot")
        self.complains("check", "--board", "at-4gib", "--seconds", 600,
                       about=["no program was run: each of the first 256 was skipped: needs"])
        self.complains("check", "--suite", "pages", "--board", "at-4gib", "--seconds", 600,
                       about=["no case was run"])

    def test_quiet_prints_findings_only(self):
        self.assertEqual(run("hobnail", "replay", self.clean, "--quiet", "--trace").stdout, "")
        done = run("hobnail", "replay", self.clean, "--quiet", "--target", bad("stopping"))
        self.assertIn("ENTER", done.stdout)

    def test_json_has_the_fields_of_the_contract(self):
        out = self.folder / "out.json"
        done = run("hobnail", "replay", self.clean, "--json", out)
        self.assertEqual(done.returncode, 0, done)
        report = json.loads(out.read_text())
        self.assertEqual(report["findings"], [])
        self.assertEqual(report["executions"], 1)
        self.assertGreaterEqual(report["ops"], 5)
        self.assertGreaterEqual(report["seconds"], 0)

        run("hobnail", "replay", self.clean, "--json", out, "--target", bad("stopping"))
        finding, = json.loads(out.read_text())["findings"]
        self.assertEqual(finding["rule"], "ENTER")
        self.assertEqual(finding["op"], 0)
        self.assertTrue(finding["bucket"].startswith("ENTER"))
        self.assertTrue(finding["program"].startswith("boot v1\n"))
        self.assertEqual(run("hobnail", "replay", self.write("again.boot", finding["program"]))
                         .returncode, 0)

    def test_bytes_and_text_make_the_same_boot(self):
        out = self.folder / "bytes"
        done = run("hobnail", "corpus", "encode", self.clean, "--out", out)
        self.assertEqual(done.returncode, 0, done)
        encoded, = out.iterdir()
        digest = re.compile(r"digest (\w+)")
        text, = digest.findall(run("hobnail", "replay", self.clean).stdout)
        self.assertEqual(digest.findall(run("hobnail", "replay", encoded).stdout), [text])


    # What ends a process, or does not come back, ends a child: each program has its verdict.
    def test_isolated_targets_that_end_the_process_are_findings(self):
        other = self.write("other.boot", "boot v1\nboard stack-low\nGetHobList\n")
        for name, rules in (("crashing", {"WILD-ACCESS"}), ("exiting", {"TARGET-CRASH"}),
                            ("hanging", {"TARGET-HANG"}),
                            ("scribbling", {"TARGET-CRASH", "WILD-ACCESS", "ENTER"})):
            out = self.write("report.json", "")
            done = run("hobnail", "replay", self.clean, other, "--isolate", "--timeout", "3",
                       "--json", out, target=bad(name))
            self.assertEqual(done.returncode, 1, f"{name}: {done}")
            report = json.loads(pathlib.Path(out).read_text())
            self.assertEqual(len(report["findings"]), 2, name)
            for finding in report["findings"]:
                self.assertIn(finding["rule"], rules, name)
                self.assertEqual(finding["class"], "contract")

    def test_frames_are_printed_with_functions(self):
        for options in ((), ("--isolate",)):
            done = run("hobnail", "replay", self.clean, *options, target=bad("crashing"))
            frames = re.findall(r"(?m)^ +#\d .*$", done.stdout)
            if not frames:  # a build without AddressSanitizer
                continue
            self.assertIn(" in ", frames[0], done.stdout)
            self.assertIn(".c", frames[0], done.stdout)

    # Without that the process ends, and says why and with which program.
    def test_last_words_are_a_finding(self):
        for name, rule in (("crashing", "WILD-ACCESS"), ("hanging", "TARGET-HANG")):
            done = run("hobnail", "replay", self.clean, "--timeout", "3", target=bad(name))
            self.assertEqual(done.returncode, 1, f"{name}: {done}")
            self.assertIn(f"ASSERTION FAILED: FuzzerHash={rule}", done.stdout)
            self.assertIn("--- program\nboot v1", done.stdout)

    def test_isolation_changes_no_outcome(self):
        here = run("hobnail", "replay", self.clean)
        there = run("hobnail", "replay", self.clean, "--isolate")
        self.assertEqual(here.stdout, there.stdout)


class ShowTest(CommandTest):
    SEEDS = ("one-page-then-free", "platform-swaps-the-halves",
             "from-reset-to-the-operating-system")

    def test_the_pictures_are_those_that_a_person_has_looked_at(self):
        """Character by character. After an intended change: hobnail show SEED > PICTURE, and look at it."""
        self.maxDiff = None
        for name in self.SEEDS:
            done = run("hobnail", "show", f"corpus/services/{name}.boot", cwd=ROOT)
            self.assertEqual(done.returncode, 0, done)
            golden = ROOT / "corpus/golden/pictures" / f"{name}.txt"
            self.assertEqual(done.stdout, golden.read_text())

    def test_files_are_written_whole(self):
        out = {kind: self.folder / f"boot.{kind}" for kind in ("html", "svg", "json")}
        arguments = [f"--{kind}={path}" for kind, path in out.items()]
        seed = ROOT / f"corpus/services/{self.SEEDS[2]}.boot"
        done = run("hobnail", "show", seed, "--quiet", *arguments)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), done)
        picture = xml.etree.ElementTree.parse(out["svg"]).getroot()
        self.assertEqual(picture.tag, "{http://www.w3.org/2000/svg}svg")
        page = xml.etree.ElementTree.fromstring(
            out["html"].read_text().removeprefix("<!DOCTYPE html>"))
        steps = [e for e in page.iter("section") if e.get("class", "").startswith("step")]
        ids = [e.get("id") for e in page.iter() if e.get("id")]
        self.assertEqual(len(ids), len(set(ids)))
        report = json.loads(out["json"].read_text())
        self.assertEqual(len(steps), len(report["steps"]))
        self.assertEqual(report["findings"], [])
        for text in (out["svg"].read_text(), out["html"].read_text()):
            self.assertNotIn("<script", text)
            self.assertNotRegex(text, r"(href|src)=.http")

    def test_one_op_alone(self):
        done = run("hobnail", "show", self.clean, "--op", "1")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(re.findall(r"^ {0,3}(\d+)  ", done.stdout, re.MULTILINE), ["1"])
        self.assertIn("*freed", done.stdout)
        self.complains("show", self.clean, "--op", "5", about=("--op 5", "5 ops"))

    def test_lines_are_as_wide_as_asked(self):
        for width in (40, 60, 100, 160):
            done = run("hobnail", "show", self.clean, "--width", width)
            self.assertLessEqual(max(map(len, done.stdout.splitlines())), width)
            strips = [line for line in done.stdout.splitlines() if line.startswith("      |")]
            self.assertEqual({len(line) for line in strips}, {width})
            self.assertNotIn("\x1b", done.stdout)

    def test_a_list_is_as_wide_as_asked(self):
        path = self.write("list.hobs", LIST)
        done = run("hobnail", "show", path, "--width", 40)
        self.assertLessEqual(max(map(len, done.stdout.splitlines())), 40)

    def on_terminal(self, **environment):
        """What `show` writes to a terminal of 40 columns."""
        terminal, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
        words = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
        process = subprocess.Popen([BIN / "hobnail", "show", self.clean], stdout=other,
                                   env={**words, "LC_ALL": "C", **environment})
        os.close(other)
        text = b""
        while True:
            try:
                block = os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
            if not block:
                break
            text += block
        os.close(terminal)
        self.assertEqual(process.wait(), 0)
        return text.decode()

    def test_a_terminal_has_colours_unless_it_is_dumb(self):
        self.assertIn("\x1b[", self.on_terminal(TERM="xterm"))
        for environment in ({"TERM": "dumb"}, {}, {"TERM": "xterm", "NO_COLOR": "1"}):
            self.assertNotIn("\x1b", self.on_terminal(**environment))

    def test_a_terminal_breaks_no_line(self):
        for term in ("dumb", "xterm"):
            text = re.sub(r"\x1b\[[0-9;]*m", "", self.on_terminal(TERM=term))
            self.assertLessEqual(max(map(len, text.splitlines())), 40)

    def test_a_long_boot_is_drawn_in_time(self):
        path = self.write("long.boot", "boot v1\nboard roomy\n" + "AllocatePool 8\n" * 1000)
        page = self.folder / "page.html"
        began = time.monotonic()
        done = run("hobnail", "show", path, "--quiet", "--html", page)
        self.assertEqual(done.returncode, 0, done)
        self.assertLess(page.stat().st_size, 2_000_000)
        self.assertLess(time.monotonic() - began, 30)  # 5 s alone; other tests run beside it

    def test_a_dead_target_has_a_picture_and_is_1(self):
        report = self.folder / "report.json"
        for name, rule, seconds in (("crashing", "WILD-ACCESS", 20), ("hanging", "TARGET-HANG", 1)):
            done = run("hobnail", "show", self.clean, "--target", bad(name),
                       "--timeout", seconds, "--json", report)
            self.assertEqual(done.returncode, 1, done)
            self.assertRegex(done.stdout, "!!! " + rule)
            self.assertTrue(json.loads(report.read_text())["steps"][-1]["died"])

    def test_bytes_have_the_same_pictures(self):
        seeds = self.folder / "seeds"
        run("hobnail", "corpus", "encode", self.clean, "--out", seeds)
        (seed,) = seeds.iterdir()
        pictures = [run("hobnail", "show", path).stdout.split("\n", 1)[1]
                    for path in (self.clean, seed)]
        self.assertEqual(*pictures)

    def test_nonsense_is_2(self):
        self.complains("show", self.folder / "missing.boot", about=("missing.boot",))
        self.complains("show", self.clean, "--html", self.folder / "no" / "page.html",
                       "--quiet", about=("page.html", "cannot be written"))
        self.complains("show", self.clean, "--width", "3")


class InputTest(CommandTest):
    def test_a_missing_file_is_2(self):
        self.complains("replay", self.folder / "none.boot", about=["none.boot", "No such file"])

    def test_an_empty_file_is_2(self):
        self.complains("replay", self.write("empty.boot", ""), about=["empty.boot", "empty"])

    def test_an_unreadable_file_is_2(self):
        # Opens for anybody, root included, and fails at the first read.
        memory = "/proc/self/mem"
        self.complains("replay", memory, about=[memory, "cannot be read"])
        if os.geteuid() != 0:
            self.clean.chmod(0)
            self.complains("replay", self.clean, about=["clean.boot", "Permission denied"])

    def test_a_directory_without_programs_is_2(self):
        (self.folder / "inner").mkdir()
        self.complains("replay", self.folder / "inner", about=["inner", ".boot"])

    def test_a_malformed_program_is_2_and_says_where(self):
        broken = CLEAN.replace("FreePages p0+1 1", "FreePages p0+1 one")
        path = self.write("broken.boot", broken)
        self.complains("replay", path, about=[f"{path}:4:16: "])
        self.complains("replay", self.write("x.boot", "hello\n"), about=["x.boot:1:1: "])
        binary = self.folder / "binary.boot"
        binary.write_bytes(bytes(range(256)))
        self.complains("replay", binary, about=["binary.boot:1:"])

    def test_one_bad_file_does_not_hide_the_others(self):
        done = run("hobnail", "replay", self.folder / "none.boot", self.clean)
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("clean.boot (5 ops", done.stdout)

    def test_a_report_that_cannot_be_written_is_2(self):
        self.complains("replay", self.clean, "--json", self.folder / "none" / "out.json",
                       about=["out.json", "cannot be written"])


class UsageTest(CommandTest):
    def test_help_is_0(self):
        for arguments in (["--help"], ["replay", "--help"], ["rules", "--help"]):
            done = run("hobnail", *arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done)
            self.assertIn("--help", done.stdout)

    def test_nonsense_is_2(self):
        self.complains()
        self.complains("replay")
        self.complains("replay", self.clean, "--frobnicate", about=["--frobnicate"])
        self.complains("frobnicate", about=["frobnicate"])
        self.complains("replay", self.clean, "--contract", "--hostile", about=["--hostile"])
        self.complains("replay", self.clean, "--target", about=["--target"])


class TargetTest(CommandTest):
    def refuses(self, path, *about):
        """By option, by environment, and by the fuzz target."""
        self.complains("replay", self.clean, "--target", path, about=about)
        self.complains("replay", self.clean, target=path, about=about)
        self.complains(self.clean, tool="services_fuzz", target=path, about=about)

    def test_an_unknown_target_is_2(self):
        self.refuses(self.folder / "none.so", "none.so")
        self.refuses("nowhere.so", "nowhere.so")

    def test_what_is_no_shared_object_is_2(self):
        self.refuses(self.clean, "clean.boot")
        self.refuses(self.folder, self.folder)

    def test_an_unfit_target_is_2(self):
        self.refuses(bad("no_symbol"), "no_symbol.so", "hobnail_get_target")
        self.refuses(bad("null_target"), "null_target.so", "NULL")
        self.refuses(bad("other_abi"), "other_abi.so", "ABI 3", "ABI 2")
        self.refuses(bad("small_table"), "small_table.so", "bytes")
        self.refuses(bad("odd_granularity"), "odd_granularity.so", "5000")
        self.refuses(bad("no_entry"), "no_entry.so", "enter")

    def test_the_environment_is_as_good_as_the_option(self):
        by_option = run("hobnail", "replay", self.clean, "--target", bad("stopping"))
        by_environment = run("hobnail", "replay", self.clean, target=bad("stopping"))
        self.assertEqual((by_option.returncode, by_option.stdout),
                         (by_environment.returncode, by_environment.stdout))
        preferred = run("hobnail", "replay", self.clean, "--target", LIB / "hobnail_core_target.so",
                        target=bad("stopping"))
        self.assertEqual(preferred.returncode, 0, preferred)

    def test_our_core_in_a_shared_object_makes_the_same_boots(self):
        files = [self.clean]
        for board in ("stack-low", "memory-below", "small-heap", "odd-top", "small-memory"):
            files.append(self.write(f"{board}.boot", CLEAN.replace("heap-low", board)))
        digest = re.compile(r"digest (\w+)")
        built_in = run("hobnail", "replay", *files)
        loaded = run("hobnail", "replay", *files, "--target", LIB / "hobnail_core_target.so")
        self.assertEqual((built_in.returncode, loaded.returncode), (0, 0), loaded)
        self.assertEqual(len(digest.findall(built_in.stdout)), len(files))
        self.assertEqual(digest.findall(built_in.stdout), digest.findall(loaded.stdout))


class RulesTest(CommandTest):
    def rows(self, *options):
        done = run("hobnail", "rules", "--json", "-", *options)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        return json.loads(done.stdout)

    def test_both_tables_are_printed_and_agree(self):
        rules = {rule["id"]: rule for rule in self.rows()}
        invariants = self.rows("--invariants")
        self.assertEqual([row["number"] for row in invariants], list(range(1, 102)))
        for name, rule in rules.items():
            self.assertTrue(rule["planted_bug"], name)
            self.assertEqual(rule["invariants"],
                             [row["number"] for row in invariants if name in row["rules"]])

    def test_the_planted_bugs_are_proven(self):
        done = run("hobnail", "rules", "--prove", "--json", "-")
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, report["proven"]), (0, report["planted"]), done)

    def test_a_target_that_is_broken_already_proves_nothing(self):
        done = run("hobnail", "rules", "--prove", "--target", bad("stopping"))
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("0 of ", done.stdout)

    def test_rules_can_be_chosen(self):
        by_none = ["replay", "--target", bad("stopping"), self.clean]
        self.assertEqual(run("hobnail", *by_none).returncode, 1)
        self.assertEqual(run("hobnail", *by_none, "--only-rule", "ENTER").returncode, 1)
        self.assertEqual(run("hobnail", *by_none, "--only-rule", "STATUS").returncode, 0)
        self.assertEqual(run("hobnail", *by_none, "--without-rule", "ENTER").returncode, 0)
        self.assertEqual(run("hobnail", *by_none, "--without-rule", "STATUS", "--without-rule",
                             "REFUSAL").returncode, 1)

    def test_nonsense_is_2(self):
        self.complains("replay", self.clean, "--only-rule", "NOPE", about=["NOPE", "hobnail rules"])
        self.complains("replay", self.clean, "--without-rule", "NOPE", about=["NOPE"])
        self.complains("replay", self.clean, "--only-rule", "STATUS", "--without-rule", "STATUS",
                       about=["no rule"])
        self.complains("rules", "--markdown", "--json", "-", about=["--markdown"])
        self.complains("rules", "--target", bad("stopping"), about=["--prove"])
        self.complains("rules", "--prove", "--target", self.clean, about=["clean.boot"])


class ChoiceTest(CommandTest):
    """--rule, --without-rule, --board and --without-board, on every command that judges."""

    def commands(self):
        """Each with what it must end with: the options come behind."""
        target = ("--target", bad("stopping"))
        yield ("replay", self.clean, *target)
        yield ("replay", self.clean, "--isolate", *target)
        yield ("check", "--runs", 3, "--out", self.folder / "found", *target)
        yield ("show", self.clean, "--quiet", *target)
        yield ("minimize", self.clean, *target)
        yield ("triage", self.clean, *target)
        yield ("compare", self.clean, "--against", bad("stopping"))

    def test_rules(self):
        for command in self.commands():
            for code, options in ((1, ()), (1, ("--rule", "ENTER")), (0, ("--rule", "STATUS")),
                                  (1, ("--only-rule", "ENTER")), (0, ("--without-rule", "ENTER")),
                                  (1, ("--without-rule", "STATUS"))):
                done = run("hobnail", *command, *options)
                self.assertEqual(done.returncode, code, (options, done))
            self.complains(*command, "--rule", "NOPE", about=["NOPE", "hobnail rules"])

    def test_rules_of_the_environment(self):
        for command in self.commands():
            for code, rules, options in ((0, "-ENTER", ()), (0, "STATUS,REFUSAL", ()), (1, "", ()),
                                         (1, "-ENTER", ("--rule", "ENTER"))):
                done = run("hobnail", *command, *options, rules=rules)
                self.assertEqual(done.returncode, code, (rules, options, done))
            done = run("hobnail", *command, rules="-NOPE")
            self.assertEqual(done.returncode, 2, done)
            self.assertIn("hobnail: HOBNAIL_RULES: rule 'NOPE' is unknown", done.stderr)

    def test_boards(self):
        for command in self.commands():
            if command[0] == "check":
                continue  # it draws programs of the boards that are left
            for options, boards in ((("--without-board", "heap-low"), None),
                                    (("--board", "odd-top"), None), ((), "-heap-low")):
                done = run("hobnail", *command, *options, boards=boards)
                self.assertEqual(done.returncode, 2, (options, done))  # nothing is left to run
                self.assertIn("skipped", done.stdout + done.stderr)
            self.assertEqual(run("hobnail", *command, "--board", "heap-low").returncode, 1)

    def test_corpus_commands(self):
        clean = ("corpus", "stability", self.clean, "--target", bad("stopping"))
        report = self.folder / "reach.json"
        for rules, findings in ((("--rule", "STATUS"), 0), ((), 1)):
            done = run("hobnail", "corpus", "reach", self.clean, "--target", bad("stopping"),
                       "--json", report, *rules)
            self.assertEqual(done.returncode, 1, done)
            self.assertEqual(json.loads(report.read_text())["findings"], findings)
        self.assertEqual(run("hobnail", *clean, "--rule", "STATUS").returncode, 0)
        self.complains(*clean, "--rule", "NOPE", about=["NOPE"])
        self.complains(*clean, "--board", "odd-top", about=["skipped"])

    def test_lists_too(self):
        listed = self.write("sane.hobs", LIST)
        self.assertEqual(run("hobnail", "replay", listed, "--rule", "DXE-MAP").returncode, 0)
        self.complains("replay", listed, "--rule", "NOPE", about=["NOPE"])

    def test_a_report_names_the_rules(self):
        report = self.folder / "report"
        run("hobnail", "triage", self.clean, "--target", bad("stopping"), "--without-rule",
            "STATUS", "--out", report)
        self.assertIn("--without-rule STATUS", (report / "index.html").read_text())


class KnownTest(CommandTest):
    """Known issues: edk2_like has bugs that a short check finds."""

    def setUp(self):
        super().setUp()
        self.target = ("--target", LIB / "edk2_like.so")
        self.known = self.folder / "known.txt"
        self.found = self.folder / "found"

    def check(self, *options, code):
        done = run("hobnail", "check", "--isolate", "--runs", 60, "--out", self.found, *self.target, *options)
        self.assertEqual(done.returncode, code, done)
        return done

    def test_what_is_accepted_does_not_fail(self):
        self.check(code=1)
        for _ in range(3):  # what is known now opens the way to the next
            self.check("--known", self.known, "--accept", code=0)
        entries = [line for line in self.known.read_text().splitlines() if "/" in line]
        self.assertGreater(len(entries), 3)
        json_file = self.folder / "check.json"
        done = self.check("--known", self.known, "--json", json_file, "--findings", 100, code=0)
        self.assertRegex(done.stdout, r"known +\d+ boots")
        self.assertIn("calls left out", done.stdout)
        result = json.loads(json_file.read_text())
        self.assertEqual(result["findings"], [])
        self.assertTrue(all(row["state"] == "known" for row in result["known"]))
        self.assertGreater(result["left_out"], 0)

    def test_a_crash_without_isolation_leaves_its_program(self):
        crashing = ("--target", bad("crashing"))
        done = run("hobnail", "check", "--seconds", 5, "--out", self.found, *crashing)
        self.assertEqual(done.returncode, 1, done)
        (kept,) = self.found.iterdir()
        self.assertIn(f"program: {kept}\nminimal program: hobnail minimize {kept} --target ", done.stdout)
        self.assertEqual(run("hobnail", "replay", kept, *crashing).returncode, 1)

    def test_a_known_crash_does_not_end_the_run(self):
        check = ("hobnail", "check", "--runs", 60, "--out", self.found, "--target", bad("crashing"), "--known", self.known)
        self.assertEqual(run(*check, "--accept").returncode, 0)
        done = run(*check)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("60 programs run", done.stdout)
        run("hobnail", "check", "--seconds", 5, "--out", self.found, "--target", bad("crashing"))
        done = run("hobnail", "replay", *self.found.iterdir(), "--target", bad("crashing"), "--known", self.known)
        self.assertEqual(done.returncode, 0, done)

    def test_a_finding_names_the_command_that_makes_it_short(self):
        for count in (1, 2):
            done = self.check("--findings", count, code=1)
            command = re.search(r"(?m)^minimal programs?: hobnail (.*)$", done.stdout)[1]
            self.assertTrue(command.startswith(("minimize ", "triage ")[count - 1]), command)
            again = run("hobnail", *shlex.split(command))
            self.assertEqual(again.returncode, 1, again)

    def test_the_triage_of_accept_has_a_time_limit(self):
        done = self.check("--known", self.known, "--accept", "--triage-seconds", 0.001, code=1)
        self.assertRegex(done.stdout, r"triage of \d+ files, 0.001 s at most")
        command = re.search(r"not classified \(time limit\); run `hobnail (triage .*)` for the rest", done.stdout)[1]
        self.assertEqual(run("hobnail", *shlex.split(command)).returncode, 0)
        self.assertIn("/", self.known.read_text())

    def test_each_command_knows_it(self):
        self.check("--findings", 1, code=1)
        file = next(self.found.iterdir())
        rule = file.name.partition("-seed")[0]
        self.known.write_text(f"# the first\n-  2026-11-28  -  {rule}/*\n")
        for command in (("replay",), ("replay", "--isolate"), ("minimize",), ("triage",)):
            self.assertEqual(run("hobnail", *command, file, *self.target).returncode, 1)
            done = run("hobnail", *command, file, *self.target, "--known", self.known)
            self.assertEqual(done.returncode, 0, done)
            self.assertIn("known", done.stdout)
        done = run("hobnail", "replay", file, *self.target, "--known", self.known)
        self.assertIn("the first", done.stdout)

    def test_an_issue_that_is_fixed_is_reported(self):
        self.check(code=1)
        file = next(self.found.iterdir())
        self.known.write_text("-  2026-11-28  v2  */*\n")
        done = run("hobnail", "triage", file, *self.target, "--known", self.known)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("REGRESSED", done.stdout)

    def test_compare(self):
        file = pathlib.Path(__file__).parents[2] / "corpus/services/full-list-in-the-window.boot"
        options = ("compare", file, *self.target, "--against", LIB / "first_fit.so", "--quiet")
        self.assertEqual(run("hobnail", *options).returncode, 1)
        self.known.write_text("-  2026-11-28  -  */*\n")
        self.assertEqual(run("hobnail", *options, "--known", self.known).returncode, 0)

    def test_a_wrong_line_is_an_error(self):
        for line, word in (("-  x  -  NO-RULE/FreePages", "NO-RULE"), ("-  x  -  STATUS/NoOp", "NoOp"),
                           ("nothing", "FINGERPRINT")):
            self.known.write_text("\n" + line + "\n")
            self.complains("check", "--runs", 1, "--known", self.known, about=[f"{self.known}:2:", word])
        self.complains("check", "--accept", about=["--known"])
        self.complains("check", "--known", self.folder / "missing", about=["missing"])


# services_fuzz under libFuzzer, as far as `hobnail bench --against` can see; its work is a loop.
FAKE_ENGINE = """#!/bin/sh
for word in "$@"; do
  case $word in
    -help=1) echo "fork set_cover_merge" >&2; exit 0 ;;
    -runs=*) runs=${word#*=} ;;
    -seed=*) seed=${word#*=} ;;
  esac
done
here=$(dirname "$0")
basename "$here" >>"$here/../order"
echo "$seed-$runs" >>"$here/../runs"
i=0
while [ $i -lt $runs ]; do i=$((i + 1)); done
echo "stat::ops: $((runs * %d))" >&2
"""


class BenchTest(CommandTest):
    """A target that does not let itself be measured is one line, and 2."""

    QUICK = ("bench", "--programs", 20, "--rounds", 1, "--engine", "/nowhere")

    def test_an_engine_that_does_not_run_is_2(self):
        self.complains(*self.QUICK, about=["/nowhere"])

    def test_what_ends_the_process_is_2(self):
        for name, how in (("crashing", "ended by "), ("exiting", "ended by "),
                          ("hanging", "ended by timeout"), ("stopping", "0 of 20 programs"), ("never_enters", "0 of 20"),
                          ("no_symbol", "hobnail_get_target")):
            self.complains(*self.QUICK, "--target", bad(name), about=[how])

    def fake_tree(self, name, ops):
        """A bin directory whose services_fuzz says that it is libFuzzer, and makes so many ops a run."""
        folder = self.folder / name
        folder.mkdir()
        script = folder / "services_fuzz"
        script.write_text(FAKE_ENGINE % ops)
        script.chmod(0o755)
        return folder

    def test_two_trees_are_compared_in_turns(self):
        report = self.folder / "report.json"
        done = run("hobnail", "bench", "--engine", self.fake_tree("ours", 40), "--against",
                   self.fake_tree("other", 10), "--pairs", 2, "--executions", 5000, "--json", report)
        self.assertEqual(done.returncode, 0, done)
        order = (self.folder / "order").read_text().split()
        # Each tree without and with executions; the second round begins with the other one.
        self.assertEqual(order, ["ours"] * 2 + ["other"] * 4 + ["ours"] * 2)
        self.assertEqual(len(set((self.folder / "runs").read_text().split())), 4, "two seeds, two lengths")
        figures = json.loads(report.read_text())["comparison"]
        self.assertEqual([row["ops"] for row in figures["ours"]["rounds"]], [5000 * 40] * 2)
        self.assertEqual([row["ops"] for row in figures["against"]["rounds"]], [5000 * 10] * 2)
        ratio = figures["ratio"]
        self.assertLessEqual(ratio["min"], ratio["median"])
        self.assertLessEqual(ratio["median"], ratio["max"])
        self.assertIn("ours runs %.2f times the ops per CPU-second of against" % ratio["median"], done.stdout)

    def test_instructions_are_the_same_twice(self):
        ours, reports = self.fake_tree("ours", 40), (self.folder / "first", self.folder / "second")
        for report in reports:
            done = run("hobnail", "bench", "--engine", ours, "--against", ours, "--pairs", 1, "--executions", 500,
                       "--instructions", "--json", report)
            self.assertEqual(done.returncode, 0, done)
            self.assertIn("times the ops per billion instructions", done.stdout)
        first, second = (json.loads(report.read_text())["comparison"]["ours"] for report in reports)
        self.assertAlmostEqual(first["rounds"][0]["billion_instructions"] / second["rounds"][0]["billion_instructions"],
                               1, places=2)
        self.assertGreater(first["executions_per_billion_instructions"], 0)
        (ours / "services_fuzz").write_text(FAKE_ENGINE % 1 + "exit 1\n")
        self.complains("bench", "--engine", ours, "--against", ours, "--instructions", about=["valgrind"])
        self.complains("bench", "--instructions", about=["--against"])

    def test_a_tree_that_is_none_is_2(self):
        ours = self.fake_tree("ours", 1)
        for other in (self.folder / "missing", self.folder, LIB):
            self.complains("bench", "--engine", ours, "--against", other, about=["services_fuzz"
                           if other != self.folder / "missing" else "missing"])
        (ours / "services_fuzz").write_text(FAKE_ENGINE % 1 + "exit 77\n")
        self.complains("bench", "--engine", ours, "--against", ours, about=["code 77"])


class CompareTest(CommandTest):
    def test_two_targets_that_agree_are_0(self):
        done = run("hobnail", "compare", "--layout", self.clean)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("(5 of 5 ops compared)", done.stdout)

    def test_a_finding_under_either_is_1(self):
        report = self.folder / "report.json"
        done = run("hobnail", "compare", "--quiet", "--json", report, "--against", bad("stopping"),
                   self.clean)
        self.assertEqual(done.returncode, 1, done)
        findings = json.loads(report.read_text())["findings"]
        self.assertEqual([f["rule"] for f in findings], ["ENTER"])

    def test_targets_of_one_name_are_named_by_their_files(self):
        one, other = LIB / "first_fit.so", self.folder / "other.so"
        shutil.copy(one, other)
        done = run("hobnail", "compare", self.clean, "--target", one, "--against", other)
        self.assertRegex(done.stdout, rf"compared on (\S+) \({one}\) and \1 \({other}\), ")
        done = run("hobnail", "compare", self.clean, "--target", one)
        self.assertNotIn(str(one), done.stdout)

    def test_what_cannot_be_compared_is_2(self):
        self.complains("compare", self.clean, "--against", self.folder / "nobody.so",
                       about=["nobody.so"])
        self.complains("compare", self.folder / "missing.boot", about=["missing.boot"])


class ReachTest(CommandTest):
    def test_what_is_missing_is_reported_and_is_1(self):
        report = self.folder / "report.json"
        done = run("hobnail", "corpus", "reach", "--missing", "--json", report, self.clean)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("missing: FreePages, double free, temporary: NOT_FOUND\n", done.stdout)
        self.assertNotIn("missing: FreePages, middle, temporary: SUCCESS\n", done.stdout)
        cells = json.loads(report.read_text())["wanted"]
        reached = sum(1 for cell in cells if cell["count"])
        self.assertIn(f"{reached} of {len(cells)} cells reached", done.stdout)

    def test_the_table_counts(self):
        done = run("hobnail", "corpus", "reach", self.clean)
        middle = [line for line in done.stdout.splitlines()
                  if re.match(r"FreePages +middle ", line)]
        self.assertEqual(len(middle), 1, done.stdout)
        self.assertIn("SUCCESS 4/", middle[0])  # once on each variant of our core

    def test_nothing_to_count_is_2(self):
        self.complains("corpus", "reach", self.folder / "missing.boot", about=["missing.boot"])


class FuzzTargetTest(CommandTest):
    def test_options_for_clusterfuzz_are_the_pinned_flags(self):
        pinned = dict(flag.lstrip("-").split("=") for flag in
                      run("hobnail", "fuzz", "--print-flags").stdout.split())
        files = sorted((ROOT / "fuzz/targets").glob("*.options"))
        files = [path for path in files if path.stem != "boot_text_fuzz"]  # text is longer
        self.assertGreaterEqual(len(files), 4)
        for path in files:
            said = dict(re.findall(r"^(\w+) = (\S+)$", path.read_text(), re.MULTILINE))
            # All that an engine on ClusterFuzz needs, with the value that the command has.
            self.assertEqual(said, {key: pinned[key] for key in (
                "max_len", "len_control", "entropic", "timeout", "rss_limit_mb", "detect_leaks")},
                path.name)

    def test_a_program_is_shown_to_its_end(self):
        short = self.write("short.boot", "boot v1\nboard heap-low\nGetHobList\n")
        encoded = self.folder / "bytes"
        self.assertEqual(run("hobnail", "corpus", "encode", short, "--out", encoded).returncode, 0)
        done = run("handoff_fuzz", encoded, target=bad("stopping"))
        self.assertIn("ASSERTION FAILED: FuzzerHash=ENTER\n", done.stderr)
        self.assertIn("GetHobList\nInstallPeiMemory dram0 whole\nReturnToDispatcher\nHandOff\n"
                      "ExitBootServices\n--- end\n", done.stderr)

    def test_lists_are_read(self):
        listed = self.write("sane.hobs", LIST)
        encoded = self.folder / "bytes"
        done = run("hobnail", "corpus", "encode", "--lists", listed, "--out", encoded)
        self.assertEqual(done.returncode, 0, done)
        done = run("hob_list_fuzz", encoded)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("1 inputs run, no finding", done.stdout)

    def test_the_environment_names_the_standard(self):
        full = self.write("full.boot", "boot v1\nboard tiny\nCreateHob GuidExtension 49\n")
        seeds = self.folder / "seeds"
        self.assertEqual(run("hobnail", "corpus", "encode", full, "--out", seeds).returncode, 0)
        target = LIB / "edk2_like.so"
        done = run("services_fuzz", seeds, target=target)
        self.assertEqual(done.returncode, 0, done)
        done = run("services_fuzz", seeds, target=target, standard="strict")
        self.assertIn("FuzzerHash=OUT-PARAMETER", done.stderr)
        done = run("services_fuzz", seeds, standard="lax")
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("hobnail: HOBNAIL_STANDARD: standard 'lax' is unknown", done.stderr)

    def test_the_environment_names_the_rules(self):
        target = bad("stopping")
        for name in ("services_fuzz", "handoff_fuzz", "differential_fuzz"):
            for rules, found in (("", True), ("-ENTER", False), ("STATUS", False),
                                 ("ENTER,STATUS", True)):
                done = run(name, self.clean, target=target, rules=rules)
                self.assertEqual("FuzzerHash=ENTER" in done.stderr, found, (rules, done))
                self.assertEqual(done.returncode == 0, not found, (rules, done))
        for name in ("services_fuzz", "hob_list_fuzz"):
            done = run(name, self.clean, rules="-NOPE")
            self.assertEqual(done.returncode, 2, done)
            self.assertIn("hobnail: HOBNAIL_RULES: rule 'NOPE' is unknown", done.stderr)

    def test_triage_of_bytes_runs_the_fuzz_target_itself(self):
        """The migration is wrong, and only the ending that handoff_fuzz adds migrates."""
        short = "boot v1\nboard ppi-car-off\np0 = AllocatePages BootServicesData 1\nb0 = AllocatePool 512\np1 = AllocatePages BootServicesData 1\nFreePages p0 1\n"
        program = self.write("short.boot", short)
        crashes = self.folder / "handoff_fuzz"
        self.assertEqual(run("hobnail", "corpus", "encode", program, "--out", crashes).returncode, 0)
        crash, = crashes.iterdir()
        crash = crash.rename(crashes / "crash-0")
        setting = {"target": LIB / "edk2_like.so"}
        self.assertNotEqual(run("handoff_fuzz", crash, **setting).returncode, 0)
        self.assertEqual(run("services_fuzz", crash, **setting).returncode, 0)
        done = run("hobnail", "triage", crash, **setting)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("MIGRATION-TEMPORARY", done.stdout)
        # Without a name it is tried all the same.
        done = run("hobnail", "triage", crash.rename(self.folder / "crash-0"), **setting)
        self.assertEqual(done.returncode, 1, done)
        # As text it is a program, and no artifact.
        self.assertEqual(run("hobnail", "triage", program, **setting).returncode, 0)

    def test_no_input_is_2(self):
        self.complains(tool="services_fuzz")
        self.complains(self.folder / "none", tool="services_fuzz", about=["none"])
        self.complains("/proc/self/mem", tool="services_fuzz", about=["/proc/self/mem"])

    def test_an_input_is_played(self):
        self.assertEqual(run("services_fuzz", self.clean).returncode, 0)

    def test_a_finding_ends_the_process_under_the_banner(self):
        done = run("services_fuzz", self.clean, target=bad("stopping"))
        self.assertNotIn(done.returncode, (0, 2))
        self.assertIn("ASSERTION FAILED: FuzzerHash=ENTER\n", done.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: command_test.py BIN LIB [TEST ...]")
    BIN, LIB = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
