// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ListDraft: a drawn list that gets more HOBs. It knows tested memory that no HOB claims.
//
//   [ stack | PHIT, HOBs, free memory | room ..... <- taken from the top ]  above 4 GiB: more rooms
//   ^bottom ^base                     ^free_top    ^top
//
// Invariant: what is taken overlaps no claim of the list and leaves the memory that DXE starts in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/random.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

struct AddedHob {
  ListedHob hob;
  std::vector<ListPatch> patches;  // their offsets count from the HOB
};

class ListDraft {
 public:
  explicit ListDraft(HobListInput& list);

  [[nodiscard]] HobListInput& list() { return list_; }
  [[nodiscard]] std::size_t hobs() const { return list_.hobs.size() + added_.size(); }
  // The first address that the processor does not reach.
  [[nodiscard]] std::uint64_t limit() const;
  [[nodiscard]] bool has_place_for(std::size_t bytes) const;

  void add(AddedHob added);
  void add_claim(std::uint32_t type, const Region& where, KnownGuid name = KnownGuid::None);
  void add_resource(std::uint32_t type, std::uint32_t attribute, const Region& where);

  // Tested memory that nothing else is in.
  void add_room(const Region& room) { rooms_.push_back(room); }
  // At least so many bytes, in whole granules of runtime memory; nothing if no room has them.
  [[nodiscard]] std::optional<Region> take(Random& random, std::uint64_t bytes);

  // Puts the HOBs that were added behind the others, or among them.
  void merge(Random random);

 private:
  HobListInput& list_;
  std::vector<AddedHob> added_;
  std::vector<Region> rooms_;
  std::size_t bytes_ = kFirstHobOffset;  // without END
};

template <typename T, std::size_t N>
[[nodiscard]] const T& some_of(Random& random, const std::array<T, N>& values) {
  return values[static_cast<std::size_t>(random.below(N))];
}

}  // namespace hobnail::oracle
