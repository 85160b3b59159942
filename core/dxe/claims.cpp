// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The table of docs/pei-semantics.md 4.3, HOB by HOB.
#include "core/dxe/claims.h"

#include "core/guid.h"
#include "core/pi/memory_map.h"
#include "core/pi/memory_type_information.h"

namespace pei::dxe {
namespace {

using Resource = EFI_HOB_RESOURCE_DESCRIPTOR;

constexpr UINT32 kPresent = EFI_RESOURCE_ATTRIBUTE_PRESENT;
constexpr UINT32 kInitialized = kPresent | EFI_RESOURCE_ATTRIBUTE_INITIALIZED;
constexpr UINT32 kTested = kInitialized | EFI_RESOURCE_ATTRIBUTE_TESTED;

struct Capability {
  UINT32 resource;
  UINT64 memory;
};
// The protections that a resource is capable of are left out: systems have taken them for
// protections that are on.
constexpr Capability kCapabilities[] = {
    {EFI_RESOURCE_ATTRIBUTE_UNCACHEABLE, EFI_MEMORY_UC},
    {EFI_RESOURCE_ATTRIBUTE_WRITE_COMBINEABLE, EFI_MEMORY_WC},
    {EFI_RESOURCE_ATTRIBUTE_WRITE_THROUGH_CACHEABLE, EFI_MEMORY_WT},
    {EFI_RESOURCE_ATTRIBUTE_WRITE_BACK_CACHEABLE, EFI_MEMORY_WB},
    {EFI_RESOURCE_ATTRIBUTE_UNCACHED_EXPORTED, EFI_MEMORY_UCE},
    {EFI_RESOURCE_ATTRIBUTE_PERSISTENT, EFI_MEMORY_NV},
    {EFI_RESOURCE_ATTRIBUTE_MORE_RELIABLE, EFI_MEMORY_MORE_RELIABLE},
    {EFI_RESOURCE_ATTRIBUTE_SPECIAL_PURPOSE, EFI_MEMORY_SP},
};

// What a map shows of the attributes of a second version: the same ones.
constexpr UINT64 kShownAttributes = EFI_MEMORY_UC | EFI_MEMORY_WC | EFI_MEMORY_WT | EFI_MEMORY_WB |
                                    EFI_MEMORY_UCE | EFI_MEMORY_NV | EFI_MEMORY_MORE_RELIABLE |
                                    EFI_MEMORY_SP;

bool is_second(const Resource& resource) {
  return resource.Header.HobType == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
}

// The bits of a resource, as a memory map has them.
UINT64 attribute_of(const Resource& resource) {
  UINT64 attribute = 0;
  if (is_second(resource)) {
    const auto& second = reinterpret_cast<const EFI_HOB_RESOURCE_DESCRIPTOR2&>(resource);
    attribute = second.Attributes & kShownAttributes;
  }
  for (const Capability& each : kCapabilities) {
    if ((resource.ResourceAttribute & each.resource) != 0) attribute |= each.memory;
  }
  return attribute;
}

Maybe<ClaimKind> kind_of_memory(UINT32 attribute) {
  if ((attribute & EFI_RESOURCE_ATTRIBUTE_PERSISTENT) != 0) return ClaimKind::Persistent;
  const UINT32 state = attribute & kTested;
  if (state == kTested) return ClaimKind::SystemMemory;
  if (state == kInitialized || state == kPresent) return ClaimKind::Untested;
  return {};
}

UINT32 shown_type(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::SystemMemory:
      return EfiConventionalMemory;
    case ClaimKind::Persistent:
      return EfiPersistentMemory;
    case ClaimKind::Unaccepted:
      return EfiUnacceptedMemoryType;
    default:  // untested, reserved; a device's is not shown
      return EfiReservedMemoryType;
  }
}

// Gathers the claims of one list.
class Collector {
 public:
  Collector(const HandOff& hand_off, Claims& claims, Rejections& rejections)
      : limit_(hand_off.limit), claims_(claims), rejections_(rejections) {}

  // False when there is no room for its claim.
  [[nodiscard]] bool take(const EFI_HOB_GENERIC_HEADER& hob, UINTN offset) {
    offset_ = offset;
    if (const Resource* const resource = as_resource(&hob)) return take_resource(*resource);
    if (hob.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      return take_allocation(reinterpret_cast<const EFI_HOB_MEMORY_ALLOCATION&>(hob));
    }
    return true;
  }

