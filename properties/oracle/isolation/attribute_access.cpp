// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Whose memory was it that a target touched?
#include <fmt/format.h>

#include "properties/oracle/isolation/crash_reporter.h"

namespace hobnail::oracle {
namespace {

// A pool is its owner's to the end of its HOB.
const Allocation* owner_with_tail(const Model& model, std::uint64_t address) {
  for (const Allocation& block : model.live) {
    if (block.kind == Result::Hob) continue;
    const std::uint64_t size = (block.where.size + 7) & ~std::uint64_t{7};
    if (Region{block.where.base, size}.contains(address)) return &block;
  }
  return nullptr;
}

OpCode code_of(const Boot& boot) {
  const bool playing = !boot.calls_entry && boot.op < boot.program.ops.size();
  return playing ? boot.program.ops[boot.op].code : OpCode::GetHobList;
}

// The rule that a comparison of contents would have named, had it come that far.
RuleId rule_of_write(const Boot& boot) {
  if (boot.model.stage == Stage::Dxe) return RuleId::EbsContents;
  switch (code_of(boot)) {
    case OpCode::CopyMem:
      return RuleId::CopyMem;
    case OpCode::SetMem:
      return RuleId::SetMem;
    case OpCode::ReturnToDispatcher:
      return boot.model.phase == Phase::Window ? RuleId::MigrationContents : RuleId::Contents;
    default:
      return RuleId::Contents;
  }
}

std::string block_text(const Allocation& block) {
  const char kind = block.kind == Result::Pages ? 'p' : 'b';
  return fmt::format("{}{} {}", kind, block.handle, block.where);
}

bool copies(OpCode code) { return code == OpCode::CopyMem || code == OpCode::SetMem; }

}  // namespace

Finding attribute_access(const Boot& boot, std::uint64_t address, bool write) {
  const std::string operation =
      fmt::format("the target {} {:#x}", write ? "writes to" : "reads", address);
  const auto finding = [&](RuleId id, std::string_view why) {
    const CallClass calls = boot.hostile_calls == 0 ? CallClass::Contract : CallClass::Hostile;
    const std::size_t op = boot.calls_entry ? 0 : boot.op;
    return Finding{rule_name(id), op, fmt::format("{}: {}", operation, why), calls};
  };
  if (const Allocation* const block = owner_with_tail(boot.model, address)) {
    const RuleId id = write ? rule_of_write(boot) : RuleId::ForeignRead;
    return finding(id, fmt::format("that is {}, owned by a PEIM", block_text(*block)));
  }
  const BoardProfile& profile = boot.board.profile();
  if (profile.is_temporary(address) && boot.board.temporary_ram_is_dead()) {
    return finding(RuleId::MigrationTemporary, "that is temporary RAM, which no longer exists");
  }
  if (copies(code_of(boot)) && boot.board.readable(address, 1)) {
    const OpCode code = code_of(boot);
    return finding(code == OpCode::CopyMem ? RuleId::CopyMem : RuleId::SetMem,
                   "that is free memory outside of the request");
  }
  const Region memory = boot.board.region_of(address);
  if (memory.size != 0 && !profile.is_temporary(address)) {
    return finding(RuleId::WildAccess, "that is memory that PEI has not received");
  }
  return finding(RuleId::WildAccess, "the board has no memory there");
}

}  // namespace hobnail::oracle
