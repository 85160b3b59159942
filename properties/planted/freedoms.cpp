// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The freedoms. A replacement passes its call to our core, and does otherwise where PI lets it.
#include "properties/planted/freedoms.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using wrapped::hob_of;
using wrapped::phit;
using wrapped::services;

using Table = EFI_PEI_SERVICES;
using Record = EFI_HOB_MEMORY_ALLOCATION;

constexpr UINT64 kPage = 0x1000;

UINT8* at(UINT64 address) { return reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(address)); }
UINT64 gap() { return phit().EfiFreeMemoryTop - phit().EfiFreeMemoryBottom; }

EFI_STATUS allocate(EFI_MEMORY_TYPE type, UINTN pages, EFI_PHYSICAL_ADDRESS* memory) {
  return (*services())->AllocatePages(services(), type, pages, memory);
}
EFI_STATUS pool(UINTN size, VOID** buffer) {
  return (*services())->AllocatePool(services(), size, buffer);
}
EFI_STATUS create(UINT16 type, UINT16 length, VOID** hob) {
  return (*services())->CreateHob(services(), type, length, hob);
}
// A HOB of the core's own; nullptr when it does not fit.
UINT8* own_hob(UINT16 type, UINT16 length) {
  VOID* hob = nullptr;
  return create(type, length, &hob) == EFI_SUCCESS ? static_cast<UINT8*>(hob) : nullptr;
}

template <auto Entry, auto Replacement>
constexpr wrapped::Changes service() {
  return {wrapped::replace<Entry, Replacement>, nullptr, nullptr};
}

// --- out-parameters -----------------------------------------------------------------------------

EFI_STATUS EFIAPI pages_with_rubbish(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                     EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status != EFI_SUCCESS && memory != nullptr) *memory = 0x1234;
  return status;
}
EFI_STATUS EFIAPI hob_with_rubbish(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length,
                                   VOID** hob) {
  const EFI_STATUS status = create(type, length, hob);
  if (status != EFI_SUCCESS && hob != nullptr) *hob = at(phit().EfiEndOfHobList);
  return status;
}
EFI_STATUS EFIAPI list_to_nowhere(const EFI_PEI_SERVICES**, VOID** list) {
  return list == nullptr ? EFI_SUCCESS : (*services())->GetHobList(services(), list);
}
EFI_STATUS EFIAPI pages_to_nowhere(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                   EFI_PHYSICAL_ADDRESS* memory) {
  EFI_PHYSICAL_ADDRESS unseen = 0;
  return allocate(type, pages, memory == nullptr ? &unseen : memory);
}
EFI_STATUS EFIAPI pool_to_nowhere(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  VOID* unseen = nullptr;
  return pool(size, buffer == nullptr ? &unseen : buffer);
}
EFI_STATUS EFIAPI hob_to_nowhere(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  VOID* unseen = nullptr;
  return create(type, length, hob == nullptr ? &unseen : hob);
}

// --- contents -----------------------------------------------------------------------------------

void fill(EFI_PHYSICAL_ADDRESS base, UINTN pages, int byte) {
  std::memset(at(base), byte, static_cast<std::size_t>(UINT64{pages} * kPage));
}
EFI_STATUS EFIAPI pages_cleared(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status == EFI_SUCCESS && memory != nullptr) fill(*memory, pages, 0);
  return status;
}
EFI_STATUS EFIAPI freed_pages_filled(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS base,
                                     UINTN pages) {
  const EFI_STATUS status = (*services())->FreePages(services(), base, pages);
  if (status == EFI_SUCCESS) fill(base, pages, 0xaf);
  return status;
}

// --- records ------------------------------------------------------------------------------------

