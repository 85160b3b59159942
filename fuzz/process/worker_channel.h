// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The channel between a WorkerProcess and its child: a stream socket with length-prefixed bytes.
//
//   parent --[size, trace, bytes]--> worker --[size, last, bytes]--> parent
//
// Invariant: a message arrives whole or not at all. No SIGPIPE is raised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hobnail {

struct WorkerRequest {
  std::vector<std::uint8_t> bytes;
  bool trace = false;  // the reply is to contain a trace
};

struct WorkerMessage {
  std::vector<std::uint8_t> bytes;
  bool last = false;  // the child ends with this
};

// The parent's side. False: the child is gone, or the message makes no sense.
[[nodiscard]] bool send_request(int channel, std::span<const std::uint8_t> bytes, bool trace);
[[nodiscard]] bool receive_reply(int channel, WorkerMessage& reply);

// The child's side, which has one channel in its process. False: the parent is gone.
void begin_worker(int channel);
[[nodiscard]] bool receive_request(WorkerRequest& request);
[[nodiscard]] bool send_reply(std::span<const std::uint8_t> bytes, bool last);

}  // namespace hobnail
