// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps that all calls share.
#include "properties/oracle/boot/boot.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "properties/oracle/boot/list_change.h"
#include "properties/oracle/checks/append_only.h"
#include "properties/oracle/checks/heap_invariants.h"
#include "properties/oracle/checks/list_meaning.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {

bool contract_wanted(const Program& program, const hobnail_target& target, CallPolicy policy) {
  switch (policy) {
    case CallPolicy::TargetDecides:
      return program.contract || (target.flags & HOBNAIL_TARGET_CONTRACT_ONLY) != 0;
    case CallPolicy::Contract:
      return true;
    case CallPolicy::Hostile:
      return false;
  }
  return false;
}

namespace {

// Enough for most boots, so that their lists do not grow step by step.
constexpr std::size_t kUsualBlocks = 64;
constexpr std::size_t kUsualHobs = 128;
constexpr std::size_t kUsualBytes = 0x2000;

void reserve_usual(HobListSnapshot& snapshot) {
  snapshot.bytes.reserve(kUsualBytes);
  snapshot.view.hobs.reserve(kUsualHobs);
  snapshot.own.reserve(kUsualHobs);
}

void reserve_usual(Model& model) {
  model.live.reserve(kUsualBlocks);
  for (Handles& handles : model.handles) handles.reserve(kUsualBlocks);
}

}  // namespace

Boot::Boot(const Program& program_, const hobnail_target& target_, const RunOptions& options_)
    : program(program_),
      target(target_),
      options(options_),
      board(Board::of(program_.board)),
      contract_only(contract_wanted(program_, target_, options_.policy)),
      platform(board, model, options.rules, contract_only, program.garbage % 4 == 3),
      session(target_) {
  reserve_usual(model);
  reserve_usual(previous);
  reserve_usual(snapshot);
  checked.by_address.reserve(kUsualHobs);
  model.granule = target_.runtime_page_granularity;
  // SEC's own HOBs are out of the contract then, before any call (boot/sec_hobs.h).
  hostile_calls = board.profile().has(kSecHobs) && !contract_only ? 1 : 0;
}

std::uint64_t Boot::granularity(std::uint32_t type) const {
  return has_runtime_granularity(type) ? target.runtime_page_granularity : EFI_PAGE_SIZE;
}

void Boot::mix(std::uint64_t value) {
  outcome.digest = (outcome.digest ^ value) * 0x9e3779b97f4a7c15ULL;
  outcome.digest ^= outcome.digest >> 32;
}

void Boot::note_call(const ServiceCall& call) {
  record.call = call;
  record.called = false;
  record.ending = Ending::None;
  record.status = record.value = 0;
}

bool skipped(Boot& boot, bool hostile) {
  if (!hostile) return false;
  if (!boot.contract_only) {
    ++boot.hostile_calls;
    return false;
  }
  boot.record.ending = Ending::OutsideContract;
  return true;
}

bool past_pei(Boot& boot, const Op& op) {
  switch (boot.model.stage) {
    case Stage::Pei:
      return false;
    case Stage::Dxe:
      if (op.code == OpCode::ExitBootServices) return false;
      boot.record.ending = Ending::DxeRuns;
      return true;
    case Stage::S3Resume:
      boot.record.ending = Ending::OsWakesUp;
      return true;
    case Stage::Os:
      boot.record.ending = Ending::OsRuns;
      return true;
    case Stage::Halted:
      boot.record.ending = Ending::NothingRuns;
      return true;
  }
  return true;
}

Verdict report_harmless(const Boot& boot, RuleId rule, std::string evidence) {
  KnownFilter* const known = boot.options.known;
  if (known == nullptr || !boot.options.rules.has(rule)) {
    return report(boot, rule, std::move(evidence));
  }
  const CallClass calls = boot.hostile_calls == 0 ? CallClass::Contract : CallClass::Hostile;
  const Finding finding{rule_name(rule), boot.op, evidence, calls};
  return known->notes(boot, finding) ? pass_over(rule) : report(boot, rule, std::move(evidence));
}

