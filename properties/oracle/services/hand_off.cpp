// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HandOff: PEI is over. The harness plays the platform and DxeIpl: it adds the HOBs that DXE cannot
// do without, through CreateHob, copies the list, and takes it away.
//
//   [PHIT][HOB]...[END]  --copy-->  DXE's own memory  --> map
//   then garbage: from here on it is memory like any other, and so are all pools in it
#include "properties/oracle/services/hand_off.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/dxe/dxe_checks.h"
#include "properties/oracle/narration/hints.h"
#include "properties/oracle/narration/narrate_hand_off.h"
#include "properties/oracle/services/loaded_dxe.h"
#include "properties/oracle/services/pool_and_hob.h"

namespace hobnail::oracle {
namespace {

constexpr int kDxeGarbage = 0xd7;

// Why DXE cannot be entered now; None when it can.
Ending obstacle(const Boot& boot) {
  if (boot.model.phase == Phase::Window) return Ending::MigrationPending;
  if (boot.model.phase == Phase::Temporary) return Ending::NoPermanentMemory;
  return Ending::None;
}

// One HOB of the platform, checked as a PEIM's is. `added` is false when it does not fit.
Verdict add_hob(Boot& boot, std::uint16_t type, std::vector<std::uint8_t> body, bool& added) {
  Op op;
  op.code = OpCode::CreateHob;
  op.number = type;
  op.quantity = {Measure::Literal, sizeof(EFI_HOB_GENERIC_HEADER) + body.size()};
  op.data = std::move(body);
  Handles& handles = boot.model.handles_of(Result::Hob);
  handles.push_back({});
  Verdict verdict = run_create_hob(boot, op);
  added = !verdict && !boot.over && handles.back().size != 0;
  return verdict;
}

template <typename Hob>
std::vector<std::uint8_t> body_of(const Hob& hob) {
  std::vector<std::uint8_t> bytes(sizeof hob);
  std::memcpy(bytes.data(), &hob, sizeof hob);
  bytes.erase(bytes.begin(), bytes.begin() + sizeof(EFI_HOB_GENERIC_HEADER));
  return bytes;
}

Verdict add_cpu(Boot& boot, bool& added) {
  EFI_HOB_CPU cpu{};
  cpu.SizeOfMemorySpace = 48;
  cpu.SizeOfIoSpace = 16;
  return add_hob(boot, EFI_HOB_TYPE_CPU, body_of(cpu), added);
}

Verdict add_resource(Boot& boot, const Region& memory, bool& added) {
  EFI_HOB_RESOURCE_DESCRIPTOR resource{};
  resource.ResourceType = EFI_RESOURCE_SYSTEM_MEMORY;
  resource.ResourceAttribute = EFI_RESOURCE_ATTRIBUTE_PRESENT | EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                               EFI_RESOURCE_ATTRIBUTE_TESTED;
  resource.PhysicalStart = memory.base;
  resource.ResourceLength = memory.size;
  Verdict verdict = add_hob(boot, EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, body_of(resource), added);
  if (added) {
    boot.narrate("the platform adds a resource HOB: {} is tested system memory", memory);
  }
  return verdict;
}

// The board's memory that holds PEI's, without the bins: those have a resource HOB of their own.
std::array<Region, 2> memory_of_pei(const Boot& boot) {
  const Region all = boot.board.region_of(boot.snapshot.base);
  const Region& bins = boot.snapshot.bins;
  if (bins.size == 0 || !all.contains(bins.base, bins.size)) return {all, Region{}};
  return {Region{all.base, bins.base - all.base}, Region{bins.end(), all.end() - bins.end()}};
}

// What the platform adds of what is missing. The boot is over when the list is full: no DXE starts
// without.
Verdict complete_list(Boot& boot) {
  bool added = true;
  if (!has_cpu_hob(boot.snapshot)) {
    if (Verdict verdict = add_cpu(boot, added)) return verdict;
    if (added) boot.narrate("the platform adds a CPU HOB: DXE reads the address width from it");
  }
  for (const Region& memory : memory_of_pei(boot)) {
    if (memory.size == 0 || !added) continue;
    const DxeView view = dxe_view(boot.now(), EFI_PAGE_SIZE);
    if (view.tested(memory) || view.resource_of_core(memory) != nullptr) continue;
    if (Verdict verdict = add_resource(boot, memory, added)) return verdict;
  }
  if (!added && !boot.over) {
    boot.model.stage = Stage::Halted;
    boot.narrate("a HOB that DXE requires does not fit: the boot ends");
  }
  return std::nullopt;
}

// The target's part of the list, before the consumer reads it.
Verdict check_target_list(Boot& boot) {
  boot.dxe = dxe_view(boot.now(), boot.target.runtime_page_granularity);
  Verdict first;
  for (const Flaw& flaw : boot.dxe.flaws) {
    if (flaw.by_peim) continue;
    Verdict verdict = report(boot, flaw.rule, flaw.text);
    if (verdict) return verdict;
    first.keep_first(std::move(verdict));
  }
  boot.map = dxe_map(boot.dxe);
  if (boot.options.trace) narrate_flaws(boot);
  if (boot.dxe.sound()) first.keep_first(check_live_pages(boot.now(), boot.map));
  if (boot.dxe.sound()) first.keep_first(check_memory_of_pei(boot.now(), boot.map));
  return first;
}

// DXE under test. `runs` says whether it has started.
Verdict check_consumer(Boot& boot, bool& runs) {
  const BootState now = boot.now();
  const HandOver over{now, boot.dxe, boot.map};
  DxeConsumer& dxe = *boot.options.consumer;
  if (!dxe.traits().ours) return hand_over_to_loaded(boot, runs);
  const std::vector<std::uint8_t> copy = boot.snapshot.bytes;
  const std::string objection = dxe.take_over(copy, boot.target.runtime_page_granularity);
  runs = objection.empty();
  if (!runs) {
    boot.narrate("DXE rejects the list: {}", objection);
    if (!boot.dxe.sound() || !has_first_region(over)) return std::nullopt;
    return report(boot, RuleId::DxeList, "a valid list was rejected: " + objection);
  }
  const Region first = dxe.first_region();
  if (Verdict verdict = check_first_region(over, first)) return verdict;
  boot.narrate("DXE starts in the free memory {}", first);
  take_list_away(boot);
  if (copy != boot.snapshot.bytes) {
    if (Verdict verdict = report(boot, RuleId::DxeList, "DXE wrote to its copy of the list"))
      return verdict;
  }
  const MemoryMap map = dxe.get_memory_map();
  if (map.status != EFI_SUCCESS) {
    return report(boot, RuleId::DxeMap, "GetMemoryMap fails; expected EFI_SUCCESS");
  }
  return check_map(over, map.entries);
}

Verdict enter_dxe(Boot& boot) {
  // What is wrong already is not DXE's doing.
  if (Verdict verdict = check_memory(boot.now())) return verdict;
  // A PEIM may have written into its HOBs since the list was read.
  boot.checked.clear();
  if (Verdict verdict = take_snapshot(boot.options.rules, boot.board, boot.model,
                                      boot.snapshot.base, boot.snapshot)) {
    return verdict;
  }
  if (Verdict verdict = complete_list(boot)) return verdict;
  boot.note_call({Service::HandOff, boot.snapshot.base});
  if (boot.over || boot.model.stage == Stage::Halted) {
    boot.record.ending = Ending::ListIncomplete;
    return std::nullopt;
  }
  Verdict list = check_target_list(boot);
  if (list) return list;
  if (list.suppressed())
    boot.model.stage = Stage::Halted;  // DXE cannot be blamed for what it reads
  if (list.suppressed()) return std::nullopt;
  boot.model.stage = Stage::Dxe;
  collect_hints(boot);
  if (boot.options.trace) narrate_list_copied(boot);
  bool runs = true;
  if (boot.options.consumer != nullptr) {
    if (Verdict verdict = check_consumer(boot, runs)) return verdict;
  } else {
    take_list_away(boot);
  }
  boot.record.ending = runs ? Ending::HandedOff : Ending::DxeRefusesList;
  if (!runs) boot.model.stage = Stage::Halted;
  if (runs && boot.options.trace) narrate_map(boot);
  for (const MapRange& range : boot.map.ranges()) boot.mix(range.where.base ^ range.type);
  return std::nullopt;
}

}  // namespace

void take_list_away(Boot& boot) {
  const Region list = boot.snapshot.list();
  boot.board.note_dirty(list);
  open_pools(boot);
  std::memset(boot.board.at(list.base), kDxeGarbage, static_cast<std::size_t>(list.size));
  std::erase_if(boot.model.live,
                [](const Allocation& block) { return block.kind != Result::Pages; });
}

Verdict run_hand_off(Boot& boot, const Op& /*op*/) {
  const bool resumes =
      boot.model.boot_mode == BOOT_ON_S3_RESUME && boot.model.phase != Phase::Window;
  if (resumes) {
    boot.model.stage = Stage::S3Resume;
    boot.record.ending = Ending::S3Resume;
    boot.narrate("DXE does not run; the operating system resumes with the memory map");
    boot.narrate("from before the sleep, in which PEI's memory of this boot is reserved");
    return std::nullopt;
  }
  boot.record.ending = obstacle(boot);
  return boot.record.ending == Ending::None ? enter_dxe(boot) : Verdict(std::nullopt);
}

}  // namespace hobnail::oracle