// What stands above the last whole page of the gap is no page: the free top comes down to it, from
// the end of the heap, where EDK II has it at first.
void* raise_free_top(void* given) {
  const EFI_SEC_PEI_HAND_OFF& sec = wrapped::hand_off();
  const auto heap = reinterpret_cast<std::uintptr_t>(sec.PeiTemporaryRamBase);
  phit().EfiMemoryTop = phit().EfiFreeMemoryTop = heap + sec.PeiTemporaryRamSize;
  return given;
}
EFI_STATUS EFIAPI align_when_refused(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                     EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status != EFI_SUCCESS) phit().EfiFreeMemoryTop &= ~(kPage - 1);
  return status;
}

Record* free_record(UINT64 bytes_min) {
  for (unsigned n = 0; Record* const record = wrapped::allocation(n); ++n) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& memory = record->AllocDescriptor;
    if (memory.MemoryType == EfiConventionalMemory && memory.MemoryLength >= bytes_min) {
      return record;
    }
  }
  return nullptr;
}
Record* make_record(const EFI_HOB_MEMORY_ALLOCATION_HEADER& memory) {
  auto* const record =
      reinterpret_cast<Record*>(own_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, sizeof(Record)));
  if (record != nullptr) record->AllocDescriptor = memory;
  return record;
}

// A page of free pages, and one of the gap, get a record of their own.
EFI_STATUS EFIAPI pad_when_refused(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                   EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status == EFI_SUCCESS) return status;
  Record* const free = free_record(2 * kPage);
  if (free == nullptr || gap() < 2 * kPage) return status;
  EFI_HOB_MEMORY_ALLOCATION_HEADER part = free->AllocDescriptor;
  part.MemoryLength = kPage;
  if (make_record(part) == nullptr) return status;
  free->AllocDescriptor.MemoryBaseAddress += kPage;
  free->AllocDescriptor.MemoryLength -= kPage;
  part.MemoryBaseAddress = phit().EfiFreeMemoryTop - kPage;
  if (make_record(part) != nullptr) phit().EfiFreeMemoryTop -= kPage;
  return status;
}

// --- what is the core's own ---------------------------------------------------------------------

UINT8* own_pool = nullptr;
constexpr UINT16 kPoolBytes = 40;

void* begin_with_pool(void* given) {
  own_pool = own_hob(EFI_HOB_TYPE_MEMORY_POOL, kPoolBytes);
  return given;
}
void* rewrite_pool(void* given) {
  for (unsigned n = 0; EFI_HOB_GENERIC_HEADER* const hob = hob_of(EFI_HOB_TYPE_MEMORY_POOL, n);
       ++n) {
    if (hob->HobLength != kPoolBytes) continue;
    own_pool = reinterpret_cast<UINT8*>(hob);
    own_pool[16] ^= 1;
    break;
  }
  return given;
}
// Its statistics are in its pool, its HOB grows with what PEIMs create.
EFI_STATUS EFIAPI create_after_own(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length,
                                   VOID** hob) {
  (void)own_hob(EFI_HOB_TYPE_GUID_EXTENSION, 32);
  const EFI_STATUS status = create(type, length, hob);
  if (own_pool != nullptr) ++own_pool[8];
  return status;
}
EFI_STATUS EFIAPI count_in_own_pool(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                    EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (own_pool != nullptr) ++own_pool[24];
  return status;
}
void keep_statistics(Table& table) {
  table.CreateHob = create_after_own;
  table.AllocatePages = count_in_own_pool;
}

// A pool between the PHIT and SEC's HOBs.
void* pool_before_sec(void* given) {
  EFI_HOB_HANDOFF_INFO_TABLE& list = phit();
  constexpr UINT16 kLength = 24;
  UINT8* const first = reinterpret_cast<UINT8*>(&list) + sizeof list;
  const auto bytes = static_cast<std::size_t>(at(list.EfiFreeMemoryBottom) - first);
  std::memmove(first + kLength, first, bytes);
  const EFI_HOB_GENERIC_HEADER header{EFI_HOB_TYPE_MEMORY_POOL, kLength, 0};
  std::memcpy(first, &header, sizeof header);
  list.EfiEndOfHobList += kLength;
  list.EfiFreeMemoryBottom += kLength;
  return given;
}

