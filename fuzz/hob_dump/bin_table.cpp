// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Decoding, and words.
#include "fuzz/hob_dump/bin_table.h"

#include <fmt/format.h>

#include <cstring>

#include "fuzz/hob_dump/hob_names.h"
#include "properties/oracle/pi.h"

namespace hobnail {

using oracle::Hob;
using oracle::HobView;

bool is_bin_table(const HobView& view, const Hob& hob) {
  return hob.type == pei::EFI_HOB_TYPE_GUID_EXTENSION &&
         hob.length >= sizeof(pei::EFI_HOB_GUID_TYPE) &&
         oracle::same_guid(view.read<pei::EFI_HOB_GUID_TYPE>(hob).Name,
                           pei::EFI_MEMORY_TYPE_INFORMATION_GUID);
}

BinTable bin_table_of(const HobView& view, const Hob& hob) {
  BinTable table;
  std::size_t at = hob.offset + sizeof(pei::EFI_HOB_GUID_TYPE);
  const std::size_t end = hob.offset + std::size_t{hob.length};
  for (; at + sizeof(pei::EFI_MEMORY_TYPE_INFORMATION) <= end; at += 8) {
    pei::EFI_MEMORY_TYPE_INFORMATION entry;
    std::memcpy(&entry, view.bytes.data() + at, sizeof entry);
    table.ended = entry.Type == pei::EfiMaxMemoryType;
    if (table.ended) break;
    table.entries.push_back({entry.Type, entry.NumberOfPages});
  }
  return table;
}

std::string bin_table_text(const BinTable& table) {
  constexpr std::size_t kShown = 17;  // each type once, and one more
  std::string text;
  for (std::size_t i = 0; i < table.entries.size() && i < kShown; ++i) {
    const auto& [type, pages] = table.entries[i];
    text += fmt::format("{} {} page{}, ", memory_type_name(type), pages, pages == 1 ? "" : "s");
  }
  if (table.entries.size() > kShown) {
    text += fmt::format("and {} more, ", table.entries.size() - kShown);
  }
  return text + (table.ended ? "end" : "no end");
}

}  // namespace hobnail
