// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// EDK II expects the heap directly above the new stack and nowhere else, so that a hole below the
// heap and a platform that just copies end in a wrong list (docs/pei-semantics.md 6.2, H15).
// Here the PHIT is recognised where it is.
#include "core/platform_copy.h"

namespace pei {
namespace {

bool same_phit(const EFI_HOB_HANDOFF_INFO_TABLE& left, const EFI_HOB_HANDOFF_INFO_TABLE& right) {
  return left.Header.HobType == right.Header.HobType && left.Version == right.Version &&
         left.EfiMemoryTop == right.EfiMemoryTop && left.EfiMemoryBottom == right.EfiMemoryBottom &&
         left.EfiFreeMemoryTop == right.EfiFreeMemoryTop &&
         left.EfiEndOfHobList == right.EfiEndOfHobList;
}

bool is_heap_at(UINT64 base, const EFI_HOB_HANDOFF_INFO_TABLE& phit) {
  if (!is_aligned(base, kHobAlignmentBytes)) return false;
  return same_phit(*at_address<EFI_HOB_HANDOFF_INFO_TABLE>(base), phit);
}

}  // namespace

Maybe<Images> let_platform_copy(PeiCoreInstance& instance, UINT64 new_stack_top) {
  const EFI_HOB_HANDOFF_INFO_TABLE phit = *instance.phit;
  const UINT64 old_phit = address_of(instance.phit);
  const UINT64 image = new_stack_top - instance.stack.size_bytes();
  const UINT64 heap_if_plain = image + (instance.heap.base() - instance.temporary_ram.base());
  const UINT64 new_record = new_stack_top - (instance.stack.end() - address_of(&instance));

  instance.phase = CorePhase::kMigrating;
  const EFI_STATUS status = instance.temporary_ram_support->TemporaryRamMigration(
      &instance.services, instance.temporary_ram.base(), image,
      static_cast<UINTN>(instance.temporary_ram.size_bytes()));
  // From here on `record` may be gone.
  if (status != EFI_SUCCESS) return {};
  const PeiCoreInstance& moved = *at_address<PeiCoreInstance>(new_record);
  const bool stack_moved = moved.signature == kLiveRecord && moved.phase == CorePhase::kMigrating &&
                           address_of(moved.phit) == old_phit;
  if (!stack_moved) return {};
  if (is_heap_at(new_stack_top, phit)) return Images{new_record, new_stack_top};
  if (is_heap_at(heap_if_plain, phit)) return Images{new_record, heap_if_plain};
  return {};
}

}  // namespace pei
