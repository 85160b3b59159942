// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ChildProcess: a program that runs beside us, with all that it starts in turn. One of its output
// streams is read, the other one is discarded; its stdin is a given text.
//
// Invariant: neither it nor its own children outlive the object, or us if we are killed.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hobnail {

using Environment = std::vector<std::pair<std::string, std::string>>;  // set beside what we have

struct ChildStreams {
  std::string input;    // on its stdin
  bool output = false;  // read its stdout instead of its stderr
};

class ChildProcess {
 public:
  // Throws std::runtime_error when there is no process. A program that cannot be executed ends with
  // code 127 and a line on stderr.
  ChildProcess(const std::vector<std::string>& command, const Environment& environment,
               const ChildStreams& streams = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Its output since the last time; waits `milliseconds` at most for some.
  [[nodiscard]] std::string read_output(int milliseconds);
  // Exit code, or 128 + signal; empty while it runs. What it had started has then ended too.
  [[nodiscard]] std::optional<int> ended();
  // User and system, of the process itself and what it waited for; 0 until it has ended.
  [[nodiscard]] double cpu_seconds() const { return cpu_seconds_; }
  void interrupt() const;  // asks it, and all that it has started, to end
  void end();              // now

 private:
  pid_t id_ = -1;
  int output_ = -1;
  std::optional<int> code_;
  double cpu_seconds_ = 0;
};

inline constexpr int kTookTooLong = -1;
struct Run {
  int code = 0;  // as of ended(); kTookTooLong when it was ended for that
  std::string output;
  double cpu_seconds = 0;
};

// Runs it to its end, for `seconds` at most.
[[nodiscard]] Run run_child(const std::vector<std::string>& command, const Environment& environment,
                            double seconds, const ChildStreams& streams = {});

}  // namespace hobnail
