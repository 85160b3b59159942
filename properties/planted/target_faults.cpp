// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The faults. Each replacement does what the inner target does, and one thing wrong. What writes
// where it must not does so unseen by AddressSanitizer, as a target that was built without it.
#include "properties/planted/faults.h"

#include <array>
#include <cstring>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/dxe_faults.h"

namespace hobnail::oracle {
namespace {

using wrapped::allocation;
using wrapped::hand_off;
using wrapped::has_moved;
using wrapped::hob_of;
using wrapped::host;
using wrapped::phit;
using wrapped::services;

constexpr UINT64 kPage = 0x1000;

UINT8* at(UINT64 address) { return reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(address)); }

// --- AllocatePages ------------------------------------------------------------------------------

EFI_STATUS allocate(EFI_MEMORY_TYPE type, UINTN pages, EFI_PHYSICAL_ADDRESS* memory) {
  return (*services())->AllocatePages(services(), type, pages, memory);
}

EFI_PHYSICAL_ADDRESS first_pages = 0;  // of this boot, for a fault that writes into them

// The inner answer, and then a wrong operation when it was a success.
template <void (*Deed)(EFI_PHYSICAL_ADDRESS* memory)>
EFI_STATUS EFIAPI allocate_then(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status == EFI_SUCCESS) Deed(memory);
  return status;
}

// The inner answer, and then a wrong operation when it was an error; its status is given instead.
template <EFI_STATUS (*Deed)(EFI_STATUS status, EFI_PHYSICAL_ADDRESS* memory)>
EFI_STATUS EFIAPI allocate_else(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  return status == EFI_SUCCESS ? status : Deed(status, memory);
}

void misalign(EFI_PHYSICAL_ADDRESS* memory) { *memory += 8; }
void wrong_version(EFI_PHYSICAL_ADDRESS*) { phit().Version = 8; }
void lose_a_page(EFI_PHYSICAL_ADDRESS*) { phit().EfiFreeMemoryTop -= kPage; }
HOBNAIL_UNCHECKED void write_into_live_pages(EFI_PHYSICAL_ADDRESS* memory) {
  if (first_pages == 0) {
    first_pages = *memory;
  } else if (!has_moved()) {
    *at(first_pages) ^= 1;
  }
}

EFI_STATUS strange_status(EFI_STATUS, EFI_PHYSICAL_ADDRESS*) { return EFI_UNSUPPORTED; }
EFI_STATUS write_on_failure(EFI_STATUS status, EFI_PHYSICAL_ADDRESS* memory) {
  if (memory != nullptr) *memory = 0x1234;
  return status;
}
EFI_STATUS hob_on_failure(EFI_STATUS status, EFI_PHYSICAL_ADDRESS*) {
  VOID* hob = nullptr;
  (void)(*services())->CreateHob(services(), EFI_HOB_TYPE_GUID_EXTENSION, 32, &hob);
  return status;
}

// What is wrong from one allocation of pages to the next only, so that no check can see it later,
// by something that follows from it.
UINT64 kept = 0;  // what was there before
unsigned allocations_made = 0;

template <void (*Spoil)(EFI_PHYSICAL_ADDRESS* memory), void (*Mend)()>
EFI_STATUS EFIAPI allocate_and_spoil(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                     EFI_PHYSICAL_ADDRESS* memory) {
  if (allocations_made == 1) Mend();
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status == EFI_SUCCESS && ++allocations_made == 1) Spoil(memory);
  return status;
}

void free_top_too_high(EFI_PHYSICAL_ADDRESS*) {
  kept = phit().EfiFreeMemoryTop;
  phit().EfiFreeMemoryTop = phit().EfiMemoryTop + kPage;
}
void free_top_as_it_was() { phit().EfiFreeMemoryTop = kept; }

void wrong_type(EFI_PHYSICAL_ADDRESS*) {
  if (allocation(0) == nullptr) return;  // for example, of a bin
  kept = allocation(0)->AllocDescriptor.MemoryType;
  allocation(0)->AllocDescriptor.MemoryType = EfiBootServicesCode;
}
void type_as_it_was() {
  if (allocation(0) == nullptr) return;
  allocation(0)->AllocDescriptor.MemoryType = static_cast<EFI_MEMORY_TYPE>(kept);
}

