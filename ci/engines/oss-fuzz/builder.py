# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs build.sh in the environment of OSS-Fuzz's builder: its variables, the flags of one sanitizer,
the sources in $SRC/hobnail. Differences between Debian and the builder are noted where they matter.
"""

import dataclasses
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCRATCH = ROOT / "build/oss-fuzz"
SOURCES = SCRATCH / "src/hobnail"

UNDEFINED = ("array-bounds,bool,builtin,enum,function,integer-divide-by-zero,null,object-size,return,"
             "returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr")
SANITIZERS = {
    "address": ["-fsanitize=address", "-fsanitize-address-use-after-scope"],
    "undefined": [f"-fsanitize={UNDEFINED},unsigned-integer-overflow",
                  f"-fno-sanitize-recover={UNDEFINED}"],
    "memory": ["-fsanitize=memory", "-fsanitize-memory-track-origins"],
}
COMMON = ("-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=fuzzer-no-link "
          "-DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION").split()
ENGINE = "-fsanitize=fuzzer"
CC, CXX = "clang-14", "clang++-14"


class CannotRun(Exception):
    """Usage or environment: exit 2."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """One build: a sanitizer and an architecture."""
    sanitizer: str
    architecture: str = "x86_64"

    @property
    def name(self):
        return self.sanitizer + ("" if self.architecture == "x86_64" else "-" + self.architecture)

    @property
    def folder(self):
        return SCRATCH / self.name

    @property
    def built(self):
        """The build tree of build.sh."""
        return SCRATCH / "work" / f"hobnail-{self.name}"

    @property
    def width(self):
        # -idirafter as in CMakePresets.json.
        return ["-m32", "-idirafter", "/usr/include/x86_64-linux-gnu"] if self.architecture == "i386" else []

    def flags(self):
        """(for C, for C++, for the linker)"""
        sanitizer = SANITIZERS[self.sanitizer]
        plain = [flag.replace("function,", "") for flag in sanitizer]  # clang has no such check in C
        own, link = self.width, []
        if self.architecture != "i386":  # Debian has no libc++ for i386
            own = ["-stdlib=libc++"]
            # Debian's libFuzzer needs libstdc++; the builder's contains its own library. (By file
            # name: clang takes -lstdc++ for the library of -stdlib.)
            link = ["-Wl,--push-state,--no-as-needed,-l:libstdc++.so.6,--pop-state"]
        if self.sanitizer == "memory":
            # The builder's libc++ is instrumented, Debian's is not: compile what the targets use of
            # it from its headers. checks.check_library judges the rest.
            own = own + ["-D_LIBCPP_DISABLE_EXTERN_TEMPLATE"]
        return COMMON + plain + self.width, COMMON + sanitizer + own, link

    def environment(self, encoder=None):
        """What the builder's `compile` exports before build.sh."""
        c_flags, cxx_flags, link = self.flags()
        env = {name: value for name, value in os.environ.items()
               if name in ("PATH", "HOME") or name.startswith(("CCACHE_", "CMAKE_C"))}
        env |= {
            "SRC": str(SCRATCH / "src"), "OUT": str(self.folder / "out"), "WORK": str(SCRATCH / "work"),
            "CC": CC, "CXX": CXX, "CFLAGS": " ".join(c_flags), "CXXFLAGS": " ".join(cxx_flags),
            "LDFLAGS": " ".join(link), "LIB_FUZZING_ENGINE": ENGINE, "FUZZING_ENGINE": "libfuzzer",
            "FUZZING_LANGUAGE": "c++", "SANITIZER": self.name, "ARCHITECTURE": self.architecture,
            # The same cache entries for every working tree.
            "CCACHE_BASEDIR": str(SOURCES), "CCACHE_NOHASHDIR": "1",
        }
        if encoder:
            env["HOBNAIL_COMMAND"] = str(encoder)
        return env

    def build(self, encoder):
        """Runs build.sh; the path of its log when it fails, else None."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "out").mkdir(parents=True)
        self.built.parent.mkdir(exist_ok=True)
        log = self.folder / "build.log"
        code = run_logged(["bash", "-eux", str(SOURCES / "ci/engines/oss-fuzz/build.sh")], log,
                          env=self.environment(encoder), cwd=SOURCES)
        return log if code else None

    def standin(self, folder):
        """The archive of standin_engine.c for this architecture."""
        archive, unit = folder / "libFuzzingEngine.a", folder / "standin_engine.o"
        subprocess.run([CC, *self.width, "-O1", "-fPIC", "-c", str(ROOT / "ci/engines/standin_engine.c"),
                        "-o", str(unit)], check=True)
        archive.unlink(missing_ok=True)
        subprocess.run(["ar", "rc", str(archive), str(unit)], check=True)
        return archive


def stage_sources():
    """$SRC/hobnail: the files that git knows or would add; unchanged files keep their time."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise CannotRun("git ls-files fails: this is not a git working tree")
    names = {name.decode() for name in done.stdout.split(b"\0") if name}
    for old in list(SOURCES.rglob("*")):
        if old.is_file() and str(old.relative_to(SOURCES)) not in names:
            old.unlink()
    for name in names:
        source, target = ROOT / name, SOURCES / name
        if source.is_file() and not (target.is_file() and target.read_bytes() == source.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def run_logged(command, log, **more):
    with open(log, "ab") as out:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                              check=False, **more).returncode
