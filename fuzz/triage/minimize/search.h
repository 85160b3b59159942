// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search of the minimizer: the best test so far, and the one question whether another will do
// as well. Its steps are in boot_steps.h and list_steps.h.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/minimize/minimize.h"

namespace hobnail {

template <typename Test>
class Search {
 public:
  // `test`: canonical. A boot is run once more, so that what its relations came to is known.
  Search(Executor& executor, Test test, const Execution& first, const MinimizeOptions& options);

  // True when `candidate` shows the same: then it is the best, without what lies behind its
  // finding. False at once for what was tried before, and when the budget is spent.
  bool attempt(const Test& candidate);
  // Counts as tried from now on.
  void forbid(const Test& test) { (void)is_new(test); }
  [[nodiscard]] bool spent() const {
    return runs_ >= options_.runs || std::chrono::steady_clock::now() >= options_.end;
  }

  [[nodiscard]] const Test& best() const { return best_; }
  [[nodiscard]] const Execution& execution() const { return execution_; }
  // What the relations of the best came to; null where it is unknown.
  [[nodiscard]] const SharedState* shared() const { return shared_ ? &*shared_ : nullptr; }
  [[nodiscard]] std::size_t runs() const { return runs_ + runs_before_; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }

 private:
  bool is_new(const Test& test);
  void keep(Test test, Execution execution);

  Executor& executor_;
  const MinimizeOptions& options_;
  Signature wanted_;
  Test best_;
  Execution execution_;
  std::optional<SharedState> shared_;
  std::unordered_set<std::string> tried_;  // by their bytes
  std::size_t runs_ = 0;
  std::size_t runs_before_ = 0;
};

using BootSearch = Search<oracle::Program>;
using ListSearch = Search<oracle::HobListInput>;

// Drops runs of ops or HOBs, larger ones first.
template <typename Test>
bool drop_runs(Search<Test>& search);

}  // namespace hobnail
