// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The two moments outside of any PEIM: SEC's hand-off is judged and made into a record, and the
// dispatcher gets its turn.
#include "core/entry.h"

#include "core/bin_plan.h"
#include "core/bytes.h"
#include "core/migration.h"
#include "core/sec_hobs.h"
#include "core/sec_ppis.h"
#include "core/services.h"

namespace pei {
namespace {

struct SecHandOff {
  AddressRange temporary_ram;
  AddressRange heap;
  AddressRange stack;
  UINT64 instance;  // where the PeiCoreInstance goes
};

// A region of the hand-off; nothing when it is empty, at 0, or wraps.
Maybe<AddressRange> region_at(const VOID* base, UINTN size_bytes) {
  if (base == nullptr || size_bytes == 0) return {};
  const Maybe<AddressRange> range = AddressRange::sized(address_of(base), size_bytes);
  if (!range || !range->is_addressable()) return {};
  return range;
}

// The part of the heap that PEI manages: PI requires EfiMemoryTop on a page, SEC does not.
AddressRange managed_part(const AddressRange& heap) {
  const UINT64 top = align_down(heap.end(), kPageBytes);
  return AddressRange::between(heap.base(), top < heap.base() ? heap.base() : top);
}

bool is_usable(const AddressRange& heap) {
  return is_aligned(heap.base(), kHobAlignmentBytes) &&
         managed_part(heap).size_bytes() >= kShortestListBytes;
}

// Nothing when the stack cannot hold the record. Its top has to be aligned, because old and new top
// agree in the migration, and the record has to stay aligned.
Maybe<UINT64> place_record(const AddressRange& stack) {
  if (!is_aligned(stack.end(), kHobAlignmentBytes) || stack.end() < sizeof(PeiCoreInstance))
    return {};
  const UINT64 instance = align_down(stack.end() - sizeof(PeiCoreInstance), 16);
  if (instance < stack.base()) return {};
  return instance;
}

Maybe<SecHandOff> judge(const EFI_SEC_PEI_HAND_OFF& hand_off) {
  if (hand_off.DataSize < sizeof(hand_off)) return {};
  const Maybe<AddressRange> temporary_ram =
      region_at(hand_off.TemporaryRamBase, hand_off.TemporaryRamSize);
  const Maybe<AddressRange> heap =
      region_at(hand_off.PeiTemporaryRamBase, hand_off.PeiTemporaryRamSize);
  const Maybe<AddressRange> stack = region_at(hand_off.StackBase, hand_off.StackSize);
  if (!temporary_ram || !heap || !stack) return {};
  if (!temporary_ram->contains(*heap) || heap->overlaps(*stack) || !is_usable(*heap)) return {};
  const Maybe<UINT64> instance = place_record(*stack);
  if (!instance || !align_up(stack->end(), kPageBytes)) return {};
  return SecHandOff{*temporary_ram, *heap, *stack, *instance};
}

bool is_granularity(UINT64 bytes) {
  constexpr UINT64 kLargest = 0x10000;
  return is_power_of_two(bytes) && bytes >= kPageBytes && bytes <= kLargest;
}

// The pages of SEC's stack, for the record of a stack that stays where it is. Where its top shares
// a page with the heap, that page is the heap's.
AddressRange stack_pages(const SecHandOff& judged) {
  const AddressRange touched = AddressRange::between(align_down(judged.stack.base(), kPageBytes),
                                                     *align_up(judged.stack.end(), kPageBytes));
  if (!touched.overlaps(managed_part(judged.heap))) return touched;
  return AddressRange::between(touched.base(), align_down(judged.stack.end(), kPageBytes));
}

// The HOB list of a cold boot: SEC's HOBs behind the PHIT, and in permanent memory SEC's stack.
Arena make_list(const SecHandOff& judged, const SecHobs& hobs, bool records_stack,
                ListNotes& notes) {
  Arena arena = Arena::create(managed_part(judged.heap), notes);
  commit_sec_hobs(arena, hobs);
  const AddressRange stack = stack_pages(judged);
  if (records_stack && !stack.empty()) {
    arena.record_named(stack, EfiBootServicesData, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
  }
  return arena;
}

// Nothing when the heap has no room for what must be in the list from the start.
Maybe<SecHobs> judge_sec_hobs(const SecHandOff& judged, const SecPpis& ppis) {
  const UINT64 room_bytes = managed_part(judged.heap).size_bytes() - kShortestListBytes;
  const UINT64 kept_bytes = ppis.in_permanent_memory ? kSlotBytes : 0;
  if (room_bytes < kept_bytes) return {};
  return plan_sec_hobs(ppis.hob_data, judged.heap, room_bytes - kept_bytes);
}

// On S3 the bins' memory belongs to the sleeping OS.
void set_up_bins(PeiCoreInstance& instance) {
  if (!instance.wants_bins || instance.phit->BootMode == BOOT_ON_S3_RESUME) return;
  Arena arena = arena_of(instance);
  BinPlan plan;
  if (plan_bins(arena, instance.runtime_granularity, plan)) commit_bins(arena, instance.bins, plan);
}

}  // namespace

const EFI_PEI_SERVICES** enter_pei_core(const EFI_SEC_PEI_HAND_OFF& hand_off,
                                        const EFI_PEI_PPI_DESCRIPTOR* ppi_list,
                                        const CoreOptions& options) {
  const Maybe<SecHandOff> judged = judge(hand_off);
  const Maybe<SecPpis> ppis = read_sec_ppis(ppi_list);
  if (!is_granularity(options.runtime_page_granularity) || !judged || !ppis) return nullptr;
  const Maybe<SecHobs> hobs = judge_sec_hobs(*judged, *ppis);
  if (!hobs) return nullptr;

  // The list first: SEC's HOBs may lie where the record goes.
  ListNotes notes;
  const Arena arena = make_list(*judged, *hobs, ppis->in_permanent_memory, notes);
  PeiCoreInstance& instance = *at_address<PeiCoreInstance>(judged->instance);
  // All its members begin with zeroes; assigned from {} it would lie on this stack a second time.
  set_bytes(&instance, sizeof(instance), 0);
  instance.signature = kLiveRecord;
  instance.temporary_ram = judged->temporary_ram;
  instance.heap = judged->heap;
  instance.stack = judged->stack;
  instance.temporary_ram_support = ppis->temporary_ram_support;
  instance.runtime_granularity = options.runtime_page_granularity;
  instance.wants_bins = options.memory_type_bins;
  instance.phase = ppis->in_permanent_memory ? CorePhase::kPermanent : CorePhase::kTemporaryRam;
  instance.phit = &arena.phit();
  instance.notes = notes;
  fill_service_table(instance);
  return &instance.services;
}

const EFI_PEI_SERVICES** return_to_dispatcher(const EFI_PEI_SERVICES** services) {
  PeiCoreInstance& instance = instance_of(services);
  if (instance.phase != CorePhase::kWindow) return services;
  const Maybe<MigrationPlan> plan = plan_migration(instance);
  if (!plan) return nullptr;
  PeiCoreInstance* const moved = commit_migration(instance, *plan);
  if (moved == nullptr) return nullptr;
  set_up_bins(*moved);
  return &moved->services;
}

}  // namespace pei
