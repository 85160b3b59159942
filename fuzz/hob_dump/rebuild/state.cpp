// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a walked list to a settled state.
#include "fuzz/hob_dump/rebuild/state.h"

#include <utility>

namespace hobnail {
namespace {

using pei::oracle::HobView;
using pei::oracle::is_zero_guid;
using pei::oracle::Region;

constexpr std::uint16_t kPlainBytes = sizeof(pei::EFI_HOB_MEMORY_ALLOCATION);

// The types that AllocatePages serves, and free memory.
bool is_page_type(std::uint32_t type) { return type <= 7 || type == 9 || type == 10; }

// What a 48-byte slot describes when it looks like the work of a page service.
std::optional<SlotMemory> plain_pages(const Slot& slot) {
  if (slot.length != kPlainBytes) return std::nullopt;
  const auto memory = memory_of(slot);
  if (!memory || !is_zero_guid(memory->name) || !is_page_type(memory->type)) return std::nullopt;
  const Region& range = memory->range;
  if (range.size == 0 || range.end() < range.base) return std::nullopt;
  if (range.base % kPageBytes != 0 || range.size % kPageBytes != 0) return std::nullopt;
  return memory;
}

bool is_migrated_stack(const Slot& slot) {
  if (slot.type != pei::EFI_HOB_TYPE_MEMORY_ALLOCATION || slot.length != kPlainBytes) return false;
  const SlotMemory memory = *memory_of(slot);
  return pei::oracle::same_guid(memory.name, pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID) &&
         memory.range.size == kMigratedStackBytes && memory.type == 4;
}

void settle(HobState& state) {
  for (bool again = true; again;) {
    again = false;
    for (Slot& slot : state.slots) {
      if (slot.type != pei::EFI_HOB_TYPE_MEMORY_ALLOCATION) continue;
      const auto memory = plain_pages(slot);
      if (!memory || memory->type != kConventionalMemory) continue;
      if (memory->range.base != state.free_top || memory->range.end() > state.memory.end())
        continue;
      state.free_top = memory->range.end();
      slot.type = pei::EFI_HOB_TYPE_UNUSED;
      again = true;
    }
  }
}

}  // namespace

std::uint64_t HobState::bytes() const {
  std::uint64_t total = sizeof(pei::EFI_HOB_HANDOFF_INFO_TABLE) + 8;
  for (const Slot& slot : slots) total += slot.length;
  return total;
}

HobState state_of(const HobView& view, std::string name) {
  const auto phit = view.phit();
  HobState state;
  state.name = std::move(name);
  state.boot_mode = phit.BootMode;
  state.memory = {phit.EfiMemoryBottom, phit.EfiMemoryTop - phit.EfiMemoryBottom};
  state.free_top = phit.EfiFreeMemoryTop;
  for (std::size_t i = 1; i + 1 < view.hobs.size(); ++i) {
    state.slots.push_back(slot_of(view, i));
    if (!state.stack && is_migrated_stack(state.slots.back())) state.stack = i - 1;
  }
  const std::uint64_t own_address = phit.EfiEndOfHobList - view.hobs.back().offset;
  state.permanent = state.stack && own_address != phit.EfiMemoryBottom;
  settle(state);
  return state;
}

void mark_pages(HobState& state, const std::optional<PermanentMemory>& permanent) {
  state.pages.assign(state.slots.size(), false);
  const Region own{state.free_top, state.memory.end() - state.free_top};
  for (std::size_t i = 0; i < state.slots.size(); ++i) {
    const Slot& slot = state.slots[i];
    const auto memory = plain_pages(slot);
    if (!memory) continue;
    const Region& range = memory->range;
    const bool retired = slot.type == pei::EFI_HOB_TYPE_UNUSED;
    if (retired) {
      state.pages[i] =
          memory->type == kConventionalMemory && state.memory.contains(range.base, range.size);
      continue;
    }
    if (slot.type != pei::EFI_HOB_TYPE_MEMORY_ALLOCATION) continue;
    state.pages[i] = own.contains(range.base, range.size);
    if (!state.permanent && permanent) {
      const Region window{permanent->free_top, permanent->region.end() - permanent->free_top};
      state.pages[i] = state.pages[i] || window.contains(range.base, range.size);
    }
  }
}

}  // namespace hobnail
