// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins: what a platform asks for before it installs memory, and the requests that fill them.
//
//   CreateHob  table: {type, pages} ...          all of it before
//   CreateHob  resource of the bins, or none     the install
//   InstallPeiMemory, ReturnToDispatcher
//   AllocatePages of the table's types; AllocatePages of all of the gap
//
// A core without bins takes the HOBs for what they are, and serves the requests from elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/oracle/generate/operands.h"
#include "properties/oracle/generate/swarm.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

struct PlannedBin {
  std::uint32_t type = 0;
  std::uint64_t pages = 0;
};

// Where in the program its steps stand; kNever: not at all.
struct BinSteps {
  static constexpr std::size_t kNever = ~std::size_t{0};

  std::size_t table = kNever;
  std::size_t home = kNever;      // the platform's resource HOB; without it the core finds a place
  std::size_t fill = kNever;      // two ops that take the gap
  std::size_t requests = kNever;  // from here on some of the ops ask for pages of the table's types
};

struct BinsPlan {
  std::vector<PlannedBin> entries;  // empty: the program has no bins
  Region home;
  std::uint64_t kept_back = 0;  // bytes of dram0 that are not installed, because bins lie there
  BinSteps steps;
};

// A plan for some of the programs that install memory. Makes room for its steps in `story`.
[[nodiscard]] BinsPlan draw_bins(Random& random, std::uint8_t board, std::size_t ops, Story& story);

// The op of the plan that stands at `at`; false where none does.
[[nodiscard]] bool bin_step(const BinsPlan& plan, std::size_t at, Op& op);

// An AllocatePages of one of the plan's types: about as much as its bin, or a part of it.
void choose_bin_pages(Random& random, const BinsPlan& plan, Op& op);

}  // namespace hobnail::oracle
