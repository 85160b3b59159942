// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing it down. No reserved byte but is 0, no two HOBs of one kind have the same values.
#include "properties/tests/oracle/hand_made_list.h"

#include <cstring>

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kStackBytes = 0x20000;
constexpr Region kMemory{0x40100000, 0x100000};  // dram0 of the board heap-low
constexpr Region kFar{0x41000000, 0x80000};      // dram1
constexpr std::uint64_t kTop = kMemory.base + kMemory.size;
constexpr Region kP0{kTop - 2 * kPage, 2 * kPage};
constexpr Region kP1{kTop - 3 * kPage, kPage};
constexpr Region kFreed{kTop - 5 * kPage, 2 * kPage};
constexpr EFI_GUID kOwner{0x6f3a1b2c, 0x4d5e, 0x4f60, {0x91, 0xa2, 0xb3, 0xc4, 0xd5, 0xe6, 7, 8}};
constexpr EFI_GUID kOther{0x1c2d3e4f, 0x5a6b, 0x4c7d, {0x8e, 0x9f, 0xa0, 0xb1, 0xc2, 0xd3, 1, 2}};

EFI_HOB_MEMORY_ALLOCATION record(const Region& where, std::uint32_t type, const EFI_GUID& name) {
  EFI_HOB_MEMORY_ALLOCATION hob{};
  hob.AllocDescriptor = {name, where.base, where.size, type, {}};
  return hob;
}

EFI_HOB_RESOURCE_DESCRIPTOR resource(const Region& where, const EFI_GUID& owner) {
  EFI_HOB_RESOURCE_DESCRIPTOR hob{};
  hob.Owner = owner;
  hob.ResourceType = EFI_RESOURCE_SYSTEM_MEMORY;
  hob.ResourceAttribute = EFI_RESOURCE_ATTRIBUTE_PRESENT | EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                          EFI_RESOURCE_ATTRIBUTE_TESTED | EFI_RESOURCE_ATTRIBUTE_UNCACHEABLE;
  hob.PhysicalStart = where.base;
  hob.ResourceLength = where.size;
  return hob;
}

}  // namespace

template <typename T>
void HandMadeList::append(std::string_view kind, std::uint16_t type, T hob, bool by_peim,
                          std::size_t more) {
  const auto offset = static_cast<std::uint32_t>(made_.size());
  const auto length = static_cast<std::uint16_t>(sizeof hob + more);
  const EFI_HOB_GENERIC_HEADER header{type, length, 0};
  std::memcpy(&hob, &header, sizeof header);
  made_.resize(made_.size() + length);
  std::memcpy(made_.data() + offset, &hob, sizeof hob);
  for (std::size_t i = 0; i < more; ++i) {
    made_[offset + sizeof hob + i] = static_cast<std::uint8_t>(0xa1 + i);
  }
  hobs_.push_back({kind, offset, length});
  if (by_peim) model_.peim_hobs.push_back(offset);
}

