# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A self test of the checks: a small target passes all of them, and each of its wrong builds fails the
check that is there for it."""

import dataclasses
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import builder
import checks

SOURCE = r"""
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
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
  WRONG
  return 0;
}
"""
NO_ASAN = tuple(builder.SANITIZERS["address"])
NO_UBSAN = tuple(builder.SANITIZERS["undefined"])


@dataclasses.dataclass(frozen=True)
class Wrong:
    name: str
    refused_by: str
    code: str = ""
    sanitizer: str = "address"
    drop: tuple = ()  # flags of the compiler
    add: tuple = ()
    link: tuple = ()  # flags of the linker alone


WRONG = (
    Wrong("no sanitizer", "instrumented", drop=NO_ASAN),
    Wrong("ASan only linked", "instrumented", drop=NO_ASAN, link=("-fsanitize=address",)),
    Wrong("ASan and UBSan", "instrumented", add=("-fsanitize=undefined",)),
    Wrong("MSan asked, ASan built", "instrumented", sanitizer="memory", add=NO_ASAN,
          drop=tuple(builder.SANITIZERS["memory"])),
    Wrong("no UBSan in the project", "instrumented", sanitizer="undefined", drop=NO_UBSAN, link=NO_UBSAN),
    Wrong("no coverage", "seeds", drop=("-fsanitize=fuzzer-no-link",)),
    Wrong("fails on a seed", "seeds", "if (size == 5) abort();"),
    Wrong("needs its folder", "seeds",
          'if (FILE* file = fopen("here", "r")) fclose(file); else abort();'),
    Wrong("needs an environment", "seeds", 'if (getenv("PATH") == nullptr) abort();'),
    Wrong("returns 1", "any engine", "if (size == 5) return 1;"),
    Wrong("keeps state", "any engine", "if (pei::g_calls++ % 3 == 1) seen = pei::third(data, size) + 1;"),
    Wrong("reads beyond the input", "any engine", "if (size == 5 && data[size] == 'q') abort();"),
)
NAME = "small_fuzz"


def build(folder, case):
    """$OUT with the target, and beside it the target with the stand-in engine."""
    out = folder / "out"
    out.mkdir(parents=True)
    (folder / "scratch").mkdir()
    (folder / "scratch/here").touch()
    setting = builder.Setting(case.sanitizer)
    _, flags, link = setting.flags()
    flags = [flag for flag in flags if flag not in case.drop] + list(case.add)
    source, unit = folder / "small.cpp", folder / "small.o"
    source.write_text(SOURCE.replace("WRONG", case.code))
    subprocess.run([builder.CXX, *flags, "-c", str(source), "-o", str(unit)], check=True)
    for engine, target in ((builder.ENGINE, out / NAME), (setting.standin(folder), folder / "standin")):
        subprocess.run([builder.CXX, *flags, *link, *case.link, str(unit), str(engine), "-o", str(target)],
                       check=True)
    (out / f"{NAME}.options").write_text("[libfuzzer]\nmax_len = 512\n")
    write_seeds(out, {"one": "x", "two": "pages"})


def write_seeds(out, seeds):
    with zipfile.ZipFile(out / f"{NAME}_seed_corpus.zip", "w") as archive:
        for name, text in seeds.items():
            archive.writestr(name, text)


# What can be wrong with $OUT and not with the target: (name, check, what spoils it).
SPOILED = (
    ("a tool in OUT", "targets", lambda out: shutil.copy(out / NAME, out / "replay_tool")),
    ("a target is missing", "targets", lambda out: (out / NAME).rename(out / "other")),
    ("a stray file", "targets", lambda out: (out / "notes.txt").touch()),
    ("seeds in a folder", "seeds", lambda out: write_seeds(out, {"folder/one": "x"})),
    ("no seeds", "seeds", lambda out: (out / f"{NAME}_seed_corpus.zip").unlink()),
    ("no options", "side files", lambda out: (out / f"{NAME}.options").unlink()),
    ("close_fd_mask", "side files",
     lambda out: (out / f"{NAME}.options").write_text("[libfuzzer]\nclose_fd_mask = 3\n")),
    ("a bad dictionary", "side files", lambda out: (out / f"{NAME}.dict").write_text('word="unfinished\n')),
)


def judge(folder, sanitizer, check):
    if check == "targets":
        return checks.check_list(folder / "out", [NAME])
    return dict(checks.CHECKS)[check](checks.Subject(folder / "out" / NAME, sanitizer, folder / "scratch",
                                                     folder / "standin", least=2))


def run(table):
    with tempfile.TemporaryDirectory(prefix="hobnail-self-test-") as scratch:
        scratch = pathlib.Path(scratch)
        for sanitizer in builder.SANITIZERS:
            build(scratch / sanitizer, Wrong("right", "", sanitizer=sanitizer))
            for check in ("targets", *dict(checks.CHECKS)):
                table.add("right", sanitizer, check, *judge(scratch / sanitizer, sanitizer, check))
        for case in WRONG:
            build(scratch / case.name, case)
            refuse(table, case.name, case.refused_by, scratch / case.name, case.sanitizer)
        for name, check, spoil in SPOILED:
            shutil.copytree(scratch / "address", scratch / name,
                            ignore=shutil.ignore_patterns("*.seeds"))
            spoil(scratch / name / "out")
            refuse(table, name, check, scratch / name, "address")


def refuse(table, name, check, folder, sanitizer):
    good, text = judge(folder, sanitizer, check)
    table.add("wrong", name, check, not good, f"accepted: {text}" if good else text)