// --- memory that a PEIM calls free --------------------------------------------------------------

EFI_STATUS EFIAPI use_free_hobs(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                EFI_PHYSICAL_ADDRESS* memory) {
  Record* const free = free_record(pages * kPage);
  if (free == nullptr || free->AllocDescriptor.MemoryLength != pages * kPage) {
    return allocate(type, pages, memory);
  }
  free->AllocDescriptor.MemoryType = type;
  *memory = free->AllocDescriptor.MemoryBaseAddress;
  return EFI_SUCCESS;
}

// --- room ---------------------------------------------------------------------------------------

EFI_STATUS EFIAPI never_reuse(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                              EFI_PHYSICAL_ADDRESS* memory) {
  if (gap() / kPage < pages || gap() - pages * kPage < sizeof(Record)) return EFI_OUT_OF_RESOURCES;
  return allocate(type, pages, memory);
}

constexpr UINT64 kKept = 2 * sizeof(Record);
bool leaves_records(UINT64 bytes) { return gap() >= bytes && gap() - bytes >= kKept; }

EFI_STATUS EFIAPI pages_less_records(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                     EFI_PHYSICAL_ADDRESS* memory) {
  const bool sane = pages < 0x10000;
  if (sane && !leaves_records(pages * kPage + sizeof(Record))) return EFI_OUT_OF_RESOURCES;
  return allocate(type, pages, memory);
}
EFI_STATUS EFIAPI pool_less_records(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return leaves_records(size + 8) ? pool(size, buffer) : EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI hob_less_records(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length,
                                   VOID** hob) {
  return leaves_records(length) ? create(type, length, hob) : EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI install_less_records(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin,
                                       UINT64 length) {
  if (!leaves_records(sizeof(Record))) return EFI_OUT_OF_RESOURCES;
  return (*services())->InstallPeiMemory(services(), begin, length);
}
void keep_records(Table& table) {
  table.AllocatePages = pages_less_records;
  table.AllocatePool = pool_less_records;
  table.CreateHob = hob_less_records;
  table.InstallPeiMemory = install_less_records;
}

// --- boards and the migration -------------------------------------------------------------------

void* decline(void*) { return nullptr; }

Record* new_stack(unsigned which) {
  const EFI_GUID name = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
  for (unsigned n = 0; Record* const record = wrapped::allocation(n); ++n) {
    if (std::memcmp(&record->AllocDescriptor.Name, &name, sizeof name) != 0) continue;
    if (which-- == 0) return record;
  }
  return nullptr;
}
// SEC's data stays where it was: whatever is above the new stack, it is not that.
void* leave_sec_data(void* given) {
  const Record* const stack = new_stack(0);
  if (stack == nullptr) return given;
  const EFI_HOB_MEMORY_ALLOCATION_HEADER& memory = stack->AllocDescriptor;
  const EFI_PHYSICAL_ADDRESS top = memory.MemoryBaseAddress + memory.MemoryLength;
  const auto list = reinterpret_cast<std::uintptr_t>(&phit());
  const std::uint64_t held = current_boot()->board.profile().hole_bytes();
  if (top < list && list - top <= held) {
    std::memset(at(top), 0, static_cast<std::size_t>(list - top));
  }
  return given;
}

// The record of the new stack stands from InstallPeiMemory on, and the migration makes it true.
EFI_STATUS EFIAPI install_with_stack(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin,
                                     UINT64 length) {
  const EFI_STATUS status = (*services())->InstallPeiMemory(services(), begin, length);
  if (status != EFI_SUCCESS || new_stack(0) != nullptr) return status;
  (void)make_record({EFI_HOB_MEMORY_ALLOC_STACK_GUID, begin, 0x20000, EfiBootServicesData, {}});
  return status;
}
void* one_stack(void* given) {
  Record* const early = new_stack(0);
  Record* const late = new_stack(1);
  if (late == nullptr) return given;
  early->AllocDescriptor = late->AllocDescriptor;
  late->Header.HobType = EFI_HOB_TYPE_UNUSED;
  return given;
}

Record* record_of(EFI_PHYSICAL_ADDRESS base) {
  for (unsigned n = 0; Record* const record = wrapped::allocation(n); ++n) {
    if (record->AllocDescriptor.MemoryBaseAddress == base) return record;
  }
  return nullptr;
}
// Of the boot that runs. Pages of the window must not move.
bool has_window_pages = false;
void* forget_window_pages(void* given) {
  has_window_pages = false;
  return given;
}
EFI_STATUS EFIAPI note_window_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                    EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  if (status != EFI_SUCCESS || memory == nullptr || wrapped::has_moved()) return status;
  const auto base = reinterpret_cast<std::uintptr_t>(wrapped::hand_off().TemporaryRamBase);
  if (*memory - base >= wrapped::hand_off().TemporaryRamSize) has_window_pages = true;
  return status;
}
// A page of the loader's goes elsewhere than the others, and its first place is free.
void* move_alone(void* given) {
  if (has_window_pages) return given;
  Record* page = nullptr;
  for (unsigned n = 0; Record* const record = wrapped::allocation(n); ++n) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& memory = record->AllocDescriptor;
    if (memory.MemoryType == EfiLoaderData && memory.MemoryLength == kPage) page = record;
  }
  EFI_PHYSICAL_ADDRESS to = 0;
  if (page == nullptr || allocate(EfiLoaderData, 1, &to) != EFI_SUCCESS) return given;
  std::memcpy(at(to), at(page->AllocDescriptor.MemoryBaseAddress), kPage);
  Record* const given_up = record_of(to);
  std::swap(page->AllocDescriptor.MemoryBaseAddress, given_up->AllocDescriptor.MemoryBaseAddress);
  given_up->AllocDescriptor.MemoryType = EfiConventionalMemory;
  return given;
}
// Beside pages of the loader's a page of the core's own, as a module.
EFI_STATUS EFIAPI pages_and_module(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                   EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status = allocate(type, pages, memory);
  EFI_PHYSICAL_ADDRESS own = 0;
  if (status != EFI_SUCCESS || type != EfiLoaderData) return status;
  if (allocate(EfiBootServicesCode, 1, &own) != EFI_SUCCESS) return status;
  auto* const module = reinterpret_cast<Record*>(
      own_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE)));
  if (module == nullptr) return status;
  module->AllocDescriptor = record_of(own)->AllocDescriptor;
  module->AllocDescriptor.Name = EFI_HOB_MEMORY_ALLOC_MODULE_GUID;
  record_of(own)->Header.HobType = EFI_HOB_TYPE_UNUSED;
  return status;
}

