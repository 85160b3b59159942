// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the list out of the board's memory, within its bounds.
#include "properties/oracle/model/list_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/pi/memory_type_information.h"
#include "properties/oracle/board/same_bytes.h"

namespace pei::oracle {
namespace {

void decode_own_hobs(const Model& model, Sight& sight, std::uint32_t first) {
  for (std::uint32_t i = first; i < sight.view.hobs.size(); ++i) {
    const Hob& hob = sight.view.hobs[i];
    if (hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION)) continue;
    if (hob.type == EFI_HOB_TYPE_UNUSED) ++sight.unused_slots;
    if (hob.type != EFI_HOB_TYPE_MEMORY_ALLOCATION || model.made_by_peim(hob.offset)) continue;
    const MemoryHob memory = sight.view.memory(i);
    sight.own.push_back({{memory.base, memory.length},
                         memory.type,
                         i,
                         same_guid(memory.name, EFI_HOB_MEMORY_ALLOC_STACK_GUID)});
  }
}

// Bins are the memory that a resource HOB names by the GUID of MemoryTypeInformation (reference
// pei-semantics.md 2.12); whoever made it, pages may come from there, and be nowhere else
// described.
void find_bins(const Board& board, const Model& model, Sight& sight) {
  sight.bins = {};
  if (model.phase != Phase::Permanent) return;
  for (const Hob& hob : sight.view.hobs) {
    if (hob.type != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    if (hob.length != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR)) continue;
    const auto resource = sight.view.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
    if (!same_guid(resource.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID)) continue;
    const Region named{resource.PhysicalStart, resource.ResourceLength};
    // A PEIM may name anything; bins can only be whole pages of memory that there is.
    const bool whole_pages = named.base % EFI_PAGE_SIZE == 0 && named.size % EFI_PAGE_SIZE == 0;
    if (whole_pages && board.readable(named.base, named.size)) sight.bins = named;
  }
}

}  // namespace

void Sight::copy_from(const Sight& other) {
  base = other.base;
  bytes = other.bytes;
  view = other.view;
  view.bytes = bytes;
  phit = other.phit;
  own = other.own;
  unused_slots = other.unused_slots;
  bins = other.bins;
  by_address = other.by_address;
  own_judged = other.own_judged;
  hobs_judged = other.hobs_judged;
}

std::uint64_t Sight::gap() const {
  return phit.EfiFreeMemoryTop < phit.EfiFreeMemoryBottom
             ? 0
             : phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom;
}

namespace {

Verdict no_list(const Sight& sight) {
  return Violation{rule::kHobChain,
                   fmt::format("at {:#x} (PHIT + {:#x}): {}", sight.base + sight.view.error_offset,
                               sight.view.error_offset, sight.view.error),
                   true};
}

}  // namespace

bool look_at_growth(const Board& board, const Model& model, const Sight& before, Sight& sight,
                    Verdict& verdict) {
  constexpr std::size_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
  constexpr std::size_t kPhit = sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
  const std::size_t end = before.view.hobs.back().offset;
  const Region region = board.region_of(before.base);
  const auto room = static_cast<std::size_t>(region.end() - before.base);
  const std::uint8_t* const from = board.at(before.base);
  if (room < before.bytes.size() || end < kPhit) return false;
  if (!same_bytes(from, before.bytes.data(), kHeader) ||
      !same_bytes(from + kPhit, before.bytes.data() + kPhit, end - kPhit)) {
    return false;
  }
  sight.copy_from(before);
  const auto first = static_cast<std::uint32_t>(sight.view.hobs.size() - 1);
  walk_on({from, room}, sight.view);
  if (!sight.view.ok()) {
    verdict = no_list(sight);
    return true;
  }
  const Hob& last = sight.view.hobs.back();
  sight.bytes.resize(last.offset + std::size_t{last.length});
  std::memcpy(sight.bytes.data(), from, kPhit);
  std::memcpy(sight.bytes.data() + end, from + end, sight.bytes.size() - end);
  sight.view.bytes = sight.bytes;
  sight.phit = sight.view.phit();
  decode_own_hobs(model, sight, first);
  const auto resource = [](const Hob& hob) { return hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR; };
  if (std::any_of(sight.view.hobs.begin() + static_cast<std::ptrdiff_t>(first),
                  sight.view.hobs.end(), resource)) {
    find_bins(board, model, sight);
  }
  verdict = check_records(sight, before.own.size());
  return true;
}

Verdict look(const Board& board, const Model& model, std::uint64_t base, Sight& sight) {
  if (base % 8 != 0 || !board.readable(base, sizeof(EFI_HOB_HANDOFF_INFO_TABLE))) {
    return Violation{rule::kHobListPointer,
                     fmt::format("the HOB list is said to be at {:#x}, which is not an 8-aligned "
                                 "address in the memory of this phase",
                                 base),
                     true};
  }
  const Region region = board.region_of(base);
  sight.base = base;
  walk_hobs({board.at(base), static_cast<std::size_t>(region.end() - base)}, sight.view);
  if (!sight.view.ok()) {
    return no_list(sight);
  }
  const Hob& last = sight.view.hobs.back();
  const std::uint8_t* const from = board.at(base);
  sight.bytes.assign(from, from + last.offset + last.length);
  sight.view.bytes = sight.bytes;
  sight.phit = sight.view.phit();
  sight.own.clear();
  sight.by_address.clear();
  sight.own_judged = 0;
  sight.hobs_judged = 0;
  sight.unused_slots = 0;
  decode_own_hobs(model, sight, 0);
  find_bins(board, model, sight);
  return check_records(sight, 0);
}

bool unchanged(const Board& board, const Sight& sight) {
  return board.readable(sight.base, sight.bytes.size()) &&
         same_bytes(board.at(sight.base), sight.bytes.data(), sight.bytes.size());
}

}  // namespace pei::oracle
