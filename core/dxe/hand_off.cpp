// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The structure of the list first, then the PHIT's fields, then the processor.
#include "core/dxe/hand_off.h"

namespace pei::dxe {
namespace {

using Phit = EFI_HOB_HANDOFF_INFO_TABLE;

// The end of the last page whose end is an address.
constexpr UINT64 kHighestLimit = align_down(kHighestAddress, kPageBytes);

bool has_wrong_length(const EFI_HOB_GENERIC_HEADER& hob) {
  const UINTN length = hob.HobLength;
  switch (hob.HobType) {
    case EFI_HOB_TYPE_HANDOFF:
      return length != sizeof(Phit);
    case EFI_HOB_TYPE_MEMORY_ALLOCATION:
      return length != sizeof(EFI_HOB_MEMORY_ALLOCATION) &&
             length != sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE);
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR:
      return length != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR);
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2:
      return length != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR2);
    case EFI_HOB_TYPE_GUID_EXTENSION:
      return length < sizeof(EFI_HOB_GUID_TYPE);
    case EFI_HOB_TYPE_FV:
      return length != sizeof(EFI_HOB_FIRMWARE_VOLUME);
    case EFI_HOB_TYPE_CPU:
      return length != sizeof(EFI_HOB_CPU);
    case EFI_HOB_TYPE_FV2:
      return length != sizeof(EFI_HOB_FIRMWARE_VOLUME2);
    case EFI_HOB_TYPE_UEFI_CAPSULE:
      return length != sizeof(EFI_HOB_UEFI_CAPSULE);
    case EFI_HOB_TYPE_FV3:
      return length != sizeof(EFI_HOB_FIRMWARE_VOLUME3);
    case EFI_HOB_TYPE_END_OF_HOB_LIST:
      return length != sizeof(EFI_HOB_GENERIC_HEADER);
    default:  // pools, unused ones, and what consumers skip by length
      return false;
  }
}

HandOffError judge_shape(HandOff& hand_off, UINTN size_bytes) {
  HobWalk walk(hand_off.list);
  for (; walk.on_hob(); walk.advance()) {
    const UINTN offset = walk.offset();
    const bool is_phit = walk.hob()->HobType == EFI_HOB_TYPE_HANDOFF;
    if (offset == 0 && !is_phit) return {HandOffFlaw::NoPhit, 0};
    if (offset != 0 && is_phit) return {HandOffFlaw::SecondPhit, offset};
    if (has_wrong_length(*walk.hob())) return {HandOffFlaw::WrongLength, offset};
  }
  hand_off.end_offset = walk.offset();
  if (hand_off.end_offset == size_bytes) return {HandOffFlaw::NoEnd, size_bytes};
  if (walk.is_broken()) return {HandOffFlaw::BrokenHob, walk.offset()};
  if (hand_off.end_offset == 0) return {HandOffFlaw::NoPhit, 0};
  if (has_wrong_length(*walk.hob())) return {HandOffFlaw::WrongLength, walk.offset()};
  return {};
}

HandOffError judge_phit(HandOff& hand_off) {
  const Phit& phit = hand_off.phit;
  const UINT64 end = phit.EfiEndOfHobList;
  constexpr UINT64 kEndBytes = sizeof(EFI_HOB_GENERIC_HEADER);
  const bool is_possible = is_aligned(end, kHobAlignmentBytes) && end >= hand_off.end_offset &&
                           end <= kHighestAddress - kEndBytes;
  if (!is_possible) return {HandOffFlaw::MisplacedEnd, offsetof(Phit, EfiEndOfHobList)};
  hand_off.phit_address = end - hand_off.end_offset;

  if (phit.EfiFreeMemoryBottom < end + kEndBytes) {
    return {HandOffFlaw::FreeBottom, offsetof(Phit, EfiFreeMemoryBottom)};
  }
  if (hand_off.phit_address < phit.EfiMemoryBottom) {
    return {HandOffFlaw::CursorOrder, offsetof(Phit, EfiMemoryBottom)};
  }
  if (phit.EfiFreeMemoryTop < phit.EfiFreeMemoryBottom) {
    return {HandOffFlaw::CursorOrder, offsetof(Phit, EfiFreeMemoryTop)};
  }
  if (phit.EfiMemoryTop < phit.EfiFreeMemoryTop) {
    return {HandOffFlaw::CursorOrder, offsetof(Phit, EfiMemoryTop)};
  }
  return {};
}

HandOffError judge_cpu(HandOff& hand_off) {
  const Maybe<UINTN> offset = hand_off.list.find(EFI_HOB_TYPE_CPU, sizeof(EFI_HOB_CPU), 0);
  if (!offset) return {HandOffFlaw::NoCpu, hand_off.end_offset};
  const auto* const cpu = reinterpret_cast<const EFI_HOB_CPU*>(*hand_off.list.at(*offset));
  const unsigned bits = cpu->SizeOfMemorySpace;
  if (bits > 64) {
    return {HandOffFlaw::CpuTooWide, *offset + offsetof(EFI_HOB_CPU, SizeOfMemorySpace)};
  }
  hand_off.limit = bits == 64 ? kHighestLimit : align_down(UINT64{1} << bits, kPageBytes);
  return {};
}

}  // namespace

HandOffError judge_hand_off(const UINT8* bytes, UINTN size_bytes, HandOff& hand_off) {
  hand_off.list = HobList(bytes, size_bytes);
  const HandOffError shape = judge_shape(hand_off, size_bytes);
  if (!shape.none()) return shape;
  hand_off.phit = *reinterpret_cast<const Phit*>(*hand_off.list.at(0));
  const HandOffError phit = judge_phit(hand_off);
  if (!phit.none()) return phit;
  return judge_cpu(hand_off);
}

const char* text_of(HandOffFlaw flaw) {
  switch (flaw) {
    case HandOffFlaw::None:
      return "the list can be worked with";
    case HandOffFlaw::BrokenHob:
      return "the HOB is not whole: its length is below 8, no multiple of 8, or leaves the list";
    case HandOffFlaw::NoEnd:
      return "the bytes end without an END HOB";
    case HandOffFlaw::NoPhit:
      return "the first HOB is no PHIT";
    case HandOffFlaw::SecondPhit:
      return "a second PHIT";
    case HandOffFlaw::WrongLength:
      return "the HOB does not have the length of its type";
    case HandOffFlaw::MisplacedEnd:
      return "EfiEndOfHobList cannot be the address of this list's END HOB";
    case HandOffFlaw::FreeBottom:
      return "EfiFreeMemoryBottom lies below the end of the list";
    case HandOffFlaw::CursorOrder:
      return "EfiMemoryBottom, list, EfiFreeMemoryTop and EfiMemoryTop are not in this order";
    case HandOffFlaw::NoCpu:
      return "no CPU HOB: the width of addresses is unknown";
    case HandOffFlaw::CpuTooWide:
      return "SizeOfMemorySpace is more than 64 bits";
    case HandOffFlaw::TooManyHobs:
      return "more HOBs describe memory than there is storage for";
    case HandOffFlaw::TooManyRanges:
      return "the memory map has more ranges than there is storage for";
    case HandOffFlaw::NoMemoryAtGap:
      return "PEI's free memory lies in no resource of tested system memory";
    case HandOffFlaw::NoRoomToStartIn:
      return "no free memory is large enough to start in";
  }
  return "no such flaw";
}

}  // namespace pei::dxe