void HandMadeList::append_all() {
  constexpr bool kOfCore = false;
  append("PHIT", EFI_HOB_TYPE_HANDOFF, EFI_HOB_HANDOFF_INFO_TABLE{}, kOfCore);
  append("pages", EFI_HOB_TYPE_MEMORY_ALLOCATION, record(kP0, EfiBootServicesData, {}), kOfCore);
  append("stack", EFI_HOB_TYPE_MEMORY_ALLOCATION,
         record({kMemory.base, kStackBytes}, EfiBootServicesData, EFI_HOB_MEMORY_ALLOC_STACK_GUID),
         kOfCore);
  append("freed", EFI_HOB_TYPE_MEMORY_ALLOCATION, record(kFreed, EfiConventionalMemory, {}),
         kOfCore);
  append("runtime pages", EFI_HOB_TYPE_MEMORY_ALLOCATION, record(kP1, EfiRuntimeServicesData, {}),
         kOfCore);
  EFI_HOB_MEMORY_ALLOCATION_MODULE module{};
  module.MemoryAllocationHeader = {
      EFI_HOB_MEMORY_ALLOC_MODULE_GUID, kFar.base, 4 * kPage, EfiBootServicesCode, {}};
  module.ModuleName = kOther;
  module.EntryPoint = kFar.base + 0x240;
  append("module", EFI_HOB_TYPE_MEMORY_ALLOCATION, module, kOfCore);
  append("PEIM's claim", EFI_HOB_TYPE_MEMORY_ALLOCATION,
         record({kFar.base + 8 * kPage, 2 * kPage}, EfiACPIMemoryNVS, kOwner));
  append("resource", EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, resource(kMemory, kOwner));
  append("far resource", EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, resource(kFar, kOther));
  append("GUID extension", EFI_HOB_TYPE_GUID_EXTENSION, EFI_HOB_GUID_TYPE{{}, kOwner}, true, 16);
  append("FV", EFI_HOB_TYPE_FV, EFI_HOB_FIRMWARE_VOLUME{{}, 0xffe00000, 0x40000});
  append("FV2", EFI_HOB_TYPE_FV2,
         EFI_HOB_FIRMWARE_VOLUME2{{}, 0xffe40000, 0x20000, kOwner, kOther});
  EFI_HOB_FIRMWARE_VOLUME3 fv3{};
  fv3.BaseAddress = 0xffe60000;
  fv3.Length = 0x10000;
  fv3.AuthenticationStatus = 3;
  fv3.ExtractedFv = 1;
  fv3.FvName = kOther;
  fv3.FileName = kOwner;
  append("FV3", EFI_HOB_TYPE_FV3, fv3);
  EFI_HOB_CPU cpu{};
  cpu.SizeOfMemorySpace = 39;
  cpu.SizeOfIoSpace = 16;
  append("CPU", EFI_HOB_TYPE_CPU, cpu);
  append("pool", EFI_HOB_TYPE_MEMORY_POOL, EFI_HOB_MEMORY_POOL{}, kOfCore, 24);
  append("capsule", EFI_HOB_TYPE_UEFI_CAPSULE, EFI_HOB_UEFI_CAPSULE{{}, kFar.base, 0x3000});
  append("UNUSED", EFI_HOB_TYPE_UNUSED, record(kP1, EfiBootServicesCode, {}), kOfCore);
  append("END", EFI_HOB_TYPE_END_OF_HOB_LIST, EFI_HOB_GENERIC_HEADER{}, kOfCore);
}

HandMadeList::HandMadeList() : board_(Board::of(0)) {
  append_all();
  EFI_HOB_HANDOFF_INFO_TABLE phit{};
  std::memcpy(&phit, made_.data(), sizeof phit);
  phit.Version = EFI_HOB_HANDOFF_TABLE_VERSION;
  phit.BootMode = 0x12;
  phit.EfiMemoryTop = kMemory.end();
  phit.EfiMemoryBottom = kMemory.base;
  phit.EfiFreeMemoryTop = kFreed.base;
  phit.EfiFreeMemoryBottom = base() + made_.size();
  phit.EfiEndOfHobList = phit.EfiFreeMemoryBottom - sizeof(EFI_HOB_GENERIC_HEADER);
  std::memcpy(made_.data(), &phit, sizeof phit);
  model_.phase = Phase::Permanent;
  model_.installed = kMemory;
  model_.migrated = true;
  model_.boot_mode = phit.BootMode;
  model_.live.push_back({Result::Pages, 0, kP0, EfiBootServicesData, {}});
  model_.live.push_back({Result::Pages, 1, kP1, EfiRuntimeServicesData, {}});
  model_.freed.push_back(kFreed);
}

std::uint64_t HandMadeList::base() const { return kMemory.base + kStackBytes; }

std::uint8_t* HandMadeList::bytes() const { return board_.at(base()); }

void HandMadeList::make_anew() {
  board_.reset(1);
  board_.kill_temporary_ram();
  std::memcpy(bytes(), made_.data(), made_.size());
  board_.note_dirty({base(), made_.size()});
}

}  // namespace hobnail::oracle
