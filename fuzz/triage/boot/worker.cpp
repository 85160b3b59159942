// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The loop of a worker, and its last words.
#include "fuzz/triage/boot/worker.h"

#include "fuzz/process/worker_channel.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::Outcome;
using oracle::Program;

// Comes back, so that the process ends as it would have: the parent reads the signal from that.
void send_last_words(const Program& /*program*/, const Finding& finding, bool /*muted*/) {
  Outcome outcome;
  outcome.finding = finding;
  (void)reply_with(outcome, true);
}

}  // namespace

bool reply_with(const Outcome& outcome, bool last) { return send_reply(to_bytes(outcome), last); }

void be_worker(const WorkerSetup& setup) {
  oracle::Board::part_from_parent();
  oracle::install_crash_reporter(send_last_words, oracle::Signals::Ours);
  oracle::limit_boots(setup.seconds);
  WorkerRequest request;
  while (receive_request(request)) {
    *setup.shared = {};
    ContextObserver observer(*setup.shared);
    oracle::RunOptions run = setup.run;
    run.trace = request.trace;
    run.thorough = true;
    run.observer = &observer;
    const Outcome outcome =
        run_in_lockstep(oracle::decode_bytes(request.bytes), *setup.target, run);
    if (!reply_with(outcome, false)) break;
  }
}

}  // namespace hobnail
