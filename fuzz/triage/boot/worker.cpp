// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How a worker runs a boot.
#include "fuzz/triage/boot/worker.h"

#include "fuzz/triage/execution/worker.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

void reply_with_crash(const oracle::Program& /*program*/, const oracle::Finding& finding,
                      bool /*muted*/) {
  reply_last(finding);
}

}  // namespace

void be_worker(const WorkerSetup& setup) {
  oracle::Board::part_from_parent();
  oracle::install_crash_reporter(reply_with_crash, oracle::Signals::Ours);
  oracle::limit_time(setup.seconds);
  answer_requests([&](std::span<const std::uint8_t> bytes, bool trace) {
    *setup.shared = {};
    ContextObserver observer(*setup.shared);
    oracle::RunOptions run = setup.run;
    run.trace = trace;
    run.thorough = true;
    run.observer = &observer;
    return run_in_lockstep(oracle::decode_bytes(bytes), *setup.target, run);
  });
}

}  // namespace hobnail
