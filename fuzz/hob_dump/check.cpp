// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks: structure first; what needs a sound structure only after it.
#include "fuzz/hob_dump/check.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "fuzz/hob_dump/check_bins.h"
#include "fuzz/hob_dump/check_content.h"
#include "fuzz/hob_dump/check_memory.h"
#include "fuzz/hob_dump/check_resources.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

using oracle::Hob;
using oracle::HobView;

// Why the length is not one of the type; empty when it is.
std::string length_error(const Hob& hob) {
  const std::uint16_t fixed = oracle::fixed_hob_length(hob.type);
  if (fixed != 0 && hob.length != fixed) {
    return fmt::format("a {} HOB has {:#x} bytes, this one {:#x}", hob_type_name(hob.type), fixed,
                       hob.length);
  }
  if (hob.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION &&
      hob.length != sizeof(pei::EFI_HOB_MEMORY_ALLOCATION) &&
      hob.length != sizeof(pei::EFI_HOB_MEMORY_ALLOCATION_MODULE)) {
    return fmt::format("a MemoryAllocation HOB has 0x30 or 0x48 bytes, this one {:#x}", hob.length);
  }
  if (hob.type == pei::EFI_HOB_TYPE_GUID_EXTENSION && hob.length < sizeof(pei::EFI_HOB_GUID_TYPE)) {
    return fmt::format("a GuidExtension HOB holds a GUID, this one has {:#x} bytes", hob.length);
  }
  return {};
}

void check_structure(const HobView& view, const Say& say) {
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    const Hob& hob = view.hobs[i];
    if (std::string text = length_error(hob); !text.empty()) {
      say(Severity::Error, "HOB-LENGTH", i, std::move(text));
    }
    const auto header = view.read<pei::EFI_HOB_GENERIC_HEADER>(hob);
    if (header.Reserved != 0) {
      say(Severity::Finding, "HOB-RESERVED", i,
          fmt::format("Reserved of the header is {:#x}, not 0", header.Reserved));
    }
    if (i != 0 && hob.type == pei::EFI_HOB_TYPE_HANDOFF) {
      say(Severity::Finding, "PHIT-SECOND", i, "a list has one PHIT, its first HOB");
    }
  }
}

bool ends_agree(const pei::EFI_HOB_HANDOFF_INFO_TABLE& phit) {
  return phit.EfiFreeMemoryBottom == phit.EfiEndOfHobList + sizeof(pei::EFI_HOB_GENERIC_HEADER);
}

// Where the PHIT stood, by each of the two fields that tell. Where they differ, the one that puts
// it at the bottom of its memory or of a page is believed, at last EfiFreeMemoryBottom.
std::uint64_t own_address_of(const HobView& view) {
  const auto phit = view.phit();
  const std::uint64_t end = view.hobs.back().offset;
  const std::uint64_t by_end = phit.EfiEndOfHobList - end;
  const std::uint64_t by_free =
      phit.EfiFreeMemoryBottom - sizeof(pei::EFI_HOB_GENERIC_HEADER) - end;
  if (ends_agree(phit)) return by_end;
  const auto is_likely = [&](std::uint64_t address) {
    return address == phit.EfiMemoryBottom ||
           (address % oracle::kPage == 0 && address > phit.EfiMemoryBottom &&
            address < phit.EfiMemoryTop);
  };
  return is_likely(by_end) || !is_likely(by_free) ? by_end : by_free;
}

void check_end(const HobView& view, const pei::EFI_HOB_HANDOFF_INFO_TABLE& phit,
               const HobReport& report, const Say& say) {
  if (ends_agree(phit)) return;
  const std::size_t offset = view.hobs.back().offset;
  const std::uint64_t end = report.own_address + offset;
  const bool end_is_wrong = phit.EfiEndOfHobList != end;
  say(Severity::Finding, "PHIT-END", 0,
      fmt::format(
          "EfiEndOfHobList {:#x} and EfiFreeMemoryBottom {:#x} name two places: the END HOB "
          "is at offset {:#x}, so that it is at {:#x}; {} is {} it",
          phit.EfiEndOfHobList, phit.EfiFreeMemoryBottom, offset, end,
          end_is_wrong ? "EfiEndOfHobList" : "EfiFreeMemoryBottom",
          end_is_wrong && phit.EfiEndOfHobList < end ? "below"
          : end_is_wrong                             ? "above"
                                                     : "not just above"));
}

