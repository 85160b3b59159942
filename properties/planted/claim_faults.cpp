// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Replacements that remember what they were asked.
#include "properties/planted/claim_faults.h"

#include <array>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using wrapped::services;

using Table = EFI_PEI_SERVICES;

// Of the boot that runs; `boots` and `left_behind` outlive it.
struct Memory {
  bool freed = false;
  bool read = false;
  bool installed = false;
  bool odd_address = false;
};
Memory memory;
unsigned boots = 0;
bool left_behind = false;

void* begin_boot(void* given) {
  ++boots;
  left_behind = memory.installed;
  memory = {};
  const auto heap = reinterpret_cast<std::uintptr_t>(wrapped::hand_off().PeiTemporaryRamBase);
  memory.odd_address = (heap & 0x10000) != 0;
  return given;
}

EFI_STATUS pool_of(UINTN size, VOID** buffer) {
  return (*services())->AllocatePool(services(), size, buffer);
}
EFI_STATUS pool_unless(bool refused, UINTN size, VOID** buffer) {
  return refused ? EFI_OUT_OF_RESOURCES : pool_of(size, buffer);
}

EFI_STATUS EFIAPI longer_in_odd_boots(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool_of(boots % 2 == 0 ? size : size + 24, buffer);
}
EFI_STATUS EFIAPI longer_after_memory(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool_of(left_behind ? size + 24 : size, buffer);
}
EFI_STATUS EFIAPI no_pool_at_odd_address(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool_unless(memory.odd_address, size, buffer);
}
EFI_STATUS EFIAPI no_pool_after_free(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool_unless(memory.freed, size, buffer);
}
EFI_STATUS EFIAPI no_pool_after_read(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool_unless(memory.read, size, buffer);
}

EFI_STATUS EFIAPI note_install(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin,
                               UINT64 length) {
  memory.installed = true;
  return (*services())->InstallPeiMemory(services(), begin, length);
}
EFI_STATUS EFIAPI note_free(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS address, UINTN pages) {
  const EFI_STATUS status = (*services())->FreePages(services(), address, pages);
  memory.freed = memory.freed || status == EFI_SUCCESS;
  return status;
}
EFI_STATUS EFIAPI note_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  memory.read = true;
  return (*services())->GetBootMode(services(), mode);
}
EFI_STATUS EFIAPI no_single_free(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS address,
                                 UINTN pages) {
  if (pages == 1) return EFI_NOT_FOUND;
  return (*services())->FreePages(services(), address, pages);
}
EFI_STATUS EFIAPI no_loader_code(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                 EFI_PHYSICAL_ADDRESS* address) {
  if (type == EfiLoaderCode) return EFI_OUT_OF_RESOURCES;
  return (*services())->AllocatePages(services(), type, pages, address);
}

void after_memory(Table& table) {
  table.AllocatePool = longer_after_memory;
  table.InstallPeiMemory = note_install;
}
void after_free(Table& table) {
  table.AllocatePool = no_pool_after_free;
  table.FreePages = note_free;
}
void after_read(Table& table) {
  table.AllocatePool = no_pool_after_read;
  table.GetBootMode = note_mode;
}

constexpr std::array kClaimFaults{
    ClaimFault{"metamorphic.again",
               "makes longer HOBs for pools in every second boot",
               {wrapped::replace<&Table::AllocatePool, longer_in_odd_boots>, begin_boot}},
    ClaimFault{"metamorphic.after",
               "makes longer HOBs for pools in a boot that follows one with permanent memory",
               {after_memory, begin_boot}},
    ClaimFault{"metamorphic.shift",
               "has no pool where the heap begins at an odd multiple of 64 KiB",
               {wrapped::replace<&Table::AllocatePool, no_pool_at_odd_address>, begin_boot}},
    ClaimFault{
        "metamorphic.pair", "has no pool once pages were given back", {after_free, begin_boot}},
    ClaimFault{
        "metamorphic.read", "has no pool once the boot mode was read", {after_read, begin_boot}},
    ClaimFault{"metamorphic.split",
               "does not take back a single page",
               {wrapped::replace<&Table::FreePages, no_single_free>}},
    ClaimFault{"metamorphic.types",
               "has no pages for loader code",
               {wrapped::replace<&Table::AllocatePages, no_loader_code>}},
};

}  // namespace

std::span<const ClaimFault> claim_faults() { return kClaimFaults; }

}  // namespace hobnail::oracle
