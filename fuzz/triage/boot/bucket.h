// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Buckets: what makes two findings one bug. docs/triage.md says the same for users.
//
//   rule / op / phase / conditions / board / kinds of ops before it / which check    all others
//   rule / op / the assertion's file, function and text <- conditions               stop()
//   rule / op / how it ended / the first functions <- conditions                     crashes
//
// What the cause does not need (cause.h) is left out.
//
// Invariant: a bucket holds no address, no line number, no count and no handle, so that it is the
// same in every build and on every machine. Its fingerprint is a hash of its text that is never to
// change: known-issue files hold it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/triage/boot/cause.h"
#include "fuzz/triage/execution/execution.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// "FreePages"; "enter" and "end" for what is no op. Of a execution with a finding, as all below.
[[nodiscard]] std::string_view op_name_of(const oracle::Program& program,
                                          const Execution& execution);

// The words of the op's conditions, in the order of the table.
[[nodiscard]] std::vector<std::string_view> conditions_in(const OpContext& context);

// How a process ended, or what a target said as it stopped; empty when it did neither. A place in a
// module without symbols is no function: where it is moves with every build, and counts only
// `within_build`.
[[nodiscard]] std::string end_of(const Execution& execution, bool within_build);

// What a candidate of the minimizer must have in common with the program it comes from: rule, op,
// the way it ended and the check that spoke; and no call that PI forbids, if there was none.
struct Signature {
  std::string rule;
  std::string op;
  std::string end;    // of a process, or of stop(): empty for a plain finding
  std::string shape;  // of the evidence
  bool contract = false;

  [[nodiscard]] bool covers(const Signature& other) const;
};
[[nodiscard]] std::string signature_text(const Signature& signature);
[[nodiscard]] Signature signature_of(const oracle::Program& program, const Execution& execution);

// Before minimizing: what is likely to be one bug. Fine rather than coarse, for two that share a
// group are one.
[[nodiscard]] std::string raw_group(const oracle::Program& program, const Execution& execution);

// Of a minimal program: the text of an IssuePattern.
[[nodiscard]] std::string bucket_of(const oracle::Program& program, const Execution& execution,
                                    const Cause& cause);

// FNV-1a of 64 bits, as 16 hex digits: of the bucket without its further rules, its further words
// and the trigger, which depend on how much the experiment has seen.
[[nodiscard]] std::string fingerprint_of(std::string_view bucket);

}  // namespace hobnail