 private:
  [[nodiscard]] bool take_resource(const Resource& resource) {
    Claim claim;
    switch (resource.ResourceType) {
      case EFI_RESOURCE_SYSTEM_MEMORY: {
        const Maybe<ClaimKind> kind = kind_of_memory(resource.ResourceAttribute);
        if (!kind) return reject(RejectionReason::UnusualAttributes);
        claim.kind = *kind;
        break;
      }
      case EFI_RESOURCE_MEMORY_MAPPED_IO:
      case EFI_RESOURCE_FIRMWARE_DEVICE:
        claim.kind = ClaimKind::Device;
        break;
      case EFI_RESOURCE_MEMORY_MAPPED_IO_PORT:
      case EFI_RESOURCE_MEMORY_RESERVED:
        claim.kind = ClaimKind::Reserved;
        break;
      case EFI_RESOURCE_MEMORY_UNACCEPTED:
        claim.kind = ClaimKind::Unaccepted;
        break;
      case EFI_RESOURCE_IO:
      case EFI_RESOURCE_IO_RESERVED:
        return true;  // another address space
      default:
        return reject(RejectionReason::UnknownResource);
    }
    claim.attribute = attribute_of(resource);
    claim.type = shown_type(claim.kind);
    claim.of_bins = is_of_bins(resource);
    claim.second = is_second(resource);
    return place(claim, resource.PhysicalStart, resource.ResourceLength);
  }

  [[nodiscard]] bool take_allocation(const EFI_HOB_MEMORY_ALLOCATION& hob) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& allocation = hob.AllocDescriptor;
    if (allocation.MemoryType == EfiConventionalMemory) return true;  // was given back
    Claim claim;
    claim.kind = ClaimKind::Allocation;
    claim.type = allocation.MemoryType;
    if (claim.type >= EfiMaxMemoryType && claim.type < MEMORY_TYPE_OEM_RESERVED_MIN) {
      claim.type = EfiReservedMemoryType;
      rejections_.add(offset_, RejectionReason::UnknownType);
    }
    claim.may_double = hob.Header.HobLength == sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE) ||
                       same_guid(allocation.Name, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
    return place(claim, allocation.MemoryBaseAddress, allocation.MemoryLength);
  }

  // Rounds the claim to pages and keeps it when any remain.
  [[nodiscard]] bool place(Claim& claim, UINT64 base, UINT64 length) {
    if (length == 0) return reject(RejectionReason::ZeroLength);
    const Maybe<UINT64> end = add(base, length);
    const bool offers = is_offer(claim.kind);
    if (!end) {
      rejections_.add(offset_, RejectionReason::Wraps);
      if (offers) return true;
    }
    const UINT64 stop = end ? *end : kHighestAddress;
    const UINT64 cut = stop < limit_ ? stop : limit_;
    if (end) report_rounding(claim, base, stop);
    if (base >= limit_) return true;
    claim.base = align_down(base, kPageBytes);
    claim.end = align_down(cut, kPageBytes);
    // Both lie below the limit, a multiple of the page size, so neither sum passes it.
    if (offers && claim.base != base) claim.base += kPageBytes;
    if (!offers && claim.end != cut) claim.end += kPageBytes;
    if (claim.base >= claim.end) return true;
    claim.offset = offset_;
    return claims_.add(claim);
  }

  void report_rounding(const Claim& claim, UINT64 base, UINT64 end) {
    if (end > limit_) {
      rejections_.add(offset_, RejectionReason::BeyondCpu);
    } else if (claim.kind == ClaimKind::Device) {
      return;  // registers come in all sizes
    } else if (end - base < kPageBytes) {
      rejections_.add(offset_, RejectionReason::BelowAPage);
    } else if (!is_aligned(base, kPageBytes) || !is_aligned(end, kPageBytes)) {
      rejections_.add(offset_, RejectionReason::Unaligned);
    }
  }

  // What is rejected needs no room.
  [[nodiscard]] bool reject(RejectionReason reason) {
    rejections_.add(offset_, reason);
    return true;
  }

  UINT64 limit_;
  Claims& claims_;
  Rejections& rejections_;
  UINTN offset_ = 0;
};

}  // namespace

const EFI_HOB_RESOURCE_DESCRIPTOR* as_resource(const EFI_HOB_GENERIC_HEADER* hob) {
  const bool is_resource = hob->HobType == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR ||
                           hob->HobType == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  return is_resource ? reinterpret_cast<const Resource*>(hob) : nullptr;
}

bool is_tested_memory(const EFI_HOB_RESOURCE_DESCRIPTOR& resource) {
  return resource.ResourceType == EFI_RESOURCE_SYSTEM_MEMORY &&
         (resource.ResourceAttribute & kTested) == kTested &&
         (resource.ResourceAttribute & EFI_RESOURCE_ATTRIBUTE_PERSISTENT) == 0;
}

bool is_of_bins(const EFI_HOB_RESOURCE_DESCRIPTOR& resource) {
  return same_guid(resource.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID);
}

bool holds_list(const HandOff& hand_off, const EFI_HOB_RESOURCE_DESCRIPTOR& resource) {
  const UINT64 list = hand_off.phit_address;
  return list >= resource.PhysicalStart && list - resource.PhysicalStart < resource.ResourceLength;
}

HandOffError collect_claims(const HandOff& hand_off, Claims& claims, Rejections& rejections) {
  Collector collector(hand_off, claims, rejections);
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    if (!collector.take(*walk.hob(), walk.offset())) {
      return {HandOffFlaw::TooManyHobs, walk.offset()};
    }
  }
  return {};
}

}  // namespace pei::dxe
