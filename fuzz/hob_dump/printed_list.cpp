// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line at a time: it begins a list, begins a HOB, sets a field or some bytes of it, or is not
// about HOBs.
#include "fuzz/hob_dump/printed_list.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>
#include <optional>
#include <utility>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/pi.h"

namespace hobnail {
namespace {

constexpr std::string_view kHob = "HOB[";
constexpr std::string_view kType = "]: Type = ";
constexpr std::size_t kHeader = sizeof(pei::EFI_HOB_GENERIC_HEADER);
constexpr std::size_t kGuidBytes = sizeof(pei::EFI_GUID);
constexpr std::size_t kListBytesMax = 0x100000;

struct NamedType {
  std::string_view name;
  std::uint16_t type;
};
constexpr NamedType kTypes[] = {{"EFI_HOB_TYPE_HANDOFF", 1},
                                {"EFI_HOB_TYPE_MEMORY_ALLOCATION", 2},
                                {"EFI_HOB_TYPE_RESOURCE_DESCRIPTOR", 3},
                                {"EFI_HOB_TYPE_GUID_EXTENSION", 4},
                                {"EFI_HOB_TYPE_FV", 5},
                                {"EFI_HOB_TYPE_CPU", 6},
                                {"EFI_HOB_TYPE_MEMORY_POOL", 7},
                                {"EFI_HOB_TYPE_FV2", 9},
                                {"EFI_HOB_TYPE_UEFI_CAPSULE", 11},
                                {"EFI_HOB_TYPE_FV3", 12},
                                {"EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2", 13},
                                {"EFI_HOB_TYPE_UNUSED", 0xfffe}};

// By number.
constexpr std::string_view kMemoryTypes[] = {"EfiReservedMemoryType",
                                             "EfiLoaderCode",
                                             "EfiLoaderData",
                                             "EfiBootServicesCode",
                                             "EfiBootServicesData",
                                             "EfiRuntimeServicesCode",
                                             "EfiRuntimeServicesData",
                                             "EfiConventionalMemory",
                                             "EfiUnusableMemory",
                                             "EfiACPIReclaimMemory",
                                             "EfiACPIMemoryNVS",
                                             "EfiMemoryMappedIO",
                                             "EfiMemoryMappedIOPortSpace",
                                             "EfiPalCode",
                                             "EfiPersistentMemory",
                                             "EfiMaxMemoryType"};
constexpr std::string_view kResourceTypes[] = {"EFI_RESOURCE_SYSTEM_MEMORY",
                                               "EFI_RESOURCE_MEMORY_MAPPED_IO",
                                               "EFI_RESOURCE_IO",
                                               "EFI_RESOURCE_FIRMWARE_DEVICE",
                                               "EFI_RESOURCE_MEMORY_MAPPED_IO_PORT",
                                               "EFI_RESOURCE_MEMORY_RESERVED",
                                               "EFI_RESOURCE_IO_RESERVED",
                                               "EFI_RESOURCE_MAX_MEMORY_TYPE"};

enum class Kind : std::uint8_t { Number, Guid, MemoryType, ResourceType, Truth };

struct Field {
  std::uint16_t type;  // of the HOB
  std::string_view name;
  std::size_t offset;
  std::size_t bytes;
  Kind kind = Kind::Number;
};
constexpr Field kFields[] = {
    {1, "BootMode", 12, 4},
    {1, "EfiMemoryTop", 16, 8},
    {1, "EfiMemoryBottom", 24, 8},
    {1, "EfiFreeMemoryTop", 32, 8},
    {1, "EfiFreeMemoryBottom", 40, 8},
    {1, "EfiEndOfHobList", 48, 8},
    {2, "Name", 8, kGuidBytes, Kind::Guid},
    {2, "MemoryBaseAddress", 24, 8},
    {2, "MemoryLength", 32, 8},
    {2, "MemoryType", 40, 4, Kind::MemoryType},
    {2, "ModuleName", 48, kGuidBytes, Kind::Guid},
    {2, "EntryPoint", 64, 8},
    {3, "Owner", 8, kGuidBytes, Kind::Guid},
    {3, "ResourceType", 24, 4, Kind::ResourceType},
    {3, "ResourceAttribute", 28, 4},
    {3, "PhysicalStart", 32, 8},
    {3, "ResourceLength", 40, 8},
    {4, "Name", 8, kGuidBytes, Kind::Guid},
    {5, "BaseAddress", 8, 8},
    {5, "Length", 16, 8},
    {6, "SizeOfMemorySpace", 8, 1},
    {6, "SizeOfIoSpace", 9, 1},
    {9, "BaseAddress", 8, 8},
    {9, "Length", 16, 8},
    {9, "FvName", 24, kGuidBytes, Kind::Guid},
    {9, "FileName", 40, kGuidBytes, Kind::Guid},
    {11, "BaseAddress", 8, 8},
    {11, "Length", 16, 8},
    {12, "BaseAddress", 8, 8},
    {12, "Length", 16, 8},
    {12, "AuthenticationStatus", 24, 4},
    {12, "ExtractedFv", 28, 1, Kind::Truth},
    {12, "FvName", 32, kGuidBytes, Kind::Guid},
    {12, "FileName", 48, kGuidBytes, Kind::Guid},
    {13, "Owner", 8, kGuidBytes, Kind::Guid},
    {13, "ResourceType", 24, 4, Kind::ResourceType},
    {13, "ResourceCapabilities", 28, 4},
    {13, "PhysicalStart", 32, 8},
    {13, "ResourceLength", 40, 8},
    {13, "ResourceMemoryAttributes", 48, 8},
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

// "0x" and digits.
std::optional<std::uint64_t> hex_of(std::string_view text) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return std::nullopt;
  return number_of(text.substr(2), 16);
}

// The number behind "WORD = ", where the line has it.
std::optional<std::uint64_t> hex_behind(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  return at == std::string_view::npos ? std::nullopt : hex_of(line.substr(at + word.size()));
}

// 4C19049F-4137-4DD3-9C10-8B97A83FFDFA, as its 16 bytes in memory.
std::optional<pei::EFI_GUID> guid_of(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  pei::EFI_GUID guid{};
  const auto first = number_of(text.substr(0, 8), 16);
  const auto second = number_of(text.substr(9, 4), 16);
  const auto third = number_of(text.substr(14, 4), 16);
  const auto fourth = number_of(text.substr(19, 4), 16);
  const auto last = number_of(text.substr(24, 12), 16);
  if (!first || !second || !third || !fourth || !last) return std::nullopt;
  guid.Data1 = static_cast<std::uint32_t>(*first);
  guid.Data2 = static_cast<std::uint16_t>(*second);
  guid.Data3 = static_cast<std::uint16_t>(*third);
  const std::uint64_t tail = *fourth << 48 | *last;
  for (unsigned i = 0; i < 8; ++i) {
    guid.Data4[i] = static_cast<std::uint8_t>(tail >> (56 - 8 * i));
  }
  return guid;
}

template <std::size_t N>
std::optional<std::uint64_t> place_in(const std::string_view (&names)[N], std::string_view name) {
  const auto* const found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<std::uint64_t>(found - std::begin(names));
}

std::optional<std::uint64_t> value_of_field(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::MemoryType:
      return place_in(kMemoryTypes, text);
    case Kind::ResourceType:
      return place_in(kResourceTypes, text);
    case Kind::Truth:
      return text == "True" ? 1 : 0;
    default:
      return hex_of(text);
  }
}

class Reader {
 public:
  void take(std::string_view line);
  [[nodiscard]] PrintedList finish();

