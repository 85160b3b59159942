// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I56 to I81: AllocatePool, GetHobList, the boot mode, InstallPeiMemory and the migration.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {
namespace {

using namespace rule;
using enum Cover;

constexpr std::array kRows{
    Invariant{56, "A pool is the 8-byte-aligned body of a pool HOB of its size.", {kPoolAddress}},
    Invariant{57,
              "AllocatePool of up to 0xfff0 bytes succeeds if the pool fits; of more, it fails.",
              {kRefusal, kStatus, kFailureAtomic},
              Part,
              "for longer pools, every error code is accepted"},
    Invariant{58,
              "Pools do not overlap, and only their owner changes them.",
              {kPoolAddress, kContents, kMigrationContents}},
    Invariant{59,
              "AllocatePool of a pool that does not fit returns EFI_OUT_OF_RESOURCES and NULL.",
              {kStatus, kOutParameter, kHeapBounds},
              Part,
              "an unchanged out-parameter is accepted too: PI requires neither"},
    Invariant{
        60, "A pool of 0 bytes owns no byte, and the list stays valid.", {kPoolAddress, kHobChain}},
    Invariant{61,
              "GetHobList returns the PHIT, at the same address until the migration.",
              {kHobListPointer, kStatus},
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
              {kBootMode, kHobAppend, kPhitFields, kMigrationHobs}},
    Invariant{64,
              "The first InstallPeiMemory succeeds, and does not change the list.",
              {kRefusal, kHobAppend, kPhitFields},
              Part,
              "memory that is too small may be rejected; a core may append HOBs of its own"},
    Invariant{
        65, "A later InstallPeiMemory has no effect.", {kHobAppend, kHobListPointer, kPageAddress}},
    Invariant{66,
              "InstallPeiMemory rejects memory that is empty, wraps or is too small.",
              {kStatus},
              Part,
              "memory that is not whole pages may be accepted"},
    Invariant{67,
              "In the window, pages come from the new memory, HOBs and pools from temporary RAM.",
              {kPageAddress, kPoolAddress, kHobAddress, kHobListPointer},
              Part,
              "pages that were freed in temporary RAM may be reused too"},
    Invariant{68,
              "Pages of the window leave room for everything that migrates.",
              {kHobOverlap, kMigrationContents, kDispatch}},
    Invariant{69,
              "The migrated list has the same HOBs in the same order, and one more.",
              {kMigrationHobs, kMigrationStack},
              Part,
              "a core may append more than the HOB of the stack, such as one for bins"},
    Invariant{70,
              "The new PHIT describes permanent memory, and is above the new stack.",
              {kPhitFields, kMigrationTemporary, kHobListPointer},
              Part,
              "the address of the list in the new memory is the core's choice"},
    Invariant{
        71,
        "All pages of temporary RAM move by the same distance, and keep type, length and contents.",
        {kMigrationShift, kMigrationHobs, kMigrationContents, kForeignRead}},
    Invariant{72,
              "The distance is a multiple of the granularity of everything that moves.",
              {kMigrationShift}},
    Invariant{73,
              "Pages of the window stay, and keep their contents.",
              {kMigrationShift, kMigrationContents}},
    Invariant{74,
              "The list has one stack HOB, of boot services data, at the bottom of the new memory.",
              {kMigrationStack},
              Part,
              "the new stack may be anywhere in the new memory"},
    Invariant{
        75,
        "The old stack's image ends at the top of the new stack.",
        {kMigrationStack},
        Part,
        "a target that writes nothing there does not run on that stack, which a host build may do"},
    Invariant{76,
              "Migrated and existing memory share no page, and lie inside the new memory.",
              {kHobOverlap, kMigrationShift, kSecData, kHeapBounds}},
    Invariant{77,
              "After the migration, no pointer and no HOB refers to temporary RAM.",
              {kMigrationTemporary}},
    Invariant{78,
              "Freed pages of temporary RAM migrate too, and are reusable.",
              {kMigrationHobs, kMigrationShift, kRefusal}},
    Invariant{79,
              "InstallPeiMemory rejects memory that is too small before it writes anything.",
              {kStatus},
              Part,
              "if a core accepts memory that is too small, the boot may end in the migration"},
    Invariant{80, "A boot migrates once.", {kHobListPointer, kDispatch, kMigrationPlatform}},
    Invariant{
        81,
        "No write goes outside of existing memory.",
        {kWildAccess},
        Part,
        "the board has guard pages around its memory; accesses beyond those may go undetected"},
};

}  // namespace

std::span<const Invariant> part::of_the_migration() { return kRows; }

}  // namespace hobnail::oracle
