// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/sound_list.h"

#include <algorithm>
#include <string_view>

#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/dxe/reference_start.h"
#include "properties/oracle/dxe/required_hobs.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using Kind = MemoryClaim::Kind;

constexpr std::uint64_t kPersistent = 0x800000;
constexpr std::uint64_t kPersistable = 0x1000000;
// Protections and widths of I/O: whether such memory can be used is for each reader to say.
constexpr std::uint64_t kProtected = 0x80 | 0x100 | 0x200 | 0x40000 | 0x4000 | 0x8000 | 0x10000;

constexpr std::size_t kVersionAt = 8;  // in the PHIT
constexpr std::size_t kBootModeAt = 12;
constexpr std::size_t kMemoryTopAt = 16;
constexpr std::size_t kMemoryBottomAt = 24;

bool needs_granules(std::uint32_t type) {
  return is_runtime(type) || type == EfiReservedMemoryType || type == EfiACPIMemoryNVS;
};

bool names_volume(std::uint32_t type) {
  return type == EFI_HOB_TYPE_FV || type == EFI_HOB_TYPE_FV2 || type == EFI_HOB_TYPE_FV3 ||
         type == EFI_HOB_TYPE_UEFI_CAPSULE;
}

class Judge {
 public:
  Judge(const ReferenceList& list, std::uint64_t granularity)
      : list_(list), granularity_(granularity) {}

  SoundList judge();

 private:
  // A reader may refuse the list; and the map still follows from it, or does not, or not near the
  // claim.
  void refusable(std::size_t offset, std::string_view what) {
    if (!result_.flaw) result_.flaw = ListError{offset, what};
  }
  void odd(std::size_t offset, std::string_view what) {
    if (!result_.oddity) result_.oddity = ListError{offset, what};
  }
  void unsound(std::size_t offset, std::string_view what) {
    refusable(offset, what);
    result_.sound = false;
  }
  void doubt(PageClaim& claim, std::string_view what) {
    claim.doubtful = true;
    refusable(claim.offset, what);
  }

  void read_processor();
  void read_resource(const ReferenceHob& hob);
  void read_allocation(const ReferenceHob& hob);
  void check_granules(PageClaim& claim);
  void read_volume(const ReferenceHob& hob);
  void read_table(const ReferenceHob& hob);
  void place(PageClaim& claim, std::uint64_t base, std::uint64_t length);
  void check_versions();
  void check_resources();
  void check_allocations();
  [[nodiscard]] bool adjoining_hold(const PageClaim& claim, Kind kind) const;
  void check_allocation(PageClaim& claim);
  void check_pei_memory(PageClaim& claim);
  void check_phit();
  void check_reserved();
  void check_start();

  const ReferenceList& list_;
  std::uint64_t granularity_;
  std::uint64_t limit_ = kPagesAll;
  std::size_t tables_ = 0;
  SoundList result_;
};

void Judge::read_processor() {
  bool found = false;
  for (const ReferenceHob& hob : list_.hobs()) {
    if (hob.type != 6 || hob.length < 16) continue;
    const std::uint64_t bits = list_.number(hob.offset + 8, 1);
    const std::uint64_t pages = bits < 12    ? 0
                                : bits >= 64 ? kPagesAll
                                             : std::uint64_t{1} << (bits - 12);
    if (found) unsound(hob.offset, "a second CPU HOB");
    if (bits < 12 || bits > 63) refusable(hob.offset, "a CPU HOB with a wrong address width");
    if (list_.number(hob.offset + 9, 1) > 63) refusable(hob.offset, "a CPU HOB with a wrong width");
    limit_ = std::min(limit_, pages);
    found = true;
  }
}

