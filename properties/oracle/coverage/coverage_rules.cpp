// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/coverage/coverage_rules.h"

#include <array>

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using enum OpCode;
using enum Condition;

constexpr BootPhase kT = BootPhase::Temporary;
constexpr BootPhase kW = BootPhase::Window;
constexpr BootPhase kP = BootPhase::Permanent;
constexpr BootPhase kA = BootPhase::AfterPei;
constexpr Reply kOk = Reply::Success;

constexpr RuleCoverage tried(std::string_view rule, OpCode code, Condition condition,
                             BootPhase phase, Reply reply) {
  return {rule, {static_cast<Step>(code), condition, phase, reply}};
}

// clang-format off
constexpr std::array kRules{
    RuleCoverage{rule::kEnter, {kEntry, Any, kT, kOk}},
    RuleCoverage{rule::kEnter, {kEntry, HeapTooSmall, kT, Reply::Declined}},
    RuleCoverage{rule::kSecHobs, {kEntry, SecHobsGiven, kT, kOk}},
    // Truths of any moment.
    tried(rule::kHobChain, CreateHob, TypeGuid, kT, kOk),
    tried(rule::kHobChain, FreePages, Middle, kP, kOk),
    tried(rule::kPhitFields, AllocatePages, Any, kT, kOk),
    tried(rule::kPhitFields, AllocatePages, Any, kP, kOk),
    tried(rule::kHeapBounds, AllocatePages, ExactFit, kT, kOk),
    tried(rule::kHeapBounds, AllocatePages, ExactFit, kP, kOk),
    tried(rule::kHobAppend, AllocatePool, UnusedSlot, kT, kOk),
    tried(rule::kHobAppend, CreateHob, UnusedSlot, kP, kOk),
    tried(rule::kHobOverlap, AllocatePages, FreeLarger, kT, kOk),
    tried(rule::kHobOverlap, AllocatePages, FreeLarger, kP, kOk),
    tried(rule::kAllocationHob, AllocatePages, Any, kT, kOk),
    tried(rule::kAllocationHob, FreePages, Middle, kT, kOk),
    tried(rule::kConservation, FreePages, Middle, kT, kOk),
    tried(rule::kConservation, FreePages, BesideFree, kP, kOk),
    tried(rule::kContents, FreePages, Whole, kT, kOk),
    tried(rule::kContents, FreePages, Whole, kP, kOk),
    tried(rule::kStackUntouched, AllocatePages, Any, kT, kOk),
    // Answers.
    tried(rule::kStatus, AllocatePages, TooLong, kT, Reply::OutOfResources),
    tried(rule::kStatus, FreePages, DoubleFree, kT, Reply::NotFound),
    tried(rule::kStatus, CreateHob, TypeEnd, kT, Reply::InvalidParameter),
    tried(rule::kStatus, AllocatePool, TooLong, kT, Reply::OutOfResources),
    tried(rule::kStatus, InstallPeiMemory, ZeroLength, kT, Reply::InvalidParameter),
    tried(rule::kRefusal, AllocatePages, OneTooMany, kT, Reply::OutOfResources),
    tried(rule::kRefusal, AllocatePool, OneTooMany, kT, Reply::OutOfResources),
    tried(rule::kRefusal, CreateHob, OneTooMany, kT, Reply::OutOfResources),
    tried(rule::kRefusal, FreePages, NoSlotForSplit, kT, Reply::OutOfResources),
    tried(rule::kRefusal, InstallPeiMemory, TooSmall, kT, Reply::OutOfResources),
    tried(rule::kOutParameter, AllocatePages, Any, kT, kOk),
    tried(rule::kOutParameter, AllocatePages, Any, kT, Reply::OutOfResources),
    tried(rule::kOutParameter, AllocatePool, Any, kT, Reply::OutOfResources),
    tried(rule::kOutParameter, CreateHob, Any, kT, Reply::OutOfResources),
    tried(rule::kFailureAtomic, AllocatePages, FreeRecord, kT, Reply::OutOfResources),
    tried(rule::kFailureAtomic, FreePages, NoSlotForSplit, kT, Reply::OutOfResources),
    tried(rule::kPageAddress, AllocatePages, Any, kT, kOk),
    tried(rule::kPageAddress, AllocatePages, Any, kW, kOk),
    tried(rule::kPageAddress, AllocatePages, Padding, kP, kOk),
    tried(rule::kFreedMarked, FreePages, Whole, kT, kOk),
    tried(rule::kFreedMarked, FreePages, Middle, kP, kOk),
    tried(rule::kPoolAddress, AllocatePool, Any, kT, kOk),
    tried(rule::kHobAddress, CreateHob, Any, kT, kOk),
    tried(rule::kHobListPointer, GetHobList, Any, kT, kOk),
    tried(rule::kHobListPointer, GetHobList, Any, kP, kOk),
    tried(rule::kBootMode, GetBootMode, Any, kT, kOk),
    tried(rule::kBootMode, GetBootMode, Any, kP, kOk),
    tried(rule::kCopyMem, CopyMem, OverlapUp, kT, kOk),
    tried(rule::kCopyMem, CopyMem, OverlapDown, kT, kOk),
    tried(rule::kSetMem, SetMem, IntoPages, kT, kOk),
    // The migration.
    tried(rule::kDispatch, ReturnToDispatcher, Any, kW, kOk),
    tried(rule::kDispatch, ReturnToDispatcher, NothingInstalled, kT, kOk),
    tried(rule::kMigrationHobs, ReturnToDispatcher, FreeRecord, kW, kOk),
    tried(rule::kMigrationShift, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(rule::kMigrationShift, ReturnToDispatcher, WindowPages, kW, kOk),
    tried(rule::kMigrationContents, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(rule::kMigrationContents, ReturnToDispatcher, PoolLive, kW, kOk),
    tried(rule::kMigrationTemporary, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(rule::kMigrationStack, ReturnToDispatcher, ListFull, kW, kOk),
    tried(rule::kMigrationStack, ReturnToDispatcher, UnusedSlot, kW, kOk),
    tried(rule::kMigrationPlatform, ReturnToDispatcher, PlatformMoves, kW, kOk),
    tried(rule::kSecData, ReturnToDispatcher, SecDataKept, kW, kOk),
    // The hand-off.
    tried(rule::kHandOffList, HandOff, Any, kP, kOk),
    tried(rule::kHandOffMap, HandOff, RuntimeLive, kP, kOk),
    tried(rule::kDxeList, HandOff, Any, kP, kOk),
    tried(rule::kFirstRegion, HandOff, Any, kP, kOk),
    tried(rule::kDxeMap, HandOff, FreeRecord, kP, kOk),
    tried(rule::kEbsKey, ExitBootServices, Any, kA, kOk),
    tried(rule::kEbsRuntime, ExitBootServices, RuntimeLive, kA, kOk),
    tried(rule::kEbsContents, ExitBootServices, RuntimeLive, kA, kOk),
    // Any call can stop a target.
    tried(rule::kTargetStop, AllocatePages, Any, kT, kOk),
    tried(rule::kTargetCrash, AllocatePages, Any, kT, kOk),
    tried(rule::kTargetHang, AllocatePages, Any, kT, kOk),
    // Any call can touch what it should not.
    tried(rule::kForeignRead, AllocatePages, Any, kT, kOk),
    tried(rule::kWildAccess, AllocatePages, Any, kT, kOk),
};
// clang-format on

}  // namespace

std::span<const RuleCoverage> rule_coverage() { return kRules; }

}  // namespace hobnail::oracle
