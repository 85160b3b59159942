/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The target ABI. The environment selects the behaviour, anew at each boot:
 *
 *   HOBNAIL_EDK2_FIXED=1        no quirk: a correct implementation with EDK II's policies
 *   HOBNAIL_EDK2_QUIRKS=H1,H5   only these, also under FIXED; unset: all, or none when fixed
 *   HOBNAIL_EDK2_POLICY=...     edk2 (the default), bottom-up, lazy
 *   HOBNAIL_EDK2_DEBUG=1        assertions stop the boot, as in a DEBUG build
 * and when the target is loaded:
 *   HOBNAIL_EDK2_CONTRACT=1     only calls that PI allows
 *   HOBNAIL_EDK2_64K=1          64 KiB granules for runtime types, as on AArch64
 */
#include <stdlib.h>
#include <string.h>

#include "properties/targets/edk2_like/pei.h"

core pei;

static const char* const kQuirkNames[QUIRKS] = {
    "H1",  "H2",  "H3",  "H4",  "H5",    "H6",   "H7",    "H9",    "H10",   "H11",
    "H13", "H15", "H16", "H17", "H18",   "H19",  "H20",   "H21",   "H22",   "H23",
    "H24", "H37", "H42", "H45", "MERGE", "NULL", "SHORT", "STACK", "TYPES", "ZERO"};

static bool flag(const char* name) {
  const char* const value = getenv(name);
  return value != NULL && strcmp(value, "1") == 0;
}

static bool listed(const char* list, const char* name) {
  const size_t length = strlen(name);
  for (const char* at = list; (at = strstr(at, name)) != NULL; at += length) {
    const bool begins = at == list || at[-1] == ',';
    if (begins && (at[length] == '\0' || at[length] == ',')) return true;
  }
  return false;
}

static void choose_behaviour(void) {
  const char* const list = getenv("HOBNAIL_EDK2_QUIRKS");
  const char* const named = getenv("HOBNAIL_EDK2_POLICY");
  const bool all = list == NULL && !flag("HOBNAIL_EDK2_FIXED");
  for (int i = 0; i < QUIRKS; ++i) {
    pei.quirks[i] = all || (list != NULL && listed(list, kQuirkNames[i]));
  }
  pei.policy = EDK2;
  if (named != NULL && strcmp(named, "bottom-up") == 0) pei.policy = BOTTOM_UP;
  if (named != NULL && strcmp(named, "lazy") == 0) pei.policy = LAZY;
  pei.debug = flag("HOBNAIL_EDK2_DEBUG");
}

static status_t EFIAPI get_boot_mode(const void* services, uint32_t* mode) {
  (void)services;
  if (mode == NULL) return INVALID_PARAMETER;
  *mode = pei.phit->boot_mode;
  return SUCCESS;
}

static status_t EFIAPI set_boot_mode(const void* services, uint32_t mode) {
  (void)services;
  pei.phit->boot_mode = mode;
  return SUCCESS;
}

static status_t EFIAPI get_hob_list(const void* services, void** list) {
  (void)services;
  if (list == NULL) return INVALID_PARAMETER;
  *list = pei.phit;
  return SUCCESS;
}

static void EFIAPI copy_mem(void* to, const void* from, uintptr_t length) {
  if (length == 0 || to == from) return;
  ASSERT(length - 1 <= UINTPTR_MAX - (uintptr_t)to);
  ASSERT(length - 1 <= UINTPTR_MAX - (uintptr_t)from);
  memmove(to, from, length);
}

static void EFIAPI set_mem(void* buffer, uintptr_t size, uint8_t value) {
  if (size == 0) return;
  ASSERT(size - 1 <= UINTPTR_MAX - (uintptr_t)buffer);
  memset(buffer, value, size);
}

typedef struct services_table {
  uint64_t signature;
  uint32_t revision, header_size, crc32, reserved;
  void* ppi[4];
  status_t(EFIAPI* get_boot_mode)(const void*, uint32_t*);
  status_t(EFIAPI* set_boot_mode)(const void*, uint32_t);
  status_t(EFIAPI* get_hob_list)(const void*, void**);
  status_t(EFIAPI* create_hob)(const void*, uint16_t, uint16_t, void**);
  void* ffs[3];
  status_t(EFIAPI* install_memory)(const void*, uint64_t, uint64_t);
  status_t(EFIAPI* allocate_pages)(const void*, uint32_t, uintptr_t, uint64_t*);
  status_t(EFIAPI* allocate_pool)(const void*, uintptr_t, void**);
  void(EFIAPI* copy_mem)(void*, const void*, uintptr_t);
  void(EFIAPI* set_mem)(void*, uintptr_t, uint8_t);
  void* others[11];
  status_t(EFIAPI* free_pages)(const void*, uint64_t, uintptr_t);
} services_table;
_Static_assert(sizeof(services_table) == 24 + 28 * sizeof(void*), "EFI_PEI_SERVICES");

static const services_table kTable = {
    .signature = 0x5652455320494550,
    .revision = (1u << 16) | 80,
    .header_size = sizeof(services_table),
    .get_boot_mode = get_boot_mode,
    .set_boot_mode = set_boot_mode,
    .get_hob_list = get_hob_list,
    .create_hob = create_hob,
    .install_memory = install_memory,
    .allocate_pages = allocate_pages,
    .allocate_pool = allocate_pool,
    .copy_mem = copy_mem,
    .set_mem = set_mem,
    .free_pages = free_pages,
};
static const services_table* services = &kTable;

static hobnail_target target;

static void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  pei = (core){.host = host};
  if (host == NULL || sec_core_data == NULL) return NULL;
  pei.sec = *(const sec_hand_off*)sec_core_data;
  choose_behaviour();
  pei.granularity = target.runtime_page_granularity;
  if (pei.sec.heap_size < sizeof(phit_hob) + sizeof(hob) || address(pei.sec.heap) % 8 != 0) {
    return NULL;
  }
  create_phit(address(pei.sec.heap), pei.sec.heap_size);
  return take_ppis(ppi_list) ? (void*)&services : NULL;
}

static void* return_to_dispatcher(void) {
  if (window() && !migrate(&services)) return NULL;
  return (void*)&services;
}

static void leave(void) { pei.phit = NULL; }

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  target = (hobnail_target){
      .abi = HOBNAIL_TARGET_ABI,
      .size = sizeof target,
      .name = "edk2-like",
      .flags = flag("HOBNAIL_EDK2_CONTRACT") ? HOBNAIL_TARGET_CONTRACT_ONLY : 0,
      .runtime_page_granularity = flag("HOBNAIL_EDK2_64K") ? 0x10000 : 0x1000,
      .enter = enter,
      .return_to_dispatcher = return_to_dispatcher,
      .leave = leave,
  };
  return &target;
}
