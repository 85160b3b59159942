// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the chapters of the boot story share: printing, checking, and reading a HOB list.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "core/pi/hob.h"
#include "core/pi/pei_services.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/dxe/dxe_consumer.h"

namespace pei::story {

using hobnail::oracle::Board;
using hobnail::oracle::Region;

inline void chapter(std::string_view title) { fmt::print("\n{}\n", title); }

template <typename... Arguments>
void print(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  fmt::print("  {}\n", fmt::format(text, std::forward<Arguments>(arguments)...));
}

// What must hold; if it does not, the sentence is the failed claim.
inline void must(bool holds, const char* sentence) {
  if (holds) return;
  fmt::print(stderr, "boot_story: this does not hold: {}\n", sentence);
  std::exit(1);
}

inline UINT64 address_of(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

// --- how a HOB list is read ---------------------------------------------------------------------

// Every HOB begins with its type and its length; the next one begins where it ends. The list ends
// with a HOB of type END. There is no count and no pointer, so that the list can be moved as it is.
inline const EFI_HOB_GENERIC_HEADER* next(const EFI_HOB_GENERIC_HEADER* hob) {
  const auto* const bytes = reinterpret_cast<const UINT8*>(hob);
  return reinterpret_cast<const EFI_HOB_GENERIC_HEADER*>(bytes + hob->HobLength);
}

inline bool is_end(const EFI_HOB_GENERIC_HEADER* hob) { return hob->HobType == 0xffff; }

// The memory type of the page at `address` in the list, or -1 when no HOB describes it.
inline int type_of_page(const EFI_HOB_HANDOFF_INFO_TABLE& phit, UINT64 address) {
  for (const auto* hob = &phit.Header; !is_end(hob); hob = next(hob)) {
    if (hob->HobType != EFI_HOB_TYPE_MEMORY_ALLOCATION) continue;
    const auto& pages = reinterpret_cast<const EFI_HOB_MEMORY_ALLOCATION*>(hob)->AllocDescriptor;
    const bool here = address - pages.MemoryBaseAddress < pages.MemoryLength;
    if (here) return static_cast<int>(pages.MemoryType);
  }
  return -1;
}

// --- the boot -----------------------------------------------------------------------------------

// What our PEIM holds on to.
struct Boot {
  Board& board;
  const hobnail_target& target;
  const EFI_PEI_SERVICES** services = nullptr;
  char* pool = nullptr;
  UINT64 pages = 0;    // three of them, in temporary RAM
  UINT64 runtime = 0;  // one that runtime services will need

  const EFI_PEI_SERVICES& pei() const { return **services; }
  const EFI_HOB_HANDOFF_INFO_TABLE& phit() const {
    VOID* list = nullptr;
    must(pei().GetHobList(services, &list) == EFI_SUCCESS, "GetHobList always answers");
    return *static_cast<EFI_HOB_HANDOFF_INFO_TABLE*>(list);
  }
};

// Chapters 11 to 13: `dxe` takes the list over, and the operating system takes the machine.
void run_the_end(Boot& boot, hobnail::oracle::DxeConsumer& dxe);

}  // namespace pei::story
