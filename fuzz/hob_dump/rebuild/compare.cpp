// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The comparison.
#include "fuzz/hob_dump/rebuild/compare.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {
namespace {

using pei::oracle::Hob;
using pei::oracle::HobView;

// Bytes from the HOB's start that are not compared.
bool is_aside(const Hob& hob, std::size_t offset) {
  switch (hob.type) {
    case pei::EFI_HOB_TYPE_HANDOFF:
      return offset >= offsetof(pei::EFI_HOB_HANDOFF_INFO_TABLE, EfiMemoryTop);
    case pei::EFI_HOB_TYPE_MEMORY_ALLOCATION: {
      constexpr std::size_t kBase =
          sizeof(pei::EFI_HOB_GENERIC_HEADER) +
          offsetof(pei::EFI_HOB_MEMORY_ALLOCATION_HEADER, MemoryBaseAddress);
      return offset >= kBase && offset < kBase + sizeof(pei::UINT64);
    }
    case pei::EFI_HOB_TYPE_UNUSED:
      return offset >= sizeof(pei::EFI_HOB_GENERIC_HEADER);
    default:
      return false;
  }
}

std::string compare_hob(const HobView& real, const HobView& rebuilt, std::size_t index) {
  const Hob& a = real.hobs[index];
  const Hob& b = rebuilt.hobs[index];
  if (a.type != b.type || a.length != b.length) {
    return fmt::format("type {:#06x}, length {:#x} became type {:#06x}, length {:#x}", a.type,
                       a.length, b.type, b.length);
  }
  for (std::size_t i = 0; i < a.length; ++i) {
    const auto was = real.bytes[a.offset + i];
    const auto is = rebuilt.bytes[b.offset + i];
    if (was == is || is_aside(a, i)) continue;
    return fmt::format("type {:#06x}, length {:#x}: byte {:#x} was {:#04x} and became {:#04x}",
                       a.type, a.length, i, was, is);
  }
  return {};
}

}  // namespace

std::vector<HobDifference> compare_hob_lists(std::span<const std::uint8_t> real,
                                             std::span<const std::uint8_t> rebuilt) {
  std::vector<HobDifference> found;
  HobView a;
  HobView b;
  walk_hobs(real, a);
  walk_hobs(rebuilt, b);
  if (!a.ok()) found.push_back({a.hobs.size(), "the real list: " + a.error});
  if (!b.ok()) found.push_back({b.hobs.size(), "the rebuilt list: " + b.error});
  if (!found.empty()) return found;
  const std::size_t common = std::min(a.hobs.size(), b.hobs.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (std::string text = compare_hob(a, b, i); !text.empty()) found.push_back({i, text});
  }
  if (a.hobs.size() != b.hobs.size()) {
    found.push_back({common, fmt::format("{} HOBs became {}", a.hobs.size(), b.hobs.size())});
  }
  return found;
}

}  // namespace hobnail
