// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a list to bytes, and from what came back to a trial.
#include "fuzz/triage/hob_list/player.h"

#include <optional>
#include <string>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "fuzz/triage/hob_list/conditions.h"
#include "fuzz/triage/hob_list/worker.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using pei::oracle::CallClass;
using pei::oracle::HostileList;
using pei::oracle::Outcome;

// What core says when an assertion of its own does not hold, and there is no host to tell it to:
// "hobnail: core is wrong: core/x.cpp:12: words".
void take_assertion(Trial& trial, const std::string& said) {
  if (trial.outcome.finding->rule != pei::oracle::rule::kTargetStop) return;
  trial.kind = FindingKind::Stop;
  constexpr std::string_view kMark = "core is wrong: ";
  const std::size_t at = said.find(kMark);
  if (at == std::string::npos) return;
  const std::size_t from = at + kMark.size();
  trial.outcome.finding->evidence =
      "the target stopped: " + said.substr(from, said.find('\n', from) - from);
}

}  // namespace

ListPlayer::ListPlayer(const pei::oracle::ListReaders& readers, const Limits& limits)
    : process_(
          [readers, limits](int channel, int words) {
            be_list_worker({readers, limits.seconds, channel, words});
          },
          limits) {}

void ListPlayer::bury(Trial& trial, Heard heard) {
  const Limits& limits = process_.limits();
  trial.death = process_.bury(heard);
  name_end(trial, limits.seconds, limits.memory_mb, "reading the list");
  take_assertion(trial, trial.death.report);
}

Trial ListPlayer::play(const HostileList& list, bool /*trace*/) {
  ++executions;
  Trial trial;
  const WorkerReply reply = process_.ask(pei::oracle::encode_hobs(list), false);
  std::optional<Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = pei::oracle::outcome_of(reply.bytes);
  if (outcome) trial.outcome = std::move(*outcome);
  if (!outcome || reply.last) bury(trial, reply.heard);
  if (trial.found()) {
    const bool refused = must_be_refused(list);
    trial.outcome.finding->calls = refused ? CallClass::Hostile : CallClass::Contract;
  }
  return trial;
}

}  // namespace hobnail
