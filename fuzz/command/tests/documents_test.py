#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The commands in the documents: each names a program, options and files that exist, and each `hobnail`
command that needs no fuzzing engine runs.

  documents_test.py BIN LIB [TEST ...]     the build's bin/ and lib/ directories; unittest's test names

A command is a line of a code block, or inline code, that begins with a program of this tree. Names that
stand for a reader's own files (X.so, FILE.boot ...) get a file of each kind before a command runs; what it
writes goes to a scratch directory.
"""

import glob
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

BIN = LIB = None
ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")]
DOCUMENTS += sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("ci/**/README.md"))
TREE = re.compile(r"(core|properties|fuzz|corpus|ci|docs)/")
PLACEHOLDER = re.compile(r"[<>$]|\.\.\.$|VERSION")
WRITES = ("--out", "--json", "--junit", "--html", "--svg", "--resume")
# Need libFuzzer, or time: other tests run them.
NOT_RUN = {"fuzz", "bench", "--version"}


def block_lines(text):
    """The lines of code blocks that are for a shell, joined where one continues."""
    for language, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if language in ("", "sh", "bash"):
            yield from re.sub(r"\\\n\s*", " ", body).splitlines()
        elif language == "yaml":
            yield from re.findall(r"(?:run|script): (.*)", body)


def commands_of(text):
    """Each simple command as its words; environment variables before it and comments are gone."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]
    for line in [*block_lines(text), *spans]:
        line = re.sub(r"^\$ ", "", line.strip())
        line = re.split(r"\s#|\s{3,}", line)[0]
        for part in re.split(r"&&|\|\||;|\s\|\s", line.strip("() ")):
            try:
                words = shlex.split(part)
            except ValueError:
                continue  # code of another language
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words.pop(0)
            if words:
                yield words


def is_hobnail(word):
    return word == "hobnail" or word.endswith("bin/hobnail")


def all_commands():
    for path in DOCUMENTS:
        for words in commands_of(path.read_text()):
            yield path.relative_to(ROOT), words


def run(*words, cwd=None):
    return subprocess.run([str(word) for word in words], text=True, capture_output=True, cwd=cwd,
                          stdin=subprocess.DEVNULL, timeout=300, check=False)


def help_of(command):
    """The help of a command as words; of `corpus merge` that of both."""
    done = run(BIN / "hobnail", *command, "--help")
    return None if done.returncode else set(re.findall(r"--?[\w-]+", done.stdout))


def command_path(words):
    """["corpus", "merge"] of `hobnail corpus merge ...`."""
    names = [word for word in words[1:3] if re.fullmatch(r"[a-z]+", word)]
    return names[:2] if names[:1] == ["corpus"] else names[:1]


class DocumentsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = list(all_commands())
        cls.hobnail = [(path, words) for path, words in cls.commands if is_hobnail(words[0])]
        cls.helps = {}

    def options_of(self, command):
        key = tuple(command)
        if key not in self.helps:
            self.helps[key] = help_of(command)
        return self.helps[key]

    def test_there_are_commands(self):
        self.assertGreater(len(self.hobnail), 60)
        self.assertGreater(len([w for _, w in self.commands if w[0].startswith("ci/")]), 40)

    def test_programs_are_where_a_build_puts_them(self):
        presets = json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]
        folders = {f"build/{preset['name']}/bin" for preset in presets} | {"build/prefix/bin"}
        for path, words in self.hobnail:
            if words[0] != "hobnail":
                self.assertIn(words[0].rpartition("/")[0], folders, f"{path}: {words}")

    def test_who_begins_has_run_ci_fuzz_only(self):
        for path, words in self.hobnail:
            if path.name == "README.md" or path.name.startswith("put-your-"):
                self.assertFalse(words[0].startswith(("build/dev/", "build/release/")),
                                 f"{path}: {words}: ci/fuzz builds build/fuzz alone")

    def test_hobnail_has_these_commands_and_options(self):
        for path, words in self.hobnail:
            command = command_path(words)
            options = self.options_of(command)
            self.assertIsNotNone(options, f"{path}: {words}: no such command")
            for word in words[1:]:
                if re.match(r"--?[a-z]", word):
                    self.assertIn(word.split("=")[0], options, f"{path}: {' '.join(words)}")

    def test_scripts_have_these_options(self):
        for path, words in self.commands:
            if not words[0].startswith("ci/") or PLACEHOLDER.search(words[0]):
                continue
            script = ROOT / words[0]
            self.assertTrue(script.exists(), f"{path}: {words[0]} does not exist")
            asked = [word for word in words[1:] if word.startswith("--")]
            if not asked or not script.is_file():
                continue
            options = set(re.findall(r"--[\w-]+", run(script, "--help").stdout))
            if words[0] == "ci/fuzz":  # hands over the rest
                options |= self.options_of(["fuzz"])
            for word in asked:
                self.assertIn(word.split("=")[0], options, f"{path}: {' '.join(words)}")

    def test_files_of_the_tree_exist(self):
        for path, words in self.commands:
            if not (is_hobnail(words[0]) or words[0].startswith("ci/")):
                continue
            for word in words[1:]:
                if TREE.match(word) and not PLACEHOLDER.search(word):
                    self.assertTrue(glob.glob(str(ROOT / word)), f"{path}: {word} does not exist")

    def test_presets_exist(self):
        presets = json.loads((ROOT / "CMakePresets.json").read_text())
        names = {preset["name"] for preset in presets["configurePresets"]}
        for path, words in self.commands:
            if words[0] in ("cmake", "ctest") and "--preset" in words:
                self.assertIn(words[words.index("--preset") + 1], names, f"{path}: {words}")

    # --- running them

    def files_for(self, folder):
        """A file for each name that stands for one of the reader's own."""
        boot = ROOT / "corpus/services/one-page-then-free.boot"
        hobs = sorted(ROOT.glob("corpus/hob_list/*.hobs"))[0]
        core, reader = LIB / "first_fit.so", LIB / "readers/list_reader.so"
        known = folder / "known.txt"
        known.write_text("")
        crashes = folder / "crashes"
        crashes.mkdir()
        (crashes / "a.boot").write_text(boot.read_text())
        lists = folder / "list-crashes"
        lists.mkdir()
        (lists / "a.hobs").write_text(hobs.read_text())
        encoded = folder / "encoded"
        run(BIN / "hobnail", "corpus", "encode", boot, "--out", encoded)
        names = {"X": encoded, "Y": crashes, "FILE": boot, "FILE.boot": boot, "x.boot": boot,
                 "x.history-1.boot": boot,
                 "PATH...": crashes, "crash-3f0a": boot, "out/crashes": crashes, "crashes": lists,
                 "out/hob_list_fuzz/crashes": lists, "FILE.hobs": hobs, "x.hobs": hobs,
                 "list.hobs": hobs, "DUMP.hob": sorted(ROOT.glob("corpus/real/hobs/*/*.hob"))[0],
                 "bugs.txt": known, "build/fuzz-corpus/services/grown": encoded,
                 "build/prefix/share/hobnail/corpus": ROOT / "corpus",
                 "<name>.boot": boot, "corpus/services/<name>.boot": boot}
        for machine in "ab":
            names |= {f"{machine}/services/grown": encoded, f"{machine}/services/artifacts": crashes,
                      f"{machine}/hob_list/artifacts": lists}
        names |= {"merged": encoded, "smallest": encoded, "known.txt": known}
        return names, core, reader

    def filled(self, words, names, core, reader, scratch):
        """The command with a file for each name; None: one has none."""
        result, option = [], ""
        for word in words:
            if word.startswith(">"):
                break
            if option in WRITES and word != "-":
                word = scratch / word.replace("/", "-")
            elif word in names:
                word = names[word]
            elif word.endswith(".so"):
                word = reader if "consumer" in option else core
                if not word.exists():
                    return None
            elif word in ("ID", "NAME", "N", "DIR", "TARGET") or PLACEHOLDER.search(word):
                return None
            option = word if isinstance(word, str) and word.startswith("--") else ""
            found = sorted(glob.glob(str(ROOT / word))) if isinstance(word, str) and "*" in word else []
            result += found or [word]
        return result

    def runs(self, words, names, core, reader, scratch):
        """Whether the command ran; it must not complain."""
        command = command_path(words)
        complete = command and len(words) > len(command) + 1 or command in (["rules"], ["boards"], ["help"])
        if not complete or NOT_RUN & set(words) or "--work" in words or "--campaign" in words:
            return False
        filled = self.filled(words[1:], names, core, reader, scratch)
        if filled is None or words[1:] == ["replay", "--hostile"]:
            return False
        if command == ["check"] and "--runs" not in words:
            limit = ["--cases", "2"] if "--suite" in words else ["--runs", "50"]
            for option in ("--seconds", "--cases"):
                if option in words:
                    del filled[filled.index(option):filled.index(option) + 2]
            filled += [*limit, "--out", scratch / "findings"]
        if command == ["enumerate"]:
            if "--ops" in words:
                del filled[filled.index("--ops"):filled.index("--ops") + 2]
            filled += ["--ops", "2"]
            if "--out" not in words:
                filled += ["--out", scratch / "findings"]
        done = run(BIN / "hobnail", *filled, cwd=ROOT)
        self.assertIn(done.returncode, (0, 1), f"{' '.join(words)}: {done.stderr}")
        self.assertEqual(done.stderr, "", " ".join(words))
        return True

    def test_commands_run(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            names, core, reader = self.files_for(folder)
            ran, seen = [], set()
            for _, words in self.hobnail:
                if tuple(words[1:]) in seen:
                    continue
                seen.add(tuple(words[1:]))
                scratch = folder / str(len(seen))
                scratch.mkdir()
                if self.runs(words, names, core, reader, scratch):
                    ran.append(" ".join(words))
        self.assertGreater(len(ran), 20, "\n".join(ran))


if __name__ == "__main__":
    BIN, LIB = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(2))
    unittest.main()
