#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs libFuzzer targets in turn, with progress, restarts after findings, and a report.

Started by ci/fuzz, which has built the targets. Scratch is build/fuzz-corpus/<noun>/: `grown` is
libFuzzer's own and stays between runs, `seeds` is made anew from corpus/. Nothing is ever written
below corpus/.

Exit: 0 nothing found, 1 findings, 2 usage or environment (no target, no execution).
"""

import argparse
import hashlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True  # the source tree stays as it was
import fuzz_log  # noqa: E402
import fuzz_report  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Every flag of libFuzzer that we rely on, in this one place. It ignores unknown ones in silence.
# About a hundred and fifty ops. Longer inputs find no more here, and take their time.
MAX_LEN = 512
FLAGS = ["-len_control=100", "-timeout=5", "-rss_limit_mb=2048",
         "-detect_leaks=0", "-print_final_stats=1", "-use_value_profile=0"]
WITNESSES = 5  # inputs kept per bucket


def max_len_of(name):
    """The longest input of a target: its fuzz/<name>.options says so to ClusterFuzz too."""
    options = ROOT / "fuzz" / f"{name}.options"
    found = options.is_file() and re.search(r"^max_len *= *(\d+)", options.read_text(), re.MULTILINE)
    return int(found[1]) if found else MAX_LEN


def flags_of(name):
    """Of one target, with its dictionary when it has one."""
    words = ROOT / "fuzz" / f"{name}.dict"
    return [f"-max_len={max_len_of(name)}", *FLAGS, *([f"-dict={words}"] if words.is_file() else [])]


class CannotRun(Exception):
    """Usage or environment: exit 2."""


def shown(path):
    """A path as one would type it from the root of the tree."""
    path = pathlib.Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


class Worker:
    """One libFuzzer process and the thread that reads it."""

    def __init__(self, command, environment, log_path):
        self.log = fuzz_log.RunLog()
        self.since = time.monotonic()
        self.fed = self.since
        # A session of its own: Ctrl-C is for us, and we tell them.
        self.process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True, errors="replace")
        self.thread = threading.Thread(target=self._read, args=(log_path,), daemon=True)
        self.thread.start()

    def _read(self, log_path):
        with open(log_path, "w", encoding="utf-8") as copy:
            for line in self.process.stderr:
                copy.write(line)
                self.log.feed(line)
                self.fed = time.monotonic()

    def estimate(self):
        """Executions by now: libFuzzer says so only at powers of two and at news."""
        return self.log.executions + int(self.log.rate * min(time.monotonic() - self.fed, 60))

    def ended(self):
        if self.process.poll() is None:
            return False
        self.thread.join(timeout=5)
        return True

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.thread.join(timeout=5)


class Campaign:
    """All that one fuzz target does in its share of the time."""

    def __init__(self, run, name, seconds):
        self.run, self.name, self.seconds = run, name, seconds
        self.binary = run.bin / name
        self.noun = re.sub(r"_fuzz$", "", name)
        self.scratch = run.work / self.noun
        self.executions = self.ops = self.cov = self.ft = self.corpus = 0
        self.restarts = 0
        self.history = []  # (second, edges)
        self.findings = {}  # bucket -> record
        self.interrupted = False

    def prepare(self):
        if not os.access(self.binary, os.X_OK):
            raise CannotRun(f"{shown(self.binary)} is not built")
        self.grown, self.seeds = self.scratch / "grown", self.scratch / "seeds"
        self.grown.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.seeds, ignore_errors=True)
        self.seeds.mkdir()
        self.run.write_seeds(self.noun, self.seeds)
        self.seed_count = sum(1 for _ in self.seeds.iterdir())
        self.grown_before = sum(1 for _ in self.grown.iterdir())
        print(f"{self.name}: {self.seed_count} seeds, {self.grown_before} units of earlier runs, "
              f"{fuzz_report.clock(self.seconds)}, seed {self.run.seed}", flush=True)

    def play(self):
        started = time.monotonic()
        self.end = started + self.seconds
        workers = [self.start_worker() for _ in range(self.run.jobs)]
        try:
            while workers:
                time.sleep(0.1)
                for worker in [w for w in workers if w.ended()]:
                    workers.remove(worker)
                    self.harvest(worker)
                    if self.end - time.monotonic() >= 1:
                        workers.append(self.start_worker())
                        self.restarts += 1
                self.observe(workers, started)
                if time.monotonic() > self.end + 30:
                    raise CannotRun(f"{self.name} does not stop; see {shown(self.run.logs)}/")
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the summary is short; let it be written
            for worker in workers:
                worker.stop()
                self.harvest(worker)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self.run.progress.clear()
        self.elapsed = time.monotonic() - started

    def start_worker(self):
        self.run.processes += 1
        left = max(1, round(self.end - time.monotonic()))
        command = [str(self.binary), *flags_of(self.name), f"-max_total_time={left}",
                   f"-seed={(self.run.seed + self.run.processes - 1) % 2**32 or 1}",
                   f"-artifact_prefix={self.run.logs}/{self.name}-{self.run.processes}-",
                   str(self.grown), str(self.seeds)]
        log_path = self.run.logs / f"{self.name}-{self.run.processes}.log"
        return Worker(command, self.run.environment, log_path)

    def harvest(self, worker):
        """Books the figures of a process that has ended, and its finding if it has one."""
        log = worker.log
        self.executions += log.total_executions()
        self.ops += log.stats.get("ops", 0)  # the target may say how many ops it has played
        self.note_coverage(log)
        finding = log.finding()
        if finding:
            self.keep(finding)
        elif not log.started and not self.interrupted:
            self.run.progress.clear()
            words = "\n".join("  " + line for line in log.tail[-6:])
            raise CannotRun(f"{self.name} ended with code {worker.process.returncode} before its "
                            f"first execution\n{words}".rstrip())

    def note_coverage(self, log):
        self.cov, self.ft = max(self.cov, log.cov), max(self.ft, log.ft)
        self.corpus = max(self.corpus, log.corpus)

    def keep(self, finding):
        """Files a finding under its bucket; the shortest input stands for it."""
        raw = pathlib.Path(finding.artifact) if finding.artifact else None
        if raw and not raw.is_file():
            raw = None
        data = raw.read_bytes() if raw else b""
        if raw:
            self.quarantine(data)
        name = re.sub(r"[^\w.-]+", "_", finding.bucket)[:80] + "-" + hashlib.sha1(data).hexdigest()[:8]
        record = self.findings.get(finding.bucket)
        count = record["count"] + 1 if record else 1
        shorter = not record or (raw and not 0 <= record["size"] <= len(data))
        if raw and (count <= WITNESSES or shorter):
            raw = raw.replace(self.run.findings / f"{name}.bin")
        elif raw:
            raw.unlink()
        if not shorter:
            record["count"] = count
            return
        file = raw
        if finding.program:
            suffix = "hobs" if finding.program.startswith("hobs ") else "boot"
            file = self.run.findings / f"{name}.{suffix}"
            file.write_text(finding.program)
        if not record:
            self.run.progress.clear()
            print(f"finding: {finding.bucket}", flush=True)
        self.findings[finding.bucket] = {
            "rule": finding.rule, "bucket": finding.bucket, "op": finding.op,
            "program": finding.program, "evidence": finding.evidence, "fuzzer": self.name,
            "file": shown(file) if file else "", "count": count, "size": len(data) if raw else -1,
            "reproduce": self.run.reproduce(file) if file else "no input was left behind"}

    def quarantine(self, data):
        """A unit of the corpus that fails would end every restart at once: it leaves the scratch."""
        for folder in (self.seeds, self.grown):
            for path in folder.iterdir():
                try:
                    if path.stat().st_size >= len(data) and path.read_bytes()[:max_len_of(self.name)] == data:
                        path.unlink()
                except FileNotFoundError:
                    pass  # another process has just replaced it by a shorter one

    def observe(self, workers, started):
        for worker in workers:
            self.note_coverage(worker.log)
        now = time.monotonic()
        second = round(now - started, 1)
        if self.cov and (not self.history or second - self.history[-1][0] >= 0.5):
            self.history.append((second, self.cov))
        executions = self.executions + sum(w.estimate() for w in workers)
        self.run.progress.show(
            f"{self.name}  {fuzz_report.clock(second)}  {executions:,} executions  "
            f"{int(executions / max(second, 0.1)):,}/s  cov {self.cov} ft {self.ft}  "
            f"corpus {self.corpus}  findings {len(self.findings)}  "
            f"{fuzz_report.clock(max(0, self.end - now))} left")

    def figures(self):
        return {"name": self.name, "executions": self.executions, "ops": self.ops,
                "rate": int(self.executions / max(self.elapsed, 0.1)),
                "seconds": round(self.elapsed, 1), "cov": self.cov, "ft": self.ft,
                "corpus": self.corpus, "restarts": self.restarts, "seeds": self.seed_count,
                "new_units": max(0, sum(1 for _ in self.grown.iterdir()) - self.grown_before),
                "findings": len(self.findings), "history": self.history}


class Progress:
    """One line, in place on a terminal, every five seconds elsewhere."""

    def __init__(self):
        self.terminal = sys.stdout.isatty()
        self.next = 0.0 if self.terminal else time.monotonic() + 5

    def show(self, text):
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + (0.2 if self.terminal else 5)
        if self.terminal:
            sys.stdout.write("\r" + text[:shutil.get_terminal_size().columns - 1] + "\x1b[K")
        else:
            sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def clear(self):
        if self.terminal:
            sys.stdout.write("\r\x1b[K")
            sys.stdout.flush()


class Run:
    """What all campaigns share."""

    def __init__(self, options):
        self.bin, self.work, self.out = (pathlib.Path(p).absolute()
                                         for p in (options.bin, options.work, options.out))
        self.corpus = pathlib.Path(options.corpus).absolute()
        self.jobs = options.jobs
        self.seed = options.seed if options.seed is not None else random.randrange(1, 2**31)
        self.findings, self.logs = self.out / "findings", self.out / "fuzz"
        self.findings.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir(parents=True)
        self.progress = Progress()
        self.processes = 0
        self.environment = dict(os.environ)
        if symbolizer := shutil.which("llvm-symbolizer-14") or shutil.which("llvm-symbolizer"):
            self.environment.setdefault("ASAN_SYMBOLIZER_PATH", symbolizer)
            self.environment.setdefault("UBSAN_SYMBOLIZER_PATH", symbolizer)
        self.environment.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
        self.target = options.target or os.environ.get("HOBNAIL_TARGET", "")
        if self.target:
            path = pathlib.Path(self.target).absolute()
            if not path.is_file():
                raise CannotRun(f"there is no target {self.target}")
            self.target = str(path)
            self.environment["HOBNAIL_TARGET"] = self.target
        self.targets = read_targets(pathlib.Path(options.targets))

    def hobnail(self, *arguments):
        command = [str(self.bin / "hobnail"), *map(str, arguments)]
        try:
            return subprocess.run(command, env=self.environment, capture_output=True, text=True,
                                  errors="replace", cwd=ROOT, check=False)
        except OSError as error:
            raise CannotRun(f"cannot run {shown(command[0])}: {error.strerror}") from error

    def reproduce(self, file):
        preset = "dev" if (ROOT / "build/dev/bin/hobnail").is_file() else "fuzz"
        target = f" --target {shown(self.target)}" if self.target else ""
        return f"build/{preset}/bin/hobnail replay {shown(file)}{target}"

    def write_seeds(self, noun, folder):
        """The seeds of corpus/<noun>/ when they are bytes; HOB lists, encoded, when they are; else
        every committed program, encoded."""
        if any((self.corpus / noun).glob("*.hobs")):
            lists = [p for p in (self.corpus / noun, self.corpus / "real/hobs") if p.is_dir()]
            done = self.hobnail("corpus", "encode", "--lists", *lists, "--max-bytes",
                                str(max_len_of(f"{noun}_fuzz")), "--out", folder)
            if done.returncode != 0:
                raise CannotRun("hobnail corpus encode: " + last_line(done))
            return
        own = [p for p in sorted((self.corpus / noun).glob("*")) if p.is_file()
               and p.suffix not in (".boot", ".md")]
        for path in own:
            shutil.copyfile(path, folder / path.name)
        if own:
            return
        done = self.hobnail("corpus", "encode", self.corpus, "--max-bytes",
                            str(MAX_LEN), "--out", folder)
        if done.returncode != 0:
            raise CannotRun("hobnail corpus encode: " + last_line(done))

    def replay_regressions(self):
        """What once was a bug comes first. Also shows whether the target can be loaded at all."""
        files = sorted((self.corpus / "regressions").rglob("*.boot"))
        probe = files or sorted(self.corpus.rglob("*.boot"))[:1]
        if not probe:
            raise CannotRun(f"no program (*.boot) below {shown(self.corpus)}")
        done = self.hobnail("replay", *probe)
        if done.returncode not in (0, 1):
            raise CannotRun("hobnail replay: " + last_line(done))
        if not files:
            return []
        if done.returncode == 0:
            print(f"regressions: {len(files)} replayed, all clean", flush=True)
            return []
        return [record for file in files if (record := self.replay_one(file))]

    def replay_one(self, file):
        done = self.hobnail("replay", file)
        if done.returncode == 0:
            return None
        print(f"finding: {shown(file)} fails again", flush=True)
        log = fuzz_log.RunLog()
        for line in (done.stderr + "\n" + done.stdout).splitlines():
            log.feed(line)
        seen = log.finding() or fuzz_log.Finding("REGRESSION", "REGRESSION")
        return {"rule": seen.rule, "bucket": seen.bucket, "op": seen.op,
                "program": file.read_text(), "evidence": seen.evidence or done.stdout.strip(),
                "fuzzer": "replay", "file": shown(file), "count": 1, "size": 0,
                "reproduce": self.reproduce(file)}


def last_line(done):
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}, without a word"


def read_targets(path):
    if not path.is_file():
        raise CannotRun(f"{shown(path.absolute())} does not exist: build the fuzz preset first")
    names = [line.strip() for line in path.read_text().splitlines() if line.strip()]
    if not names:
        raise CannotRun(f"{shown(path.absolute())} names no fuzz target")
    return names


def summarise(run, campaigns, record):
    for row in record["targets"]:
        print(f"{row['name']}: {row['executions']:,} executions in {row['seconds']:.0f} s "
              f"({row['rate']:,}/s), coverage {row['cov']} edges and {row['ft']} features, "
              f"corpus {row['corpus']} units, {row['new_units']} new")
    found = record["findings"]
    if record["interrupted"]:
        print("interrupted before the time was over")
    if not found:
        print("no findings")
    else:
        print(f"{len(found)} finding{'s' if len(found) > 1 else ''}:")
    for finding in found:
        where = f"  op {finding['op']}" if finding["op"] is not None else ""
        print(f"  {finding['bucket']}{where}  seen {finding['count']}x  {finding['file']}\n"
              f"    {finding['reproduce']}")
    print(f"report: {shown(run.out / 'report/index.html')}", flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(prog="ci/fuzz", description="Fuzzes all targets in turn.")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together (60)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1,
                        help="processes at a time (one per processor)")
    parser.add_argument("--target", metavar="X.so", help="the PEI core under test; the built-in one")
    parser.add_argument("--seed", type=int, help="of libFuzzer; a random one, which is printed")
    for name, default in (("targets", "build/fuzz/fuzz_targets.txt"), ("bin", "build/fuzz/bin"),
                          ("work", "build/fuzz-corpus"), ("out", "out"), ("corpus", "corpus")):
        parser.add_argument(f"--{name}", default=str(ROOT / default), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seconds < 1 or options.jobs < 1:
        parser.error("--seconds and --jobs must be at least 1")
    if options.seed is not None and not 0 < options.seed < 2**32:
        parser.error("--seed must lie in 1 to 4294967295: 0 is libFuzzer's word for a random one")
    return options


def main():
    options = parse_arguments()
    run = Run(options)
    regressions = run.replay_regressions()
    campaigns = []
    for name in run.targets:
        campaign = Campaign(run, name, max(1, options.seconds // len(run.targets)))
        campaign.prepare()
        campaigns.append(campaign)
        campaign.play()
        if campaign.interrupted:
            break
    found = regressions + [f for c in campaigns for f in c.findings.values()]
    rows = [c.figures() for c in campaigns]
    record = {"findings": found, "executions": sum(r["executions"] for r in rows),
              "ops": sum(r["ops"] for r in rows),
              "seconds": round(sum(r["seconds"] for r in rows), 1), "seed": run.seed,
              "jobs": run.jobs, "target": shown(run.target) if run.target else "",
              "interrupted": any(c.interrupted for c in campaigns), "targets": rows}
    fuzz_report.write(record, run.out / "report")
    summarise(run, campaigns, record)
    idle = [r["name"] for r in rows if r["executions"] == 0]
    if idle:
        raise CannotRun(f"no execution at all in {', '.join(idle)}")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CannotRun as problem:
        print(f"ci/fuzz: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
