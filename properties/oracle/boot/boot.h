// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Boot: everything that belongs to one run of a program, and the steps that the calls of all
// services have in common (services/service_call.h has their order).
//
// Invariant: between two ops `snapshot` and `checked` are of the list as it stands in memory, and
// `model` agrees with it; otherwise the outcome has a finding, or the boot is over.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "properties/oracle/boot/platform.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/boot/session.h"
#include "properties/oracle/checks/resolve.h"
#include "properties/oracle/dxe/dxe_view.h"
#include "properties/oracle/dxe/reference_map.h"
#include "properties/oracle/dxe/sound_list.h"

namespace hobnail::oracle {

struct Boot {
  Boot(const Program& program_, const hobnail_target& target_, const RunOptions& options_);

  const Program& program;
  const hobnail_target& target;
  const RunOptions& options;
  Board& board;
  Model model;
  bool contract_only;
  Platform platform;  // outlives the session: a target may look at SEC's PPIs until it is left
  Session session;
  HobListSnapshot snapshot;    // the list as it stands
  CheckedList checked;         // of `snapshot`
  HobListSnapshot previous;    // as it stood before the call that was just made
  std::size_t op = 0;          // index of the one that is played
  bool calls_entry = true;     // until the first op
  unsigned hostile_calls = 0;  // made until now
  bool over = false;           // the target ended the boot, within its rights
  DxeView dxe;                 // what DXE was handed, from HandOff on
  ReferenceMap map;
  SoundList judged;              // the same list, for a consumer whose policies are its own
  bool pools_explained = false;  // the trace has explained what becomes of them
  bool hinted = false;           // the list was looked through for hints
  bool marginal_memory =
      false;        // it took memory that it might have refused: the migration may fail
  OpRecord record;  // of the op that runs
  Outcome outcome;

  [[nodiscard]] BootState now() const {
    return {board, model, snapshot, options.rules, options.check_invariants};
  }
  // Whether practice is required too, or PI alone.
  [[nodiscard]] bool strict() const { return options.rules.strict(); }
  [[nodiscard]] std::uint64_t granularity(std::uint32_t type) const;
  void mix(std::uint64_t value);  // into the digest

  // The arguments have been resolved; whatever the record had of an earlier call is dropped.
  void note_call(const ServiceCall& call);
  // One more line of the story of this op; nothing is formatted when no trace is wanted.
  template <typename... Args>
  void narrate(fmt::format_string<Args...> text, Args&&... args) {
    if (options.trace)
      outcome.trace.back().story.push_back(". " + fmt::format(text, std::forward<Args>(args)...));
  }
};

[[nodiscard]] inline Verdict report(const Boot& boot, RuleId rule, std::string evidence) {
  return report(boot.options.rules, rule, std::move(evidence));
}
// As report(), of a deviation that harms nothing: where it is a known issue the boot goes on with
// what the target did as the truth.
[[nodiscard]] Verdict report_harmless(const Boot& boot, RuleId rule, std::string evidence);
// STATUS: harmless where the call has failed, as it then must have changed nothing.
[[nodiscard]] inline Verdict report_status(const Boot& boot, EFI_STATUS status,
                                           std::string evidence) {
  return status == EFI_SUCCESS ? report(boot, RuleId::Status, std::move(evidence))
                               : report_harmless(boot, RuleId::Status, std::move(evidence));
}
// What a call that must succeed has answered instead: the target's assertion, or a status.
[[nodiscard]] std::string failure_text(const Boot& boot, const Answer& answer);

[[nodiscard]] inline Verdict report_practice(const Boot& boot, RuleId rule, std::string evidence) {
  return report_practice(boot.options.rules, rule, std::move(evidence));
}
[[nodiscard]] inline Verdict report_last(const Boot& boot, RuleId rule, std::string evidence) {
  return report_last(boot.options.rules, rule, std::move(evidence));
}

// True when the call must not be made, because the target wants only what the contract allows.
[[nodiscard]] bool skipped(Boot& boot, bool hostile);

// After a success that no correct target answers, and whose rule is disabled.
enum class AfterSuppressed : std::uint8_t {
  Recheck,  // the model takes no note of it; the invariants are checked all the same
  EndBoot,  // what it gave cannot be accounted for
};

// What every answer must satisfy: not stopped within the contract, canaries intact, out-parameter
// untouched on failure (or NULL where the service may do that), and after a failure the same list.
struct Expectation {
  bool hostile = false;
  bool null_allowed = false;  // AllocatePool, CreateHob
  bool null_out = false;
  bool by_width = false;  // which refusal is right depends on the width of UINTN
  AfterSuppressed after_suppressed = AfterSuppressed::Recheck;
};
[[nodiscard]] Verdict check_answer(Boot& boot, const Answer& answer, const Expectation& expected);

// Where a call may change the list: most calls append only, a release changes records anywhere.
enum class Change : std::uint8_t { Appended, Anywhere };

// Looks again after a call that succeeded: HOB-CHAIN, HOB-APPEND. The earlier look becomes
// `previous`. `expected` makes it faster and changes nothing else.
[[nodiscard]] Verdict refresh_snapshot(Boot& boot, Change expected = Change::Appended);

// True when the op is not called any more, because PEI has handed the machine over.
[[nodiscard]] bool past_pei(Boot& boot, const Op& op);

// The snapshot of now, and the invariants.
[[nodiscard]] Verdict recheck(Boot& boot);

// The list has changed in a call that must leave it as it was: every byte of it, or under
// Standard::Pi what it means (checks/list_meaning.h). `rule` is the one that a change violates,
// `what` begins its evidence.
[[nodiscard]] Verdict report_list_change(Boot& boot, RuleId rule, std::string_view what);

// A call that must leave the list as it was. `what()` is called for a change only.
template <typename What>
[[nodiscard]] Verdict check_same_list(Boot& boot, RuleId rule, const What& what) {
  if (unchanged(boot.board, boot.snapshot)) return std::nullopt;
  return report_list_change(boot, rule, what());
}

// Copies the part of `written`, a PEIM's own write, that lies in the HOB list to the present look.
void refresh_own_writes(Boot& boot, const Region& written);

}  // namespace hobnail::oracle
