# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Survival curves of a table of ci/bench/bugbench as SVG: a small picture per bug, a line per arm.

To the right executions on a logarithmic scale, upward the share of runs that have not found the bug.
"""

import html
import math

COLOURS = ("#1b6ca8", "#c8553d", "#3c8d5a", "#8a5fb0", "#b58a1b", "#555555", "#0f9d9d", "#d1478c")
ACROSS, WIDTH, HEIGHT, GAP, TOP = 3, 250, 110, 34, 40


def step_path(curve, cap):
    """An SVG path in steps."""
    def x(time):
        return WIDTH * math.log(max(time, 1)) / math.log(max(cap, 2))

    def y(share):
        return HEIGHT * (1 - share)

    path = f"M0 {y(1):.1f}"
    for time, share in curve[1:]:
        path += f"H{x(min(time, cap)):.1f}V{y(share):.1f}"
    return path + f"H{WIDTH}"


def panel(table, bug, at):
    cap = table["setting"]["cap"]
    left = 10 + at % ACROSS * (WIDTH + GAP)
    top = TOP + at // ACROSS * (HEIGHT + GAP + 10) + 20
    parts = [f'<g transform="translate({left} {top})">',
             f'<text y="-6">{html.escape(bug)}</text>',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#bbb"/>']
    for number, arm in enumerate(table["arms"]):
        if cell := table["cells"][bug].get(arm):
            parts.append(f'<path d="{step_path(cell["curve"], cap)}" fill="none" '
                         f'stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="1.5"/>')
    power = 1
    while 10**power < cap:
        x = WIDTH * power * math.log(10) / math.log(cap)
        parts.append(f'<path d="M{x:.1f} {HEIGHT}v4" stroke="#888"/>'
                     f'<text x="{x:.1f}" y="{HEIGHT + 14}" text-anchor="middle" fill="#777">'
                     f'{10**power:,}</text>')
        power += 1
    return "".join(parts) + "</g>"


def svg(table):
    rows = -(-len(table["bugs"]) // ACROSS)
    width = 20 + ACROSS * (WIDTH + GAP)
    height = TOP + rows * (HEIGHT + GAP + 10) + 20
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
             'font-family="sans-serif" font-size="11">',
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for number, arm in enumerate(table["arms"]):
        left = 10 + number * 110
        parts.append(f'<path d="M{left} 16h18" stroke="{COLOURS[number % len(COLOURS)]}" '
                     f'stroke-width="3"/><text x="{left + 24}" y="20">{html.escape(arm)}</text>')
    parts += [panel(table, bug, at) for at, bug in enumerate(table["bugs"])]
    return "\n".join(parts) + "\n</svg>\n"
