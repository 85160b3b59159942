# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The checks on trial: a small target that is as it should be passes all of them, and each of its
wrong builds is refused by the check that is there for it."""

import dataclasses
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import builder
import checks
from builder import Setting

SOURCE = r"""
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
namespace pei {
int g_calls = 0;
__attribute__((noinline)) int sum(const uint8_t* data, size_t size) {
  int total = 0;
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == 'x') total += 3; else total -= data[i] % 5;
  }
  return total;
}
__attribute__((noinline)) int third(const uint8_t* data, size_t size) {
  int total = 0;
  for (size_t i = 2; i < size; i += 3) total += 3 * data[i];
  return total;
}
}  // namespace pei
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  volatile int seen = pei::sum(data, size) + pei::third(data, size);
  (void)seen;
#ifdef ANSWERS_ONE
  if (size == 5) return 1;
#endif
#ifdef REMEMBERS
  if (pei::g_calls++ % 3 == 1) seen = pei::third(data, size + 1 - 1) + 1;
#endif
#ifdef FAILS_ON_A_SEED
  if (size == 5) { fprintf(stderr, "ASSERTION FAILED: FuzzerHash=SELF-TEST\n"); abort(); }
#endif
#ifdef NEEDS_ITS_FOLDER
  if (access("scratch-is-here", F_OK) != 0) abort();
#endif
#ifdef NEEDS_ENVIRONMENT
  if (getenv("PATH") == nullptr) abort();
#endif
#ifdef READS_TOO_FAR
  if (size == 5 && data[size] == 'q') abort();
#endif
  return 0;
}
"""


@dataclasses.dataclass(frozen=True)
class Wrong:
    name: str
    refused_by: str
    sanitizer: str = "address"
    define: str = ""
    drop: tuple = ()  # flags of the compiler
    add: tuple = ()
    link: tuple = ()  # flags of the linker alone
    claimed: str = ""  # the architecture that is asked for


WRONG = (
    Wrong("no sanitizer", "sanitizers", drop=("-fsanitize=address", "-fsanitize-address-use-after-scope")),
    Wrong("ASan only linked", "instrumented", link=("-fsanitize=address",),
          drop=("-fsanitize=address", "-fsanitize-address-use-after-scope")),
    Wrong("ASan and UBSan", "instrumented", add=("-fsanitize=undefined",)),
    Wrong("MSan asked, ASan built", "sanitizers", sanitizer="memory", add=("-fsanitize=address",),
          drop=("-fsanitize=memory", "-fsanitize-memory-track-origins")),
    Wrong("no UBSan in the project", "instrumented", sanitizer="undefined",
          drop=tuple(builder.SANITIZERS["undefined"]), link=tuple(builder.SANITIZERS["undefined"])),
    Wrong("no coverage", "engine", drop=("-fsanitize=fuzzer-no-link",)),
    Wrong("another architecture", "architecture", claimed="i386"),
    Wrong("answers 1", "any engine", define="ANSWERS_ONE"),
    Wrong("remembers", "any engine", define="REMEMBERS"),
    Wrong("fails on a seed", "seeds", define="FAILS_ON_A_SEED"),
    Wrong("reads beyond the input", "any engine", define="READS_TOO_FAR"),
    Wrong("needs its folder", "alone", define="NEEDS_ITS_FOLDER"),
    Wrong("needs an environment", "alone", define="NEEDS_ENVIRONMENT"),
)
NAME = "small_fuzz"


def build(folder, case):
    """$OUT with the target; (out, the target with the stand-in engine)."""
    out, scratch = folder / "out", folder / "scratch"
    out.mkdir(parents=True)
    scratch.mkdir()
    (scratch / "scratch-is-here").touch()
    setting = Setting(case.sanitizer)
    _, flags, link = setting.flags()
    flags = [flag for flag in flags if flag not in case.drop] + list(case.add)
    source = folder / "small.cpp"
    source.write_text(SOURCE)
    unit = folder / "small.o"
    if case.define:
        flags.append("-D" + case.define)
    cxx = builder.compiler(True)
    subprocess.run([cxx, *flags, "-c", str(source), "-o", str(unit)], check=True)
    archive = builder.standin(setting, folder)
    for engine, target in ((builder.ENGINE, out / NAME), (str(archive), folder / "standin")):
        command = [cxx, *flags, *link, *case.link, str(unit), engine, "-o", str(target)]
        subprocess.run(command, check=True)
    with zipfile.ZipFile(out / f"{NAME}_seed_corpus.zip", "w") as seeds:
        seeds.writestr("one", "x")
        seeds.writestr("two", "pages")
    return out, folder / "standin"


def verdicts(folder, out, standin, case):
    """{check: (good, words)} of all checks."""
    subject = checks.Subject(out / NAME, case.sanitizer, case.claimed or "x86_64", folder / "scratch",
                             standin, least=2)
    found = {title: check(subject) for title, check in checks.CHECKS}
    found["targets"] = checks.check_list(out, [NAME])
    return found


def spoil(out, how):
    """What can be wrong with $OUT and not with the target."""
    archive = out / f"{NAME}_seed_corpus.zip"
    if how == "a tool in OUT":
        shutil.copy(out / NAME, out / "replay_tool")
    elif how == "a target is missing":
        (out / NAME).rename(out / "other.bin")
    elif how == "seeds in a folder":
        with zipfile.ZipFile(archive, "w") as seeds:
            seeds.writestr("folder/one", "x")
    elif how == "no seeds":
        archive.unlink()
    elif how == "close_fd_mask":
        (out / f"{NAME}.options").write_text("[libfuzzer]\nclose_fd_mask = 3\n")
    elif how == "a bad dictionary":
        (out / f"{NAME}.dict").write_text('word="unfinished\n')
    elif how == "not linked with an archive":
        return None
    return True


SPOILED = {"a tool in OUT": "targets", "a target is missing": "targets", "seeds in a folder": "seeds",
           "no seeds": "seeds", "close_fd_mask": "side files", "a bad dictionary": "side files",
           "not linked with an archive": "any engine"}
ONE_CHECK = {title: check for title, check in checks.CHECKS}


def run(table):
    with tempfile.TemporaryDirectory(prefix="hobnail-self-test-") as scratch:
        scratch = pathlib.Path(scratch)
        for sanitizer in builder.SANITIZERS:
            case = Wrong("right", "", sanitizer)
            folder = scratch / sanitizer
            folder.mkdir()
            out, standin = build(folder, case)
            for title, (good, words) in verdicts(folder, out, standin, case).items():
                table.add("right", sanitizer, title, good, words)
        for number, case in enumerate(WRONG):
            folder = scratch / str(number)
            folder.mkdir()
            out, standin = build(folder, case)
            good, words = verdicts(folder, out, standin, case)[case.refused_by]
            table.add("wrong", case.name, case.refused_by, not good,
                      f"refused: {words}" if not good else f"not refused: {words}")
        for number, (how, check) in enumerate(SPOILED.items()):
            folder = scratch / f"spoiled-{number}"
            folder.mkdir()
            case = Wrong(how, check)
            out, standin = build(folder, case)
            standin = standin if spoil(out, how) else None
            if check == "targets":
                good, words = checks.check_list(out, [NAME])
            else:
                subject = checks.Subject(out / NAME, "address", "x86_64", folder / "scratch", standin,
                                         least=2)
                good, words = ONE_CHECK[check](subject)
            table.add("spoiled", how, check, not good,
                      f"refused: {words}" if not good else f"not refused: {words}")
