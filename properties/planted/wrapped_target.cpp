// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Passing calls through. The table lies outside the board, as a table in flash would.
#include "properties/planted/wrapped_target.h"

#include <array>

#include "properties/oracle/pi.h"

namespace hobnail::oracle::wrapped {
namespace {

struct State {
  const hobnail_target* inner = nullptr;
  Changes changes;
  hobnail_target target{};
  EFI_PEI_SERVICES table{};
  const EFI_PEI_SERVICES* table_pointer = nullptr;
  const EFI_PEI_SERVICES** services = nullptr;
  const EFI_SEC_PEI_HAND_OFF* hand_off = nullptr;
  const hobnail_host* host = nullptr;
  bool moved = false;
  std::array<EFI_PEI_PPI_DESCRIPTOR, 4> ppis{};
  const VOID* replaced_ppi = nullptr;
};

State state;

EFI_STATUS EFIAPI get_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  return (*services())->GetBootMode(services(), mode);
}
EFI_STATUS EFIAPI set_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE mode) {
  return (*services())->SetBootMode(services(), mode);
}
EFI_STATUS EFIAPI get_hob_list(const EFI_PEI_SERVICES**, VOID** list) {
  return (*services())->GetHobList(services(), list);
}
EFI_STATUS EFIAPI create_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  return (*services())->CreateHob(services(), type, length, hob);
}
EFI_STATUS EFIAPI install(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin, UINT64 length) {
  return (*services())->InstallPeiMemory(services(), begin, length);
}
EFI_STATUS EFIAPI allocate_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                 EFI_PHYSICAL_ADDRESS* memory) {
  return (*services())->AllocatePages(services(), type, pages, memory);
}
EFI_STATUS EFIAPI allocate_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return (*services())->AllocatePool(services(), size, buffer);
}
EFI_STATUS EFIAPI free_pages(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS memory, UINTN pages) {
  return (*services())->FreePages(services(), memory, pages);
}

// The inner table's entries that take PeiServices get replacements, which find the inner services.
void make_table() {
  state.table = **state.services;
  state.table.GetBootMode = get_boot_mode;
  state.table.SetBootMode = set_boot_mode;
  state.table.GetHobList = get_hob_list;
  state.table.CreateHob = create_hob;
  state.table.InstallPeiMemory = install;
  state.table.AllocatePages = allocate_pages;
  state.table.AllocatePool = allocate_pool;
  state.table.FreePages = free_pages;
  if (state.changes.table != nullptr) state.changes.table(state.table);
}

// SEC's list as a change would have it.
const void* ppis_of(const void* list) {
  if (list == nullptr || state.changes.ppi == nullptr) return list;
  const auto* from = static_cast<const EFI_PEI_PPI_DESCRIPTOR*>(list);
  for (EFI_PEI_PPI_DESCRIPTOR& ppi : state.ppis) {
    ppi = *from++;
    state.changes.ppi(ppi);
    if ((ppi.Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) break;
  }
  return state.ppis.data();
}

void* enter(const hobnail_host* given_host, const void* sec_core_data, const void* ppi_list) {
  state.host = given_host;
  state.moved = false;
  state.hand_off = static_cast<const EFI_SEC_PEI_HAND_OFF*>(sec_core_data);
  void* const given = state.inner->enter(given_host, sec_core_data, ppis_of(ppi_list));
  state.services = static_cast<const EFI_PEI_SERVICES**>(given);
  if (given == nullptr) return nullptr;
  make_table();
  void* const answer = &state.table_pointer;
  return state.changes.enter == nullptr ? answer : state.changes.enter(answer);
}

void* return_to_dispatcher() {
  const void* const before = &phit();
  void* const given = state.inner->return_to_dispatcher();
  if (given == nullptr) return nullptr;
  state.services = static_cast<const EFI_PEI_SERVICES**>(given);
  make_table();
  void* const answer = &state.table_pointer;
  // The list decides: a target whose table is in flash gives the same services before and after.
  const bool migrated = &phit() != before;
  state.moved = state.moved || migrated;
  return migrated && state.changes.migrate != nullptr ? state.changes.migrate(answer) : answer;
}

void leave() {
  if (state.inner->leave != nullptr) state.inner->leave();
}

}  // namespace

const hobnail_target& around(const hobnail_target& inner, const Changes& changes) {
  state = {};
  state.inner = &inner;
  state.changes = changes;
  state.table_pointer = &state.table;
  state.target = inner;
  state.target.enter = enter;
  state.target.return_to_dispatcher = return_to_dispatcher;
  state.target.leave = leave;
  return state.target;
}

const EFI_PEI_SERVICES** services() { return state.services; }
const EFI_SEC_PEI_HAND_OFF& hand_off() { return *state.hand_off; }
const hobnail_host& host() { return *state.host; }
bool has_moved() { return state.moved; }
const VOID* replaced_ppi() { return state.replaced_ppi; }
void replace_ppi(EFI_PEI_PPI_DESCRIPTOR& ppi, VOID* interface) {
  state.replaced_ppi = ppi.Ppi;
  ppi.Ppi = interface;
}

EFI_HOB_HANDOFF_INFO_TABLE& phit() {
  VOID* list = nullptr;
  (void)(*services())->GetHobList(services(), &list);
  return *static_cast<EFI_HOB_HANDOFF_INFO_TABLE*>(list);
}

EFI_HOB_GENERIC_HEADER* hob_of(UINT16 type, unsigned n) {
  auto* at = reinterpret_cast<UINT8*>(&phit());
  for (;;) {
    auto* const hob = reinterpret_cast<EFI_HOB_GENERIC_HEADER*>(at);
    if (hob->HobType == type && n-- == 0) return hob;
    if (hob->HobType == EFI_HOB_TYPE_END_OF_HOB_LIST || hob->HobLength == 0) return nullptr;
    at += hob->HobLength;
  }
}

EFI_HOB_MEMORY_ALLOCATION* allocation(unsigned n) {
  return reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION*>(hob_of(EFI_HOB_TYPE_MEMORY_ALLOCATION, n));
}

}  // namespace hobnail::oracle::wrapped
