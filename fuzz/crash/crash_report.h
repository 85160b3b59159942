// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How a process ended: from its status, and from its output (the report of a sanitizer or of
// libFuzzer), as a kind and frames that are the same on every run and machine.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/crash/source_line.h"
#include "fuzz/process/worker_process.h"

namespace hobnail {

struct CrashReport {
  std::string kind;                 // of report_kind.h; empty: there is no report
  bool sanitizer = false;           // a sanitizer's, not libFuzzer's
  std::vector<std::string> frames;  // of the target, innermost first: "module+0x12" or a function
  std::string innermost;            // the first function that is not a runtime's, the harness's too
  std::string excerpt;              // its first lines, without who called the target
};

// Reads a report line by line, wherever it begins. The first report counts: a second one is its
// consequence, except that a sanitizer knows more of a signal than libFuzzer.
class ReportReader {
 public:
  void take_line(std::string_view line);
  [[nodiscard]] const CrashReport& report() const { return report_; }

 private:
  void take_frame(std::string_view line);

  enum class Stack { NotYet, Inside, Over };
  CrashReport report_;
  Stack stack_ = Stack::NotYet;
  bool target_called_ = false;  // the frames of the target are over
  bool over_ = false;           // what follows is libFuzzer's
  std::size_t lines_ = 0;
};

[[nodiscard]] CrashReport read_report(std::string_view text);

// How a child ended, if it did.
struct ProcessEnd {
  std::string how;                  // "use-after-poison", "SIGSEGV", "exit code 3"; empty: it lives
  bool sanitizer = false;           // a sanitizer ended it
  std::vector<std::string> frames;  // of the target, innermost first: "module+0x12" or a function
  std::vector<SourceLine> sources;  // of `frames`, when they are functions
  std::string report;               // the output at the end
};

[[nodiscard]] ProcessEnd read_end(const WorkerEnd& end);

}  // namespace hobnail
