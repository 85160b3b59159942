// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/dxe_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/dxe/memory_types.h"

namespace hobnail::oracle {
namespace {

bool whole_pages(const Region& range) {
  return range.size != 0 && range.base % kPage == 0 && range.size % kPage == 0 &&
         range.end() > range.base;
}

class ViewReader {
 public:
  ViewReader(const BootState& now, std::uint64_t granularity)
      : now_(now), granularity_(granularity) {}

  DxeView read();

 private:
  void flaw(RuleId id, bool by_peim, std::string text) {
    view_.flaws.push_back({id, std::move(text), by_peim});
  }
  void list_flaw(const Hob& hob, bool by_peim, std::string_view what) {
    flaw(RuleId::HandOffList, by_peim,
         fmt::format("HOB at PHIT + {:#x}, type {:#06x}, length {:#x}: {}", hob.offset, hob.type,
                     hob.length, what));
  }
  void read_hob(const Hob& hob);
  void read_cpu(const Hob& hob, bool by_peim);
  void read_resource(const Hob& hob, bool by_peim);
  void read_claim(const Hob& hob, bool by_peim);
  void check_claim(const Hob& hob, const MemoryClaim& claim);
  // The list and the gap; what else PEI has is claimed.
  [[nodiscard]] Region pei_memory() const {
    return {now_.snapshot.base, now_.snapshot.phit.EfiFreeMemoryTop - now_.snapshot.base};
  }
  void check_pei_memory();
  void check_disjoint();
  void check_stack();

