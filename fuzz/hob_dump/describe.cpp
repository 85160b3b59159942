// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs in words.
#include "fuzz/hob_dump/describe.h"

#include <fmt/format.h>

#include "fuzz/hob_dump/bin_table.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::Hob;
using oracle::HobView;

std::string describe_phit(const HobView& view, const Hob& hob) {
  const auto phit = view.read<pei::EFI_HOB_HANDOFF_INFO_TABLE>(hob);
  return fmt::format("version {}, {}; memory [{:#x}, {:#x}), free [{:#x}, {:#x}), End at {:#x}",
                     phit.Version, boot_mode_name(phit.BootMode), phit.EfiMemoryBottom,
                     phit.EfiMemoryTop, phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop,
                     phit.EfiEndOfHobList);
}

std::string describe_allocation(const HobView& view, const Hob& hob) {
  const auto mem = view.read<pei::EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
  std::string text =
      memory_type_name(mem.MemoryType) + " " + range_text(mem.MemoryBaseAddress, mem.MemoryLength);
  if (!oracle::is_zero_guid(mem.Name)) text += ", named " + guid_text(mem.Name);
  if (hob.length >= sizeof(pei::EFI_HOB_MEMORY_ALLOCATION_MODULE)) {
    const auto module = view.read<pei::EFI_HOB_MEMORY_ALLOCATION_MODULE>(hob);
    text += fmt::format(" {}, entry point {:#x}", guid_text(module.ModuleName), module.EntryPoint);
  }
  return text;
}

std::string describe_resource(const HobView& view, std::size_t index) {
  const ResourceHob res = resource_at(view, index);
  std::string text = fmt::format("{} {}: {}", resource_type_name(res.type),
                                 range_text(res.range.base, res.range.size),
                                 resource_attribute_names(res.attribute));
  if (res.second) text += ", memory " + memory_attribute_names(res.memory_attribute);
  if (!oracle::is_zero_guid(res.owner)) text += ", owned by " + guid_text(res.owner);
  return text;
}

std::string describe_volume(const HobView& view, const Hob& hob) {
  const auto fv = view.read<pei::EFI_HOB_FIRMWARE_VOLUME>(hob);
  std::string text = range_text(fv.BaseAddress, fv.Length);
  if (hob.type == pei::EFI_HOB_TYPE_FV2) {
    const auto fv2 = view.read<pei::EFI_HOB_FIRMWARE_VOLUME2>(hob);
    text +=
        fmt::format(", volume {} out of file {}", guid_text(fv2.FvName), guid_text(fv2.FileName));
  }
  if (hob.type == pei::EFI_HOB_TYPE_FV3) {
    const auto fv3 = view.read<pei::EFI_HOB_FIRMWARE_VOLUME3>(hob);
    text += fmt::format(", authentication status {:#x}, {}", fv3.AuthenticationStatus,
                        fv3.ExtractedFv != 0 ? "extracted" : "not extracted");
  }
  return text;
}

std::string describe_unused(const HobView& view, const Hob& hob) {
  if (hob.length != sizeof(pei::EFI_HOB_MEMORY_ALLOCATION)) return "retired";
  return "retired; as an allocation: " + describe_allocation(view, hob);
}

// The shortest length at which the body of a type can be read.
std::size_t readable_length(std::uint16_t type) {
  if (type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION) return sizeof(pei::EFI_HOB_MEMORY_ALLOCATION);
  if (type == pei::EFI_HOB_TYPE_GUID_EXTENSION) return sizeof(pei::EFI_HOB_GUID_TYPE);
  return oracle::fixed_hob_length(type);
}

}  // namespace

std::string describe_hob(const HobView& view, std::size_t index) {
  const Hob& hob = view.hobs[index];
  if (hob.length < readable_length(hob.type)) return "too short to read";
  switch (hob.type) {
    case pei::EFI_HOB_TYPE_HANDOFF:
      return describe_phit(view, hob);
    case pei::EFI_HOB_TYPE_MEMORY_ALLOCATION:
      return describe_allocation(view, hob);
    case pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR:
    case pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2:
      return describe_resource(view, index);
    case pei::EFI_HOB_TYPE_GUID_EXTENSION:
      if (is_bin_table(view, hob)) {
        return "MemoryTypeInformation: " + bin_table_text(bin_table_of(view, hob));
      }
      return fmt::format("{}, {:#x} bytes of data",
                         guid_text(view.read<pei::EFI_HOB_GUID_TYPE>(hob).Name),
                         hob.length - sizeof(pei::EFI_HOB_GUID_TYPE));
    case pei::EFI_HOB_TYPE_FV:
    case pei::EFI_HOB_TYPE_FV2:
    case pei::EFI_HOB_TYPE_FV3:
    case pei::EFI_HOB_TYPE_UEFI_CAPSULE:
      return describe_volume(view, hob);
    case pei::EFI_HOB_TYPE_CPU: {
      const auto cpu = view.read<pei::EFI_HOB_CPU>(hob);
      return fmt::format("{} bits of memory space, {} bits of IO space", cpu.SizeOfMemorySpace,
                         cpu.SizeOfIoSpace);
    }
    case pei::EFI_HOB_TYPE_MEMORY_POOL:
      return fmt::format("{:#x} bytes", hob.length - sizeof(pei::EFI_HOB_MEMORY_POOL));
    case pei::EFI_HOB_TYPE_UNUSED:
      return describe_unused(view, hob);
    case pei::EFI_HOB_TYPE_END_OF_HOB_LIST:
      return {};
    default:
      return fmt::format("{:#x} bytes, not known here",
                         hob.length - sizeof(pei::EFI_HOB_GENERIC_HEADER));
  }
}

std::string hob_table(const HobView& view) {
  std::string text = fmt::format("{:>4}  {:>8}  {:<18}  {:>6}  {}\n", "hob", "offset", "type",
                                 "length", "content");
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    const Hob& hob = view.hobs[i];
    text += fmt::format("{:>4}  {:>#8x}  {:<18}  {:>#6x}  {}\n", i, hob.offset,
                        hob_type_name(hob.type), hob.length, describe_hob(view, i));
  }
  return text;
}

}  // namespace hobnail
