// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A report's first line, its first stack, its SUMMARY.
#include "fuzz/crash/crash_report.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <utility>

#include "fuzz/crash/report_kind.h"
#include "fuzz/crash/stack_frame.h"
#include "fuzz/process/spawn.h"

namespace hobnail {
namespace {

constexpr std::size_t kFramesMax = 8;
constexpr std::size_t kExcerptLines = 12;

}  // namespace

void ReportReader::take_line(std::string_view line) {
  if (report_.kind.empty() || report_.kind == kKindSignal) {
    if (auto found = report_kind(line); found && found->kind != report_.kind) {
      *this = {};
      report_.kind = std::move(found->kind);
      report_.sanitizer = found->sanitizer;
    }
  }
  if (report_.kind.empty() || over_) return;
  if (line.starts_with("SUMMARY: ")) {
    over_ = true;
    return;
  }
  if (!line.empty() && lines_ < kExcerptLines &&
      !(is_stack_frame(line) && calls_the_target(line))) {
    report_.excerpt.append(line).append("\n");
    ++lines_;
  }
  take_frame(line);
}

void ReportReader::take_frame(std::string_view line) {
  if (!is_stack_frame(line)) {
    if (stack_ == Stack::Inside) stack_ = Stack::Over;
    return;
  }
  if (stack_ == Stack::Over) return;
  stack_ = Stack::Inside;
  std::string frame = frame_of(line);
  const bool caller = calls_the_target(line);
  const bool symbol = frame.find("+0x") == std::string::npos;
  if (report_.innermost.empty() && symbol) report_.innermost = frame;
  if (caller) target_called_ = true;
  if (target_called_ || frame.empty() || report_.frames.size() == kFramesMax) return;
  report_.frames.push_back(std::move(frame));
}

CrashReport read_report(std::string_view text) {
  ReportReader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.take_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.report();
}

ProcessEnd read_end(const WorkerEnd& end) {
  CrashReport report = read_report(end.output);
  ProcessEnd result;
  result.report = end.output;
  result.sanitizer = report.sanitizer;
  if (result.sanitizer) {
    result.how = std::move(report.kind);
    result.frames = std::move(report.frames);
  } else if (WIFSIGNALED(end.status)) {
    result.how = signal_name(WTERMSIG(end.status));
  } else {
    result.how = fmt::format("exit code {}", WEXITSTATUS(end.status));
  }
  if (end.heard == Heard::TooMuch) result.how = kKindOutOfMemory;
  if (end.heard == Heard::TooLong) result.how = kKindTimeout;
  return result;
}

}  // namespace hobnail
