// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Rows and pictures.
#include "fuzz/hob_dump/memory_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::HobView;
using oracle::MemoryHob;
using oracle::Region;

constexpr std::size_t kRowsMax = 256;  // of one picture
constexpr std::size_t kTextWidth = 58;
constexpr std::size_t kEdgesMax = 4096;  // of one picture of resources

void sort_rows(std::vector<MapRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const MapRow& a, const MapRow& b) { return a.range.base < b.range.base; });
}

// One row for HOBs of the same range.
void join_rows(std::vector<MapRow>& rows) {
  std::vector<MapRow> joined;
  for (MapRow& row : rows) {
    if (!joined.empty() && joined.back().range == row.range) {
      joined.back().text += "; " + row.text;
    } else {
      joined.push_back(std::move(row));
    }
  }
  rows = std::move(joined);
}

std::vector<MapRow> with_holes(std::vector<MapRow> rows, const Region& memory) {
  std::vector<MapRow> filled;
  std::uint64_t at = memory.base;
  for (MapRow& row : rows) {
    if (row.range.base > at) filled.push_back({{at, row.range.base - at}, "(no HOB)"});
    at = std::max(at, row.range.end());
    filled.push_back(std::move(row));
  }
  if (at < memory.end()) filled.push_back({{at, memory.end() - at}, "(no HOB)"});
  return filled;
}

std::string allocation_text(const MemoryHob& hob) {
  std::string text = memory_type_name(hob.type);
  if (!oracle::is_zero_guid(hob.name)) text += " (" + guid_text(hob.name) + ")";
  return text + fmt::format(", HOB {}", hob.index);
}

std::string resource_text(const ResourceHob& res, const std::vector<const ResourceHob*>& below) {
  constexpr std::size_t kShown = 3;
  std::string over;
  std::string both;
  std::size_t shown = 0;
  for (const ResourceHob* const each : below) {
    if (are_both_versions(res, *each)) {
      both = fmt::format(" and {}", each->index);
    } else if (shown++ < kShown) {
      over += fmt::format("{}{}", over.empty() ? " over HOB " : ", ", each->index);
    }
  }
  return fmt::format("{}, HOB {}{}{}: {}", resource_type_name(res.type), res.index, both, over,
                     resource_attribute_names(res.attribute));
}

// A bar for the eye: one # for each doubling from a page on.
std::string bar(std::uint64_t bytes) {
  return std::string(static_cast<std::size_t>(std::bit_width(bytes >> 12)), '#');
}

constexpr std::size_t kFramed = 92;  // columns of a picture with a frame

// From the highest down.
std::vector<MapRow> highest(const std::vector<MapRow>& rows) {
  const std::size_t count = std::min(rows.size(), kRowsMax);
  return {rows.rbegin(), rows.rbegin() + static_cast<std::ptrdiff_t>(count)};
}

std::string more_rows(const std::vector<MapRow>& rows, std::size_t indent) {
  if (rows.size() <= kRowsMax) return {};
  return fmt::format("{:>{}}and {} more below\n", "", indent, rows.size() - kRowsMax);
}

// Two lines a row, without a frame.
std::string draw_narrow(const std::vector<MapRow>& rows, std::size_t columns) {
  constexpr std::size_t kIndent = 4;
  const std::size_t room = std::max<std::size_t>(columns, 40) - kIndent;
  std::string text;
  for (const MapRow& row : highest(rows)) {
    std::string says = row.text;
    if (says.size() > room) says = says.substr(0, room - 3) + "...";
    text += fmt::format("{:#x} {} {}\n{:>{}}{}\n", row.range.base, size_text(row.range.size),
                        bar(row.range.size).substr(0, 12), "", kIndent, says);
  }
  return text + more_rows(rows, kIndent);
}

