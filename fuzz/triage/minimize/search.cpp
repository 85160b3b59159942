// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What boots and lists have in common: attempts, and the order of the steps and of the deletions.
#include "fuzz/triage/minimize/search.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/minimize/boot_steps.h"
#include "fuzz/triage/minimize/chunk_order.h"
#include "fuzz/triage/minimize/list_steps.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::Program;

constexpr std::size_t kPairsUpTo = 12;  // things; more pairs than that cost more than they bring

template <typename Test>
bool drop_runs_of(Search<Test>& search, std::size_t size) {
  bool changed = false;
  for (const std::size_t run : chunk_order(count_of(search.best()), size, search.seed())) {
    const std::size_t from = run * size;
    const std::size_t count = count_of(search.best());
    if (from >= count || search.spent()) continue;
    std::vector<std::size_t> members(std::min(size, count - from));
    std::iota(members.begin(), members.end(), from);
    changed = drop_run(search, members, size) || changed;
  }
  return changed;
}

template <typename Test>
bool drop_pairs(Search<Test>& search) {
  if (count_of(search.best()) > kPairsUpTo) return false;
  bool changed = false;
  for (std::size_t second = count_of(search.best()); second-- > 1;) {
    for (std::size_t first = second; first-- > 0;) {
      if (!drop(search, {first, second})) continue;
      changed = true;
      break;
    }
  }
  return changed;
}

}  // namespace

template <typename Test>
Search<Test>::Search(Executor& executor, Test test, const Execution& first,
                     const MinimizeOptions& options)
    : executor_(executor), options_(options) {
  Execution known = first;
  if (executor.shared() != nullptr) {
    ++runs_before_;
    Execution again = run(executor, test);
    if (again.found()) known = std::move(again);
  }
  wanted_ = signature_of(test, known);
  keep(std::move(test), std::move(known));
}

template <typename Test>
void Search<Test>::keep(Test test, Execution execution) {
  cut_behind_finding(test, execution);
  best_ = std::move(test);
  execution_ = std::move(execution);
  if (const SharedState* const shared = executor_.shared()) shared_ = *shared;
}

template <typename Test>
bool Search<Test>::is_new(const Test& test) {
  const std::vector<std::uint8_t> bytes = encode(test);
  return tried_.insert(std::string(bytes.begin(), bytes.end())).second;
}

template <typename Test>
bool Search<Test>::attempt(const Test& candidate) {
  if (spent()) return false;
  Test test = canonical(candidate);
  if (!is_new(test)) return false;
  ++runs_;
  Execution execution = run(executor_, test);
  const bool same = execution.found() && wanted_.covers(signature_of(test, execution));
  if (same) keep(std::move(test), std::move(execution));
  if (options_.progress) options_.progress(runs_, size_of(best_));
  return same;
}

template <typename Test>
bool drop_runs(Search<Test>& search) {
  bool changed = false;
  for (std::size_t size = std::max<std::size_t>(count_of(search.best()) / 2, 1);; size /= 2) {
    changed = drop_runs_of(search, size) || changed;
    if (size == 1) break;
  }
  // What one was needed for may be gone by now.
  while (drop_runs_of(search, 1)) changed = true;
  return changed;
}

template <typename Test>
Minimized<Test> minimize(Executor& executor, const Test& test, const Execution& first,
                         const MinimizeOptions& options) {
  Search<Test> search(executor, canonical(test), first, options);
  begin_search(search);
  for (bool changed = true; changed && !search.spent();) {
    changed = search_round(search) || drop_pairs(search);
  }
  return {search.best(), search.execution(), search.runs(), search.spent()};
}

template class Search<Program>;
template class Search<HobListInput>;
template bool drop_runs(BootSearch& search);
template bool drop_runs(ListSearch& search);
template Minimized<Program> minimize(Executor& executor, const Program& program,
                                     const Execution& first, const MinimizeOptions& options);
template Minimized<HobListInput> minimize(Executor& executor, const HobListInput& list,
                                          const Execution& first, const MinimizeOptions& options);

}  // namespace hobnail