void Judge::place(PageClaim& claim, std::uint64_t base, std::uint64_t length) {
  claim.first = base / kPage;
  const bool wraps = length > ~base;
  claim.past = wraps ? kPagesAll : (base + length + (kPage - 1)) / kPage;
  if (!wraps && base + length > ~std::uint64_t{0} - kPage) claim.past = kPagesAll;
  claim.wide_first = claim.first;
  claim.wide_past = claim.past;
  if (length == 0) return doubt(claim, "it has no length");
  if (wraps) return doubt(claim, "it exceeds the address space");
  if (base % kPage != 0 || length % kPage != 0) doubt(claim, "it is not whole pages");
  if (claim.past > limit_) doubt(claim, "the processor does not reach it");
}

void Judge::read_resource(const ReferenceHob& hob) {
  if (hob.length < 48) return;  // check_readable objects
  const std::uint64_t type = list_.number(hob.offset + 24, 4);
  const std::uint64_t attribute = list_.number(hob.offset + 28, 4);
  if (type == 2 || type == 6) return;  // I/O
  const auto kind = kind_of_resource(type, attribute);
  PageClaim claim;
  claim.kind = kind.value_or(Kind::Device);
  claim.of_bins = is_for_bins(list_, hob);
  claim.second = hob.type == 13;
  claim.offset = hob.offset;
  place(claim, list_.number(hob.offset + 32, 8), list_.number(hob.offset + 40, 8));
  if (!kind) doubt(claim, "a resource of no known type and state");
  if (type == 0 && (attribute & kProtected) != 0) doubt(claim, "memory that is protected");
  if ((attribute & kPersistent) != 0 && (attribute & kPersistable) == 0) {
    doubt(claim, "persistent memory that cannot be persistent");
  }
  result_.claims.push_back(claim);
}

// A reader may round the claim to granules.
void Judge::check_granules(PageClaim& claim) {
  const std::uint64_t granule = granularity_ / kPage;
  if (claim.first % granule == 0 && claim.past % granule == 0) return;
  claim.wide_first = round_down(claim.first, granule);
  claim.wide_past = claim.past == kPagesAll ? kPagesAll : round_up(claim.past, granule);
  doubt(claim, "runtime memory is not in whole granules");
}

void Judge::read_allocation(const ReferenceHob& hob) {
  if (hob.length < 48) return;
  const auto type = static_cast<std::uint32_t>(list_.number(hob.offset + 40, 4));
  PageClaim claim;
  claim.kind = Kind::Allocation;
  claim.type = type;
  claim.offset = hob.offset;
  place(claim, list_.number(hob.offset + 24, 8), list_.number(hob.offset + 32, 8));
  if (type > 13 && type < kOemTypes) doubt(claim, "no allocation has this type");
  if (type >= kOemTypes) refusable(claim.offset, "an OEM's type");
  if (needs_granules(type)) check_granules(claim);
  if (type != 7) result_.claims.push_back(claim);
}

void Judge::read_volume(const ReferenceHob& hob) {
  if (hob.length < sizeof(EFI_HOB_FIRMWARE_VOLUME)) return;
  const std::uint64_t base = list_.number(hob.offset + 8, 8);
  const std::uint64_t length = list_.number(hob.offset + 16, 8);
  PageClaim volume;
  volume.first = base / kPage;
  volume.past = length > ~base - kPage ? kPagesAll : page_up(base + length) / kPage;
  result_.volumes.push_back(volume);
}

// A table of bins: what it asks for, where it makes sense or not.
void Judge::read_table(const ReferenceHob& hob) {
  if (hob.length < 24 || !is_for_bins(list_, hob)) return;
  bool ended = false;
  std::array<bool, 16> seen{};
  for (std::size_t at = hob.offset + 24; at + 8 <= hob.offset + hob.length && !ended; at += 8) {
    const auto type = static_cast<std::uint32_t>(list_.number(at, 4));
    ended = type == 16;
    if (ended) break;
    if (type > 16 || seen[type]) {
      refusable(hob.offset, "a MemoryTypeInformation entry of a wrong type");
    }
    if (type > 16) continue;
    seen[type] = true;  // of two entries either may count, or both
    const std::uint64_t bytes = round_up(list_.number(at + 4, 4) * kPage, granularity_);
    result_.bin_pages[type] += bytes / kPage;
  }
  if (!ended) refusable(hob.offset, "a MemoryTypeInformation table without its last entry");
  if (++tables_ > 1) refusable(hob.offset, "a second MemoryTypeInformation table");
}

