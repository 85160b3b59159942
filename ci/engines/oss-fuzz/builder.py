# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes of this machine what OSS-Fuzz's builder is: one environment a build, the flags of its
sanitizer, sources in $SRC/hobnail. Where Debian differs from the builder, the difference stands here.
"""

import dataclasses
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCRATCH = ROOT / "build/oss-fuzz"

COMMON = ("-O1 -fno-omit-frame-pointer -gline-tables-only "
          "-DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION").split()
UNDEFINED = ("array-bounds,bool,builtin,enum,function,integer-divide-by-zero,null,object-size,return,"
             "returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr")
SANITIZERS = {
    "address": ["-fsanitize=address", "-fsanitize-address-use-after-scope"],
    "undefined": [f"-fsanitize={UNDEFINED},unsigned-integer-overflow",
                  f"-fno-sanitize-recover={UNDEFINED}"],
    "memory": ["-fsanitize=memory", "-fsanitize-memory-track-origins"],
}
COVERAGE = ["-fsanitize=fuzzer-no-link"]
ENGINE = "-fsanitize=fuzzer"

# What the runner sets for every target, shortened to what has an effect here.
RUN_OPTIONS = {
    "ASAN_OPTIONS": "alloc_dealloc_mismatch=0:allocator_may_return_null=1:"
                    "allocator_release_to_os_interval_ms=500:check_malloc_usable_size=0:"
                    "detect_container_overflow=1:detect_odr_violation=0:detect_leaks=1:"
                    "detect_stack_use_after_return=1:fast_unwind_on_fatal=0:handle_abort=1:"
                    "handle_segv=1:handle_sigill=1:max_uar_stack_size_log=16:print_scariness=1:"
                    "quarantine_size_mb=10:strict_memcmp=1:symbolize=1:use_sigaltstack=1:"
                    "dedup_token_length=3",
    "MSAN_OPTIONS": "print_stats=1:symbolize=1:dedup_token_length=3",
    "UBSAN_OPTIONS": "print_stacktrace=1:print_summary=1:silence_unsigned_overflow=1:symbolize=1:"
                     "dedup_token_length=3",
}
FUZZER_ARGS = ["-rss_limit_mb=2560", "-timeout=25"]


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

    def flags(self):
        """(for C, for C++, for the linker)"""
        sanitizer = SANITIZERS[self.sanitizer]
        plain = [flag.replace("function,", "") for flag in sanitizer]  # in C there is no such check
        common = COMMON + COVERAGE
        link = []
        if self.architecture == "i386":
            # Debian has no libc++ for the other width; -idirafter as in CMakePresets.json.
            width = ["-m32", "-idirafter", "/usr/include/x86_64-linux-gnu"]
            return common + plain + width, common + sanitizer + width, link
        own = ["-stdlib=libc++"]
        # Debian's libFuzzer is made for libstdc++, the builder's brings its own library. (By file
        # name: clang takes -lstdc++ for the library of -stdlib.)
        link.append("-Wl,--push-state,--no-as-needed,-l:libstdc++.so.6,--pop-state")
        if self.sanitizer == "memory":
            # The builder's libc++ is instrumented, Debian's is not: so have what the targets use of
            # it compiled here, from its headers. What is left in the library is judged by
            # checks.uninstrumented.
            own.append("-D_LIBCPP_DISABLE_EXTERN_TEMPLATE")
        return common + plain, common + sanitizer + own, link


def compiler(cxx):
    for name in ("clang++-14", "clang++") if cxx else ("clang-14", "clang"):
        if shutil.which(name):
            return name
    raise CannotRun("clang is missing: apt-get install clang-14 libclang-rt-14-dev")


def require(settings):
    """Says what to install, before anything is built."""
    wanted = {"objdump": "binutils", "nm": "binutils", "cmake": "cmake", "ninja": "ninja-build",
              "patch": "patch"}
    packages = sorted({package for tool, package in wanted.items() if not shutil.which(tool)})
    for setting in settings:
        probe = "#include <version>\n#include <sanitizer/asan_interface.h>\nint main(){}"
        _, flags, _ = setting.flags()
        done = subprocess.run([compiler(True), *flags, "-x", "c++", "-fsyntax-only", "-"], input=probe,
                              text=True, capture_output=True)
        if done.returncode != 0:
            packages += (["libc++-14-dev", "libc++abi-14-dev"] if setting.architecture == "x86_64"
                         else ["libc6-dev-i386", "lib32gcc-12-dev", "lib32stdc++-12-dev"])
    if packages:
        raise CannotRun("please install first (as root): apt-get install --no-install-recommends "
                        + " ".join(dict.fromkeys(packages)))


def stage_sources():
    """$SRC/hobnail: what the repository has of this tree; unchanged files keep their time."""
    place = SCRATCH / "src/hobnail"
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT,
                          capture_output=True)
    if done.returncode != 0:
        raise CannotRun("this is no git working tree; git ls-files fails")
    names = {name.decode() for name in done.stdout.split(b"\0") if name}
    for old in list(place.rglob("*")):
        if old.is_file() and str(old.relative_to(place)) not in names:
            old.unlink()
    for name in sorted(names):
        source, target = ROOT / name, place / name
        if not source.is_file():
            continue
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    return place


def environment(setting, encoder=None):
    """What `compile` of the builder exports before build.sh."""
    c_flags, cxx_flags, link = setting.flags()
    wanted = ("PATH", "HOME", "CCACHE_DIR", "CMAKE_C_COMPILER_LAUNCHER", "CMAKE_CXX_COMPILER_LAUNCHER",
              "CCACHE_SLOPPINESS")
    env = {name: os.environ[name] for name in wanted if name in os.environ}
    env |= {
        "SRC": str(SCRATCH / "src"), "OUT": str(setting.folder / "out"), "WORK": str(SCRATCH / "work"),
        "CC": compiler(False), "CXX": compiler(True), "CCC": compiler(True),
        "CFLAGS": " ".join(c_flags), "CXXFLAGS": " ".join(cxx_flags), "LDFLAGS": " ".join(link),
        "LIB_FUZZING_ENGINE": ENGINE, "FUZZING_ENGINE": "libfuzzer", "FUZZING_LANGUAGE": "c++",
        "SANITIZER": setting.name, "ARCHITECTURE": setting.architecture,
        # The same results for every working tree.
        "CCACHE_BASEDIR": str(SCRATCH / "src/hobnail"), "CCACHE_NOHASHDIR": "1",
    }
    if encoder:
        env["HOBNAIL_COMMAND"] = str(encoder)
    return env


def run_logged(command, log, **more):
    with open(log, "ab") as out:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                              **more).returncode


def build(setting, encoder):
    """Runs build.sh as the builder does; the path of its log when it fails, else None."""
    shutil.rmtree(setting.folder, ignore_errors=True)
    (setting.folder / "out").mkdir(parents=True)
    (SCRATCH / "work").mkdir(exist_ok=True)
    script = SCRATCH / "src/hobnail/ci/engines/oss-fuzz/build.sh"
    log = setting.folder / "build.log"
    code = run_logged(["bash", "-eux", str(script)], log, env=environment(setting, encoder),
                      cwd=SCRATCH / "src/hobnail")
    return None if code == 0 else log


def built_folder(setting):
    return SCRATCH / "work" / f"hobnail-{setting.name}"


def standin(setting, folder):
    """The archive of ci/engines/standin_engine.c for this architecture."""
    width = ["-m32"] if setting.architecture == "i386" else []
    archive, unit = folder / "libFuzzingEngine.a", folder / "standin_engine.o"
    subprocess.run([compiler(False), *width, "-O1", "-fPIC", "-c", str(ROOT / "ci/engines/standin_engine.c"),
                    "-o", str(unit)], check=True)
    archive.unlink(missing_ok=True)
    subprocess.run(["ar", "rc", str(archive), str(unit)], check=True)
    return archive
