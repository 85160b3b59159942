// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the list out of the board's memory, within its bounds.
#include "properties/oracle/model/list_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

void decode_own_hobs(const Model& model, HobListSnapshot& snapshot, std::uint32_t first) {
  PeimHobs of_peims(model, snapshot.view.hobs[first].offset);
  for (std::uint32_t i = first; i < snapshot.view.hobs.size(); ++i) {
    const Hob& hob = snapshot.view.hobs[i];
    if (hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION)) continue;
    if (hob.type == EFI_HOB_TYPE_UNUSED) ++snapshot.unused_slots;
    if (hob.type != EFI_HOB_TYPE_MEMORY_ALLOCATION || of_peims.contains(hob.offset)) continue;
    const auto record = snapshot.view.read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
    OwnHob& own = snapshot.own.emplace_back();  // filled in place: it is done for each look
    own.where = {record.MemoryBaseAddress, record.MemoryLength};
    own.type = record.MemoryType;
    own.index = i;
    own.stack = same_guid(record.Name, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
  }
}

constexpr EFI_RESOURCE_ATTRIBUTE_TYPE kTested = EFI_RESOURCE_ATTRIBUTE_PRESENT |
                                                EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                                                EFI_RESOURCE_ATTRIBUTE_TESTED;

// Bins are the memory that a resource HOB names by the GUID of MemoryTypeInformation
// (docs/pei-semantics.md 2.12); whoever made it, pages may come from there, and be nowhere else
// described. The target's own HOB counts first: it has taken that memory out of its own.
void find_bins(const Board& board, const Model& model, HobListSnapshot& snapshot) {
  snapshot.bins = {};
  snapshot.bin_home = {};
  snapshot.bins_by_core = false;
  snapshot.bin_homes = 0;
  if (model.phase != Phase::Permanent) return;
  for (const Hob& hob : snapshot.view.hobs) {
    if (hob.type != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    if (hob.length != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR)) continue;
    const auto resource = snapshot.view.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
    if (!same_guid(resource.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID)) continue;
    const Region named{resource.PhysicalStart, resource.ResourceLength};
    const bool by_core = !model.made_by_peim(hob.offset);
    if (!by_core) ++snapshot.bin_homes;
    // A PEIM may name anything; bins can only be whole pages of tested memory that there is.
    const bool whole_pages = named.base % EFI_PAGE_SIZE == 0 && named.size % EFI_PAGE_SIZE == 0;
    const bool tested = resource.ResourceType == EFI_RESOURCE_SYSTEM_MEMORY &&
                        (resource.ResourceAttribute & kTested) == kTested;
    if (named.end() < named.base) continue;
    if (!by_core && (!tested || snapshot.bins_by_core)) continue;
    snapshot.bin_home = named;
    snapshot.bins_by_core = by_core;
    if (whole_pages && board.readable(named.base, named.size)) snapshot.bins = named;
  }
}

// Makes `values` those of `next`, of which the first `same` are equal.
template <typename Value>
void catch_up_from(std::size_t same, std::vector<Value>& values, const std::vector<Value>& next) {
  values.resize(same);
  values.insert(values.end(), next.begin() + static_cast<std::ptrdiff_t>(same), next.end());
}

}  // namespace

void HobListSnapshot::copy_from(const HobListSnapshot& other) {
  view.hobs.clear();
  own.clear();
  bytes.clear();
  extend_to(other);
  extends_previous = false;
}

void HobListSnapshot::extend_to(const HobListSnapshot& next) {
  constexpr std::size_t kPhit = sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
  const bool has_start = next.extends_previous && !view.hobs.empty();
  catch_up_from(has_start ? view.hobs.back().offset : 0, bytes, next.bytes);
  catch_up_from(has_start ? view.hobs.size() - 1 : 0, view.hobs, next.view.hobs);
  catch_up_from(has_start ? own.size() : 0, own, next.own);
  std::copy_n(next.bytes.begin(), std::min(kPhit, next.bytes.size()), bytes.begin());
  view.bytes = bytes;
  view.error = next.view.error;
  view.error_offset = next.view.error_offset;
  base = next.base;
  phit = next.phit;
  unused_slots = next.unused_slots;
  bins = next.bins;
  bin_home = next.bin_home;
  bins_by_core = next.bins_by_core;
  bin_homes = next.bin_homes;
}

std::uint64_t HobListSnapshot::gap() const {
  return phit.EfiFreeMemoryTop < phit.EfiFreeMemoryBottom
             ? 0
             : phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom;
}

