// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search of the minimizer of lists: the best list so far, and the one question whether another
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
  ListSearch(ListExecutor& executor, const oracle::HobListInput& list, const Execution& first,
             const MinimizeOptions& options);

  // True when `candidate` shows the same: then it is the best. False at once for what was tried
  // before, and when the budget is spent.
  bool attempt(const oracle::HobListInput& candidate);

  [[nodiscard]] bool spent() const { return runs_ >= options_.runs; }
  [[nodiscard]] const oracle::HobListInput& best() const { return best_; }
  [[nodiscard]] const Execution& execution() const { return execution_; }
  [[nodiscard]] std::size_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }

 private:
  ListExecutor& executor_;
  const MinimizeOptions& options_;
  Signature wanted_;
  oracle::HobListInput best_;
  Execution execution_;
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
