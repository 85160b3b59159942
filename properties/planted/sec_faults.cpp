// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Faults in what a core makes of SEC's data, SEC's HOBs and the platform's PPI. Each needs a board
// of its own.
#include <array>
#include <cstring>

#include "properties/oracle/pi.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {
namespace {

using wrapped::allocation;
using wrapped::hob_of;
using wrapped::phit;

void* forget_a_sec_hob(void* given) {
  EFI_HOB_GENERIC_HEADER* const hob = hob_of(EFI_HOB_TYPE_CPU, 0);
  if (hob != nullptr) hob->HobType = EFI_HOB_TYPE_UNUSED;
  return given;
}
EFI_HOB_MEMORY_ALLOCATION_HEADER* new_stack() {
  const EFI_GUID stack = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
  for (unsigned n = 0; EFI_HOB_MEMORY_ALLOCATION* const record = allocation(n); ++n) {
    EFI_HOB_MEMORY_ALLOCATION_HEADER& memory = record->AllocDescriptor;
    if (std::memcmp(&memory.Name, &stack, sizeof stack) == 0) return &memory;
  }
  return nullptr;
}
// SEC's data lies where the new stack ends, below the list.
void* lose_sec_data(void* given) {
  const EFI_HOB_MEMORY_ALLOCATION_HEADER* const stack = new_stack();
  if (stack == nullptr) return given;
  const EFI_PHYSICAL_ADDRESS top = stack->MemoryBaseAddress + stack->MemoryLength;
  if (top == reinterpret_cast<std::uintptr_t>(&phit())) return given;
  *reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(top)) ^= 1;
  return given;
}
void* shorten_the_stack(void* given) {
  EFI_HOB_MEMORY_ALLOCATION_HEADER* const stack = new_stack();
  if (stack != nullptr) stack->MemoryLength -= 0x1000;
  return given;
}

EFI_STATUS migrate_by_platform(const EFI_PEI_SERVICES** pei, EFI_PHYSICAL_ADDRESS from,
                               EFI_PHYSICAL_ADDRESS to, UINTN bytes) {
  const auto* const ppi =
      static_cast<const EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI*>(wrapped::replaced_ppi());
  return ppi->TemporaryRamMigration(pei, from, to, bytes);
}
EFI_STATUS EFIAPI move_twice(const EFI_PEI_SERVICES** pei, EFI_PHYSICAL_ADDRESS from,
                             EFI_PHYSICAL_ADDRESS to, UINTN bytes) {
  const EFI_STATUS status = migrate_by_platform(pei, from, to, bytes);
  (void)migrate_by_platform(pei, from, to, bytes);
  return status;
}
EFI_STATUS EFIAPI move_the_half(const EFI_PEI_SERVICES** pei, EFI_PHYSICAL_ADDRESS from,
                                EFI_PHYSICAL_ADDRESS to, UINTN bytes) {
  return migrate_by_platform(pei, from, to, bytes / 2);
}
EFI_STATUS EFIAPI move_below_memory(const EFI_PEI_SERVICES** pei, EFI_PHYSICAL_ADDRESS from,
                                    EFI_PHYSICAL_ADDRESS to, UINTN bytes) {
  return migrate_by_platform(pei, from, to - 0x40000, bytes);
}
template <TEMPORARY_RAM_MIGRATION Move>
void replace_mover(EFI_PEI_PPI_DESCRIPTOR& ppi) {
  static EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI mover{Move};
  const EFI_GUID guid = EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID;
  if (std::memcmp(ppi.Guid, &guid, sizeof guid) == 0) wrapped::replace_ppi(ppi, &mover);
}

constexpr wrapped::Changes migration(void* (*operation)(void*)) {
  return {nullptr, nullptr, operation};
}
template <TEMPORARY_RAM_MIGRATION Move>
constexpr wrapped::Changes mover() {
  return {nullptr, nullptr, nullptr, replace_mover<Move>};
}

constexpr std::array kFaults{
    Fault{RuleId::SecHobs, "one of SEC's HOBs is gone", {nullptr, forget_a_sec_hob}, "sec-hobs"},
    Fault{RuleId::SecData, "a byte of SEC's data changes as it moves", migration(lose_sec_data),
          "hole-stack-low"},
    Fault{RuleId::MigrationPlatform, "the platform is asked twice", mover<move_twice>(),
          "ppi-swap"},
    Fault{RuleId::MigrationPlatform, "half of temporary RAM moves", mover<move_the_half>(),
          "ppi-hole"},
    Fault{RuleId::MigrationPlatform, "temporary RAM moves below the memory",
          mover<move_below_memory>(), "ppi-car-off"},
    Fault{RuleId::MigrationPlatform, "the new stack does not end with the old one's image",
          migration(shorten_the_stack), "ppi-straight"},
};

}  // namespace

std::span<const Fault> sec_faults() { return kFaults; }

}  // namespace hobnail::oracle
