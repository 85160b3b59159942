# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Renders what ci/bench/measurements measured: docs/measurements.md and its pictures.

Executions are counts, costs are ratios: nothing depends on the machine or on its load. Rows of bugs and
of EDK II's defects are those of ci/bench/bugbench; a row of costs is
{"core": core|edk2, "situation", "hobs", "instructions", "version"}.
"""

import html
import math

import bugbench_curves
import bugbench_report

HEAD = """# Measurements

<!-- Written by: ci/bench/measurements -->

`ci/bench/measurements` measures and writes this page; `--quick` takes a fraction of the time, `--resume`
continues. Executions are counted and costs are ratios of instructions, so that neither depends on the
machine. A run that reaches its cap is censored, not dropped: median and mean are Kaplan-Meier's.
"""
BUGS = """
## Executions to find planted bugs

From an empty corpus, with the mutator of the fuzz targets (`fresh-2`, [mutator.md](mutator.md)), without
sanitizers. RMST is the mean number of executions up to the cap. A run that another rule, or a crash
without a sanitizer, ended is censored there.

### {title}
"""
DEEP = """
A bug whose program must repeat an op some hundred times is marked with *.

"""
HUNTS = """
### The deep bugs in {limit} s of one core

`ci/prove/deep-bugs`: executions up to the first finding, and the ops of its minimal program. *nothing*: `hobnail
check` with random programs; *corpus*: the corpus, then services_fuzz from it. Without sanitizers, one run each.

"""
EDK2 = """
## Programs to find EDK II's defects

`hobnail check` with random programs from nothing on EDK II's PEI core ({version}, without sanitizers). Each
finding is minimized and sorted into the defects of [edk2.md](edk2.md); the number of the first program whose
finding belongs to a defect counts. Variants that cannot show a defect have no figure.

"""
COST = """
## Cost of a service as the HOB list grows

Instructions of one call, counted by callgrind (the same in every run), on the same list and with the same
call for both cores (`cost`, [properties/tools](../properties/tools)), both compiled by gcc with optimization.
*growth* is the cost at N HOBs relative to the cost of the same core at {least}. *EDK II : Hobnail* is the
ratio of the two at N HOBs: below 1 EDK II needs fewer instructions.

