// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ExitBootServices: the operating system's loader asks for the machine, first with keys that are
// stale, then with the right one. Then the harness plays the operating system: it writes over
// everything that it may use, and what must stay is looked at.
//
//   [stack][conventional][p0: ACPI][p1: runtime][p2: NVS]
//   [#####][############][..then..][           ][       ]     # garbage of the operating system
#include "properties/oracle/services/exit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/dxe/dxe_checks.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/dxe/reader_checks.h"
#include "properties/oracle/narration/narrate_hand_off.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/loaded_dxe.h"

namespace hobnail::oracle {
namespace {

constexpr int kOsGarbage = 0x05;

MemoryMap present_map(const Boot& boot) {
  DxeConsumer* const dxe = boot.options.consumer;
  if (dxe != nullptr && dxe->traits().has_map) return dxe->get_memory_map();
  std::vector<MapEntry> entries;
  for (const MapRange& range : boot.map.ranges()) entries.push_back(entry_of(range));
  return {EFI_SUCCESS, std::move(entries), 0};
}

Verdict try_stale_keys(const Boot& boot, const MemoryMap& map) {
  DxeConsumer& dxe = *boot.options.consumer;
  if (const auto wrong = check_stale_keys(dxe, map.key)) {
    return report(boot, wrong->rule, wrong->text);
  }
  if (dxe.get_memory_map().entries == map.entries) return std::nullopt;
  return report(boot, RuleId::EbsKey, "a rejected stale key changed the memory map");
}

// The operating system writes over all pages of these types that hold anything, and whoever had
// them has them no longer. Untouched memory stays untouched: 256 MiB would take seconds.
void os_takes(Boot& boot, const std::vector<MapEntry>& entries, bool (*wanted)(std::uint32_t)) {
  std::vector<std::uint64_t> written = boot.board.written_pages();
  std::sort(written.begin(), written.end());
  for (const MapEntry& entry : entries) {
    if (!wanted(entry.type)) continue;
    const Region range{entry.base, entry.pages * kPage};
    auto page = std::lower_bound(written.begin(), written.end(), range.base);
    for (; page != written.end() && range.contains(*page); ++page) {
      std::memset(boot.board.at(*page), kOsGarbage, kPage);
      boot.board.note_dirty({*page, kPage});
    }
  }
  std::erase_if(boot.model.live, [&](const Allocation& block) { return wanted(block.type); });
}

Verdict simulate_os(Boot& boot, const std::vector<MapEntry>& entries) {
  DxeConsumer* const dxe = boot.options.consumer;
  const std::string whose = "by " + (dxe == nullptr ? std::string("DXE") : dxe->traits().name);
  if (Verdict verdict = check_kept_contents(boot, whose)) return verdict;
  boot.session.leave();  // its services and its state are in memory that goes now
  if (dxe != nullptr) leave_loaded(boot);
  os_takes(boot, entries, is_reusable);
  if (Verdict verdict = check_kept_contents(boot, "it was given to the operating system")) {
    return verdict;
  }
  os_takes(boot, entries, is_reclaimable);
  return check_kept_contents(boot, "it was given to the operating system as ACPI tables");
}

// Stale keys, the map once more, the right key. `exited` when the operating system has the machine.
Verdict call_exit(Boot& boot, const MemoryMap& map, bool& exited) {
  const bool may = in_granules(map.entries, boot.target.runtime_page_granularity);
  exited = may;
  if (boot.options.consumer == nullptr) return std::nullopt;
  if (!boot.options.consumer->traits().ours) return exit_loaded(boot, map, exited);
  const BootState now = boot.now();
  if (Verdict verdict = check_map({now, boot.dxe, boot.map}, map.entries)) return verdict;
  if (Verdict verdict = try_stale_keys(boot, map)) return verdict;
  const std::uint64_t key = boot.options.consumer->get_memory_map().key;
  const EFI_STATUS status = boot.options.consumer->exit_boot_services(key);
  if (status == (may ? EFI_SUCCESS : EFI_INVALID_PARAMETER)) return std::nullopt;
  if (may && status == EFI_INVALID_PARAMETER) {
    return report(boot, RuleId::EbsRuntime,
                  "the right key was rejected, but runtime memory is in whole granules");
  }
  return report(boot, RuleId::EbsRuntime,
                fmt::format("{} for the right key; runtime memory {} in whole granules",
                            status_text(status), may ? "is" : "is not"));
}

}  // namespace

Verdict check_kept_contents(const Boot& boot, std::string_view whose) {
  for (const Allocation& block : boot.model.live) {
    const auto change = first_change(boot.board, block.where.base, block.known);
    if (!change) continue;
    Verdict verdict = report(boot, RuleId::EbsContents,
                             fmt::format("p{} {}, {}: the byte at {:#x} changed: {}", block.handle,
                                         block.where, efi_memory_type(block.type), *change, whose));
    if (verdict) return verdict;
    adopt(boot.board, block.where.base, block.known);
  }
  return std::nullopt;
}

Verdict run_exit_boot_services(Boot& boot, const Op& /*op*/) {
  if (boot.model.stage != Stage::Dxe) {
    boot.record.ending = Ending::NoBootServices;
    return std::nullopt;
  }
  boot.note_call({Service::ExitBootServices, boot.options.consumer == nullptr ? 0U : 1U});
  const MemoryMap map = present_map(boot);
  bool exited = false;
  if (Verdict verdict = call_exit(boot, map, exited)) return verdict;
  boot.mix(exited ? 1 : 0);
  boot.record.ending = Ending::Answered;
  boot.record.status = exited ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
  if (!exited) {
    boot.narrate("runtime memory is not in granules of {:#x} bytes: no operating system can map it",
                 boot.target.runtime_page_granularity);
    return std::nullopt;
  }
  if (boot.options.trace) narrate_exit(boot, map.entries);
  boot.model.stage = Stage::Os;
  return simulate_os(boot, map.entries);
}

}  // namespace hobnail::oracle
