// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/list_claims.h"

#include <algorithm>
#include <array>
#include <set>

#include "properties/oracle/dxe/memory_types.h"

namespace hobnail::oracle {
namespace {

using Kind = MemoryClaim::Kind;

// 4c19049f-4137-4dd3-9c10-8b97a83ffdfa, as it lies in memory.
constexpr std::array<std::uint8_t, 16> kMemoryTypeInformation{
    0x9f, 0x04, 0x19, 0x4c, 0x37, 0x41, 0xd3, 0x4d, 0x9c, 0x10, 0x8b, 0x97, 0xa8, 0x3f, 0xfd, 0xfa};
constexpr std::uint64_t kHighest = ~std::uint64_t{0};

// EFI_RESOURCE_ATTRIBUTE_* -> EFI_MEMORY_*: UC, WC, WT, WB, UCE, NV, MORE_RELIABLE, SP.
std::uint64_t memory_attribute(std::uint64_t resource) {
  constexpr std::uint64_t kPairs[][2] = {
      {0x400, 0x1},    {0x800, 0x2},       {0x1000, 0x4},        {0x2000, 0x8},
      {0x20000, 0x10}, {0x800000, 0x8000}, {0x2000000, 0x10000}, {0x8000000, 0x40000}};
  std::uint64_t memory = 0;
  for (const auto& pair : kPairs) memory |= (resource & pair[0]) != 0 ? pair[1] : 0;
  return memory;
}

// Of the 64 bits that a second version adds, a map shows the same ones.
constexpr std::uint64_t kShown = 0x5801f;
constexpr std::uint32_t kSecondVersion = 13;

// What the map calls memory of a resource without an owner.
std::uint32_t type_of(Kind kind) {
  switch (kind) {
    case Kind::Tested:
      return 7;
    case Kind::Persistent:
      return 14;
    case Kind::Unaccepted:
      return 15;
    default:
      return 0;
  }
}

class ClaimReader {
 public:
  ClaimReader(const ReferenceList& list, std::uint64_t granularity)
      : list_(list), granularity_(granularity), limit_(list.pages_of_cpu()) {}

  std::vector<MemoryClaim> read() {
    for (const ReferenceHob& hob : list_.hobs()) {
      if (is_resource(hob)) read_resource(hob);
      if (hob.type == 2) read_allocation(hob);
    }
    read_bins();
    return std::move(claims_);
  }

 private:
  void read_resource(const ReferenceHob& hob);
  void read_allocation(const ReferenceHob& hob);
  void read_bins();
  void add(MemoryClaim claim, std::uint64_t base, std::uint64_t length);

