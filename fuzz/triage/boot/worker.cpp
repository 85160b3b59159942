// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The loop of a worker, and its last words.
#include "fuzz/triage/boot/worker.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <vector>

#include "properties/oracle/board/board.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using pei::oracle::Finding;
using pei::oracle::Outcome;
using pei::oracle::Program;

int g_channel = -1;  // of this child

// Comes back, so that the process ends as it would have: the parent reads the signal from that.
void send_last_words(const Program& /*program*/, const Finding& finding, bool /*muted*/) {
  Outcome outcome;
  outcome.finding = finding;
  (void)reply_with(outcome, true);
}

}  // namespace

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

void begin_worker(int channel, int words) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  g_channel = channel;
  dup2(words, STDOUT_FILENO);
  dup2(words, STDERR_FILENO);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);  // its end is expected
}

bool reply_with(const Outcome& outcome, bool last) {
  const std::vector<std::uint8_t> bytes = to_bytes(outcome);
  const ReplyHead head{bytes.size(), last ? 1U : 0U};
  return send_all(g_channel, &head, sizeof head) && send_all(g_channel, bytes.data(), bytes.size());
}

void be_worker(const WorkerSetup& setup) {
  begin_worker(setup.channel, setup.words);
  pei::oracle::Board::part_from_parent();
  pei::oracle::tell_last_words(send_last_words, pei::oracle::Signals::Ours);
  pei::oracle::limit_boots(setup.seconds);
  RequestHead head;
  std::vector<std::uint8_t> bytes;
  while (receive_all(g_channel, &head, sizeof head)) {
    bytes.resize(static_cast<std::size_t>(head.size));
    if (!receive_all(g_channel, bytes.data(), bytes.size())) break;
    *setup.blackboard = {};
    SceneWitness witness(*setup.blackboard);
    pei::oracle::RunOptions run = setup.run;
    run.trace = head.trace != 0;
    run.thorough = true;
    run.witness = &witness;
    const Outcome outcome = run_in_lockstep(pei::oracle::decode_bytes(bytes), *setup.target, run);
    if (!reply_with(outcome, false)) break;
  }
  _exit(0);
}

}  // namespace hobnail
