// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing, in the order in which a consumer works. Each check returns what differs.
#include "properties/oracle/dxe/hob_list_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/dxe/reference_map.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Something that differs, and the offset in the list that it is about.
struct Difference {
  RuleId rule{};
  std::uint64_t offset = 0;
  std::string text;
};
using Judged = std::optional<Difference>;

Judged list_differs(std::uint64_t offset, std::string text) {
  return Difference{RuleId::DxeList, offset, std::move(text)};
}

std::string stop_text(std::uint64_t stop, bool ended) {
  return fmt::format("{} at {:#x}", ended ? "END" : "no HOB", stop);
}

Judged judge_walk(const PlainList& list, const ListReaders& readers) {
  if (readers.walk == nullptr) return std::nullopt;
  const Walk walk = readers.walk(list.bytes(), list.bytes().size() / 8 + 1);
  const std::vector<PlainHob>& hobs = list.hobs();
  std::vector<std::uint64_t> allocations;
  for (std::size_t i = 0; i < hobs.size(); ++i) {
    if (hobs[i].type == 2 && hobs[i].length >= 48) allocations.push_back(hobs[i].offset);
    if (i < walk.offsets.size() && walk.offsets[i] == hobs[i].offset) continue;
    return list_differs(
        hobs[i].offset,
        fmt::format("HOB {} is at {:#x}, type {:#06x}, HobLength {:#x}; the walk {}", i,
                    hobs[i].offset, hobs[i].type, hobs[i].length,
                    i < walk.offsets.size() ? fmt::format("has it at {:#x}", walk.offsets[i])
                                            : "finds " + stop_text(walk.stop, walk.ended)));
  }
  if (walk.offsets.size() > hobs.size() || walk.stop != list.stop() || walk.ended != list.ended()) {
    return list_differs(
        list.stop(), fmt::format("after {} HOBs there is {}; the walk finds {} and {}", hobs.size(),
                                 stop_text(list.stop(), list.ended()), walk.offsets.size(),
                                 stop_text(walk.stop, walk.ended)));
  }
  if (walk.allocations == allocations) return std::nullopt;
  return list_differs(0, fmt::format("{} HOBs are memory allocations; the walk reports {}",
                                     allocations.size(), walk.allocations.size()));
}

