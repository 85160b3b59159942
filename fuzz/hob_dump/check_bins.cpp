// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins: the table, which readers of EDK II's kind follow to its end, and its home.
#include "fuzz/hob_dump/check_bins.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "fuzz/hob_dump/bin_table.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::HobView;

void check_table(const HobView& view, std::size_t index, const Say& say) {
  const BinTable table = bin_table_of(view, view.hobs[index]);
  constexpr std::string_view kUnused = "the table is not used, and there are no bins";
  if (!table.ended) {
    say(Severity::Finding, "BINS-NO-END", index,
        fmt::format("the MemoryTypeInformation table has {} entries and none that ends it (type "
                    "{:#x}): {}; a reader that looks for the end reads past the HOB's data",
                    table.entries.size(), static_cast<unsigned>(pei::EfiMaxMemoryType), kUnused));
  }
  std::set<std::uint32_t> seen;
  for (const auto& [type, pages] : table.entries) {
    if (type > pei::EfiMaxMemoryType) {
      say(Severity::Finding, "BINS-TYPE", index,
          fmt::format("the MemoryTypeInformation table has an entry of memory type {:#x}, which "
                      "no table can have: {}",
                      type, kUnused));
      return;
    }
    if (seen.insert(type).second) continue;
    say(Severity::Finding, "BINS-TWICE", index,
        fmt::format("the MemoryTypeInformation table has {} twice: {}", memory_type_name(type),
                    kUnused));
    return;
  }
}

// Where the bins lie, or why nowhere.
void note_home(const std::vector<ResourceHob>& resources, std::uint64_t list, const Say& say) {
  const ResourceHob* home = nullptr;
  for (const ResourceHob& res : resources) {
    if (!res.of_bins()) continue;
    if (home != nullptr && are_both_versions(*home, res)) continue;
    if (home != nullptr) {
      return say(Severity::Note, "BINS-HOMES", res.index,
                 fmt::format("owned by MemoryTypeInformation as HOB {} is: of two homes of the "
                             "bins DXE uses none",
                             home->index));
    }
    home = &res;
  }
  if (home == nullptr) return;
  const std::string range = range_text(home->range.base, home->range.size);
  if (home->range.contains(list)) {
    return say(Severity::Note, "BINS-HOME-IGNORED", home->index,
               fmt::format("{} is owned by MemoryTypeInformation and holds the PHIT: it stays "
                           "ordinary memory, and is not used as the home of the bins",
                           range));
  }
  for (const ResourceHob& res : resources) {
    if (res.index == home->index || !is_home_of_bins(*home, res)) continue;
    if (are_both_versions(*home, res)) continue;
    return say(Severity::Note, "BINS-HOME", home->index,
               fmt::format("{} is the home of the bins, within HOB {}", range, res.index));
  }
}

}  // namespace

void check_bins(const HobView& view, std::uint64_t list, const Say& say) {
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    if (is_bin_table(view, view.hobs[i])) check_table(view, i, say);
  }
  note_home(resources_of(view), list, say);
}

}  // namespace hobnail
