// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Patches name bytes: an edit has to know where each HOB was, and where it is then.
#include "fuzz/triage/hob_list/edit.h"

#include <utility>

#include "properties/oracle/hob_list_input/list_bytes.h"

namespace hobnail {
namespace {

using pei::oracle::HostileList;
using pei::oracle::ListedHob;
using pei::oracle::ListPatch;

// A HOB's bytes, before an edit and after it; nothing is left of one that was dropped.
struct Move {
  std::uint64_t from = 0;
  std::uint64_t length = 0;
  std::uint64_t to = 0;
  bool dropped = false;
};

// False when what the patch was on is gone.
bool move_patch(ListPatch& patch, const std::vector<Move>& moves) {
  if (patch.offset < pei::oracle::kFirstHobOffset) return true;
  for (const Move& move : moves) {
    if (patch.offset < move.from || patch.offset >= move.from + move.length) continue;
    patch.offset = static_cast<std::uint32_t>(move.to + (patch.offset - move.from));
    return !move.dropped;
  }
  const Move& last = moves.back();  // END, and what lies behind it
  patch.offset = static_cast<std::uint32_t>(last.to + (patch.offset - last.from));
  return true;
}

}  // namespace

HostileList without(const HostileList& list, const std::vector<bool>& dropped) {
  HostileList result = list;
  result.hobs.clear();
  result.patches.clear();
  std::vector<Move> moves;
  std::uint64_t from = pei::oracle::kFirstHobOffset;
  std::uint64_t to = from;
  for (std::size_t i = 0; i < list.hobs.size(); ++i) {
    const std::uint64_t length = length_of(list.hobs[i]);
    moves.push_back({from, length, to, dropped[i]});
    from += length;
    if (dropped[i]) continue;
    to += length;
    result.hobs.push_back(list.hobs[i]);
  }
  moves.push_back({from, ~std::uint64_t{0} - from, to, false});
  for (ListPatch patch : list.patches) {
    if (move_patch(patch, moves)) result.patches.push_back(std::move(patch));
  }
  return result;
}

HostileList with_hob(const HostileList& list, std::size_t index, const ListedHob& hob) {
  HostileList result = list;
  std::uint64_t behind = pei::oracle::kFirstHobOffset;
  for (std::size_t i = 0; i <= index; ++i) behind += length_of(list.hobs[i]);
  const std::uint64_t before = length_of(list.hobs[index]);
  const std::uint64_t after = length_of(hob);
  for (ListPatch& patch : result.patches) {
    if (patch.offset >= behind) {
      patch.offset = static_cast<std::uint32_t>(patch.offset + after - before);
    }
  }
  result.hobs[index] = hob;
  return result;
}

HostileList canonical(const HostileList& list) {
  return pei::oracle::decode_hobs(pei::oracle::encode_hobs(list));
}

}  // namespace hobnail
