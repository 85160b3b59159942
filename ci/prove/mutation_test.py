# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The mutants of a small source, and the figures of rows.  Run by ci/self_test.py."""

import pathlib
import tempfile
import unittest

import mutation_report as report
import mutation_sites as sites
from mutant_kit import CannotRun

SOURCE = """using Word = unsigned long;
#define CHECK(x) ((x) ? (void)0 : stop())
void stop();
constexpr Word kPage = 4096;
Word up(Word value, Word to);
bool is_small(Word a, Word b) {
  CHECK(a != 7);
  if (a == 0 || // none
      b > 1) return false;
  while (a < b) {
    ++a;
    stop();
  }
  return a + 2 >= up(b, kPage);
}
"""


def change_of(mutant):
    old = " ".join(mutant.old.split())
    return f"`{old}` -> `{mutant.new}`" if mutant.new else f"`{old}` deleted"


class Sites(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "core/small.cpp"
            source.parent.mkdir()
            source.write_text(SOURCE)
            cls.mutants = sites.mutants_of(folder, source, ["-std=c++20"])
            cls.elsewhere = sites.mutants_of(folder + "/core", source, ["-std=c++20"])

    def changes(self, line):
        return {change_of(mutant) for mutant in self.mutants if mutant.line == line}

    def test_the_title_marks_the_place(self):
        titles = {mutant.title() for mutant in self.mutants}
        self.assertIn("while (a «<» b) { -> <=", titles)
        self.assertIn("«stop()»; -> nothing", titles)

    def test_each_operator_of_a_condition(self):
        self.assertLessEqual({"`||` -> `&&`", "`==` -> `!=`", "`0` -> `1`",
                              "`a == 0 || // none b > 1` -> `a == 0`",
                              "`a == 0 || // none b > 1` -> `b > 1`"}, self.changes(8))
        self.assertEqual({"`>` -> `>=`", "`>` -> `<=`", "`1` -> `0`", "`1` -> `2`", "`false` -> `true`"},
                         self.changes(9))

    def test_statements_and_calls_are_deleted(self):
        self.assertIn("`++a` deleted", self.changes(11))
        self.assertIn("`++a` -> `--a`", self.changes(11))
        self.assertEqual({"`stop()` deleted"}, self.changes(12))

    def test_returned_values_arguments_and_constants(self):
        found = self.changes(14)
        for change in ("`a + 2 >= up(b, kPage)` -> `!(a + 2 >= up(b, kPage))`", "`up(b, kPage)` -> `b`",
                       "`b, kPage` -> `kPage, b`", "`kPage` -> `(kPage + 1)`", "`kPage` -> `(kPage - 1)`",
                       "`+` -> `-`", "`>=` -> `>`", "`>=` -> `<`", "`2` -> `1`", "`2` -> `3`"):
            self.assertIn(change, found)
        self.assertEqual(self.changes(4), {"`4096` -> `4095`", "`4096` -> `4097`"})

    def test_what_a_macro_expands_to_stays(self):
        self.assertEqual(self.changes(7), set())

    def test_lines_stay_where_they_are(self):
        for mutant in self.mutants:
            changed = mutant.applied(SOURCE.encode())
            self.assertEqual(changed.count(b"\n"), SOURCE.count("\n"), mutant)
            self.assertNotEqual(changed, SOURCE.encode())

    def test_only_the_core_is_mutated(self):
        self.assertEqual(self.elsewhere, [])

    def test_a_mutant_is_there_once(self):
        names = [mutant.name() for mutant in self.mutants]
        self.assertEqual(len(names), len(set(names)))


def row(verdict="measured", inside=None, outside=None, change="`1` -> `2`"):
    return {"mutant": f"{inside}{outside}{change}", "file": "core/a.cpp", "line": 3, "function": "f",
            "operator": "constant", "change": change, "verdict": verdict, "inside": inside,
            "outside": outside}


class Report(unittest.TestCase):
    ROWS = [row("stillborn"), row("equivalent"), row(), row(change="`2` -> `3`"),
            row(inside=["unit", "core_test", "A.b"]),
            row(inside=["suites", "pages_props", "1"], outside=["corpus", "replay", "HOB-CHAIN"]),
            row(outside=["hunters", "check bins", "BINS"])]
    REASONS = {("core/a.cpp", "`2` -> `3`"): "nobody reads it"}

    def test_the_figures(self):
        figures = report.summary(self.ROWS, self.REASONS)
        self.assertEqual([figures[key] for key in ("mutants", "stillborn", "equivalent", "explained",
                                                   "counted", "killed", "killed_outside")],
                         [7, 1, 1, 1, 4, 3, 2])
        self.assertEqual(figures["first"], {"survived": 1, "unit": 1, "suites": 1, "hunters": 1})
        self.assertEqual(figures["alone"], {"corpus": 1, "hunters": 1})

    def test_an_explained_mutant_that_is_killed_counts(self):
        killed = [row(inside=["unit", "core_test", "A.b"], change="`2` -> `3`")]
        self.assertEqual(report.summary(killed, self.REASONS)["counted"], 1)

    def test_the_text_names_survivors(self):
        text = report.text_of(self.ROWS, self.REASONS)
        for part in ("score", "75.0 %", "50.0 %", "survivors of all tiers: 2", "equivalent: nobody reads it",
                     "killed by tests of the core only: 1", "killed by core_test"):
            self.assertIn(part, text)

    def test_equivalents_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "e.txt"
            self.assertEqual(report.load_equivalents(path), {})
            path.write_text("# comment\n\ncore/a.cpp | if («a || b») -> a | never b\n")
            self.assertEqual(report.load_equivalents(path),
                             {("core/a.cpp", "if («a || b») -> a"): "never b"})
            path.write_text("core/a.cpp | x | y\n")
            self.assertRaises(CannotRun, report.load_equivalents, path)

    def test_an_interrupted_file_keeps_its_whole_rows(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "rows.jsonl"
            path.write_text('{"mutant": "a"}\n{"mutant": "b"}\n{"mut')
            self.assertEqual([each["mutant"] for each in report.load_rows(path)], ["a", "b"])
