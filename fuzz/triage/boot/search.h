// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search of the minimiser: the best program so far, and the one question whether another will
// do as well.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/minimize.h"

namespace hobnail {

class Search {
 public:
  Search(Player& player, const pei::oracle::Program& program, const Trial& first,
         const MinimiseOptions& options);

  // True when `candidate` shows the same: then it is the best, without what lies behind its
  // finding. False at once for what was tried before, and when the budget is spent.
  bool attempt(const pei::oracle::Program& candidate);
  [[nodiscard]] bool spent() const { return runs_ >= options_.runs; }

  [[nodiscard]] const pei::oracle::Program& best() const { return best_; }
  [[nodiscard]] const Trial& trial() const { return trial_; }
  // What its relations came to.
  [[nodiscard]] const Blackboard& board() const { return board_; }
  [[nodiscard]] std::size_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }
  // True when the finding is of the last op, which then cannot be deleted.
  [[nodiscard]] bool ends_with_finding() const;

 private:
  void keep(pei::oracle::Program program, Trial trial);

  Player& player_;
  const MinimiseOptions& options_;
  Likeness wanted_;
  pei::oracle::Program best_;
  Trial trial_;
  Blackboard board_;
  std::unordered_set<std::string> tried_;
  std::size_t runs_ = 0;
};

// The steps; each true when something was changed.
bool shrink_board(Search& search);
bool start_in_memory(Search& search);
bool name_results(Search& search);
bool delete_ops(Search& search);
bool delete_pairs(Search& search);
bool shrink_values(Search& search);

}  // namespace hobnail
