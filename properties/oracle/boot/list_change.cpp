// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Snapshots side by side, HOB by HOB.
#include "properties/oracle/boot/list_change.h"

#include <algorithm>
#include <cstring>

namespace hobnail::oracle {
namespace {

using Kind = HobChange::Kind;

HobChange describe_hob(const HobListSnapshot& snapshot, std::size_t index) {
  const Hob& hob = snapshot.view.hobs[index];
  HobChange change;
  change.address = snapshot.base + hob.offset;
  change.type = hob.type;
  change.length = hob.length;
  change.is_allocation =
      hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION && hob.length >= sizeof(EFI_HOB_MEMORY_ALLOCATION);
  if (!change.is_allocation) return change;
  const MemoryHob memory = snapshot.view.memory(index);
  change.pages = {memory.base, memory.length};
  change.memory_type = memory.type;
  return change;
}

Kind kind_of(const Hob& before, const Hob& after) {
  if (after.type == EFI_HOB_TYPE_UNUSED) return Kind::Retired;
  if (before.type == EFI_HOB_TYPE_UNUSED) return Kind::Reused;
  return after.type == EFI_HOB_TYPE_MEMORY_ALLOCATION ? Kind::Retyped : Kind::Rewritten;
}

HobChange changed_hob(const HobListSnapshot& before, const HobListSnapshot& after, std::size_t i) {
  const Kind kind = kind_of(before.view.hobs[i], after.view.hobs[i]);
  HobChange change = describe_hob(kind == Kind::Retired ? before : after, i);
  change.kind = kind;
  change.address = after.base + after.view.hobs[i].offset;
  return change;
}

bool same_hob(const HobListSnapshot& before, const HobListSnapshot& after, std::size_t i) {
  const Hob& hob = before.view.hobs[i];
  return std::memcmp(before.bytes.data() + hob.offset, after.bytes.data() + hob.offset,
                     hob.length) == 0;
}

}  // namespace

bool ListChange::has(HobChange::Kind kind) const {
  return std::any_of(hobs.begin(), hobs.end(),
                     [&](const HobChange& hob) { return hob.kind == kind; });
}

bool OpRecord::not_called() const {
  switch (ending) {
    case Ending::OutsideContract:
    case Ending::NoSuchMemory:
    case Ending::NotOwned:
    case Ending::DxeRuns:
    case Ending::OsWakesUp:
    case Ending::OsRuns:
    case Ending::NobodyRuns:
    case Ending::MigrationPending:
    case Ending::NoPermanentMemory:
    case Ending::NoBootServices:
      return true;
    default:
      return false;
  }
}

ListChange list_change(const HobListSnapshot& before, const HobListSnapshot& after) {
  ListChange change;
  for (std::size_t i = 1; i + 1 < before.view.hobs.size() && i + 1 < after.view.hobs.size(); ++i) {
    if (!same_hob(before, after, i)) change.hobs.push_back(changed_hob(before, after, i));
  }
  for (std::size_t i = before.view.hobs.size() - 1; i + 1 < after.view.hobs.size(); ++i) {
    change.hobs.push_back(describe_hob(after, i));
  }
  change.free_bottom = {before.phit.EfiFreeMemoryBottom, after.phit.EfiFreeMemoryBottom};
  change.free_top = {before.phit.EfiFreeMemoryTop, after.phit.EfiFreeMemoryTop};
  change.boot_mode = {before.phit.BootMode, after.phit.BootMode};
  return change;
}

Migration migration_between(const HobListSnapshot& before, const HobListSnapshot& after,
                            std::uint64_t platform_image) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = after.phit;
  return {before.base,
          after.base,
          platform_image,
          {phit.EfiMemoryBottom, phit.EfiMemoryTop - phit.EfiMemoryBottom},
          {phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom},
          after.view.hobs.size()};
}

}  // namespace hobnail::oracle
