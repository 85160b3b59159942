# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Planted bugs: a build that finds nothing wrong has to show that it can.

Each is a patch of core, applied to the staged sources alone; services_fuzz is built anew, and has to
end with the words that stand in EXPECTED within so many seconds, beginning with the seeds.
"""

import re
import shutil
import subprocess

import builder
import checks

MUTANT = builder.ROOT / "ci/prove/mutants/reuse-loses-rest.patch"  # for the oracle: the banner must show
FOLDER = builder.ROOT / "ci/engines/oss-fuzz/planted"  # one for each sanitizer: for it alone to see

# Of clang 14's words. AddressSanitizer's report becomes a finding of ours too.
EXPECTED = {
    "address": r"AddressSanitizer: use-after-poison",
    "undefined": r"runtime error: signed integer overflow",
    "memory": r"MemorySanitizer: use-of-uninitialized-value",
}
BANNER = r"^ASSERTION FAILED: FuzzerHash=[A-Z-]+$"


def patched(patch, undo=False):
    command = ["patch", "-p1", "--quiet", "--forward", "-i", str(patch)]
    if undo:
        command[3] = "-R"
    return subprocess.run(command, cwd=builder.SCRATCH / "src/hobnail", capture_output=True).returncode == 0


def seek(setting, moved, expected, seconds):
    """(found, words) of services_fuzz as it is built now."""
    folder = builder.built_folder(setting)
    target = moved.parent / "planted"
    shutil.copy(folder / "bin/services_fuzz", target)
    scratch = moved.parent / "scratch"
    subject = checks.Subject(target, setting.sanitizer, setting.architecture, scratch)
    code, text = subject.run(f"-max_total_time={seconds}", "-seed=1337", "-max_len=512", "-timeout=5",
                             "-detect_leaks=0", "-print_final_stats=1",
                             f"-artifact_prefix={scratch}/planted-", scratch / "services_fuzz.seeds",
                             seconds=seconds + 60)
    runs = re.findall(r"^stat::number_of_executed_units: +(\d+)", text, re.MULTILINE)
    after = f"after {runs[-1]} inputs" if runs else f"within {seconds} s"
    seen = re.search(expected, text, re.MULTILINE)
    if code == 0 or not seen:
        return False, f"not found {after}: exit {code}: {checks.last(text)}"
    banner = re.search(BANNER, text, re.MULTILINE)
    return True, f"{banner[0][18:] if banner else seen[0][:60]} {after}"


def hunt(setting, moved, seconds):
    """Yields (check, good, words) for each planted bug."""
    own = FOLDER / f"{setting.sanitizer}.patch"
    log = setting.folder / "planted.log"
    command = ["cmake", "--build", str(builder.built_folder(setting)), "--target", "services_fuzz"]
    env = builder.environment(setting)
    for title, patch, expected in (("oracle's bug", MUTANT, BANNER),
                                   ("sanitizer's bug", own, EXPECTED[setting.sanitizer])):
        if not patched(patch):
            yield title, False, f"{patch.relative_to(builder.ROOT)} no longer applies"
            continue
        try:
            if builder.run_logged(command, log, env=env) != 0:
                yield title, False, f"does not build; {log.relative_to(builder.ROOT)}"
            else:
                yield title, *seek(setting, moved, expected, seconds)
        finally:
            patched(patch, undo=True)
