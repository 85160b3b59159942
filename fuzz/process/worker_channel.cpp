// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Framing, and loops around send and recv.
#include "fuzz/process/worker_channel.h"

#include <sys/socket.h>

#include <cerrno>

namespace hobnail {
namespace {

constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;  // of a message

struct MessageHead {
  std::uint64_t size = 0;
  std::uint64_t flag = 0;
};

int g_channel = -1;  // of this worker; crash callbacks have no argument for it

bool send_all(int channel, const void* from, std::size_t bytes) {
  const auto* at = static_cast<const std::uint8_t*>(from);
  while (bytes != 0) {
    const ssize_t done = send(channel, at, bytes, MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return true;
}

bool receive_all(int channel, void* to, std::size_t bytes) {
  auto* at = static_cast<std::uint8_t*>(to);
  while (bytes != 0) {
    const ssize_t done = recv(channel, at, bytes, 0);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return true;
}

bool send_message(int channel, std::span<const std::uint8_t> bytes, bool flag) {
  const MessageHead head{bytes.size(), flag ? 1U : 0U};
  return send_all(channel, &head, sizeof head) && send_all(channel, bytes.data(), bytes.size());
}

bool receive_message(int channel, std::vector<std::uint8_t>& bytes, bool& flag) {
  MessageHead head;
  if (!receive_all(channel, &head, sizeof head) || head.size > kLongest) return false;
  bytes.resize(static_cast<std::size_t>(head.size));
  flag = head.flag != 0;
  return receive_all(channel, bytes.data(), bytes.size());
}

}  // namespace

bool send_request(int channel, std::span<const std::uint8_t> bytes, bool trace) {
  return send_message(channel, bytes, trace);
}

bool receive_reply(int channel, WorkerMessage& reply) {
  return receive_message(channel, reply.bytes, reply.last);
}

void begin_worker(int channel) { g_channel = channel; }

bool receive_request(WorkerRequest& request) {
  return receive_message(g_channel, request.bytes, request.trace);
}

bool send_reply(std::span<const std::uint8_t> bytes, bool last) {
  return send_message(g_channel, bytes, last);
}

}  // namespace hobnail
