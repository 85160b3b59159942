/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The services table, and the target ABI around it. Judges pointers; all else is done elsewhere.
 * Invariant: an out-parameter is written on success only.
 */
#include <string.h>

#include "properties/targets/first_fit/first_fit.h"

static EFI_STATUS EFIAPI GetBootMode(const EFI_PEI_SERVICES** services, uint32_t* mode) {
  (void)services;
  if (mode == NULL) return EFI_INVALID_PARAMETER;
  *mode = g_boot.phit->BootMode;
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI SetBootMode(const EFI_PEI_SERVICES** services, uint32_t mode) {
  (void)services;
  g_boot.phit->BootMode = mode;
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI GetHobList(const EFI_PEI_SERVICES** services, void** list) {
  (void)services;
  if (list == NULL) return EFI_INVALID_PARAMETER;
  *list = g_boot.phit;
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI CreateHob(const EFI_PEI_SERVICES** services, uint16_t type,
                                   uint16_t length, void** hob) {
  (void)services;
  return create_hob(type, length, hob);
}

static EFI_STATUS EFIAPI InstallPeiMemory(const EFI_PEI_SERVICES** services, uint64_t begin,
                                          uint64_t length) {
  (void)services;
  return install_memory(begin, length);
}

static EFI_STATUS EFIAPI AllocatePages(const EFI_PEI_SERVICES** services, uint32_t type,
                                       uintptr_t pages, uint64_t* memory) {
  (void)services;
  return allocate_pages(type, pages, memory);
}

static EFI_STATUS EFIAPI FreePages(const EFI_PEI_SERVICES** services, uint64_t memory,
                                   uintptr_t pages) {
  (void)services;
  return free_pages(memory, pages);
}

static EFI_STATUS EFIAPI AllocatePool(const EFI_PEI_SERVICES** services, uintptr_t size,
                                      void** buffer) {
  (void)services;
  const uint32_t header = sizeof(EFI_HOB_GENERIC_HEADER);
  if (buffer == NULL) return EFI_INVALID_PARAMETER;
  if (size > 0xfff8u - header) return EFI_OUT_OF_RESOURCES;
  void* hob = NULL;
  const EFI_STATUS status = create_hob(EFI_HOB_TYPE_MEMORY_POOL, header + (uint32_t)size, &hob);
  if (status == EFI_SUCCESS) *buffer = at(address_of(hob) + header);
  return status;
}

static void EFIAPI CopyMem(void* to, void* from, uintptr_t bytes) {
  if (bytes != 0) memmove(to, from, bytes);
}

static void EFIAPI SetMem(void* buffer, uintptr_t bytes, uint8_t value) {
  if (bytes != 0) memset(buffer, value, bytes);
}

static const EFI_PEI_SERVICES kServices = {
    .Signature = 0x5652455320494550, /* "PEI SERV" */
    .Revision = (1u << 16) | 80,
    .HeaderSize = sizeof(EFI_PEI_SERVICES),
    .GetBootMode = GetBootMode,
    .SetBootMode = SetBootMode,
    .GetHobList = GetHobList,
    .CreateHob = CreateHob,
    .InstallPeiMemory = InstallPeiMemory,
    .AllocatePages = AllocatePages,
    .AllocatePool = AllocatePool,
    .CopyMem = CopyMem,
    .SetMem = SetMem,
    .FreePages = FreePages,
};
static const EFI_PEI_SERVICES* g_services = &kServices;

static void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  if (host == NULL || host->abi != HOBNAIL_TARGET_ABI || sec_core_data == NULL) return NULL;
  return enter_from_sec(sec_core_data, ppi_list) ? (void*)&g_services : NULL;
}

static void* return_to_dispatcher(void) {
  if (g_boot.window) migrate();
  return (void*)&g_services;
}

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = RUNTIME_GRANULE == EFI_PAGE_SIZE ? "first-fit" : "first-fit-64k",
    .flags = 0,
    .runtime_page_granularity = RUNTIME_GRANULE,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
    .leave = NULL,
};

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  return &kTarget;
}
