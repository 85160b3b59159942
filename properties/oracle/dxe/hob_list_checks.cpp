// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/hob_list_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/dxe/map_comparison.h"
#include "properties/oracle/dxe/reader_checks.h"
#include "properties/oracle/dxe/reference_start.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::span<const std::uint8_t>;

using Difference = ListDifference;
using MaybeDifference = std::optional<Difference>;

MaybeDifference list_differs(std::uint64_t offset, std::string text) {
  return Difference{RuleId::DxeList, offset, std::move(text)};
}

std::string stop_text(std::uint64_t stop, bool ended) {
  return fmt::format("{} at {:#x}", ended ? "END" : "no HOB", stop);
}

MaybeDifference check_walk(const ReferenceList& list, const ListReaders& readers) {
  if (readers.walk == nullptr) return std::nullopt;
  const Walk walk = readers.walk(list.bytes(), list.bytes().size() / 8 + 1);
  const std::vector<ReferenceHob>& hobs = list.hobs();
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

// A consumer's refusal ends with the offset, in decimal.
std::optional<std::uint64_t> offset_in(std::string_view refusal) {
  const std::size_t digits = refusal.find_last_not_of("0123456789") + 1;
  if (digits == refusal.size() || refusal.size() - digits > 18) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(refusal.data() + digits, refusal.data() + refusal.size(), value);
  return value;
}

MaybeDifference check_refusal(const std::optional<ListError>& expected, const std::string& said) {
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
  return fmt::format("{} {} {:#x}", entry.where(), efi_memory_type(entry.type), entry.attribute);
}

// The offset of the last HOB that claims the page at `address`.
std::uint64_t hob_of(const ReferenceMap& map, std::uint64_t address) {
  std::uint64_t offset = 0;
  for (const MemoryClaim& each : map.claims()) {
    if (each.kind == MemoryClaim::Kind::Bin || !each.where.contains(address)) continue;
    offset = std::max<std::uint64_t>(offset, each.offset);
  }
  return offset;
}

std::string page_text(std::uint32_t type, std::uint64_t attribute) {
  return fmt::format("{} {:#x}", efi_memory_type(type), attribute);
}

// The first page that differs: the entries that differ may do so elsewhere. Empty when they only
// cut the same pages in other pieces.
std::string page_text(const ReferenceMap& map, const std::vector<MapEntry>& got) {
  const auto differs = first_difference(map, got, Exactness::List);
  if (!differs) return {};
  const auto& [page, reference, reported] = *differs;
  return fmt::format("\npage {:#x}: the HOBs imply {}; DXE has {}", page,
                     reference ? page_text(reference->type, reference->attribute) : "nothing",
                     reported ? page_text(reported->type, reported->attribute) : "nothing");
}

MaybeDifference check_map(const ReferenceMap& map, const MemoryMap& got) {
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
      if (alike) at += std::min(got.entries[i].pages, wanted[i].pages) * kPage;
    }
    return differs(
        at, fmt::format("entry {} of the map at page {:#x}: the HOBs imply {}; DXE has {}{}", i, at,
                        must, is, page_text(map, got.entries)));
  }
  return std::nullopt;
}

// Of one entry of the map: all of it is free.
bool is_free(const ReferenceMap& map, const Region& region) {
  return std::any_of(map.entries().begin(), map.entries().end(), [&](const MapEntry& entry) {
    return entry.type == EfiConventionalMemory && entry.where().contains(region.base, region.size);
  });
}

MaybeDifference check_start(const ReferenceList& list, const ReferenceMap& map,
                            const ReferenceStart& start, const Region& first) {
  const auto wrong = [&](std::string_view why) {
    return Difference{
        RuleId::FirstRegion, 16,
        fmt::format("the first memory of DXE, [{:#x}, {:#x}), {}; expected {:#x} bytes in "
                    "[{:#x}, {:#x})",
                    first.base, first.base + first.size, why, start.bytes, start.from, start.to)};
  };
  if (first.base % kPage != 0 || first.size % kPage != 0) return wrong("is not whole pages");
  if (first.size != start.bytes) return wrong("is not the longest free stretch");
  if (first.base < start.from || first.base + first.size > start.to)
    return wrong("is outside the expected range");
  if (!is_free(map, first)) return wrong("is not free");
  const Region hobs{list.base(), list.free_bottom() - list.base()};
  if (first.overlaps(hobs)) return wrong("overlaps the HOB list");
  return std::nullopt;
}

MaybeDifference check_exit(const ReferenceMap& map, std::uint64_t key, std::uint64_t granularity,
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

// A consumer whose policies are not the reference's.
MaybeDifference check_other(const ReferenceList& list, std::uint64_t granularity,
                            DxeConsumer& dxe) {
  if (is_left_out(judge_list(list, granularity), dxe.traits())) return std::nullopt;
  MaybeDifference differs = check_reader(list, granularity, dxe);
  dxe.leave();
  return differs;
}

MaybeDifference check_consumer(const ReferenceList& list, std::uint64_t granularity,
                               DxeConsumer& dxe) {
  if (!dxe.traits().ours) return check_other(list, granularity, dxe);
  const std::string said = dxe.take_over(list.bytes(), granularity);
  if (const auto error = check_readable(list)) {
    if (MaybeDifference differs = check_refusal(error, said)) return differs;
    if (dxe.get_memory_map().status != EFI_SUCCESS) return std::nullopt;
    return list_differs(error->offset, "the list was rejected, but there is a memory map");
  }
  const ReferenceMap map = reference_map(list, granularity);
  ListError error;
  const auto start = reference_start(list, map, granularity, error);
  if (!start || !said.empty()) {
    return check_refusal(start ? std::nullopt : std::optional(error), said);
  }
  const MemoryMap got = dxe.get_memory_map();
  if (MaybeDifference differs = check_map(map, got)) return differs;
  if (MaybeDifference differs = check_start(list, map, *start, dxe.first_region())) return differs;
  return check_exit(map, got.key, granularity, dxe);
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
    const Bytes row = bytes.subspan(line, std::min(kLine, to - line));
    text += fmt::format("  {:05x}  {:02x}\n", line, fmt::join(row, " "));
  }
  return text;
}

std::optional<Finding> check_hob_list(Bytes bytes, std::uint64_t granularity,
                                      const ListReaders& readers) {
  const std::vector<std::uint8_t> before(bytes.begin(), bytes.end());
  const ReferenceList list(bytes);
  MaybeDifference differs = check_walk(list, readers);
  if (!differs && readers.consumer != nullptr) {
    differs = check_consumer(list, granularity, *readers.consumer);
  }
  const auto written = std::mismatch(before.begin(), before.end(), bytes.begin()).first;
  if (written != before.end()) {
    const auto at = static_cast<std::uint64_t>(written - before.begin());
    differs =
        list_differs(at, fmt::format("{} wrote to the byte at {:#x}",
                                     readers.consumer == nullptr ? std::string("the walk")
                                                                 : readers.consumer->traits().name,
                                     at));
  }
  if (!differs) return std::nullopt;
  Finding finding;
  finding.rule = rule_name(differs->rule);
  finding.evidence = fmt::format("{}\noffset {:#x} of {:#x} bytes:\n{}", differs->text,
                                 differs->offset, bytes.size(), hex_dump(before, differs->offset));
  return finding;
}

}  // namespace hobnail::oracle
