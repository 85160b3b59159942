// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cause: what a finding depends on, found by experiment. Each variation of the minimal program
// (variations.h) that shows the same finding removes what it lacks:
//
//   minimal:    AllocatePages EfiLoaderData 1 -> p0 | FreePages p0 1      whole, at the gap
//   variation:  the same, with an allocation between them                 whole
//   cause:      whole
//
// The minimal program is also run with the finding's rule disabled: what the same call violates
// besides is the same bug.
//
// Invariant: a cause needs no more than its minimal program has.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/triage/execution/executor.h"
#include "properties/oracle/known/issue_pattern.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail {

struct Cause {
  bool measured = false;            // else everything of the program counts
  bool any_phase = false;           // it shows in another phase, too
  bool any_board = false;           // on another board, too
  oracle::Conditions conditions;    // of the call, in each variation that shows the finding
  oracle::OpKinds after = 0;        // kinds of the ops before the call
  std::vector<std::string> also;    // further rules that the same call violates
  std::vector<std::string> words;   // further evidence of the same rule and call: check_words()
  std::vector<std::string> varies;  // for people: "any board", "any phase", "op 1: 1 to 16 pages"
};

// Runs a program without these rules. Empty: cannot be done.
using ExecutorWithout =
    std::function<std::unique_ptr<Executor>(const std::vector<std::string>& rules)>;

// `execution`: of `minimal`, with a finding.
[[nodiscard]] Cause find_cause(Executor& executor, const oracle::Program& minimal,
                               const Execution& execution, const ExecutorWithout& without);

// A cause of which nothing was measured: all that the program has.
[[nodiscard]] Cause cause_unmeasured(const oracle::Program& minimal, const Execution& execution);

// For a pipe between processes of the same program.
[[nodiscard]] std::string to_bytes(const Cause& cause);
[[nodiscard]] Cause cause_of_bytes(const std::string& bytes);  // throws when they are none

// The bits of a context.
[[nodiscard]] oracle::Conditions conditions_of(const OpContext& context);

}  // namespace hobnail
