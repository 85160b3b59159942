// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Asking the consumer, and its answers in words.
#include "fuzz/hob_dump/dxe_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/inputs/text_forms.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/dxe/reader_checks.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::HobView;
using oracle::MapEntry;

constexpr std::size_t kMapRowsMax = 256;

// The HOB that the offset lies in; the number of HOBs where there is none.
std::size_t index_of(const HobView& view, std::uint64_t offset) {
  const auto after =
      std::upper_bound(view.hobs.begin(), view.hobs.end(), offset,
                       [](std::uint64_t at, const oracle::Hob& hob) { return at < hob.offset; });
  const auto index = static_cast<std::size_t>(after - view.hobs.begin());
  const bool behind = !view.ok() && offset >= view.error_offset;
  return behind || index == 0 ? view.hobs.size() : index - 1;
}

// A refusal is a sentence and ", at offset N".
DxeReport::Place refusal_of(const HobView& view, const std::string& words) {
  constexpr std::string_view kAt = ", at offset ";
  DxeReport::Place place;
  const std::size_t cut = words.rfind(kAt);
  place.why = words.substr(0, cut);
  if (cut == std::string::npos) return place;
  const char* const digits = words.data() + cut + kAt.size();
  std::from_chars(digits, words.data() + words.size(), place.offset);
  place.index = index_of(view, place.offset);
  const bool short_guid = place.index < view.hobs.size() &&
                          view.hobs[place.index].type == pei::EFI_HOB_TYPE_GUID_EXTENSION &&
                          view.hobs[place.index].length < sizeof(pei::EFI_HOB_GUID_TYPE);
  if (short_guid) place.why += "; a reader that skips this HOB is right too";
  return place;
}

// A field of the PHIT by its offset; empty for other places.
std::string_view phit_field(std::uint64_t offset) {
  switch (offset) {
    case 16:
      return " (EfiMemoryTop)";
    case 24:
      return " (EfiMemoryBottom)";
    case 32:
      return " (EfiFreeMemoryTop)";
    case 40:
      return " (EfiFreeMemoryBottom)";
    case 48:
      return " (EfiEndOfHobList)";
    default:
      return "";
  }
}

void take_rejections(const HobView& view, DxeReport& report) {
  const pei::RejectedHobs rejected = pei::builtin_rejections();
  for (const pei::RejectedHob& each : rejected.hobs) {
    report.not_as_they_stand.push_back({index_of(view, each.offset), each.offset, each.reason});
  }
  report.more = static_cast<std::size_t>(rejected.count) - rejected.hobs.size();
  std::stable_sort(report.not_as_they_stand.begin(), report.not_as_they_stand.end(),
                   [](const auto& a, const auto& b) { return a.offset < b.offset; });
}

void take_map(oracle::DxeConsumer& consumer, DxeReport& report) {
  report.map = consumer.get_memory_map().entries;
  std::stable_sort(report.map.begin(), report.map.end(),
                   [](const MapEntry& a, const MapEntry& b) { return a.base < b.base; });
}

DxeReport ask(oracle::DxeConsumer& consumer, std::span<const std::uint8_t> bytes,
              std::uint64_t granularity, const HobView& view) {
  const oracle::ConsumerTraits& traits = consumer.traits();
  DxeReport report;
  report.name = traits.name;
  report.has_first = traits.has_first_region;
  report.has_map = traits.has_map;
  const oracle::ReferenceList list(bytes);
  if (!traits.ours && oracle::is_left_out(oracle::judge_list(list, granularity), traits)) {
    report.left_out = true;
    report.refusal.why = "the list has a flaw, and the consumer is made for well-formed lists";
    return report;
  }
  const oracle::ScopedListReading reading;
  const std::string refusal = consumer.take_over(bytes, granularity);
  report.taken = refusal.empty();
  if (traits.ours) take_rejections(view, report);
  if (!report.taken) report.refusal = refusal_of(view, refusal);
  if (report.taken && report.has_first) report.first = consumer.first_region();
  if (report.taken && report.has_map) take_map(consumer, report);
  consumer.leave();
  return report;
}