// A consumer's objection ends with the offset, in decimal.
std::optional<std::uint64_t> offset_in(std::string_view objection) {
  const std::size_t digits = objection.find_last_not_of("0123456789") + 1;
  if (digits == objection.size() || objection.size() - digits > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char digit : objection.substr(digits)) {
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

Judged judge_refusal(const std::optional<Objection>& expected, const std::string& said) {
  if (!expected && said.empty()) return std::nullopt;
  if (!expected) {
    return list_differs(offset_in(said).value_or(0), "a valid list was rejected: " + said);
  }
  const std::string must =
      fmt::format("the list must be rejected at {:#x}: {}", expected->offset, expected->what);
  if (said.empty()) return list_differs(expected->offset, must + "; DXE accepts it");
  if (offset_in(said) == expected->offset) return std::nullopt;
  return list_differs(expected->offset, fmt::format("{}; DXE reports: {}", must, said));
}

std::string entry_text(const MapEntry& entry) {
  return fmt::format("[{:#x}, {:#x}) {} {:#x}", entry.base, entry.base + entry.pages * 0x1000,
                     efi_memory_type(entry.type), entry.attribute);
}

// The offset of the last HOB that speaks of the page at `address`.
std::uint64_t hob_of(const PlainMap& map, std::uint64_t address) {
  std::uint64_t offset = 0;
  for (const PlainSaying& each : map.sayings()) {
    const bool here = each.first <= address / 0x1000 && address / 0x1000 < each.past;
    if (here && each.kind != PlainSaying::Kind::Bin)
      offset = std::max<std::uint64_t>(offset, each.offset);
  }
  return offset;
}

// The first page of which two maps do not say the same, and what they say: the entries that differ
// may do so elsewhere. Empty when they only cut the same pages in other pieces.
std::string page_text(const std::vector<MapEntry>& wanted, const std::vector<MapEntry>& got) {
  const auto said_of = [](const std::vector<MapEntry>& entries, std::uint64_t page) {
    const auto here = std::find_if(entries.begin(), entries.end(), [&](const MapEntry& entry) {
      return entry.base <= page && (page - entry.base) / 0x1000 < entry.pages;
    });
    if (here == entries.end()) return std::string("nothing");
    return fmt::format("{} {:#x}", efi_memory_type(here->type), here->attribute);
  };
  std::vector<std::uint64_t> edges;
  for (const std::vector<MapEntry>* const entries : {&wanted, &got}) {
    for (const MapEntry& each : *entries) {
      edges.insert(edges.end(), {each.base, each.base + each.pages * 0x1000});
    }
  }
  std::sort(edges.begin(), edges.end());
  for (const std::uint64_t page : edges) {
    const std::string must = said_of(wanted, page);
    const std::string is = said_of(got, page);
    if (must == is) continue;
    return fmt::format("\npage {:#x}: the HOBs imply {}; DXE has {}", page, must, is);
  }
  return {};
}

Judged judge_map(const PlainMap& map, const MemoryMap& got) {
  const auto differs = [&](std::uint64_t address, std::string text) {
    return Difference{RuleId::DxeMap, hob_of(map, address), std::move(text)};
  };
  if (got.status != EFI_SUCCESS) {
    return differs(0, "GetMemoryMap: " + std::string(status_text(got.status)));
  }
  const std::vector<MapEntry>& wanted = map.entries();
  for (std::size_t i = 0; i < std::max(wanted.size(), got.entries.size()); ++i) {
    const bool there = i < got.entries.size();
    if (there && i < wanted.size() && got.entries[i] == wanted[i]) continue;
    const std::string must = i < wanted.size() ? entry_text(wanted[i]) : "nothing more";
    const std::string is = there ? entry_text(got.entries[i]) : "nothing more";
    std::uint64_t at = i < wanted.size() ? wanted[i].base : got.entries[i].base;
    if (there && i < wanted.size() && got.entries[i].base == at) {
      // The same start: what differs may be where one of them ends.
      const bool alike =
          got.entries[i].type == wanted[i].type && got.entries[i].attribute == wanted[i].attribute;
      if (alike) at += std::min(got.entries[i].pages, wanted[i].pages) * 0x1000;
    }
    return differs(
        at, fmt::format("entry {} of the map at page {:#x}: the HOBs imply {}; DXE has {}{}", i, at,
                        must, is, page_text(wanted, got.entries)));
  }
  return std::nullopt;
}

// Of one entry of the map: all of it is free.
bool is_free(const PlainMap& map, const Region& region) {
  return std::any_of(map.entries().begin(), map.entries().end(), [&](const MapEntry& entry) {
    return entry.type == 7 &&
           Region{entry.base, entry.pages * 0x1000}.contains(region.base, region.size);
  });
}

Judged judge_start(const PlainList& list, const PlainMap& map, const PlainStart& start,
                   const Region& first) {
  const auto wrong = [&](std::string_view why) {
    return Difference{
        RuleId::FirstRegion, 16,
        fmt::format(
            "the first memory of DXE, [{:#x}, {:#x}), {}; expected {:#x} bytes in [{:#x}, {:#x})",
            first.base, first.base + first.size, why, start.bytes, start.from, start.to)};
  };
  if (first.base % 0x1000 != 0 || first.size % 0x1000 != 0) return wrong("is not whole pages");
  if (first.size != start.bytes) return wrong("is not the longest free stretch");
  if (first.base < start.from || first.base + first.size > start.to)
    return wrong("is outside the expected range");
  if (!is_free(map, first)) return wrong("is not free");
  const Region hobs{list.base(), list.free_bottom() - list.base()};
  if (first.overlaps(hobs)) return wrong("overlaps the HOB list");
  return std::nullopt;
}

bool in_granules(const std::vector<MapEntry>& entries, std::uint64_t granularity) {
  return std::all_of(entries.begin(), entries.end(), [&](const MapEntry& entry) {
    const bool runtime = entry.type == 5 || entry.type == 6 || entry.type == 13;
    return !runtime || (entry.base % granularity == 0 && entry.pages * 0x1000 % granularity == 0);
  });
}

Judged judge_exit(const PlainMap& map, std::uint64_t key, std::uint64_t granularity,
                  DxeConsumer& dxe) {
  for (const std::uint64_t stale : {key + 1, key - 1}) {
    const EFI_STATUS status = dxe.exit_boot_services(stale);
    if (status == EFI_INVALID_PARAMETER) continue;
    return Difference{RuleId::EbsKey, 0,
                      fmt::format("ExitBootServices: {} for key {:#x}; the map's key is {:#x}",
                                  status_text(status), stale, key)};
  }
  const bool may = in_granules(map.entries(), granularity);
  const EFI_STATUS status = dxe.exit_boot_services(key);
  if (status == (may ? EFI_SUCCESS : EFI_INVALID_PARAMETER)) return std::nullopt;
  return Difference{RuleId::EbsRuntime, 0,
                    fmt::format("ExitBootServices: {} for the right key; runtime memory {} in "
                                "whole granules of {:#x} bytes",
                                status_text(status), may ? "is" : "is not", granularity)};
}

Judged judge_consumer(const PlainList& list, std::uint64_t granularity, DxeConsumer& dxe) {
  const std::string said = dxe.take_over(list.bytes(), granularity);
  if (const auto objection = objection_to(list)) {
    if (Judged judged = judge_refusal(objection, said)) return judged;
    if (dxe.get_memory_map().status != EFI_SUCCESS) return std::nullopt;
    return list_differs(objection->offset, "the list was rejected, but there is a memory map");
  }
  const PlainMap map(list, granularity);
  Objection objection;
  const auto start = plain_start(list, map, objection);
  if (!start || !said.empty()) {
    return judge_refusal(start ? std::nullopt : std::optional(objection), said);
  }
  const MemoryMap got = dxe.get_memory_map();
  if (Judged judged = judge_map(map, got)) return judged;
  if (Judged judged = judge_start(list, map, *start, dxe.first_region())) return judged;
  return judge_exit(map, got.key, granularity, dxe);
}

}  // namespace

std::string hex_dump(Bytes bytes, std::uint64_t offset) {
  constexpr std::size_t kLine = 16;
  constexpr std::size_t kAround = 0x100;
  const auto middle = static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes.size()));
  const std::size_t from = middle > kAround ? (middle - kAround) / kLine * kLine : 0;
  const std::size_t to = std::min(bytes.size(), middle + kAround);
  std::string text;
  for (std::size_t line = from; line < to; line += kLine) {
    text += fmt::format("  {:05x} ", line);
    for (std::size_t i = line; i < std::min(line + kLine, to); ++i) {
      text += fmt::format(" {:02x}", bytes[i]);
    }
    text += '\n';
  }
  return text;
}

std::optional<Finding> judge_list(Bytes bytes, std::uint64_t granularity,
                                  const ListReaders& readers) {
  const std::vector<std::uint8_t> before(bytes.begin(), bytes.end());
  const PlainList list(bytes);
  Judged judged = judge_walk(list, readers);
  if (!judged && readers.consumer != nullptr) {
    judged = judge_consumer(list, granularity, *readers.consumer);
  }
  const auto written = std::mismatch(before.begin(), before.end(), bytes.begin()).first;
  if (written != before.end()) {
    const auto at = static_cast<std::uint64_t>(written - before.begin());
    judged = list_differs(at, fmt::format("DXE wrote to the byte at {:#x}", at));
  }
  if (!judged) return std::nullopt;
  Finding finding;
  finding.rule = rule_name(judged->rule);
  finding.evidence = fmt::format("{}\noffset {:#x} of {:#x} bytes:\n{}", judged->text,
                                 judged->offset, bytes.size(), hex_dump(before, judged->offset));
  return finding;
}

}  // namespace hobnail::oracle
