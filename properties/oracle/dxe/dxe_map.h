// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeMap: the oracle's own memory map of tested system memory, from the HOB list and the auditor's
// book: every claim with its type, every other page Conventional (docs/pei-semantics.md 4.3;
// I91). What a consumer makes of the same list is compared with it.
//
//   [BootServicesData: stack][Conventional: list, pools, gap][LoaderData: p1][Conventional: freed]
//
// Invariant: ranges are whole pages, sorted, disjoint, and together all tested system memory.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/dxe/dxe_view.h"

namespace hobnail::oracle {

struct MapRange {
  Region where;
  std::uint32_t type = 0;  // EFI_MEMORY_TYPE
};

struct DxeMap {
  std::vector<MapRange> ranges;

  // The range that holds `address`, or nullptr.
  [[nodiscard]] const MapRange* at(std::uint64_t address) const;
  // The longest Conventional run inside `where`, in whole pages; size 0 when there is none.
  [[nodiscard]] Region largest_free(const Region& where) const;
};

// The map that the list means. Of claims that contradict each other the target's count, and of
// those the first. HANDOFF-MAP when a live page would not be in it as what it is.
[[nodiscard]] DxeMap dxe_map(const DxeView& view);
[[nodiscard]] Verdict check_live_pages(const BootState& now, const DxeMap& map);

// The same as descriptors, for a boot without a consumer.
[[nodiscard]] std::vector<MapEntry> entries_of(const DxeMap& map);

// After ExitBootServices: what the operating system may use at once (loader, boot services and
// conventional memory), and what it may use when it has read the ACPI tables (UEFI 2.10 7.2).
[[nodiscard]] bool is_reusable(std::uint32_t type);
[[nodiscard]] bool is_reclaimable(std::uint32_t type);
// Code and data of runtime services: the operating system maps it for them.
[[nodiscard]] bool is_runtime(std::uint32_t type);

}  // namespace hobnail::oracle
