// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The two rounds of jobs, and what is made of their answers.
#include "fuzz/triage/triage.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include "fuzz/process/worker_pool.h"
#include "fuzz/targets/banner.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/merge.h"
#include "fuzz/triage/boot/record_of.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/merge.h"
#include "fuzz/triage/hob_list/record_of.h"
#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/history_search.h"
#include "fuzz/triage/state/record_of.h"
#include "fuzz/triage/work.h"
#include "properties/oracle/rules/rule_choice.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::HobListInput;
using oracle::Program;

// A file that was played, and a group that it is in.
struct Played {
  const Input* input = nullptr;
  JobReport report;
};

// A file whose finding does not repeat, and why it is none so far.
struct Suspect {
  const Input* input = nullptr;
  std::string words;
  JobReport job;
};

std::optional<TestCase> test_of(const Input& input) {
  if (const auto* const program = std::get_if<Program>(&input.content)) return *program;
  if (const auto* const list = std::get_if<HobListInput>(&input.content)) return *list;
  return std::nullopt;
}

std::string likeness_of(const Input& input) {
  return input.likeness.empty() ? artifact_signature(input.file.path) : input.likeness;
}

std::string place_of(const TestCase& test, const Finding& finding) {
  const auto* const program = std::get_if<Program>(&test);
  return program == nullptr ? "of a HOB list" : where_found(*program, finding);
}

// Two records with the same key are one. Of two programs that are alike the minimizer would have
// taken the plainer; lists that are alike may still need another thing each, which buckets say.
std::string key_of(const TestCase& test, const Execution& execution) {
  if (const auto* const list = std::get_if<HobListInput>(&test)) {
    return signature_text(signature_of(*list, execution)) + bucket_of(*list, execution);
  }
  return signature_text(signature_of(std::get<Program>(test), execution));
}

class Round {
 public:
  Round(const hobnail_target& target, const oracle::RunOptions& run,
        const std::vector<Input>& inputs, const TriageOptions& options)
      : target_(target),
        run_(run),
        options_(options),
        inputs_(inputs),
        work_(target, run, options) {
    report_.target = target.name;
    report_.files = inputs.size();
  }

  TriageReport all() {
    const auto start = std::chrono::steady_clock::now();
    classify();
    minimize_groups();
    search_histories(start);
    judge_untried();
    const auto earlier = [](const OriginalFile& a, const OriginalFile& b) {
      return std::tie(a.when, a.path) < std::tie(b.when, b.path);
    };
    Records records;
    for (auto& [signature, record] : alike_) {
      const std::string bucket = record.bucket;
      merge(records, bucket, std::move(record));
    }
    for (auto& [bucket, record] : records) report_.records.push_back(std::move(record));
    report_.records = merge_lists(merge_causes(std::move(report_.records)));
    std::sort(report_.records.begin(), report_.records.end(),
              [](const TriageRecord& a, const TriageRecord& b) { return a.bucket < b.bucket; });
    for (TriageRecord& record : report_.records) {
      std::sort(record.files.begin(), record.files.end(), earlier);
    }
    std::sort(report_.skipped.begin(), report_.skipped.end(),
              [](const SkippedFile& a, const SkippedFile& b) { return a.file.path < b.file.path; });
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    report_.seconds = elapsed.count();
    return std::move(report_);
  }

 private:
  void unfit(const Input& input, SkipReason reason, std::string words, const JobReport& job = {}) {
    report_.skipped.push_back(
        {input.file, reason, std::move(words), job.tried, job.reproduced, false});
  }

  // A file that was not run may show a new finding, unless files of the same signature were run.
  void judge_untried() {
    for (const Input* const input : untried_) {
      unfit(*input, SkipReason::NotClassified, "the time limit of triage came first");
      report_.skipped.back().unknown = !seen_.contains(likeness_of(*input));
    }
  }

  void count(const JobReport& job) {
    report_.executions += job.executions;
    report_.ops += job.ops;
  }

  void report_progress(std::string_view what, std::size_t done, std::size_t all) const {
    if (options_.progress) options_.progress(what, done, all);
  }

  void classify() {
    std::vector<const Input*> tests;
    for (const Input& input : inputs_) {
      if (const auto* bad = std::get_if<Unreadable>(&input.content)) {
        unfit(input, SkipReason::Unreadable, bad->words);
      } else {
        tests.push_back(&input);
      }
    }
    std::size_t done = 0;
    in_jobs(
        tests.size(), options_.jobs,
        [&](std::size_t i) { return work_.classify(*test_of(*tests[i]), *tests[i]); },
        [&](std::size_t i, const std::optional<std::string>& bytes) {
          place(*tests[i], bytes ? job_report_of(*bytes) : std::nullopt);
          report_progress("run", ++done, tests.size());
        });
  }

