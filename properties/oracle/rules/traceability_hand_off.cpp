// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I82 to I101: CopyMem and SetMem, bins, the hand-off, ExitBootServices, and what holds of all.
#include "properties/oracle/rules/traceability_hand_off.h"

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kHandOffRows{
    Invariant{82, "CopyMem behaves as memmove, and writes nothing else.", {CopyMem, Contents}},
    Invariant{83, "SetMem sets the requested bytes, and writes nothing else.", {SetMem, Contents}},
    Invariant{84,
              "Pages of a type with a bin come from its bin while they fit; other pages never do.",
              {},
              Elsewhere,
              "the assignment of bins to types is internal to the core; props.bins checks it for "
              "the built-in core"},
    Invariant{
        85,
        "A bin provides all of its pages, also in one allocation.",
        {Refusal},
        Part,
        "a request that the gap serves too may come from there; props.bins checks the built-in "
        "core"},
    Invariant{86,
              "HOBs of binned types have a name, other HOBs do not.",
              {},
              Elsewhere,
              "PI defines no such name; the tests of the built-in core's bins check it"},
    Invariant{87,
              "Every page of the bins is in one HOB, or free in its bin.",
              {Conservation, HobOverlap, FreedMarked, Refusal, HandOffMap},
              Part,
              "no HOB describes free pages of a bin, so a hole there is accepted: whether the bin "
              "serves them shows when nothing else can"},
    Invariant{88,
              "The list begins with the PHIT and has a CPU HOB and one tested memory that contains "
              "the gap.",
              {HobChain, HandOffList},
              Part,
              "the platform describes CPU and memory: the harness adds missing HOBs"},
    Invariant{
        89,
        "No page is claimed twice.",
        {HandOffMap},
        Part,
        "a claim inside another claim of its type is harmless, and EDK II leaves such claims"},
    Invariant{90,
              "Each claim lies in one resource.",
              {HandOffList},
              Part,
              "the platform has to describe PEI's own memory"},
    Invariant{91,
              "In DXE's map, each live page has its type, and every other page is free.",
              {DxeMap, HandOffMap}},
    Invariant{92,
              "DXE starts in enough memory that has no owner.",
              {FirstRegion},
              Part,
              "a start without room for bins is accepted where the table can be read in more "
              "than one way"},
    Invariant{93, "DXE's copy of the list has the same bytes.", {DxeList}},
    Invariant{
        94,
        "Only the right key ends boot services, and only with runtime memory in whole granules.",
        {EbsKey, EbsRuntime}},
    Invariant{
        95, "Memory that must persist is not memory that the OS may use.", {EbsContents, DxeMap}},
    Invariant{
        96,
        "PEI's allocations of persistent types are in the final map, and keep their contents.",
        {DxeMap, EbsContents}},
    Invariant{97,
              "A call that fails changes nothing.",
              {FailureAtomic, Contents, StackUntouched, SecData, OutParameter},
              Part,
              "memory without an owner is not compared"},
    Invariant{98,
              "The same boot repeated gives the same result, byte for byte.",
              {},
              Elsewhere,
              "the check needs two boots: props.services runs them, and ci/prove/digests on "
              "different builds"},
    Invariant{
        99, "No service changes memory that has an owner.", {Contents, StackUntouched, SecData}},
    Invariant{100,
              "Memory at other addresses shifts the answers, and changes nothing else.",
              {},
              Elsewhere,
              "the check needs two boards: props.layouts moves permanent memory; temporary RAM "
              "does not move"},
    Invariant{
        101,
        "Every call ends, in a time that the length of the list bounds.",
        {TargetHang},
        Part,
        "the rules check that it ends; ci/prove/complexity counts the steps of the built-in core"},
};

}  // namespace

std::span<const Invariant> part::of_the_hand_off() { return kHandOffRows; }

}  // namespace hobnail::oracle
