// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/generate/tags.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "properties/oracle/pi.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

Tags::Tags(Random random) : random_(random), wanted_(random_.one_in(6)) {}

void Tags::note(const Op& op) {
  if (op.code == OpCode::AllocatePages && pages_ < kIndexMax) ++pages_;
}

std::optional<Op> Tags::next() {
  if (!wanted_ || pages_ == 0 || !random_.one_in(4)) return std::nullopt;
  if (tagged_ && random_.one_in(2)) return free_tagged();
  return write_tag();
}

// A GUID that differs from a known one in one bit.
std::vector<std::uint8_t> Tags::nearly_known() {
  constexpr std::array kKnown{EFI_HOB_MEMORY_ALLOC_STACK_GUID, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID,
                              EFI_HOB_MEMORY_ALLOC_MODULE_GUID, EFI_MEMORY_TYPE_INFORMATION_GUID};
  const EFI_GUID& guid = kKnown[sized(random_.below(kKnown.size()))];
  std::vector<std::uint8_t> bytes(sizeof guid);
  std::memcpy(bytes.data(), &guid, sizeof guid);
  bytes[sized(random_.below(sizeof guid))] ^= static_cast<std::uint8_t>(1 << random_.below(8));
  return bytes;
}

// Without bytes of its own the tag is the harness's.
Op Tags::write_tag() {
  Op op;
  op.code = OpCode::PeimWrite;
  op.place.anchor = Anchor::NameOfPages;
  const std::uint16_t back = pick_recent(random_, std::min<std::uint16_t>(pages_, 16));
  op.place.index = static_cast<std::uint16_t>(pages_ - 1 - back);
  op.quantity = {Measure::Literal, sizeof(EFI_GUID)};
  if (random_.one_in(2)) op.data = some_data(random_, sizeof(EFI_GUID));
  if (random_.one_in(4)) op.data = nearly_known();
  tagged_ = op.place.index;
  return op;
}

// The head, the tail, one page within, or all of them. What is left of them is freed later.
Op Tags::free_tagged() {
  Op op;
  op.code = OpCode::FreePages;
  op.place = {Anchor::NamedPages, *tagged_, true, 0};
  const std::uint64_t part = random_.below(5);
  if (part < 2) {
    op.quantity = {Measure::Whole, 0};
    tagged_ = std::nullopt;
    return op;
  }
  if (part > 2) op.place.offset = 1 + random_.below(2);
  op.quantity = part == 3 ? Quantity{Measure::Whole, 0} : Quantity{Measure::Literal, 1};
  return op;
}

}  // namespace hobnail::oracle