namespace {

bool can_be_recorded(std::uint32_t type) {
  return type <= EfiConventionalMemory || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

// HOB-CHAIN and ALLOCATION-HOB of each record of pages for itself, from the one that is number
// `first` of `own` on.
Verdict check_records(const RuleSet& rules, const HobListSnapshot& snapshot, std::size_t first) {
  for (std::size_t i = first; i < snapshot.own.size(); ++i) {
    const OwnHob& own = snapshot.own[i];
    const Hob& hob = snapshot.view.hobs[own.index];
    const auto record = snapshot.view.read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
    if (std::bit_cast<std::uint32_t>(record.Reserved) != 0) {
      if (Verdict verdict =
              report(rules, RuleId::HobChain,
                     fmt::format("the memory allocation HOB at PHIT + {:#x} has a Reserved that "
                                 "is not 0",
                                 hob.offset))) {
        return verdict;
      }
    }
    if (can_be_recorded(own.type)) continue;
    if (Verdict verdict =
            report(rules, RuleId::AllocationHob,
                   fmt::format("the memory allocation HOB at PHIT + {:#x} has type {}, of which "
                               "no pages can be allocated",
                               hob.offset, own.type))) {
      return verdict;
    }
  }
  return std::nullopt;
}

Verdict no_list(const RuleSet& rules, const HobListSnapshot& snapshot) {
  return report_last(
      rules, RuleId::HobChain,
      fmt::format("at {:#x} (PHIT + {:#x}): {}", snapshot.base + snapshot.view.error_offset,
                  snapshot.view.error_offset, snapshot.view.error));
}

}  // namespace

bool extend_snapshot(const RuleSet& rules, const Board& board, const Model& model,
                     const HobListSnapshot& before, HobListSnapshot& snapshot, Verdict& verdict) {
  constexpr std::size_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
  constexpr std::size_t kPhit = sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
  const std::size_t end = before.view.hobs.back().offset;
  const Region region = board.region_of(before.base);
  const auto room = static_cast<std::size_t>(region.end() - before.base);
  const std::uint8_t* const from = board.at(before.base);
  if (room < before.bytes.size() || end < kPhit) return false;
  if (!same_bytes(from, before.bytes.data(), kHeader) ||
      !same_bytes(from + kPhit, before.bytes.data() + kPhit, end - kPhit)) {
    return false;
  }
  snapshot.extend_to(before);
  snapshot.extends_previous = false;
  const auto first = static_cast<std::uint32_t>(snapshot.view.hobs.size() - 1);
  walk_on({from, room}, snapshot.view);
  if (!snapshot.view.ok()) {
    verdict = no_list(rules, snapshot);
    return true;
  }
  const Hob& last = snapshot.view.hobs.back();
  snapshot.bytes.resize(last.offset + std::size_t{last.length});
  std::memcpy(snapshot.bytes.data(), from, kPhit);
  std::memcpy(snapshot.bytes.data() + end, from + end, snapshot.bytes.size() - end);
  snapshot.view.bytes = snapshot.bytes;
  snapshot.phit = snapshot.view.phit();
  decode_own_hobs(model, snapshot, first);
  const auto resource = [](const Hob& hob) { return hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR; };
  if (std::any_of(snapshot.view.hobs.begin() + static_cast<std::ptrdiff_t>(first),
                  snapshot.view.hobs.end(), resource)) {
    find_bins(board, model, snapshot);
  }
  snapshot.extends_previous = true;
  verdict = check_records(rules, snapshot, before.own.size());
  return true;
}

Verdict take_snapshot(const RuleSet& rules, const Board& board, const Model& model,
                      std::uint64_t base, HobListSnapshot& snapshot) {
  snapshot.extends_previous = false;
  if (base % 8 != 0 || !board.readable(base, sizeof(EFI_HOB_HANDOFF_INFO_TABLE))) {
    return report_last(rules, RuleId::HobListPointer,
                       fmt::format("the HOB list is said to be at {:#x}, which is not an 8-aligned "
                                   "address in the memory of this phase",
                                   base));
  }
  const Region region = board.region_of(base);
  snapshot.base = base;
  walk_hobs({board.at(base), static_cast<std::size_t>(region.end() - base)}, snapshot.view);
  if (!snapshot.view.ok()) {
    return no_list(rules, snapshot);
  }
  const Hob& last = snapshot.view.hobs.back();
  const std::uint8_t* const from = board.at(base);
  snapshot.bytes.assign(from, from + last.offset + last.length);
  snapshot.view.bytes = snapshot.bytes;
  snapshot.phit = snapshot.view.phit();
  snapshot.own.clear();
  snapshot.unused_slots = 0;
  decode_own_hobs(model, snapshot, 0);
  find_bins(board, model, snapshot);
  return check_records(rules, snapshot, 0);
}

namespace {

// The HOB that holds the byte so far into the list.
const Hob& hob_at(const HobView& view, std::uint64_t offset) {
  const auto behind =
      std::upper_bound(view.hobs.begin(), view.hobs.end(), offset,
                       [](std::uint64_t at, const Hob& hob) { return at < hob.offset; });
  return *std::prev(behind);
}

}  // namespace

void copy_peim_write(const Board& board, const Model& model, const Region& part,
                     HobListSnapshot& snapshot) {
  const std::uint64_t offset = part.base - snapshot.base;
  std::memcpy(snapshot.bytes.data() + offset, board.at(part.base), sized(part.size));
  // A PEIM may have written over the resource that names the bins.
  const bool of_resource = hob_at(snapshot.view, offset).type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR;
  if (of_resource) find_bins(board, model, snapshot);
}

bool unchanged(const Board& board, const HobListSnapshot& snapshot) {
  return board.readable(snapshot.base, snapshot.bytes.size()) &&
         same_bytes(board.at(snapshot.base), snapshot.bytes.data(), snapshot.bytes.size());
}

}  // namespace hobnail::oracle