  const BootState& now_;
  std::uint64_t granularity_;
  DxeView view_;
  unsigned address_bits_ = 64;
};

void ViewReader::read_cpu(const Hob& hob, bool by_peim) {
  const unsigned bits = now_.snapshot.view.read<EFI_HOB_CPU>(hob).SizeOfMemorySpace;
  if (bits == 0 || bits > 64) {
    return list_flaw(hob, by_peim, "no processor has so many address bits");
  }
  address_bits_ = std::min(address_bits_, bits);
}

bool is_resource_hob(const Hob& hob) {
  return hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR ||
         hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
}

// Whether two resources may share pages: the home of bins lies within memory, and a range may have
// a descriptor of each version.
bool may_share(const MemoryClaim& one, const MemoryClaim& other) {
  const auto is_home = [](const MemoryClaim& home, const MemoryClaim& memory) {
    return home.of_bins && memory.where.contains(home.where.base, home.where.size);
  };
  if (one.kind != other.kind) return false;
  if (one.second != other.second && one.where == other.where) return true;
  return one.tested() && (is_home(one, other) || is_home(other, one));
}

void ViewReader::read_resource(const Hob& hob, bool by_peim) {
  const auto body = now_.snapshot.view.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
  if (body.ResourceType == EFI_RESOURCE_IO || body.ResourceType == EFI_RESOURCE_IO_RESERVED) return;
  const Region where{body.PhysicalStart, body.ResourceLength};
  if (body.ResourceType > EFI_RESOURCE_MEMORY_UNACCEPTED) {
    return list_flaw(hob, by_peim, "unknown resource type");
  }
  if (!whole_pages(where)) return list_flaw(hob, by_peim, "a resource must be whole pages");
  MemoryClaim claim;
  claim.kind = kind_of_resource(body.ResourceType, body.ResourceAttribute)
                   .value_or(MemoryClaim::Kind::Device);
  claim.where = where;
  claim.type = EfiConventionalMemory;
  claim.by_peim = by_peim;
  claim.of_bins = same_guid(body.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID);
  claim.second = hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  claim.offset = hob.offset;
  for (const MemoryClaim& other : view_.resources) {
    if (!other.where.overlaps(where) || may_share(claim, other)) continue;
    return list_flaw(hob, by_peim || other.by_peim,
                     fmt::format("{} overlaps the resource {}; DXE drops it", where, other.where));
  }
  view_.resources.push_back(claim);
  if (claim.of_bins) view_.bin_home = where;
}

// A claim in memory that the list says is there. Elsewhere it means nothing to the memory map.
void ViewReader::check_claim(const Hob& hob, const MemoryClaim& claim) {
  const auto touches = [&](const MemoryClaim& r) { return r.where.overlaps(claim.where); };
  if (view_.resource_of(claim.where) == nullptr) {
    const bool far = std::none_of(view_.resources.begin(), view_.resources.end(), touches);
    // That PEI's own memory is described is the platform's duty, and a PEIM's may be in its way.
    const EFI_HOB_HANDOFF_INFO_TABLE& phit = now_.snapshot.phit;
    const Region managed{phit.EfiMemoryBottom, phit.EfiMemoryTop - phit.EfiMemoryBottom};
    const BinLayout& bins = now_.model.bins;
    const bool by_peim = claim.by_peim || managed.contains(claim.where.base, claim.where.size) ||
                         (!bins.by_core && bins.home.contains(claim.where.base, claim.where.size));
    if (!far || !claim.by_peim) {
      list_flaw(hob, by_peim, fmt::format("{}", claim.where) + " is not inside one resource");
    }
    // Where a PEIM has cut the memory in two, pages may lie in both parts, and are live.
    if (!claim.by_peim && by_peim && !far) view_.claims.push_back(claim);
    return;
  }
  const Region gap{now_.snapshot.phit.EfiFreeMemoryBottom, now_.snapshot.gap()};
  if (gap.size != 0 && claim.where.overlaps(gap)) {
    return list_flaw(hob, claim.by_peim, fmt::format("it claims memory of the free gap {}", gap));
  }
  if (has_runtime_granularity(claim.type) &&
      (claim.where.base % granularity_ != 0 || claim.where.size % granularity_ != 0)) {
    list_flaw(hob, claim.by_peim,
              fmt::format("{} of runtime memory is not aligned to {:#x} bytes", claim.where,
                          granularity_));
  }
  view_.claims.push_back(claim);
}

void ViewReader::read_claim(const Hob& hob, bool by_peim) {
  if (hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION) &&
      hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE)) {
    return list_flaw(hob, by_peim, "expected 48 bytes, or 72 for a module");
  }
  const auto body = now_.snapshot.view.read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
  MemoryClaim claim;
  claim.kind = MemoryClaim::Kind::Allocation;
  claim.where = {body.MemoryBaseAddress, body.MemoryLength};
  claim.type = body.MemoryType;
  claim.by_peim = by_peim;
  claim.stack = same_guid(body.Name, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
  claim.offset = hob.offset;
  if (!whole_pages(claim.where)) return list_flaw(hob, by_peim, "a claim must be whole pages");
  if (claim.type > EfiUnacceptedMemoryType) {
    return list_flaw(hob, by_peim, "unknown memory type");
  }
  check_claim(hob, claim);
}

void ViewReader::read_hob(const Hob& hob) {
  const bool by_peim = now_.model.made_by_peim(hob.offset);
  const std::uint16_t fixed = fixed_hob_length(hob.type);
  const bool short_guid = hob.type == EFI_HOB_TYPE_GUID_EXTENSION && hob.length < 24;
  if ((fixed != 0 && hob.length != fixed) || short_guid) {
    return list_flaw(hob, by_peim, "its type has another length");
  }
  if (hob.type == EFI_HOB_TYPE_HANDOFF && hob.offset != 0) {
    return list_flaw(hob, by_peim, "a second PHIT");
  }
  if (hob.type == EFI_HOB_TYPE_CPU) read_cpu(hob, by_peim);
  if (is_resource_hob(hob)) read_resource(hob, by_peim);
}

// PEI's memory stands in one tested resource, and the processor reaches all that is described.
void ViewReader::check_pei_memory() {
  if (!view_.tested(pei_memory())) {
    // The platform describes the memory, unless the core has done so.
    const MemoryClaim* const of_core = view_.resource_of_core(pei_memory());
    flaw(RuleId::HandOffList, of_core == nullptr || of_core->tested(),
         fmt::format("no tested system memory of the list holds PEI's list and gap {}",
                     pei_memory()));
  }
  for (const MemoryClaim& resource : view_.resources) {
    if (address_bits_ >= 64 || (resource.where.end() - 1) >> address_bits_ == 0) continue;
    flaw(RuleId::HandOffList, true,
         fmt::format("the processor, of {} address bits, does not reach the resource {}",
                     address_bits_, resource.where));
  }
}

// Two claims on one page: DXE believes the first, and takes what is left of the second for free.
// The same range twice with the same type is harmless, and EDK II's DxeIpl leaves such pairs.
void ViewReader::check_disjoint() {
  std::vector<MemoryClaim> sorted = view_.claims;
  std::sort(sorted.begin(), sorted.end(), [](const MemoryClaim& a, const MemoryClaim& b) {
    return a.where.base != b.where.base ? a.where.base < b.where.base : a.where.size > b.where.size;
  });
  const MemoryClaim* reach = nullptr;  // the claim that goes furthest so far
  for (const MemoryClaim& claim : sorted) {
    if (reach != nullptr && claim.where.base < reach->where.end()) {
      const bool twice = claim.type == reach->type && claim.where.end() <= reach->where.end();
      if (!twice) {
        flaw(RuleId::HandOffMap, claim.by_peim || reach->by_peim,
             fmt::format("{} of type {} and {} of type {} overlap", reach->where, reach->type,
                         claim.where, claim.type));
      }
    }
    if (reach == nullptr || claim.where.end() > reach->where.end()) reach = &claim;
  }
}

void ViewReader::check_stack() {
  if (!now_.board.temporary_ram_is_dead()) return;  // PEI runs on SEC's stack still
  for (const OwnHob& hob : now_.snapshot.own) {
    if (hob.stack && hob.type == EfiBootServicesData) return;
  }
  flaw(RuleId::HandOffList, false, "no HOB describes the current stack");
}

DxeView ViewReader::read() {
  for (const Hob& hob : now_.snapshot.view.hobs) read_hob(hob);
  for (const Hob& hob : now_.snapshot.view.hobs) {
    if (hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      read_claim(hob, now_.model.made_by_peim(hob.offset));
    }
  }
  if (!has_cpu_hob(now_.snapshot)) flaw(RuleId::HandOffList, true, "the CPU HOB is missing");
  check_pei_memory();
  check_disjoint();
  check_stack();
  return std::move(view_);
}

}  // namespace