// --- pools --------------------------------------------------------------------------------------

EFI_STATUS EFIAPI longer_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return pool(size + 24, buffer);
}
EFI_STATUS EFIAPI no_empty_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return size == 0 ? EFI_INVALID_PARAMETER : pool(size, buffer);
}
EFI_STATUS EFIAPI empty_pool_is_nothing(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return size == 0 ? EFI_SUCCESS : pool(size, buffer);
}
EFI_STATUS EFIAPI no_pool_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  if (type == EFI_HOB_TYPE_MEMORY_POOL) return EFI_INVALID_PARAMETER;
  return create(type, length, hob);
}

// --- the table ----------------------------------------------------------------------------------

// Two free pages above a live one, and a request that no core has room for.
constexpr std::string_view kFreePair =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\n"
    "p1 = AllocatePages LoaderData 1\nFreePages p0 2\np2 = AllocatePages BootServicesData 0x4000\n"
    "p3 = AllocatePages BootServicesData 1\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
    "HandOff\n";
constexpr std::string_view kOwnThings =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\nb0 = AllocatePool 40\n"
    "h0 = CreateHob GuidExtension 40\nGetHobList\np1 = AllocatePages BootServicesData 0x4000\n"
    "h1 = CreateHob Fv 24\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
    "p2 = AllocatePages LoaderData 1\nFreePages p0 1\nh2 = CreateHob GuidExtension 24\nHandOff\n";

