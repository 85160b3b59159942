// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search of the minimiser of lists: the best list so far, and the one question whether another
// will do as well.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/hob_list/minimize.h"

namespace hobnail {

class ListSearch {
 public:
  ListSearch(ListPlayer& player, const pei::oracle::HostileList& list, const Trial& first,
             const MinimiseOptions& options);

  // True when `candidate` shows the same: then it is the best. False at once for what was tried
  // before, and when the budget is spent.
  bool attempt(const pei::oracle::HostileList& candidate);

  [[nodiscard]] bool spent() const { return runs_ >= options_.runs; }
  [[nodiscard]] const pei::oracle::HostileList& best() const { return best_; }
  [[nodiscard]] const Trial& trial() const { return trial_; }
  [[nodiscard]] std::size_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }

 private:
  ListPlayer& player_;
  const MinimiseOptions& options_;
  Likeness wanted_;
  pei::oracle::HostileList best_;
  Trial trial_;
  std::unordered_set<std::string> tried_;
  std::size_t runs_ = 0;
};

// The steps; each true when something was changed.
bool plain_memory(ListSearch& search);
bool drop_hobs(ListSearch& search);
bool drop_pairs_of_hobs(ListSearch& search);
bool drop_patches(ListSearch& search);
bool plain_fields(ListSearch& search);

}  // namespace hobnail
