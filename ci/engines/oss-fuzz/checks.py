# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What a folder of built targets has to stand: what OSS-Fuzz's check_build asks, and what it should.

Each check takes a Subject and answers (good, words): a verdict and what was seen. None of them
believes that a target is as it should be because another check has passed.
"""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import zipfile

from builder import FUZZER_ARGS, RUN_OPTIONS

ENTRY = b"LLVMFuzzerTestOneInput"
MACHINES = {"x86_64": (2, 62), "i386": (1, 3)}  # ELF class and machine


@dataclasses.dataclass
class Subject:
    """One target, in the folder to which $OUT was moved."""
    path: pathlib.Path
    sanitizer: str
    architecture: str
    scratch: pathlib.Path  # to write to
    standin: pathlib.Path = None  # the same target with the stand-in engine
    project: str = "pei::"  # the namespace whose functions must be instrumented
    least: int = 20  # so many of them
    cache: dict = dataclasses.field(default_factory=dict)

    def run(self, *arguments, env=None, cwd=None, prefix=(), binary=None, seconds=300):
        env = dict(RUN_OPTIONS, PATH=os.environ["PATH"]) if env is None else env
        try:
            done = subprocess.run([*prefix, str(binary or self.path), *map(str, arguments)], env=env,
                                  cwd=cwd or self.scratch, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds)
        except subprocess.TimeoutExpired:
            return 70, f"no end within {seconds} s"
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def seeds(self):
        """The seeds, unpacked."""
        folder = self.scratch / f"{self.path.name}.seeds"
        if not folder.is_dir():
            folder.mkdir()
            with zipfile.ZipFile(f"{self.path}_seed_corpus.zip") as archive:
                archive.extractall(folder)
        return folder

    def disassembly(self):
        if "text" not in self.cache:
            done = subprocess.run(["objdump", "-dC", "--no-show-raw-insn", str(self.path)],
                                  capture_output=True, check=True)
            self.cache["text"] = done.stdout.decode("utf-8", "replace")
        return self.cache["text"]


def last(text):
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        if re.search(r"ERROR:|FuzzerHash=|runtime error:|WARNING: MemorySan|standin: .*: ", line):
            return line.strip()[:160]
    return lines[-1].strip()[:160] if lines else "no word"


def targets_in(folder):
    """Executables with the entry's name in their bytes: what OSS-Fuzz takes for targets."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and os.access(path, os.X_OK) and "." not in path.name:
            if ENTRY in path.read_bytes():
                found.append(path.name)
    return found


def check_list(folder, expected):
    found = targets_in(folder)
    stray = sorted(p.name for p in folder.iterdir()
                   if p.is_file() and p.name not in found and ENTRY in p.read_bytes())
    if not expected or found != sorted(expected):
        return False, f"targets are {' '.join(found) or 'none'}, not {' '.join(sorted(expected))}"
    if stray:
        return False, f"not a target, but has the entry's name: {' '.join(stray)}"
    bad = sorted(p.name for p in folder.iterdir() if not any(
        p.name == t or p.name in (f"{t}_seed_corpus.zip", f"{t}.dict", f"{t}.options") for t in found))
    if bad:
        return False, f"not a target's: {' '.join(bad)}"
    return True, f"{len(found)} targets"


def check_engine(subject):
    code, text = subject.run("--", "-seed=1337", "-runs=4", *FUZZER_ARGS)
    if "no interesting inputs were found" in text:
        return False, "libFuzzer: is the code instrumented for coverage?"
    counters = re.search(r"\((\d+) inline 8-bit counters\)", text)
    if not counters or int(counters[1]) < 100 and subject.least > 3:
        return False, f"{counters[1] if counters else 'no'} counters of coverage"
    if code != 0 or not re.search(r"^Done 4 runs", text, re.MULTILINE):
        return False, f"exit {code}: {last(text)}"
    return True, f"{counters[1]} counters"


