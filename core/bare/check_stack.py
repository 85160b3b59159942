#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the core takes of a stack: frames are bounded, of fixed size, and no function calls itself.

  check_stack.py --gcc GCC --objects DIRECTORY... --out DIRECTORY SOURCE...

  frames    the *.su files that cross_link.sh has left, one directory an architecture
  calls     the whole call graph, as gcc sees it before it inlines anything: a recursion that the
            optimiser turned into a loop is still one. Calls through a pointer are listed; that
            they do not come back is for the reader to see, so the list is fixed below.
  depth     the deepest chain of calls in gcc's optimised code, by its own account
Exit: 0 all hold, 1 one does not, 2 nothing to check.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys

# Bytes. SEC's stack has 4 KiB at least; the core's record and SEC's own frames lie in it as well.
FRAME_MAX = 512
DEPTH_MAX = 2048
FLAGS = ("-std=c++20", "-ffreestanding", "-fno-exceptions", "-fno-rtti", "-fno-stack-protector",
         "-c", "-fcallgraph-info=su")
INDIRECT = "__indirect_call"
FIXED = {"static", "dynamic,bounded"}  # bounded: pushed arguments; alloca and the like are "dynamic"
# Who calls through a pointer: the PPIs that SEC brought. None of them is given a way back.
POINTER_CALLERS = {"pei::let_platform_copy", "pei::plan_sec_hobs"}

NODE = re.compile(r'^node: \{ title: "([^"]*)" label: "([^"]*)"')
EDGE = re.compile(r'^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"')
USAGE = re.compile(r"\\n(\d+) bytes \((\w[\w,]*)\)")


def plain(symbol):
    """pei::pages_of, of a mangled name or of one that begins with the file it is in."""
    mangled = symbol.rsplit(":", 1)[-1]
    done = subprocess.run(["c++filt", mangled], capture_output=True, text=True, check=False)
    name = done.stdout.strip().replace("(anonymous namespace)::", "") or mangled
    while "<" in name:
        name, before = re.sub(r"<[^<>]*>", "", name), name
        if name == before:
            break
    return name.split("(")[0].split(" ")[-1]


class Graph:
    def __init__(self):
        self.bytes, self.kinds = collections.Counter(), {}
        self.edges = collections.defaultdict(set)

    def read(self, text):
        for line in text.splitlines():
            if node := NODE.match(line):
                title, label = node.groups()
                usage = USAGE.search(label)
                if usage:  # defined here; others are only named
                    self.bytes[title] = int(usage[1])
                    self.kinds[title] = usage[2]
            elif edge := EDGE.match(line):
                self.edges[edge[1]].add(edge[2])

    def callees(self, title):
        """Of a constructor gcc names the call by another of its names than the definition."""
        for callee in sorted(self.edges[title]):
            yield callee if callee in self.bytes else re.sub(r"([CD])1E", r"\g<1>2E", callee)


def compile_graph(options, level):
    graph, folder = Graph(), options.out / f"stack{level}"
    folder.mkdir(parents=True, exist_ok=True)
    root = pathlib.Path(__file__).resolve().parents[2]
    for source in options.sources:
        stem = folder / source.split("core/")[-1].replace("/", "_")
        subprocess.run([options.gcc, *FLAGS, level, "-I", str(root), source, "-o", f"{stem}.o"],
                       check=True)
        graph.read(pathlib.Path(f"{stem}.ci").read_text())
    return graph


def cycle_of(graph):
    """A chain of calls that ends where it began, or nothing."""
    done = set()
    for start in sorted(graph.bytes):
        path, stack = [], [(start, None)]
        while stack:
            title, todo = stack.pop()
            if todo is None:
                if title in done:
                    continue
                if title in path:
                    return path[path.index(title):] + [title]
                path.append(title)
                todo = list(graph.callees(title))
            if todo:
                stack += [(title, todo[1:]), (todo[0], None)]
            else:
                done.add(path.pop())
    return []


def deepest(graph):
    """(bytes, chain) of the chain of calls that takes most. Only without cycles."""
    best = {}

    def depth(title):  # the core's own depth is small, which is what this shows
        if title not in best:
            below = max((depth(callee) for callee in graph.callees(title)),
                        key=lambda found: found[0], default=(0, []))
            best[title] = (graph.bytes[title] + below[0], [title, *below[1]])
        return best[title]

    return max((depth(title) for title in graph.bytes), key=lambda found: found[0])


def check_frames(folders, complaints):
    for folder in folders:
        frames = []
        for path in sorted(folder.glob("*.su")):
            for line in path.read_text().splitlines():
                where, size, kind = line.rsplit("\t", 2)
                frames.append((int(size), where, kind))
                if kind not in FIXED:
                    complaints.append(f"{folder.name}: a frame of {kind} size: {where}")
        if not frames:
            sys.exit(fail(f"{folder} has no *.su"))
        size, where, _ = max(frames)
        print(f"bare.stack: {folder.name.removeprefix('cross-')}: the largest frame of "
              f"{len(frames)} has {size} bytes: {plain(where)}")
        if size > FRAME_MAX:
            complaints.append(f"{folder.name}: a frame of {size} bytes, {FRAME_MAX} are allowed: {where}")


def check_calls(graph, complaints):
    cycle = cycle_of(graph)
    if cycle:
        complaints.append("recursion: " + " -> ".join(map(plain, cycle)))
    callers = {plain(title) for title, callees in graph.edges.items() if INDIRECT in callees}
    print(f"bare.stack: {len(graph.bytes)} functions, calls through pointers: "
          f"{', '.join(sorted(callers)) or 'none'}")
    for caller in sorted(callers - POINTER_CALLERS):
        complaints.append(f"{caller} calls through a pointer: where to? See POINTER_CALLERS")
    return not cycle


def fail(message):
    print(f"check_stack.py: {message}", file=sys.stderr)
    return 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gcc", required=True)
    parser.add_argument("--objects", type=pathlib.Path, nargs="+", default=[])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("sources", nargs="+")
    options = parser.parse_args()
    complaints = []
    check_frames(options.objects, complaints)
    if check_calls(compile_graph(options, "-O0"), complaints):
        graph = compile_graph(options, "-Os")
        size, chain = deepest(graph)
        print(f"bare.stack: the deepest chain takes {size} bytes: "
              + " -> ".join(map(plain, chain)))
        if size > DEPTH_MAX:
            complaints.append(f"{size} bytes deep, {DEPTH_MAX} are allowed")
        complaints += [f"a frame of {kind} size: {plain(title)}"
                       for title, kind in graph.kinds.items() if kind not in FIXED]
    for complaint in complaints:
        print(f"bare.stack: {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
