// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// RuleId: which rule. Inside the oracle a rule is this number; the words that reports, known-issue
// files and command lines have for it are in rules.h.
//
// Invariant: the order is that of rules(), in which a boot meets them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hobnail::oracle {

enum class RuleId : std::uint8_t {
  Enter,
  SecHobs,
  HobChain,
  PhitFields,
  HeapBounds,
  HobAppend,
  HobOverlap,
  AllocationHob,
  Conservation,
  Contents,
  StackUntouched,
  Status,
  Refusal,
  OutParameter,
  FailureAtomic,
  PageAddress,
  FreedMarked,
  PoolAddress,
  HobAddress,
  HobListPointer,
  BootMode,
  CopyMem,
  SetMem,
  Dispatch,
  MigrationHobs,
  MigrationShift,
  MigrationContents,
  MigrationTemporary,
  MigrationStack,
  MigrationPlatform,
  SecData,
  HandOffList,
  HandOffMap,
  DxeList,
  FirstRegion,
  DxeMap,
  EbsKey,
  EbsRuntime,
  EbsContents,
  TargetStop,
  ForeignRead,
  WildAccess,
  TargetCrash,
  TargetHang,
};

[[nodiscard]] constexpr std::size_t index_of(RuleId rule) { return static_cast<std::size_t>(rule); }

inline constexpr std::size_t kRuleCount = index_of(RuleId::TargetHang) + 1;

}  // namespace hobnail::oracle
