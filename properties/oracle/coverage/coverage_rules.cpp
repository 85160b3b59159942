// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Where each rule's checks are made: a boot that reaches these cells has tried the rule. A new rule
// gets its row here; without one the check of the corpus fails.
//
// Coupling: cells that this table names must be wanted by reach_table.cpp, so that a rule is not
// tried by luck.
#include <array>

#include "properties/oracle/coverage/scenario_coverage.h"
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

constexpr RuleCoverage tried(RuleId rule, OpCode code, Condition condition, BootPhase phase,
                             Reply reply) {
  return {rule, {static_cast<Step>(code), condition, phase, reply}};
}

// clang-format off
constexpr std::array kRules{
    RuleCoverage{RuleId::Enter, {kEntry, Any, kT, kOk}},
    RuleCoverage{RuleId::Enter, {kEntry, HeapTooSmall, kT, Reply::Declined}},
    RuleCoverage{RuleId::SecHobs, {kEntry, SecHobsGiven, kT, kOk}},
    // Truths of any moment.
    tried(RuleId::HobChain, CreateHob, TypeGuid, kT, kOk),
    tried(RuleId::HobChain, FreePages, Middle, kP, kOk),
    tried(RuleId::PhitFields, AllocatePages, Any, kT, kOk),
    tried(RuleId::PhitFields, AllocatePages, Any, kP, kOk),
    tried(RuleId::HeapBounds, AllocatePages, ExactFit, kT, kOk),
    tried(RuleId::HeapBounds, AllocatePages, ExactFit, kP, kOk),
    tried(RuleId::HobAppend, AllocatePool, UnusedSlot, kT, kOk),
    tried(RuleId::HobAppend, CreateHob, UnusedSlot, kP, kOk),
    tried(RuleId::HobOverlap, AllocatePages, FreeLarger, kT, kOk),
    tried(RuleId::HobOverlap, AllocatePages, FreeLarger, kP, kOk),
    tried(RuleId::AllocationHob, AllocatePages, Any, kT, kOk),
    tried(RuleId::AllocationHob, FreePages, Middle, kT, kOk),
    tried(RuleId::Conservation, FreePages, Middle, kT, kOk),
    tried(RuleId::Conservation, FreePages, BesideFree, kP, kOk),
    tried(RuleId::Contents, FreePages, Whole, kT, kOk),
    tried(RuleId::Contents, FreePages, Whole, kP, kOk),
    tried(RuleId::StackUntouched, AllocatePages, Any, kT, kOk),
    // Answers.
    tried(RuleId::Status, AllocatePages, TooLong, kT, Reply::OutOfResources),
    tried(RuleId::Status, FreePages, DoubleFree, kT, Reply::NotFound),
    tried(RuleId::Status, CreateHob, TypeEnd, kT, Reply::InvalidParameter),
    tried(RuleId::Status, AllocatePool, TooLong, kT, Reply::OutOfResources),
    tried(RuleId::Status, InstallPeiMemory, ZeroLength, kT, Reply::InvalidParameter),
    tried(RuleId::Refusal, AllocatePages, OneTooMany, kT, Reply::OutOfResources),
    tried(RuleId::Refusal, AllocatePool, OneTooMany, kT, Reply::OutOfResources),
    tried(RuleId::Refusal, CreateHob, OneTooMany, kT, Reply::OutOfResources),
    tried(RuleId::Refusal, FreePages, NoSlotForSplit, kT, Reply::OutOfResources),
    tried(RuleId::Refusal, InstallPeiMemory, TooSmall, kT, Reply::OutOfResources),
    tried(RuleId::OutParameter, AllocatePages, Any, kT, kOk),
    tried(RuleId::OutParameter, AllocatePages, Any, kT, Reply::OutOfResources),
    tried(RuleId::OutParameter, AllocatePool, Any, kT, Reply::OutOfResources),
    tried(RuleId::OutParameter, CreateHob, Any, kT, Reply::OutOfResources),
    tried(RuleId::FailureAtomic, AllocatePages, FreeRecord, kT, Reply::OutOfResources),
    tried(RuleId::FailureAtomic, FreePages, NoSlotForSplit, kT, Reply::OutOfResources),
    tried(RuleId::PageAddress, AllocatePages, Any, kT, kOk),
    tried(RuleId::PageAddress, AllocatePages, Any, kW, kOk),
    tried(RuleId::PageAddress, AllocatePages, Padding, kP, kOk),
    tried(RuleId::FreedMarked, FreePages, Whole, kT, kOk),
    tried(RuleId::FreedMarked, FreePages, Middle, kP, kOk),
    tried(RuleId::PoolAddress, AllocatePool, Any, kT, kOk),
    tried(RuleId::HobAddress, CreateHob, Any, kT, kOk),
    tried(RuleId::HobListPointer, GetHobList, Any, kT, kOk),
    tried(RuleId::HobListPointer, GetHobList, Any, kP, kOk),
    tried(RuleId::BootMode, GetBootMode, Any, kT, kOk),
    tried(RuleId::BootMode, GetBootMode, Any, kP, kOk),
    tried(RuleId::CopyMem, CopyMem, OverlapUp, kT, kOk),
    tried(RuleId::CopyMem, CopyMem, OverlapDown, kT, kOk),
    tried(RuleId::SetMem, SetMem, IntoPages, kT, kOk),
    // The migration.
    tried(RuleId::Dispatch, ReturnToDispatcher, Any, kW, kOk),
    tried(RuleId::Dispatch, ReturnToDispatcher, NothingInstalled, kT, kOk),
    tried(RuleId::MigrationHobs, ReturnToDispatcher, FreeRecord, kW, kOk),
    tried(RuleId::MigrationShift, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(RuleId::MigrationShift, ReturnToDispatcher, WindowPages, kW, kOk),
    tried(RuleId::MigrationContents, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(RuleId::MigrationContents, ReturnToDispatcher, PoolLive, kW, kOk),
    tried(RuleId::MigrationTemporary, ReturnToDispatcher, PagesLive, kW, kOk),
    tried(RuleId::MigrationStack, ReturnToDispatcher, ListFull, kW, kOk),
    tried(RuleId::MigrationStack, ReturnToDispatcher, UnusedSlot, kW, kOk),
    tried(RuleId::MigrationPlatform, ReturnToDispatcher, PlatformMoves, kW, kOk),
    tried(RuleId::SecData, ReturnToDispatcher, SecDataKept, kW, kOk),
    // The hand-off.
    tried(RuleId::HandOffList, HandOff, Any, kP, kOk),
    tried(RuleId::HandOffMap, HandOff, RuntimeLive, kP, kOk),
    tried(RuleId::DxeList, HandOff, Any, kP, kOk),
    tried(RuleId::FirstRegion, HandOff, Any, kP, kOk),
    tried(RuleId::DxeMap, HandOff, FreeRecord, kP, kOk),
    tried(RuleId::EbsKey, ExitBootServices, Any, kA, kOk),
    tried(RuleId::EbsRuntime, ExitBootServices, RuntimeLive, kA, kOk),
    tried(RuleId::EbsContents, ExitBootServices, RuntimeLive, kA, kOk),
    // Any call can stop a target.
    tried(RuleId::TargetStop, AllocatePages, Any, kT, kOk),
    tried(RuleId::TargetCrash, AllocatePages, Any, kT, kOk),
    tried(RuleId::TargetHang, AllocatePages, Any, kT, kOk),
    // Any call can touch what it should not.
    tried(RuleId::ForeignRead, AllocatePages, Any, kT, kOk),
    tried(RuleId::WildAccess, AllocatePages, Any, kT, kOk),
};
// clang-format on

}  // namespace

std::span<const RuleCoverage> rule_coverage() { return kRules; }

}  // namespace hobnail::oracle
