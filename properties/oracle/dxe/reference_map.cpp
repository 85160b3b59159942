// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Who says what of a page, and who wins. Every stretch asks every HOB: no order, no chain.
#include "properties/oracle/dxe/reference_map.h"

#include <algorithm>

namespace pei::oracle {
namespace {

using Kind = PlainSaying::Kind;

constexpr std::uint32_t kConventional = 7;
constexpr std::uint64_t kRuntime = std::uint64_t{1} << 63;

// Types 1 to 4 and 7 are the system's at once, 9 when it has read the tables, others stay.
unsigned life_of(std::uint32_t type) {
  if ((type >= 1 && type <= 4) || type == kConventional) return 0;
  return type == 9 ? 1 : 2;
}

bool is_of_runtime(std::uint32_t type) { return type == 5 || type == 6 || type == 13; }

bool gives_memory(Kind kind) {
  return kind == Kind::Tested || kind == Kind::Persistent || kind == Kind::Unaccepted;
}

bool is_resource(Kind kind) { return kind <= Kind::Device; }

// EFI_RESOURCE_ATTRIBUTE_* -> EFI_MEMORY_*: UC, WC, WT, WB, UCE, NV, MORE_RELIABLE, SP.
std::uint64_t memory_attribute(std::uint64_t resource) {
  constexpr std::uint64_t kPairs[][2] = {
      {0x400, 0x1},    {0x800, 0x2},       {0x1000, 0x4},        {0x2000, 0x8},
      {0x20000, 0x10}, {0x800000, 0x8000}, {0x2000000, 0x10000}, {0x8000000, 0x40000}};
  std::uint64_t memory = 0;
  for (const auto& pair : kPairs) memory |= (resource & pair[0]) != 0 ? pair[1] : 0;
  return memory;
}

// What the map calls memory of a resource that nobody has.
std::uint32_t type_of(Kind kind) {
  switch (kind) {
    case Kind::Tested:
      return kConventional;
    case Kind::Persistent:
      return 14;
    case Kind::Unaccepted:
      return 15;
    default:
      return 0;
  }
}

std::optional<Kind> kind_of_resource(std::uint64_t type, std::uint64_t attribute) {
  switch (type) {
    case 0:
      if ((attribute & 0x800000) != 0) return Kind::Persistent;
      if ((attribute & 7) == 7) return Kind::Tested;
      if ((attribute & 7) == 3 || (attribute & 7) == 1) return Kind::Untested;
      return std::nullopt;
    case 1:
    case 3:
      return Kind::Device;
    case 4:
    case 5:
      return Kind::Reserved;
    case 7:
      return Kind::Unaccepted;
    default:  // I/O, or nothing that PI knows
      return std::nullopt;
  }
}

bool gives_less(const PlainSaying& one, const PlainSaying& other) {
  if (one.kind != other.kind) return one.kind > other.kind;
  if (one.of_bins != other.of_bins) return other.of_bins;
  return one.offset < other.offset;
}

bool lives_longer(const PlainSaying& one, const PlainSaying& other) {
  if (life_of(one.type) != life_of(other.type)) return life_of(one.type) > life_of(other.type);
  return one.offset < other.offset;
}

}  // namespace

PlainMap::PlainMap(const PlainList& list, std::uint64_t granularity)
    : list_(list), limit_(list.pages_of_cpu()) {
  for (const PlainHob& hob : list.hobs()) {
    if (hob.type == 3) say_resource(hob);
    if (hob.type == 2) say_allocation(hob);
  }
  say_bins(granularity);
  decide_all();
}

void PlainMap::say_resource(const PlainHob& hob) {
  const std::uint64_t attribute = list_.number(hob.offset + 28, 4);
  const auto kind = kind_of_resource(list_.number(hob.offset + 24, 4), attribute);
  if (!kind) return;
  PlainSaying saying;
  saying.kind = *kind;
  saying.type = type_of(*kind);
  saying.attribute = memory_attribute(attribute);
  saying.of_bins = is_for_bins(list_, hob);
  saying.offset = hob.offset;
  say(saying, list_.number(hob.offset + 32, 8), list_.number(hob.offset + 40, 8));
}

void PlainMap::say_allocation(const PlainHob& hob) {
  PlainSaying saying;
  saying.kind = Kind::Allocation;
  saying.type = static_cast<std::uint32_t>(list_.number(hob.offset + 40, 4));
  if (saying.type == kConventional) return;  // it was freed
  if (saying.type > 15 && saying.type < 0x70000000) saying.type = 0;
  saying.offset = hob.offset;
  say(saying, list_.number(hob.offset + 24, 8), list_.number(hob.offset + 32, 8));
}

void PlainMap::say(PlainSaying saying, std::uint64_t base, std::uint64_t length) {
  if (length == 0) return;
  const bool wraps = length > ~std::uint64_t{0} - base;  // no address is its end
  const bool inward = gives_memory(saying.kind);
  if (inward && wraps) return;
  const std::uint64_t rest = base % 0x1000;
  saying.first = base / 0x1000 + (inward && rest != 0 ? 1 : 0);
  const std::uint64_t last_byte = base + (length - 1);
  const std::uint64_t past = inward ? (base + length) / 0x1000 : last_byte / 0x1000 + 1;
  saying.past = std::min(wraps ? limit_ : past, limit_);
  if (saying.first < saying.past) sayings_.push_back(saying);
}

void PlainMap::say_bins(std::uint64_t granularity) {
  const std::vector<PlainBin> bins = plain_bins(list_, granularity);
  for (const PlainBin& bin : bins) bin_bytes_ += bin.bytes;
  const PlainHob* home = nullptr;
  std::size_t homes = 0;
  for (const PlainHob& hob : list_.hobs()) {
    if (hob.type != 3 || !is_for_bins(list_, hob)) continue;
    home = &hob;
    ++homes;
  }
  if (bin_bytes_ == 0 || homes != 1 || !is_tested(list_, *home)) return;
  const std::uint64_t base = list_.number(home->offset + 32, 8);
  const std::uint64_t length = list_.number(home->offset + 40, 8);
  if (length > ~std::uint64_t{0} - base || base + length > limit_ * 0x1000) return;
  std::uint64_t top = (base + length) / granularity * granularity;
  if (top < base || top - base < bin_bytes_) return;
  for (const PlainBin& bin : bins) {
    top -= bin.bytes;
    if (bin.bytes == 0 || life_of(bin.type) == 0) continue;
    PlainSaying saying;
    saying.kind = Kind::Bin;
    saying.type = bin.type;
    saying.first = top / 0x1000;
    saying.past = (top + bin.bytes) / 0x1000;
    sayings_.push_back(saying);
  }
}

void PlainMap::decide_all() {
  std::vector<std::uint64_t> edges;
  for (const PlainSaying& each : sayings_) edges.insert(edges.end(), {each.first, each.past});
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  for (std::size_t i = 1; i < edges.size(); ++i) decide(edges[i - 1], edges[i]);
}

void PlainMap::decide(std::uint64_t first, std::uint64_t past) {
  const PlainSaying* resource = nullptr;
  const PlainSaying* memory = nullptr;  // tested memory, whatever else it is called
  const PlainSaying* allocation = nullptr;
  const PlainSaying* bin = nullptr;
  for (const PlainSaying& each : sayings_) {
    if (each.first > first || each.past < past) continue;
    if (each.kind == Kind::Bin) bin = &each;
    if (each.kind == Kind::Allocation && (!allocation || lives_longer(each, *allocation))) {
      allocation = &each;
    }
    if (!is_resource(each.kind)) continue;
    if (resource == nullptr || gives_less(each, *resource)) resource = &each;
    if (each.kind == Kind::Tested && (!memory || gives_less(each, *memory))) memory = &each;
  }
  if (resource == nullptr) return;
  if (allocation != nullptr && gives_memory(resource->kind)) {
    return append(allocation->type, resource->attribute, first, past);
  }
  if (allocation != nullptr && memory != nullptr && life_of(allocation->type) == 2) {
    return append(allocation->type, memory->attribute, first, past);
  }
  if (resource->kind == Kind::Device) return;
  const bool shown_as_bin = bin != nullptr && resource->kind == Kind::Tested;
  append(shown_as_bin ? bin->type : resource->type, resource->attribute, first, past);
}

void PlainMap::append(std::uint32_t type, std::uint64_t attribute, std::uint64_t first,
                      std::uint64_t past) {
  if (is_of_runtime(type)) attribute |= kRuntime;
  if (!entries_.empty()) {
    MapEntry& last = entries_.back();
    const bool touches = last.base / 0x1000 + last.pages == first;
    if (touches && last.type == type && last.attribute == attribute) {
      last.pages += past - first;
      return;
    }
  }
  entries_.push_back({type, first * 0x1000, past - first, attribute});
}

}  // namespace pei::oracle
