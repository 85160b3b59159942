// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Faults of the migration, and of what a core leaves for DXE. Writes go unseen by AddressSanitizer,
// as in target_faults.cpp.
#include <array>
#include <cstring>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {
namespace {

using wrapped::allocation;
using wrapped::hand_off;
using wrapped::hob_of;
using wrapped::phit;
using wrapped::services;

constexpr UINT64 kPage = 0x1000;
constexpr UINT16 kVendorsOwn = 0x8001;  // a type without a reader

UINT8* at(UINT64 address) { return reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(address)); }

void* nothing(void*) { return nullptr; }

void* other_hob_bytes(void* given) {
  EFI_HOB_GENERIC_HEADER* const hob = hob_of(EFI_HOB_TYPE_GUID_EXTENSION, 0);
  if (hob != nullptr) hob->HobType = kVendorsOwn;
  return given;
}
// The first record is that of pages that came along.
void* shift_once_more(void* given) {
  EFI_HOB_MEMORY_ALLOCATION* const record = allocation(0);
  if (record != nullptr) record->AllocDescriptor.MemoryBaseAddress += 8;
  return given;
}
void* forget_to_rebase(void* given) {
  EFI_HOB_MEMORY_ALLOCATION* const record = allocation(0);
  const auto temporary = reinterpret_cast<std::uintptr_t>(hand_off().TemporaryRamBase);
  if (record != nullptr) record->AllocDescriptor.MemoryBaseAddress = temporary + kPage;
  return given;
}
HOBNAIL_UNCHECKED void* lose_contents(void* given) {
  EFI_HOB_MEMORY_ALLOCATION* const record = allocation(0);
  if (record == nullptr) return given;
  // A PEIM may have described other memory, which is not ours to write.
  const EFI_PHYSICAL_ADDRESS base = record->AllocDescriptor.MemoryBaseAddress;
  if (base >= phit().EfiFreeMemoryTop && base < phit().EfiMemoryTop) *at(base) ^= 1;
  return given;
}
// A byte of the old stack's image, at the top of the new one.
HOBNAIL_UNCHECKED void* spoil_the_stack(void* given) {
  const EFI_GUID name = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
  for (unsigned n = 0; const EFI_HOB_MEMORY_ALLOCATION* const record = allocation(n); ++n) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& stack = record->AllocDescriptor;
    if (std::memcmp(&stack.Name, &name, sizeof name) != 0) continue;
    // A PEIM may have named other memory, which is not ours to write.
    const EFI_PHYSICAL_ADDRESS base = stack.MemoryBaseAddress;
    if (base < phit().EfiMemoryBottom || base >= phit().EfiMemoryTop) continue;
    *at(stack.MemoryBaseAddress + stack.MemoryLength - hand_off().StackSize + 128) ^= 1;
  }
  return given;
}

// A module HOB without a request, as of a core that describes itself.
void describe_module(EFI_PHYSICAL_ADDRESS base, EFI_MEMORY_TYPE type) {
  constexpr UINT16 kLength = sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE);
  VOID* hob = nullptr;
  if ((*services())->CreateHob(services(), EFI_HOB_TYPE_MEMORY_ALLOCATION, kLength, &hob) !=
      EFI_SUCCESS)
    return;
  std::memset(static_cast<UINT8*>(hob) + 8, 0, kLength - 8U);
  static_cast<EFI_HOB_MEMORY_ALLOCATION*>(hob)->AllocDescriptor = {
      EFI_HOB_MEMORY_ALLOC_MODULE_GUID, base, kPage, type, {}};
}
void* describe_flash(void* given) {
  describe_module(0xffff0000, EfiBootServicesCode);
  return given;
}
void* describe_live_pages(void* given) {
  const EFI_HOB_MEMORY_ALLOCATION* const record = allocation(0);
  if (record != nullptr) {
    describe_module(record->AllocDescriptor.MemoryBaseAddress, EfiRuntimeServicesCode);
  }
  return given;
}

constexpr wrapped::Changes migration(void* (*operation)(void*)) {
  return {nullptr, nullptr, operation};
}

constexpr std::array kFaults{
    Fault{RuleId::Dispatch, "no services follow the migration", migration(nothing)},
    Fault{RuleId::MigrationHobs, "a HOB changes as it moves", migration(other_hob_bytes)},
    Fault{RuleId::MigrationShift, "a record moves by an odd distance", migration(shift_once_more)},
    Fault{RuleId::MigrationContents, "a byte changes as it moves", migration(lose_contents)},
    Fault{RuleId::MigrationTemporary, "a record stays in temporary RAM",
          migration(forget_to_rebase)},
    Fault{RuleId::MigrationStack, "a byte of the stack changes as it moves",
          migration(spoil_the_stack)},
    Fault{RuleId::HandOffList, "a module is claimed where no memory is", migration(describe_flash)},
    Fault{RuleId::HandOffMap, "live pages are claimed as a module too",
          migration(describe_live_pages)},
};

}  // namespace

std::span<const Fault> migration_faults() { return kFaults; }

}  // namespace hobnail::oracle
