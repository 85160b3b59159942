# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The rows of a mutation measurement, and what they amount to.

A row is a mutant with a verdict: stillborn (does not compile), equivalent (the same object code), or
measured, with the first kill of each ladder or none. A survivor that is listed as equivalent by a person
(mutation_equivalent.txt) is counted as such.
"""

import collections
import json
import re

from mutant_kit import CannotRun

TIERS = ("unit", "suites", "corpus", "hunters", "fuzz", "strict")


def load_rows(path):
    """Rows of JSON lines; a half line at the end is one that was interrupted."""
    rows = []
    if path.is_file():
        for line in path.read_text().splitlines():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError:
                break
    return rows


def merged(paths):
    """One row of each mutant: later files add to and replace what earlier ones have."""
    rows = {}
    for path in paths:
        for row in load_rows(path):
            rows.setdefault(row["mutant"], {}).update(row)
    return list(rows.values())


def load_equivalents(path):
    """(file, change) -> reason, of lines `file | change | reason`; a change is as the report has it."""
    reasons = {}
    for number, line in enumerate(path.read_text().splitlines() if path.is_file() else [], 1):
        if line.strip() and not line.startswith("#"):
            match = re.fullmatch(r"(\S+) \| (.+ -> .+) \| (.+)", line.strip())
            if not match:
                raise CannotRun(f"{path.name}:{number}: expected `file | change | reason`")
            reasons[match.group(1), match.group(2)] = match.group(3)
    return reasons


def row_of(mutant, verdict, **more):
    return {"mutant": mutant.name(), "file": mutant.file, "line": mutant.line, "function": mutant.function,
            "operator": mutant.operator, "change": mutant.title(), "verdict": verdict, **more}


def reason_of(row, reasons):
    return reasons.get((row["file"], row["change"]))


def is_killed(row, ladders):
    return any(row.get(ladder) for ladder in ladders)


def summary(rows, reasons):
    """The figures of the rows."""
    verdicts = collections.Counter(row["verdict"] for row in rows)
    measured = [row for row in rows if row["verdict"] == "measured"]
    explained = [row for row in measured
                 if reason_of(row, reasons) and not is_killed(row, ("inside", "outside"))]
    counted = [row for row in measured if row not in explained]
    first = collections.Counter()
    for row in counted:
        kills = [row[ladder][0] for ladder in ("inside", "outside") if row.get(ladder)]
        first[min(kills, key=TIERS.index) if kills else "survived"] += 1
    alone = collections.Counter(row["outside"][0] for row in counted if row.get("outside"))
    return {"mutants": len(rows), "stillborn": verdicts["stillborn"], "equivalent": verdicts["equivalent"],
            "explained": len(explained), "counted": len(counted), "first": dict(first), "alone": dict(alone),
            "killed": sum(is_killed(row, ("inside", "outside")) for row in counted),
            "killed_outside": sum(is_killed(row, ("outside",)) for row in counted)}


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def text_of(rows, reasons):
    figures = summary(rows, reasons)
    counted = figures["counted"]
    lines = [f"{figures['mutants']} mutants: {figures['stillborn']} do not compile, "
             f"{figures['equivalent']} have the same object code, {figures['explained']} are explained as "
             f"equivalent, {counted} count", "",
             f"{'tier':<10} {'first kill':>10} {'corpus and hunters alone':>26}"]
    for tier in TIERS:
        lines.append(f"{tier:<10} {figures['first'].get(tier, 0):>10} {figures['alone'].get(tier, 0):>26}")
    lines.append(f"{'killed':<10} {figures['killed']:>10} {figures['killed_outside']:>26}")
    lines.append(f"{'score':<10} {share(figures['killed'], counted):>10} "
                 f"{share(figures['killed_outside'], counted):>26}")
    lines += survivors_text("survivors of all tiers", rows, reasons, ("inside", "outside"))
    lines += survivors_text("killed by tests of the core only", rows, reasons, ("outside",))
    return "\n".join(lines)


def shortened(change, most=170):
    """A change without the middle of what it replaces."""
    return change if len(change) <= most else f"{change[:most // 2]} ... {change[-most // 2:]}"


def survivors_text(title, rows, reasons, ladders):
    """The mutants that no ladder of these has killed, and, with both, their reasons."""
    found = [row for row in rows if row["verdict"] == "measured" and not is_killed(row, ladders)]
    if ladders == ("outside",):
        found = [row for row in found if row.get("inside")]
    lines = []
    for row in sorted(found, key=lambda row: (row["file"], row["line"])):
        reason = reason_of(row, reasons)
        lines.append(f"  {row['file']}:{row['line']} ({row['operator']}) {shortened(row['change'])}"
                     + (f"\n      equivalent: {reason}" if reason else "")
                     + (f"\n      killed by {row['inside'][1]}" if row.get("inside") else ""))
    return ["", f"{title}: {len(found)}", *lines] if found else []
