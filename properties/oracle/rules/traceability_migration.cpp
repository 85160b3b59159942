// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I56 to I81: AllocatePool, GetHobList, the boot mode, InstallPeiMemory and the migration.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kRows{
    Invariant{56, "a pool is the 8-aligned body of a pool HOB of its size", {PoolAddress}},
    Invariant{57,
              "pools up to 0xfff0 bytes are given if they fit, longer ones never",
              {Refusal, Status, FailureAtomic},
              Part,
              "for longer pools, every error code is accepted"},
    Invariant{58,
              "pools share no byte, and change through their owner only",
              {PoolAddress, Contents, MigrationContents}},
    Invariant{59,
              "a pool that does not fit is out of resources, and NULL",
              {Status, OutParameter, HeapBounds},
              Part,
              "an unchanged out-parameter is accepted too: PI requires neither"},
    Invariant{
        60, "a pool of no bytes owns none, and the list is in order", {PoolAddress, HobChain}},
    Invariant{61,
              "GetHobList gives the PHIT, at one address until the migration",
              {HobListPointer, Status},
              Part,
              "for NULL, every error code is accepted"},
    Invariant{62,
              "The services are not available before there is a list.",
              {},
              Elsewhere,
              "no caller can reach a service before the entry returns the table; ENTER checks that "
              "there is a list then"},
    Invariant{63,
              "the boot mode is the one that was set, and nothing else is written",
              {BootMode, HobAppend, PhitFields, MigrationHobs}},
    Invariant{64,
              "the first InstallPeiMemory succeeds, and leaves the list as it was",
              {Refusal, HobAppend, PhitFields},
              Part,
              "memory that is too small may be rejected; a core may append HOBs of its own"},
    Invariant{
        65, "a later InstallPeiMemory has no effect", {HobAppend, HobListPointer, PageAddress}},
    Invariant{66,
              "memory that is empty, wraps or is too short is refused",
              {Status},
              Part,
              "memory that is not whole pages may be accepted"},
    Invariant{67,
              "in the window pages come from new memory, HOBs and pools from temporary RAM",
              {PageAddress, PoolAddress, HobAddress, HobListPointer},
              Part,
              "pages that were freed in temporary RAM may be reused too"},
    Invariant{68,
              "pages of the window leave room for all that will migrate",
              {HobOverlap, MigrationContents, Dispatch}},
    Invariant{69,
              "the migrated list has the same HOBs in the same order, and one more",
              {MigrationHobs, MigrationStack},
              Part,
              "a core may append more than the HOB of the stack, such as one for bins"},
    Invariant{70,
              "the new PHIT describes permanent memory, and stands above the new stack",
              {PhitFields, MigrationTemporary, HobListPointer},
              Part,
              "where in the new memory the list stands is a core's choice"},
    Invariant{71,
              "pages of temporary RAM move by one distance, with type, length and contents",
              {MigrationShift, MigrationHobs, MigrationContents, ForeignRead}},
    Invariant{72, "the distance is whole granules of all that moves", {MigrationShift}},
    Invariant{
        73, "pages of the window stay, with their contents", {MigrationShift, MigrationContents}},
    Invariant{74,
              "one stack HOB of boot services data, at the bottom of the new memory",
              {MigrationStack},
              Part,
              "the new stack may lie anywhere in it"},
    Invariant{75,
              "the old stack's image ends with the new stack",
              {MigrationStack},
              Part,
              "a target that wrote nothing there does not run on it, which a host build may"},
    Invariant{76,
              "what has migrated and what was there share no page, inside the new memory",
              {HobOverlap, MigrationShift, SecData, HeapBounds}},
    Invariant{77, "nothing points into temporary RAM any more", {MigrationTemporary}},
    Invariant{78,
              "freed pages of temporary RAM migrate too, and can be had",
              {MigrationHobs, MigrationShift, Refusal}},
    Invariant{79,
              "memory that is too short is refused before anything is written",
              {Status},
              Part,
              "where a core takes what it might have refused, the boot may end as it migrates"},
    Invariant{80, "a boot migrates once", {HobListPointer, Dispatch, MigrationPlatform}},
    Invariant{81,
              "nothing is written outside of the memory that there is",
              {WildAccess},
              Part,
              "the board has pages without access around all of it; beyond those it is luck"},
};

}  // namespace

std::span<const Invariant> part::of_the_migration() { return kRows; }

}  // namespace hobnail::oracle
