// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Requests and replies.
#include "fuzz/triage/execution/worker.h"

#include "fuzz/process/worker_channel.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/isolation/outcome_bytes.h"

namespace hobnail {

void answer_requests(const RunTest& run) {
  WorkerRequest request;
  while (receive_request(request)) {
    if (!send_reply(to_bytes(run(request.bytes, request.trace)), false)) return;
  }
}

void reply_last(const oracle::Finding& finding) {
  oracle::Outcome outcome;
  outcome.finding = finding;
  if (const auto* const boot = oracle::current_boot()) outcome.left_out = boot->outcome.left_out;
  (void)send_reply(to_bytes(outcome), true);
}

}  // namespace hobnail
