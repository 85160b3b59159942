// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ListExtras: what lists contain besides, each in a share of them.
//
// Invariant: it draws numbers of its own, and each of its subjects again, so that a seed keeps the
// rest of its list.
#pragma once

#include <cstdint>

#include "properties/oracle/hob_list_input/list_draft.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

class ListExtras {
 public:
  // Draws from a copy.
  explicit ListExtras(Random ahead) : own_(ahead.next()) {}

  // To a list without patches.
  void add(HobListInput& list) const;
  // To a list that has something wrong in it.
  void spoil(HobListInput& list) const;

 private:
  // Two lists in three have some of these; the others stay short.
  void add_subjects(ListDraft& draft) const;

  std::uint64_t own_;
};

}  // namespace hobnail::oracle
