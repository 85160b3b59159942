// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The two rounds of jobs, and what is made of their answers.
#include "fuzz/triage/triage.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "fuzz/report.h"
#include "fuzz/triage/bucket.h"
#include "fuzz/triage/jobs.h"
#include "fuzz/triage/minimise.h"
#include "fuzz/triage/record_of.h"
#include "fuzz/triage/trial_bytes.h"
#include "properties/oracle/canonical.h"

namespace hobnail {
namespace {

using pei::oracle::Finding;
using pei::oracle::Program;

// A file that was played, and a group that it is in.
struct Played {
  const Input* input = nullptr;
  JobReport report;
};

// A target that ended the process took the trace along: what came before that is told again.
void lend_trace(Player& player, JobReport& report) {
  const std::size_t op = report.trial.outcome.finding->op;
  if (report.trial.death.how.empty() || op >= report.program.ops.size()) return;
  Program before = report.program;
  before.ops.resize(op);
  Trial trial = player.play(before, true);
  report.trial.outcome.reset = std::move(trial.outcome.reset);
  report.trial.outcome.trace = std::move(trial.outcome.trace);
}

// Plays a program some times, the last time in a process that has played nothing else.
JobReport play_often(Player& player, const Program& program, unsigned tries, bool trace) {
  JobReport report;
  report.program = canonical(program);
  std::map<std::string, unsigned> groups;
  std::optional<Trial> found;
  for (unsigned i = 0; i < tries; ++i) {
    if (i != 0 && i + 1 == tries) player.start_afresh();
    Trial trial = player.play(report.program, trace);
    ++report.tried;
    if (trial.found()) {
      ++groups[raw_group(report.program, trial)];
      if (!found) found = std::move(trial);
    } else if (i == 0) {
      report.trial = std::move(trial);
      if (!report.trial.outcome.skipped.empty()) break;
    }
  }
  if (found) report.trial = std::move(*found);
  if (trace && found) lend_trace(player, report);
  for (const auto& [group, count] : groups) {
    if (count <= report.reproduced) continue;
    report.group = group;
    report.reproduced = count;
  }
  return report;
}

// Each job has a player of its own, made when it is needed: the parent plays nothing.
class Work {
 public:
  Work(const hobnail_target& target, const pei::oracle::RunOptions& run,
       const TriageOptions& options)
      : target_(target), run_(run), options_(options) {}

  std::string classify(const Program& program) {
    Player& player = ready();
    return sent(player, play_often(player, program, options_.tries, false));
  }

  std::string minimal(const Program& program, const Trial& first) {
    Player& player = ready();
    if (!options_.minimise) return sent(player, play_often(player, program, options_.tries, true));
    const Minimised result = minimise(player, program, first, {options_.runs, 0, {}});
    JobReport report = play_often(player, result.program, options_.tries, true);
    report.runs = result.runs;
    return sent(player, std::move(report));
  }

 private:
  Player& ready() {
    if (!player_) player_ = std::make_unique<Player>(target_, run_, options_.limits);
    player_->executions = 0;
    player_->ops = 0;
    return *player_;
  }
  static std::string sent(const Player& player, JobReport report) {
    report.executions = player.executions;
    report.ops = player.ops;
    return to_bytes(report);
  }

  const hobnail_target& target_;
  const pei::oracle::RunOptions& run_;
  const TriageOptions& options_;
  std::unique_ptr<Player> player_;
};

class Round {
 public:
  Round(const hobnail_target& target, const pei::oracle::RunOptions& run,
        const std::vector<Input>& inputs, const TriageOptions& options)
      : options_(options), inputs_(inputs), work_(target, run, options) {
    report_.target = target.name;
    report_.files = inputs.size();
  }

  TriageReport all() {
    const auto start = std::chrono::steady_clock::now();
    classify();
    minimise_groups();
    const auto earlier = [](const OriginalFile& a, const OriginalFile& b) {
      return std::tie(a.when, a.path) < std::tie(b.when, b.path);
    };
    Records records;
    for (auto& [likeness, record] : alike_) {
      const std::string bucket = record.bucket;
      merge(records, bucket, std::move(record));
    }
    for (auto& [bucket, record] : records) {
      std::sort(record.files.begin(), record.files.end(), earlier);
      report_.records.push_back(std::move(record));
    }
    std::sort(report_.others.begin(), report_.others.end(),
              [](const UnfitFile& a, const UnfitFile& b) { return a.file.path < b.file.path; });
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    report_.seconds = elapsed.count();
    return std::move(report_);
  }

 private:
  void unfit(const Input& input, UnfitReason reason, std::string words, const JobReport& job = {}) {
    report_.others.push_back({input.file, reason, std::move(words), job.tried, job.reproduced});
  }

  void count(const JobReport& job) {
    report_.executions += job.executions;
    report_.ops += job.ops;
  }

  void told(std::string_view what, std::size_t done, std::size_t all) const {
    if (options_.progress) options_.progress(what, done, all);
  }

