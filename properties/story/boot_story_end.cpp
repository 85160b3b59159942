// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The end of the story: PEI is over, DXE takes the HOB list over, and hands the machine to the
// operating system. Nothing is freed on the way; memory changes hands by its type.
#include <cstring>
#include <vector>

#include "properties/story/boot_story.h"

namespace pei::story {
namespace {

using hobnail::oracle::DxeConsumer;
using hobnail::oracle::MapEntry;

// The memory type of an address in DXE's map, or -1.
int type_in(const std::vector<MapEntry>& map, UINT64 address) {
  for (const MapEntry& entry : map) {
    const bool here = address - entry.base < entry.pages * EFI_PAGE_SIZE;
    if (here) return static_cast<int>(entry.type);
  }
  return -1;
}

// DXE needs two facts that no PEIM here has recorded: the width of addresses, and that the memory
// which PEI received is tested memory, from where to where. A real platform records both as it
// installs memory; each is a HOB.
void the_platform_completes_the_list(const Boot& boot) {
  chapter("11. Before the hand-off: what DXE cannot do without");
  VOID* hob = nullptr;
  must(boot.pei().CreateHob(boot.services, EFI_HOB_TYPE_CPU, sizeof(EFI_HOB_CPU), &hob) ==
           EFI_SUCCESS,
       "a CPU HOB fits");
  auto* const cpu = static_cast<EFI_HOB_CPU*>(hob);
  *cpu = {cpu->Header, 48, 16, {}};

  const Region dram = boot.board.profile().dram[0];
  must(boot.pei().CreateHob(boot.services, EFI_HOB_TYPE_RESOURCE_DESCRIPTOR,
                            sizeof(EFI_HOB_RESOURCE_DESCRIPTOR), &hob) == EFI_SUCCESS,
       "a resource HOB fits");
  auto* const memory = static_cast<EFI_HOB_RESOURCE_DESCRIPTOR*>(hob);
  *memory = {memory->Header,
             {},
             EFI_RESOURCE_SYSTEM_MEMORY,
             EFI_RESOURCE_ATTRIBUTE_PRESENT | EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                 EFI_RESOURCE_ATTRIBUTE_TESTED,
             dram.base,
             dram.size};
  print("{} is tested system memory", dram);
}

// DXE copies the list first, because it stands in memory that no HOB claims: the next moment it may
// be overwritten. That is how pools are freed. They were HOBs, and go when the list goes.
void dxe_takes_the_list_over(const Boot& boot, DxeConsumer& dxe) {
  chapter("12. DXE takes the list over");
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = boot.phit();
  const UINT64 list = address_of(&phit);
  const auto bytes = static_cast<std::size_t>(phit.EfiFreeMemoryBottom - list);
  const std::vector<std::uint8_t> copy(Board::pointer(list), Board::pointer(list) + bytes);
  must(dxe.take_over(copy, boot.target.runtime_page_granularity).empty(), "the list is in order");
  std::memset(Board::pointer(list), 0, bytes);

  const std::vector<MapEntry> map = dxe.get_memory_map().entries;
  for (const MapEntry& entry : map) {
    print("{:#x}  {:>4} pages of memory type {}", entry.base, entry.pages, entry.type);
  }
  must(type_in(map, address_of(boot.pool)) == EfiConventionalMemory,
       "the page that the pool is on is free");
  must(type_in(map, boot.runtime) == EfiRuntimeServicesData, "the runtime page is what it was");
}

// An operating system's loader asks for the machine, with the key of the memory map that it has
// read: had the map changed since, the key would be another, and it would have to read again.
// Then boot services are gone, and with them all memory of their types.
void the_operating_system_takes_it(const Boot& boot, DxeConsumer& dxe) {
  chapter("13. ExitBootServices: the machine is the operating system's");
  const hobnail::oracle::MemoryMap map = dxe.get_memory_map();
  must(dxe.exit_boot_services(map.key + 1) == EFI_INVALID_PARAMETER, "a stale key is refused");
  must(dxe.exit_boot_services(map.key) == EFI_SUCCESS, "the key of this map is taken");
  if (boot.target.leave != nullptr) boot.target.leave();

  UINT64 taken = 0;
  for (const MapEntry& entry : map.entries) {
    const bool loader = entry.type == EfiLoaderCode || entry.type == EfiLoaderData;
    const bool boot_services =
        entry.type == EfiBootServicesCode || entry.type == EfiBootServicesData;
    if (!loader && !boot_services && entry.type != EfiConventionalMemory) continue;
    std::memset(Board::pointer(entry.base), 0xee,
                static_cast<std::size_t>(entry.pages) * EFI_PAGE_SIZE);
    taken += entry.pages;
  }
  must(std::strcmp(reinterpret_cast<const char*>(Board::pointer(boot.runtime)),
                   "the time of day") == 0,
       "what runtime services keep is untouched");
  print("it writes over {} pages; the page at {:#x} still says: the time of day", taken,
        boot.runtime);
}

}  // namespace

void run_the_end(Boot& boot, DxeConsumer& dxe) {
  the_platform_completes_the_list(boot);
  dxe_takes_the_list_over(boot, dxe);
  the_operating_system_takes_it(boot, dxe);
}

}  // namespace pei::story
