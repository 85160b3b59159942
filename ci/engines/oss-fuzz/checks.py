# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Checks of built fuzz targets beyond OSS-Fuzz's own `infra/helper.py check_build`, which runs each
target, limits the calls into each sanitizer's run-time and looks at the architecture.

Each check takes a Subject and returns (good, text): a verdict and what was seen. A function's
docstring says what OSS-Fuzz's own check lets pass.
"""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import zipfile

ENTRY = b"LLVMFuzzerTestOneInput"
# Of the runner's options those that change what a target does.
RUN_OPTIONS = {"ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_memcmp=1:handle_abort=1:symbolize=1",
               "UBSAN_OPTIONS": "silence_unsigned_overflow=1:print_stacktrace=1:symbolize=1"}


@dataclasses.dataclass
class Subject:
    """One target, in the folder to which $OUT was moved."""
    path: pathlib.Path
    sanitizer: str
    scratch: pathlib.Path  # to write to
    standin: pathlib.Path = None  # the same target with the stand-in engine
    least: int = 20  # instrumented functions of pei::

    def run(self, *arguments, binary=None, seconds=300, prefix=(), env=None, cwd=None):
        try:
            done = subprocess.run([*prefix, str(binary or self.path), *map(str, arguments)],
                                  env=RUN_OPTIONS | {"PATH": os.environ["PATH"]} if env is None else env,
                                  cwd=cwd or self.scratch, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                                  check=False)
        except subprocess.TimeoutExpired:
            return 70, f"did not end within {seconds} s"
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def seeds(self):
        """The seeds, unpacked."""
        folder = self.scratch / f"{self.path.name}.seeds"
        if not folder.is_dir():
            with zipfile.ZipFile(f"{self.path}_seed_corpus.zip") as archive:
                archive.extractall(folder)
        return folder


def summary(text):
    lines = [line.strip()[:160] for line in text.splitlines() if line.strip()] or ["no output"]
    report = re.compile(r"ERROR:|FuzzerHash=|runtime error:|WARNING: MemorySan|standin: .*: ")
    return next(filter(report.search, lines), lines[-1])


def check_list(folder, expected):
    """Missing targets, and other files: whatever contains the entry's name is taken for a target."""
    found = {path.name for path in folder.iterdir() if os.access(path, os.X_OK) and ENTRY in path.read_bytes()}
    if not expected or found != set(expected):
        return False, f"targets are {' '.join(sorted(found)) or 'none'}, not {' '.join(sorted(expected))}"
    sides = {name + side for name in found for side in ("_seed_corpus.zip", ".dict", ".options")}
    stray = sorted({path.name for path in folder.iterdir()} - found - sides)
    return not stray, f"stray files: {' '.join(stray)}" if stray else f"{len(found)} targets"


REPORTS = {"address": r"<__asan_(report|load|store)", "memory": r"<__msan_(warning|maybe_warning)",
           "undefined": r"<__ubsan_handle"}


def check_instrumented(subject):
    """A run-time that is only linked, and a few calls into that of another sanitizer."""
    text = subprocess.run(["objdump", "-dC", "--no-show-raw-insn", str(subject.path)],
                          capture_output=True, check=True).stdout.decode("utf-8", "replace")
    mine = [block for block in text.split("\n\n") if re.match(r"[0-9a-f]+ <pei::", block)]
    for name, report in REPORTS.items():
        if name != subject.sanitizer and any(re.search(report, block) for block in mine):
            return False, f"pei:: calls the run-time of the sanitizer {name}"
    count = sum(bool(re.search(REPORTS[subject.sanitizer], block)) for block in mine)
    if subject.sanitizer == "address" and b"asan.module_ctor" not in subject.path.read_bytes():
        return False, "no asan.module_ctor: ASan is only linked"
    return count >= subject.least, f"{count} of {len(mine)} functions of pei::"


