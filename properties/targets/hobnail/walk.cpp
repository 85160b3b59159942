// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The walk as core's own users write it.
#include "properties/targets/hobnail/walk.h"

#include "core/hob_list.h"

namespace pei {

oracle::Walk builtin_walk(std::span<const std::uint8_t> bytes, std::size_t steps_max) {
  const HobList list(bytes.data(), bytes.size());
  oracle::Walk answer;
  HobWalk walk(list);
  for (; walk.on_hob() && answer.offsets.size() < steps_max; walk.advance()) {
    const EFI_HOB_GENERIC_HEADER* const hob = walk.hob();
    // A search that starts here comes to this very HOB; one that does not has another list.
    const Maybe<UINTN> found = list.find(hob->HobType, hob->HobLength, walk.offset());
    answer.offsets.push_back(found ? *found : bytes.size());
    if (as_memory_allocation(hob) != nullptr) answer.allocations.push_back(walk.offset());
  }
  answer.stop = walk.offset();
  answer.ended = !walk.is_broken() && !walk.on_hob();
  return answer;
}

}  // namespace pei