 private:
  void begin_list();
  void begin_hob(std::string_view line);
  void close_hob();
  void end_list();
  void set_field(std::string_view name, std::string_view value);
  [[nodiscard]] bool set_bytes(std::string_view line);
  void put(std::size_t offset, const void* from, std::size_t bytes);

  PrintedList list_;
  std::uint16_t type_ = 0;  // of the HOB that is read, which begins at ...
  std::size_t start_ = 0;   // ... and ends with the bytes so far
  std::size_t dumped_ = 0;  // where in it the rows of bytes begin
  bool has_data_ = false;   // some row was read
};

void Reader::begin_list() {
  list_.bytes.clear();
  list_.without_data = 0;
  start_ = 0;
  ++list_.lists;
}

void Reader::put(std::size_t offset, const void* from, std::size_t bytes) {
  if (start_ + offset + bytes > list_.bytes.size()) return;
  std::memcpy(list_.bytes.data() + start_ + offset, from, bytes);
}

// A name without data: a table of memory types that reads as zeroes is none.
void Reader::close_hob() {
  if (start_ >= list_.bytes.size()) return;
  const std::size_t length = list_.bytes.size() - start_;
  const bool guid = type_ == pei::EFI_HOB_TYPE_GUID_EXTENSION;
  const bool pool = type_ == pei::EFI_HOB_TYPE_MEMORY_POOL;
  const std::size_t head = guid ? kHeader + kGuidBytes : kHeader;
  if (has_data_ || !(guid || pool) || length <= head) return;
  ++list_.without_data;
  pei::EFI_GUID name{};
  if (guid) std::memcpy(&name, list_.bytes.data() + start_ + kHeader, sizeof name);
  const pei::EFI_GUID no_owner{};
  if (oracle::same_guid(name, pei::EFI_MEMORY_TYPE_INFORMATION_GUID)) {
    put(kHeader, &no_owner, sizeof no_owner);
  }
}

void Reader::begin_hob(std::string_view line) {
  const std::size_t at = line.find(kType) + kType.size();
  const std::string_view rest = line.substr(at);
  const std::string_view name = rest.substr(0, rest.find(','));
  const auto offset = hex_behind(rest, "Offset = ");
  const auto length = hex_behind(rest, "Length = ");
  close_hob();
  if (list_.lists == 0 || offset.value_or(0) == 0) begin_list();
  start_ = list_.bytes.size();
  const auto* const named = std::find_if(std::begin(kTypes), std::end(kTypes),
                                         [&](const NamedType& each) { return each.name == name; });
  const bool known = named != std::end(kTypes);
  type_ = known ? named->type : static_cast<std::uint16_t>(number_of(name, 10).value_or(0));
  has_data_ = false;
  dumped_ = type_ == pei::EFI_HOB_TYPE_GUID_EXTENSION && known ? kHeader + kGuidBytes
            : type_ == pei::EFI_HOB_TYPE_MEMORY_POOL && known  ? kHeader
                                                               : 0;
  const auto bytes = static_cast<std::uint16_t>(length.value_or(0));
  if (start_ + bytes > kListBytesMax) return;
  list_.bytes.resize(start_ + std::max<std::size_t>(bytes, kHeader));
  put(0, &type_, sizeof type_);
  put(2, &bytes, sizeof bytes);
  if (type_ != pei::EFI_HOB_TYPE_HANDOFF) return;
  const std::uint32_t version = pei::EFI_HOB_HANDOFF_TABLE_VERSION;
  put(kHeader, &version, sizeof version);
}

void Reader::end_list() {
  close_hob();
  start_ = list_.bytes.size();
  list_.bytes.resize(start_ + kHeader);
  const std::uint16_t end[] = {pei::EFI_HOB_TYPE_END_OF_HOB_LIST, kHeader};
  put(0, end, sizeof end);
  start_ = list_.bytes.size();
}

void Reader::set_field(std::string_view name, std::string_view value) {
  for (const Field& field : kFields) {
    if (field.type != type_ || field.name != name) continue;
    if (field.kind == Kind::Guid) {
      if (const auto guid = guid_of(value)) put(field.offset, &*guid, sizeof *guid);
      return;
    }
    const std::uint64_t number = value_of_field(field.kind, value).value_or(0);
    return put(field.offset, &number, field.bytes);
  }
}

// "0x0010: 00 01 ...". False for other lines.
bool Reader::set_bytes(std::string_view line) {
  const std::size_t before = line.find("0x");
  const std::size_t colon = line.find(':', before);
  if (colon == std::string_view::npos) return false;
  const auto row = number_of(line.substr(before + 2, colon - before - 2), 16);
  std::string_view rest = trimmed(line.substr(colon + 1));
  if (!row) return false;
  for (std::size_t i = 0; !rest.empty(); ++i) {
    const auto byte = number_of(rest.substr(0, 2), 16);
    if (!byte || (rest.size() > 2 && rest[2] != ' ')) return false;
    put(dumped_ + static_cast<std::size_t>(*row) + i, &*byte, 1);
    has_data_ = true;
    rest = trimmed(rest.substr(std::min<std::size_t>(2, rest.size())));
  }
  return true;
}

void Reader::take(std::string_view line) {
  const std::size_t hob = line.find(kHob);
  if (hob != std::string_view::npos && line.find(kType, hob) != std::string_view::npos) {
    return begin_hob(line);
  }
  if (start_ == list_.bytes.size()) return;  // no HOB is open
  if (line.find("There are totally ") != std::string_view::npos) return end_list();
  if (line.find("full hex dump in below") != std::string_view::npos) {
    dumped_ = 0;
    return;
  }
  const std::size_t equals = line.find(" = ");
  if (equals == std::string_view::npos) {
    (void)set_bytes(line);
    return;
  }
  const std::string_view before = trimmed(line.substr(0, equals));
  set_field(before.substr(before.find_last_of(" \t") + 1), trimmed(line.substr(equals + 3)));
}

PrintedList Reader::finish() {
  close_hob();
  return std::move(list_);
}

}  // namespace

bool has_printed_list(std::string_view text) {
  for (std::size_t at = text.find(kHob); at != std::string_view::npos;
       at = text.find(kHob, at + 1)) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (line.find(kType) != std::string_view::npos) return true;
  }
  return false;
}

PrintedList printed_list(std::string_view text) {
  Reader reader;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    reader.take(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.finish();
}

}  // namespace hobnail
