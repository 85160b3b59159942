// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing lists and reading maps.
#include "properties/tests/dxe/dxe_bench.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "core/pi/memory_type_information.h"

namespace pei::test {
namespace {

std::string hex(UINT64 value) {
  char text[20];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(value));
  return text;
}

}  // namespace

template <typename Hob>
UINTN HobWriter::append(UINT16 type, const Hob& hob) {
  const UINTN offset = raw(type, sizeof(Hob));
  constexpr UINTN kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
  std::memcpy(bytes_.data() + offset + kHeader, reinterpret_cast<const UINT8*>(&hob) + kHeader,
              sizeof(Hob) - kHeader);
  return offset;
}

HobWriter::HobWriter(const PeiMemory& memory) : memory_(memory) {
  EFI_HOB_HANDOFF_INFO_TABLE phit{};
  phit.Version = EFI_HOB_HANDOFF_TABLE_VERSION;
  phit.EfiMemoryTop = memory.top;
  phit.EfiMemoryBottom = memory.bottom;
  phit.EfiFreeMemoryTop = memory.free_top;
  append(EFI_HOB_TYPE_HANDOFF, phit);
}

UINTN HobWriter::raw(UINT16 type, UINT16 length) {
  const UINTN offset = bytes_.size();
  bytes_.resize(offset + (length < 8U ? 8U : length));
  put16(offset, type);
  put16(offset + 2, length);
  return offset;
}

UINTN HobWriter::resource(UINT64 base, UINT64 bytes, UINT32 type, UINT32 attribute,
                          const EFI_GUID& owner) {
  EFI_HOB_RESOURCE_DESCRIPTOR hob{};
  hob.Owner = owner;
  hob.ResourceType = type;
  hob.ResourceAttribute = attribute;
  hob.PhysicalStart = base;
  hob.ResourceLength = bytes;
  return append(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, hob);
}

UINTN HobWriter::resource2(UINT64 base, UINT64 bytes, UINT64 memory_attribute, UINT32 type,
                           const EFI_GUID& owner, UINT32 attribute) {
  EFI_HOB_RESOURCE_DESCRIPTOR2 hob{};
  hob.V1.Owner = owner;
  hob.V1.ResourceType = type;
  hob.V1.ResourceAttribute = attribute;
  hob.V1.PhysicalStart = base;
  hob.V1.ResourceLength = bytes;
  hob.Attributes = memory_attribute;
  return append(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2, hob);
}

UINTN HobWriter::allocation(UINT64 base, UINT64 bytes, UINT32 type, const EFI_GUID& name) {
  EFI_HOB_MEMORY_ALLOCATION hob{};
  hob.AllocDescriptor = {name, base, bytes, type, {}};
  return append(EFI_HOB_TYPE_MEMORY_ALLOCATION, hob);
}

UINTN HobWriter::module(UINT64 base, UINT64 bytes, UINT32 type) {
  EFI_HOB_MEMORY_ALLOCATION_MODULE hob{};
  hob.MemoryAllocationHeader = {EFI_HOB_MEMORY_ALLOC_MODULE_GUID, base, bytes, type, {}};
  return append(EFI_HOB_TYPE_MEMORY_ALLOCATION, hob);
}

UINTN HobWriter::cpu(UINT8 bits) {
  EFI_HOB_CPU hob{};
  hob.SizeOfMemorySpace = bits;
  return append(EFI_HOB_TYPE_CPU, hob);
}

UINTN HobWriter::content(UINT16 type, UINT64 base, UINT64 bytes) {
  UINT16 length = sizeof(EFI_HOB_FIRMWARE_VOLUME);
  if (type == EFI_HOB_TYPE_FV2) length = sizeof(EFI_HOB_FIRMWARE_VOLUME2);
  if (type == EFI_HOB_TYPE_FV3) length = sizeof(EFI_HOB_FIRMWARE_VOLUME3);
  const UINTN offset = raw(type, length);
  put(offset + 8, base).put(offset + 16, bytes);
  return offset;
}

UINTN HobWriter::bin_table(const std::vector<UINT32>& words) {
  const UINTN data_bytes = (words.size() * sizeof(UINT32) + 7) / 8 * 8;
  const UINTN offset =
      raw(EFI_HOB_TYPE_GUID_EXTENSION, static_cast<UINT16>(sizeof(EFI_HOB_GUID_TYPE) + data_bytes));
  const EFI_GUID name = EFI_MEMORY_TYPE_INFORMATION_GUID;
  std::memcpy(bytes_.data() + offset + 8, &name, sizeof name);
  if (words.empty()) return offset;
  std::memcpy(bytes_.data() + offset + sizeof(EFI_HOB_GUID_TYPE), words.data(),
              words.size() * sizeof(UINT32));
  return offset;
}

