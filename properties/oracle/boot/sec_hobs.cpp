// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SEC's HOBs about the machine.
#include "properties/oracle/boot/sec_hobs.h"

#include <cstring>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kReservedAbove =
    0x100000;  // bytes that the window has above its first page

EFI_HOB_GENERIC_HEADER header(std::uint16_t type, std::size_t bytes) {
  return {type, static_cast<UINT16>(bytes), 0};
}

// The HOB, and after it whatever words there are.
template <typename T>
void append(std::vector<std::uint64_t>& words, const T& hob) {
  static_assert(sizeof hob % 8 == 0);
  const std::size_t at = words.size();
  words.resize(at + sizeof hob / 8);
  std::memcpy(words.data() + at, &hob, sizeof hob);
}

EFI_HOB_RESOURCE_DESCRIPTOR resource_of(const Region& dram) {
  EFI_HOB_RESOURCE_DESCRIPTOR hob{};
  hob.Header = header(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, sizeof hob);
  hob.ResourceType = EFI_RESOURCE_SYSTEM_MEMORY;
  hob.ResourceAttribute = 7;  // present, initialized, tested
  hob.PhysicalStart = dram.base;
  hob.ResourceLength = dram.size;
  return hob;
}

EFI_HOB_MEMORY_ALLOCATION reserved_from(std::uint64_t base) {
  EFI_HOB_MEMORY_ALLOCATION hob{};
  hob.Header = header(EFI_HOB_TYPE_MEMORY_ALLOCATION, sizeof hob);
  hob.AllocDescriptor.MemoryBaseAddress = base;
  hob.AllocDescriptor.MemoryLength = kReservedAbove;
  hob.AllocDescriptor.MemoryType = EfiReservedMemoryType;
  return hob;
}

// A GUID extension HOB that ends in the second page of its data.
void append_long(std::vector<std::uint64_t>& words) {
  constexpr std::size_t kBytes = 0x1808;
  append(words, header(EFI_HOB_TYPE_GUID_EXTENSION, kBytes));
  for (std::uint64_t i = 1; i < kBytes / 8; ++i) words.push_back(i * 0x9e3779b97f4a7c15);
}

}  // namespace

std::vector<std::uint64_t> sec_hobs(const BoardProfile& profile, bool contract) {
  std::vector<std::uint64_t> words;
  EFI_HOB_CPU cpu{};
  cpu.Header = header(EFI_HOB_TYPE_CPU, sizeof cpu);
  cpu.SizeOfMemorySpace = 36;
  cpu.SizeOfIoSpace = 16;
  append(words, cpu);
  constexpr std::size_t kGuidBytes = sizeof(EFI_HOB_GENERIC_HEADER) + 16 + 8;
  append(words, header(EFI_HOB_TYPE_GUID_EXTENSION, kGuidBytes));
  words.insert(words.end(), {0x4c696e626f48ca5e, 0xda7a5ec0b5decade, 0x0123456789abcdef});
  append(words, resource_of(profile.dram[0]));
  // PEI's own heap is not SEC's to claim: within the contract it is memory above temporary RAM.
  append(words, reserved_from(contract ? page_up(profile.temporary_ram.end()) + kReservedAbove
                                       : profile.heap.end() - 0x2000));
  if (profile.has(kLongSecHob)) append_long(words);
  append(words, header(EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof(EFI_HOB_GENERIC_HEADER)));
  return words;
}

}  // namespace hobnail::oracle
