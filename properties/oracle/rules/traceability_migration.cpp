// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I56 to I81: AllocatePool, GetHobList, the boot mode, InstallPeiMemory and the migration.
#include "properties/oracle/rules/traceability_migration.h"

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using enum RuleId;
using enum Cover;

constexpr std::array kMigrationRows{
    Invariant{56, "A pool is the 8-byte-aligned body of a pool HOB of its size.", {PoolAddress}},
    Invariant{57,
              "AllocatePool of up to 0xfff0 bytes succeeds if the pool fits; of more, it fails.",
              {Refusal, Status, FailureAtomic},
              Part,
              "for longer pools, every error code is accepted"},
    Invariant{58,
              "Pools do not overlap, and only their owner changes them.",
              {PoolAddress, Contents, MigrationContents}},
    Invariant{59,
              "AllocatePool of a pool that does not fit returns EFI_OUT_OF_RESOURCES and NULL.",
              {Status, OutParameter, HeapBounds},
              Part,
              "an unchanged out-parameter is accepted too: PI requires neither"},
    Invariant{
        60, "A pool of 0 bytes owns no byte, and the list stays valid.", {PoolAddress, HobChain}},
    Invariant{61,
              "GetHobList returns the PHIT, at the same address until the migration.",
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
              "SetBootMode sets the boot mode, and writes nothing else.",
              {BootMode, HobAppend, PhitFields, MigrationHobs}},
    Invariant{64,
              "The first InstallPeiMemory succeeds, and does not change the list.",
              {Refusal, HobAppend, PhitFields},
              Part,
              "memory that is too small may be rejected; a core may append HOBs of its own"},
    Invariant{
        65, "A later InstallPeiMemory has no effect.", {HobAppend, HobListPointer, PageAddress}},
    Invariant{66,
              "InstallPeiMemory rejects memory that is empty, wraps or is too small.",
              {Status},
              Part,
              "memory that is not whole pages may be accepted"},
    Invariant{67,
              "In the window, pages come from the new memory, HOBs and pools from temporary RAM.",
              {PageAddress, PoolAddress, HobAddress, HobListPointer},
              Part,
              "pages that were freed in temporary RAM may be reused too"},
    Invariant{68,
              "Pages of the window leave room for everything that migrates.",
              {HobOverlap, MigrationContents, Dispatch}},
    Invariant{69,
              "The migrated list has the same HOBs in the same order, and one more.",
              {MigrationHobs, MigrationStack},
              Part,
              "a core may append more than the HOB of the stack, such as one for bins"},
    Invariant{70,
              "The new PHIT describes permanent memory, and is above the new stack.",
              {PhitFields, MigrationTemporary, HobListPointer},
              Part,
              "the address of the list in the new memory is the core's choice"},
    Invariant{
        71,
        "All pages of temporary RAM move by the same distance, and keep type, length and contents.",
        {MigrationShift, MigrationHobs, MigrationContents, ForeignRead},
        Part,
        "one distance is practice: each allocation may move on its own"},
    Invariant{72,
              "The distance is a multiple of the granularity of everything that moves.",
              {MigrationShift}},
    Invariant{73,
              "Pages of the window stay, and keep their contents.",
              {MigrationShift, MigrationContents}},
    Invariant{74,
              "The list has one stack HOB, of boot services data, at the bottom of the new memory.",
              {MigrationStack},
              Part,
              "the new stack may be anywhere in the new memory"},
    Invariant{
        75,
        "The old stack's image ends at the top of the new stack.",
        {MigrationStack},
        Part,
        "a target that writes nothing there does not run on that stack, which a host build may do"},
    Invariant{76,
              "Migrated and existing memory share no page, and lie inside the new memory.",
              {HobOverlap, MigrationShift, SecData, HeapBounds}},
    Invariant{77,
              "After the migration, no pointer and no HOB refers to temporary RAM.",
              {MigrationTemporary}},
    Invariant{78,
              "Freed pages of temporary RAM migrate too, and are reusable.",
              {MigrationHobs, MigrationShift, Refusal}},
    Invariant{79,
              "InstallPeiMemory rejects memory that is too small before it writes anything.",
              {Status},
              Part,
              "if a core accepts memory that is too small, the boot may end in the migration"},
    Invariant{80, "A boot migrates once.", {HobListPointer, Dispatch, MigrationPlatform}},
    Invariant{
        81,
        "No write goes outside of existing memory.",
        {WildAccess},
        Part,
        "the board has guard pages around its memory; accesses beyond those may go undetected"},
};

}  // namespace

std::span<const Invariant> part::of_the_migration() { return kMigrationRows; }

}  // namespace hobnail::oracle
