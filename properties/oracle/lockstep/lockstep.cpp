// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The loop: enter, every op, the end checks.
#include "properties/oracle/lockstep/lockstep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/boot/list_change.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/narration/hints.h"
#include "properties/oracle/narration/narrate_pei.h"
#include "properties/oracle/narration/trace.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/services/allocate_pages.h"
#include "properties/oracle/services/dispatch.h"
#include "properties/oracle/services/exit.h"
#include "properties/oracle/services/free_pages.h"
#include "properties/oracle/services/hand_off.h"
#include "properties/oracle/services/install.h"
#include "properties/oracle/services/list_and_mode.h"
#include "properties/oracle/services/memory.h"
#include "properties/oracle/services/pool_and_hob.h"

namespace hobnail::oracle {
namespace {

void begin_record(Boot& boot, std::size_t index) {
  boot.record = {};
  boot.record.op = index;
  boot.record.code = boot.program.ops[index].code;
  if (boot.options.trace) boot.outcome.trace.push_back({index, {}, {}, {}, {}});
}

// The memory that the op's result names.
Region given_by(const Boot& boot, OpCode code) {
  const Result result = row_of(code).result;
  return result == Result::None ? Region{} : boot.model.handles_of(result).back();
}

void keep_record(Boot& boot) {
  if (!boot.options.keeps_records()) return;
  boot.record.given = given_by(boot, boot.record.code);
  if (boot.options.trace) print_record(boot.record, boot.outcome.trace.back());
  boot.outcome.records.push_back(boot.record);
}

void remember(const Boot& boot, const Region& range) {
  std::memcpy(boot.board.shadow(range.base), boot.board.at(range.base),
              static_cast<std::size_t>(range.size));
}

// The PEIM's frames on SEC's stack, and SEC's data in the holes, are what reset() left there.
void remember_what_is_not_ours(Boot& boot) {
  const BoardProfile& profile = boot.board.profile();
  if (const Region frames = peim_frames(profile); frames.size != 0) remember(boot, frames);
  for (const Region& hole : boot.board.sec_data()) remember(boot, hole);
}

// NULL is an answer to a hand-off that lacks room, or asks for what an implementation may lack.
Verdict check_entry(Boot& boot, std::uint64_t services, bool stopped) {
  const BoardProfile& profile = boot.board.profile();
  boot.over = stopped || services == 0;
  if (!boot.over) {
    if (!profile.has(kMustDecline)) return std::nullopt;
    return report(
        boot, RuleId::Enter,
        fmt::format("enter accepted a heap of {:#x} bytes, which cannot hold a PHIT and an END HOB",
                    profile.heap.size));
  }
  if (profile.heap.size < kHeapForAll || profile.has(kMayDecline)) return std::nullopt;
  // SEC's data in holes, and a platform that moves temporary RAM, are EDK II's to serve.
  const bool practice = profile.has(kPlatformMoves) || profile.hole_bytes() != 0;
  if (practice && !boot.strict()) return std::nullopt;
  return report(boot, RuleId::Enter,
                stopped ? "the target stopped: " + boot.session.stop_text()
                        : std::string("enter returned NULL for a heap of 32 KiB"));
}

// What is there before the first call: SEC's HOBs, and PEI's memory where it starts in it.
void start_model(Boot& boot) {
  const BoardProfile& profile = boot.board.profile();
  if (profile.has(kInMemory)) {
    boot.model.phase = Phase::Permanent;
    boot.model.installed = profile.heap;
  }
}

// The offsets of SEC's HOBs in the list at `base`: right after the PHIT, or under Standard::Pi
// where they are found, in their order, among the core's own. Short where one is missing.
std::vector<std::uint32_t> places_of_sec_hobs(const Boot& boot, std::uint64_t base) {
  std::vector<std::uint32_t> places;
  const std::span<const std::uint8_t> hobs = boot.platform.hobs();
  HobView list;
  const Region region = boot.board.region_of(base);
  const bool search = !boot.strict() && region.size != 0 && !hobs.empty();
  if (search) walk_hobs({boot.board.at(base), static_cast<std::size_t>(region.end() - base)}, list);
  std::size_t next = 0;  // in the list
  for (std::size_t at = 0; at < hobs.size();) {
    EFI_HOB_GENERIC_HEADER header;
    std::memcpy(&header, hobs.data() + at, sizeof header);
    if (!search)
      places.push_back(static_cast<std::uint32_t>(sizeof(EFI_HOB_HANDOFF_INFO_TABLE) + at));
    const auto is_it = [&](const Hob& hob) {
      return hob.length == header.HobLength &&
             std::memcmp(boot.board.at(base + hob.offset), hobs.data() + at, hob.length) == 0;
    };
    while (search && next < list.hobs.size() && !is_it(list.hobs[next])) ++next;
    if (search && next == list.hobs.size()) return places;
    if (search) places.push_back(list.hobs[next++].offset);
    at += header.HobLength;
  }
  return places;
}

// SEC's HOBs are whole and intact at the places where they were looked for.
struct SecHobMatch {
  std::size_t intact = 0;        // how many, from the first on
  EFI_HOB_GENERIC_HEADER first;  // of those that are not; of no meaning when there is none
  bool all = true;
};

SecHobMatch match_sec_hobs(const Boot& boot) {
  const std::span<const std::uint8_t> hobs = boot.platform.hobs();
  const std::span<const std::uint8_t> list(boot.snapshot.bytes);
  const std::vector<std::uint32_t>& places = boot.model.peim_hobs;
  SecHobMatch match{0, {}, true};
  for (std::size_t at = 0; at < hobs.size(); at += match.first.HobLength, ++match.intact) {
    std::memcpy(&match.first, hobs.data() + at, sizeof match.first);
    const std::size_t length = match.first.HobLength;
    match.all = match.intact < places.size() && list.size() >= places[match.intact] + length &&
                std::memcmp(hobs.data() + at, list.data() + places[match.intact], length) == 0;
    if (!match.all) return match;
  }
  return match;
}

Verdict check_sec_hobs(const Boot& boot) {
  if (!boot.platform.hobs_intact()) {
    return report(boot, RuleId::SecHobs, "the target wrote to SEC's copy of its HOBs");
  }
  const SecHobMatch match = match_sec_hobs(boot);
  if (match.all) return std::nullopt;
  return report(boot, RuleId::SecHobs,
                fmt::format("the {:#x} bytes after the PHIT at {:#x} are not SEC's HOBs: HOB {} of "
                            "them, of type {:#06x} and length {:#x}, is missing or differs",
                            boot.platform.hobs().size(), boot.snapshot.base, match.intact + 1,
                            match.first.HobType, match.first.HobLength));
}

Verdict enter(Boot& boot) {
  start_model(boot);
  bool stopped = false;
  const std::uint64_t services =
      boot.session.enter(boot.board.hand_off(), boot.platform.ppi_list(), stopped);
  if (Verdict verdict = check_entry(boot, services, stopped)) return verdict;
  if (boot.over) return std::nullopt;
  const Answer answer = boot.session.GetHobList(false);
  if (answer.stopped || !answer.ok()) {
    return report_last(boot, RuleId::Enter,
                       "GetHobList fails after the cold entry; expected EFI_SUCCESS: " +
                           failure_text(boot, answer));
  }
  boot.model.peim_hobs = places_of_sec_hobs(boot, answer.value);
  if (Verdict verdict =
          take_snapshot(boot.options.rules, boot.board, boot.model, answer.value, boot.snapshot))
    return verdict;
  if (Verdict verdict = check_sec_hobs(boot)) return verdict;
  boot.previous.copy_from(boot.snapshot);
  boot.model.boot_mode = boot.snapshot.phit.BootMode;
  return check_list(boot.now(), boot.checked);
}

// A handle for each op that brings one forth, whether it succeeds or not.
void announce_result(Boot& boot, const Op& op) {
  const Result result = row_of(op.code).result;
  if (result != Result::None) boot.model.handles_of(result).push_back({});
}

Verdict run_op(Boot& boot, const Op& op) {
  switch (op.code) {
    case OpCode::InstallPeiMemory:
      return run_install(boot, op);
    case OpCode::AllocatePages:
      return run_allocate_pages(boot, op);
    case OpCode::FreePages:
      return run_free_pages(boot, op);
    case OpCode::AllocatePool:
      return run_allocate_pool(boot, op);
    case OpCode::CreateHob:
      return run_create_hob(boot, op);
    case OpCode::CopyMem:
      return run_copy_mem(boot, op);
    case OpCode::SetMem:
      return run_set_mem(boot, op);
    case OpCode::GetHobList:
      return run_get_hob_list(boot, op);
    case OpCode::GetBootMode:
      return run_get_boot_mode(boot, op);
    case OpCode::SetBootMode:
      return run_set_boot_mode(boot, op);
    case OpCode::ReturnToDispatcher:
      return run_return_to_dispatcher(boot, op);
    case OpCode::PeimWrite:
      return run_peim_write(boot, op);
    case OpCode::HandOff:
      return run_hand_off(boot, op);
    case OpCode::ExitBootServices:
      return run_exit_boot_services(boot, op);
  }
  return std::nullopt;
}

// Long and sampled boots compare after one op in 16: comparing takes longer than the op. A finding
// of a sampled boot is looked for again in a thorough one.
constexpr std::uint64_t kLargestSampled = 0x4000;  // bytes

bool compares_memory(const Boot& boot) {
  constexpr std::size_t kOneIn = 16;
  const bool each = boot.op < kOpsUnrolled && !boot.options.thorough_sample;
  return boot.options.thorough && (each || boot.op % kOneIn == 0);
}

Verdict run_checked_op(Boot& boot, const Op& op) {
  announce_result(boot, op);
  if (past_pei(boot, op)) return std::nullopt;
  if (Verdict verdict = run_op(boot, op)) return verdict;
  if (boot.over) return std::nullopt;
  // Else a change is seen where it would be lost, at the latest at the end; not when a call undoes
  // it.
  if (!compares_memory(boot)) return std::nullopt;
  return boot.options.thorough_sample ? check_memory(boot.now(), RuleId::Contents, kLargestSampled)
                                      : check_memory(boot.now());
}

void note_change(Boot& boot, const Op& op, const HobListSnapshot& before) {
  if (op.code == OpCode::ReturnToDispatcher || op.code == OpCode::HandOff) return;
  if (before.base != boot.snapshot.base) return;
  boot.record.change = list_change(before, boot.snapshot);
}

void digest_list(Boot& boot) {
  for (std::size_t at = 0; at + 8 <= boot.snapshot.bytes.size(); at += 8) {  // HOBs are 8-aligned
    std::uint64_t word = 0;
    std::memcpy(&word, boot.snapshot.bytes.data() + at, sizeof word);
    boot.mix(word);
  }
}

void finish(Boot& boot) {
  if (boot.options.digests_list) digest_list(boot);
  if (!boot.options.capture_hobs) return;
  boot.outcome.hobs = boot.snapshot.bytes;
  boot.outcome.hobs_base = boot.snapshot.base;
}

// The boot ends with this; nothing is reported when its rule is disabled.
void record(Boot& boot, const Verdict& verdict, std::size_t op) {
  if (!verdict.reported()) return;
  const CallClass calls = boot.hostile_calls == 0 ? CallClass::Contract : CallClass::Hostile;
  Finding finding{rule_name(verdict.rule()), op, verdict.evidence(), calls};
  if (boot.options.known != nullptr) finding.known = boot.options.known->issue_of(boot, finding);
  boot.outcome.finding = std::move(finding);
  if (boot.options.observer != nullptr) boot.options.observer->found(boot, *boot.outcome.finding);
}

// Why the program's board is not used; empty when it is.
std::string why_left_out(const BoardProfile& board, const hobnail_target& target,
                         const RunOptions& options) {
  if (!options.boards.contains(board.number)) {
    return fmt::format("board {} is left out", board.name);
  }
  const std::string_view lacks = unsupported(target, board);
  if (lacks.empty()) return {};
  return fmt::format("board {} needs {}, which {} does not support", board.name, lacks,
                     target.name);
}

void run_ops(Boot& boot) {
  if (!boot.board.missing().empty()) {
    boot.outcome.skipped = boot.board.missing();
    return;
  }
  boot.board.reset(boot.program.garbage);
  boot.board.open_only({});
  remember_what_is_not_ours(boot);
  if (Verdict verdict = enter(boot)) return record(boot, verdict, 0);
  if (boot.options.trace && !boot.over) narrate_reset(boot);
  if (boot.options.observer != nullptr) boot.options.observer->entered(boot);
  const std::vector<Op>& ops = boot.program.ops;
  HobListSnapshot before;
  for (std::size_t i = 0; i < ops.size() && !boot.over; ++i) {
    boot.op = i;
    boot.calls_entry = false;
    note_op(i);
    if (boot.options.known != nullptr && boot.options.known->leaves_out(boot, ops[i])) {
      announce_result(boot, ops[i]);
      boot.outcome.left_out.push_back(i);
      continue;
    }
    begin_record(boot, i);
    if (boot.options.keeps_records()) before.copy_from(boot.snapshot);
    if (boot.options.observer != nullptr) boot.options.observer->before(boot, ops[i]);
    const Verdict verdict = run_checked_op(boot, ops[i]);
    if (!verdict && boot.options.keeps_records()) note_change(boot, ops[i], before);
    keep_record(boot);
    if (verdict) return record(boot, verdict, i);
    if (boot.options.observer != nullptr) boot.options.observer->after(boot, ops[i]);
  }
  if (boot.options.observer != nullptr) boot.options.observer->ended(boot);
  if (boot.over) return;
  collect_hints(boot);
  if (Verdict verdict = check_memory(boot.now())) {
    return record(boot, verdict, ops.size());
  }
  finish(boot);
}

Outcome run_boot(const Program& program, const hobnail_target& target, const RunOptions& options) {
  Outcome left_out;
  left_out.skipped = why_left_out(board_profiles()[program.board], target, options);
  if (!left_out.skipped.empty()) return left_out;
  Boot boot(program, target, options);
  {
    const ScopedCurrentBoot current(boot);
    run_ops(boot);
    if (options.known != nullptr) boot.outcome.noted = options.known->noted();
    boot.session.leave();
    if (options.consumer != nullptr) options.consumer->leave();
  }
  boot.board.permit_all();
  // A target at fault may have written where no check looks, and so does a consumer that works in
  // memory.
  const bool anywhere = options.consumer != nullptr && options.consumer->traits().needs_memory;
  if (boot.outcome.finding || anywhere) boot.board.restore_everything();
  // PI leaves what a core does with free memory to it; EDK II's writes to none.
  if (!boot.strict()) {
    boot.board.note_use_of_free_memory(
        {boot.snapshot.phit.EfiFreeMemoryBottom, boot.snapshot.gap()});
  }
  return std::move(boot.outcome);
}

// Whether it takes a call that PI forbids to see it.
CallClass calls_needed(const Program& program, const hobnail_target& target, RunOptions options,
                       const Finding& finding) {
  if (finding.calls == CallClass::Contract) return CallClass::Contract;
  options.policy = CallPolicy::Contract;
  options.records = false;
  options.trace = false;
  options.observer = nullptr;
  const Outcome outcome = run_boot(program, target, options);
  const bool same = outcome.finding && outcome.finding->rule == finding.rule;
  return same ? CallClass::Contract : CallClass::Hostile;
}

}  // namespace

Outcome run_in_lockstep(const Program& program, const hobnail_target& target,
                        const RunOptions& options) {
  RunOptions thorough = options;
  thorough.thorough_sample =
      !options.thorough && options.thorough_sample && program.garbage % 8 == 5;
  thorough.thorough = options.thorough || thorough.thorough_sample;
  Outcome outcome = run_boot(program, target, thorough);
  if (!outcome.finding) return outcome;
  // The call that did wrong may have been an earlier one: now every byte is looked at after every
  // call.
  if (!options.thorough) {
    thorough.thorough = true;
    thorough.thorough_sample = false;
    thorough.observer = nullptr;
    Outcome again = run_boot(program, target, thorough);
    if (again.finding) outcome = std::move(again);
  }
  outcome.finding->calls = calls_needed(program, target, thorough, *outcome.finding);
  return outcome;
}

}  // namespace hobnail::oracle
