# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The statistics of ci/bench/bugbench on examples with known answers, and its rows and reports on trial.

Run by ci/self_test.py.
"""

import importlib.machinery
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest
import xml.etree.ElementTree as ElementTree

import bugbench_curves
import bugbench_report
import bugbench_statistics as statistics

CI = pathlib.Path(__file__).resolve().parent
# Remission times of 21 patients (Freireich and others, 1963), as every textbook has them.
REMISSION = ([(t, True) for t in (6, 6, 6, 7, 10, 13, 16, 22, 23)] +
             [(t, False) for t in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)])


def run_row(bug, arm, seed, executions, verdict, ops=100):
    return {"start": "nothing", "cap": 1000, "max_len": 512, "len_control": 0, "entropic": 0,
            "bug": bug, "arm": arm, "seed": seed, "executions": executions, "ops": ops,
            "verdict": verdict, "build": "b", "rule": "STATUS" if verdict == "found" else None}


class Statistics(unittest.TestCase):
    def test_the_survival_curve_of_the_textbook(self):
        shares = {time: round(share, 3) for time, share in statistics.survival(REMISSION)}
        self.assertEqual(shares, {0: 1.0, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627,
                                  22: 0.538, 23: 0.448})
        self.assertEqual(statistics.median(REMISSION), 23)

    def test_the_restricted_mean_is_a_mean_where_all_were_found(self):
        self.assertAlmostEqual(statistics.restricted_mean([(2, True), (4, True)], 10), 3)

    def test_the_restricted_mean_stops_at_the_cap(self):
        self.assertAlmostEqual(statistics.restricted_mean([(10, False)] * 3, 10), 10)
        self.assertAlmostEqual(statistics.restricted_mean([(4, True), (10, False)], 10), 7)

    def test_one_that_left_early_is_not_taken_for_slow(self):
        self.assertAlmostEqual(statistics.restricted_mean([(1, False), (5, True)], 10), 5)

    def test_no_median_where_less_than_half_were_found(self):
        self.assertIsNone(statistics.median([(1, True), (10, False), (10, False)]))

    def test_ranks(self):
        self.assertEqual(statistics.a12([1, 2], [3, 4]), 1)
        self.assertEqual(statistics.a12([3, 3], [3, 3]), 0.5)
        self.assertEqual(statistics.ranked([(7, True), (7, False)], 10), [7, 11])

    def test_mann_whitney(self):
        self.assertAlmostEqual(statistics.mann_whitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), 0.012186, 5)
        self.assertEqual(statistics.mann_whitney([5, 5], [5, 5]), 1)
        self.assertEqual(statistics.mann_whitney([1, 4], [2, 3]), 1)

    def test_the_geometric_mean(self):
        self.assertAlmostEqual(statistics.geometric_mean([10, 1000]), 100)


class Report(unittest.TestCase):
    def setUp(self):
        quick = [run_row("b1", "quick", s, 10 + s, "found") for s in range(20)]
        slow = [run_row("b1", "slow", s, 1000, "censored", 5000) for s in range(19)]
        self.rows = quick + slow + [run_row("b1", "slow", 19, 400, "other", None)]

    def test_a_cell_counts_all_runs(self):
        table, = bugbench_report.analyse(self.rows)
        slow = table["cells"]["b1"]["slow"]
        self.assertEqual((slow["runs"], slow["found"], slow["other"], slow["median"], slow["rmst"]),
                         (20, 0, 1, None, 1000))
        self.assertEqual(slow["ops_a_finding"], 19 * 5000)

    def test_a_difference_that_all_see_is_significant(self):
        pair, = bugbench_report.analyse(self.rows)[0]["pairs"]
        self.assertEqual((pair["quicker"], pair["slower"], pair["a12_mean"]), (1, 0, 1))

    def test_two_runs_each_show_nothing(self):
        few = [row for row in self.rows if row["seed"] < 2]
        pair, = bugbench_report.analyse(few)[0]["pairs"]
        self.assertEqual((pair["quicker"], pair["slower"]), (0, 0))

    def test_settings_are_not_mixed(self):
        other = [{**row, "len_control": 100} for row in self.rows]
        tables = bugbench_report.analyse(self.rows + other)
        self.assertEqual([t["setting"]["len_control"] for t in tables], [0, 100])

    def test_half_of_a_measurement_has_a_report(self):
        rows = self.rows + [run_row("b2", "quick", 1, 5, "found")]
        text = bugbench_report.markdown(bugbench_report.analyse(rows))
        self.assertIn("| b2 | 1/1 · 5 · 5 |  |", text)
        self.assertIn("| b1 | 20/20 · 19 · 20 | 0/20 · > 1,000 · 1,000 |", text)

    def test_the_curves_are_well_formed(self):
        table, = bugbench_report.analyse(self.rows)
        root = ElementTree.fromstring(bugbench_curves.svg(table))
        self.assertTrue(root.tag.endswith("svg"))


class Command(unittest.TestCase):
    def bugbench(self, *arguments):
        return subprocess.run([sys.executable, str(CI / "bugbench"), *arguments],
                              capture_output=True, text=True, check=False)

    def test_a_report_of_results(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "rows.jsonl"
            # Twice the same run: it counts once.
            file.write_text(2 * (json.dumps(run_row("b1", "plain", 1, 10, "found")) + "\n"))
            done = self.bugbench("--report", str(file), "--svg", f"{folder}/x.svg",
                                 "--json", f"{folder}/x.json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("| b1 | 1/1 · 10 · 10 |", done.stdout)
            self.assertTrue(pathlib.Path(folder, "x.svg").read_text().startswith("<svg"))
            table, = json.loads(pathlib.Path(folder, "x.json").read_text())
            self.assertEqual(table["arms"], ["plain"])

    def test_what_is_no_result_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "rows.jsonl"
            for text, word in (("", "no result"), ("{}\n", "line 1"), ("[\n", "line 1")):
                file.write_text(text)
                done = self.bugbench("--report", str(file))
                self.assertEqual(done.returncode, 2)
                self.assertIn(word, done.stderr)
            self.assertEqual(self.bugbench("--report", f"{folder}/none").returncode, 2)

    def test_a_slow_unit_is_no_finding(self):
        loader = importlib.machinery.SourceFileLoader("bugbench", str(CI / "bugbench"))
        bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("bugbench", loader))
        loader.exec_module(bench)
        log = bench.HuntLog()
        for line in ("Slowest unit: 10 s:", "artifact_prefix='./'; Test unit written to x", "#50\tDONE"):
            log.feed(line)
        self.assertEqual(bench.judge(None, log, 0, 50)["verdict"], "censored")
        self.assertEqual(bench.judge(types.SimpleNamespace(rules=()), log, 77, 50)["verdict"], "other")

    def test_usage(self):
        for arguments in (["--arm", "fresh-0"], ["--arm", "best"], ["--arm", "fresh-2-models"],
                          ["--arm", "model"], ["--seeds", "0"], ["--svg", "x"],
                          ["--from-corpus"]):
            self.assertEqual(self.bugbench(*arguments).returncode, 2, arguments)
        self.assertEqual(self.bugbench("--help").returncode, 0)
        self.assertIn("arms: plain", self.bugbench("--list").stdout)
