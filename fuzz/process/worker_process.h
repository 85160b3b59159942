// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// WorkerProcess: a child that is asked one thing after the other, and lives until what it does ends
// it; then there is a new one. What is asked and answered is bytes: players know what they mean.
//
//   ask --> Reply: the child lives        else --> bury --> ProcessEnd
//
// Invariant: ask() always comes back, within some seconds more than a question may take.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/triage/trial/trial.h"

namespace hobnail {

struct Limits {
  double seconds = 5;              // of real time, of one boot or list; more is a hang
  std::uint64_t memory_mb = 2048;  // that one may add to the child; more is out of memory
};

enum class Heard : std::uint8_t { Reply, Nothing, TooLong, TooMuch };

struct WorkerReply {
  Heard heard = Heard::Nothing;
  bool last = false;  // the child ends with this
  std::vector<std::uint8_t> bytes;
};

class WorkerProcess {
 public:
  // In the child; does not return. `channel`: a stream socket to us; `words`: for stdout and
  // stderr.
  using Work = std::function<void(int channel, int words)>;

  WorkerProcess(Work work, const Limits& limits);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Throws std::runtime_error when no child can be had.
  [[nodiscard]] WorkerReply ask(std::span<const std::uint8_t> bytes, bool trace);
  // How the child ended that gave such a reply, or none: it is dead, or is to die.
  [[nodiscard]] ProcessEnd bury(Heard heard);
  // What comes next is asked of a new child.
  void stop();

  [[nodiscard]] const Limits& limits() const { return limits_; }
  // What the child has said since it was last asked.
  [[nodiscard]] const std::string& said();

 private:
  void start();
  [[nodiscard]] WorkerReply listen();
  [[nodiscard]] WorkerReply read_reply() const;
  void take_words();
  [[nodiscard]] std::uint64_t memory_mb() const;

  Work work_;
  Limits limits_;
  pid_t child_ = -1;
  int channel_ = -1;
  int words_ = -1;
  std::string said_;
  std::uint64_t asked_ = 0;
  std::uint64_t memory_before_mb_ = 0;
};

}  // namespace hobnail