void record_again(EFI_PHYSICAL_ADDRESS*) {
  if (allocation(0) == nullptr) return;
  const EFI_HOB_MEMORY_ALLOCATION_HEADER record = allocation(0)->AllocDescriptor;
  VOID* hob = nullptr;
  const EFI_STATUS status = (*services())
                                ->CreateHob(services(), EFI_HOB_TYPE_MEMORY_ALLOCATION,
                                            sizeof(EFI_HOB_MEMORY_ALLOCATION), &hob);
  if (status == EFI_SUCCESS) static_cast<EFI_HOB_MEMORY_ALLOCATION*>(hob)->AllocDescriptor = record;
}
void only_one_record() {
  if (allocation(1) != nullptr) allocation(1)->Header.HobType = EFI_HOB_TYPE_UNUSED;
}

EFI_STATUS EFIAPI always_full(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE, UINTN,
                              EFI_PHYSICAL_ADDRESS*) {
  return EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI assertion_fails(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE, UINTN,
                                  EFI_PHYSICAL_ADDRESS*) {
  host().stop(__FILE__, __LINE__, "an assertion of the target");
  return EFI_OUT_OF_RESOURCES;
}

// --- the other services -------------------------------------------------------------------------

EFI_STATUS EFIAPI free_nothing(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS, UINTN) {
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI misaligned_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  const EFI_STATUS status = (*services())->AllocatePool(services(), size, buffer);
  if (status == EFI_SUCCESS) *buffer = static_cast<UINT8*>(*buffer) + 4;
  return status;
}
constexpr UINT16 kVendorsOwn = 0x8001;  // a type without a reader
EFI_STATUS EFIAPI pool_over_a_hob(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  const EFI_STATUS status = (*services())->AllocatePool(services(), size, buffer);
  EFI_HOB_GENERIC_HEADER* const other = hob_of(EFI_HOB_TYPE_GUID_EXTENSION, 0);
  if (status == EFI_SUCCESS && other != nullptr) other->HobType = kVendorsOwn;
  return status;
}

EFI_STATUS create(UINT16 type, UINT16 length, VOID** hob) {
  return (*services())->CreateHob(services(), type, length, hob);
}
EFI_STATUS EFIAPI wrong_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  const EFI_STATUS status = create(type, length, hob);
  if (status == EFI_SUCCESS) *hob = static_cast<UINT8*>(*hob) + 8;
  return status;
}
EFI_STATUS EFIAPI no_end_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  const EFI_STATUS status = create(type, length, hob);
  if (status == EFI_SUCCESS) std::memset(at(phit().EfiEndOfHobList), 0, 8);
  return status;
}

unsigned lists_given = 0;  // in this boot
EFI_STATUS EFIAPI another_list(const EFI_PEI_SERVICES**, VOID** list) {
  const EFI_STATUS status = (*services())->GetHobList(services(), list);
  if (status == EFI_SUCCESS && lists_given++ != 0 && !has_moved())
    *list = static_cast<UINT8*>(*list) + 8;
  return status;
}
EFI_STATUS EFIAPI another_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  const EFI_STATUS status = (*services())->GetBootMode(services(), mode);
  if (status == EFI_SUCCESS) *mode ^= 1;
  return status;
}
// SetBootMode spoils a byte, and GetBootMode mends it.
EFI_STATUS EFIAPI write_on_the_stack(const EFI_PEI_SERVICES**, EFI_BOOT_MODE mode) {
  if (!has_moved()) static_cast<UINT8*>(hand_off().StackBase)[16] ^= 1;
  return (*services())->SetBootMode(services(), mode);
}
EFI_STATUS EFIAPI write_on_the_stack_again(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  if (!has_moved()) static_cast<UINT8*>(hand_off().StackBase)[16] ^= 1;
  return (*services())->GetBootMode(services(), mode);
}

VOID EFIAPI copy_upwards(VOID* destination, VOID* source, UINTN length) {
  auto* const to = static_cast<volatile UINT8*>(destination);
  const auto* const from = static_cast<const volatile UINT8*>(source);
  for (UINTN i = 0; i < length; ++i) to[i] = from[i];
}
VOID EFIAPI set_all_but_one(VOID* buffer, UINTN size, UINT8 value) {
  if (size != 0) (*services())->SetMem(buffer, size - 1, value);
}

// --- the entry and the migration ----------------------------------------------------------------

