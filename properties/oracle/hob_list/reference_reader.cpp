// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Offsets and types here are those of the specification's tables, as numbers: PI 1.8 Vol 3 5.
#include "properties/oracle/hob_list/reference_reader.h"

#include <algorithm>

#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint32_t kPhit = 1;
constexpr std::uint32_t kCpu = 6;
constexpr std::uint32_t kEnd = 0xFFFF;

// Why a HOB of this type cannot have this length; empty when it can.
std::string_view wrong_length(std::uint32_t type, std::size_t length) {
  switch (type) {
    case 1:
      return length == 56 ? "" : "a PHIT has 56 bytes";
    case 2:
      return length == 48 || length == 72 ? "" : "a memory allocation has 48 bytes, or 72";
    case 3:
      return length == 48 ? "" : "a resource descriptor has 48 bytes";
    case 4:
      return length >= 24 ? "" : "a GUID extension has at least 24 bytes";
    case 5:
      return length == 24 ? "" : "a firmware volume has 24 bytes";
    case 6:
      return length == 16 ? "" : "a CPU HOB has 16 bytes";
    case 9:
      return length == 56 ? "" : "a firmware volume of the second kind has 56 bytes";
    case 11:
      return length == 24 ? "" : "a capsule has 24 bytes";
    case 13:
      return length == 56 ? "" : "a resource descriptor of the second version has 56 bytes";
    case 12:
      return length == 64 ? "" : "a firmware volume of the third kind has 64 bytes";
    case kEnd:
      return length == 8 ? "" : "END has 8 bytes";
    default:
      return "";
  }
}

std::optional<ListError> check_chain(const ReferenceList& list) {
  for (const ReferenceHob& hob : list.hobs()) {
    if (hob.offset == 0 && hob.type != kPhit) return ListError{0, "the first HOB is not a PHIT"};
    if (hob.offset != 0 && hob.type == kPhit) return ListError{hob.offset, "a second PHIT"};
    const std::string_view wrong = wrong_length(hob.type, hob.length);
    if (!wrong.empty()) return ListError{hob.offset, wrong};
  }
  if (list.stop() == list.bytes().size()) return ListError{list.stop(), "there is no END HOB"};
  if (!list.ended()) return ListError{list.stop(), "HobLength cannot be the length of a HOB there"};
  if (list.stop() == 0) return ListError{0, "the first HOB is not a PHIT"};
  if (list.number(list.stop() + 2, 2) != 8) return ListError{list.stop(), wrong_length(kEnd, 0)};
  return std::nullopt;
}

std::optional<ListError> check_phit(const ReferenceList& list) {
  const std::uint64_t bottom = list.number(24, 8);
  const std::uint64_t end = list.number(48, 8);
  if (end % 8 != 0) return ListError{48, "EfiEndOfHobList is not a multiple of 8"};
  if (end < list.stop()) return ListError{48, "EfiEndOfHobList: the list would begin below 0"};
  if (end + 8 < end) return ListError{48, "EfiEndOfHobList: END would exceed the address space"};
  if (end + 7 == ~std::uint64_t{0}) return ListError{48, "EfiEndOfHobList: END has no end"};
  if (list.free_bottom() < end + 8) return ListError{40, "EfiFreeMemoryBottom is in the list"};
  if (list.base() < bottom) return ListError{24, "EfiMemoryBottom is above the list"};
  if (list.free_top() < list.free_bottom()) return ListError{32, "EfiFreeMemoryTop is in the list"};
  if (list.top() < list.free_top()) return ListError{16, "EfiMemoryTop is below EfiFreeMemoryTop"};
  return std::nullopt;
}

const ReferenceHob* first_cpu(const ReferenceList& list) {
  const auto found = std::find_if(list.hobs().begin(), list.hobs().end(),
                                  [](const ReferenceHob& hob) { return hob.type == kCpu; });
  return found == list.hobs().end() ? nullptr : &*found;
}

}  // namespace

std::uint64_t ReferenceList::number(std::size_t offset, std::size_t bytes) const {
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i > 0; --i) value = value * 256 + bytes_[offset + i - 1];
  return value;
}

bool ReferenceList::is_guid(std::size_t offset, std::span<const std::uint8_t> guid) const {
  return std::equal(guid.begin(), guid.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
}

ReferenceList::ReferenceList(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
  while (bytes_.size() - stop_ >= 8) {
    const ReferenceHob hob{stop_, static_cast<std::uint32_t>(number(stop_, 2)),
                           static_cast<std::size_t>(number(stop_ + 2, 2))};
    if (hob.length < 8 || hob.length % 8 != 0 || hob.length > bytes_.size() - stop_) return;
    ended_ = hob.type == kEnd;
    if (ended_) return;
    hobs_.push_back(hob);
    stop_ += hob.length;
  }
}

std::uint64_t ReferenceList::pages_of_cpu() const {
  const std::uint64_t bits = number(first_cpu(*this)->offset + 8, 1);
  if (bits == 64) return kPagesAll - 1;  // the last page has no end
  return bits < 12 ? 0 : std::uint64_t{1} << (bits - 12);
}

std::optional<ListError> check_readable(const ReferenceList& list) {
  if (const auto objection = check_chain(list)) return objection;
  if (const auto objection = check_phit(list)) return objection;
  const ReferenceHob* const cpu = first_cpu(list);
  if (cpu == nullptr) return ListError{list.stop(), "the CPU HOB is missing"};
  if (list.number(cpu->offset + 8, 1) > 64) {
    return ListError{cpu->offset + 8, "SizeOfMemorySpace is more than 64"};
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
