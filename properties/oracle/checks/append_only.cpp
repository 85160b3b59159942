// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What may change in a HOB list between two looks: HOBs of the core's own pages, and what is
// appended.
#include "properties/oracle/checks/append_only.h"

#include <fmt/format.h>

#include "properties/oracle/board/same_bytes.h"

namespace hobnail::oracle {
namespace {

bool is_page_record(std::uint16_t type) {
  return type == EFI_HOB_TYPE_MEMORY_ALLOCATION || type == EFI_HOB_TYPE_UNUSED;
}

Verdict changed(const RuleSet& rules, std::size_t index, const Hob& hob, std::string_view what) {
  return report(rules, RuleId::HobAppend,
                fmt::format("HOB {} at PHIT + {:#x}, type {:#06x}, length {:#x}: {}", index,
                            hob.offset, hob.type, hob.length, what));
}

// Practice alone keeps a core from changing what is its own: its HOBs, and what a pool's HOB has
// beside the PEIM's bytes, which CONTENTS compares. A slot of any type may be retired and reused.
// The record of a stack may become that of the next one before the migration.
bool may_change(const RuleSet& rules, const Model& model, const HobListSnapshot& before,
                const Hob& old_hob, const Hob& new_hob) {
  if (rules.strict() || model.made_by_peim(old_hob.offset)) return false;
  const std::uint64_t body = before.base + old_hob.offset + sizeof(EFI_HOB_GENERIC_HEADER);
  const bool owned = old_hob.type == EFI_HOB_TYPE_MEMORY_POOL && model.owner(body) != nullptr;
  if (owned) return new_hob.type == old_hob.type;
  const bool retyped = new_hob.type != old_hob.type;
  const bool stack = old_hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION;
  if (stack && model.migrated) return false;
  return !retyped || new_hob.type == EFI_HOB_TYPE_UNUSED || old_hob.type == EFI_HOB_TYPE_UNUSED;
}

Verdict check_hob(const RuleSet& rules, const Model& model, const HobListSnapshot& before,
                  const HobListSnapshot& after, std::size_t i) {
  const Hob& old_hob = before.view.hobs[i];
  if (i + 1 >= after.view.hobs.size()) return changed(rules, i, old_hob, "missing in the list");
  const Hob& new_hob = after.view.hobs[i];
  if (new_hob.offset != old_hob.offset || new_hob.length != old_hob.length) {
    return changed(
        rules, i, old_hob,
        fmt::format("it became type {:#06x}, length {:#x}", new_hob.type, new_hob.length));
  }
  const bool same = new_hob.type == old_hob.type &&
                    same_bytes(before.bytes.data() + old_hob.offset,
                               after.bytes.data() + new_hob.offset, old_hob.length);
  if (same) return std::nullopt;
  const bool page_record = old_hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION) &&
                           is_page_record(old_hob.type) && !model.made_by_peim(old_hob.offset);
  // Pages come and go, the stack stays.
  const bool stack = page_record && old_hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                     same_guid(before.view.memory(i).name, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
  if (page_record && !stack && is_page_record(new_hob.type)) return std::nullopt;
  if (may_change(rules, model, before, old_hob, new_hob)) return std::nullopt;
  if (new_hob.type != old_hob.type) {
    return changed(rules, i, old_hob, fmt::format("it became type {:#06x}", new_hob.type));
  }
  return changed(rules, i, old_hob, "its bytes changed");
}

Verdict check_limits(const RuleSet& rules, const HobListSnapshot& before,
                     const HobListSnapshot& after) {
  if (before.phit.EfiMemoryTop != after.phit.EfiMemoryTop ||
      before.phit.EfiMemoryBottom != after.phit.EfiMemoryBottom) {
    return report(rules, RuleId::PhitFields,
                  fmt::format("the managed memory changed from [{:#x}, {:#x}) to [{:#x}, {:#x})",
                              before.phit.EfiMemoryBottom, before.phit.EfiMemoryTop,
                              after.phit.EfiMemoryBottom, after.phit.EfiMemoryTop));
  }
  return std::nullopt;
}

}  // namespace

Verdict check_append(const RuleSet& rules, const Model& model, const HobListSnapshot& before,
                     const HobListSnapshot& after) {
  if (Verdict verdict = check_limits(rules, before, after)) return verdict;
  if (after.extends_previous) return std::nullopt;  // extend_snapshot() has
  // From the HOB after the PHIT to the one before END, which is where the next HOB is written.
  for (std::size_t i = 1; i + 1 < before.view.hobs.size(); ++i) {
    if (Verdict verdict = check_hob(rules, model, before, after, i)) return verdict;
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
