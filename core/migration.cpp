// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The stack lies at the bottom of permanent memory, the pages go below those of the window.
#include "core/migration.h"

#include "core/bytes.h"
#include "core/migration_layout.h"
#include "core/platform_copy.h"

namespace pei {
namespace {

// The address of something that moved with its surroundings from `old_base` to `new_base`.
UINT64 rebase(UINT64 address, UINT64 old_base, UINT64 new_base) {
  PEI_ASSERT(address >= old_base);
  return new_base + (address - old_base);
}

void copy_range(const AddressRange& from, UINT64 to) {
  copy_bytes(at_address<VOID>(to), at_address<VOID>(from.base()),
             static_cast<UINTN>(from.size_bytes()));
}

// SEC's data, packed on top of the new stack, lowest first. For another core's use: ours is in the
// list and the record.
void copy_hole(const PeiCoreInstance& instance, UINT64 to) {
  for (const AddressRange& piece : hole_of(instance).pieces) {
    copy_range(piece, to);
    to += piece.size_bytes();
  }
}

void move_phit(PeiCoreInstance& moved, UINT64 new_heap_base, const MigrationPlan& plan) {
  EFI_HOB_HANDOFF_INFO_TABLE& phit = *at_address<EFI_HOB_HANDOFF_INFO_TABLE>(new_heap_base);
  phit.EfiEndOfHobList = rebase(phit.EfiEndOfHobList, address_of(moved.phit), new_heap_base);
  phit.EfiFreeMemoryBottom = phit.EfiEndOfHobList + sizeof(EFI_HOB_GENERIC_HEADER);
  phit.EfiFreeMemoryTop = plan.new_pages_base;
  phit.EfiMemoryBottom = moved.permanent.base();
  phit.EfiMemoryTop = moved.permanent.end();
  moved.phit = &phit;
}

// Every allocation inside the old pages, by any author, moves with them. One that only begins there
// is not the core's: for example, a platform that reserves all of temporary RAM.
void move_allocations(Arena& arena, const MigrationPlan& plan) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& allocation = walk.record().AllocDescriptor;
    const Maybe<AddressRange> range =
        AddressRange::sized(allocation.MemoryBaseAddress, allocation.MemoryLength);
    if (!range || range->empty() || !plan.old_pages.contains(*range)) continue;
    arena.move_record(walk.offset(),
                      rebase(range->base(), plan.old_pages.base(), plan.new_pages_base));
  }
}

void move_record_pointers(PeiCoreInstance& moved) {
  moved.services = &moved.table;
  moved.table.CpuIo = moved.no_ppi;
  moved.table.PciCfg = moved.no_ppi;
  moved.temporary_ram_support = nullptr;
}

Images copy_all(PeiCoreInstance& instance, const Arena& old_arena, const MigrationPlan& plan) {
  const AddressRange old_list = AddressRange::between(
      address_of(instance.phit), address_of(instance.phit) + old_arena.list_bytes());
  copy_range(plan.old_pages, plan.new_pages_base);
  copy_hole(instance, plan.new_stack.end());
  copy_range(old_list, plan.new_heap_base);
  copy_range(instance.stack, plan.new_stack.end() - instance.stack.size_bytes());
  instance.signature = kDeadRecord;
  return Images{plan.new_record, plan.new_heap_base};
}

// The pages lie inside the platform's image of the heap; they go on from there. Temporary RAM may
// be gone already, so everything is read from the image.
Maybe<Images> have_all_copied(PeiCoreInstance& instance, const MigrationPlan& plan) {
  const UINT64 pages_in_heap = plan.old_pages.base() - instance.heap.base();
  const Maybe<Images> images = let_platform_copy(instance, plan.new_stack.end());
  if (!images) return {};
  copy_bytes(at_address<VOID>(plan.new_pages_base),
             at_address<VOID>(images->heap_base + pages_in_heap),
             static_cast<UINTN>(plan.old_pages.size_bytes()));
  return images;
}

}  // namespace

bool is_large_enough(PeiCoreInstance& instance, const AddressRange& permanent) {
  const Arena arena = arena_of(instance);
  // The stack's HOB is made in the old list.
  if (!arena.growth_for_slots(1, 0, 0)) return false;
  if (new_stack_bytes(permanent) < instance.stack.size_bytes()) return false;
  const Maybe<Floor> floor = window_floor(instance, arena, permanent);
  if (!floor) return false;
  const Maybe<UINT64> lowest = floor->above(0);
  return lowest && *lowest <= permanent.end();
}

Maybe<MigrationPlan> plan_migration(PeiCoreInstance& instance) {
  PEI_ASSERT(instance.phase == CorePhase::kWindow);
  const Arena arena = arena_of(instance);
  const Maybe<Floor> floor = window_floor(instance, arena, instance.permanent);
  const Maybe<UINT64> heap_base = new_heap_base(instance, instance.permanent);
  PEI_ASSERT(floor && heap_base);  // as when the memory was accepted
  // The rest too, unless a PEIM has written into the PHIT.
  const Maybe<UINT64> lowest = floor->above(0);
  if (!lowest || *lowest > instance.window_top || !arena.growth_for_slots(1, 0, 0)) return {};

  MigrationPlan plan;
  plan.by_platform = platform_copies(instance);
  const UINT64 base = instance.permanent.base();
  plan.new_stack = AddressRange::between(base, base + new_stack_bytes(instance.permanent));
  plan.new_record = plan.new_stack.end() - (instance.stack.end() - address_of(&instance));
  plan.new_heap_base = *heap_base;
  plan.old_pages = arena.pages();
  const UINT64 highest_base = instance.window_top - plan.old_pages.size_bytes();
  plan.new_pages_base = highest_base;
  // Down to where they have moved by whole granules; the floor has left room for it.
  plan.new_pages_base -= (highest_base - plan.old_pages.base()) & (floor->granule - 1);
  plan.padding =
      AddressRange::between(plan.new_pages_base + plan.old_pages.size_bytes(), instance.window_top);
  return plan;
}

PeiCoreInstance* commit_migration(PeiCoreInstance& instance, const MigrationPlan& plan) {
  Arena old_arena = arena_of(instance);
  old_arena.record_named(plan.new_stack, EfiBootServicesData, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
  const Maybe<Images> images =
      plan.by_platform ? have_all_copied(instance, plan) : copy_all(instance, old_arena, plan);
  if (!images) return nullptr;

  PeiCoreInstance& moved = *at_address<PeiCoreInstance>(images->instance);
  move_record_pointers(moved);
  move_phit(moved, images->heap_base, plan);
  moved.phase = CorePhase::kPermanent;
  Arena arena = arena_of(moved);
  move_allocations(arena, plan);
  if (!plan.padding.empty()) arena.record(plan.padding, EfiConventionalMemory);
  // Above the pages lies padding, or later padding below them: free pages may meet there.
  moved.merge_boundaries[0] = plan.padding.base();
  moved.merge_boundaries[1] = plan.new_pages_base;
  return &moved;
}

}  // namespace pei
