// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I82 to I101: CopyMem and SetMem, bins, the hand-off, ExitBootServices, and what holds of all.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kRows{
    Invariant{82, "CopyMem is memmove, and writes nothing beside it", {CopyMem, Contents}},
    Invariant{83, "SetMem sets what it is asked to, and nothing beside it", {SetMem, Contents}},
    Invariant{84,
              "pages of a type with a bin come from it while they fit, others never",
              {},
              Elsewhere,
              "which type has which part of the bins is the core's secret; props.bins holds our "
              "core to it"},
    Invariant{85,
              "a bin serves all of its pages, also at once",
              {},
              Elsewhere,
              "how long each bin is, is the core's secret; props.bins holds our core to it"},
    Invariant{86,
              "records of binned types are named, others are not",
              {},
              Elsewhere,
              "PI knows no such name; the tests of our core's bins look for it"},
    Invariant{87,
              "every page of the bins is in one record, or free in its bin",
              {Conservation, HobOverlap, FreedMarked},
              Part,
              "what is free in a bin is described by nobody, so that a hole there is accepted"},
    Invariant{88,
              "the list has the PHIT first, a CPU, and one tested memory that holds the gap",
              {HobChain, HandOffList},
              Part,
              "CPU and memory are the platform's to describe: the harness adds what is missing"},
    Invariant{89,
              "no page is claimed twice",
              {HandOffMap},
              Part,
              "a claim inside another of its type is harmless, and EDK II leaves such"},
    Invariant{90,
              "each claim lies in one resource",
              {HandOffList},
              Part,
              "that PEI's own memory is described is the platform's duty"},
    Invariant{91,
              "in DXE's map each live page has its type, and every other is free",
              {DxeMap, HandOffMap}},
    Invariant{92,
              "DXE begins in enough memory that is nobody's",
              {FirstRegion},
              Part,
              "how much bins add is said by a table: then none is accepted as well"},
    Invariant{93, "DXE's copy of the list has the same bytes", {DxeList}},
    Invariant{94,
              "only the right key ends boot services, and only with runtime memory in granules",
              {EbsKey, EbsRuntime}},
    Invariant{95, "what must stay is not among what the OS may use", {EbsContents, DxeMap}},
    Invariant{96,
              "all that PEI gave of types that stay is in the last map, with its contents",
              {DxeMap, EbsContents}},
    Invariant{97,
              "a call that fails changes nothing",
              {FailureAtomic, Contents, StackUntouched, SecData, OutParameter},
              Part,
              "memory that nobody owns is not compared"},
    Invariant{
        83, "SetMem sets the requested bytes, and writes nothing else.", {kSetMem, kContents}},
    Invariant{84,
              "Pages of a type with a bin come from its bin while they fit; other pages never do.",
              {},
              Elsewhere,
              "the assignment of bins to types is internal to the core; props.bins checks it for "
              "the built-in core"},
    Invariant{
        85,
        "A bin provides all of its pages, also in one allocation.",
        {},
        Elsewhere,
        "it takes two boots: props.services plays them, ci/prove/digests on different builds"},
    Invariant{99, "no service changes what somebody owns", {Contents, StackUntouched, SecData}},
    Invariant{100,
              "memory at other addresses gives answers that are moved, and otherwise the same",
              {},
              Elsewhere,
              "it takes two boards: props.layouts moves permanent memory; temporary RAM is not "
              "moved"},
    Invariant{101,
              "every call ends, in a time that the list bounds",
              {TargetHang},
              Part,
              "no HOB describes free pages of a bin, so a hole there is accepted"},
    Invariant{88,
              "The list begins with the PHIT and has a CPU HOB and one tested memory that contains "
              "the gap.",
              {kHobChain, kHandOffList},
              Part,
              "the platform describes CPU and memory: the harness adds missing HOBs"},
    Invariant{
        89,
        "No page is claimed twice.",
        {kHandOffMap},
        Part,
        "a claim inside another claim of its type is harmless, and EDK II leaves such claims"},
    Invariant{90,
              "Each claim lies in one resource.",
              {kHandOffList},
              Part,
              "the platform has to describe PEI's own memory"},
    Invariant{91,
              "In DXE's map, each live page has its type, and every other page is free.",
              {kDxeMap, kHandOffMap}},
    Invariant{92,
              "DXE starts in enough memory that has no owner.",
              {kFirstRegion},
              Part,
              "a table defines how much bins add: a start without bins is accepted too"},
    Invariant{93, "DXE's copy of the list has the same bytes.", {kDxeList}},
    Invariant{
        94,
        "Only the right key ends boot services, and only with runtime memory in whole granules.",
        {kEbsKey, kEbsRuntime}},
    Invariant{
        95, "Memory that must persist is not memory that the OS may use.", {kEbsContents, kDxeMap}},
    Invariant{
        96,
        "PEI's allocations of persistent types are in the final map, and keep their contents.",
        {kDxeMap, kEbsContents}},
    Invariant{97,
              "A call that fails changes nothing.",
              {kFailureAtomic, kContents, kStackUntouched, kSecData, kOutParameter},
              Part,
              "memory without an owner is not compared"},
    Invariant{98,
              "The same boot repeated gives the same result, byte for byte.",
              {},
              Elsewhere,
              "the check needs two boots: props.services runs them, and ci/prove/digests on "
              "different builds"},
    Invariant{
        99, "No service changes memory that has an owner.", {kContents, kStackUntouched, kSecData}},
    Invariant{100,
              "Memory at other addresses shifts the answers, and changes nothing else.",
              {},
              Elsewhere,
              "the check needs two boards: props.layouts moves permanent memory; temporary RAM "
              "does not move"},
    Invariant{
        101,
        "Every call ends, in a time that the length of the list bounds.",
        {kTargetHang},
        Part,
        "the rules check that it ends; ci/prove/complexity counts the steps of the built-in core"},
};

}  // namespace

std::span<const Invariant> part::of_the_hand_off() { return kRows; }

}  // namespace hobnail::oracle
