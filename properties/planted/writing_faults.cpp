// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GetBootMode writes a byte at a place; CopyMem and SetMem a byte too many.
#include "properties/planted/writing_faults.h"

#include <array>

#include "properties/oracle/board/same_bytes.h"

namespace pei::oracle {
namespace {

using wrapped::allocation;
using wrapped::hob_of;
using wrapped::phit;
using wrapped::services;
using Table = EFI_PEI_SERVICES;

HOBNAIL_UNCHECKED void flip(UINT64 address) {
  auto* const byte = reinterpret_cast<volatile UINT8*>(static_cast<std::uintptr_t>(address));
  *byte = static_cast<UINT8>(*byte ^ 0x55);
}

UINT64 pages(unsigned n) {
  const EFI_HOB_MEMORY_ALLOCATION* const record = allocation(n);
  return record == nullptr ? 0 : record->AllocDescriptor.MemoryBaseAddress;
}
UINT64 hob(UINT16 type) { return reinterpret_cast<std::uintptr_t>(hob_of(type, 0)); }

// Of the first allocation, from its base.
template <UINT64 Offset>
UINT64 in_pages() {
  return pages(0) + Offset;
}
// Of the second record: after the migration the first is the stack's.
template <UINT64 Offset>
UINT64 in_later_pages() {
  return pages(1) + Offset;
}
template <UINT64 Offset>
UINT64 in_pool() {
  return hob(EFI_HOB_TYPE_MEMORY_POOL) + Offset;
}
template <UINT64 Offset>
UINT64 in_guid_hob() {
  return hob(EFI_HOB_TYPE_GUID_EXTENSION) + Offset;
}
UINT64 in_end_hob() { return phit().EfiEndOfHobList + 4; }
template <UINT64 Address>
UINT64 at() {
  return Address;
}

template <UINT64 (*Where)()>
EFI_STATUS EFIAPI get_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  flip(Where());
  return (*services())->GetBootMode(services(), mode);
}

HOBNAIL_UNCHECKED VOID EFIAPI copy_one_more(VOID* destination, VOID* source, UINTN length) {
  (*services())->CopyMem(destination, source, length);
  flip(reinterpret_cast<std::uintptr_t>(destination) + length);
}
HOBNAIL_UNCHECKED VOID EFIAPI copy_one_below(VOID* destination, VOID* source, UINTN length) {
  (*services())->CopyMem(destination, source, length);
  flip(reinterpret_cast<std::uintptr_t>(destination) - 1);
}
HOBNAIL_UNCHECKED VOID EFIAPI set_one_more(VOID* buffer, UINTN size, UINT8 value) {
  (*services())->SetMem(buffer, size, value);
  flip(reinterpret_cast<std::uintptr_t>(buffer) + size);
}
EFI_STATUS EFIAPI free_and_clear(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS memory,
                                 UINTN pages) {
  const EFI_STATUS status = (*services())->FreePages(services(), memory, pages);
  if (status == EFI_SUCCESS) flip(memory);
  return status;
}

template <UINT64 (*Where)()>
constexpr wrapped::Changes writes() {
  return {[](Table& table) { table.GetBootMode = get_boot_mode<Where>; }, nullptr, nullptr};
}
template <auto Entry, auto Replacement>
constexpr wrapped::Changes service() {
  return {wrapped::replace<Entry, Replacement>, nullptr, nullptr};
}

constexpr std::string_view kPages =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 5\nGetBootMode\n";
constexpr std::string_view kPool = "boot v1\nboard heap-low\nb0 = AllocatePool 5\nGetBootMode\n";
constexpr std::string_view kGuid =
    "boot v1\nboard heap-low\nh0 = CreateHob GuidExtension 40\nGetBootMode\n";
constexpr std::string_view kNothing = "boot v1\nboard heap-low\nGetBootMode\n";
constexpr std::string_view kWindow =
    "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\n"
    "p0 = AllocatePages BootServicesData 3\nGetBootMode\n";
constexpr std::string_view kHalf =
    "boot v1\nboard heap-low\nInstallPeiMemory dram0 0x80000\nGetBootMode\n";
constexpr std::string_view kMigrated =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
    "InstallPeiMemory dram0 whole\nReturnToDispatcher\nGetBootMode\n";
constexpr std::string_view kLarge =
    "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
    "p0 = AllocatePages BootServicesData 128\nGetBootMode\n";
constexpr std::string_view kRest =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 5\nFreePages p0+3 2\n"
    "GetBootMode\n";
constexpr std::string_view kCopy =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
    "p1 = AllocatePages BootServicesData 2\nCopyMem p1+100 p0 64\n";
constexpr std::string_view kCopyToTheEnd =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
    "p1 = AllocatePages BootServicesData 1\nCopyMem p1+4032 p0 64\n";
constexpr std::string_view kCopyToTheStart =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
    "p1 = AllocatePages BootServicesData 1\nCopyMem p1 p0 64\n";
constexpr std::string_view kSet =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\nSetMem p0+0x1100 0x77 9\n";
constexpr std::string_view kFree =
    "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\nFreePages p0 3\n";

constexpr std::array kFaults{
    WritingFault{"TheFirstByteOfPages", "CONTENTS", kPages, writes<in_pages<0>>()},
    WritingFault{"TheLastByteOfPages", "CONTENTS", kPages, writes<in_pages<0x4fff>>()},
    WritingFault{"TheMiddleOfPages", "CONTENTS", kPages, writes<in_pages<0x2777>>()},
    WritingFault{"TheMiddleOfManyPages", "CONTENTS", kLarge, writes<in_later_pages<0x5b123>>()},
    WritingFault{"WhatIsLeftOfPages", "CONTENTS", kRest, writes<at<0x10005fff>>()},
    WritingFault{"APool", "CONTENTS HOB-APPEND", kPool, writes<in_pool<8>>()},
    WritingFault{"ThePaddingOfAPool", "HOB-APPEND", kPool, writes<in_pool<15>>()},
    WritingFault{"TheHeaderOfAHob", "HOB-APPEND HOB-CHAIN", kGuid, writes<in_guid_hob<5>>()},
    WritingFault{"TheDataOfAHob", "CONTENTS HOB-APPEND", kGuid, writes<in_guid_hob<39>>()},
    WritingFault{"TheEndOfTheList", "HOB-APPEND HOB-CHAIN", kGuid, writes<in_end_hob>()},
    WritingFault{"TheFramesOfThePeim", "STACK-UNTOUCHED", kNothing, writes<at<0x10009abc>>()},
    WritingFault{"SecsData", "SEC-DATA", "boot v1\nboard hole-heap-low\nGetBootMode\n",
                 writes<at<0x18000123>>()},
    WritingFault{"MemoryBeforeItIsInstalled", "WILD-ACCESS", kNothing, writes<at<0x40105000>>()},
    WritingFault{"OtherMemory", "WILD-ACCESS", kMigrated, writes<at<0x41000010>>()},
    WritingFault{"MemoryAboveWhatWasInstalled", "WILD-ACCESS", kHalf, writes<at<0x40180000>>()},
    WritingFault{"BelowTemporaryRam", "WILD-ACCESS", kNothing, writes<at<0xfffffff>>()},
    WritingFault{"AboveTemporaryRam", "WILD-ACCESS", kNothing, writes<at<0x10010000>>()},
    WritingFault{"TemporaryRamThatIsGone", "MIGRATION-TEMPORARY", kMigrated,
                 writes<at<0x10007000>>()},
    WritingFault{"PagesInTheWindow", "CONTENTS", kWindow, writes<in_pages<0x1001>>()},
    WritingFault{"PagesThatHaveMigrated", "CONTENTS", kMigrated, writes<in_pages<0x1001>>()},
    WritingFault{"OneByteAfterACopy", "COPY-MEM", kCopy, service<&Table::CopyMem, copy_one_more>()},
    WritingFault{"OneByteBeforeACopy", "COPY-MEM", kCopy,
                 service<&Table::CopyMem, copy_one_below>()},
    WritingFault{"PagesBehindACopy", "COPY-MEM CONTENTS", kCopyToTheEnd,
                 service<&Table::CopyMem, copy_one_more>()},
    WritingFault{"TheGapBelowACopy", "COPY-MEM", kCopyToTheStart,
                 service<&Table::CopyMem, copy_one_below>()},
    WritingFault{"OneByteAfterASetMem", "SET-MEM", kSet, service<&Table::SetMem, set_one_more>()},
    WritingFault{"PagesThatAreFreed", "CONTENTS", kFree,
                 service<&Table::FreePages, free_and_clear>()},
};

}  // namespace

std::span<const WritingFault> writing_faults() { return kFaults; }

}  // namespace pei::oracle
