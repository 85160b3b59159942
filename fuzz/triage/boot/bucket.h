// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Buckets: what makes two findings one bug. docs/triage.md says the same for users.
//
//   rule / op / phase / circumstances / board / the ops before it / which check    all others
//   rule / op / the target's own words                                              stop()
//   rule / op / how it ended / the first functions                                  crashes
//
// Invariant: a bucket holds no address, no line number, no count and no handle, so that it is the
// same in every build and on every machine. Its fingerprint is a hash of its text that is never to
// change: ledgers hold it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/triage/trial/trial.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// "FreePages"; "enter" and "end" for what is no op. Of a trial with a finding, as all below.
[[nodiscard]] std::string_view op_name_of(const pei::oracle::Program& program, const Trial& trial);

// The words of the op's circumstances, in the order of the table.
[[nodiscard]] std::vector<std::string_view> circumstances_in(const Scene& scene);

// Evidence without its numbers, addresses and handles: which check it was.
[[nodiscard]] std::string evidence_shape(std::string_view evidence);

// How a process ended, or what a target said as it stopped; empty when it did neither. A place in a
// module without symbols is no function: where it is moves with every build, and counts only
// `within_build`.
[[nodiscard]] std::string end_of(const Trial& trial, bool within_build);

// What a candidate of the minimiser must have in common with the program it comes from: rule, op,
// the way it ended and the check that spoke; and no call that PI forbids, if there was none.
struct Likeness {
  std::string rule;
  std::string op;
  std::string end;    // of a process, or of stop(): empty for a plain finding
  std::string shape;  // of the evidence
  bool contract = false;

  [[nodiscard]] bool covers(const Likeness& other) const;
};
[[nodiscard]] std::string likeness_text(const Likeness& likeness);
[[nodiscard]] Likeness likeness_of(const pei::oracle::Program& program, const Trial& trial);

// Before minimising: what is likely to be one bug. Fine rather than coarse, for two that share a
// group are one.
[[nodiscard]] std::string raw_group(const pei::oracle::Program& program, const Trial& trial);

// Of a minimal program.
[[nodiscard]] std::string bucket_of(const pei::oracle::Program& program, const Trial& trial);

// FNV-1a of 64 bits, as 16 hex digits.
[[nodiscard]] std::string fingerprint_of(std::string_view bucket);

}  // namespace hobnail
