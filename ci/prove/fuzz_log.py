# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Reads what a libFuzzer process of clang 14 says on stderr.

A RunLog is fed lines and keeps the figures of the newest status line. When the process dies it has
the finding: from our banner, which names the rule, else from the report of a sanitizer or of
libFuzzer itself.

  ASSERTION FAILED: FuzzerHash=<RULE-ID>
  evidence, any number of lines
  --- program
  the .boot text
  --- end
"""

import dataclasses
import re

BANNER = re.compile(r"^ASSERTION FAILED: FuzzerHash=(\S+)")
STATUS = re.compile(r"^#(\d+)\s+(INITED|READ|NEW|REDUCE|RELOAD|pulse|DONE)\b(.*)")
STAT = re.compile(r"^stat::(\w+):\s+(\d+)")
ARTIFACT = re.compile(r"Test unit written to (.+?)\s*$")
FRAME = re.compile(r"^\s*#\d+ 0x[0-9a-f]+ in (.+?) (/\S+)\s*$")
SUMMARY = re.compile(r"^SUMMARY: \w+Sanitizer: \S+(?: .*?([^/\s]+:\d+):\d+)?")
OP = re.compile(r"\bop (\d+)\b", re.IGNORECASE)

# Frames that say where a fault was noticed, not whose it is.
NOT_OURS = re.compile(r"compiler-rt|/sysdeps/|/libfuzzer/|/nptl/|/csu/|/stdlib/|/usr/include/c\+\+")
# Frames of whoever called the target: nothing to learn from them.
BELOW_TARGET = re.compile(r"^\s*#\d+ .* in (fuzzer::|main |_start |__libc_start)")

REPORTS = (
    (re.compile(r"ERROR: AddressSanitizer: ([\w-]+)"), "ASAN-{}"),
    (re.compile(r"ERROR: LeakSanitizer"), "LEAK"),
    (re.compile(r"ERROR: libFuzzer: timeout"), "TIMEOUT"),
    (re.compile(r"ERROR: libFuzzer: out-of-memory"), "OUT-OF-MEMORY"),
    (re.compile(r"ERROR: libFuzzer: fuzz target overwrites its const input"), "INPUT-OVERWRITTEN"),
    (re.compile(r"ERROR: libFuzzer: fuzz target exited"), "TARGET-EXITED"),
    (re.compile(r"ERROR: libFuzzer: deadly signal"), "SIGNAL"),
    (re.compile(r": runtime error: ([a-z][a-z -]*[a-z])"), "UBSAN-{}"),
)


@dataclasses.dataclass
class Finding:
    rule: str
    bucket: str
    op: int | None = None
    evidence: str = ""
    program: str = ""  # .boot text; empty when the target died before it could print it
    artifact: str = ""  # where libFuzzer wrote the bytes

    @property
    def from_oracle(self):
        return self.bucket == self.rule


class RunLog:
    """The state of one process, line by line."""

    def __init__(self):
        self.executions = 0
        self.cov = self.ft = self.corpus = self.rate = 0
        self.stats = {}
        self.artifact = ""
        self.started = False  # libFuzzer has read the seeds
        self.tail = []  # the last lines, for a process that could not start
        self._rule = None
        self._part = None  # of the banner: "evidence", "program", or None outside
        self._evidence, self._program = [], []
        self._report = None
        self._report_lines = []
        self._frame = None
        self._over = False  # the report is: what follows is libFuzzer's

    def feed(self, line):
        line = line.rstrip("\r\n")
        self.tail = (self.tail + [line])[-12:]
        if self._part and self._feed_banner(line):
            return
        if match := BANNER.match(line):
            # The first banner counts: a second one would be its consequence.
            if self._rule is None:
                self._rule, self._part = match[1], "evidence"
        elif match := STATUS.match(line):
            self._feed_status(int(match[1]), match[3])
        elif match := STAT.match(line):
            self.stats[match[1]] = int(match[2])
        elif match := ARTIFACT.search(line):
            self.artifact = match[1]
        else:
            self._feed_report(line)

    def _feed_banner(self, line):
        """True when the line belongs to the banner."""
        if line == "--- end":
            self._part = None
        elif self._part == "program":
            self._program.append(line)
        elif line == "--- program":
            self._part = "program"
        elif re.match(r"^==\d+==|^stat::|^MS: |^artifact_prefix=", line):
            self._part = None  # the banner was cut short
            return False
        else:
            self._evidence.append(line)
        return True

    def _feed_status(self, executions, rest):
        self.started = True
        self.executions = max(self.executions, executions)
        for name, key in (("cov", "cov: "), ("ft", "ft: "), ("corpus", "corp: "), ("rate", "exec/s: ")):
            if match := re.search(re.escape(key) + r"(\d+)", rest):
                setattr(self, name, int(match[1]))

    def _feed_report(self, line):
        for pattern, name in REPORTS:
            if match := pattern.search(line):
                if self._report in (None, "SIGNAL"):
                    detail = match[1].strip().upper().replace(" ", "-") if match.groups() else ""
                    self._report = name.format(detail)
                    self._report_lines = []
                break
        if self._report and (match := SUMMARY.match(line)):
            self._frame = self._frame or match[1]
            self._over = True
        if self._report and not self._over and len(self._report_lines) < 12:
            if line.strip() and not BELOW_TARGET.search(line):
                self._report_lines.append(line)
        if self._report and self._frame is None and (match := FRAME.match(line)):
            ours = not NOT_OURS.search(match[2]) and not match[1].startswith(("__", "fuzzer::"))
            if ours:
                self._frame = re.sub(r"\(.*", "", match[1])

    def total_executions(self):
        return max(self.executions, self.stats.get("number_of_executed_units", 0))

    def finding(self):
        """What this process died of, or None."""
        if self._rule:
            evidence = "\n".join(self._evidence).strip()
            op = OP.search(evidence)
            program = "".join(line + "\n" for line in self._program)
            return Finding(self._rule, self._rule, int(op[1]) if op else None, evidence, program,
                           self.artifact)
        if self._report:
            bucket = f"{self._report}:{self._frame or 'unknown'}"
            return Finding(self._report, bucket, None, "\n".join(self._report_lines), "", self.artifact)
        if self.artifact:
            return Finding("CRASH", "CRASH:unknown", None, "", "", self.artifact)
        return None
