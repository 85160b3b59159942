// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I1 to I24: the HOB list after every call, and CreateHob.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kRows{
    Invariant{1,
              "the list begins with an 8-aligned PHIT of 56 bytes and version 9",
              {HobChain, PhitFields, HobListPointer}},
    Invariant{2, "every HobLength is a multiple of 8 and at least 8", {HobChain}},
    Invariant{3, "the walk ends at the one END HOB, where EfiEndOfHobList says", {HobChain}},
    Invariant{4, "Reserved is 0 in every header", {HobChain}},
    Invariant{5,
              "there is one PHIT",
              {HobChain},
              Part,
              "a PEIM that asks CreateHob for another may get it"},
    Invariant{6, "EfiFreeMemoryBottom is the byte after the END HOB", {PhitFields}},
    Invariant{7, "the four cursors of the PHIT ascend", {HeapBounds}},
    Invariant{8,
              "the PHIT stands at the bottom of the managed memory, or above the new stack",
              {PhitFields},
              Part,
              "it is not below EfiMemoryBottom; how far above is a core's choice"},
    Invariant{9, "every HOB lies between the PHIT and EfiFreeMemoryBottom", {HobChain, PhitFields}},
    Invariant{10,
              "HOBs of a fixed size have it",
              {HobChain, HandOffList},
              Part,
              "a HOB that a PEIM made has the length that it asked for"},
    Invariant{
        11, "a HOB keeps place, length and type; only records of pages come and go", {HobAppend}},
    Invariant{
        12, "no service changes a HOB that is none of its business", {HobAppend, FailureAtomic}},
    Invariant{13, "EfiFreeMemoryBottom never goes down in a phase", {HobAppend, PhitFields}},
    Invariant{14,
              "the managed memory is the same throughout a phase, and ends on a page",
              {PhitFields},
              Part,
              "the end may be unaligned: InstallPeiMemory accepts such memory"},
    Invariant{15,
              "a record of pages is whole pages of a type that can be allocated, or free",
              {HobOverlap, AllocationHob, HobChain}},
    Invariant{16, "no two records of the core share a page", {HobOverlap}},
    Invariant{17,
              "no record reaches into the free gap",
              {HeapBounds},
              Part,
              "in the window, the gap of permanent memory is internal to the core"},
    Invariant{18,
              "CreateHob puts one HOB, as asked for, where END stood, and changes nothing else",
              {HobAddress, HobAppend, PhitFields},
              Part,
              "page allocation HOBs may change too, as long as they stay correct"},
    Invariant{19,
              "CreateHob refuses lengths that no HOB can have, and changes nothing",
              {Status, FailureAtomic},
              Part,
              "both error codes are accepted: PI specifies none"},
    Invariant{20,
              "CreateHob of more than the gap is out of resources, and changes nothing",
              {Status, HeapBounds, FailureAtomic}},
    Invariant{21,
              "CreateHob of exactly the gap succeeds",
              {Refusal},
              Part,
              "in the window, a core may keep room for the HOB of the new stack"},
    Invariant{22,
              "CreateHob of less than a header gives no shorter HOB, and not END",
              {HobAddress, HobChain}},
    Invariant{23,
              "CreateHob without a place for the answer is refused, and changes nothing",
              {Status, FailureAtomic},
              Part,
              "either refusal is accepted: PI names none"},
    Invariant{
        24, "a CreateHob that fails leaves the out-parameter, or makes it NULL", {OutParameter}},
};

}  // namespace

std::span<const Invariant> part::of_the_list() { return kRows; }

}  // namespace hobnail::oracle