const MemoryClaim* DxeView::resource_of(const Region& where) const {
  const auto found = std::find_if(resources.begin(), resources.end(), [&](const MemoryClaim& r) {
    return r.where.contains(where.base, where.size);
  });
  return found == resources.end() ? nullptr : &*found;
}

const MemoryClaim* DxeView::resource_of_core(const Region& where) const {
  const auto found = std::find_if(resources.begin(), resources.end(), [&](const MemoryClaim& r) {
    return !r.by_peim && !r.of_bins && r.where.overlaps(where);
  });
  return found == resources.end() ? nullptr : &*found;
}

bool DxeView::tested(const Region& where) const {
  const MemoryClaim* const resource = resource_of(where);
  return resource != nullptr && resource->tested();
}

DxeView dxe_view(const BootState& now, std::uint64_t runtime_granularity) {
  return ViewReader(now, runtime_granularity).read();
}

ReferenceMap dxe_map(const DxeView& view) {
  std::vector<MemoryClaim> claims = view.claims;
  std::copy_if(view.resources.begin(), view.resources.end(), std::back_inserter(claims),
               [](const MemoryClaim& resource) { return resource.tested(); });
  return ReferenceMap(std::move(claims));
}

bool has_cpu_hob(const HobListSnapshot& snapshot) {
  return std::any_of(snapshot.view.hobs.begin(), snapshot.view.hobs.end(), [](const Hob& hob) {
    return hob.type == EFI_HOB_TYPE_CPU && hob.length == sizeof(EFI_HOB_CPU);
  });
}

}  // namespace hobnail::oracle