std::string draw_framed(const std::vector<MapRow>& rows) {
  const std::string line(kTextWidth + 2, '-');
  std::string text =
      fmt::format("{:>14} +{}+\n", fmt::format("{:#x}", rows.back().range.end()), line);
  for (const MapRow& row : highest(rows)) {
    std::string says = row.text;
    if (says.size() > kTextWidth) says = says.substr(0, kTextWidth - 3) + "...";
    text += fmt::format("{:>14} | {:<{}} | {:>12} {}\n", fmt::format("{:#x}", row.range.base), says,
                        kTextWidth, size_text(row.range.size), bar(row.range.size));
  }
  return text + fmt::format("{:>14} +{}+\n", "", line) + more_rows(rows, 16);
}

std::string draw(const std::vector<MapRow>& rows, std::string_view title, std::size_t columns) {
  if (rows.empty()) return {};
  return fmt::format("{}\n{}", title,
                     columns < kFramed ? draw_narrow(rows, columns) : draw_framed(rows));
}

}  // namespace

std::vector<MapRow> memory_rows(const HobView& view) {
  const auto phit = view.phit();
  const std::uint64_t list = phit.EfiEndOfHobList - view.hobs.back().offset;
  if (!(phit.EfiMemoryBottom <= list && list <= phit.EfiFreeMemoryBottom &&
        phit.EfiFreeMemoryBottom <= phit.EfiFreeMemoryTop &&
        phit.EfiFreeMemoryTop <= phit.EfiMemoryTop)) {
    return {};
  }
  const Region memory{phit.EfiMemoryBottom, phit.EfiMemoryTop - phit.EfiMemoryBottom};
  std::vector<MapRow> rows{
      {{list, phit.EfiFreeMemoryBottom - list}, fmt::format("HOB list, {} HOBs", view.hobs.size())},
      {{phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom}, "free"}};
  for (const MemoryHob& hob : view.memory_hobs()) {
    const Region range{hob.base, hob.length};
    if (range.size == 0 || !memory.contains(range.base, range.size) || range == memory) continue;
    rows.push_back({range, allocation_text(hob)});
  }
  sort_rows(rows);
  join_rows(rows);
  return with_holes(std::move(rows), memory);
}

std::vector<MapRow> resource_rows(const HobView& view, bool io) {
  std::vector<ResourceHob> open = resources_of(view);
  std::erase_if(open, [&](const ResourceHob& res) { return res.is_io() != io; });
  std::vector<MapRow> rows;
  // A range that is none has a row of its own, where it begins.
  for (const ResourceHob& res : open) {
    if (res.range.size == 0 || res.wraps()) rows.push_back({res.range, resource_text(res, {})});
  }
  std::erase_if(open, [](const ResourceHob& res) { return res.range.size == 0 || res.wraps(); });
  // The most particular of those that lie over each other is seen, and the others are named.
  const auto is_more_particular = [](const ResourceHob& a, const ResourceHob& b) {
    return a.range.size != b.range.size ? a.range.size < b.range.size : a.index < b.index;
  };
  std::sort(open.begin(), open.end(), is_more_particular);
  if (open.size() > kEdgesMax) open.resize(kEdgesMax);
  std::vector<std::uint64_t> edges;
  for (const ResourceHob& res : open) edges.insert(edges.end(), {res.range.base, res.range.end()});
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  if (edges.size() > kEdgesMax) edges.resize(kEdgesMax);
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const Region stretch{edges[i - 1], edges[i] - edges[i - 1]};
    std::vector<const ResourceHob*> over;
    for (const ResourceHob& res : open) {
      if (res.range.contains(stretch.base)) over.push_back(&res);
    }
    if (over.empty()) {
      rows.push_back({stretch, "(not described)"});  // holes are worth seeing
    } else {
      const ResourceHob& first = *over.front();
      rows.push_back({stretch, resource_text(first, {over.begin() + 1, over.end()})});
    }
  }
  sort_rows(rows);
  return rows;
}

std::string draw_maps(const HobView& view, std::size_t columns) {
  std::string text = draw(memory_rows(view), "memory of the PHIT", columns);
  if (text.empty()) text = "memory of the PHIT: not drawn, its addresses do not ascend\n";
  text += draw(resource_rows(view, false), "resources: memory space", columns);
  text += draw(resource_rows(view, true), "resources: IO space", columns);
  return text + "a bar has one # for each doubling of the size, from 4 KiB on\n";
}

}  // namespace hobnail