void check_phit(const HobView& view, const HobReport& report, std::optional<std::uint64_t> base,
                const Say& say) {
  const auto phit = view.phit();
  if (phit.Version != pei::EFI_HOB_HANDOFF_TABLE_VERSION) {
    say(Severity::Finding, "PHIT-VERSION", 0,
        fmt::format("Version is {:#x}, not {:#x}", phit.Version,
                    pei::EFI_HOB_HANDOFF_TABLE_VERSION));
  }
  check_end(view, phit, report, say);
  if (phit.EfiMemoryBottom > phit.EfiFreeMemoryBottom ||
      phit.EfiFreeMemoryBottom > phit.EfiFreeMemoryTop ||
      phit.EfiFreeMemoryTop > phit.EfiMemoryTop) {
    say(Severity::Finding, "PHIT-ORDER", 0,
        fmt::format("bottom {:#x}, free bottom {:#x}, free top {:#x}, top {:#x} do not ascend",
                    phit.EfiMemoryBottom, phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop,
                    phit.EfiMemoryTop));
  }
  const std::uint64_t stands = base.value_or(report.own_address);
  if (phit.EfiEndOfHobList % 8 != 0) {
    say(Severity::Finding, "PHIT-ALIGN", 0,
        fmt::format("EfiEndOfHobList {:#x} is not aligned", phit.EfiEndOfHobList));
  } else if (stands % 8 != 0) {
    say(Severity::Finding, "PHIT-ALIGN", 0,
        fmt::format("the PHIT is at {:#x}, not aligned", stands));
  }
  const std::uint64_t own = report.own_address;
  if (own < phit.EfiMemoryBottom || own > phit.EfiEndOfHobList) {
    say(Severity::Finding, "PHIT-PLACE", 0,
        fmt::format("{} {:#x} puts the PHIT at {:#x}, outside its memory from {:#x}: no DXE copy "
                    "has such a PHIT, it is a hostile or a damaged one",
                    ends_agree(phit) ? "EfiEndOfHobList, with which EfiFreeMemoryBottom agrees,"
                                     : "EfiEndOfHobList",
                    phit.EfiEndOfHobList, own, phit.EfiMemoryBottom));
  }
}

void note_copy(const HobView& view, const HobReport& report, std::uint64_t base, const Say& say) {
  const bool raw = report.own_address == view.phit().EfiMemoryBottom;
  say(Severity::Note, raw ? "COPY-OF-HEAP" : "COPY-OF-DXE", 0,
      fmt::format("a copy: the list is at {:#x} and its PHIT describes {:#x}, {}", base,
                  report.own_address,
                  raw ? "in temporary RAM (the heap as the migration copied it)"
                      : "where PEI handed it over (DXE's copy; or else a hostile PHIT, whose two "
                        "fields agree on a wrong place)"));
}

// Why DXE's copy cannot lie at `copy`: DXE puts it into memory that the list calls free. Empty when
// it can.
std::string why_no_copy(const HobView& view, const oracle::Region& original,
                        const oracle::Region& copy) {
  if (original.overlaps(copy)) return "over itself";
  for (const oracle::MemoryHob& hob : view.memory_hobs()) {
    if (hob.type == pei::EfiConventionalMemory || hob.length == 0) continue;
    if (!oracle::Region{hob.base, hob.length}.overlaps(copy)) continue;
    return fmt::format("and stands in memory that HOB {} allocates", hob.index);
  }
  bool any_memory = false;
  for (const ResourceHob& res : resources_of(view)) {
    if (!res.is_tested_memory()) continue;
    if (res.range.contains(copy.base, copy.size)) return {};
    any_memory = true;
  }
  return any_memory ? "and stands in no memory that the list describes" : "";
}

// A list that stands elsewhere than its PHIT says.
void check_copy(const HobView& view, const HobReport& report, std::uint64_t base, const Say& say) {
  const std::uint64_t bytes = view.hobs.back().offset + std::uint64_t{view.hobs.back().length};
  const bool raw = report.own_address == view.phit().EfiMemoryBottom;
  const std::string why = why_no_copy(view, {report.own_address, bytes}, {base, bytes});
  if (raw || why.empty()) return note_copy(view, report, base, say);
  say(Severity::Finding, "PHIT-PLACE", 0,
      fmt::format("the list is at {:#x}, EfiEndOfHobList {:#x}{} puts it at {:#x}, {}: that is no "
                  "DXE copy, but a hostile or a damaged PHIT",
                  base, view.phit().EfiEndOfHobList,
                  ends_agree(view.phit()) ? ", with which EfiFreeMemoryBottom agrees," : "",
                  report.own_address, why));
}

