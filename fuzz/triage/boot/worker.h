// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The worker: the child's side. It plays what it is sent until its parent goes away or its target
// ends it.
//
//   parent --[size, flags, bytes of a program]--> worker
//   parent <--[size, last, bytes of an outcome]-- worker
//             SharedState: memory of both
#pragma once

#include <cstddef>
#include <cstdint>

#include "fuzz/triage/execution/op_context.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

struct RequestHead {
  std::uint64_t size = 0;
  std::uint64_t trace = 0;  // 1: with a trace
};

struct ReplyHead {
  std::uint64_t size = 0;
  std::uint64_t last = 0;  // 1: the process ends with this
};

struct WorkerSetup {
  const hobnail_target* target = nullptr;
  oracle::RunOptions run;
  double seconds = 20;  // of one boot
  SharedState* shared = nullptr;
  int channel = -1;  // a stream socket to the parent
  int words = -1;    // where stdout and stderr go
};

// In a child that has just been forked: dies with its parent, answers on `channel`, and whatever is
// printed goes to `words`.
void begin_worker(int channel, int words);
// `last`: the process ends with this. False when the parent is gone.
bool reply_with(const oracle::Outcome& outcome, bool last);

// To be called in a child that has just been forked.
[[noreturn]] void be_worker(const WorkerSetup& setup);

// False when the other side is gone. Never raises SIGPIPE.
[[nodiscard]] bool send_all(int channel, const void* from, std::size_t bytes);
[[nodiscard]] bool receive_all(int channel, void* to, std::size_t bytes);

}  // namespace hobnail