  // In a group, or among the skipped.
  void place(const Input& input, std::optional<JobReport> job) {
    if (!job) {
      return unfit(input, SkipReason::Unreadable, "the process that ran it was lost");
    }
    count(*job);
    if (job->tried == 0) {
      untried_.push_back(&input);
      return;
    }
    seen_.insert(likeness_of(input));
    if (!job->execution.outcome.skipped.empty()) {
      return unfit(input, SkipReason::Skipped, job->execution.outcome.skipped, *job);
    }
    if (job->reproduced == 0) {
      if (!input.history.empty()) return suspect(input, "no finding in a new process", *job);
      if (input.must_fail) {
        return suspect(input,
                       fmt::format("{} has reported it: no finding in {} tries",
                                   input.fuzzer.empty() ? "the run" : input.fuzzer, job->tried),
                       *job);
      }
      return unfit(input, SkipReason::NoFinding, fmt::format("no finding in {} tries", job->tried),
                   *job);
    }
    const Finding& finding = *job->execution.outcome.finding;
    if (!oracle::is_enabled(run_.rules, finding.rule)) {
      return unfit(
          input, SkipReason::NoFinding,
          fmt::format("{}: {}; this rule is disabled", finding.rule, place_of(job->test, finding)),
          *job);
    }
    if (job->reproduced < job->tried) {
      return suspect(input,
                     fmt::format("{}: {} in {} of {} tries", finding.rule,
                                 place_of(job->test, finding), job->reproduced, job->tried),
                     *job);
    }
    groups_[job->group].push_back({&input, std::move(*job)});
  }

  // A finding that does not repeat: what the process ran before may matter.
  void suspect(const Input& input, std::string words, const JobReport& job) {
    const bool here = job.fuzzer.empty() && std::holds_alternative<Program>(input.content);
    if (!here) return unfit(input, SkipReason::NotReproducible, std::move(words), job);
    suspects_.push_back({&input, std::move(words), job});
  }

  // The boots that may matter: those of the input's own history, else all others that there are,
  // and then the boot itself.
  [[nodiscard]] std::vector<Program> boots_before(const Input& input) const {
    if (!input.history.empty()) return input.history;
    constexpr std::size_t kItself = 4;
    std::vector<Program> boots;
    for (const Input& other : inputs_) {
      const auto* const program = std::get_if<Program>(&other.content);
      if (program != nullptr && &other != &input) boots.push_back(*program);
    }
    boots.insert(boots.end(), kItself, std::get<Program>(input.content));
    return boots;
  }

  void search_histories(std::chrono::steady_clock::time_point start) {
    if (suspects_.empty()) return;
    constexpr double kSecondsOfAll = 60, kSecondsOfOne = 20;
    const double most = options_.seconds > 0 ? options_.seconds : kSecondsOfAll;
    const auto begin = options_.seconds > 0 ? start : std::chrono::steady_clock::now();
    FreshBoots fresh(target_, run_, options_.limits.seconds);
    std::size_t done = 0;
    for (const Suspect& one : suspects_) {
      const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
      search_history(fresh, one, std::min(most - passed.count(), kSecondsOfOne));
      report_progress("searched for histories", ++done, suspects_.size());
    }
    report_.executions += fresh.boots();
  }

  void search_history(FreshBoots& fresh, const Suspect& one, double seconds) {
    StateAnswer answer;
    if (seconds > 0) {
      const std::vector<Program> before = boots_before(*one.input);
      answer = find_history(fresh, {before.size(), [&](std::size_t i) { return before[i]; }},
                            std::get<Program>(one.input->content), {seconds});
    }
    if (answer.verdict == StateVerdict::State) return add_state(one, *answer.finding);
    std::string words = one.words;
    if (answer.verdict == StateVerdict::Random) {
      words += "; the target is not deterministic: " + answer.how;
    }
    unfit(*one.input, SkipReason::NotReproducible, std::move(words), one.job);
  }

  void add_state(const Suspect& one, const StateFinding& finding) {
    constexpr unsigned kTries = 3;
    TriageRecord record = record_of(finding, report_.target);
    record.tried = kTries;
    record.reproduced = kTries;
    record.ops_before = size_of(std::get<Program>(one.input->content));
    record.representative = one.input->file.path;
    record.files.push_back(one.input->file);
    const std::string key = record.bucket;
    merge(alike_, key, std::move(record));
  }