// Whether two resources may share pages: the home of bins lies within memory, and a range may have
// a descriptor of each version.
bool may_share_pages(const PageClaim& one, const PageClaim& other) {
  if (one.kind != other.kind) return false;
  const bool same = one.first == other.first && one.past == other.past;
  if (same && one.second != other.second) return true;
  if (!one.tested()) return false;
  return (one.of_bins && !other.of_bins && other.contains(one)) ||
         (other.of_bins && !one.of_bins && one.contains(other));
}

// A reader that does not know the second version of a resource HOB skips it, as any HOB of a type
// that it does not know.
void Judge::check_versions() {
  for (PageClaim& claim : result_.claims) {
    if (!claim.second) continue;
    const bool twin =
        std::any_of(result_.claims.begin(), result_.claims.end(), [&](const auto& one) {
          return !one.second && one.kind == claim.kind && one.first == claim.first &&
                 one.past == claim.past;
        });
    if (!twin) doubt(claim, "no resource HOB of the first version describes it");
  }
}

void Judge::check_resources() {
  std::vector<PageClaim>& claims = result_.claims;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    for (std::size_t k = i + 1; k < claims.size(); ++k) {
      PageClaim& one = claims[i];
      PageClaim& other = claims[k];
      if (one.is_allocation() || other.is_allocation()) continue;
      if (one.of_bins && other.of_bins && !may_share_pages(one, other)) {
        refusable(other.offset, "a second resource for bins");
      }
      if (!one.overlaps(other) || may_share_pages(one, other)) continue;
      doubt(one, "two resources overlap");
      doubt(other, "two resources overlap");
    }
  }
}

// Whether resources of one kind that adjoin each other hold all of the claim.
bool Judge::adjoining_hold(const PageClaim& claim, Kind kind) const {
  std::uint64_t at = claim.first;
  bool further = true;
  while (at < claim.past && further) {
    further = false;
    for (const PageClaim& other : result_.claims) {
      if (other.kind != kind || !other.has(at)) continue;
      at = other.past;
      further = true;
    }
  }
  return at >= claim.past;
}

// An allocation lies in one resource, or in none. PI does not demand one HOB for memory that
// adjoins: a reader may refuse two, and may not lose a part.
void Judge::check_allocation(PageClaim& claim) {
  bool touched = false;
  bool held = false;
  for (const PageClaim& other : result_.claims) {
    if (other.is_allocation() || !other.overlaps(claim)) continue;
    touched = true;
    held = held || other.contains(claim);
    if (other.doubtful) claim.doubtful = true;
    const bool device = claim.type == 11 || claim.type == 12;
    if (device && other.kind != Kind::Device) doubt(claim, "MMIO is claimed in memory");
  }
  if (!touched) refusable(claim.offset, "an allocation in no resource");
  if (!touched || held) return;
  if (adjoining_hold(claim, Kind::Tested)) {
    return refusable(claim.offset, "an allocation in two resources");
  }
  doubt(claim, "an allocation exceeds its resource");
}

// No claim covers what PEI itself stands in.
void Judge::check_pei_memory(PageClaim& claim) {
  PageClaim own;
  own.first = list_.base() / kPage;
  own.past = page_up(list_.free_top()) / kPage;
  if (own.past <= own.first) own.past = own.first + 1;
  if (claim.overlaps(own)) doubt(claim, "an allocation of PEI's list or free memory");
}

void Judge::check_allocations() {
  std::vector<PageClaim>& claims = result_.claims;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].is_allocation()) continue;
    check_allocation(claims[i]);
    for (std::size_t k = i + 1; k < claims.size(); ++k) {
      PageClaim& one = claims[i];
      PageClaim& other = claims[k];
      if (!other.is_allocation() || !one.overlaps(other)) continue;
      const bool twice =
          one.type == other.type && one.first == other.first && one.past == other.past;
      refusable(other.offset, "two allocations overlap");
      if (twice) continue;
      doubt(one, "two allocations overlap");
      doubt(other, "two allocations overlap");
    }
  }
}

