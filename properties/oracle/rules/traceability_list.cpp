// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I1 to I24: the HOB list after every call, and CreateHob.
#include "properties/oracle/rules/traceability_list.h"

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kListRows{
    Invariant{1,
              "The list begins with an 8-byte-aligned PHIT of 56 bytes and version 9.",
              {HobChain, PhitFields, HobListPointer}},
    Invariant{2, "Every HobLength is a multiple of 8 and at least 8.", {HobChain}},
    Invariant{3, "The walk ends at the only END HOB, at EfiEndOfHobList.", {HobChain}},
    Invariant{4, "Reserved is 0 in every header.", {HobChain}},
    Invariant{5,
              "The list has one PHIT.",
              {HobChain},
              Part,
              "CreateHob may create another PHIT if a PEIM requests it"},
    Invariant{6, "EfiFreeMemoryBottom is the address of the byte after the END HOB.", {PhitFields}},
    Invariant{7, "The four cursors of the PHIT are in ascending order.", {HeapBounds}},
    Invariant{8,
              "The PHIT is at the bottom of the managed memory, or above the new stack.",
              {PhitFields},
              Part,
              "the rules check that it is not below EfiMemoryBottom; the distance above is the "
              "core's choice"},
    Invariant{
        9, "Every HOB lies between the PHIT and EfiFreeMemoryBottom.", {HobChain, PhitFields}},
    Invariant{10,
              "HOBs of a fixed-size type have that size.",
              {HobChain, HandOffList},
              Part,
              "a HOB that a PEIM created has the requested length"},
    Invariant{11,
              "A HOB keeps its address, length and type; only page allocation HOBs come and go.",
              {HobAppend}},
    Invariant{
        12, "No service changes a HOB that its call does not concern.", {HobAppend, FailureAtomic}},
    Invariant{13, "EfiFreeMemoryBottom never decreases within a phase.", {HobAppend, PhitFields}},
    Invariant{14,
              "The managed memory does not change within a phase, and ends on a page boundary.",
              {PhitFields},
              Part,
              "the end may be unaligned: InstallPeiMemory accepts such memory"},
    Invariant{15,
              "A page allocation HOB describes whole pages of an allocatable type, or free pages.",
              {HobOverlap, AllocationHob, HobChain}},
    Invariant{16, "No two allocation HOBs of the core share a page.", {HobOverlap}},
    Invariant{17,
              "No allocation HOB extends into the free gap.",
              {HeapBounds},
              Part,
              "in the window, the gap of permanent memory is internal to the core"},
    Invariant{18,
              "CreateHob puts the requested HOB where END was, and changes nothing else.",
              {HobAddress, HobAppend, PhitFields},
              Part,
              "page allocation HOBs may change too, as long as they stay correct"},
    Invariant{19,
              "CreateHob rejects lengths that no HOB can have, and changes nothing.",
              {Status, FailureAtomic},
              Part,
              "both error codes are accepted: PI specifies none"},
    Invariant{20,
              "CreateHob of more than the gap returns EFI_OUT_OF_RESOURCES, and changes nothing.",
              {Status, HeapBounds, FailureAtomic}},
    Invariant{21,
              "CreateHob of exactly the gap succeeds.",
              {Refusal},
              Part,
              "in the window, a core may keep room for the HOB of the new stack"},
    Invariant{22,
              "CreateHob of less than a header creates no shorter HOB, and no END HOB.",
              {HobAddress, HobChain}},
    Invariant{23,
              "CreateHob with a NULL out-parameter is rejected, and changes nothing.",
              {Status, FailureAtomic},
              Part,
              "both error codes are accepted: PI specifies none"},
    Invariant{24,
              "CreateHob on failure leaves the out-parameter unchanged, or sets it to NULL.",
              {OutParameter}},
};

}  // namespace

std::span<const Invariant> part::of_the_list() { return kListRows; }

}  // namespace hobnail::oracle
