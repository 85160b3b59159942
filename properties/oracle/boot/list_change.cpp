// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Snapshots side by side, HOB by HOB.
#include "properties/oracle/boot/list_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "properties/oracle/pi_names.h"

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

struct Field {
  std::size_t offset;
  std::size_t size;
  std::string_view name;
};

#define HOBNAIL_FIELD(type, field) \
  Field { offsetof(type, field), sizeof(type::field), #field }

constexpr std::array<Field, 3> kHeader{{
    {0, 2, "HobType"},
    {2, 2, "HobLength"},
    {4, 4, "Reserved"},
}};
constexpr std::array<Field, 7> kPhit{{
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, Version),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, BootMode),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, EfiMemoryTop),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, EfiMemoryBottom),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, EfiFreeMemoryTop),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, EfiFreeMemoryBottom),
    HOBNAIL_FIELD(EFI_HOB_HANDOFF_INFO_TABLE, EfiEndOfHobList),
}};
#undef HOBNAIL_FIELD
constexpr std::array<Field, 3> kAllocation{{
    {offsetof(EFI_HOB_MEMORY_ALLOCATION, AllocDescriptor) + 16, 8, "MemoryBaseAddress"},
    {offsetof(EFI_HOB_MEMORY_ALLOCATION, AllocDescriptor) + 24, 8, "MemoryLength"},
    {offsetof(EFI_HOB_MEMORY_ALLOCATION, AllocDescriptor) + 32, 4, "MemoryType"},
}};

// The field that has the byte; a single byte where PI names none.
Field field_of(const Hob& hob, std::size_t at) {
  const std::span<const Field> body =
      hob.type == EFI_HOB_TYPE_HANDOFF             ? std::span<const Field>(kPhit)
      : hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION ? std::span<const Field>(kAllocation)
                                                   : std::span<const Field>();
  for (const std::span<const Field> fields : {std::span<const Field>(kHeader), body}) {
    for (const Field& field : fields) {
      if (at >= field.offset && at < field.offset + field.size) return field;
    }
  }
  return {at, 1, {}};
}

std::uint64_t number_at(const std::uint8_t* bytes, std::size_t size) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes, size);
  return number;
}

std::string field_change(const Hob& hob, std::size_t at, const std::uint8_t* before,
                         const std::uint8_t* after) {
  Field field = field_of(hob, at);
  field.size = std::min(field.size, hob.length - field.offset);
  const std::string name =
      field.name.empty() ? fmt::format("byte {:#x}", at) : std::string(field.name);
  return fmt::format("{}: {:#x} before, {:#x} now", name,
                     number_at(before + field.offset, field.size),
                     number_at(after + field.offset, field.size));
}

}  // namespace

std::string first_change_text(const Board& board, const HobListSnapshot& before) {
  if (!board.readable(before.base, before.bytes.size()))
    return "the list is in memory that no longer exists";
  const std::uint8_t* const now = board.at(before.base);
  for (const Hob& hob : before.view.hobs) {
    const std::uint8_t* const old = before.bytes.data() + hob.offset;
    const auto differs = std::mismatch(old, old + hob.length, now + hob.offset);
    if (differs.first == old + hob.length) continue;
    const auto at = static_cast<std::size_t>(differs.first - old);
    return fmt::format("the {} at PHIT + {:#x}, {}", efi_hob_type(hob.type), hob.offset,
                       field_change(hob, at, old, now + hob.offset));
  }
  return {};
}

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
    case Ending::NothingRuns:
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
