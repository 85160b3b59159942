#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What programs may say beside their ops: repeated groups, and the contract.

  program_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names
"""

import json
import sys

sys.dont_write_bytecode = True
from command_case import CommandCase, main  # noqa: E402

SEED = 2  # of hobnail check: one of its first programs has enough allocations
# The first of the two calls is outside the contract.
HOSTILE = "boot v1\nboard heap-low\nGetHobList -> null\nGetHobList\n"


class ProgramTest(CommandCase):
    def boot(self, text):
        path = self.folder / "input.boot"
        path.write_text(text)
        return path

    def ops_run(self, path, *arguments):
        self.hobnail("replay", path, "--json", self.json, *arguments, code=0)
        return json.loads(self.json.read_text())["ops"]

    def check(self, *arguments):
        """The file of the first finding."""
        folder = self.folder / "found"
        self.hobnail("check", "--runs", 3000, "--seed", SEED, "--out", folder, *arguments, code=1)
        [found] = folder.iterdir()
        return found

    def minimized(self, path, *arguments):
        self.hobnail("minimize", path, "--out", self.out, *arguments, code=1)
        return [line for line in self.out.read_text().splitlines() if not line.startswith("#")]

    def assert_wraps(self, lines):
        """A short program of about 256 allocations."""
        self.assertLess(len(lines), 16, lines)
        rounds = [int(line.split()[1]) for line in lines if line.startswith("repeat ")]
        self.assertTrue(100 <= sum(rounds) <= 256, lines)

    def test_a_counter_of_a_byte_is_found_and_its_program_is_short(self):
        wrapping = self.LIB / "bad" / "bad_wrapping.so"
        found = self.check("--target", wrapping)
        self.assert_wraps(self.minimized(found, "--target", wrapping))

    def test_the_count_is_shortened_first(self):
        long = self.boot("boot v1\nboard roomy\nGetBootMode\nrepeat 900 {\n  b0 = AllocatePool 24\n"
                         "  p0 = AllocatePages RuntimeServicesData 3\n  FreePages p0 whole\n}\n"
                         "GetBootMode\nHandOff\n")
        lines = self.minimized(long, "--target", self.LIB / "bad" / "bad_wrapping.so", "--runs", 150)
        self.assert_wraps(lines)

    def test_a_program_without_a_finding_has_a_report_without_findings(self):
        clean = self.boot("boot v1\nboard heap-low\nAllocatePages BootServicesData 1\n")
        self.hobnail("minimize", clean, "--json", self.json, code=0)
        report = json.loads(self.json.read_text())
        self.assertEqual((report["files"], report["findings"]), (1, []))

    def test_bytes_of_a_group_are_few(self):
        text = self.boot("boot v1\nboard roomy\nrepeat 5000 {\n  b0 = AllocatePool 8\n}\n")
        self.hobnail("corpus", "encode", text, "--out", self.out, code=0)
        [encoded] = self.out.iterdir()
        self.assertLess(encoded.stat().st_size, 16)
        self.assertEqual(self.ops_run(text), 5000)
        self.assertEqual(self.ops_run(encoded), 5000)
        few = self.boot("boot v1\nboard roomy\nrepeat 300 {\n  b0 = AllocatePool 8\n}\n")
        self.hobnail("show", few, "--html", self.folder / "page.html", code=0)

    def test_a_program_of_the_contract_replays_so(self):
        def left_out(*arguments):
            return self.hobnail("replay", "--trace", *arguments, code=0).stdout.count("not called: outside the contract")

        self.assertEqual(left_out(self.boot(HOSTILE)), 0)
        contract = self.boot(HOSTILE.replace("heap-low\n", "heap-low\ncontract\n"))
        self.assertEqual(left_out(contract), 1)
        self.assertEqual(left_out(contract, "--hostile"), 0)
        self.hobnail("corpus", "encode", contract, "--out", self.out, code=0)
        [encoded] = self.out.iterdir()
        self.assertEqual(left_out(encoded), 1)

    def test_findings_of_contract_mode_say_so(self):
        wrapping = self.LIB / "bad" / "bad_wrapping.so"
        text = HOSTILE.replace("GetHobList\n", "repeat 256 {\n  p0 = AllocatePages 4 1\n  FreePages p0 1\n}\n")
        found = self.boot(text.replace("heap-low", "roomy"))
        self.assertNotIn("contract", self.minimized(found, "--target", wrapping))
        self.assertIn("contract", self.minimized(found, "--target", wrapping, "--contract"))
        self.hobnail("triage", found, "--target", wrapping, "--contract", "--out", self.folder / "triage", code=1)
        boots = list((self.folder / "triage").rglob("*.boot"))
        self.assertTrue(boots)
        for boot in boots:
            self.assertIn("\ncontract\n", boot.read_text())
        self.assertIn("\ncontract\n", self.check("--target", wrapping, "--contract").read_text())


if __name__ == "__main__":
    main()
