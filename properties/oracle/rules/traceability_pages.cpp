// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I25 to I55: AllocatePages and FreePages.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace pei::oracle {
namespace {

using namespace rule;
using enum Cover;

// EDK II's ways with its free top; the golden vectors hold our core to them.
constexpr std::string_view kOwnWay =
    "the Model judges addresses and predicts none: a core may allocate from anywhere";
constexpr std::string_view kMayStayListed =
    "freed pages may stay in the list: then CONSERVATION and REFUSAL see that none is lost";

constexpr std::array kRows{
    Invariant{25,
              "a type that cannot be allocated is an invalid parameter, and nothing changes",
              {kStatus, kFailureAtomic, kOutParameter}},
    Invariant{26, "pages begin on a granule of their type", {kPageAddress}},
    Invariant{27,
              "pages have exactly one record, of their base, length and type",
              {kAllocationHob, kHobOverlap}},
    Invariant{28, "pages lie in the memory of the phase", {kPageAddress, kHeapBounds}},
    Invariant{29,
              "pages are clear of what is live, the list, the stack, and others' bins",
              {kPageAddress, kHobOverlap, kForeignRead},
              Part,
              "which type has which part of the bins is the core's secret"},
    Invariant{30,
              "AllocatePages writes into no pages, neither those it gives nor those of others",
              {kContents},
              Part,
              "what is in new pages is nobody's: a core may clear them"},
    Invariant{31, "no pages begin at address 0", {kPageAddress}},
    Invariant{32, "more pages than there are is out of resources", {kStatus, kPageAddress}},
    Invariant{33,
              "a failed AllocatePages leaves the out-parameter and what is live",
              {kOutParameter, kFailureAtomic}},
    Invariant{34, "a failed AllocatePages changes no byte of the list", {kFailureAtomic}},
    Invariant{35,
              "pages that the gap holds, and their record, are given",
              {kRefusal},
              Part,
              "where padding is needed its record may be too; in the window, what will migrate"},
    Invariant{36, "pages from the gap are the highest of it", {}, Open, kOwnWay},
    Invariant{37, "freed pages are used again only when the gap cannot serve", {}, Open, kOwnWay},
    Invariant{38,
              "no pages at all: one policy, and nobody's pages change",
              {},
              Open,
              "PI is silent on it; a boot in which it succeeds is not judged further"},
    Invariant{39, "pages without a record are never given", {kAllocationHob}},
    Invariant{40, "padding is below a granule, and directly above the pages", {}, Open, kOwnWay},
    Invariant{41,
              "FreePages of nothing, or off a page, is refused, and changes nothing",
              {kStatus, kFailureAtomic},
              Part,
              "EFI_NOT_FOUND is accepted as well"},
    Invariant{42, "FreePages of a range that wraps is refused", {kStatus, kFailureAtomic}},
    Invariant{43,
              "FreePages of what one allocation does not hold is not found",
              {kStatus, kFailureAtomic},
              Part,
              "two allocations that touch may be freed by one call; PI does not forbid it"},
    Invariant{44,
              "what is free already cannot be freed",
              {kStatus, kFailureAtomic},
              Part,
              "EFI_INVALID_PARAMETER is accepted as well"},
    Invariant{45, "what was freed is in a free record or in the gap", {kFreedMarked}},
    Invariant{46,
              "of pages freed in part the rest keeps type, record and contents",
              {kAllocationHob, kContents}},
    Invariant{47, "above the free top every page is in a record", {kConservation}},
    Invariant{48, "no free record touches the gap after a FreePages", {}, Open, kMayStayListed},
    Invariant{49,
              "freeing the lowest pages raises the free top, over free records too",
              {},
              Open,
              kMayStayListed},
    Invariant{50, "taking and giving back leaves the free top", {}, Open, kMayStayListed},
    Invariant{51,
              "what was freed can be had again",
              {kRefusal},
              Part,
              "out of a longer free run only while two records can be made"},
    Invariant{52, "the free top never passes the managed memory", {kHeapBounds}},
    Invariant{53, "the records of the stack and of others are left alone", {kHobAppend}},
    Invariant{54,
              "memory that stays with the OS is in whole granules, base and length",
              {kPageAddress, kAllocationHob, kStatus, kHandOffList}},
    Invariant{55,
              "FreePages writes nothing but the list",
              {kContents, kStackUntouched, kSecData},
              Part,
              "memory that nobody owns is not compared"},
};

}  // namespace

std::span<const Invariant> part::of_pages() { return kRows; }

}  // namespace pei::oracle
