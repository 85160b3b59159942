// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rows of the rule table, in the order in which a boot meets them.
#include "properties/oracle/rules/rules.h"

#include <array>

namespace hobnail::oracle {
namespace {

using enum RuleClass;

constexpr std::array kRules{
    Rule{rule::kEnter,
         "The entry returns a services table and a HOB list if SEC's hand-off is valid.",
         "PI 1.8 Vol 1 5.4", Contract},
    Rule{rule::kSecHobs, "SEC's HOBs follow the PHIT in the same order and with the same bytes.",
         "PI 1.8 Vol 1 7; docs/pei-semantics.md 2.2", Contract},
    Rule{rule::kHobChain,
         "The walk by HobLength from the PHIT reaches exactly one END HOB, at EfiEndOfHobList.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{rule::kPhitFields, "The PHIT describes the memory that PEI manages in the current phase.",
         "PI 1.8 Vol 3 5.2", Contract},
    Rule{rule::kHeapBounds,
         "HOB list and pages never overlap: bottom <= free bottom <= free top <= top, and every "
         "allocation lies inside PEI's memory and outside the gap.",
         "PI 1.8 Vol 3 5.2", Contract},
    Rule{rule::kHobAppend,
         "The HOB list is append-only: existing HOBs never move, shrink or change.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{rule::kHobOverlap,
         "The core's memory allocation HOBs overlap neither each other nor the HOB list nor the "
         "stack.",
         "", Contract},
    Rule{rule::kAllocationHob,
         "Each page allocation has exactly one HOB, with its base, length and type.", "", Contract},
    Rule{rule::kConservation,
         "No page is leaked: every page above the free top is in exactly one HOB.", "", Contract},
    Rule{rule::kContents, "Memory that a PEIM owns keeps the bytes that the PEIM wrote.", "",
         Contract},
    Rule{rule::kStackUntouched, "No service writes to the PEIM's stack frames.", "", Contract},
    Rule{rule::kStatus,
         "A service returns a status that the specification allows for its arguments.",
         "PI 1.8 Vol 1 4.6", Hostile},
    Rule{rule::kRefusal, "A service grants every request that fits.", "", Contract},
    Rule{rule::kOutParameter,
         "A service writes its out-parameter on success only, and never writes beside it.", "",
         Contract},
    Rule{rule::kFailureAtomic, "A call that fails changes no byte of the HOB list.", "", Contract},
    Rule{rule::kPageAddress,
         "Allocated pages lie in the phase's memory, are aligned and overlap nothing that is live.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{rule::kFreedMarked, "A freed range is in a free HOB or in the gap, and in no other HOB.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{rule::kPoolAddress,
         "A pool buffer is the 8-byte-aligned body of a new pool HOB of the requested size.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{rule::kHobAddress, "CreateHob appends one HOB of the requested type and length.",
         "PI 1.8 Vol 1 4.5", Contract},
    Rule{rule::kHobListPointer,
         "GetHobList returns the address of the PHIT, which changes only in the migration.",
         "PI 1.8 Vol 1 4.5", Contract},
    Rule{rule::kBootMode,
         "The boot mode, in GetBootMode and in the PHIT, is the one that was set last.",
         "PI 1.8 Vol 1 4.4", Contract},
    Rule{rule::kCopyMem,
         "CopyMem copies overlapping ranges correctly and writes to the destination only.",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{rule::kSetMem, "SetMem sets exactly the requested bytes.", "PI 1.8 Vol 1 4.6", Contract},
    Rule{rule::kDispatch, "The boot continues after a PEIM returns to the dispatcher.", "",
         Contract},
    Rule{rule::kMigrationHobs,
         "The migrated list holds the same HOBs in the same order and with the same bytes.", "",
         Contract},
    Rule{rule::kMigrationShift,
         "All pages of temporary RAM move by the same distance, a whole number of pages; other "
         "pages stay.",
         "", Contract},
    Rule{rule::kMigrationContents, "Memory that a PEIM owns keeps its contents in the migration.",
         "", Contract},
    Rule{rule::kMigrationTemporary,
         "After the migration, no pointer and no HOB refers to temporary RAM.", "", Contract},
    Rule{rule::kMigrationStack,
         "The migrated list has one stack HOB, of boot services data, and the old stack's image "
         "ends at the top of the new stack.",
         "", Contract},
    Rule{rule::kMigrationPlatform,
         "The core asks the platform once to move all of temporary RAM, to the address at which "
         "the old stack's image ends at the top of the new stack.",
         "PI 1.8 Vol 1 6.4; docs/pei-semantics.md 3.4", Contract},
    Rule{rule::kSecData,
         "SEC's data in temporary RAM, outside heap and stack, keeps its contents and lies above "
         "the new stack after the migration.",
         "docs/pei-semantics.md 3.3", Contract},
    Rule{rule::kHandOffList,
         "The target's HOBs are valid input for DXE: they describe whole pages, each range inside "
         "one resource and outside the gap, runtime memory in whole granules, and the stack.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{rule::kHandOffMap,
         "Each page of system memory has one use: a live page is in one HOB, of the type of its "
         "allocation.",
         "", Contract},
    Rule{rule::kDxeList,
         "DXE accepts a valid list, rejects an invalid list at its first error, and only reads its "
         "copy.",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{rule::kFirstRegion,
         "DXE's first memory is large enough and overlaps neither the HOB list nor allocated "
         "memory.",
         "docs/pei-semantics.md 4.2", Contract},
    Rule{rule::kDxeMap,
         "DXE's memory map has each page of tested memory once, with the type that the HOB list "
         "implies.",
         "UEFI 2.10 7.2", Contract},
    Rule{rule::kEbsKey,
         "ExitBootServices accepts the key of the current memory map and no other key.",
         "UEFI 2.10 7.4", Contract},
    Rule{rule::kEbsRuntime,
         "With the right key, ExitBootServices succeeds if and only if runtime memory is in whole "
         "granules.",
         "UEFI 2.10 2.3", Contract},
    Rule{rule::kEbsContents,
         "Memory that must persist keeps its contents, whatever DXE does and the operating system "
         "writes to memory that it may use.",
         "UEFI 2.10 7.2", Contract},
    Rule{rule::kTargetStop, "No assertion of the target fails in a call that PI allows.",
         "target ABI", Contract},
    Rule{rule::kForeignRead,
         "The target reads a PEIM's memory only where a call asks for a copy of it.",
         "detected with AddressSanitizer", Contract},
    Rule{rule::kWildAccess, "The target accesses only its own memory and memory that PEIMs own.",
         "", Contract},
    Rule{rule::kTargetCrash, "The target does not terminate its process.", "target ABI", Contract},
    Rule{rule::kTargetHang, "Every call returns.", "", Contract},
};

}  // namespace

std::span<const Rule> rules() { return kRules; }

}  // namespace hobnail::oracle
