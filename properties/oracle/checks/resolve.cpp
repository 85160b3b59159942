// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Relations to live state, measured at the moment of the call.
#include "properties/oracle/checks/resolve.h"

#include <algorithm>

namespace hobnail::oracle {
namespace {

// PcdPeiCoreMaxPeiStackSize, docs/pei-semantics.md 3.2
constexpr std::uint64_t kNewStackMax = 0x20000;

// An allocation that may be gone by now, or the failed call that never gave one.
Region named(const Model& model, Result kind, std::uint64_t index) {
  const Handles& handles = model.handles_of(kind);
  return index < handles.size() ? handles[static_cast<std::size_t>(index)] : Region{};
}

Region live(const Model& model, Result kind, std::uint64_t index) {
  const Allocation* const found = model.newest(kind, index);
  return found == nullptr ? Region{} : found->where;
}

Region freed(const Model& model, std::uint64_t index) {
  if (model.freed.empty()) return {};
  const std::size_t count = model.freed.size();
  return model.freed[count - 1 - static_cast<std::size_t>(index % count)];
}

Region current_stack(const BootState& now) {
  if (!now.model.migrated) return now.board.profile().stack;
  for (const OwnHob& hob : now.snapshot.own) {
    if (hob.stack) return hob.where;
  }
  return {};
}

Region up_to_memory_top(const BootState& now, std::uint64_t from) {
  const std::uint64_t top = now.snapshot.phit.EfiMemoryTop;
  return {from, from < top ? top - from : 0};
}

Region anchored(const BootState& now, const Place& place) {
  const Model& model = now.model;
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  switch (place.anchor) {
    case Anchor::Absolute:
      return {};
    case Anchor::LivePages:
      return live(model, Result::Pages, place.index);
    case Anchor::LivePool:
      return live(model, Result::Pool, place.index);
    case Anchor::LiveHob:
      return live(model, Result::Hob, place.index);
    case Anchor::FreedPages:
      return freed(model, place.index);
    case Anchor::NamedPages:
      return named(model, Result::Pages, place.index);
    case Anchor::NamedPool:
      return named(model, Result::Pool, place.index);
    case Anchor::NamedHob:
      return named(model, Result::Hob, place.index);
    case Anchor::Dram:
      return now.board.profile().dram[place.index % now.board.profile().dram.size()];
    case Anchor::TemporaryRam:
      return now.board.profile().temporary_ram;
    case Anchor::Stack:
      return current_stack(now);
    case Anchor::HobList:
      return now.snapshot.list();
    case Anchor::FreeBottom:
      return {phit.EfiFreeMemoryBottom, now.snapshot.gap()};
    case Anchor::FreeTop:
      return up_to_memory_top(now, phit.EfiFreeMemoryTop);
    case Anchor::MemoryTop:
      return {phit.EfiMemoryTop, 0};
    case Anchor::NameOfPages:
      return name_of_pages(now, place.index);
  }
  return {};
}

// The longest run of adjacent free HOBs, in bytes.
std::uint64_t largest_free(const BootState& now) {
  std::vector<Region> free;
  for (const OwnHob& hob : now.snapshot.own) {
    if (hob.free()) free.push_back(hob.where);
  }
  std::sort(free.begin(), free.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  std::uint64_t best = 0;
  std::uint64_t run = 0;
  std::uint64_t end = 0;
  for (const Region& range : free) {
    run = range.base == end ? run + range.size : range.size;
    end = range.end();
    best = std::max(best, run);
  }
  return best;
}

std::uint64_t in_unit(std::uint64_t bytes, Unit unit) {
  return unit == Unit::Pages ? bytes / kPage : bytes;
}

// The gap that the request is served from: pages have their own in the window.
std::uint64_t request_gap(const BootState& now, Unit unit) {
  return unit == Unit::Pages ? page_gap(now).size : now.snapshot.gap();
}

// The larger part of a region that another cuts in two.
Region larger_beside(const Region& whole, const Region& part) {
  const auto [below, above] = beside(whole, part);
  return above.size > below.size ? above : below;
}

}  // namespace

ResolvedAddress resolve_place(const BootState& now, const Place& place) {
  const Region anchor = anchored(now, place);
  const std::uint64_t offset = place.in_pages ? place.offset * kPage : place.offset;
  return {anchor.base + offset, offset < anchor.size ? anchor.size - offset : 0};
}

Region name_of_pages(const BootState& now, std::uint64_t handle) {
  const Region pages = named(now.model, Result::Pages, handle);
  if (pages.size == 0 || now.model.owner(pages.base) == nullptr) return {};
  for (const OwnHob& hob : now.snapshot.own) {
    if (hob.free() || hob.stack || !hob.where.contains(pages.base)) continue;
    const std::uint64_t record = now.snapshot.base + now.snapshot.view.hobs[hob.index].offset;
    return {record + sizeof(EFI_HOB_GENERIC_HEADER), sizeof(EFI_GUID)};
  }
  return {};
}

Region page_gap(const BootState& now) {
  if (now.model.phase != Phase::Window) {
    return {now.snapshot.phit.EfiFreeMemoryBottom, now.snapshot.gap()};
  }
  const Region& installed = now.model.installed;
  std::uint64_t top = installed.end();
  const OwnHob* stack = nullptr;  // the new one, where the core describes it already
  for (const OwnHob& hob : now.snapshot.own) {
    if (!installed.contains(hob.where.base)) continue;
    if (hob.stack) {
      stack = &hob;
    } else {
      top = std::min(top, hob.where.base);
    }
  }
  const Region gap{installed.base, top - installed.base};
  return stack == nullptr || !gap.contains(stack->where.base) ? gap
                                                              : larger_beside(gap, stack->where);
}

std::uint64_t temporary_page_bytes(const BootState& now) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  return phit.EfiMemoryTop > phit.EfiFreeMemoryTop ? phit.EfiMemoryTop - phit.EfiFreeMemoryTop : 0;
}

std::uint64_t needed_memory(const BootState& now) {
  const BoardProfile& profile = now.board.profile();
  std::uint64_t below =
      profile.hole_bytes() + 8 + now.snapshot.bytes.size() + sizeof(EFI_HOB_MEMORY_ALLOCATION);
  if (profile.has(kPlatformMoves)) {
    // All of temporary RAM is put there first, what is free of it too; the stack's part of it lies
    // in the new stack.
    below = std::max(below, profile.temporary_ram.size - profile.stack.size);
  }
  const std::uint64_t rest = page_up(below) + page_up(temporary_page_bytes(now)) + kPage;
  // The new stack takes half of the memory, up to a limit, and must not be smaller than the old
  // one.
  const std::uint64_t with_half = std::max(2 * rest, 2 * profile.stack.size);
  return page_up(with_half < 2 * kNewStackMax ? with_half
                                              : std::max(kNewStackMax + rest, 2 * kNewStackMax));
}

std::uint64_t resolve_quantity(const BootState& now, const Quantity& quantity,
                               const QuantityContext& context) {
  switch (quantity.measure) {
    case Measure::Literal:
      return quantity.value;
    case Measure::Gap:
      return in_unit(request_gap(now, context.unit), context.unit) + quantity.value;
    case Measure::Leave:
      if (context.unit == Unit::Pages) return page_gap(now).size / kPage - quantity.value;
      return now.snapshot.gap() - context.header - quantity.value;
    case Measure::Rest:
      return (now.snapshot.gap() - context.header - quantity.value) % kPage;
    case Measure::Whole:
      return in_unit(context.rest, context.unit) + quantity.value;
    case Measure::LargestFree:
      return in_unit(largest_free(now), context.unit) + quantity.value;
    case Measure::Needed:
      return in_unit(needed_memory(now), context.unit) + quantity.value;
  }
  return 0;
}

}  // namespace hobnail::oracle
