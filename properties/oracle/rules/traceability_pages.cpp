// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I25 to I55: AllocatePages and FreePages.
#include "properties/oracle/rules/traceability_pages.h"

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

// EDK II's ways with its free top; the golden vectors hold our core to them.
constexpr std::string_view kOwnWay =
    "the model checks addresses and does not predict them: a core may allocate anywhere";
constexpr std::string_view kMayStayListed =
    "freed pages may stay in the list: CONSERVATION and REFUSAL then check that none is leaked";

constexpr std::array kPagesRows{
    Invariant{25,
              "AllocatePages of a type that is not allocatable returns EFI_INVALID_PARAMETER, and "
              "changes nothing.",
              {Status, FailureAtomic, OutParameter}},
    Invariant{26, "Pages are aligned to the granularity of their type.", {PageAddress}},
    Invariant{27,
              "Allocated pages have exactly one HOB, with their base, length and type.",
              {AllocationHob, HobOverlap}},
    Invariant{28, "Allocated pages lie in the memory of the phase.", {PageAddress, HeapBounds}},
    Invariant{
        29,
        "Allocated pages overlap neither live memory, the list, the stack, nor other types' bins.",
        {PageAddress, HobOverlap, ForeignRead},
        Part,
        "the assignment of bins to types is internal to the core"},
    Invariant{30,
              "AllocatePages writes to no page, neither the new nor other pages.",
              {Contents},
              Part,
              "the contents of new pages are undefined: a core may clear them"},
    Invariant{31, "No allocation begins at address 0.", {PageAddress}},
    Invariant{32,
              "AllocatePages of more pages than exist returns EFI_OUT_OF_RESOURCES.",
              {Status, PageAddress}},
    Invariant{33,
              "AllocatePages on failure changes neither the out-parameter nor live memory.",
              {OutParameter, FailureAtomic}},
    Invariant{34, "AllocatePages on failure changes no byte of the list.", {FailureAtomic}},
    Invariant{
        35,
        "AllocatePages succeeds if the pages and their HOB fit into the gap.",
        {Refusal},
        Part,
        "padding may need a HOB of its own; in the window, a core keeps room for the migration"},
    Invariant{36, "Pages from the gap are its highest pages.", {}, Open, kOwnWay},
    Invariant{37, "Freed pages are reused only when the gap is too small.", {}, Open, kOwnWay},
    Invariant{38,
              "AllocatePages of 0 pages follows one policy, and changes no allocated page.",
              {},
              Open,
              "PI does not specify it; a boot in which it succeeds is not checked further"},
    Invariant{39, "AllocatePages never returns pages without a HOB.", {AllocationHob}},
    Invariant{
        40, "Padding is smaller than a granule, and directly above the pages.", {}, Open, kOwnWay},
    Invariant{41,
              "FreePages of 0 pages or of an unaligned address is rejected, and changes nothing.",
              {Status, FailureAtomic},
              Part,
              "EFI_NOT_FOUND is accepted too"},
    Invariant{42, "FreePages of a range that wraps is rejected.", {Status, FailureAtomic}},
    Invariant{43,
              "FreePages of a range that is not inside one allocation returns EFI_NOT_FOUND.",
              {Status, FailureAtomic},
              Part,
              "one call may free two adjacent allocations; PI does not forbid it"},
    Invariant{44,
              "FreePages of free pages returns EFI_NOT_FOUND.",
              {Status, FailureAtomic},
              Part,
              "EFI_INVALID_PARAMETER is accepted too"},
    Invariant{45, "Freed pages are in a free HOB or in the gap.", {FreedMarked}},
    Invariant{46,
              "After a partial free, the remaining pages keep type, HOB and contents.",
              {AllocationHob, Contents}},
    Invariant{47, "Every page above the free top is in a HOB.", {Conservation}},
    Invariant{48, "After FreePages, no free HOB is adjacent to the gap.", {}, Open, kMayStayListed},
    Invariant{49,
              "Freeing the lowest pages raises the free top, across free HOBs too.",
              {},
              Open,
              kMayStayListed},
    Invariant{50, "Allocating and freeing pages restores the free top.", {}, Open, kMayStayListed},
    Invariant{51,
              "Freed pages are reusable.",
              {Refusal},
              Part,
              "part of a longer free range needs room for two HOBs"},
    Invariant{52, "The free top never exceeds the managed memory.", {HeapBounds}},
    Invariant{53, "The HOBs of the stack and of others do not change.", {HobAppend}},
    Invariant{54,
              "Memory that persists for the OS is in whole granules, base and length.",
              {PageAddress, AllocationHob, Status, HandOffList}},
    Invariant{55,
              "FreePages writes to the list only.",
              {Contents, StackUntouched, SecData},
              Part,
              "memory without an owner is not compared"},
};

}  // namespace

std::span<const Invariant> part::of_pages() { return kPagesRows; }

}  // namespace hobnail::oracle