def check_architecture(subject):
    head = subject.path.read_bytes()[:20]
    seen = (head[4], int.from_bytes(head[18:20], "little"))
    if head[:4] != b"\x7fELF" or seen != MACHINES[subject.architecture]:
        return False, f"not an ELF program for {subject.architecture}"
    return True, subject.architecture


def count_calls(subject):
    counts = dict.fromkeys(("asan", "dfsan", "msan", "ubsan"), 0)
    for name in re.findall(r"call\w*\s+[0-9a-f]+ <__(asan|dfsan|msan|ubsan)", subject.disassembly()):
        counts[name] += 1
    return counts


def check_mixed(subject):
    """OSS-Fuzz's own limits."""
    calls = count_calls(subject)
    limits = {
        "address": {"asan": (1000, None), "dfsan": (0, 0), "msan": (0, 3),
                    "ubsan": (0, 280 if subject.architecture == "i386" else 200)},
        "memory": {"asan": (0, 0), "dfsan": (0, 0), "msan": (1000, None), "ubsan": (0, 200)},
        "undefined": {"asan": (0, 0), "dfsan": (0, 0), "msan": (0, 0), "ubsan": (168, None)},
    }[subject.sanitizer]
    words = " ".join(f"{name} {count}" for name, count in calls.items() if count)
    for name, (low, high) in limits.items():
        if calls[name] < low or (high is not None and calls[name] > high):
            asked = f"at least {low}" if calls[name] < low else f"at most {high}"
            return False, f"calls: {words or 'none'}; {name}: {asked}"
    return True, f"calls: {words}"


REPORTS = {"address": r"__asan_(report|load|store)", "memory": r"__msan_(warning|maybe_warning)",
           "undefined": r"__ubsan_handle"}


def check_instrumented(subject):
    """The project's own functions, not only a linked run-time."""
    report = re.compile(r"<" + REPORTS[subject.sanitizer])
    other = re.compile("|".join(r"<" + words for name, words in REPORTS.items()
                                if name != subject.sanitizer))
    functions = instrumented = 0
    for block in subject.disassembly().split("\n\n"):
        head = re.match(r"[0-9a-f]+ <(.*)>:", block)
        if head and head[1].startswith(subject.project):
            functions += 1
            instrumented += bool(report.search(block))
            mixed = other.search(block)
            if mixed:  # OSS-Fuzz's own counts do not see a few
                return False, f"{head[1][:60]} calls {mixed[0][1:]}"
    words = f"{instrumented} of {functions} functions of {subject.project}"
    if instrumented < subject.least:
        return False, words
    if subject.sanitizer == "address":
        done = subprocess.run(["nm", str(subject.path)], capture_output=True, text=True)
        if "asan.module_ctor" not in done.stdout:
            return False, "no asan.module_ctor: ASan was only linked"
    return True, words


def check_seeds(subject):
    """A flat archive that holds something, and every seed is clean."""
    archive = pathlib.Path(f"{subject.path}_seed_corpus.zip")
    if not archive.is_file():
        return False, f"no {archive.name}"
    names = zipfile.ZipFile(archive).namelist()
    if not names or any("/" in name for name in names):
        return False, f"{archive.name} is empty or not flat"
    sizes = {path.stat().st_size for path in subject.seeds().iterdir()}
    if max(sizes) == 0:
        return False, "all seeds are empty"
    code, text = subject.run("-runs=0", *FUZZER_ARGS, subject.seeds())
    return code == 0, f"{len(names)} seeds" if code == 0 else f"exit {code}: {last(text)}"


def check_side_files(subject):
    """A dictionary that libFuzzer can read; options that do not silence the banner."""
    words = []
    options = pathlib.Path(f"{subject.path}.options")
    if options.is_file():
        if "close_fd_mask" in options.read_text():
            return False, f"{options.name} has close_fd_mask, which silences the banner"
        words.append("options")
    dictionary = pathlib.Path(f"{subject.path}.dict")
    if dictionary.is_file():
        code, text = subject.run(f"-dict={dictionary}", "-runs=0")
        entries = re.search(r"^Dictionary: (\d+) entries", text, re.MULTILINE)
        if code != 0 or not entries or int(entries[1]) == 0:
            return False, f"{dictionary.name}: {last(text)}"
        words.append(f"{entries[1]} words")
    return True, ", ".join(words) or "none"


