# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What may kill a mutant: two ladders of tiers, each climbed until the mutant is killed.

  inside   unit tests, then suites: programs with the mutated core linked in
  outside  corpus, then hunters (`hobnail check`), then fuzzing: the core or its DXE as a shared object;
           at last corpus and hunters again with --standard strict, as for a core that follows EDK II's
           practice and not only PI

The hunters and the fuzzers run a number of programs, not of seconds: a rerun has the same answer.
"""

import dataclasses
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess

from mutation_build import in_consumer, in_target

UNIT = ("core_test", "golden_vectors_test", "dxe_test", "boot_story")
SUITES = ("bytes_props", "pages_props", "pool_props", "hob_list_props", "services_props", "migration_props",
          "window_props", "bins_props", "granularity_props", "layouts_props", "handoff_props", "dxe_props")
VARIANTS = ("", "64k", "bins", "64k,bins")
CLEAN_NAMES = ("HOBNAIL_TARGET", "HOBNAIL_CONSUMER", "HOBNAIL_CORE", "HOBNAIL_STANDARD", "HOBNAIL_BOARDS",
               "HOBNAIL_RULES", "RC_PARAMS")
RULE = re.compile(r"FuzzerHash=([A-Z0-9-]+)")
CPU_SECONDS = {"unit": 10, "fuzz": 600}  # of a command, which takes a tenth of it; others' are 120
WAIT_SECONDS = 3600  # for one that waits instead
MEMORY_BYTES = 8 << 30


@dataclasses.dataclass(frozen=True)
class Step:
    tier: str
    name: str
    command: tuple
    environment: tuple = ()
    limited: bool = True  # in its memory: not with AddressSanitizer


@dataclasses.dataclass(frozen=True)
class Tools:
    hobnail: pathlib.Path
    corpus: pathlib.Path
    seeds: pathlib.Path  # the corpus as bytes
    fuzzers: pathlib.Path  # directory
    scratch: pathlib.Path
    check_runs: int
    fuzz_runs: int
    fuzz_flags: tuple = ()
    tiers: tuple = ()  # no others are run


def killed_by(step):
    """Runs a step: None when the mutant survived, else what it died of."""
    environment = {k: v for k, v in os.environ.items() if k not in CLEAN_NAMES}
    environment.update(step.environment, HOME=os.environ.get("HOME", "/"))

    def limit():
        if step.limited:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        seconds = CPU_SECONDS.get(step.tier, 120)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    with subprocess.Popen(step.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=environment, preexec_fn=limit,
                          start_new_session=True) as process:
        try:
            output = process.communicate(timeout=WAIT_SECONDS)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output = ""
    if process.returncode == 0:
        return None
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "hang"
    rule = RULE.search(output)
    failed = re.search(r"^\[  FAILED  \] (\S+)", output, re.MULTILINE)
    return rule.group(1) if rule else failed.group(1) if failed else f"exit code {process.returncode}"


def inside(bench, objects, tools):
    """Steps with the mutated core linked in. A program is linked when its turn comes."""
    mine = {name: path for name, path in objects.items() if not name.endswith("/consumer_entry.cpp")}
    for tier, programs in (("unit", UNIT), ("suites", SUITES)):
        for name in programs if tier in tools.tiers else ():
            program = bench.link(name, mine)
            yield Step(tier, name, ("setarch", "-R", str(program)), (("RC_PARAMS", "seed=1"),))
            program.unlink()


def outside(bench, objects, tools):
    target = bench.target(objects) if any(map(in_target, objects)) else None
    consumer = bench.consumer(objects) if any(map(in_consumer, objects)) else None
    variants = VARIANTS if target else VARIANTS[:1]
    words = [("--target", str(target))] if target else []
    words += [("--consumer", str(consumer))] if consumer else []
    both = tuple(word for pair in words for word in pair)
    if consumer:
        yield from of_lists(words[-1], tools)
    for tier, standard in ((None, ()), ("strict", ("--standard", "strict"))):
        for variant in variants:
            yield replay(tier or "corpus", variant, (*both, *standard), tools)
        for variant in variants:
            yield check(tier or "hunters", variant, (*both, *standard), tools)
        if tier is None:
            yield from fuzzing(target, consumer, variants, tools)
        if target is None:
            return  # the standard is that of PEI cores


def of_lists(words, tools):
    yield Step("corpus", "replay of lists",
               (str(tools.hobnail), "replay", *lists_of(tools.corpus), *words, "--quiet"))
    yield Step("hunters", "check --lists",
               (str(tools.hobnail), "check", "--lists", "--runs", str(4 * tools.check_runs), *words,
                "--out", str(tools.scratch / "findings"), "--quiet"))


def replay(tier, variant, words, tools):
    return Step(tier, f"replay {variant}".strip(),
                (str(tools.hobnail), "replay", str(tools.corpus), *words, "--quiet"), core_of(variant))


def check(tier, variant, words, tools):
    return Step(tier, f"check {variant}".strip(),
                (str(tools.hobnail), "check", "--runs", str(tools.check_runs), *words, "--out",
                 str(tools.scratch / "findings"), "--quiet"), core_of(variant))


def lists_of(corpus):
    return sorted(str(path) for folder in ("hob_list", "real/hobs")
                  for path in (corpus / folder).rglob("*.hob*") if path.is_file())


def core_of(variant):
    return (("HOBNAIL_CORE", variant),) if variant else ()


def fuzzing(target, consumer, variants, tools):
    """services_fuzz on the variants of the core, hob_list_fuzz and handoff_fuzz on the consumer."""
    if "fuzz" not in tools.tiers:
        return
    whom = [("HOBNAIL_TARGET", str(target))] if target else []
    whom += [("HOBNAIL_CONSUMER", str(consumer))] if consumer else []
    programs = [("services_fuzz", variant) for variant in (variants[0], variants[-1])] if target else []
    programs += [("hob_list_fuzz", ""), ("handoff_fuzz", "")] if consumer else []
    for program, variant in dict.fromkeys(programs):
        grown = tools.scratch / "grown"
        shutil.rmtree(grown, ignore_errors=True)
        grown.mkdir(parents=True)
        environment = (*whom, *core_of(variant), ("ASAN_OPTIONS", "symbolize=0"),
                       ("UBSAN_OPTIONS", "symbolize=0"))
        seeds = tools.seeds / ("lists" if program == "hob_list_fuzz" else "programs")
        yield Step("fuzz", f"{program} {variant}".strip(),
                   ("setarch", "-R", str(tools.fuzzers / program), *tools.fuzz_flags,
                    f"-runs={tools.fuzz_runs}", "-seed=1", f"-artifact_prefix={grown}/", str(grown),
                    str(seeds)), environment, limited=False)


LADDERS = {"inside": inside, "outside": outside}
TIERS_OF = {"inside": ("unit", "suites"), "outside": ("corpus", "hunters", "fuzz", "strict")}


def climb(ladder, bench, objects, tools):
    """(tier, step, cause) of the first kill, or None."""
    for step in LADDERS[ladder](bench, objects, tools):
        cause = killed_by(step) if step.tier in tools.tiers else None
        if cause:
            return step.tier, step.name, cause
    return None