  const ReferenceList& list_;
  std::uint64_t granularity_;
  std::uint64_t limit_;  // pages
  std::vector<MemoryClaim> claims_;
};

void ClaimReader::read_resource(const ReferenceHob& hob) {
  const std::uint64_t attribute = list_.number(hob.offset + 28, 4);
  const auto kind = kind_of_resource(list_.number(hob.offset + 24, 4), attribute);
  if (!kind) return;
  MemoryClaim claim;
  claim.kind = *kind;
  claim.type = type_of(*kind);
  claim.attribute = memory_attribute(attribute);
  if (hob.type == kSecondVersion) claim.attribute |= list_.number(hob.offset + 48, 8) & kShown;
  claim.second = hob.type == kSecondVersion;
  claim.of_bins = is_for_bins(list_, hob);
  claim.offset = hob.offset;
  add(claim, list_.number(hob.offset + 32, 8), list_.number(hob.offset + 40, 8));
}

void ClaimReader::read_allocation(const ReferenceHob& hob) {
  MemoryClaim claim;
  claim.kind = Kind::Allocation;
  claim.type = static_cast<std::uint32_t>(list_.number(hob.offset + 40, 4));
  if (claim.type == 7) return;  // it was freed
  if (claim.type > 15 && claim.type < 0x70000000) claim.type = 0;
  claim.offset = hob.offset;
  add(claim, list_.number(hob.offset + 24, 8), list_.number(hob.offset + 32, 8));
}

void ClaimReader::add(MemoryClaim claim, std::uint64_t base, std::uint64_t length) {
  if (length == 0) return;
  const bool wraps = length > kHighest - base;  // no address is its end
  const bool inward = claim.kind <= Kind::Unaccepted;
  if (inward && wraps) return;
  const std::uint64_t first = base / kPage + (inward && base % kPage != 0 ? 1 : 0);
  const std::uint64_t last_byte = base + (length - 1);
  const std::uint64_t end = inward ? (base + length) / kPage : last_byte / kPage + 1;
  const std::uint64_t past = std::min(wraps ? limit_ : end, limit_);
  if (first >= past) return;
  claim.where = {first * kPage, (past - first) * kPage};
  claims_.push_back(claim);
}

// One range has a descriptor of each version.
bool are_both_versions(const ReferenceList& list, const ReferenceHob& one,
                       const ReferenceHob& other) {
  const auto field = [&](const ReferenceHob& hob, std::size_t at, std::size_t bytes) {
    return list.number(hob.offset + at, bytes);
  };
  return one.type != other.type && field(one, 24, 4) == field(other, 24, 4) &&
         field(one, 32, 8) == field(other, 32, 8) && field(one, 40, 8) == field(other, 40, 8);
}

// True for a resource that the HOB list began in.
bool holds_list(const ReferenceList& list, const ReferenceHob& hob) {
  const std::uint64_t start = list.number(hob.offset + 32, 8);
  return list.base() >= start && list.base() - start < list.number(hob.offset + 40, 8);
}

// The one resource that is named for bins, and no other memory; nullptr otherwise.
const ReferenceHob* home_of_bins(const ReferenceList& list) {
  const ReferenceHob* home = nullptr;
  for (const ReferenceHob& hob : list.hobs()) {
    if (!is_resource(hob) || !is_for_bins(list, hob)) continue;
    if (home != nullptr && are_both_versions(list, *home, hob)) continue;
    if (home != nullptr || holds_list(list, hob)) return nullptr;
    home = &hob;
  }
  return home;
}

void ClaimReader::read_bins() {
  const std::uint64_t all = bin_bytes(list_, granularity_);
  const ReferenceHob* const home = home_of_bins(list_);
  if (all == 0 || home == nullptr || !is_tested(list_, *home)) return;
  const std::uint64_t base = list_.number(home->offset + 32, 8);
  const std::uint64_t length = list_.number(home->offset + 40, 8);
  if (length > kHighest - base || base + length > limit_ * kPage) return;
  std::uint64_t top = (base + length) / granularity_ * granularity_;
  if (top < base || top - base < all) return;
  for (const ReferenceBin& bin : reference_bins(list_, granularity_)) {
    top -= bin.bytes;
    if (bin.bytes == 0 || is_reusable(bin.type)) continue;
    MemoryClaim claim;
    claim.kind = Kind::Bin;
    claim.type = bin.type;
    claim.where = {top, bin.bytes};
    claims_.push_back(claim);
  }
}

}  // namespace

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

bool is_resource(const ReferenceHob& hob) { return hob.type == 3 || hob.type == kSecondVersion; }

bool is_for_bins(const ReferenceList& list, const ReferenceHob& hob) {
  return list.is_guid(hob.offset + 8, kMemoryTypeInformation);
}

bool is_tested(const ReferenceList& list, const ReferenceHob& hob) {
  return kind_of_resource(list.number(hob.offset + 24, 4), list.number(hob.offset + 28, 4)) ==
         Kind::Tested;
}

bool is_usable_memory(const ReferenceList& list, const ReferenceHob& hob) {
  if (!is_resource(hob) || !is_tested(list, hob)) return false;
  if (is_for_bins(list, hob) && !holds_list(list, hob)) return false;
  return list.number(hob.offset + 40, 8) <= ~list.number(hob.offset + 32, 8);  // does not wrap
}

std::vector<ReferenceBin> reference_bins(const ReferenceList& list, std::uint64_t granularity) {
  for (const ReferenceHob& hob : list.hobs()) {
    if (hob.type != 4 || !is_for_bins(list, hob)) continue;
    std::vector<ReferenceBin> bins;
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < 17 && 24 + 8 * (i + 1) <= hob.length; ++i) {
      const std::uint64_t type = list.number(hob.offset + 24 + 8 * i, 4);
      if (type == 16) return bins;
      if (type > 16 || !seen.insert(type).second) return {};
      const std::uint64_t bytes = list.number(hob.offset + 28 + 8 * i, 4) * kPage;
      const bool has_bin = type <= 10 && type != 7 && type != 8;
      bins.push_back(
          {static_cast<std::uint32_t>(type), has_bin ? round_up(bytes, granularity) : 0});
    }
    return {};  // no entry ends it
  }
  return {};
}

std::uint64_t bin_bytes(const ReferenceList& list, std::uint64_t granularity) {
  std::uint64_t all = 0;
  for (const ReferenceBin& bin : reference_bins(list, granularity)) all += bin.bytes;
  return all;
}

ReferenceMap reference_map(const ReferenceList& list, std::uint64_t granularity) {
  return ReferenceMap(ClaimReader(list, granularity).read());
}

}  // namespace hobnail::oracle
