// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HostileList -> text.
#include <fmt/format.h>

#include <array>

#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/text/names.h"

namespace pei::oracle {
namespace {

constexpr std::array<std::string_view, kHobKinds> kKinds{
    "Resource", "Allocation", "Module", "Cpu",  "Fv",     "Fv2", "Fv3",
    "Capsule",  "Guid",       "Bins",   "Pool", "Unused", "Raw"};
constexpr std::array<std::string_view, kKnownGuids> kGuids{"None", "Stack", "BspStore", "Module",
                                                           "MemoryTypeInformation"};
constexpr std::array<std::string_view, 8> kResources{
    "SystemMemory",       "MemoryMappedIo", "Io",         "FirmwareDevice",
    "MemoryMappedIoPort", "MemoryReserved", "IoReserved", "MemoryUnaccepted"};

std::string memory_type(std::uint32_t type) {
  const std::string_view name = name_numbered(memory_type_names(), type);
  return name.empty() ? fmt::format("{:#x}", type) : std::string(name);
}

std::string resource_type(std::uint32_t type) {
  return type < kResources.size() ? std::string(kResources[type]) : fmt::format("{:#x}", type);
}

std::string hex(const std::vector<std::uint8_t>& data) {
  if (data.empty()) return {};
  std::string text = " hex ";
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (i != 0 && i % 8 == 0) text += ' ';
    text += fmt::format("{:02x}", data[i]);
  }
  return text;
}

std::string range(const ListedHob& hob) { return fmt::format("{:#x} {:#x}", hob.base, hob.length); }

std::string name(const ListedHob& hob) {
  if (hob.name == KnownGuid::None) return {};
  return fmt::format(" {}", kGuids[static_cast<std::size_t>(hob.name)]);
}

std::string bins(const ListedHob& hob) {
  std::string text;
  for (const BinEntry& entry : hob.bins) {
    text += fmt::format(" {}:{:#x}", memory_type(entry.type), entry.pages);
  }
  return text;
}

std::string fields(const ListedHob& hob) {
  switch (hob.kind) {
    case HobKind::Resource:
      return fmt::format(" {} {:#x} {}{}", resource_type(hob.type), hob.attribute, range(hob),
                         name(hob));
    case HobKind::Allocation:
      return fmt::format(" {} {}{}", memory_type(hob.type), range(hob), name(hob));
    case HobKind::Module:
      return fmt::format(" {} {}", memory_type(hob.type), range(hob));
    case HobKind::Cpu:
      return fmt::format(" {}", hob.type);
    case HobKind::Bins:
      return bins(hob);
    case HobKind::Guid:
      return fmt::format(" {} {}{}", kGuids[static_cast<std::size_t>(hob.name)], hob.length,
                         hex(hob.data));
    case HobKind::Pool:
    case HobKind::Unused:
      return fmt::format(" {}{}", hob.length, hex(hob.data));
    case HobKind::Raw:
      return fmt::format(" {:#x} {}{}", hob.type, hob.length, hex(hob.data));
    default:
      return " " + range(hob);
  }
}

}  // namespace

std::span<const std::string_view> hob_kind_words() { return kKinds; }
std::span<const std::string_view> known_guid_words() { return kGuids; }
std::span<const std::string_view> resource_type_words() { return kResources; }

std::string print_hobs(const HostileList& list) {
  std::string text = "hobs v1\n";
  if (list.granularity_shift != 12) {
    text += fmt::format("granularity {:#x}\n", std::uint64_t{1} << list.granularity_shift);
  }
  text += fmt::format("memory {:#x} {:#x} {:#x} {:#x}\n", list.bottom, list.base, list.free_top,
                      list.top);
  for (const ListedHob& hob : list.hobs) {
    text += fmt::format("{}{}\n", kKinds[static_cast<std::size_t>(hob.kind)], fields(hob));
  }
  for (const ListPatch& patch : list.patches) {
    text += fmt::format("patch {:#x}{}\n", patch.offset, hex(patch.bytes));
  }
  if (list.give != 0) text += fmt::format("give {}\n", list.give);
  return text;
}

}  // namespace pei::oracle
