// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a program to bytes, and from what came back to a trial.
#include "fuzz/triage/boot/player.h"

#include <sys/mman.h>

#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using pei::oracle::Outcome;
using pei::oracle::Program;

Blackboard* shared_blackboard() {
  void* const memory =
      mmap(nullptr, sizeof(Blackboard), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with a child");
  return new (memory) Blackboard;
}

}  // namespace

Player::Player(const hobnail_target& target, const pei::oracle::RunOptions& run,
               const Limits& limits)
    : board_(shared_blackboard()),
      process_(
          [&target, run, limits, board = board_](int channel, int words) {
            be_worker({&target, run, limits.seconds, board, channel, words});
          },
          limits) {}

Player::~Player() {
  process_.stop();
  munmap(board_, sizeof(Blackboard));
}

Trial Player::play(const Program& program, bool trace) {
  ++executions;
  board_->scene = {};
  Trial trial;
  const WorkerReply reply = process_.ask(pei::oracle::encode_bytes(program), trace);
  std::optional<Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = pei::oracle::outcome_of(reply.bytes);
  if (outcome) trial.outcome = std::move(*outcome);
  trial.scene = board_->scene;
  if (!outcome || reply.last) {
    trial.death = process_.bury(reply.heard);
    name_end(trial, process_.limits().seconds, process_.limits().memory_mb);
  } else {
    const bool stopped =
        trial.found() && trial.outcome.finding->evidence.starts_with("the target stopped: ");
    if (stopped) trial.kind = FindingKind::Stop;
  }
  ops += trial.outcome.ops_run;
  return trial;
}

}  // namespace hobnail
