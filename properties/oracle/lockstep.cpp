// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The loop: enter, every op, the end checks.
#include "properties/oracle/lockstep.h"

#include <fmt/format.h>

#include <cstring>

#include "properties/oracle/boot.h"
#include "properties/oracle/codec_text.h"

namespace pei::oracle {
namespace {

// A heap of this size or more holds any PEI core's first HOBs; below, a target may decline.
constexpr std::uint64_t kHeapForAll = 0x8000;

void begin_line(Boot& boot, std::size_t index) {
  if (boot.options.trace) boot.outcome.trace.push_back({index, {}, {}, {}});
}

// The PEIM's frames on SEC's stack are what reset() left there.
void remember_frames(Boot& boot) {
  const Region frames = peim_frames(boot.board.profile());
  std::memcpy(boot.board.mirror(frames.base), Board::at(frames.base),
              static_cast<std::size_t>(frames.size));
}

Verdict enter(Boot& boot) {
  bool stopped = false;
  const std::uint64_t services = boot.session.enter(boot.board.hand_off(), stopped);
  if (stopped || services == 0) {
    boot.over = true;
    if (boot.board.profile().heap.size < kHeapForAll) return std::nullopt;
    return Violation{rule::kEnter,
                     stopped ? "the target stopped: " + boot.session.stop_text()
                             : std::string("enter answered NULL to a heap of 32 KiB or more")};
  }
  const Answer answer = boot.session.GetHobList(false);
  if (answer.stopped || !answer.ok()) {
    return Violation{rule::kEnter, "GetHobList does not answer after a cold entry"};
  }
  if (Verdict verdict = look(boot.board, boot.model, answer.value, boot.sight)) return verdict;
  boot.previous.copy_from(boot.sight);
  boot.model.boot_mode = boot.sight.phit.BootMode;
  return check_list(boot.now());
}

// A handle for each op that brings one forth, whether it succeeds or not.
void announce_result(Boot& boot, const Op& op) {
  const Result result = row_of(op.code).result;
  if (result != Result::None) boot.model.handles_of(result).push_back({});
}

Verdict play_one(Boot& boot, const Op& op) {
  announce_result(boot, op);
  if (Verdict verdict = play(boot, op)) return verdict;
  if (boot.over) return std::nullopt;
  return check_memory(boot.now());
}

// Tells what an op did to the list, for people.
void tell_effect(Boot& boot, const Op& op, const Sight& before) {
  if (op.code == OpCode::ReturnToDispatcher || before.base != boot.sight.base) return;
  boot.say_effect(describe_change(before, boot.sight));
}

void finish(Boot& boot) {
  for (std::size_t at = 0; at + 8 <= boot.sight.bytes.size(); at += 8) {  // HOBs are 8-aligned
    std::uint64_t word = 0;
    std::memcpy(&word, boot.sight.bytes.data() + at, sizeof word);
    boot.mix(word);
  }
  if (!boot.options.capture_hobs) return;
  boot.outcome.hobs = boot.sight.bytes;
  boot.outcome.hobs_base = boot.sight.base;
}

void record(Boot& boot, Violation violation, std::size_t op) {
  boot.outcome.finding = Finding{violation.rule, op, std::move(violation.evidence)};
}

void run(Boot& boot) {
  boot.board.reset(boot.program.garbage);
  remember_frames(boot);
  if (Verdict verdict = enter(boot)) return record(boot, std::move(*verdict), 0);
  const std::vector<Op>& ops = boot.program.ops;
  Sight before;
  for (std::size_t i = 0; i < ops.size() && !boot.over; ++i) {
    begin_line(boot, i);
    if (boot.options.trace) before.copy_from(boot.sight);
    if (Verdict verdict = play_one(boot, ops[i])) return record(boot, std::move(*verdict), i);
    if (boot.options.trace) tell_effect(boot, ops[i], before);
  }
  if (boot.over) return;
  if (Verdict verdict = check_memory_thoroughly(boot.now())) {
    return record(boot, std::move(*verdict), ops.size());
  }
  finish(boot);
}

}  // namespace

Verdict play(Boot& boot, const Op& op) {
  switch (op.code) {
    case OpCode::InstallPeiMemory:
      return play_install(boot, op);
    case OpCode::AllocatePages:
      return play_allocate_pages(boot, op);
    case OpCode::FreePages:
      return play_free_pages(boot, op);
    case OpCode::AllocatePool:
      return play_allocate_pool(boot, op);
    case OpCode::CreateHob:
      return play_create_hob(boot, op);
    case OpCode::CopyMem:
      return play_copy_mem(boot, op);
    case OpCode::SetMem:
      return play_set_mem(boot, op);
    case OpCode::GetHobList:
      return play_get_hob_list(boot, op);
    case OpCode::GetBootMode:
      return play_get_boot_mode(boot, op);
    case OpCode::SetBootMode:
      return play_set_boot_mode(boot, op);
    case OpCode::ReturnToDispatcher:
      return play_return_to_dispatcher(boot, op);
    case OpCode::PeimWrite:
      return play_peim_write(boot, op);
  }
  return std::nullopt;
}

Outcome run_in_lockstep(const Program& program, const hobnail_target& target,
                        const RunOptions& options) {
  Boot boot(program, target, options);
  run(boot);
  // A target at fault may have written where nobody was told of it.
  if (boot.outcome.finding) boot.board.restore_everything();
  return std::move(boot.outcome);
}

}  // namespace pei::oracle
