# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A hunt on a target, or on a target and a consumer of its HOB list: the corpus, then random programs, then triage
of what failed.

Invariant: with a number of programs, not a time, two hunts on the same core have the same result.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import time

LIMIT = "3"  # seconds of an op: EDK II searches a list of a thousand HOBs for milliseconds
GROUP = 6  # files of one kind that triage gets: the earliest and the shortest


class HuntError(Exception):
    """hobnail could not run."""


class Hunt:
    def __init__(self, hobnail, under_test, folder, known, seconds, runs, core=""):
        """`under_test`: options and shared objects, as ["--target", FILE]; `core`: HOBNAIL_CORE of the built-in one."""
        self.environment = {**os.environ, "HOBNAIL_CORE": core} if core else dict(os.environ)
        self.hobnail, self.under_test, self.folder, self.known = hobnail, under_test, folder, known
        self.length = ["--runs", str(runs)] if runs else ["--seconds", str(seconds)]

    def run(self, folders=("corpus",), lists=(), wanted=lambda finding: True, ops=12):
        """The result of the hunt, ready for JSON. `lists`: HOB lists, `wanted`: the findings that it is about."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "found").mkdir(parents=True)
        begin = time.time()
        corpus = self.call("replay", *folders, "--isolate", "--timeout", LIMIT, "--quiet")
        middle = time.time()
        found = self.call("check", *self.length, "--isolate", "--timeout", LIMIT, "--findings", "100000", "--ops", ops,
                          "--out", self.folder / "found", "--quiet")
        replayed = corpus["executions"]
        order = [str(path) for folder in folders for path in sorted(pathlib.Path(folder).rglob("*.boot"))]
        firsts = {}
        for finding in corpus["findings"]:
            number = order.index(finding["file"]) + 1
            firsts[finding["file"]] = (number, (middle - begin) * number / len(order))
        for finding in found["findings"]:
            match = re.search(r"-(\d+)\.boot$", finding["file"])
            written = pathlib.Path(finding["file"]).stat().st_mtime
            firsts[finding["file"]] = (replayed + int(match[1]) + 1, written - begin)
        boots = replayed + found["executions"]
        lists = [*lists, *self.random_list()] if lists else []
        firsts.update((path, (boots + number, time.time() - begin)) for number, path in enumerate(lists, 1))
        files = chosen(filter(wanted, [*corpus["findings"], *found["findings"]]), firsts)
        report = self.triage([*files, *lists])
        return {"executions": boots + len(lists), "seconds": time.time() - begin,
                "findings": [self.finding(record, firsts) for record in filter(wanted, report)]}

    def random_list(self):
        """The first of random lists on which the consumer fails: a crash ends `check --lists`."""
        command = [self.hobnail, "check", "--lists", *self.length, "--timeout", LIMIT, *self.under_test, "--quiet",
                   "--out", self.folder / "found"]
        run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             stdin=subprocess.DEVNULL, env=self.environment)
        found = re.search(r"(?ms)^hobs v1$.*?(?=^--- end)", run.stdout.decode(errors="replace"))
        if not found:
            return []
        path = self.folder / "found" / "random.hobs"
        path.write_text(found[0])
        return [str(path)]

    def triage(self, files):
        if not files:
            return []
        known = ["--known", self.known] if self.known.is_file() else []
        report = self.call("triage", *files, *known, "--timeout", LIMIT, "--out", self.folder / "report", "--quiet")
        return [record for record in report["findings"] if record["kind"] != "skipped"]

    def accept(self):
        """Adds the new ones of the last hunt to the known issues."""
        minimal = sorted(str(path) for path in (self.folder / "report").rglob("*") if path.suffix in (".boot", ".hobs"))
        if minimal:
            self.call("triage", *minimal, "--known", self.known, "--accept", "--timeout", LIMIT, "--quiet")

    @staticmethod
    def finding(record, firsts):
        times = [firsts[file["path"]] for file in record["files"] if file["path"] in firsts]
        execution, seconds = min(times, default=(0, 0.0))
        keys = ("fingerprint", "bucket", "rule", "title", "clause", "evidence", "program", "ops_after", "count",
                "known_state")
        return {**{key: record[key] for key in keys}, "first_execution": execution, "first_seconds": round(seconds, 1)}

    def call(self, verb, *arguments):
        """The JSON of `hobnail VERB`."""
        out = self.folder / f"{verb}.json"
        command = [self.hobnail, verb, *arguments, *self.under_test, "--json", out]
        with open(self.folder / f"{verb}.log", "w", encoding="utf-8") as log:
            code = subprocess.run([str(word) for word in command], stdout=log, stderr=log,
                                  stdin=subprocess.DEVNULL, env=self.environment).returncode
        if code not in (0, 1) or not out.is_file():
            log = (self.folder / f"{verb}.log").read_text(errors="replace").strip().splitlines() or ["no output"]
            raise HuntError(f"hobnail {verb} on {self.folder.name}: exit code {code}: {log[-1]}")
        return json.loads(out.read_text())


def chosen(findings, firsts, group=GROUP):
    """Files for triage, `group` of each kind (rule, op, evidence without numbers): the earliest and the shortest."""
    kinds = {}
    for finding in findings:
        evidence = re.sub(r"0x[0-9a-f]+|\d+", "N", finding["evidence"])
        kinds.setdefault((finding["bucket"], evidence), []).append(finding)
    files = []
    for kind in kinds.values():
        kind.sort(key=lambda finding: firsts[finding["file"]])
        rest = sorted(kind[1:], key=lambda finding: finding["program"].count("\n"))
        files += [finding["file"] for finding in [kind[0], *rest[:group - 1]]]
    return files
