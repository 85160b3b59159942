# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Writes what a fuzzing run found: out/report/fuzz.json and out/report/index.html.

Both are renderings of one dict; the page needs no script, no network and no other file.
"""

import html
import json

STYLE = """
:root { --ink:#1d2328; --dim:#66707a; --line:#dde2e6; --back:#fff; --box:#f5f7f8; --good:#1a7f4b;
        --bad:#b3261e; --mark:#2f6fb0 }
@media (prefers-color-scheme: dark) { :root { --ink:#e4e8eb; --dim:#96a1ab; --line:#333b42;
        --back:#15191c; --box:#1d2226; --good:#5fc992; --bad:#ff8a80; --mark:#7db4ea } }
body { font:16px/1.5 system-ui,sans-serif; color:var(--ink); background:var(--back);
       max-width:60rem; margin:2.5rem auto; padding:0 1.2rem }
h1 { font-size:1.5rem; margin:0 } h2 { font-size:1.1rem; margin:2.2rem 0 .6rem }
h3 { font-size:1rem; margin:0 } .dim { color:var(--dim) } .good { color:var(--good) }
.bad { color:var(--bad) } .verdict { font-size:1.15rem; font-weight:600; margin:.3rem 0 1.4rem }
table { border-collapse:collapse; width:100% } th { text-align:left; font-weight:500;
        color:var(--dim) } td, th { padding:.35rem .8rem .35rem 0; border-bottom:1px solid var(--line) }
td.n, th.n { text-align:right; font-variant-numeric:tabular-nums }
article { border:1px solid var(--line); border-left:4px solid var(--bad); border-radius:4px;
          padding:.9rem 1.1rem; margin:.9rem 0 }
pre { background:var(--box); padding:.7rem .9rem; overflow:auto; font-size:.85rem; margin:.6rem 0 }
svg { width:100%; height:9rem } polyline { fill:none; stroke:var(--mark); stroke-width:2;
      vector-effect:non-scaling-stroke } svg rect { fill:var(--box) }
"""


def clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def write(run, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fuzz.json").write_text(json.dumps(run, indent=2) + "\n")
    (folder / "index.html").write_text(page(run))


def page(run):
    found = run["findings"]
    word = "finding" if len(found) == 1 else "findings"
    verdict = (f'<p class="verdict bad">{len(found)} {word}</p>' if found
               else '<p class="verdict good">No findings</p>')
    target = html.escape(run["target"] or "the built-in core")
    about = (f'{run["executions"]:,} executions in {clock(run["seconds"])} on {target}, '
             f'seed {run["seed"]}, {run["jobs"]} at a time')
    if run["interrupted"]:
        about += ", interrupted"
    parts = [f'<h1>Hobnail fuzzing report</h1>{verdict}<p class="dim">{about}</p>',
             targets_table(run["targets"])]
    if found:
        parts.append("<h2>Findings</h2>" + "".join(map(finding_box, found)))
    parts.extend(coverage_picture(row) for row in run["targets"])
    return ('<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>Hobnail fuzzing report</title><style>{STYLE}</style>"
            + "\n".join(parts) + "</html>\n")


def targets_table(rows):
    head = ("Executions", "per second", "Edges", "Features", "Corpus", "New units", "Findings")
    cells = "".join(f'<th class="n">{name}</th>' for name in head)
    body = "".join(
        f'<tr><td>{html.escape(row["name"])}</td>' + "".join(
            f'<td class="n">{row[key]:,}</td>' for key in
            ("executions", "rate", "cov", "ft", "corpus", "new_units", "findings")) + "</tr>"
        for row in rows)
    return f"<table><tr><th>Target</th>{cells}</tr>{body}</table>"


def finding_box(finding):
    where = f', op {finding["op"]}' if finding["op"] is not None else ""
    times = f', seen {finding["count"]} times' if finding["count"] > 1 else ""
    text = (f'<article><h3>{html.escape(finding["rule"])}</h3>'
            f'<span class="dim">{html.escape(finding["fuzzer"])}{where}{times}</span>')
    if finding["bucket"] != finding["rule"]:
        text += f'<br><span class="dim">{html.escape(finding["bucket"])}</span>'
    if finding["evidence"]:
        text += f'<pre>{html.escape(finding["evidence"])}</pre>'
    if finding["program"]:
        text += f'<pre>{html.escape(finding["program"])}</pre>'
    return text + f'<pre>{html.escape(finding["reproduce"])}</pre></article>'


def coverage_picture(row):
    """Edges over time, as one line."""
    points = row["history"]
    title = f'<h2>{html.escape(row["name"])}: edges over time</h2>'
    if len(points) < 2 or not row["cov"]:
        return ""
    span, top = max(points[-1][0], 1), max(cov for _, cov in points)
    line = " ".join(f"{100 * t / span:.2f},{98 - 92 * cov / top:.2f}" for t, cov in points)
    return (title + '<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
            f'aria-label="from {points[0][1]} to {points[-1][1]} edges">'
            f'<rect width="100" height="100"/><polyline points="{line}"/></svg>'
            f'<p class="dim">{points[0][1]:,} edges after {clock(points[0][0])}, '
            f'{points[-1][1]:,} after {clock(points[-1][0])}</p>')