def check_seeds(subject):
    """Seeds that are not flat, not there, or fail; a target that needs an environment, its folder or
    a network; no coverage counters."""
    archive = pathlib.Path(f"{subject.path}_seed_corpus.zip")
    names = zipfile.ZipFile(archive).namelist() if archive.is_file() else []
    if not names or any("/" in name for name in names):
        return False, f"{archive.name} is missing, empty or not flat"
    if not any(path.stat().st_size for path in subject.seeds().iterdir()):
        return False, "all seeds are empty"
    alone = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    for more in ({}, {"env": {}, "cwd": "/", "prefix": ("unshare", "-n") if alone else ()}):
        code, text = subject.run("-runs=0", "-rss_limit_mb=2560", "-timeout=25",
                                 f"-artifact_prefix={subject.scratch}/", subject.seeds(), **more)
        if code != 0:
            return False, f"exit {code}{' without environment' if more else ''}: {summary(text)}"
    counters = re.search(r"\((\d+) inline 8-bit counters\)", text)
    seen = f"{len(names)} seeds, {counters[1] if counters else 'no'} counters of coverage"
    return counters is not None, seen + ("" if alone else " (with network)")


def check_side_files(subject):
    """No options; options that silence the banner; a dictionary that libFuzzer rejects."""
    options, dictionary = (pathlib.Path(f"{subject.path}.{side}") for side in ("options", "dict"))
    if not options.is_file():
        return False, f"no {options.name}"
    if "close_fd_mask" in options.read_text():
        return False, f"{options.name} has close_fd_mask, which silences the banner"
    if dictionary.is_file():
        code, text = subject.run(f"-dict={dictionary}", "-runs=0")
        if code != 0 or not re.search(r"^Dictionary: [1-9]\d* entries", text, re.MULTILINE):
            return False, f"{dictionary.name}: {summary(text)}"
    return True, " ".join(path.suffix for path in (options, dictionary) if path.is_file())


def unstable(subject, text):
    """The first function of ours that an input reached differently. A C++ library may branch on the
    addresses of its blocks: std::vector::insert compares them."""
    tool = shutil.which("llvm-symbolizer-14") or "llvm-symbolizer"
    for name, place, counts in re.findall(r"([^/\n]*): another path at (0x[0-9a-f]+): (.*)", text):
        done = subprocess.run([tool, "-C", "-f", "-e", str(subject.standin), place],
                              capture_output=True, text=True, check=True)
        function = (done.stdout.splitlines() or ["?"])[0]
        if not re.match(r"(.* )?(std|fmt|__gnu_cxx)::", function.split("(")[0]):
            return f"another path in {function[:80]}: {name}: {counts}"
    return None


def check_standin(subject):
    """A target that needs libFuzzer, returns other values than 0, or keeps state between inputs."""
    if subject.standin is None:
        return False, "does not link with a stand-in archive"
    code, text = subject.run("--", "-runs=4", *sorted(subject.seeds().iterdir()), binary=subject.standin)
    seen = re.search(r"^standin: (\d+) files, (\d+) mutants, [1-9]\d* counters, 0 wrong", text, re.MULTILINE)
    if code not in (0, 3) or not seen:
        return False, f"exit {code}: {summary(text)}"
    other = unstable(subject, text)
    return not other, other or f"{seen[1]} seeds, {seen[2]} mutants: returns 0, same paths"


# What a MemorySanitizer build may still call of a C++ library that is not instrumented. Each writes
# nothing that an instrumented caller reads, or memory that was written before.
KNOWN_CALLS = re.compile(
    r"std::__1::(mutex|__call_once|__libcpp_|ios_base|locale|__shared_|chrono|system_error|__next_prime|"
    r"generic_category|numpunct<char>::id)")


def check_library(subject):
    """Calls of a MemorySanitizer build into Debian's libc++, which OSS-Fuzz's builder instruments."""
    if subject.sanitizer != "memory":
        return True, "for MemorySanitizer alone"
    text = subprocess.run(["nm", "-uC", "--dynamic", str(subject.path)], capture_output=True, text=True,
                          check=True).stdout
    names = {re.sub(r"^(typeinfo|vtable)( name)? for ", "", line.split(maxsplit=1)[1])
             for line in text.splitlines() if "std::__1::" in line}
    strange = sorted(name for name in names if not KNOWN_CALLS.match(name))
    return not strange, ", ".join(strange)[:160] or "no call that MemorySanitizer would have to follow"


CHECKS = (("instrumented", check_instrumented), ("seeds", check_seeds), ("side files", check_side_files),
          ("any engine", check_standin), ("library", check_library))
