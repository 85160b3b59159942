// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search of the minimizer: the best test so far, and the one question whether another will do
// as well. The steps of a kind of test are in boot/minimize.cpp and hob_list/minimize.cpp.
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
  [[nodiscard]] bool spent() const { return runs_ >= options_.runs; }

  [[nodiscard]] const Test& best() const { return best_; }
  [[nodiscard]] const Execution& execution() const { return execution_; }
  // What the relations of the best came to; null where nobody knows.
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

// What a kind of test does before the rounds, and in each; true when something was changed.
void begin_search(BootSearch& search);
void begin_search(ListSearch& search);
bool search_round(BootSearch& search);
bool search_round(ListSearch& search);

// Drops these ops or HOBs. False when they are not all there, or are needed.
bool drop(BootSearch& search, const std::vector<std::size_t>& ops);
bool drop(ListSearch& search, const std::vector<std::size_t>& hobs);
// Drops a run of neighbours, of which there are `size` in most runs.
bool drop_run(BootSearch& search, std::vector<std::size_t> ops, std::size_t size);
bool drop_run(ListSearch& search, std::vector<std::size_t> hobs, std::size_t size);

// How many ops or HOBs can be dropped.
[[nodiscard]] std::size_t count_of(const oracle::Program& program);
[[nodiscard]] std::size_t count_of(const oracle::HobListInput& list);

// Drops runs, larger ones first.
template <typename Test>
bool drop_runs(Search<Test>& search);

// Steps with values, in files of their own.
bool shrink_values(BootSearch& search);
bool plain_memory(ListSearch& search);
bool plain_fields(ListSearch& search);

}  // namespace hobnail
