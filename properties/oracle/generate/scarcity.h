// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Scarcity: some programs use up the memory between the HOB list and the pages, and then go on
// asking. From there on only pages that were freed, padding and unused HOBs can serve a request.
//
//   ... FreePages ..., InstallPeiMemory, ReturnToDispatcher
//   AllocatePages gap-1; AllocatePool leave:0          the two steps
//   AllocatePages largest-free; FreePages ...          the requests
//
// Invariant: Scarcity draws numbers of its own, so that the other programs do not depend on it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "properties/oracle/generate/swarm.h"
#include "properties/oracle/program/op.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

// The two steps, which leave 0 to a few pages of the gap.
[[nodiscard]] std::vector<Op> use_up_the_gap(Random& random);
// A request that freed pages may serve: as much as their longest run, or little.
[[nodiscard]] Op ask_for_freed_pages(Random& random);

class Scarcity {
 public:
  // For a program of `ops` ops; its steps come after the migration, if the program has one.
  Scarcity(Random random, std::size_t ops, const Story& story);

  // The op of Scarcity at `at`, a place of the program that is free to choose; nothing at most
  // places.
  [[nodiscard]] std::optional<Op> next(std::size_t at);

 private:
  Random random_;
  bool wanted_;
  std::size_t first_;      // the place of the first step
  std::vector<Op> steps_;  // those that are left, the next one last
};

}  // namespace hobnail::oracle
