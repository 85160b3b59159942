// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// WorkerProcess: a child that answers one request after the other, and lives until a request ends
// it; the next request starts a new one. Requests and replies are bytes: executors know what they
// mean.
//
//   ask --> Reply: the child lives        else --> reap --> WorkerEnd
//
// Invariant: ask() always returns: within some seconds more than an op of a request may take, or
// than its boot may take in all.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/isolation/shared_object.h"

namespace hobnail {

struct Limits {
  double seconds = 5;              // of processor time, of one op or list; more is a hang
  std::uint64_t memory_mb = 2048;  // that one may add to the child; more is out of memory
};

enum class Heard : std::uint8_t { Reply, Nothing, TooLong, TooMuch };

struct WorkerReply {
  Heard heard = Heard::Nothing;
  bool last = false;  // the child ends with this
  std::vector<std::uint8_t> bytes;
};

// How a child ended.
struct WorkerEnd {
  int status = 0;                // waitpid's
  Heard heard = Heard::Nothing;  // TooLong and TooMuch: we killed it
  std::string output;            // its stdout and stderr since the last request
};

class WorkerProcess {
 public:
  // In the child; see worker_channel.h. stdout and stderr are read by the parent.
  using Work = std::function<void()>;

  WorkerProcess(Work work, const Limits& limits);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Throws std::runtime_error when there is no child.
  [[nodiscard]] WorkerReply ask(std::span<const std::uint8_t> bytes, bool trace);
  // The end of a child that gave such a reply: it is dead, or will be.
  [[nodiscard]] WorkerEnd reap(Heard heard);
  // The next request starts a new child.
  void stop();

  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  void start();
  [[nodiscard]] WorkerReply listen();
  [[nodiscard]] int wait_for_end();
  void take_output();
  void forget_child();
  [[nodiscard]] std::uint64_t memory_mb() const;

  Work work_;
  Limits limits_;
  pid_t child_ = -1;
  int channel_ = -1;
  int output_ = -1;
  std::string text_;
  std::uint64_t asked_ = 0;
  std::uint64_t memory_before_mb_ = 0;
  oracle::SharedObject<oracle::BootProgress> progress_;
};

}  // namespace hobnail
