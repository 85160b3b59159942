# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The report of ci/edk2: findings of all versions and variants, sorted into defects.

A finding is a bucket of `hobnail triage`; a defect is a place in EDK II's sources that is wrong, with the
argument why, from properties/targets/edk2/defects.toml. A finding that no defect claims is a row of its own.
"""

import datetime
import html
import json
import re
import shutil
import tomllib

STYLE = """body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em }
table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid #ccc; padding: .4em .6em;
text-align: left; vertical-align: top } pre { background: #f4f4f4; padding: .5em; margin: 0 } .new { color: #b00 }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd } pre { background: #282828 }
a { color: #8bf } th, td { border-color: #444 } }"""

NO_CLAUSE = "memory that is lost, leaked, overlapped or not the core's"
INTRODUCTION = """# EDK II's PEI core under test

Made by `ci/edk2 --docs` on {today}. All of `MdeModulePkg/Core/Pei` is compiled unmodified and runs as `PeiCore()`;
[properties/targets/edk2](../properties/targets/edk2) stands for the platform. A defect is a place in the sources
that loses, leaks or overlaps memory, or breaks PI. The program below it is the shortest that shows it; a line of a
version is a variant, with the number of boots and the time until it was first seen. Defects of the DXE core and of
other readers of the HOB list are in [edk2-consumers.md](edk2-consumers.md).
"""


class ListError(Exception):
    """A committed list cannot be read."""


def read_defects(path):
    try:
        defects = tomllib.loads(path.read_text())["defect"] if path.is_file() else []
        for defect in defects:
            defect["patterns"] = [re.compile(pattern) for pattern in defect["buckets"]]
    except (tomllib.TOMLDecodeError, KeyError, re.error) as error:
        raise ListError(f"{path}: {error}") from error
    return defects


class Row:
    """A defect, or a finding that none claims, with all that showed it."""

    def __init__(self, defect, finding):
        self.id = defect["id"] if defect else "?"
        self.title = defect["title"] if defect else finding["title"]
        self.source = defect["source"] if defect else ""
        self.argument = defect["argument"].strip() if defect else ""
        self.seen = []  # (version, variant, finding)

    def best(self):
        """The shortest program's finding."""
        findings = [finding for _, _, finding in self.seen]
        return min(findings, key=lambda one: (one["ops_after"], len(one["program"]), one["bucket"]))

    def of_version(self, version):
        """One line for each variant: its earliest finding."""
        first = {}
        for seen_version, variant, finding in self.seen:
            if seen_version == version:
                at = (finding["first_execution"], finding["first_seconds"])
                first[variant] = min(first.get(variant, at), at)
        return [f"{variant}: {boots} boots, {seconds:.1f} s" for variant, (boots, seconds) in sorted(first.items())]

    def rules(self):
        return sorted({(finding["rule"], finding["clause"] or NO_CLAUSE) for _, _, finding in self.seen})


def ops_of(program):
    return "\n".join(line for line in program.strip().splitlines() if line != "boot v1")


class Report:
    title = "EDK II's PEI core under test"
    introduction = INTRODUCTION
    hunts = "hunt"  # the folder of a version

    def __init__(self, build, defects):
        self.build = build
        self.defects = read_defects(defects)
        self.results = [json.loads(path.read_text()) for path in sorted(build.glob(f"*/{self.hunts}/*/result.json"))]
        self.versions = sorted({result["version"] for result in self.results})
        self.rows = self.sorted_rows()

    def defect_of(self, finding, variant):
        """Patterns match the beginning of the bucket; the evidence is the next line."""
        text = finding["bucket"] + "\n" + finding["evidence"]
        return next((one for one in self.defects if variant in one.get("only", [variant])
                     and any(p.match(text) for p in one["patterns"])), None)

    def sorted_rows(self):
        rows = {}
        for result in self.results:
            for finding in result["findings"]:
                defect = self.defect_of(finding, result["variant"])
                key = defect["id"] if defect else finding["fingerprint"]
                row = rows.setdefault(key, Row(defect, finding))
                row.seen.append((result["version"], result["variant"], finding))
        order = [defect["id"] for defect in self.defects]
        return sorted(rows.values(), key=lambda row: (order.index(row.id) if row.id in order else len(order),
                                                      row.best()["bucket"]))

    def missing(self, results):
        """Ids of the defects that these results should show, and do not."""
        ids = []
        for defect in self.defects:
            expected = [one for one in results if one["variant"] in defect.get("expected", [])]
            for result in expected:
                if not any(self.defect_of(finding, result["variant"]) is defect for finding in result["findings"]):
                    ids.append(f"{defect['id']} on {result['variant']}: {defect['title']}")
        return ids

    def write(self, out, docs):
        for result in self.results:
            source = self.build / result["version"] / self.hunts / result["variant"] / "report"
            target = out / result["version"] / result["variant"]
            shutil.rmtree(target, ignore_errors=True)
            if source.is_dir():
                shutil.copytree(source, target)
        out.mkdir(parents=True, exist_ok=True)
        (out / "index.html").write_text(self.page())
        (out / "edk2.md").write_text(self.markdown())
        if docs:
            docs.write_text(self.markdown())

    def totals(self):
        """(version, variants, boots, date) of each version."""
        for version in self.versions:
            of = [result for result in self.results if result["version"] == version]
            yield (version, [result["variant"] for result in of], sum(result["executions"] for result in of),
                   max(result["date"] for result in of))

    # The page.

    def page(self):
        heads = "".join(f"<th>{html.escape(version)}</th>" for version in self.versions)
        body = "".join(self.page_row(row) for row in self.rows)
        links = "".join(f'<li>{html.escape(version)} ({date}, {boots} boots): '
                        + ", ".join(f'<a href="{version}/{v}/index.html">{v}</a>' for v in variants) + "</li>"
                        for version, variants, boots, date in self.totals())
        return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{self.title}</title>'
                f"<style>{STYLE}</style></head><body><h1>{self.title}</h1><ul>{links}</ul>"
                f"<table><tr><th>defect</th><th>rule, clause</th><th>shortest program</th>{heads}</tr>{body}</table>"
                "<p>Below a version: the variants that show the defect, each with the boots and the time until the "
                "first.</p></body></html>\n")

    def page_row(self, row):
        best = row.best()
        rules = "<br>".join(html.escape(f"{rule}: {clause}") for rule, clause in row.rules())
        kind = "" if best["known_state"] == "known" else ' class="new"'
        lines = [map(html.escape, row.of_version(version)) for version in self.versions]
        cells = "".join(f"<td>{'<br>'.join(of)}</td>" for of in lines)
        return (f"<tr><td{kind}>{html.escape(row.id)}: {html.escape(row.title)}</td><td>{rules}</td>"
                f"<td><pre>{html.escape(ops_of(best['program']))}</pre>{html.escape(best['evidence'])}</td>{cells}</tr>")

    # docs/edk2.md.

    def markdown(self):
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        lines = [self.introduction.format(today=today), "| version | variants | boots | hunted |", "|---|---|---|---|"]
        for version, variants, boots, date in self.totals():
            lines.append(f"| {version} | {', '.join(variants)} | {boots} | {date} |")
        lines += ["", f"| defect | rules | ops | {' | '.join(self.versions)} |"]
        lines.append("|---" * (3 + len(self.versions)) + "|")
        lines += [self.markdown_row(row) for row in self.rows]
        for row in self.rows:
            lines += ["", *self.section(row)]
        return "\n".join(lines) + "\n"

    def markdown_row(self, row):
        variants = ([line.partition(":")[0] for line in row.of_version(version)] for version in self.versions)
        seen = " | ".join(", ".join(of) or "-" for of in variants)
        rules = ", ".join(sorted({rule for rule, _ in row.rules()}))
        return f"| {row.id} {row.title} | {rules} | {row.best()['ops_after']} | {seen} |"

    def section(self, row):
        best = row.best()
        lines = [f"## {row.id}: {row.title}", ""]
        if row.source:
            lines += [f"Where: {row.source}.", "", row.argument, ""]
        lines += [f"* {rule}: {clause}" for rule, clause in row.rules()]
        for version in self.versions:
            lines += [f"* {version}: {line}" for line in row.of_version(version)]
        return [*lines, "", "```", ops_of(best["program"]), "```", "", f"`{best['evidence'].splitlines()[0]}`"]

