# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Builds a core with one mutant: the affected objects, the core as a target for --target, its DXE as a
consumer for --consumer, and the tests, each linked with the archives of a preset that is built.

The objects are compiled from a copy of core/ in a scratch folder, the unchanged core's too: an object that
is the same, byte by byte, is that of an equivalent mutant.
"""

import json
import pathlib
import re
import shlex
import shutil

from mutant_kit import CannotRun, last_line, run

INCLUDE = re.compile(r'^\s*#\s*include\s*"(core/[^"]+)"', re.MULTILINE)
OBJECTS = ("core/CMakeFiles/hobnail_core.dir/", "properties/targets/CMakeFiles/hobnail_builtin_entry.dir/",
           "properties/targets/CMakeFiles/hobnail_builtin_dxe.dir/",
           "properties/targets/CMakeFiles/hobnail_core_consumer.dir/")
TARGET, CONSUMER = "hobnail_core_target", "hobnail_core_consumer"
COMPILE_SECONDS = 120


class Stillborn(Exception):
    """The mutant does not compile or link."""


class Bench:
    def __init__(self, root, home, scratch):
        self.root, self.home, self.scratch = root, home, scratch
        self.commands, self.outputs = {}, {}  # source -> command; -> object, from `home`
        for entry in json.loads((home / "compile_commands.json").read_text()):
            command = shlex.split(entry["command"])
            output = command[command.index("-o") + 1]
            if output.startswith(OBJECTS):
                name = pathlib.Path(entry["file"]).relative_to(root).as_posix()
                self.commands[name] = [word for word in command if word != "-Werror"]
                self.outputs[name] = output
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(root / "core", scratch / "core")
        self.sees = {name: self.closure(name) for name in self.commands}
        self.links, self.unchanged = {}, {}

    def closure(self, name):
        """All files of core/ that a source includes, itself too."""
        seen, todo = set(), [name]
        while todo:
            name = todo.pop()
            if name not in seen and (self.root / name).is_file():
                seen.add(name)
                todo += INCLUDE.findall((self.root / name).read_text())
        return seen

    def core_sources(self):
        return sorted(name for name in self.commands if name.startswith("core/"))

    def parse_flags(self):
        return ["-std=c++20", "-ffreestanding", f"-I{self.root}"]

    def affected(self, file):
        return sorted(name for name, seen in self.sees.items() if file in seen)

    def compile(self, name):
        """The bytes of the object as the scratch folder has the sources."""
        command = list(self.commands[name])
        target = self.scratch / (name.replace("/", "_") + ".o")
        command[command.index("-o") + 1] = str(target)
        if name.startswith("core/"):
            command[command.index("-c") + 1] = str(self.scratch / name)
        command.insert(1, f"-I{self.scratch}")
        done = run(command, cwd=self.home, timeout=COMPILE_SECONDS)
        if done.returncode != 0:
            errors = [line for line in done.stderr.splitlines() if "error:" in line]
            raise Stillborn(errors[0].split("error:")[1].strip() if errors else last_line(done))
        return target, target.read_bytes()

    def plant(self, mutant):
        """source -> object of those that differ from the unchanged core's; none: equivalent."""
        names = self.affected(mutant.file)
        for name in names:
            if name not in self.unchanged:
                self.unchanged[name] = self.compile(name)[1]
        original = (self.root / mutant.file).read_bytes()
        (self.scratch / mutant.file).write_bytes(mutant.applied(original))
        try:
            built = {name: self.compile(name) for name in names}
        finally:
            (self.scratch / mutant.file).write_bytes(original)
        return {name: path for name, (path, data) in built.items() if data != self.unchanged[name]}

    def link(self, what, objects):
        """Links a program or shared object of the preset with other objects. Returns its path."""
        if what not in self.links:
            self.links[what] = self.how_to_link(what)
        command, output = list(self.links[what]), None
        for i, word in enumerate(command):
            if word == "-o":
                output = self.scratch / pathlib.Path(command[i + 1]).name
                command[i + 1] = str(output)
        first = next(i for i, word in enumerate(command) if word.endswith((".o", ".a")))
        # An object goes before a member of an archive of the same symbols, and replaces an object.
        more = [str(path) for name, path in objects.items() if self.outputs[name] not in command]
        instead = {self.outputs[name]: str(path) for name, path in objects.items()}
        command = [*command[:first], *more, *(instead.get(word, word) for word in command[first:])]
        done = run(command, cwd=self.home, timeout=COMPILE_SECONDS)
        if done.returncode != 0:
            raise Stillborn("does not link: " + last_line(done))
        return output

    def how_to_link(self, what):
        done = run(["ninja", "-C", str(self.home), "-t", "commands", what])
        for line in reversed(done.stdout.splitlines()):
            for part in line.split(" && "):
                if re.search(rf" -o (bin|lib)/{what}(\.so)? ", part + " "):
                    command = shlex.split(part)
                    command = command[1:] if command[0].endswith("ccache") else command
                    return [word.rstrip(";") for word in command]
        raise CannotRun(f"the build has no {what}")

    def target(self, objects):
        return self.link(TARGET, {n: p for n, p in objects.items() if in_target(n)})

    def consumer(self, objects):
        return self.link(CONSUMER, {n: p for n, p in objects.items() if in_consumer(n)})


def in_target(name):
    return name.startswith("core/") and not name.startswith("core/dxe/") or name.endswith("hobnail/core.cpp")


def in_consumer(name):
    return name.startswith("core/") or name.endswith("hobnail/consumer_entry.cpp")
