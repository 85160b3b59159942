// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The two moments outside of any PEIM: SEC's hand-off is judged and made into a record, and the
// dispatcher gets its turn.
#include "core/migration.h"
#include "core/services.h"

namespace pei {
namespace {

struct HandOff {
  AddressRange temporary_ram;
  AddressRange heap;
  AddressRange stack;
  UINT64 record = 0;  // where the CoreRecord goes
};

// A region of the hand-off; nothing when it is empty, at 0, or wraps.
Maybe<AddressRange> region_at(const VOID* base, UINTN size_bytes) {
  if (base == nullptr || size_bytes == 0) return {};
  const Maybe<AddressRange> range = AddressRange::sized(address_of(base), size_bytes);
  if (!range || !range->is_addressable()) return {};
  return range;
}

// The part of the heap that PEI manages: PI wants EfiMemoryTop on a page, SEC need not know.
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
  if (!is_aligned(stack.end(), alignof(UINT64)) || stack.end() < sizeof(CoreRecord)) return {};
  const UINT64 record = align_down(stack.end() - sizeof(CoreRecord), 16);
  if (record < stack.base()) return {};
  return record;
}

Maybe<HandOff> judge(const EFI_SEC_PEI_HAND_OFF& hand_off) {
  if (hand_off.DataSize < sizeof(hand_off)) return {};
  const Maybe<AddressRange> temporary_ram =
      region_at(hand_off.TemporaryRamBase, hand_off.TemporaryRamSize);
  const Maybe<AddressRange> heap =
      region_at(hand_off.PeiTemporaryRamBase, hand_off.PeiTemporaryRamSize);
  const Maybe<AddressRange> stack = region_at(hand_off.StackBase, hand_off.StackSize);
  if (!temporary_ram || !heap || !stack) return {};
  if (!temporary_ram->contains(*heap) || heap->overlaps(*stack) || !is_usable(*heap)) return {};
  const Maybe<UINT64> record = place_record(*stack);
  if (!record) return {};
  return HandOff{*temporary_ram, *heap, *stack, *record};
}

}  // namespace

const EFI_PEI_SERVICES** enter_pei_core(const EFI_SEC_PEI_HAND_OFF& hand_off,
                                        const EFI_PEI_PPI_DESCRIPTOR* /*ppi_list*/,
                                        const CoreOptions& options) {
  constexpr UINT64 kLargestGranularity = 0x10000;
  const UINT64 granularity = options.runtime_page_granularity;
  if (!is_power_of_two(granularity) || granularity < kPageBytes) return nullptr;
  if (granularity > kLargestGranularity) return nullptr;
  const Maybe<HandOff> judged = judge(hand_off);
  if (!judged) return nullptr;

  CoreRecord& record = *at_address<CoreRecord>(judged->record);
  record = {};
  record.signature = kLiveRecord;
  record.temporary_ram = judged->temporary_ram;
  record.heap = judged->heap;
  record.stack = judged->stack;
  record.runtime_granularity = granularity;
  record.phase = Phase::kTemporaryRam;
  record.phit = &Arena::create(managed_part(judged->heap), record.slots).phit();
  fill_service_table(record);
  return &record.services;
}

const EFI_PEI_SERVICES** return_to_dispatcher(const EFI_PEI_SERVICES** services) {
  CoreRecord& record = record_of(services);
  if (record.phase != Phase::kWindow) return services;
  const Maybe<MigrationPlan> plan = plan_migration(record);
  if (!plan) return nullptr;
  return &commit_migration(record, *plan).services;
}

}  // namespace pei
