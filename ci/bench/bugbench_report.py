# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Renders what ci/bench/bugbench measured: a table per setting as Markdown, its curves as SVG.

A row is a run: {"bug", "arm", "seed", "start", "cap", "max_len", "len_control", "entropic",
"executions", "ops", "rule", "verdict", "build"}. The verdict `censored` is a run that has made its
executions, `other` one that another rule, or a signal, has stopped: both are censored where they
ended, never left out.
"""

import itertools
import json

import bugbench_statistics as statistics

SETTING = ("start", "cap", "max_len", "len_control", "entropic")
KEY = (*SETTING, "bug", "arm", "seed", "build")
FIELDS = (*KEY, "executions", "ops", "rule", "verdict")
ALPHA = 0.05


class NoResult(Exception):
    """Results that cannot be read."""


def read_rows(paths):
    """The runs of all files. One that was measured twice counts once: it is the same run."""
    rows = {}
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise NoResult(f"{path}: {error.strerror}") from error
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                row = {key: row[key] for key in FIELDS}
                rows.setdefault(tuple(row[key] for key in KEY), row)
            except (ValueError, KeyError, TypeError) as error:
                raise NoResult(f"{path}: line {number} is no result of ci/bench/bugbench") from error
    return list(rows.values())


def in_order(rows, key):
    return list(dict.fromkeys(row[key] for row in rows))


def times_of(rows):
    return [(row["executions"], row["verdict"] == "found") for row in rows]


def analyse_cell(rows, cap):
    """One arm on one bug."""
    times = times_of(rows)
    found = sum(f for _, f in times)
    counted = [row for row in rows if row["ops"] is not None]
    ops, executions = sum(r["ops"] for r in counted), sum(r["executions"] for r in counted)
    return {"runs": len(rows), "found": found, "other": sum(r["verdict"] == "other" for r in rows),
            "median": statistics.median(times), "rmst": statistics.restricted_mean(times, cap),
            "ops_an_execution": ops / executions if executions else None,
            # Exposure by events; with no event, what it takes at least.
            "ops_a_finding": ops / max(found, 1) if counted else None,
            "curve": [(time, round(share, 4)) for time, share in statistics.survival(times)]}


def compare_pair(table, one, other, count):
    """On how many bugs `one` is quicker, and slower, beyond chance: Mann-Whitney with Bonferroni."""
    pair = {"one": one, "other": other, "quicker": 0, "slower": 0, "a12": {}}
    for bug, cells in table["ranks"].items():
        if one not in cells or other not in cells:
            continue
        a12 = statistics.a12(cells[one], cells[other])
        p = statistics.mann_whitney(cells[one], cells[other])
        significant = p * count < ALPHA
        pair["quicker"] += significant and a12 > 0.5
        pair["slower"] += significant and a12 < 0.5
        pair["a12"][bug] = {"a12": round(a12, 3), "p": p, "significant": significant}
    values = [v["a12"] for v in pair["a12"].values()]
    pair["a12_mean"] = round(sum(values) / len(values), 3) if values else None
    return pair


def summarise_arm(table, arm):
    cells = [c[arm] for c in table["cells"].values() if arm in c]
    work = [c["ops_a_finding"] for c in cells if c["ops_a_finding"]]
    return {"found": sum(c["found"] for c in cells), "runs": sum(c["runs"] for c in cells),
            "other": sum(c["other"] for c in cells),
            "rmst": statistics.geometric_mean(c["rmst"] for c in cells),
            "ops_a_finding": statistics.geometric_mean(work) if work else None,
            "never_found": sum(c["found"] == 0 for c in cells)}


def analyse_setting(setting, rows):
    table = {"setting": dict(zip(SETTING, setting)), "build": sorted(set(in_order(rows, "build"))),
             "bugs": in_order(rows, "bug"), "arms": in_order(rows, "arm"), "cells": {}, "ranks": {}}
    for bug, arm in itertools.product(table["bugs"], table["arms"]):
        mine = [row for row in rows if (row["bug"], row["arm"]) == (bug, arm)]
        if mine:
            cap = table["setting"]["cap"]
            table["cells"].setdefault(bug, {})[arm] = analyse_cell(mine, cap)
            table["ranks"].setdefault(bug, {})[arm] = statistics.ranked(times_of(mine), cap)
    table["summary"] = {arm: summarise_arm(table, arm) for arm in table["arms"]}
    pairs = list(itertools.combinations(table["arms"], 2))
    tests = sum(one in cells and other in cells
                for one, other in pairs for cells in table["ranks"].values())
    table["comparisons"] = tests
    table["pairs"] = [compare_pair(table, one, other, tests) for one, other in pairs]
    del table["ranks"]
    return table


def analyse(rows):
    """A table per setting, in the order of the rows."""
    settings = dict.fromkeys(tuple(row[k] for k in SETTING) for row in rows)
    return [analyse_setting(s, [r for r in rows if tuple(r[k] for k in SETTING) == s])
            for s in settings]


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def cell_text(cell, cap):
    if cell is None:
        return ""
    middle = number(cell["median"]) if cell["median"] is not None else f"> {number(cap)}"
    return f"{cell['found']}/{cell['runs']} · {middle} · {number(cell['rmst'])}"


def line(*words):
    return "| " + " | ".join(words) + " |\n"


def markdown_setting(table):
    setting, arms, cap = table["setting"], table["arms"], table["setting"]["cap"]
    start = "an empty corpus" if setting["start"] == "nothing" else "the committed corpus"
    text = (f"### From {start}, cap {number(cap)} executions, max_len {setting['max_len']}, "
            f"len_control {setting['len_control']}, entropic {setting['entropic']}\n\n"
            "Found of all runs · Kaplan-Meier median · RMST up to the cap, in executions.\n\n")
    text += line("bug", *arms) + line("---", *["---:"] * len(arms))
    for bug in table["bugs"]:
        text += line(bug, *(cell_text(table["cells"][bug].get(arm), cap) for arm in arms))
    rows = (("**found**", lambda s: f"**{s['found']}/{s['runs']}**"),
            ("bugs never found", lambda s: str(s["never_found"])),
            ("stopped by another rule", lambda s: str(s["other"])),
            ("**RMST, geometric mean**", lambda s: f"**{number(s['rmst'])}**"),
            ("ops a finding, geometric mean", lambda s: number(s["ops_a_finding"])))
    for title, show in rows:
        text += line(title, *(show(table["summary"][arm]) for arm in arms))
    return text + markdown_pairs(table) + "\n"


def markdown_pairs(table):
    if not table["pairs"]:
        return ""
    text = ("\nPairs: on how many bugs the first is quicker, and slower, beyond chance (Mann-Whitney, "
            f"p < {ALPHA} after Bonferroni over {table['comparisons']} comparisons), and the mean of "
            "A12 over the bugs (1: always quicker, 0.5: even).\n\n")
    text += line("pair", "quicker", "slower", "mean A12") + line("---", "---:", "---:", "---:")
    for pair in table["pairs"]:
        text += line(f"{pair['one']} against {pair['other']}", str(pair["quicker"]),
                     str(pair["slower"]), f"{pair['a12_mean']:.2f}" if pair["a12"] else "-")
    return text


def markdown(tables):
    return "\n".join(markdown_setting(table) for table in tables)
