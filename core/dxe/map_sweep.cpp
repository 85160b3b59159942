// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The sweep. Between two edges of claims nothing changes, so each such stretch is decided once.
#include "core/dxe/map_sweep.h"

#include "core/dxe/after_exit.h"
#include "core/dxe/claim_order.h"

namespace pei::dxe {
namespace {

// The claims that matter for a stretch; nullptr where there is none of the kind.
struct Cover {
  const Claim* resource = nullptr;  // the one that gives least
  const Claim* memory = nullptr;    // of those that are system memory, the first
  const Claim* allocation = nullptr;
  const Claim* bin = nullptr;
};

bool gives_less(const Claim& claim, const Claim& than) {
  if (claim.kind != than.kind) return claim.kind > than.kind;
  if (claim.of_bins != than.of_bins) return than.of_bins;
  if (claim.second != than.second) return claim.second;  // it says more
  return claim.offset < than.offset;
}

bool lives_longer(const Claim& claim, const Claim& than) {
  const unsigned left = lifetime_of(claim.type);
  const unsigned right = lifetime_of(than.type);
  return left != right ? left > right : claim.offset < than.offset;
}

void look_at(const Claim& claim, Cover& cover) {
  if (claim.kind == ClaimKind::Bin) {
    cover.bin = &claim;
  } else if (claim.kind == ClaimKind::Allocation) {
    const bool wins = cover.allocation == nullptr || lives_longer(claim, *cover.allocation);
    if (wins) cover.allocation = &claim;
  } else {
    if (cover.resource == nullptr || gives_less(claim, *cover.resource)) cover.resource = &claim;
    if (claim.kind != ClaimKind::SystemMemory) return;
    if (cover.memory == nullptr || gives_less(claim, *cover.memory)) cover.memory = &claim;
  }
}

// False when the map has no room.
bool emit(RangeMap& map, const AddressRange& stretch, const Cover& cover) {
  if (cover.resource == nullptr) return true;
  const Claim& resource = *cover.resource;
  if (cover.allocation != nullptr) {
    const UINT32 type = cover.allocation->type;
    if (is_offer(resource.kind)) return map.append(type, stretch, resource.attribute);
    if (cover.memory != nullptr && lifetime_of(type) == lifetime_of(EfiReservedMemoryType)) {
      return map.append(type, stretch, cover.memory->attribute);
    }
  }
  if (resource.kind == ClaimKind::Device) return true;
  const bool in_bin = cover.bin != nullptr && resource.kind == ClaimKind::SystemMemory;
  return map.append(in_bin ? cover.bin->type : resource.type, stretch, resource.attribute);
}

bool contains(const Claim& outer, const Claim& inner) {
  return inner.base >= outer.base && inner.end <= outer.end;
}

// A bin's resource is meant to lie in a larger one.
bool is_nested_bin(const Claim& one, const Claim& other) {
  return (one.of_bins && contains(other, one)) || (other.of_bins && contains(one, other));
}

// DxeIpl describes its module and its stack twice, exactly alike.
bool is_made_twice(const Claim& one, const Claim& other) {
  return (one.may_double || other.may_double) && one.base == other.base && one.end == other.end;
}

// A range may have a descriptor of each version.
bool is_of_both_versions(const Claim& one, const Claim& other) {
  return one.second != other.second && one.kind == other.kind && one.base == other.base &&
         one.end == other.end;
}

class Sweep {
 public:
  Sweep(const Claims& claims, RangeMap& map, Rejections& rejections)
      : claims_(claims), map_(map), rejections_(rejections) {}

  // False when the map has no room.
  [[nodiscard]] bool run() {
    UINTN next = 0;
    while (next < claims_.count() || open_ != nullptr) {
      const UINT64 from = at_;
      for (; next < claims_.count() && claims_.at(next).base == from; ++next) {
        open(claims_.at(next));
      }
      UINT64 to = next < claims_.count() ? claims_.at(next).base : kHighestAddress;
      Cover cover;
      for (const Claim* each = open_; each != nullptr; each = each->below) {
        look_at(*each, cover);
        if (each->end < to) to = each->end;
      }
      note_where(cover);
      if (!emit(map_, AddressRange::between(from, to), cover)) return false;
      at_ = to;
      close_ended();
    }
    return true;
  }

 private:
  void open(Claim& claim) {
    for (Claim* each = open_; each != nullptr; each = each->below) {
      Claim& later = claim.offset > each->offset ? claim : *each;
      report_overlap(claim, *each, later);
    }
    claim.below = open_;
    open_ = &claim;
  }

  void report_overlap(const Claim& one, const Claim& other, Claim& later) {
    if (later.is_reported) return;
    RejectionReason reason = RejectionReason::OverlapsResource;
    if (one.kind == ClaimKind::Allocation && other.kind == ClaimKind::Allocation) {
      const bool same_type = one.type == other.type;
      if (same_type && is_made_twice(one, other)) return;
      reason = same_type ? RejectionReason::DescribedTwice : RejectionReason::OtherTypeBefore;
    } else {
      if (!is_resource(one.kind) || !is_resource(other.kind)) return;
      if (one.kind == ClaimKind::Device && other.kind == ClaimKind::Device) return;
      if (is_nested_bin(one, other) || is_of_both_versions(one, other)) return;
    }
    later.is_reported = true;
    rejections_.add(later.offset, reason);
  }

  void note_where(const Cover& cover) {
    for (Claim* each = open_; each != nullptr; each = each->below) {
      if (cover.resource == nullptr) {
        each->in_nothing = true;
      } else if (is_offer(cover.resource->kind)) {
        each->in_offer = true;
      } else {
        each->in_other = true;
      }
    }
  }

  void close_ended() {
    Claim** link = &open_;
    while (*link != nullptr) {
      Claim& claim = **link;
      if (claim.end != at_) {
        link = &claim.below;
        continue;
      }
      *link = claim.below;
      if (claim.kind != ClaimKind::Allocation) continue;
      if (claim.in_nothing) {
        rejections_.add(claim.offset, RejectionReason::OutsideResources);
      } else if (claim.in_offer && claim.in_other) {
        rejections_.add(claim.offset, RejectionReason::CrossesResources);
      }
    }
  }

  const Claims& claims_;
  RangeMap& map_;
  Rejections& rejections_;
  Claim* open_ = nullptr;  // the chain
  UINT64 at_ = 0;          // all below is decided
};

}  // namespace

bool sweep_claims(Claims& claims, RangeMap& map, Rejections& rejections) {
  sort_claims(claims);
  Sweep sweep(claims, map, rejections);
  return sweep.run();
}

}  // namespace pei::dxe