Verdict check_answer(Boot& boot, const Answer& answer, const Expectation& expected) {
  if (boot.options.observer != nullptr) boot.options.observer->answered(answer);
  boot.record.called = true;
  boot.record.status = answer.status;
  boot.record.value = answer.value;
  if (answer.stopped) {
    boot.record.ending = Ending::Stopped;
    boot.record.stop_text = boot.session.stop_text();
    boot.over = true;
    if (expected.hostile) return std::nullopt;
    return report(boot, RuleId::TargetStop,
                  fmt::format("the target stopped: {}", boot.session.stop_text()));
  }
  ++boot.outcome.ops_run;
  // Codes differ in width between 32 and 64 bit, so the digest takes the low half and the error
  // bit.
  const std::uint64_t code = expected.by_width ? 0 : answer.status & 0xffff;
  boot.mix(code | (answer.status == EFI_SUCCESS ? 0 : 0x10000));
  if (!answer.canaries_intact) {
    if (Verdict verdict =
            report(boot, RuleId::OutParameter, "bytes next to the out-parameter were written")) {
      return verdict;
    }
  }
  if (answer.status == EFI_SUCCESS) {
    if (!answer.untouched()) boot.mix(answer.value);
    return std::nullopt;
  }
  boot.record.ending = Ending::Answered;
  const bool null_given = expected.null_allowed && answer.value == 0;
  if (boot.strict() && !expected.null_out && !answer.untouched() && !null_given) {
    if (Verdict verdict =
            report_harmless(boot, RuleId::OutParameter,
                            fmt::format("returned {}, but wrote {:#x} to the out-parameter",
                                        status_text(answer.status), answer.value))) {
      return verdict;
    }
  }
  return check_same_list(boot, RuleId::FailureAtomic, [&] {
    return fmt::format("returned {}, but changed", status_text(answer.status));
  });
}

Verdict report_list_change(Boot& boot, RuleId rule, std::string_view what) {
  const std::string evidence =
      fmt::format("{} {}", what, first_change_text(boot.board, boot.snapshot));
  if (boot.strict()) {
    if (Verdict verdict = report(boot, rule, evidence)) return verdict;
    return refresh_snapshot(boot);
  }
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  const std::string change = change_of_meaning(boot.model, boot.previous, boot.snapshot);
  if (!change.empty()) {
    if (Verdict verdict = report(boot, rule, fmt::format("{}: {}", evidence, change))) {
      return verdict;
    }
  }
  return check_list(boot.now(), boot.checked);
}

std::string failure_text(const Boot& boot, const Answer& answer) {
  if (answer.stopped) return "the target stopped: " + boot.session.stop_text();
  return "it returned " + status_text(answer.status);
}

Verdict refresh_snapshot(Boot& boot, Change expected) {
  std::swap(boot.previous, boot.snapshot);
  Verdict seen;
  if (expected == Change::Anywhere || !extend_snapshot(boot.options.rules, boot.board, boot.model,
                                                       boot.previous, boot.snapshot, seen)) {
    boot.checked.clear();
    seen = take_snapshot(boot.options.rules, boot.board, boot.model, boot.previous.base,
                         boot.snapshot);
  }
  if (seen) return seen;
  if (boot.model.phase == Phase::Permanent) boot.board.note_dirty(boot.snapshot.list());
  return check_append(boot.options.rules, boot.model, boot.previous, boot.snapshot);
}

Verdict recheck(Boot& boot) {
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  return check_list(boot.now(), boot.checked);
}

void refresh_own_writes(Boot& boot, const Region& written) {
  HobListSnapshot& list = boot.snapshot;
  const Region part = common(written, list.list());
  if (part.size == 0) return;
  copy_peim_write(boot.board, boot.model, part, list);
  // extend_to() copies everything from the previous END on anyway.
  list.extends_previous =
      list.extends_previous && part.base - list.base >= boot.previous.view.hobs.back().offset;
}

}  // namespace hobnail::oracle