constexpr std::array kFreedoms{
    Freedom{"writes an address although there are no pages",
            service<&Table::AllocatePages, pages_with_rubbish>(),
            "boot v1\nboard odd-top\nAllocatePages BootServicesData gap+1\n", "OUT-PARAMETER"},
    Freedom{"writes an address although there is no HOB",
            service<&Table::CreateHob, hob_with_rubbish>(),
            "boot v1\nboard tiny\nCreateHob GuidExtension 49\n", "OUT-PARAMETER"},
    Freedom{"accepts GetHobList without an out-parameter",
            service<&Table::GetHobList, list_to_nowhere>(),
            "boot v1\nboard heap-low\nGetHobList -> null\n", "STATUS"},
    Freedom{"accepts AllocatePages without an out-parameter",
            service<&Table::AllocatePages, pages_to_nowhere>(),
            "boot v1\nboard heap-low\nAllocatePages BootServicesData 1 -> null\n", "STATUS"},
    Freedom{"accepts AllocatePool without an out-parameter",
            service<&Table::AllocatePool, pool_to_nowhere>(),
            "boot v1\nboard heap-low\nAllocatePool 8 -> null\nAllocatePool 8\n", "STATUS"},
    Freedom{"accepts CreateHob without an out-parameter",
            service<&Table::CreateHob, hob_to_nowhere>(),
            "boot v1\nboard heap-low\nCreateHob GuidExtension 24 -> null\n", "STATUS"},
    Freedom{"aligns the free top as it refuses",
            {wrapped::replace<&Table::AllocatePages, align_when_refused>, raise_free_top},
            "boot v1\nboard odd-top\nAllocatePages BootServicesData gap+1\n"
            "AllocatePages BootServicesData 1\n",
            "FAILURE-ATOMIC"},
    Freedom{"records free pages in pieces as it refuses",
            service<&Table::AllocatePages, pad_when_refused>(), kFreePair, "FAILURE-ATOMIC"},
    Freedom{"has a pool and HOBs of its own, and writes into them",
            {keep_statistics, begin_with_pool, rewrite_pool},
            kOwnThings,
            "HOB-APPEND"},
    Freedom{"has a pool of its own before SEC's HOBs",
            {nullptr, pool_before_sec},
            "boot v1\nboard sec-hobs\nGetHobList\nInstallPeiMemory dram0 whole\n"
            "ReturnToDispatcher\nHandOff\n",
            "SEC-HOBS"},
    Freedom{"clears the pages that it gives out", service<&Table::AllocatePages, pages_cleared>(),
            "boot v1\nboard heap-low\ngarbage 2\np0 = AllocatePages BootServicesData 2\n"
            "p1 = AllocatePages LoaderData 1\nInstallPeiMemory dram0 whole\n"
            "ReturnToDispatcher\np2 = AllocatePages LoaderData 3\nHandOff\n"},
    Freedom{"fills the pages that it takes back", service<&Table::FreePages, freed_pages_filled>(),
            "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
            "p1 = AllocatePages LoaderData 1\nFreePages p0 1\nFreePages p0+2 1\n"
            "FreePages p1 1\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
            "p2 = AllocatePages LoaderData 3\nFreePages p2 whole\nHandOff\n",
            "CONTENTS"},
    Freedom{"gives out memory that a PEIM calls free",
            service<&Table::AllocatePages, use_free_hobs>(),
            "boot v1\nboard heap-low\nCreateHob MemoryAllocation 48 free\n"
            "AllocatePages BootServicesData 0x100\nGetHobList\n",
            "PAGE-ADDRESS"},
    Freedom{"never gives out freed pages again", service<&Table::AllocatePages, never_reuse>(),
            "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
            "p1 = AllocatePages BootServicesData 1\n"
            "CreateHob GuidExtension leave:64\nFreePages p0 1\nAllocatePages BootServicesData 1\n",
            "REFUSAL"},
    Freedom{"keeps two records back from pages",
            {keep_records},
            "boot v1\nboard heap-low\nCreateHob GuidExtension leave:0x1060\n"
            "AllocatePages BootServicesData 1\n",
            "REFUSAL"},
    Freedom{"keeps two records back from pools",
            {keep_records},
            "boot v1\nboard heap-low\nAllocatePool leave:0\n",
            "REFUSAL"},
    Freedom{"keeps two records back from HOBs",
            {keep_records},
            "boot v1\nboard heap-low\nCreateHob GuidExtension gap\n",
            "REFUSAL"},
    Freedom{"keeps two records back from the migration",
            {keep_records},
            "boot v1\nboard tiny\nInstallPeiMemory dram0 whole\n",
            "REFUSAL"},
    Freedom{"declines a board with SEC's data in holes",
            {nullptr, decline},
            "boot v1\nboard hole-heap-low\nGetHobList\n",
            "ENTER"},
    Freedom{"declines a board whose platform moves temporary RAM",
            {nullptr, decline},
            "boot v1\nboard ppi-swap\nGetHobList\n",
            "ENTER"},
    Freedom{"leaves SEC's data behind",
            {nullptr, nullptr, leave_sec_data},
            "boot v1\nboard hole-stack-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
            "p0 = AllocatePages BootServicesData 1\nHandOff\n",
            "SEC-DATA"},
    Freedom{"records the new stack with InstallPeiMemory",
            {wrapped::replace<&Table::InstallPeiMemory, install_with_stack>, nullptr, one_stack},
            "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\n"
            "p0 = AllocatePages BootServicesData 1\nFreePages p0 1\n"
            "p1 = AllocatePages BootServicesData gap\np2 = AllocatePages LoaderData 2\n"
            "ReturnToDispatcher\np3 = AllocatePages BootServicesData 1\nHandOff\n"},
    Freedom{"moves a page farther than the others",
            {wrapped::replace<&Table::AllocatePages, note_window_pages>, forget_window_pages,
             move_alone},
            "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
            "p1 = AllocatePages LoaderData 1\np2 = AllocatePages BootServicesData 2\n"
            "InstallPeiMemory dram0 whole\nReturnToDispatcher\nFreePages p1 1\nHandOff\n",
            "MIGRATION-SHIFT"},
    Freedom{"describes pages of its own as a module",
            service<&Table::AllocatePages, pages_and_module>(),
            "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
            "p0 = AllocatePages LoaderData 1\np1 = AllocatePages BootServicesData 1\nHandOff\n"},
    Freedom{"makes longer HOBs for pools", service<&Table::AllocatePool, longer_pool>(),
            "boot v1\nboard heap-low\nb0 = AllocatePool 13\nb1 = AllocatePool 40\n"
            "PeimWrite b1 40\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n",
            "POOL-ADDRESS"},
    Freedom{"rejects a pool of 0 bytes", service<&Table::AllocatePool, no_empty_pool>(),
            "boot v1\nboard heap-low\nAllocatePool 0\n", "STATUS"},
    Freedom{"gives nothing as a pool of 0 bytes",
            service<&Table::AllocatePool, empty_pool_is_nothing>(),
            "boot v1\nboard heap-low\nAllocatePool 0\nAllocatePool 8\n", "OUT-PARAMETER"},
    Freedom{"rejects a HOB of type 7", service<&Table::CreateHob, no_pool_hob>(),
            "boot v1\nboard heap-low\nCreateHob MemoryPool 24\n", "STATUS"},
};

}  // namespace

std::span<const Freedom> freedoms() { return kFreedoms; }

}  // namespace hobnail::oracle