def can_unshare():
    return (shutil.which("unshare") is not None
            and subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0)


def check_alone(subject):
    """Nothing of the builder: no environment, another folder, no network."""
    prefix = ("unshare", "-n") if can_unshare() else ()
    code, text = subject.run("-runs=0", f"-artifact_prefix={subject.scratch}/", subject.seeds(), env={},
                             cwd="/", prefix=prefix)
    words = "empty environment, cwd /" + (", no network" if prefix else "")
    return code == 0, words if code == 0 else f"exit {code}: {last(text)}"


def unstable(subject, text):
    """What of "another path" lies in the project's code: (function, words). How the C++ library goes
    about its business may depend on where a block lies; std::vector::insert compares addresses."""
    tool = shutil.which("llvm-symbolizer-14") or shutil.which("llvm-symbolizer")
    for line in re.findall(r"^standin: .*another path at 0x.*$", text, re.MULTILINE):
        place = re.search(r"([^/]*): another path at (0x[0-9a-f]+): (.*)", line)
        if tool is None:
            return "a function", f"{place[1]}: {place[3]} (llvm-symbolizer would say where)"
        done = subprocess.run([tool, "-C", "-f", "-e", str(subject.standin), place[2]],
                              capture_output=True, text=True)
        function = (done.stdout.splitlines() or ["?"])[0]
        if not re.match(r"(.* )?(std|fmt|__gnu_cxx)::", function.split("(")[0]):
            return function[:80], f"{place[1]}: {place[3]}"
    return None


def check_standin(subject):
    """Links with an archive; returns 0 always; the same input, the same path."""
    if subject.standin is None:
        return False, "does not link with a stand-in archive"
    files = sorted(subject.seeds().iterdir())
    code, text = subject.run("--", "-runs=4", *files, binary=subject.standin)
    seen = re.search(r"^standin: (\d+) files, (\d+) mutants, (\d+) counters, 0 wrong", text, re.MULTILINE)
    if code not in (0, 3) or not seen or seen[3] == "0":
        return False, f"exit {code}: {last(text)}"
    other = unstable(subject, text)
    if other:
        return False, f"another path in {other[0]}: {other[1]}"
    return True, f"{seen[1]} seeds, {seen[2]} mutants: all 0, the same paths"


# What a MemorySanitizer build may still call of a C++ library that is not instrumented. Each writes
# nothing that an instrumented caller reads, or memory that was written before.
KNOWN_CALLS = re.compile(
    r"^(operator (new|delete)|__cxa_|__gxx_|std::terminate|std::uncaught|typeinfo|vtable|"
    r"std::(__1::)?(mutex|__call_once|__libcpp_|ios_base|locale|__shared_|chrono)|"
    r"std::\w*(exception|error|bad_\w+|nothrow)|std::__1::system_error|std::__1::__next_prime|"
    r"std::__1::(generic_category|numpunct<char>::id)|"
    r"guard variable)")


def uninstrumented(path):
    """Symbols that a C++ library gives to the target itself (libFuzzer's own come from libstdc++)."""
    done = subprocess.run(["nm", "-uC", "--dynamic", str(path)], capture_output=True, text=True)
    names = [line.split(maxsplit=1)[1] for line in done.stdout.splitlines() if line.strip()]
    return sorted({re.sub(r"@+\w.*", "", name) for name in names if "std::__1::" in name
                   and not KNOWN_CALLS.match(re.sub(r"^(typeinfo|vtable)( name)? for ", "", name))})


CHECKS = (
    ("engine", check_engine), ("architecture", check_architecture), ("sanitizers", check_mixed),
    ("instrumented", check_instrumented), ("seeds", check_seeds), ("side files", check_side_files),
    ("alone", check_alone), ("any engine", check_standin),
)
