// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I25 to I55: AllocatePages and FreePages.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

// EDK II's ways with its free top; the golden vectors hold our core to them.
constexpr std::string_view kOwnWay =
    "the model checks addresses and does not predict them: a core may allocate anywhere";
constexpr std::string_view kMayStayListed =
    "freed pages may stay in the list: CONSERVATION and REFUSAL then check that none is leaked";

constexpr std::array kRows{
    Invariant{25,
              "a type that cannot be allocated is an invalid parameter, and nothing changes",
              {Status, FailureAtomic, OutParameter}},
    Invariant{26, "pages begin on a granule of their type", {PageAddress}},
    Invariant{27,
              "pages have exactly one record, of their base, length and type",
              {AllocationHob, HobOverlap}},
    Invariant{28, "pages lie in the memory of the phase", {PageAddress, HeapBounds}},
    Invariant{29,
              "pages are clear of what is live, the list, the stack, and others' bins",
              {PageAddress, HobOverlap, ForeignRead},
              Part,
              "which type has which part of the bins is the core's secret"},
    Invariant{30,
              "AllocatePages writes into no pages, neither those it gives nor those of others",
              {Contents},
              Part,
              "what is in new pages is nobody's: a core may clear them"},
    Invariant{31, "no pages begin at address 0", {PageAddress}},
    Invariant{32, "more pages than there are is out of resources", {Status, PageAddress}},
    Invariant{33,
              "a failed AllocatePages leaves the out-parameter and what is live",
              {OutParameter, FailureAtomic}},
    Invariant{34, "a failed AllocatePages changes no byte of the list", {FailureAtomic}},
    Invariant{35,
              "pages that the gap holds, and their record, are given",
              {Refusal},
              Part,
              "where padding is needed its record may be too; in the window, what will migrate"},
    Invariant{36, "pages from the gap are the highest of it", {}, Open, kOwnWay},
    Invariant{37, "freed pages are used again only when the gap cannot serve", {}, Open, kOwnWay},
    Invariant{38,
              "AllocatePages of 0 pages follows one policy, and changes no allocated page.",
              {},
              Open,
              "PI is silent on it; a boot in which it succeeds is not judged further"},
    Invariant{39, "pages without a record are never given", {AllocationHob}},
    Invariant{40, "padding is below a granule, and directly above the pages", {}, Open, kOwnWay},
    Invariant{41,
              "FreePages of nothing, or off a page, is refused, and changes nothing",
              {Status, FailureAtomic},
              Part,
              "EFI_NOT_FOUND is accepted as well"},
    Invariant{42, "FreePages of a range that wraps is refused", {Status, FailureAtomic}},
    Invariant{43,
              "FreePages of what one allocation does not hold is not found",
              {Status, FailureAtomic},
              Part,
              "one call may free two adjacent allocations; PI does not forbid it"},
    Invariant{44,
              "what is free already cannot be freed",
              {Status, FailureAtomic},
              Part,
              "EFI_INVALID_PARAMETER is accepted as well"},
    Invariant{45, "what was freed is in a free record or in the gap", {FreedMarked}},
    Invariant{46,
              "of pages freed in part the rest keeps type, record and contents",
              {AllocationHob, Contents}},
    Invariant{47, "above the free top every page is in a record", {Conservation}},
    Invariant{48, "no free record touches the gap after a FreePages", {}, Open, kMayStayListed},
    Invariant{49,
              "Freeing the lowest pages raises the free top, across free HOBs too.",
              {},
              Open,
              kMayStayListed},
    Invariant{50, "Allocating and freeing pages restores the free top.", {}, Open, kMayStayListed},
    Invariant{51,
              "what was freed can be had again",
              {Refusal},
              Part,
              "out of a longer free run only while two records can be made"},
    Invariant{52, "the free top never passes the managed memory", {HeapBounds}},
    Invariant{53, "the records of the stack and of others are left alone", {HobAppend}},
    Invariant{54,
              "memory that stays with the OS is in whole granules, base and length",
              {PageAddress, AllocationHob, Status, HandOffList}},
    Invariant{55,
              "FreePages writes nothing but the list",
              {Contents, StackUntouched, SecData},
              Part,
              "memory without an owner is not compared"},
};

}  // namespace

std::span<const Invariant> part::of_pages() { return kRows; }

}  // namespace hobnail::oracle
