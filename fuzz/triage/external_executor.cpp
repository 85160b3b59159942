// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A file, a process, and what it printed.
#include "fuzz/triage/external_executor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "fuzz/crash/report_kind.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/spawn.h"
#include "fuzz/targets/banner.h"
#include "fuzz/triage/execution/rule_id.h"
#include "fuzz/triage/hob_list/executor.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

constexpr double kStartSeconds = 10;  // a sanitizer may take that long beside other work
constexpr int kSignalBase = 128;      // of exit codes

// Gone at the end, so that a job that is ended leaves one file at most.
class InputFile {
 public:
  explicit InputFile(std::span<const std::uint8_t> bytes)
      : path_(fs::temp_directory_path() / fmt::format("hobnail-{}.input", getpid())) {
    write_file(path_, std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  ~InputFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// A rule that is violated ends a fuzz target by abort(): that is no end of the test.
ProcessEnd end_of_run(const Run& run, bool has_banner) {
  ProcessEnd end;
  const CrashReport report = read_report(run.output);
  end.report = run.output;
  if (report.sanitizer) {
    end.how = report.kind;
    end.sanitizer = true;
    end.frames = report.frames;
  } else if (run.code < 0 || report.kind == kKindTimeout) {
    end.how = kKindTimeout;
  } else if (is_out_of_memory(report.kind)) {
    end.how = kKindOutOfMemory;
  } else if (!has_banner && !report.kind.empty()) {
    end.how = report.kind;
  } else if (run.code > kSignalBase && !(has_banner && run.code == kSignalBase + SIGABRT)) {
    end.how = signal_name(run.code - kSignalBase);
  } else if (!has_banner) {
    end.how = fmt::format("exit code {}", run.code);
  }
  return end;
}

}  // namespace

Execution read_run(const Run& run, std::size_t ops, const Limits& limits) {
  Execution execution;
  const auto banner = read_banner(run.output);
  if (!banner && run.code == 0) return execution;
  // Without a banner the op is unknown: nothing of the program counts as behind it.
  const std::size_t op = std::min(banner && banner->op ? *banner->op : ops, ops);
  execution.context.entered = true;
  execution.context.op = op;
  if (banner) {
    execution.outcome.finding =
        oracle::Finding{lasting_rule_id(banner->rule), op, banner->evidence, banner->calls};
  }
  execution.death = end_of_run(run, banner.has_value());
  if (!execution.death.how.empty()) {
    name_end(execution, limits.seconds, limits.memory_mb, "the input");
  } else if (banner->evidence.starts_with("the target stopped: ")) {
    execution.kind = FindingKind::Stop;
  }
  return execution;
}

ExternalExecutor::ExternalExecutor(const ExternalTarget& target, const Limits& limits)
    : target_(target), limits_(limits) {}

Execution ExternalExecutor::run(std::span<const std::uint8_t> bytes, bool /*trace*/) {
  ++executions;
  const InputFile file(bytes);
  std::vector<std::string> command = target_.command;
  command.push_back(file.path().native());
  const Run done = run_child(command, target_.environment, limits_.seconds + kStartSeconds);
  const std::size_t ops_of_test = target_.lists ? 0 : oracle::decode_bytes(bytes).ops.size();
  Execution execution = read_run(done, ops_of_test, limits_);
  if (execution.found() && target_.lists) add_call_class(bytes, execution);
  return execution;
}

}  // namespace hobnail
