// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/list_extras.h"

#include "properties/oracle/hob_list_input/hand_off_hobs.h"
#include "properties/oracle/hob_list_input/large_memory.h"
#include "properties/oracle/hob_list_input/list_draft.h"
#include "properties/oracle/hob_list_input/long_list.h"
#include "properties/oracle/hob_list_input/more_claims.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kOfAttributes = 0x61747472;
constexpr std::uint64_t kOfClaims = 0x636c6d73;
constexpr std::uint64_t kOfHandOff = 0x68616e64;
constexpr std::uint64_t kOfLarge = 0x6c617267;
constexpr std::uint64_t kOfLong = 0x6c6f6e67;
constexpr std::uint64_t kOfMerge = 0x6d726765;
constexpr std::uint64_t kOfNames = 0x6e616d65;
constexpr std::uint64_t kOfPages = 0x70616765;
constexpr std::uint64_t kOfProtected = 0x70726f74;
constexpr std::uint64_t kOfShort = 0x73686f72;
constexpr std::uint64_t kOfTwins = 0x7477696e;
constexpr std::uint64_t kOfUnused = 0x756e7573;

// PEI has given out more pages, so that there is room for claims. Memory that was placed for DXE's
// start stays as it is.
void give_out_pages(HobListInput& list, Random random) {
  const HobListInput plain;
  if (list.top == plain.top && !random.one_in(4)) list.free_top = 0x1a0000;
}

// A resource of the second version has one of the first beside it, for readers that know no other.
void add_twins(ListDraft& draft, Random random) {
  if (random.one_in(2)) return;
  for (ListedHob hob : draft.list().hobs) {
    if (hob.kind != HobKind::Resource || !hob.second) continue;
    hob.second = false;
    hob.memory_attribute = 0;
    draft.add({hob, {}});
  }
}

}  // namespace

void ListExtras::add(HobListInput& list) const {
  give_out_pages(list, Random(own_ ^ kOfPages));
  ListDraft draft(list);
  add_attributes(draft, Random(own_ ^ kOfAttributes));
  add_twins(draft, Random(own_ ^ kOfTwins));
  if (!Random(own_ ^ kOfShort).one_in(3)) add_subjects(draft);
  make_long(draft, Random(own_ ^ kOfLong));
  draft.merge(Random(own_ ^ kOfMerge));
}

void ListExtras::add_subjects(ListDraft& draft) const {
  add_large_memory(draft, Random(own_ ^ kOfLarge));
  add_hand_off_hobs(draft, Random(own_ ^ kOfHandOff));
  add_more_claims(draft, Random(own_ ^ kOfClaims));
  add_named_hobs(draft, Random(own_ ^ kOfNames));
  add_unused_hobs(draft, Random(own_ ^ kOfUnused));
}

void ListExtras::spoil(HobListInput& list) const {
  protect_memory(list, Random(own_ ^ kOfProtected));
}

}  // namespace hobnail::oracle
