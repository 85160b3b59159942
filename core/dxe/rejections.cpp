// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The reasons, for people.
#include "core/dxe/rejections.h"

namespace pei::dxe {

const char* text_of(RejectionReason reason) {
  switch (reason) {
    case RejectionReason::ZeroLength:
      return "a length of 0 describes nothing";
    case RejectionReason::Wraps:
      return "base and length leave the address space";
    case RejectionReason::BeyondCpu:
      return "it reaches past the addresses that the CPU HOB allows";
    case RejectionReason::BelowAPage:
      return "it is shorter than a page";
    case RejectionReason::Unaligned:
      return "it is not made of whole pages";
    case RejectionReason::UnknownType:
      return "the memory type is not assigned: kept as Reserved";
    case RejectionReason::UnknownResource:
      return "the resource type is not assigned";
    case RejectionReason::UnusualAttributes:
      return "system memory whose attributes make no sense together";
    case RejectionReason::BadBinTable:
      return "MemoryTypeInformation has no end, or a bad or repeated type";
    case RejectionReason::OtherTypeBefore:
      return "it shares pages with an earlier allocation of another type";
    case RejectionReason::DescribedTwice:
      return "it shares pages with an earlier allocation of the same type";
    case RejectionReason::OverlapsResource:
      return "it shares pages with an earlier resource";
    case RejectionReason::OutsideResources:
      return "it allocates pages that no resource describes";
    case RejectionReason::CrossesResources:
      return "it allocates across the border of what can be given out";
    case RejectionReason::ContentNotAllocated:
      return "no HOB allocates its pages: they come out as free";
  }
  return "no such reason";
}

}  // namespace pei::dxe