HobWriter& HobWriter::finish() {
  const UINTN offset = raw(EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof(EFI_HOB_GENERIC_HEADER));
  put(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiEndOfHobList), memory_.list + offset);
  return put(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiFreeMemoryBottom), memory_.list + offset + 8);
}

HobWriter& HobWriter::put(UINTN offset, UINT64 value) {
  std::memcpy(bytes_.data() + offset, &value, sizeof value);
  return *this;
}

HobWriter& HobWriter::put8(UINTN offset, UINT8 value) {
  bytes_[offset] = value;
  return *this;
}

HobWriter& HobWriter::put16(UINTN offset, UINT16 value) {
  std::memcpy(bytes_.data() + offset, &value, sizeof value);
  return *this;
}

HobWriter sane_list() {
  HobWriter list;
  list.cpu(40);                       // at 56
  list.resource(0x100000, 0x100000);  // at 72; what follows is at 120
  return list;
}

DxeBench::DxeBench(const Room& room)
    : claims_(room.claims), ranges_(room.ranges), rejections_(room.rejections) {}

dxe::HandOffError DxeBench::take_over(const std::vector<UINT8>& bytes, UINT64 granularity) {
  // Exactly as many bytes as there are, so that AddressSanitizer sees one too many.
  copy_ = std::make_unique<UINT8[]>(bytes.size());
  if (!bytes.empty()) std::memcpy(copy_.get(), bytes.data(), bytes.size());
  const dxe::Storage storage{claims_.data(), claims_.size(),     ranges_.data(),
                             ranges_.size(), rejections_.data(), rejections_.size()};
  return memory_.take_over(copy_.get(), bytes.size(), granularity, storage);
}

dxe::HandOffError DxeBench::take_over(HobWriter list, UINT64 granularity) {
  return take_over(list.finish().bytes(), granularity);
}

bool DxeBench::list_is(const std::vector<UINT8>& bytes) const {
  return std::equal(bytes.begin(), bytes.end(), copy_.get());
}

std::vector<EFI_MEMORY_DESCRIPTOR> DxeBench::map() {
  key_ = 0;
  UINTN size = 0;
  UINTN stride = 0;
  memory_.GetMemoryMap(&size, nullptr, nullptr, &stride, nullptr);
  if (stride == 0) return {};
  const auto buffer = std::make_unique<UINT8[]>(size);
  auto* const out = reinterpret_cast<EFI_MEMORY_DESCRIPTOR*>(buffer.get());
  if (memory_.GetMemoryMap(&size, out, &key_, nullptr, nullptr) != EFI_SUCCESS) return {};
  std::vector<EFI_MEMORY_DESCRIPTOR> entries(size / stride);
  for (UINTN i = 0; i < entries.size(); ++i) {
    std::memcpy(&entries[i], buffer.get() + i * stride, sizeof entries[i]);
  }
  return entries;
}

UINTN DxeBench::key() {
  static_cast<void>(map());
  return key_;
}

std::string DxeBench::text() {
  std::string text;
  for (const EFI_MEMORY_DESCRIPTOR& entry : map()) {
    if (!text.empty()) text += ' ';
    text += hex(entry.PhysicalStart) + '+' + hex(entry.NumberOfPages) + ' ' + hex(entry.Type);
    if (entry.Attribute != 0) text += '/' + hex(entry.Attribute);
  }
  return text;
}

std::string DxeBench::rejected() const {
  std::string text;
  for (UINTN i = 0; i < memory_.rejections().kept(); ++i) {
    const dxe::Rejection& each = memory_.rejections().at(i);
    if (!text.empty()) text += "; ";
    text += std::to_string(each.offset) + ": " + dxe::text_of(each.reason);
  }
  return text;
}

Consumed consumed(HobWriter list, UINT64 granularity) {
  DxeBench bench;
  const dxe::HandOffError error = bench.take_over(std::move(list), granularity);
  if (!error.none()) return {std::string("refused: ") + dxe::text_of(error.flaw), {}};
  return {bench.text(), bench.rejected()};
}

}  // namespace pei::test
