// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Of two PPIs with the same GUID the first counts, as LocatePpi (record 0) would have it.
#include "core/sec_ppis.h"

#include "core/guid.h"

namespace pei {
namespace {

// Takes note of one PPI. False when it has no interface and needs one.
bool note_ppi(const EFI_PEI_PPI_DESCRIPTOR& descriptor, SecPpis& found) {
  const EFI_GUID& guid = *descriptor.Guid;
  if (same_guid(guid, EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI_GUID)) {
    found.in_permanent_memory = true;
    return true;
  }
  if (same_guid(guid, EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID)) {
    const auto* const ppi = static_cast<EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI*>(descriptor.Ppi);
    if (found.temporary_ram_support == nullptr) found.temporary_ram_support = ppi;
    return ppi != nullptr && ppi->TemporaryRamMigration != nullptr;
  }
  if (same_guid(guid, EFI_SEC_HOB_DATA_PPI_GUID)) {
    const auto* const ppi = static_cast<EFI_SEC_HOB_DATA_PPI*>(descriptor.Ppi);
    if (found.hob_data == nullptr) found.hob_data = ppi;
    return ppi != nullptr && ppi->GetHobs != nullptr;
  }
  return true;
}

}  // namespace

Maybe<SecPpis> read_sec_ppis(const EFI_PEI_PPI_DESCRIPTOR* list) {
  SecPpis found;
  if (list == nullptr) return found;
  // An empty list is a single descriptor, which is no PPI's.
  if (list[0].Flags == EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) return found;
  for (UINTN i = 0; i < kLongestPpiList; ++i) {
    if (list[i].Guid == nullptr || !note_ppi(list[i], found)) return {};
    if ((list[i].Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) return found;
  }
  return {};
}

}  // namespace pei