  // The one that is least work.
  static const Played& representative(const std::vector<Played>& group) {
    const auto key = [](const Played& played) {
      return std::make_tuple(work_on(played.report.test, played.report.execution),
                             played.input->file.path);
    };
    return *std::min_element(group.begin(), group.end(),
                             [&](const Played& a, const Played& b) { return key(a) < key(b); });
  }

  void minimize_groups() {
    std::vector<const std::vector<Played>*> groups;
    for (const auto& [name, members] : groups_) groups.push_back(&members);
    // Whoever takes long comes last: the time may not be enough for all.
    std::stable_sort(groups.begin(), groups.end(), [](const auto* a, const auto* b) {
      return is_slow(representative(*a).report) < is_slow(representative(*b).report);
    });
    std::size_t done = 0;
    std::vector<std::optional<JobReport>> minimal(groups.size());
    in_jobs(
        groups.size(), options_.jobs,
        [&](std::size_t i) { return work_.minimal(representative(*groups[i]).report); },
        [&](std::size_t i, const std::optional<std::string>& bytes) {
          if (bytes) minimal[i] = job_report_of(*bytes);
          report_progress("minimized", ++done, groups.size());
        });
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const Played& first = representative(*groups[i]);
      if (minimal[i] && minimal[i]->tried == 0) {
        leave(*groups[i]);
        continue;
      }
      // A finding that is gone when it is looked at closely was one all the same.
      const bool good = minimal[i] && minimal[i]->execution.found();
      if (minimal[i]) count(*minimal[i]);
      add(*groups[i], first, good ? *minimal[i] : first.report);
    }
  }

  [[nodiscard]] TriageRecord record_of_job(const JobReport& job) const {
    if (const auto* const list = std::get_if<HobListInput>(&job.test)) {
      return record_of(*list, job.execution, report_.target);
    }
    const auto& program = std::get<Program>(job.test);
    const Cause cause =
        job.cause.empty() ? cause_unmeasured(program, job.execution) : cause_of_bytes(job.cause);
    return record_of(program, job.execution, cause, report_.target);
  }

  static int is_slow(const JobReport& report) {
    const FindingKind kind = report.execution.kind;
    if (kind == FindingKind::Hang || kind == FindingKind::OutOfMemory) return 2;
    return report.fuzzer.empty() ? 0 : 1;
  }

  // A bucket describes the minimal program: there is none.
  void leave(const std::vector<Played>& group) {
    for (const Played& played : group) {
      const Finding& finding = *played.report.execution.outcome.finding;
      unfit(*played.input, SkipReason::NotClassified,
            fmt::format("{}: {}; not minimized: the time limit of triage came first", finding.rule,
                        place_of(played.report.test, finding)),
            played.report);
      report_.skipped.back().unknown = &played == &representative(group);
    }
  }

  void add(const std::vector<Played>& group, const Played& first, const JobReport& minimal) {
    TriageRecord record = record_of_job(minimal);
    record.fuzzer = minimal.fuzzer;
    if (const ExternalTarget* const target = external(minimal.fuzzer))
      record.replay = target->replay;
    record.tried = minimal.tried;
    record.reproduced = minimal.reproduced;
    record.ops_before = size_of(first.report.test);
    record.minimize_runs = static_cast<std::size_t>(minimal.runs);
    record.representative = first.input->file.path;
    for (const Played& played : group) record.files.push_back(played.input->file);
    merge(alike_, key_of(minimal.test, minimal.execution), std::move(record));
  }

  [[nodiscard]] const ExternalTarget* external(const std::string& fuzzer) const {
    for (const ExternalTarget& target : options_.externals) {
      if (target.name == fuzzer) return &target;
    }
    return nullptr;
  }

  using Records = std::map<std::string, TriageRecord>;

  // Two records that are one: the plainer program stands for both.
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
      return std::make_tuple(r.size(), r.program_text.size(), r.program_text, r.fuzzer);
    };
    return key(a) < key(b);
  }

  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  const TriageOptions& options_;
  const std::vector<Input>& inputs_;
  std::vector<Suspect> suspects_;
  Work work_;
  std::map<std::string, std::vector<Played>> groups_;
  std::vector<const Input*> untried_;
  std::set<std::string> seen_;  // likenesses of files that were run
  // By key_of().
  Records alike_;
  TriageReport report_;
};

}  // namespace

TriageReport triage(const hobnail_target& target, const oracle::RunOptions& run,
                    const std::vector<Input>& inputs, const TriageOptions& options) {
  return Round(target, run, inputs, options).all();
}

}  // namespace hobnail
