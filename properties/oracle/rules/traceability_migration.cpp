// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I56 to I81: AllocatePool, GetHobList, the boot mode, InstallPeiMemory and the migration.
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace pei::oracle {
namespace {

using namespace rule;
using enum Cover;

constexpr std::array kRows{
    Invariant{56, "a pool is the 8-aligned body of a pool HOB of its size", {kPoolAddress}},
    Invariant{57,
              "pools up to 0xfff0 bytes are given if they fit, longer ones never",
              {kRefusal, kStatus, kFailureAtomic},
              Part,
              "to a longer one any error is an answer"},
    Invariant{58,
              "pools share no byte, and change through their owner only",
              {kPoolAddress, kContents, kMigrationContents}},
    Invariant{59,
              "a pool that does not fit is out of resources, and NULL",
              {kStatus, kOutParameter, kHeapBounds},
              Part,
              "the out-parameter may be left alone as well: PI asks for neither"},
    Invariant{
        60, "a pool of no bytes owns none, and the list is in order", {kPoolAddress, kHobChain}},
    Invariant{61,
              "GetHobList gives the PHIT, at one address until the migration",
              {kHobListPointer, kStatus},
              Part,
              "to NULL any error is an answer"},
    Invariant{62,
              "before there is a list the services are not available",
              {},
              Elsewhere,
              "nobody can call a service before the entry has given the table; ENTER sees that "
              "there is a list then"},
    Invariant{63,
              "the boot mode is the one that was set, and nothing else is written",
              {kBootMode, kHobAppend, kPhitFields, kMigrationHobs}},
    Invariant{64,
              "the first InstallPeiMemory succeeds, and leaves the list as it was",
              {kRefusal, kHobAppend, kPhitFields},
              Part,
              "memory that is short may be refused; a core may append HOBs of its own"},
    Invariant{
        65, "a later InstallPeiMemory has no effect", {kHobAppend, kHobListPointer, kPageAddress}},
    Invariant{66,
              "memory that is empty, wraps or is too short is refused",
              {kStatus},
              Part,
              "memory that is not whole pages may be taken"},
    Invariant{67,
              "in the window pages come from new memory, HOBs and pools from temporary RAM",
              {kPageAddress, kPoolAddress, kHobAddress, kHobListPointer},
              Part,
              "pages that were freed in temporary RAM may be given as well"},
    Invariant{68,
              "pages of the window leave room for all that will migrate",
              {kHobOverlap, kMigrationContents, kDispatch}},
    Invariant{69,
              "the migrated list has the same HOBs in the same order, and one more",
              {kMigrationHobs, kMigrationStack},
              Part,
              "a core may append more than the record of the stack, such as that of bins"},
    Invariant{70,
              "the new PHIT describes permanent memory, and stands above the new stack",
              {kPhitFields, kMigrationTemporary, kHobListPointer},
              Part,
              "where in the new memory the list stands is a core's choice"},
    Invariant{71,
              "pages of temporary RAM move by one distance, with type, length and contents",
              {kMigrationShift, kMigrationHobs, kMigrationContents, kForeignRead}},
    Invariant{72, "the distance is whole granules of all that moves", {kMigrationShift}},
    Invariant{
        73, "pages of the window stay, with their contents", {kMigrationShift, kMigrationContents}},
    Invariant{74,
              "one stack HOB of boot services data, at the bottom of the new memory",
              {kMigrationStack},
              Part,
              "the new stack may lie anywhere in it"},
    Invariant{75,
              "the old stack's image ends with the new stack",
              {kMigrationStack},
              Part,
              "a target that wrote nothing there does not run on it, which a host build may"},
    Invariant{76,
              "what has migrated and what was there share no page, inside the new memory",
              {kHobOverlap, kMigrationShift, kSecData, kHeapBounds}},
    Invariant{77, "nothing points into temporary RAM any more", {kMigrationTemporary}},
    Invariant{78,
              "freed pages of temporary RAM migrate too, and can be had",
              {kMigrationHobs, kMigrationShift, kRefusal}},
    Invariant{79,
              "memory that is too short is refused before anything is written",
              {kStatus},
              Part,
              "where a core takes what it might have refused, the boot may end as it migrates"},
    Invariant{80, "a boot migrates once", {kHobListPointer, kDispatch, kMigrationPlatform}},
    Invariant{81,
              "nothing is written outside of the memory that there is",
              {kWildAccess},
              Part,
              "the board has pages without access around all of it; beyond those it is luck"},
};

}  // namespace

std::span<const Invariant> part::of_the_migration() { return kRows; }

}  // namespace pei::oracle
