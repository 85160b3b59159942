// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Faults after which there is no process to go on in.
#include "properties/planted/ending_faults.h"

#include <array>
#include <csignal>

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using wrapped::services;

volatile UINT8* at(UINT64 address) {
  return reinterpret_cast<volatile UINT8*>(static_cast<std::uintptr_t>(address));
}

EFI_PHYSICAL_ADDRESS first_pages = 0;  // of this boot

void* begin_boot(void* given) {
  first_pages = 0;
  return given;
}

// From the second allocation on it looks into the pages of the first.
EFI_STATUS EFIAPI read_live_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                  EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = (*services())->AllocatePages(services(), type, pages, memory);
  if (first_pages != 0 && !wrapped::has_moved()) (void)*at(first_pages);
  if (status == EFI_SUCCESS && first_pages == 0) first_pages = *memory;
  return status;
}

EFI_STATUS EFIAPI write_to_no_memory(const EFI_PEI_SERVICES**, EFI_BOOT_MODE mode) {
  // Read back, so that the compiler cannot know it for an address of no object.
  static volatile std::uintptr_t nowhere = 0x18;
  *at(nowhere) = 1;
  return (*services())->SetBootMode(services(), mode);
}
EFI_STATUS EFIAPI abort_all(const EFI_PEI_SERVICES**, EFI_BOOT_MODE*) {
  std::raise(SIGABRT);
  return EFI_UNSUPPORTED;
}
EFI_STATUS EFIAPI never_come_back(const EFI_PEI_SERVICES**, EFI_BOOT_MODE*) {
  for (;;) (void)*at(reinterpret_cast<std::uintptr_t>(&first_pages));
}

using Table = EFI_PEI_SERVICES;

template <auto Entry, auto Replacement>
constexpr wrapped::Changes service() {
  return {wrapped::replace<Entry, Replacement>, begin_boot, nullptr};
}

constexpr std::string_view kBoard = "heap-low";

constexpr std::array kFaults{
    Fault{RuleId::ForeignRead, "AllocatePages reads live pages",
          service<&Table::AllocatePages, read_live_pages>(), kBoard, nullptr, true, true},
    Fault{RuleId::WildAccess, "SetBootMode writes to address 0x18",
          service<&Table::SetBootMode, write_to_no_memory>(), kBoard, nullptr, true},
    Fault{RuleId::TargetCrash, "GetBootMode aborts", service<&Table::GetBootMode, abort_all>(),
          kBoard, nullptr, true},
    Fault{RuleId::TargetHang, "GetBootMode never returns",
          service<&Table::GetBootMode, never_come_back>(), kBoard, nullptr, true},
};

}  // namespace

std::span<const Fault> ending_faults() { return kFaults; }

}  // namespace hobnail::oracle
