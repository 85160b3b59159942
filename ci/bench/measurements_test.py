# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The document of ci/bench/measurements, from rows with known answers; and ci/prove/deep-bugs without a build.

Run by ci/self_test.py.
"""

import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import measurements_report
import mutant_kit

CI = pathlib.Path(__file__).resolve().parents[1]


def script(path):
    loader = importlib.machinery.SourceFileLoader(path.rpartition("/")[2].replace("-", "_"), str(CI / path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def run_row(bug, seed, executions, verdict, arm="fresh-2"):
    return {"start": "nothing", "cap": 1000, "max_len": 512, "len_control": 0, "entropic": 0, "bug": bug,
            "arm": arm, "seed": seed, "executions": executions, "ops": None, "verdict": verdict, "build": "b",
            "rule": None}


def cost_rows(core, situation, costs):
    return [{"core": core, "situation": situation, "hobs": hobs, "instructions": cost, "version": None}
            for hobs, cost in zip((10, 100), costs)]


class Document(unittest.TestCase):
    BUGS = [run_row("one", 1, 10, "found"), run_row("one", 2, 1000, "censored"),
            run_row("deep/two", 1, 70, "found"), run_row("deep/two", 2, 90, "found")]
    COSTS = [*cost_rows("core", "pool", (100, 100)), *cost_rows("edk2", "pool", (200, 2000)),
             *cost_rows("core", "migration", (1000, 4000))]

    def pages(self, **changes):
        rows = {"bugs": self.BUGS, "defects": [run_row("E1 lost", 1, 5, "found", "debug-plain")],
                "costs": self.COSTS, "repeat": {"deep/two"}}
        return measurements_report.pages(**{**rows, **changes})

    def test_executions(self):
        text = self.pages()["measurements.md"]
        self.assertIn("| one | 1/2 · 10 · 505 |", text)
        self.assertIn("| two* | 2/2 · 70 · 80 |", text)
        self.assertIn("| E1 lost | 1/1 · 5 · 5 |", text)

    def test_hunts_for_deep_bugs(self):
        hunts = [{"bug": "far", "start": start, "limit": 120, "verdict": verdict, "executions": 4595, "ops": ops}
                 for start, verdict, ops in (("nothing", "found", 771), ("corpus", "missed", None))]
        text = self.pages(hunts=hunts)["measurements.md"]
        self.assertIn("in 120 s of one core", text)
        self.assertIn("| far | 4,595 | 771 | > 4,595 | - |", text)

    def test_costs_are_ratios(self):
        text = self.pages()["measurements.md"]
        self.assertIn("| pool | 1.00 | 10.0 | 2.00 | 20.0 |", text)
        self.assertIn("| migration | 4.00 |  |  |  |", text)

    def test_costs_that_grow_faster_than_the_list_are_named(self):
        self.assertNotIn("More than linear", self.pages()["measurements.md"])
        steep = [*self.COSTS, *cost_rows("edk2", "reuse", (10, 1000))]
        self.assertIn("More than linear is EDK II's cost of reuse.", self.pages(costs=steep)["measurements.md"])

    def test_pictures_are_xml_and_named_by_the_document(self):
        pages = self.pages()
        named = set(re.findall(r"\((measurements-[a-z0-9]+\.svg)\)", pages["measurements.md"]))
        self.assertEqual(named, set(pages) - {"measurements.md"})
        self.assertEqual(len(named), 4)
        for name in named:
            ElementTree.fromstring(pages[name])

    def test_a_part_that_was_not_measured_is_left_out(self):
        pages = self.pages(defects=[], bugs=[])
        self.assertEqual(set(pages), {"measurements.md", "measurements-cost.svg"})
        self.assertNotIn("defects", pages["measurements.md"])


class Defects(unittest.TestCase):
    def test_the_earliest_program_of_a_defect_counts(self):
        measurements = script("bench/measurements")
        records = [{"bucket": "A/x", "files": [{"path": "late"}]}, {"bucket": "A/y", "files": [{"path": "early"}]},
                   {"bucket": "B/z", "files": [{"path": "early"}]}, {"bucket": "A/w", "files": []}]
        defects = [{"id": "E1", "patterns": [re.compile("A/")]}]
        self.assertEqual(measurements.earliest(records, {"late": 9, "early": 4}, defects), {"E1": 4})
        row = measurements.defect_row({"id": "E1", "title": "t"}, "debug-plain", 1, {}, "v", 50)
        self.assertEqual((row["executions"], row["verdict"]), (50, "censored"))


class DeepBugs(unittest.TestCase):
    DEEP = CI / "prove/mutants/deep"

    def test_every_patch_has_its_headers_and_a_program_that_shows_it(self):
        patches = sorted(self.DEEP.glob("*.patch"))
        self.assertGreaterEqual(len(patches), 20)
        for patch in patches:
            mutant = mutant_kit.read_mutant(patch)
            self.assertIn(mutant.needs, ("", "repeat"))
            self.assertTrue(patch.with_suffix(".boot").is_file(), patch.name)

    def test_every_planted_bug_applies(self):
        for patch in sorted((CI / "prove/mutants").rglob("*.patch")):
            done = subprocess.run(["patch", "-p1", "--dry-run", "--batch", "--forward", "--fuzz=0", "-i", str(patch)],
                                  cwd=CI.parent, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, patch.name + done.stdout)

    def test_verdicts_and_rounds(self):
        deep = script("prove/deep-bugs")
        mutant = mutant_kit.read_mutant(self.DEEP / "copy-in-pieces.patch")
        self.assertEqual([deep.verdict_of(mutant, rule) for rule in ("COPY-MEM", "STATUS", None)],
                         ["found", "other rule", "missed"])
        seeds = [deep.round_of(number, seed)[-1] for seed in (1, 2) for number in range(50)]
        self.assertEqual(len(set(seeds)), len(seeds))

    def test_an_unknown_bug_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, str(CI / "prove/deep-bugs"), "--only", "none-such"], cwd=folder,
                                  capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (2, "ci/prove/deep-bugs: no such bug: none-such (ci/prove/deep-bugs --list)\n"))