void* begin_boot(void* given) {
  first_pages = 0;
  lists_given = 0;
  allocations_made = 0;
  return given;
}
void* nothing(void*) { return nullptr; }

// --- the table ----------------------------------------------------------------------------------

using Table = EFI_PEI_SERVICES;

template <auto Entry, auto Replacement>
constexpr wrapped::Changes service() {
  return {wrapped::replace<Entry, Replacement>, begin_boot, nullptr};
}
template <void (*Deed)(EFI_PHYSICAL_ADDRESS*)>
constexpr wrapped::Changes after_allocation() {
  return service<&Table::AllocatePages, allocate_then<Deed>>();
}
template <void (*Spoil)(EFI_PHYSICAL_ADDRESS*), void (*Mend)()>
constexpr wrapped::Changes for_one_call() {
  return service<&Table::AllocatePages, allocate_and_spoil<Spoil, Mend>>();
}
void write_on_the_stack_twice(Table& table) {
  table.SetBootMode = write_on_the_stack;
  table.GetBootMode = write_on_the_stack_again;
}
template <EFI_STATUS (*Deed)(EFI_STATUS, EFI_PHYSICAL_ADDRESS*)>
constexpr wrapped::Changes after_refusal() {
  return service<&Table::AllocatePages, allocate_else<Deed>>();
}

constexpr std::array kFaults{
    Fault{RuleId::Enter, "there is no entry", {nullptr, nothing, nullptr}},
    Fault{RuleId::HobChain, "the END HOB is gone", service<&Table::CreateHob, no_end_hob>()},
    Fault{RuleId::PhitFields, "the PHIT's version is 8", after_allocation<wrong_version>()},
    Fault{RuleId::HeapBounds, "the free top is too high for one call",
          for_one_call<free_top_too_high, free_top_as_it_was>()},
    Fault{RuleId::HobAppend, "a pool changes another HOB",
          service<&Table::AllocatePool, pool_over_a_hob>()},
    Fault{RuleId::HobOverlap, "the same pages are recorded twice",
          for_one_call<record_again, only_one_record>()},
    Fault{RuleId::AllocationHob, "the record has another type for one call",
          for_one_call<wrong_type, type_as_it_was>()},
    Fault{RuleId::Conservation, "each allocation loses a page", after_allocation<lose_a_page>()},
    Fault{RuleId::Contents, "a byte of live pages changes",
          after_allocation<write_into_live_pages>()},
    Fault{RuleId::StackUntouched,
          "SetBootMode writes on the stack",
          {write_on_the_stack_twice, begin_boot, nullptr}},
    Fault{RuleId::Status, "what does not fit is EFI_UNSUPPORTED", after_refusal<strange_status>()},
    Fault{RuleId::Refusal, "memory is always full", service<&Table::AllocatePages, always_full>()},
    Fault{RuleId::OutParameter, "a failure writes an address", after_refusal<write_on_failure>()},
    Fault{RuleId::FailureAtomic, "a failure leaves a HOB behind", after_refusal<hob_on_failure>()},
    Fault{RuleId::PageAddress, "pages are misaligned", after_allocation<misalign>()},
    Fault{RuleId::FreedMarked, "FreePages does nothing",
          service<&Table::FreePages, free_nothing>()},
    Fault{RuleId::PoolAddress, "pools are misaligned",
          service<&Table::AllocatePool, misaligned_pool>()},
    Fault{RuleId::HobAddress, "CreateHob gives the body", service<&Table::CreateHob, wrong_hob>()},
    Fault{RuleId::HobListPointer, "GetHobList gives another list",
          service<&Table::GetHobList, another_list>()},
    Fault{RuleId::BootMode, "the boot mode is another",
          service<&Table::GetBootMode, another_mode>()},
    Fault{RuleId::CopyMem, "CopyMem only copies upwards", service<&Table::CopyMem, copy_upwards>()},
    Fault{RuleId::SetMem, "SetMem leaves the last byte out",
          service<&Table::SetMem, set_all_but_one>()},
    Fault{RuleId::TargetStop, "an assertion fails",
          service<&Table::AllocatePages, assertion_fails>()},
};

}  // namespace

std::span<const Fault> faults() { return kFaults; }

RunOptions options_for(const Fault& fault) {
  RunOptions options;
  options.consumer = fault.consumer == nullptr ? sound_dxe() : fault.consumer;
  return options;
}

}  // namespace hobnail::oracle
