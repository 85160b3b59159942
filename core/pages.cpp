// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The gap's side of page allocation.
#include "core/pages.h"

#include "core/page_reuse.h"

namespace pei {
namespace {

Maybe<PagePlan> plan_from_gap(const Arena& arena, const PageRegion& region,
                              const PageRequest& request) {
  const UINT64 top = *region.top;
  const UINT64 aligned_top = align_down(top, request.alignment);
  const UINT32 slots = aligned_top < top ? 2 : 1;
  const Maybe<UINT64> growth = arena.growth_for_slots(slots, 0, region.spare_slots);
  if (!growth || !region.has_room(aligned_top, request.size_bytes, *growth)) return {};

  PagePlan plan;
  plan.request = request;
  plan.result = AddressRange::between(aligned_top - request.size_bytes, aligned_top);
  plan.padding = AddressRange::between(aligned_top, top);
  return plan;
}

}  // namespace

bool is_allocatable(EFI_MEMORY_TYPE type) {
  switch (type) {
    case EfiReservedMemoryType:
    case EfiLoaderCode:
    case EfiLoaderData:
    case EfiBootServicesCode:
    case EfiBootServicesData:
    case EfiRuntimeServicesCode:
    case EfiRuntimeServicesData:
    case EfiACPIReclaimMemory:
    case EfiACPIMemoryNVS:
      return true;
    case EfiConventionalMemory:
    case EfiUnusableMemory:
    case EfiMemoryMappedIO:
    case EfiMemoryMappedIOPortSpace:
    case EfiPalCode:
    case EfiPersistentMemory:
    case EfiUnacceptedMemoryType:
    case EfiMaxMemoryType:
      return false;
  }
  return false;  // a caller can pass any 32 bits
}

UINT64 granularity_of(UINT32 type, UINT64 runtime_granularity) {
  const bool is_runtime = type == EfiReservedMemoryType || type == EfiRuntimeServicesCode ||
                          type == EfiRuntimeServicesData || type == EfiACPIMemoryNVS;
  return is_runtime ? runtime_granularity : kPageBytes;
}

Maybe<PageRequest> page_request(EFI_MEMORY_TYPE type, UINT64 pages, UINT64 runtime_granularity) {
  const UINT64 alignment = granularity_of(type, runtime_granularity);
  const Maybe<UINT64> asked_bytes = pages_to_bytes(pages);
  if (!asked_bytes) return {};
  const Maybe<UINT64> size_bytes = align_up(*asked_bytes, alignment);
  if (!size_bytes) return {};
  return PageRequest{type, alignment, *size_bytes};
}

Maybe<PagePlan> plan_pages(const Arena& arena, const PageRegion& region,
                           const PageRequest& request) {
  const Maybe<PagePlan> plan = plan_from_gap(arena, region, request);
  if (plan) return plan;
  return plan_from_freed(arena, region, request);
}

UINT64 commit_pages(Arena& arena, const PageRegion& region, const PagePlan& plan) {
  PEI_ASSERT(plan.result.base() != 0);
  if (!plan.from_gap) {
    retire_free(arena, region, plan.run, plan.holder_offset);
    split_record(arena, plan.holder_offset, plan.run, EfiConventionalMemory, plan.result,
                 plan.request.type);
    return plan.result.base();
  }
  if (!plan.padding.empty()) arena.record(plan.padding, EfiConventionalMemory);
  arena.record(plan.result, plan.request.type);
  *region.top = plan.result.base();
  return plan.result.base();
}

void split_record(Arena& arena, UINTN holder_offset, const AddressRange& whole,
                  EFI_MEMORY_TYPE rest_type, const AddressRange& part, EFI_MEMORY_TYPE part_type) {
  if (part.end() < whole.end()) {
    arena.record_part(holder_offset, AddressRange::between(part.end(), whole.end()), rest_type);
  }
  if (part.base() > whole.base()) {
    arena.record_part(holder_offset, AddressRange::between(whole.base(), part.base()), rest_type);
  }
  arena.rewrite(holder_offset, part, part_type);
}

}  // namespace pei
