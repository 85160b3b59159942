// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/reference_map.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/dxe/memory_types.h"

namespace hobnail::oracle {
namespace {

using Kind = MemoryClaim::Kind;

bool is_resource(Kind kind) { return kind <= Kind::Device; }

bool is_live(const MemoryClaim& claim) {
  return claim.kind == Kind::Allocation && claim.type != EfiConventionalMemory;
}

bool gives_less(const MemoryClaim& one, const MemoryClaim& other) {
  if (one.kind != other.kind) return one.kind > other.kind;
  if (one.of_bins != other.of_bins) return other.of_bins;
  if (one.second != other.second) return one.second;
  return one.offset < other.offset;
}

bool prevails(const MemoryClaim& one, const MemoryClaim& other) {
  if (one.by_peim != other.by_peim) return other.by_peim;
  if (life_of(one.type) != life_of(other.type)) return life_of(one.type) > life_of(other.type);
  return one.offset < other.offset;
}

// The claims that matter to a stretch.
struct Holders {
  const MemoryClaim* resource = nullptr;
  const MemoryClaim* memory = nullptr;  // tested memory, whatever else it is called
  const MemoryClaim* allocation = nullptr;
  const MemoryClaim* bin = nullptr;
};

Holders holders_of(const std::vector<MemoryClaim>& claims, const Region& stretch) {
  Holders found;
  for (const MemoryClaim& each : claims) {
    if (!each.where.contains(stretch.base, stretch.size)) continue;
    if (each.kind == Kind::Bin) found.bin = &each;
    if (is_live(each) && (!found.allocation || prevails(each, *found.allocation))) {
      found.allocation = &each;
    }
    if (!is_resource(each.kind)) continue;
    if (!found.resource || gives_less(each, *found.resource)) found.resource = &each;
    if (each.tested() && (!found.memory || gives_less(each, *found.memory))) found.memory = &each;
  }
  return found;
}

// Whose type and whose attributes the pages have; none when no map shows them.
struct Owners {
  const MemoryClaim* type = nullptr;
  const MemoryClaim* attribute = nullptr;

  friend bool operator==(const Owners&, const Owners&) = default;
};

Owners owners_of(const Holders& holders) {
  const auto& [resource, memory, allocation, bin] = holders;
  if (resource == nullptr) return {};
  if (allocation != nullptr && resource->gives_memory()) return {allocation, resource};
  if (allocation != nullptr && memory != nullptr && life_of(allocation->type) == Life::Stays) {
    return {allocation, memory};
  }
  if (resource->kind == Kind::Device) return {};
  return {bin != nullptr && resource->tested() ? bin : resource, resource};
}

std::uint64_t whole_pages(std::uint64_t from, std::uint64_t to) {
  const std::uint64_t first = from / kPage + (from % kPage != 0 ? 1 : 0);
  const std::uint64_t past = to / kPage;
  return first < past ? (past - first) * kPage : 0;
}

}  // namespace

ReferenceMap::ReferenceMap(std::vector<MemoryClaim> claims) : claims_(std::move(claims)) {
  std::vector<std::uint64_t> edges;
  for (const MemoryClaim& each : claims_) {
    edges.insert(edges.end(), {each.where.base, each.where.end()});
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  Owners last;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const Region stretch{edges[i - 1], edges[i] - edges[i - 1]};
    const Owners owners = owners_of(holders_of(claims_, stretch));
    if (owners.type != nullptr && owners == last) {
      ranges_.back().where.size += stretch.size;
    } else if (owners.type != nullptr) {
      const std::uint64_t runtime = is_runtime(owners.type->type) ? kRuntimeAttribute : 0;
      ranges_.push_back({stretch, owners.type->type, owners.attribute->attribute | runtime});
    }
    last = owners;
  }
  for (const MapRange& range : ranges_) merge(entry_of(range));
}

void ReferenceMap::merge(const MapEntry& entry) {
  if (!entries_.empty()) {
    MapEntry& last = entries_.back();
    const bool alike = last.type == entry.type && last.attribute == entry.attribute;
    if (alike && last.where().end() == entry.base) {
      last.pages += entry.pages;
      return;
    }
  }
  entries_.push_back(entry);
}

const MapRange* ReferenceMap::at(std::uint64_t address) const {
  const auto found = std::upper_bound(
      ranges_.begin(), ranges_.end(), address,
      [](std::uint64_t a, const MapRange& range) { return a < range.where.end(); });
  return found != ranges_.end() && found->where.contains(address) ? &*found : nullptr;
}

std::uint64_t ReferenceMap::longest_free(std::uint64_t from, std::uint64_t to,
                                         const Region& spared) const {
  std::uint64_t longest = 0;
  for (const MapEntry& entry : entries_) {
    if (entry.type != EfiConventionalMemory) continue;
    const std::uint64_t base = std::max(from, entry.base);
    const std::uint64_t end = std::min(to, entry.where().end());
    longest = std::max({longest, whole_pages(base, std::min(end, spared.base)),
                        whole_pages(std::max(base, spared.end()), end)});
  }
  return longest;
}

MapEntry entry_of(const MapRange& range) {
  return {range.type, range.where.base, range.where.size / kPage, range.attribute};
}

bool in_granules(const std::vector<MapEntry>& entries, std::uint64_t granularity) {
  return std::all_of(entries.begin(), entries.end(), [&](const MapEntry& entry) {
    const Region where = entry.where();
    return !is_runtime(entry.type) ||
           (where.base % granularity == 0 && where.size % granularity == 0);
  });
}

}  // namespace hobnail::oracle
