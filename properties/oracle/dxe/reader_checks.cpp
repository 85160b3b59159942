// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/reader_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "properties/oracle/dxe/reader_map.h"
#include "properties/oracle/dxe/required_hobs.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

using MaybeDifference = std::optional<ListDifference>;

MaybeDifference list_difference(std::uint64_t offset, std::string text) {
  return ListDifference{RuleId::DxeList, offset, std::move(text)};
}

MaybeDifference stopped(const DxeConsumer& dxe) {
  if (dxe.stop_text().empty()) return std::nullopt;
  return ListDifference{RuleId::TargetStop, 0, dxe.stop_text()};
}

std::string seen_text(const WalkedHob& hob) {
  return fmt::format("{:#x}, type {:#06x}, length {:#x}", hob.offset, hob.type, hob.length);
}

MaybeDifference check_exit(DxeConsumer& dxe, const MemoryMap& map, std::uint64_t granularity) {
  if (MaybeDifference wrong = check_stale_keys(dxe, map.key)) return wrong;
  bool exited = false;
  return check_right_key(dxe, map, granularity, exited);
}

// A key stands for one map, in whatever order it is given.
bool same_entries(const std::vector<MapEntry>& one, const std::vector<MapEntry>& other) {
  return sorted_by_base(one) == sorted_by_base(other);
}

// What a reader that compares a part of a key takes for the right one.
std::array<std::uint64_t, 5> keys_like(std::uint64_t key) {
  constexpr unsigned kHalf = sizeof(void*) * 4;  // of a UINTN
  return {key + 1, key - 1, key ^ 0x100, key ^ (std::uint64_t{1} << kHalf), ~key};
}

}  // namespace

bool is_left_out(const SoundList& judged, const ConsumerTraits& traits) {
  return traits.well_formed_only && (judged.broken || judged.flaw.has_value());
}

std::optional<ListDifference> check_reader_answer(const ReferenceList& list,
                                                  const SoundList& judged, DxeConsumer& dxe,
                                                  const std::string& refusal) {
  const bool may_refuse = judged.may_be_refused() || judged.incomplete;
  if (MaybeDifference wrong = stopped(dxe)) return may_refuse ? std::nullopt : wrong;
  const std::string& name = dxe.traits().name;
  if (refusal.empty()) {
    if (!judged.broken) return std::nullopt;
    return list_difference(
        list.stop(), fmt::format("the chain of HOBs cannot be followed at {:#x}: {}; {} takes the "
                                 "list",
                                 list.stop(), judged.flaw ? judged.flaw->what : "", name));
  }
  if (!may_refuse) {
    return list_difference(dxe.refused_at(),
                           fmt::format("{} rejects a valid list: {}", name, refusal));
  }
  if (dxe.refused_at() <= list.bytes().size()) return std::nullopt;
  return list_difference(list.bytes().size(),
                         fmt::format("{} rejects the list at an offset behind its {:#x} bytes: {}",
                                     name, list.bytes().size(), refusal));
}

std::optional<ListDifference> check_refusal_when_complete(const ReferenceList& list,
                                                          const SoundList& judged,
                                                          std::uint64_t granularity,
                                                          DxeConsumer& dxe) {
  if (judged.may_be_refused() || !judged.incomplete) return std::nullopt;
  const auto bytes = with_required_hobs(list, granularity);
  if (!bytes) return std::nullopt;
  const ReferenceList complete(*bytes);
  const SoundList verdict = judge_list(complete, granularity);
  if (verdict.may_be_refused() || verdict.incomplete) return std::nullopt;
  const std::string refusal = dxe.take_over(complete.bytes(), granularity);
  MaybeDifference wrong = check_reader_answer(complete, verdict, dxe, refusal);
  if (wrong) wrong->text += ". The HOBs that PI requires and this list lacks had been added";
  return wrong;
}