std::string entry_line(const MapEntry& entry) {
  return fmt::format("  {:>#14x}  {:>10} pages  {:<22} {}\n", entry.base, entry.pages,
                     memory_type_name(entry.type),
                     entry.attribute == 0 ? "" : memory_attribute_names(entry.attribute));
}

}  // namespace

DxeReport dxe_report(std::span<const std::uint8_t> bytes, std::uint64_t granularity) {
  return dxe_report(bytes, granularity, pei::builtin_dxe());
}

DxeReport dxe_report(std::span<const std::uint8_t> bytes, std::uint64_t granularity,
                     oracle::DxeConsumer& consumer) {
  HobView view;
  walk_hobs(bytes, view);
  std::size_t size = bytes.size();
  if (view.ok()) size = view.hobs.back().offset + std::size_t{view.hobs.back().length};
  std::vector<std::uint64_t> words((size + 7) / 8 + 1);  // lists are 8-aligned
  std::copy_n(bytes.begin(), size, reinterpret_cast<std::uint8_t*>(words.data()));
  const auto* const from = reinterpret_cast<const std::uint8_t*>(words.data());

  return ask(consumer, {from, size}, granularity, view);
}

std::string dxe_verdict(const DxeReport& report) {
  if (report.left_out) return "not read: " + report.refusal.why;
  if (report.taken && !report.has_first) return "taken";
  if (report.taken) {
    return "taken, starts in " + range_text(report.first.base, report.first.size);
  }
  const DxeReport::Place& at = report.refusal;
  return fmt::format("refused at HOB {}, offset {:#x}{}: {}", at.index, at.offset,
                     phit_field(at.offset), at.why);
}

std::string dxe_text(const DxeReport& report) {
  std::string text = fmt::format("{}: the list is {}\n", report.name, dxe_verdict(report));
  if (report.taken && report.has_map) text += report.name + "'s memory map:\n";
  for (std::size_t i = 0; i < report.map.size() && i < kMapRowsMax; ++i) {
    text += entry_line(report.map[i]);
  }
  if (report.map.size() > kMapRowsMax) {
    text += fmt::format("  and {} more\n", report.map.size() - kMapRowsMax);
  }
  for (const DxeReport::Place& each : report.not_as_they_stand) {
    text += fmt::format("DXE does not take HOB {} at offset {:#x} as it stands: {}\n", each.index,
                        each.offset, each.why);
  }
  if (report.more != 0)
    text += fmt::format("DXE does not take {} more as they stand\n", report.more);
  return text;
}

nlohmann::json dxe_json(const DxeReport& report) {
  using nlohmann::json;
  json out = {{"taken", report.taken}, {"not_as_they_stand", json::array()}, {"more", report.more}};
  for (const DxeReport::Place& each : report.not_as_they_stand) {
    out["not_as_they_stand"].push_back(
        {{"hob", each.index}, {"offset", each.offset}, {"why", each.why}});
  }
  if (!report.taken) {
    out["refused"] = {{"hob", report.refusal.index},
                      {"offset", report.refusal.offset},
                      {"why", report.refusal.why}};
    return out;
  }
  if (report.has_first) {
    out["starts_in"] = {{"from", hex(report.first.base)}, {"to", hex(report.first.end())}};
  }
  out["map"] = json::array();
  for (const MapEntry& entry : report.map) {
    out["map"].push_back({{"from", hex(entry.base)},
                          {"to", hex(entry.where().end())},
                          {"pages", entry.pages},
                          {"memory_type", entry.type},
                          {"type", memory_type_name(entry.type)},
                          {"attributes", hex(entry.attribute)}});
  }
  return out;
}

}  // namespace hobnail
