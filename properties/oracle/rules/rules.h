// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rule table: what must be true, each with a stable id, a sentence, and the clause it rests on.
// An id is a word, never re-used for another meaning: reports, mutants and known-issue files refer
// to it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

enum class RuleClass {
  Contract,  // holds for calls that PI lets a PEIM make
  Hostile,   // shows only under arguments that PI forbids: a clean refusal is what is asked
};

struct Rule {
  std::string_view id;
  std::string_view title;
  std::string_view clause;  // section of PI or docs/pei-semantics.md; invariants: invariants_of()
  RuleClass kind;
};

[[nodiscard]] std::span<const Rule> rules();

namespace rule {
// Truths of any moment, read from the raw HOB list.
inline constexpr std::string_view kHobChain = "HOB-CHAIN";
inline constexpr std::string_view kPhitFields = "PHIT-FIELDS";
inline constexpr std::string_view kHeapBounds = "HEAP-BOUNDS";
inline constexpr std::string_view kHobAppend = "HOB-APPEND";
inline constexpr std::string_view kHobOverlap = "HOB-OVERLAP";
inline constexpr std::string_view kAllocationHob = "ALLOCATION-HOB";
inline constexpr std::string_view kConservation = "CONSERVATION";
inline constexpr std::string_view kContents = "CONTENTS";
inline constexpr std::string_view kStackUntouched = "STACK-UNTOUCHED";
// Answers.
inline constexpr std::string_view kStatus = "STATUS";
inline constexpr std::string_view kRefusal = "REFUSAL";
inline constexpr std::string_view kOutParameter = "OUT-PARAMETER";
inline constexpr std::string_view kFailureAtomic = "FAILURE-ATOMIC";
inline constexpr std::string_view kPageAddress = "PAGE-ADDRESS";
inline constexpr std::string_view kFreedMarked = "FREED-MARKED";
inline constexpr std::string_view kPoolAddress = "POOL-ADDRESS";
inline constexpr std::string_view kHobAddress = "HOB-ADDRESS";
inline constexpr std::string_view kHobListPointer = "HOB-LIST-POINTER";
inline constexpr std::string_view kBootMode = "BOOT-MODE";
inline constexpr std::string_view kCopyMem = "COPY-MEM";
inline constexpr std::string_view kSetMem = "SET-MEM";
// The migration.
inline constexpr std::string_view kMigrationHobs = "MIGRATION-HOBS";
inline constexpr std::string_view kMigrationShift = "MIGRATION-SHIFT";
inline constexpr std::string_view kMigrationContents = "MIGRATION-CONTENTS";
inline constexpr std::string_view kMigrationTemporary = "MIGRATION-TEMPORARY";
inline constexpr std::string_view kMigrationStack = "MIGRATION-STACK";
inline constexpr std::string_view kMigrationPlatform = "MIGRATION-PLATFORM";
// What is SEC's.
inline constexpr std::string_view kSecData = "SEC-DATA";
inline constexpr std::string_view kSecHobs = "SEC-HOBS";
// The hand-off: the target's list.
inline constexpr std::string_view kHandOffList = "HANDOFF-LIST";
inline constexpr std::string_view kHandOffMap = "HANDOFF-MAP";
// The hand-off: whoever takes the list over.
inline constexpr std::string_view kDxeList = "DXE-LIST";
inline constexpr std::string_view kFirstRegion = "FIRST-REGION";
inline constexpr std::string_view kDxeMap = "DXE-MAP";
inline constexpr std::string_view kEbsKey = "EBS-KEY";
inline constexpr std::string_view kEbsRuntime = "EBS-RUNTIME";
inline constexpr std::string_view kEbsContents = "EBS-CONTENTS";
// The target as such.
inline constexpr std::string_view kEnter = "ENTER";
inline constexpr std::string_view kDispatch = "DISPATCH";
inline constexpr std::string_view kTargetStop = "TARGET-STOP";
inline constexpr std::string_view kTargetCrash = "TARGET-CRASH";
inline constexpr std::string_view kTargetHang = "TARGET-HANG";
inline constexpr std::string_view kForeignRead = "FOREIGN-READ";
inline constexpr std::string_view kWildAccess = "WILD-ACCESS";
}  // namespace rule

}  // namespace hobnail::oracle
