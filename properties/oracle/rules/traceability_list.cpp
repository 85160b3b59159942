// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I1 to I24: the HOB list after every call, and CreateHob.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace pei::oracle {
namespace {

using namespace rule;
using enum Cover;

constexpr std::array kRows{
    Invariant{1,
              "the list begins with an 8-aligned PHIT of 56 bytes and version 9",
              {kHobChain, kPhitFields, kHobListPointer}},
    Invariant{2, "every HobLength is a multiple of 8 and at least 8", {kHobChain}},
    Invariant{3, "the walk ends at the one END HOB, where EfiEndOfHobList says", {kHobChain}},
    Invariant{4, "Reserved is 0 in every header", {kHobChain}},
    Invariant{5,
              "there is one PHIT",
              {kHobChain},
              Part,
              "a PEIM that asks CreateHob for another may get it"},
    Invariant{6, "EfiFreeMemoryBottom is the byte after the END HOB", {kPhitFields}},
    Invariant{7, "the four cursors of the PHIT ascend", {kHeapBounds}},
    Invariant{8,
              "the PHIT stands at the bottom of the managed memory, or above the new stack",
              {kPhitFields},
              Part,
              "it is not below EfiMemoryBottom; how far above is a core's choice"},
    Invariant{
        9, "every HOB lies between the PHIT and EfiFreeMemoryBottom", {kHobChain, kPhitFields}},
    Invariant{10,
              "HOBs of a fixed size have it",
              {kHobChain, kHandOffList},
              Part,
              "a HOB that a PEIM made has the length that it asked for"},
    Invariant{
        11, "a HOB keeps place, length and type; only records of pages come and go", {kHobAppend}},
    Invariant{
        12, "no service changes a HOB that is none of its business", {kHobAppend, kFailureAtomic}},
    Invariant{13, "EfiFreeMemoryBottom never goes down in a phase", {kHobAppend, kPhitFields}},
    Invariant{14,
              "the managed memory is the same throughout a phase, and ends on a page",
              {kPhitFields},
              Part,
              "it may end anywhere: InstallPeiMemory may be given such memory"},
    Invariant{15,
              "a record of pages is whole pages of a type that can be allocated, or free",
              {kHobOverlap, kAllocationHob, kHobChain}},
    Invariant{16, "no two records of the core share a page", {kHobOverlap}},
    Invariant{17,
              "no record reaches into the free gap",
              {kHeapBounds},
              Part,
              "in the window the gap of permanent memory is the core's secret"},
    Invariant{18,
              "CreateHob puts one HOB, as asked for, where END stood, and changes nothing else",
              {kHobAddress, kHobAppend, kPhitFields},
              Part,
              "records of pages may change as well, so long as they stay true"},
    Invariant{19,
              "CreateHob refuses lengths that no HOB can have, and changes nothing",
              {kStatus, kFailureAtomic},
              Part,
              "either refusal is accepted: PI names none"},
    Invariant{20,
              "CreateHob of more than the gap is out of resources, and changes nothing",
              {kStatus, kHeapBounds, kFailureAtomic}},
    Invariant{21,
              "CreateHob of exactly the gap succeeds",
              {kRefusal},
              Part,
              "in the window room may be kept for the record of the new stack"},
    Invariant{22,
              "CreateHob of less than a header gives no shorter HOB, and not END",
              {kHobAddress, kHobChain}},
    Invariant{23,
              "CreateHob without a place for the answer is refused, and changes nothing",
              {kStatus, kFailureAtomic},
              Part,
              "either refusal is accepted: PI names none"},
    Invariant{
        24, "a CreateHob that fails leaves the out-parameter, or makes it NULL", {kOutParameter}},
};

}  // namespace

std::span<const Invariant> part::of_the_list() { return kRows; }

}  // namespace pei::oracle