void note_phit(const HobView& view, const HobReport& report, const Say& say) {
  const auto phit = view.phit();
  const bool usual = report.own_address == phit.EfiMemoryBottom ||
                     report.own_address % oracle::kPage == 0 || report.is_copy;
  if (!usual && report.own_address > phit.EfiMemoryBottom && ends_agree(phit)) {
    say(Severity::Note, "PHIT-UNUSUAL", 0,
        fmt::format("EfiEndOfHobList and EfiFreeMemoryBottom agree that the PHIT was at {:#x}, "
                    "where few lists begin: if these bytes lay elsewhere (--base), it is a hostile "
                    "PHIT, or a DXE copy",
                    report.own_address));
  }
  if (report.own_address > phit.EfiMemoryBottom) {
    say(Severity::Note, "PHIT-ABOVE-BOTTOM", 0,
        fmt::format("the list begins {:#x} above EfiMemoryBottom (the stack lies below)",
                    report.own_address - phit.EfiMemoryBottom));
  }
}

struct GuidLess {
  bool operator()(const pei::EFI_GUID& a, const pei::EFI_GUID& b) const {
    return std::memcmp(&a, &b, sizeof a) < 0;
  }
};

void note_contents(const HobView& view, const Say& say) {
  std::map<pei::EFI_GUID, std::size_t, GuidLess> first;
  bool cpu = false;
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    const Hob& hob = view.hobs[i];
    cpu = cpu || hob.type == pei::EFI_HOB_TYPE_CPU;
    if (hob.type == pei::EFI_HOB_TYPE_UNUSED) {
      say(Severity::Note, "HOB-UNUSED", i, "a retired HOB");
    }
    if (hob.type != pei::EFI_HOB_TYPE_GUID_EXTENSION) continue;
    const auto name = view.read<pei::EFI_HOB_GUID_TYPE>(hob).Name;
    const auto [at, added] = first.emplace(name, i);
    if (added) continue;
    say(Severity::Note, "GUID-TWICE", i,
        fmt::format("{} is already in HOB {}", guid_text(name), at->second));
  }
  if (!cpu) say(Severity::Note, "NO-CPU", view.hobs.size() - 1, "the list has no CPU HOB (yet)");
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Finding:
      return "finding";
    case Severity::Note:
      return "note";
  }
  return {};
}

HobReport check_hobs(const HobView& view, std::optional<std::uint64_t> base) {
  HobReport report;
  const auto add = [&report](Remark remark) {
    std::size_t& count = remark.severity == Severity::Error     ? report.errors
                         : remark.severity == Severity::Finding ? report.findings
                                                                : report.notes;
    ++count;
    if (report.remarks.size() < kRemarksMax) report.remarks.push_back(std::move(remark));
  };
  if (!view.ok()) {
    add({Severity::Error, "HOB-CHAIN", view.hobs.size(), view.error_offset, view.error});
    return report;
  }
  const Say say = [&](Severity severity, std::string_view rule, std::size_t index,
                      std::string text) {
    add({severity, rule, index, view.hobs[index].offset, std::move(text)});
  };
  report.own_address = own_address_of(view);
  report.is_copy = base && *base != report.own_address;
  check_structure(view, say);
  if (report.errors != 0) return report;
  check_phit(view, report, base, say);
  check_allocations(view, say);
  check_resources(view, say);
  check_bins(view, report.own_address, say);
  check_content(view, say);
  check_runtime(view, say);
  if (report.is_copy) check_copy(view, report, *base, say);
  note_phit(view, report, say);
  note_contents(view, say);
  return report;
}

std::string verdict_of(const HobReport& report) {
  const auto plural = [](std::size_t n, std::string_view word) {
    return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
  };
  return fmt::format("{}, {}, {}{}", plural(report.errors, "error"),
                     plural(report.findings, "finding"), plural(report.notes, "note"),
                     report.is_copy ? "; a copy whose PHIT describes another place" : "");
}

}  // namespace hobnail
