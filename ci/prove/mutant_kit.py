# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Plants the bugs of ci/prove/mutants: reads the patches and builds programs with one of them.

A patch is applied to a copy of core/. The affected sources are compiled with the preset's commands and
linked into the fuzz target, where they replace members of the archives; or into a shared object of the
core, for --target. The tree does not change.
"""

import dataclasses
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUZZERS = ("services_fuzz", "handoff_fuzz", "hob_list_fuzz")
TARGET_ENTRY = "properties/targets/hobnail/core.cpp"  # the built-in core behind the target ABI
BUDGET = 200_000
HEADER = re.compile(r"^# (\w+): *(.+?)\s*$")
TOUCHED = re.compile(r"^\+\+\+ (?:b/)?(\S+)", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*"(core/[^"]+)"', re.MULTILINE)


class CannotRun(Exception):
    """Usage or environment: exit 2."""


class Broken(Exception):
    """This mutant does not apply or build."""


@dataclasses.dataclass
class Mutant:
    name: str
    patch: pathlib.Path
    title: str = ""
    rules: tuple = ()
    source: str = ""
    budget: int = BUDGET
    fuzzer: str = FUZZERS[0]
    core: str = ""  # variants, as HOBNAIL_CORE has them
    needs: str = ""  # what a program must have to show it: `repeat`
    touched: tuple = ()


def read_mutant(path):
    text = path.read_text()
    mutant = Mutant(path.stem, path)
    for line in text.splitlines():
        match = HEADER.match(line)
        if not match:
            break
        key, value = match.groups()
        if key == "rule":
            mutant.rules = tuple(r.strip() for r in value.split(",") if r.strip())
        elif key == "budget":
            mutant.budget = int(value.replace("_", "").replace(",", ""))
        elif key == "fuzzer" and value in FUZZERS:
            mutant.fuzzer = value
        elif key in ("title", "source", "core", "needs"):
            setattr(mutant, key, value)
        else:
            raise CannotRun(f"{path.name}: unknown header `{key}`")
    mutant.touched = tuple(TOUCHED.findall(text))
    if not mutant.rules or not mutant.title:
        raise CannotRun(f"{path.name}: the headers `# rule: ID` and `# title: ...` must come first")
    wrong = [f for f in mutant.touched if not re.match(r"core/(?!pi/|bare/)", f)]
    if not mutant.touched or wrong:
        raise CannotRun(f"{path.name}: a mutant changes files of core/, not of core/pi or core/bare")
    return mutant


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False,
                          **options)


def last_line(done):
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"


class Kit:
    """The compile commands of core and the link commands of the programs of a built preset."""

    def __init__(self, fuzzers, scratch, preset="fuzz"):
        self.fuzzers = fuzzers  # names; None: all of the build
        self.scratch = scratch
        self.preset = preset
        self.compiled = set()  # unchanged objects of shared objects
        self.home = ROOT / "build" / preset
        self.build()
        self.flags = self.pinned_flags()
        self.compile = {}  # source path -> (command, object)
        for entry in json.loads((self.home / "compile_commands.json").read_text()):
            path = pathlib.Path(entry["file"])
            if not path.is_relative_to(ROOT):
                continue
            name = path.relative_to(ROOT).as_posix()
            core = name.startswith("core/") and not name.startswith("core/bare/")
            if core or name.startswith("properties/targets/"):
                self.compile.setdefault(name, shlex.split(entry["command"]))
        self.links = {fuzzer: self.how_to_link(fuzzer) for fuzzer in self.fuzzers}

    def pinned_flags(self):
        """The flags of libFuzzer, from the only place that defines them."""
        done = run([str(self.home / "bin/hobnail"), "fuzz", "--print-flags"])
        flags = done.stdout.split()
        if done.returncode != 0 or not flags:
            raise CannotRun("hobnail fuzz --print-flags: " + last_line(done))
        return flags

    def max_len(self):
        return next(flag for flag in self.flags if flag.startswith("-max_len=")).split("=")[1]

    def how_to_link(self, fuzzer):
        done = run(["ninja", "-C", str(self.home), "-t", "commands", fuzzer])
        links = [line for line in done.stdout.splitlines() if f" -o bin/{fuzzer} " in line]
        if len(links) != 1:
            raise CannotRun(f"unexpected link command of {fuzzer}")
        # ": && compiler ... && :"
        middle = [part for part in links[0].split(" && ") if f" -o bin/{fuzzer} " in part]
        link = shlex.split(middle[0])
        return link[1:] if link[0].endswith("ccache") else link

    def build(self):
        self.do(["cmake", "--preset", self.preset])
        if self.fuzzers is None:
            self.fuzzers = (self.home / "fuzz_targets.txt").read_text().split()
        self.do(["cmake", "--build", "--preset", self.preset, "--target", *self.fuzzers, "hobnail"])

    def do(self, command):
        done = run(command, cwd=ROOT)
        if done.returncode != 0:
            print((done.stdout + done.stderr)[-3000:], file=sys.stderr)
            raise CannotRun(f"the preset {self.preset} does not build")

    def make(self, mutant, fuzzers=None):
        """Builds fuzz targets (default: all) with the bug in <home>/bin. Returns home."""
        home = self.plant(mutant)
        fuzzers = self.fuzzers if fuzzers is None else fuzzers
        objects = {name: self.compile_one(name, home) for name in self.affected(mutant, home)}
        if not objects:
            raise Broken("changes nothing that is compiled into a fuzz target")
        (home / "bin").mkdir()
        for fuzzer in fuzzers:
            self.link(fuzzer, objects, home)
        (home / "fuzz_targets.txt").write_text("\n".join(fuzzers) + "\n")
        return home

    def plant(self, mutant):
        """<home>/core with the bug. Returns home."""
        home = self.scratch / mutant.name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        shutil.copytree(ROOT / "core", home / "core")
        done = run(["patch", "-p1", "--batch", "--forward", "--no-backup-if-mismatch", "--fuzz=0",
                    "-i", str(mutant.patch)], cwd=home)
        if done.returncode != 0:
            raise Broken("does not apply: " + " ".join(done.stdout.split())[:200])
        return home

    def make_target(self, mutant):
        """Builds the core with the bug as <home>/target.so, without instrumentation: for --target."""
        home = self.plant(mutant)
        sources = [name for name in self.compile
                   if name == TARGET_ENTRY or re.match(r"core/(?!dxe/)", name)]
        affected = set(self.affected(mutant, home))
        objects = []
        for name in sources:
            place = home if name in affected else self.scratch / "unchanged"
            place.mkdir(exist_ok=True)
            target = place / (name.replace("/", "_") + ".target.o")
            if name in affected or target not in self.compiled:
                self.compile_one(name, place, target, without="-fsanitize")
                self.compiled.add(target)
            objects.append(str(target))
        # The first word may be the compiler's launcher.
        compiler = next(word for word in self.compile[TARGET_ENTRY] if not word.endswith("ccache"))
        done = run([compiler, "-shared", "-fuse-ld=lld", "-o", str(home / "target.so"), *objects])
        if done.returncode != 0:
            raise Broken("does not link: " + done.stderr.strip()[-400:])
        return home / "target.so"

    def link(self, fuzzer, objects, home):
        own = {self.object_of(name): str(new) for name, new in objects.items()}
        command = [own.pop(word, word) for word in self.links[fuzzer]]
        command[command.index("-o") + 1] = str(home / "bin" / fuzzer)
        # An object on the command line goes before a member of an archive of the same symbols.
        first = next(i for i, word in enumerate(command) if word.endswith(".cpp.o"))
        command[first:first] = own.values()
        done = run(command, cwd=self.home)
        if done.returncode != 0:
            raise Broken("does not link: " + done.stderr.strip()[-400:])

    def object_of(self, name):
        command = self.compile[name]
        return command[command.index("-o") + 1]

    def affected(self, mutant, home):
        """The sources that include a touched file, directly or not."""
        def sees(name, seen):
            if name in mutant.touched:
                return True
            path = home / name if (home / name).is_file() else ROOT / name
            if name in seen or not path.is_file():
                return False
            seen.add(name)
            return any(sees(other, seen) for other in INCLUDE.findall(path.read_text()))
        return [name for name in self.compile if sees(name, set())]

    def compile_one(self, name, home, target=None, without=None):
        target = target or home / (name.replace("/", "_") + ".o")
        command = [word for word in self.compile[name] if not without or not word.startswith(without)]
        command[command.index("-o") + 1] = str(target)
        source = home / name
        if not source.is_file():
            source = ROOT / name
        command = [str(source) if word == str(ROOT / name) else word for word in command]
        first = next(i for i, word in enumerate(command) if word.startswith("-I"))
        command.insert(first, f"-I{home}")
        done = run(command, cwd=self.home)
        if done.returncode != 0:
            raise Broken(f"{name} does not compile: " + done.stderr.strip()[:400])
        return target