"""
COLOURS = {"core": "#1b6ca8", "edk2": "#c8553d"}
NAMES = {"core": "Hobnail", "edk2": "EDK II"}
ACROSS, WIDTH, HEIGHT, GAP, TOP = 3, 250, 110, 44, 40
line = bugbench_report.line


def pages(bugs, defects, costs, hunts=(), repeat=()):
    """File name -> content. `hunts`: rows of ci/prove/deep-bugs. `repeat`: names of bugs that need long
    repetitions."""
    text, files = HEAD, {}
    deep = [row for row in bugs if row["bug"].startswith("deep/")]
    shallow = [row for row in bugs if not row["bug"].startswith("deep/")]
    for rows, name, title in ((shallow, "bugs", "The fourteen bugs of ci/bench/bugbench"),
                              (deep, "deep", "Deep bugs: behind counters, in long lists, in rare orders")):
        if rows:
            marked = [{**row, "bug": row["bug"] + "*" * (row["bug"] in repeat)} for row in rows]
            text += BUGS.format(title=title) if name == "bugs" or not shallow else f"\n### {title}\n"
            text += (DEEP if name == "deep" else "\n") + curves(marked, name, files)
    if hunts:
        text += hunt_table(hunts)
    if defects:
        version = ", ".join(sorted({row["build"] for row in defects if row["build"]}))
        text += EDK2.format(version=version) + curves(defects, "edk2", files)
    if costs:
        text += COST.format(least=min(row["hobs"] for row in costs)) + cost_table(costs)
        text += steep_text(costs) + "\n![growth of the costs](measurements-cost.svg)\n"
        files["measurements-cost.svg"] = cost_picture(costs)
    return {"measurements.md": text, **files}


def curves(rows, name, files):
    """The table of each setting, and the picture of the first."""
    tables = bugbench_report.analyse(rows)
    files[f"measurements-{name}.svg"] = bugbench_curves.svg(tables[0])
    return "".join(map(survival_table, tables)) + f"\n![survival curves](measurements-{name}.svg)\n"


def survival_table(table):
    cap, arms = table["setting"]["cap"], table["arms"]
    number = bugbench_report.number
    text = f"Found of all runs · median · RMST; cap {number(cap)} executions.\n\n"
    text += line("", *arms) + line("---", *["---:"] * len(arms))
    for bug in table["bugs"]:
        cells = [table["cells"][bug].get(arm) for arm in arms]
        text += line(bug.removeprefix("deep/"), *(bugbench_report.cell_text(cell, cap) for cell in cells))
    found = [table["summary"][arm] for arm in arms]
    return text + line("**found**", *(f"**{one['found']}/{one['runs']}**" for one in found))


def hunt_text(row):
    if row["verdict"] == "missed":
        return [f"> {row['executions']:,}", "-"]
    ops = "-" if row["ops"] is None else f"{row['ops']:,}"
    return [f"{row['executions']:,}" + " (another rule)" * (row["verdict"] == "other rule"), ops]


def hunt_table(rows):
    starts = [start for start in ("nothing", "corpus") if any(row["start"] == start for row in rows)]
    at = {(row["bug"], row["start"]): row for row in rows}
    text = HUNTS.format(limit=max(row["limit"] for row in rows))
    text += line("", *(column for start in starts for column in (f"from {start}", "ops")))
    text += line("---", *["---:"] * (2 * len(starts)))
    for bug in sorted({row["bug"] for row in rows}):
        cells = [hunt_text(at[bug, start]) if (bug, start) in at else ["", ""] for start in starts]
        text += line(bug, *(cell for pair in cells for cell in pair))
    return text


def by_situation(costs):
    """Situation -> core -> HOBs -> instructions."""
    table = {}
    for row in costs:
        table.setdefault(row["situation"], {}).setdefault(row["core"], {})[row["hobs"]] = row["instructions"]
    return table


def ratio(value, base):
    if value is None or not base:
        return ""
    result = value / base
    return f"{result:,.0f}" if result >= 100 else f"{result:.1f}" if result >= 10 else f"{result:.2f}"


def cost_table(costs):
    hobs = sorted({row["hobs"] for row in costs})
    columns = [f"{NAMES[core]}, growth at {n:,}" for core in NAMES for n in hobs[1:]]
    columns += [f"EDK II : Hobnail at {n:,}" for n in hobs]
    text = line("call and list", *columns) + line("---", *["---:"] * len(columns))
    for situation, cores in by_situation(costs).items():
        cells = [ratio(cores.get(core, {}).get(n), cores.get(core, {}).get(hobs[0]))
                 for core in NAMES for n in hobs[1:]]
        cells += [ratio(cores.get("edk2", {}).get(n), cores.get("core", {}).get(n)) for n in hobs]
        text += line(situation, *cells)
    return text


def steeper_than_linear(costs, core):
    """The calls whose cost grows more than twice as fast as the list, from its second longest to its longest."""
    before, most = sorted({row["hobs"] for row in costs})[-2:]
    table = by_situation(costs)
    values = {name: table[name].get(core, {}) for name in table}
    return [name for name, at in values.items()
            if before in at and most in at and at[most] > 2 * at[before] * most / before]


def steep_text(costs):
    text = ""
    for core, title in NAMES.items():
        if steep := steeper_than_linear(costs, core):
            text += f"\nMore than linear is {title}'s cost of {', '.join(steep)}.\n"
    return text


def cost_panel(situation, cores, hobs, top, at):
    """Cost relative to Hobnail's at the fewest HOBs; both axes are logarithmic."""
    base = cores["core"][hobs[0]]

    def x(n):
        return WIDTH * math.log(n / hobs[0]) / math.log(hobs[-1] / hobs[0])

    def y(value):
        share = math.log(max(value / base, 0.1) / 0.1) / math.log(top / 0.1)
        return HEIGHT * (1 - share)

    parts = [f'<g transform="translate({10 + at % ACROSS * (WIDTH + GAP)} {TOP + at // ACROSS * (HEIGHT + GAP) + 20})">',
             f'<text y="-6">{html.escape(situation)}</text>',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#bbb"/>',
             f'<path d="M0 {y(base):.1f}H{WIDTH}" stroke="#ddd"/>']
    parts += [f'<text x="{x(n):.1f}" y="{HEIGHT + 14}" text-anchor="middle" fill="#777">{n:,}</text>' for n in hobs]
    for core, values in cores.items():
        points = " ".join(f"{x(n):.1f},{y(values[n]):.1f}" for n in hobs if n in values)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[core]}" stroke-width="1.5"/>')
    return "".join(parts) + "</g>"


def cost_picture(costs):
    table = {name: cores for name, cores in by_situation(costs).items() if "core" in cores}
    hobs = sorted({row["hobs"] for row in costs})
    top = max(max(values.values()) / cores["core"][hobs[0]] for cores in table.values() for values in cores.values())
    width, height = 20 + ACROSS * (WIDTH + GAP), TOP + -(-len(table) // ACROSS) * (HEIGHT + GAP) + 20
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
             'font-size="11">', f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for number, core in enumerate(NAMES):
        left = 10 + number * 110
        parts.append(f'<path d="M{left} 16h18" stroke="{COLOURS[core]}" stroke-width="3"/>'
                     f'<text x="{left + 24}" y="20">{NAMES[core]}</text>')
    parts.append(f'<text x="240" y="20" fill="#777">instructions relative to Hobnail at {hobs[0]} HOBs, '
                 f'0.1 to {top:,.0f}; grey: 1; logarithmic</text>')
    parts += [cost_panel(name, cores, hobs, top, at) for at, (name, cores) in enumerate(table.items())]
    return "\n".join(parts) + "\n</svg>\n"