// PI 1.8 Vol 3 5.3: EfiMemoryTop is 4 KiB aligned. Vol 3 4.5.1: tested memory holds PEI's. Vol 1,
// boot modes: the others are reserved.
void Judge::check_phit() {
  if (list_.top() % kPage != 0) odd(kMemoryTopAt, "EfiMemoryTop is not page-aligned");
  PageClaim own;
  own.first = list_.number(kMemoryBottomAt, 8) / kPage;
  own.past = list_.top() / kPage + (list_.top() % kPage != 0 ? 1 : 0);
  if (own.past > own.first && !adjoining_hold(own, Kind::Tested)) {
    odd(kMemoryTopAt, "PEI's memory is not tested memory");
  }
  if (list_.number(kVersionAt, 4) != EFI_HOB_HANDOFF_TABLE_VERSION) {
    odd(kVersionAt, "another version of the PHIT");
  }
  const std::uint64_t mode = list_.number(kBootModeAt, 4);
  const bool known = mode <= 0x07 || (mode >= 0x10 && mode <= 0x13) || mode == 0x20;
  if (!known) odd(kBootModeAt, "a reserved boot mode");
}

// PI 1.8 Vol 3 5.2.1 and the descriptions of the HOBs: reserved fields are 0.
void Judge::check_reserved() {
  for (const ReferenceHob& hob : list_.hobs()) {
    const bool cpu = hob.type == EFI_HOB_TYPE_CPU && hob.length >= 16;
    const bool allocation = hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION && hob.length >= 48;
    const bool zero = list_.number(hob.offset + 4, 4) == 0 &&
                      (!cpu || list_.number(hob.offset + 10, 6) == 0) &&
                      (!allocation || list_.number(hob.offset + 44, 4) == 0);
    if (!zero) odd(hob.offset, "a reserved field that is not 0");
  }
}

void Judge::check_start() {
  for (PageClaim& claim : result_.claims) {
    if (claim.is_allocation()) check_pei_memory(claim);
  }
  const ReferenceMap map = reference_map(list_, granularity_);
  ListError error;
  if (!reference_start(list_, map, granularity_, error)) refusable(error.offset, error.what);
}

SoundList Judge::judge() {
  // A reader that ends at the type of END does not ask for its length.
  const bool at_end =
      list_.bytes().size() - list_.stop() >= 8 && list_.number(list_.stop(), 2) == 0xFFFF;
  const std::vector<ReferenceHob>& hobs = list_.hobs();
  const bool headed = !hobs.empty() && hobs[0].type == 1 && hobs[0].length >= 56;
  result_.broken = !headed || !(list_.ended() || at_end);
  if (const auto error = check_readable(list_)) unsound(error->offset, error->what);
  read_processor();
  for (const ReferenceHob& hob : hobs) {
    if (is_resource(hob)) read_resource(hob);
    if (hob.type == 2) read_allocation(hob);
    if (hob.type == 4) read_table(hob);
    if (names_volume(hob.type)) read_volume(hob);
  }
  check_versions();
  check_resources();
  check_allocations();
  result_.incomplete = missing_hob(list_);
  if (check_readable(list_)) return std::move(result_);
  check_phit();
  check_reserved();
  check_start();
  return std::move(result_);
}

}  // namespace

bool SoundList::in_volume(std::uint64_t page) const {
  return std::any_of(volumes.begin(), volumes.end(),
                     [&](const PageClaim& volume) { return volume.has(page); });
}

bool SoundList::certain() const {
  return sound && std::none_of(claims.begin(), claims.end(),
                               [](const PageClaim& claim) { return claim.doubtful; });
}

SoundList judge_list(const ReferenceList& list, std::uint64_t granularity) {
  return Judge(list, granularity).judge();
}

}  // namespace hobnail::oracle