  void classify() {
    std::vector<const Input*> programs;
    for (const Input& input : inputs_) {
      if (const auto* bad = std::get_if<Unreadable>(&input.content)) {
        unfit(input, UnfitReason::Unreadable, bad->words);
      } else {
        programs.push_back(&input);
      }
    }
    std::size_t done = 0;
    in_jobs(
        programs.size(), options_.jobs,
        [&](std::size_t i) { return work_.classify(std::get<Program>(programs[i]->content)); },
        [&](std::size_t i, const std::optional<std::string>& bytes) {
          place(*programs[i], bytes ? job_report_of(*bytes) : std::nullopt);
          told("played", ++done, programs.size());
        });
  }

  // In a group, or among the others.
  void place(const Input& input, std::optional<JobReport> job) {
    if (!job) {
      return unfit(input, UnfitReason::Unreadable, "the process that played it was lost");
    }
    count(*job);
    if (!job->trial.outcome.skipped.empty()) {
      return unfit(input, UnfitReason::Skipped, job->trial.outcome.skipped, *job);
    }
    if (job->reproduced == 0) {
      return unfit(input, UnfitReason::NoFinding, fmt::format("no finding in {} tries", job->tried),
                   *job);
    }
    if (job->reproduced < job->tried) {
      const Finding& finding = *job->trial.outcome.finding;
      return unfit(input, UnfitReason::NotReproducible,
                   fmt::format("{}: {} in {} of {} tries", finding.rule,
                               where_found(job->program, finding), job->reproduced, job->tried),
                   *job);
    }
    groups_[job->group].push_back({&input, std::move(*job)});
  }

  // The one that is least work: nothing behind its finding counts.
  static const Played& representative(const std::vector<Played>& group) {
    const auto size = [](const Played& played) {
      const std::size_t ops = played.report.program.ops.size();
      return std::min(played.report.trial.outcome.finding->op, ops);
    };
    return *std::min_element(group.begin(), group.end(), [&](const Played& a, const Played& b) {
      return std::make_tuple(size(a), a.input->file.path) <
             std::make_tuple(size(b), b.input->file.path);
    });
  }

  void minimise_groups() {
    std::vector<const std::vector<Played>*> groups;
    for (const auto& [name, members] : groups_) groups.push_back(&members);
    std::size_t done = 0;
    std::vector<std::optional<JobReport>> minimal(groups.size());
    in_jobs(
        groups.size(), options_.jobs,
        [&](std::size_t i) {
          const JobReport& first = representative(*groups[i]).report;
          return work_.minimal(first.program, first.trial);
        },
        [&](std::size_t i, const std::optional<std::string>& bytes) {
          if (bytes) minimal[i] = job_report_of(*bytes);
          told("minimised", ++done, groups.size());
        });
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const Played& first = representative(*groups[i]);
      // A finding that is gone when it is looked at closely was one all the same.
      const bool good = minimal[i] && minimal[i]->trial.found();
      if (minimal[i]) count(*minimal[i]);
      add(*groups[i], first, good ? *minimal[i] : first.report);
    }
  }

  void add(const std::vector<Played>& group, const Played& first, const JobReport& minimal) {
    TriageRecord record = record_of(minimal.program, minimal.trial, report_.target);
    record.tried = minimal.tried;
    record.reproduced = minimal.reproduced;
    record.ops_before = first.report.program.ops.size();
    record.minimise_runs = static_cast<std::size_t>(minimal.runs);
    record.representative = first.input->file.path;
    for (const Played& played : group) record.files.push_back(played.input->file);
    merge(alike_, likeness_text(likeness_of(minimal.program, minimal.trial)), std::move(record));
  }

  using Records = std::map<std::string, TriageRecord>;

  // Two records that are one: the plainer program speaks for both.
  static void merge(Records& records, const std::string& key, TriageRecord record) {
    const auto at = records.find(key);
    if (at == records.end()) {
      records.emplace(key, std::move(record));
      return;
    }
    TriageRecord& known = at->second;
    if (plainer(record, known)) std::swap(record, known);
    known.files.insert(known.files.end(), record.files.begin(), record.files.end());
  }

  static bool plainer(const TriageRecord& a, const TriageRecord& b) {
    const auto key = [](const TriageRecord& r) {
      return std::make_tuple(r.program.ops.size(), r.program_text.size(), r.program_text);
    };
    return key(a) < key(b);
  }

  const TriageOptions& options_;
  const std::vector<Input>& inputs_;
  Work work_;
  std::map<std::string, std::vector<Played>> groups_;
  // By likeness: of two programs that are alike the minimiser would have taken the plainer.
  Records alike_;
  TriageReport report_;
};

}  // namespace

TriageReport triage(const hobnail_target& target, const pei::oracle::RunOptions& run,
                    const std::vector<Input>& inputs, const TriageOptions& options) {
  return Round(target, run, inputs, options).all();
}

}  // namespace hobnail
