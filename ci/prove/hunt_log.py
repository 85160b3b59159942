# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Reads two facts from the stderr of a libFuzzer process: the rule it violated and its executions.

The rule comes from Hobnail's banner, `ASSERTION FAILED: FuzzerHash=<RULE-ID>`. A process that dies
without a banner has the first SUMMARY line instead, which no rule id equals. Every other detail of a
crash report belongs to `hobnail triage`.
"""

import re

BANNER = re.compile(r"^ASSERTION FAILED: FuzzerHash=(\S+)")
SUMMARY = re.compile(r"^SUMMARY: (\w+: [\w-]+(?: signal)?)")
ARTIFACT = re.compile(r"Test unit written to ")
STATUS = re.compile(r"^#(\d+)\s+(?:INITED|READ|NEW|REDUCE|RELOAD|pulse|DONE)\b")
STAT = re.compile(r"^stat::(\w+):\s+(\d+)")
TAIL_LINES = 12


class HuntLog:
    """One process, line by line."""

    def __init__(self):
        self.stats = {}  # of -print_final_stats
        self.tail = []  # the last lines, for a process that could not start
        self._status = 0
        self._banner = self._summary = None

    def feed(self, line):
        line = line.rstrip("\r\n")
        self.tail = [*self.tail, line][-TAIL_LINES:]
        if match := BANNER.match(line):
            self._banner = self._banner or match[1]  # a second banner is a consequence
        elif match := SUMMARY.match(line):
            self._summary = self._summary or match[1]
        elif ARTIFACT.search(line):
            self._summary = self._summary or "crash"
        elif match := STATUS.match(line):
            self._status = max(self._status, int(match[1]))
        elif match := STAT.match(line):
            self.stats[match[1]] = int(match[2])

    @property
    def rule(self):
        """The violated rule, else the summary of the report, else None."""
        return self._banner or self._summary

    @property
    def executions(self):
        return max(self._status, self.stats.get("number_of_executed_units", 0))
