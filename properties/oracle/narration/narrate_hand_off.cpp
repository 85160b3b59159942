// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The story of the hand-off to DXE and to the operating system.
#include "properties/oracle/narration/narrate_hand_off.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kRowsAtMost = 24;
constexpr std::size_t kFoundAtMost = 6;

void add(std::string& text, const std::string& part) {
  if (!text.empty()) text += ", ";
  text += part;
}

// The handles of live pages for which `wanted` holds: p0, p3.
template <typename Wanted>
std::string handles(const Model& model, const Wanted& wanted) {
  std::vector<std::uint32_t> found;
  for (const Allocation& block : model.live) {
    if (block.kind == Result::Pages && wanted(block)) found.push_back(block.handle);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());  // pieces of one
  std::string text;
  for (std::size_t i = 0; i < found.size() && i < kFoundAtMost; ++i) {
    add(text, fmt::format("p{}", found[i]));
  }
  if (found.size() > kFoundAtMost) text += fmt::format(" and {} more", found.size() - kFoundAtMost);
  return text;
}

std::string holders(const Model& model, const Region& where) {
  return handles(model, [&](const Allocation& block) { return block.where.overlaps(where); });
}

std::string who_has(const Boot& boot, const MapRange& range) {
  if (std::string pages = holders(boot.model, range.where); !pages.empty()) return pages;
  for (const MemoryClaim& claim : boot.dxe.claims) {
    if (!(claim.where == range.where)) continue;
    if (claim.stack) return "PEI's stack";
    return claim.by_peim ? "in a PEIM's HOB" : "PEI core";
  }
  return {};
}

// What was in memory that is free now.
std::string what_was(const Boot& boot, const Region& where) {
  std::string text;
  const Region gap{boot.snapshot.phit.EfiFreeMemoryBottom, boot.snapshot.gap()};
  if (where.overlaps(boot.snapshot.list())) add(text, "PEI's old HOB list and its pools");
  if (gap.size != 0 && where.overlaps(gap)) add(text, "PEI's gap");
  const auto freed = [&](const MemoryClaim& claim) {
    return claim.type == EfiConventionalMemory && claim.where.overlaps(where);
  };
  if (std::any_of(boot.dxe.claims.begin(), boot.dxe.claims.end(), freed)) {
    add(text, "freed pages");
  }
  if (boot.snapshot.bins.size != 0 && where.overlaps(boot.snapshot.bins))
    add(text, "free in a bin");
  return text.empty() ? "not used by PEI" : text;
}

void row(Boot& boot, std::string text) {
  boot.outcome.trace.back().story.push_back("  | " + std::move(text));
}

std::string range_row(const Region& where, std::uint32_t type, std::string_view who) {
  std::string text = fmt::format("{:#x}  {:>6} pages  {:<22}  {}", where.base, where.size / kPage,
                                 efi_memory_type(type), who);
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// Why memory of this type is not the operating system's.
std::string_view why_it_stays(std::uint32_t type) {
  switch (type) {
    case EfiRuntimeServicesCode:
    case EfiRuntimeServicesData:
    case EfiPalCode:
      return "used by runtime services; the OS maps it for them";
    case EfiACPIMemoryNVS:
      return "used by ACPI, also in sleep states";
    case EfiReservedMemoryType:
      return "used by firmware only";
    default:
      return "not usable as memory";
  }
}

struct Sum {
  std::uint64_t pages = 0;
  std::string types;  // EfiConventionalMemory 12, EfiBootServicesData 3
};

Sum sum_of(const std::vector<MapEntry>& entries, bool (*wanted)(std::uint32_t)) {
  std::array<std::uint64_t, EfiUnacceptedMemoryType + 1> pages{};
  for (const MapEntry& entry : entries) {
    if (entry.type < pages.size() && wanted(entry.type)) pages[entry.type] += entry.pages;
  }
  Sum sum;
  for (std::uint32_t type = 0; type < pages.size(); ++type) {
    if (pages[type] == 0) continue;
    sum.pages += pages[type];
    add(sum.types, fmt::format("{} {}", efi_memory_type(type), pages[type]));
  }
  return sum;
}

std::string holders_of(const Model& model, bool (*wanted)(std::uint32_t)) {
  return handles(model, [&](const Allocation& block) { return wanted(block.type); });
}

}  // namespace

void narrate_flaws(Boot& boot) {
  const std::vector<Flaw>& flaws = boot.dxe.flaws;
  for (std::size_t i = 0; i < flaws.size() && i < kFoundAtMost; ++i) {
    boot.narrate("a PEIM's HOB that DXE has to handle: {}", flaws[i].text);
  }
  if (flaws.size() > kFoundAtMost) boot.narrate("and {} more", flaws.size() - kFoundAtMost);
}

void narrate_list_copied(Boot& boot) {
  const Region list = boot.snapshot.list();
  boot.narrate("DXE copies the list {}; no PEI service is called from here on", list);
  std::string pools;
  std::size_t count = 0;
  for (const Allocation& block : boot.model.live) {
    if (block.kind != Result::Pool) continue;
    if (++count <= 4) add(pools, fmt::format("b{} {:#x}", block.handle, block.where.base));
  }
  if (count == 0) return;
  if (count > 4) pools += fmt::format(" and {} more", count - 4);
  boot.narrate(
      "this frees the memory of AllocatePool: no HOB describes the pages of the old list,");
  boot.narrate("so they become EfiConventionalMemory, together with its pools: {}", pools);
}

void narrate_map(Boot& boot) {
  boot.narrate("the memory map that the list implies:");
  std::size_t rows = 0;
  for (const MapRange& range : boot.map.ranges()) {
    if (++rows > kRowsAtMost) continue;
    const bool free = range.type == EfiConventionalMemory;
    row(boot, range_row(range.where, range.type,
                        free ? what_was(boot, range.where) : who_has(boot, range)));
  }
  if (rows > kRowsAtMost) row(boot, fmt::format("and {} more", rows - kRowsAtMost));
}

void narrate_exit(Boot& boot, const std::vector<MapEntry>& entries) {
  const Sum now = sum_of(entries, is_reusable);
  boot.narrate("the OS may use {} pages: {}", now.pages, now.types);
  if (const std::string lost = holders_of(boot.model, is_reusable); !lost.empty()) {
    boot.narrate("including allocations of boot services and of the loader: {}", lost);
  }
  const Sum later = sum_of(entries, is_reclaimable);
  if (later.pages != 0) {
    const std::string who = holders_of(boot.model, is_reclaimable);
    boot.narrate("and, after it has read the ACPI tables, {}{}{}", later.types,
                 who.empty() ? "" : ": ", who);
  }
  std::size_t rows = 0;
  for (const MapEntry& entry : entries) {
    if (is_reusable(entry.type) || is_reclaimable(entry.type)) continue;
    if (rows++ == 0) boot.narrate("memory that persists with unchanged contents:");
    if (rows > kRowsAtMost) continue;
    const Region where{entry.base, entry.pages * kPage};
    const std::string who = holders(boot.model, where);
    row(boot,
        range_row(where, entry.type,
                  fmt::format("{}{}{}", who, who.empty() ? "" : ", ", why_it_stays(entry.type))));
  }
  if (rows > kRowsAtMost) row(boot, fmt::format("and {} more", rows - kRowsAtMost));
}

}  // namespace hobnail::oracle
