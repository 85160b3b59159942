// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The contract, call by call (PI 1.8 Vol 1 4.5 and 4.6).
#include "properties/planted/contract_guard.h"

#include <set>

namespace hobnail::oracle {
namespace {

using wrapped::services;

constexpr UINT64 kPage = 0x1000;

// Of the boot that is running.
struct Account {
  std::set<UINT64> pages;  // addresses of those that AllocatePages returned and no call has freed
  bool installed = false;
  bool moved = false;
};
Account account;

void must(bool holds, const char* what) {
  if (!holds) wrapped::host().stop(__FILE__, __LINE__, what);
}

bool can_be_allocated(EFI_MEMORY_TYPE type) {
  return type <= EfiRuntimeServicesData || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

EFI_STATUS EFIAPI install(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin, UINT64 length) {
  must(!account.installed, "memory is installed twice");
  must(length != 0 && begin + length > begin, "memory is empty, or wraps");
  must(begin % kPage == 0 && length % kPage == 0, "memory is not whole pages");
  const EFI_STATUS status = (*services())->InstallPeiMemory(services(), begin, length);
  account.installed = status == EFI_SUCCESS;
  return status;
}

EFI_STATUS EFIAPI allocate_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN count,
                                 EFI_PHYSICAL_ADDRESS* memory) {
  must(can_be_allocated(type), "no pages of this type can be had");
  must(count != 0 && memory != nullptr, "nothing is asked for, or nowhere to put it");
  const EFI_STATUS status = (*services())->AllocatePages(services(), type, count, memory);
  for (UINTN i = 0; status == EFI_SUCCESS && i < count; ++i)
    account.pages.insert(*memory + i * kPage);
  return status;
}

// Whose the pages are is for the service to say: PI has a status for those that it did not give.
EFI_STATUS EFIAPI free_pages(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS memory, UINTN count) {
  must(count != 0 && memory % kPage == 0, "no pages are freed");
  return (*services())->FreePages(services(), memory, count);
}

EFI_STATUS EFIAPI allocate_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  must(size <= 0xfff0 && buffer != nullptr, "no pool HOB holds this, or nowhere to put it");
  return (*services())->AllocatePool(services(), size, buffer);
}

EFI_STATUS EFIAPI create_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  must(length >= 8 && length <= 0xfff8 && hob != nullptr, "no HOB has this length");
  must(type != EFI_HOB_TYPE_MEMORY_ALLOCATION || length >= sizeof(EFI_HOB_MEMORY_ALLOCATION),
       "half a record");
  must(type != EFI_HOB_TYPE_HANDOFF && type != EFI_HOB_TYPE_END_OF_HOB_LIST &&
           type != EFI_HOB_TYPE_UNUSED,
       "this type is not a PEIM's to create");
  return (*services())->CreateHob(services(), type, length, hob);
}

EFI_STATUS EFIAPI get_hob_list(const EFI_PEI_SERVICES**, VOID** list) {
  must(list != nullptr, "nowhere to put the list's address");
  return (*services())->GetHobList(services(), list);
}

EFI_STATUS EFIAPI get_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  must(mode != nullptr, "nowhere to put the boot mode");
  return (*services())->GetBootMode(services(), mode);
}

void guard(EFI_PEI_SERVICES& table) {
  table.InstallPeiMemory = install;
  table.AllocatePages = allocate_pages;
  table.FreePages = free_pages;
  table.AllocatePool = allocate_pool;
  table.CreateHob = create_hob;
  table.GetHobList = get_hob_list;
  table.GetBootMode = get_boot_mode;
}

void* begin_boot(void* given) {
  account = {};
  return given;
}
void* move(void* given) {
  account.moved = true;
  return given;
}

}  // namespace

wrapped::Changes contract_guard() { return {guard, begin_boot, move}; }

}  // namespace hobnail::oracle
