// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Changes of a HOB list, in text.
#include "properties/oracle/narration/trace.h"

#include <fmt/format.h>

#include <cstring>
#include <string_view>

#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

// The pages that a HOB describes and what it says of them: 0x10007000+0x1000 EfiBootServicesData.
std::string describe_hob(const HobListSnapshot& snapshot, std::size_t index) {
  const Hob& hob = snapshot.view.hobs[index];
  if (hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
      hob.length >= sizeof(EFI_HOB_MEMORY_ALLOCATION)) {
    const MemoryHob memory = snapshot.view.memory(index);
    const std::string_view what = memory.type == EfiConventionalMemory ? " (free)" : "";
    return fmt::format("{:#x}+{:#x} {}{}", memory.base, memory.length, efi_memory_type(memory.type),
                       what);
  }
  return fmt::format("{} of {:#x} bytes", efi_hob_type(hob.type), hob.length);
}

std::string describe_changed_hob(const HobListSnapshot& before, const HobListSnapshot& after,
                                 std::size_t i) {
  const std::uint64_t address = after.base + after.view.hobs[i].offset;
  const bool was_unused = before.view.hobs[i].type == EFI_HOB_TYPE_UNUSED;
  if (after.view.hobs[i].type == EFI_HOB_TYPE_UNUSED) {
    return fmt::format("HOB {:#x} becomes UNUSED (was {})", address, describe_hob(before, i));
  }
  if (was_unused)
    return fmt::format("UNUSED HOB {:#x} reused: {}", address, describe_hob(after, i));
  const bool record = after.view.hobs[i].type == EFI_HOB_TYPE_MEMORY_ALLOCATION;
  return record ? fmt::format("HOB {:#x} changed to {}", address, describe_hob(after, i))
                : fmt::format("HOB {:#x} ({}): body changed", address, describe_hob(after, i));
}

bool same_hob(const HobListSnapshot& before, const HobListSnapshot& after, std::size_t i) {
  const Hob& hob = before.view.hobs[i];
  return std::memcmp(before.bytes.data() + hob.offset, after.bytes.data() + hob.offset,
                     hob.length) == 0;
}

void add(std::string& text, const std::string& part) {
  if (!text.empty()) text += "; ";
  text += part;
}

void add_cursor(std::string& text, std::string_view name, std::uint64_t before,
                std::uint64_t after) {
  if (before != after) add(text, fmt::format("{} {:#x} -> {:#x}", name, before, after));
}

}  // namespace

std::string describe_change(const HobListSnapshot& before, const HobListSnapshot& after) {
  std::string text;
  for (std::size_t i = 1; i + 1 < before.view.hobs.size() && i + 1 < after.view.hobs.size(); ++i) {
    if (!same_hob(before, after, i)) add(text, describe_changed_hob(before, after, i));
  }
  for (std::size_t i = before.view.hobs.size() - 1; i + 1 < after.view.hobs.size(); ++i) {
    add(text, fmt::format("HOB {:#x} appended: {}", after.base + after.view.hobs[i].offset,
                          describe_hob(after, i)));
  }
  add_cursor(text, "free bottom", before.phit.EfiFreeMemoryBottom, after.phit.EfiFreeMemoryBottom);
  add_cursor(text, "free top", before.phit.EfiFreeMemoryTop, after.phit.EfiFreeMemoryTop);
  add_cursor(text, "boot mode", before.phit.BootMode, after.phit.BootMode);
  return text;
}

std::string describe_phit(const HobListSnapshot& snapshot) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = snapshot.phit;
  return fmt::format("PHIT {:#x}, memory [{:#x}, {:#x}), free [{:#x}, {:#x}), {} HOBs",
                     snapshot.base, phit.EfiMemoryBottom, phit.EfiMemoryTop,
                     phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop, snapshot.view.hobs.size());
}

}  // namespace hobnail::oracle
