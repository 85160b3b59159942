// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Looking through the list once, at the end of PEI.
#include "properties/oracle/narration/hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <set>
#include <utility>

#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kHintsMax = 12;
constexpr std::size_t kFewPieces = 3;
constexpr std::size_t kGuidHob = sizeof(EFI_HOB_GUID_TYPE);

void hint(Boot& boot, std::string text) {
  if (boot.outcome.hints.size() >= kHintsMax) return;
  if (boot.options.trace && !boot.outcome.trace.empty()) boot.narrate("hint: {}", text);
  boot.outcome.hints.push_back(std::move(text));
}

bool is_named(const Hob& hob) {
  return hob.type == EFI_HOB_TYPE_GUID_EXTENSION && hob.length >= kGuidHob;
}

std::string place_of(const Boot& boot, const Hob& hob) {
  return fmt::format("the GUID HOB at {:#x}", boot.snapshot.base + hob.offset);
}

// What was at an address of temporary RAM, in words.
std::string what_was_there(const Boot& boot, std::uint64_t address) {
  const BoardProfile& profile = boot.board.profile();
  if (profile.heap.contains(address)) return "its heap, where HOB list, pools and pages were";
  if (profile.stack.contains(address)) return "its stack";
  return "SEC's data";
}

void hint_pointers(Boot& boot, const Hob& hob) {
  for (std::size_t at = kGuidHob; at + 8 <= hob.length; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, boot.snapshot.bytes.data() + hob.offset + at, sizeof word);
    if (!boot.board.is_temporary(word)) continue;
    hint(boot, fmt::format("{} has {:#x} at offset {:#x}: if that is a pointer, it points into "
                           "temporary RAM, which no longer exists ({})",
                           place_of(boot, hob), word, at, what_was_there(boot, word)));
  }
}

void hint_bins(Boot& boot, const Hob& hob) {
  const auto name = boot.snapshot.view.read<EFI_HOB_GUID_TYPE>(hob).Name;
  if (!same_guid(name, EFI_MEMORY_TYPE_INFORMATION_GUID)) return;
  std::set<std::uint32_t> seen;
  const auto unused = [&](std::string_view why) {
    hint(boot, fmt::format("the MemoryTypeInformation table of {} {}: it is not used, and there "
                           "are no bins",
                           place_of(boot, hob), why));
  };
  for (std::size_t at = kGuidHob; at + 8 <= hob.length; at += 8) {
    std::uint32_t type = 0;
    std::memcpy(&type, boot.snapshot.bytes.data() + hob.offset + at, sizeof type);
    if (type == EfiMaxMemoryType) return;
    if (type > EfiMaxMemoryType) return unused(fmt::format("has the memory type {:#x}", type));
    if (!seen.insert(type).second) {
      return unused(fmt::format("has {} twice", efi_memory_type(type)));
    }
  }
  unused("has no entry that ends it");
}

bool is_runtime_code_or_data(std::uint32_t type) {
  return type == EfiRuntimeServicesCode || type == EfiRuntimeServicesData;
}

void hint_runtime(Boot& boot) {
  std::vector<OwnHob> pieces;
  std::copy_if(boot.snapshot.own.begin(), boot.snapshot.own.end(), std::back_inserter(pieces),
               [](const OwnHob& hob) { return is_runtime_code_or_data(hob.type); });
  std::sort(pieces.begin(), pieces.end(),
            [](const OwnHob& a, const OwnHob& b) { return a.where.base < b.where.base; });
  std::size_t descriptors = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool joins = i != 0 && pieces[i - 1].where.end() == pieces[i].where.base &&
                       pieces[i - 1].type == pieces[i].type;
    if (!joins) ++descriptors;
  }
  if (descriptors <= kFewPieces) return;
  hint(boot,
       fmt::format("runtime memory is in {} pieces: it costs {} descriptors of the memory map",
                   descriptors, descriptors));
}

}  // namespace

void collect_hints(Boot& boot) {
  if (boot.hinted || !(boot.options.hints || boot.options.trace)) return;
  boot.hinted = true;
  for (const Hob& hob : boot.snapshot.view.hobs) {
    if (!is_named(hob)) continue;
    if (boot.board.temporary_ram_is_dead()) hint_pointers(boot, hob);
    hint_bins(boot, hob);
  }
  hint_runtime(boot);
}

}  // namespace hobnail::oracle
