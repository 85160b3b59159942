// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rows of the rule table, in the order in which a boot meets them.
#include "properties/oracle/rules/rules.h"

#include <algorithm>
#include <array>

namespace hobnail::oracle {
namespace {

using enum RuleClass;

constexpr std::array kRules{
    Rule{RuleId::Enter, "ENTER",
         "The entry returns a services table and a HOB list if SEC's hand-off is valid.",
         "PI 1.8 Vol 1 5.4", Contract,
         "boards with SEC's data in holes or with the platform's PPI are accepted"},
    Rule{RuleId::SecHobs, "SEC-HOBS",
         "SEC's HOBs follow the PHIT in the same order and with the same bytes.",
         "PI 1.8 Vol 1 7; docs/pei-semantics.md 2.2", Contract,
         "nothing of the core's own stands before or between them"},
    Rule{RuleId::HobChain, "HOB-CHAIN",
         "The walk by HobLength from the PHIT reaches exactly one END HOB, at EfiEndOfHobList.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::PhitFields, "PHIT-FIELDS",
         "The PHIT describes the memory that PEI manages in the current phase.", "PI 1.8 Vol 3 5.2",
         Contract, "EfiFreeMemoryBottom is the byte after the END HOB"},
    Rule{RuleId::HeapBounds, "HEAP-BOUNDS",
         "HOB list and pages never overlap: bottom <= free bottom <= free top <= top, and every "
         "allocation lies inside PEI's memory and outside the gap.",
         "PI 1.8 Vol 3 5.2", Contract},
    Rule{RuleId::HobAppend, "HOB-APPEND",
         "The HOB list is append-only: existing HOBs never move, shrink or change.",
         "PI 1.8 Vol 3 4.5", Contract, "the core's own HOBs and pools do not change either"},
    Rule{RuleId::HobOverlap, "HOB-OVERLAP",
         "The core's memory allocation HOBs overlap neither each other nor the HOB list nor the "
         "stack.",
         "", Contract},
    Rule{RuleId::AllocationHob, "ALLOCATION-HOB",
         "Each page allocation has exactly one HOB, with its base, length and type.", "", Contract},
    Rule{RuleId::Conservation, "CONSERVATION",
         "No page is leaked: every page above the free top is in exactly one HOB.", "", Contract},
    Rule{RuleId::Contents, "CONTENTS",
         "Memory that a PEIM owns keeps the bytes that the PEIM wrote.", "", Contract,
         "FreePages writes to no page"},
    Rule{RuleId::StackUntouched, "STACK-UNTOUCHED", "No service writes to the PEIM's stack frames.",
         "", Contract},
    Rule{RuleId::Status, "STATUS",
         "A service returns a status that the specification allows for its arguments.",
         "PI 1.8 Vol 1 4.6", Hostile,
         "NULL out-parameters are rejected; AllocatePool 0 and CreateHob of type 7 succeed if they "
         "fit"},
    Rule{RuleId::Refusal, "REFUSAL", "A service grants every request that fits.", "", Contract,
         "a request fits without any allowance; freed pages, UNUSED HOBs and the HOBs of adjacent "
         "free pages are reused"},
    Rule{RuleId::OutParameter, "OUT-PARAMETER",
         "A service writes its out-parameter on success only, and never writes beside it.", "",
         Contract, "a failure leaves the out-parameter as it was"},
    Rule{RuleId::FailureAtomic, "FAILURE-ATOMIC",
         "A call that fails changes no byte of the HOB list.", "", Contract,
         "records of the same live and free pages stay the same bytes"},
    Rule{RuleId::PageAddress, "PAGE-ADDRESS",
         "Allocated pages lie in the phase's memory, are aligned and overlap nothing that is live.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{RuleId::FreedMarked, "FREED-MARKED",
         "A freed range is in a free HOB or in the gap, and in no other HOB.", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::PoolAddress, "POOL-ADDRESS",
         "A pool buffer is the 8-byte-aligned body of a new pool HOB of the requested size.",
         "PI 1.8 Vol 1 4.6", Contract,
         "the HOB is no longer than the size rounded up to 8 bytes, of 0 bytes too"},
    Rule{RuleId::HobAddress, "HOB-ADDRESS",
         "CreateHob appends one HOB of the requested type and length.", "PI 1.8 Vol 1 4.5",
         Contract, "no HOB of the core's own is appended with it"},
    Rule{RuleId::HobListPointer, "HOB-LIST-POINTER",
         "GetHobList returns the address of the PHIT, which changes only in the migration.",
         "PI 1.8 Vol 1 4.5", Contract},
    Rule{RuleId::BootMode, "BOOT-MODE",
         "The boot mode, in GetBootMode and in the PHIT, is the one that was set last.",
         "PI 1.8 Vol 1 4.4", Contract},
    Rule{RuleId::CopyMem, "COPY-MEM",
         "CopyMem copies overlapping ranges correctly and writes to the destination only.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{RuleId::SetMem, "SET-MEM", "SetMem sets exactly the requested bytes.", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::Dispatch, "DISPATCH", "The boot continues after a PEIM returns to the dispatcher.",
         "", Contract},
    Rule{RuleId::MigrationHobs, "MIGRATION-HOBS",
         "The migrated list holds the same HOBs in the same order and with the same bytes.", "",
         Contract, "the core's own HOBs and free pages, and the bytes of pool HOBs, are kept too"},
    Rule{RuleId::MigrationShift, "MIGRATION-SHIFT",
         "Pages of temporary RAM move by whole granules; other pages stay.", "", Contract,
         "all of them move by one distance"},
    Rule{RuleId::MigrationContents, "MIGRATION-CONTENTS",
         "Memory that a PEIM owns keeps its contents in the migration.", "", Contract},
    Rule{RuleId::MigrationTemporary, "MIGRATION-TEMPORARY",
         "After the migration, no pointer and no HOB refers to temporary RAM.", "", Contract},
    Rule{RuleId::MigrationStack, "MIGRATION-STACK",
         "The migrated list has one stack HOB, of boot services data, and the old stack's image "
         "ends at the top of the new stack, moved by a multiple of 16 bytes.",
         "", Contract},
    Rule{RuleId::MigrationPlatform, "MIGRATION-PLATFORM",
         "The core asks the platform once to move all of temporary RAM, to the address at which "
         "the old stack's image ends at the top of the new stack.",
         "PI 1.8 Vol 1 6.4; docs/pei-semantics.md 3.4", Contract},
    Rule{RuleId::SecData, "SEC-DATA",
         "SEC's data in temporary RAM, outside heap and stack, keeps its contents and lies above "
         "the new stack after the migration.",
         "docs/pei-semantics.md 3.3", Contract, "the core copies the data above the new stack"},
    Rule{RuleId::HandOffList, "HANDOFF-LIST",
         "The target's HOBs are valid input for DXE: they describe whole pages, each range inside "
         "one resource and outside the gap, runtime memory in whole granules, and the stack.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::HandOffMap, "HANDOFF-MAP",
         "Each page of system memory has one use: a live page is in one HOB, of the type of its "
         "allocation.",
         "", Contract},
    Rule{RuleId::DxeList, "DXE-LIST",
         "DXE accepts a valid list, rejects an invalid list at its first error, and only reads its "
         "copy.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::FirstRegion, "FIRST-REGION",
         "DXE's first memory is large enough and overlaps neither the HOB list nor allocated "
         "memory.",
         "docs/pei-semantics.md 4.2", Contract},
    Rule{RuleId::DxeMap, "DXE-MAP",
         "DXE's memory map has each page of tested memory once, with the type that the HOB list "
         "implies.",
         "UEFI 2.10 7.2", Contract},
    Rule{RuleId::EbsKey, "EBS-KEY",
         "ExitBootServices accepts the key of the current memory map and no other key.",
         "UEFI 2.10 7.4", Contract},
    Rule{RuleId::EbsRuntime, "EBS-RUNTIME",
         "With the right key, ExitBootServices succeeds if and only if runtime memory is in whole "
         "granules.",
         "UEFI 2.10 2.3", Contract},
    Rule{RuleId::EbsContents, "EBS-CONTENTS",
         "Memory that must persist keeps its contents, whatever DXE does and the operating system "
         "writes to memory that it may use.",
         "UEFI 2.10 7.2", Contract},
    Rule{RuleId::TargetStop, "TARGET-STOP",
         "No assertion of the target or consumer fails in a call that PI allows.",
         "target ABI, consumer ABI", Contract},
    Rule{RuleId::ForeignRead, "FOREIGN-READ",
         "The target reads a PEIM's memory only where a call asks for a copy of it.",
         "detected with AddressSanitizer", Contract},
    Rule{RuleId::WildAccess, "WILD-ACCESS",
         "The target accesses only its own memory and memory that PEIMs own; a consumer, its own "
         "and "
         "what it is given.",
         "", Contract},
    Rule{RuleId::TargetCrash, "TARGET-CRASH", "The target does not terminate its process.",
         "target ABI", Contract},
    Rule{RuleId::TargetHang, "TARGET-HANG", "Every call returns.", "", Contract},
};

static_assert(kRules.size() == kRuleCount);

constexpr bool rows_stand_at_their_index() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (index_of(kRules[i].key) != i) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_index());

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::string_view rule_name(RuleId rule) { return kRules[index_of(rule)].id; }

std::optional<RuleId> parse_rule(std::string_view id) {
  const auto found =
      std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) { return rule.id == id; });
  if (found == kRules.end()) return std::nullopt;
  return found->key;
}

}  // namespace hobnail::oracle