std::optional<ListDifference> check_reader_walk(const ReferenceList& list, DxeConsumer& dxe,
                                                bool taken) {
  if (!dxe.traits().has_walk) return std::nullopt;
  const std::vector<ReferenceHob>& hobs = list.hobs();
  const ConsumerWalk walk = dxe.walk(hobs.size() + 1);
  if (MaybeDifference wrong = stopped(dxe)) return wrong;
  for (std::size_t i = 0; i < std::min(walk.hobs.size(), hobs.size()); ++i) {
    const WalkedHob& seen = walk.hobs[i];
    const ReferenceHob& hob = hobs[i];
    if (seen.offset == hob.offset && seen.type == hob.type && seen.length == hob.length) continue;
    return list_difference(
        hob.offset, fmt::format("HOB {} is at {:#x}, type {:#06x}, HobLength {:#x}; the walk has "
                                "it at {}",
                                i, hob.offset, hob.type, hob.length, seen_text(seen)));
  }
  if (walk.count > hobs.size() || (taken && walk.count < hobs.size())) {
    const std::size_t at =
        static_cast<std::size_t>(std::min<std::uint64_t>(walk.count, hobs.size()));
    return list_difference(at < hobs.size() ? hobs[at].offset : list.stop(),
                           fmt::format("there are {} HOBs up to {:#x}; the walk finds {}",
                                       hobs.size(), list.stop(), walk.count));
  }
  return std::nullopt;
}

std::optional<ListDifference> check_stale_keys(DxeConsumer& dxe, std::uint64_t key) {
  for (const std::uint64_t stale : keys_like(key)) {
    const EFI_STATUS status = dxe.exit_boot_services(stale);
    if (MaybeDifference wrong = stopped(dxe)) return wrong;
    if (status == EFI_INVALID_PARAMETER) continue;
    return ListDifference{
        RuleId::EbsKey, 0,
        fmt::format("{} for key {:#x}; expected EFI_INVALID_PARAMETER: the map's key is {:#x}",
                    status_text(status), stale, key)};
  }
  return std::nullopt;
}

std::optional<ListDifference> check_right_key(DxeConsumer& dxe, const MemoryMap& before,
                                              std::uint64_t granularity, bool& exited) {
  const MemoryMap map = dxe.get_memory_map();
  if (MaybeDifference wrong = stopped(dxe)) return wrong;
  if (map.key == before.key && !same_entries(map.entries, before.entries)) {
    return ListDifference{RuleId::EbsKey, 0,
                          fmt::format("the map has changed, and its key is {:#x} as before: "
                                      "ExitBootServices would succeed with the old map",
                                      map.key)};
  }
  const EFI_STATUS status = dxe.exit_boot_services(map.key);
  if (MaybeDifference wrong = stopped(dxe)) return wrong;
  exited = status == EFI_SUCCESS;
  if (exited || !in_granules(map.entries, granularity)) return std::nullopt;
  return ListDifference{
      RuleId::EbsRuntime, 0,
      fmt::format("{} for the right key; runtime memory is in whole granules of {:#x} bytes. "
                  "Wrong keys were rejected before",
                  status_text(status), granularity)};
}

std::optional<ListDifference> check_reader(const ReferenceList& list, std::uint64_t granularity,
                                           DxeConsumer& dxe) {
  const SoundList judged = judge_list(list, granularity);
  const std::string refusal = dxe.take_over(list.bytes(), granularity);
  if (MaybeDifference wrong = check_reader_answer(list, judged, dxe, refusal)) return wrong;
  if (dxe.stop_text().empty()) {
    if (MaybeDifference wrong = check_reader_walk(list, dxe, refusal.empty())) return wrong;
  }
  if (!refusal.empty()) return check_refusal_when_complete(list, judged, granularity, dxe);
  if (!dxe.traits().has_map) return std::nullopt;
  const MemoryMap map = dxe.get_memory_map();
  if (MaybeDifference wrong = stopped(dxe)) return wrong;
  if (const auto wrong = check_reader_map(judged, map.entries, dxe.traits())) {
    return ListDifference{RuleId::DxeMap, wrong->offset, wrong->text};
  }
  return dxe.traits().has_exit ? check_exit(dxe, map, granularity) : std::nullopt;
}

}  // namespace hobnail::oracle
