// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ClaimExecutor: tries to refute a claim in a child, which a target may end. It is an Executor, so
// that the minimizer of programs works on claims.
//
//   choose(claim, variants); run(program) --> Execution --> last(): what the child says of it
//
// Invariant: a finding whose rule is the name of a claim shows in no single boot; any other finding
// is a rule's, of the boot of last().program.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "fuzz/triage/execution/child_executor.h"
#include "properties/claims/claim.h"
#include "properties/oracle/isolation/shared_object.h"

namespace hobnail {

// What parent and child share.
struct ClaimTask {
  std::uint32_t claim = 0;
  std::uint64_t variant = 0;   // tried first
  std::uint64_t variants = 0;  // then those below this number, while none refutes
  // Of the last trial.
  std::uint64_t tried = 0;
  std::uint32_t size = 0;  // of the program of the last boot; 0: none, or too long
  std::array<std::uint8_t, 0x20000> bytes{};
};

struct Refuted {
  oracle::Program program;  // whose boot shows it
  std::string why;
  std::uint64_t variant = 0;
  bool by_rule = false;
};

class ClaimExecutor final : public ChildExecutor {
 public:
  // `run`: its target options; the rules, the boards, the consumer and the policy count.
  ClaimExecutor(const hobnail_target& target, const oracle::RunOptions& run, double seconds);

  void choose(const oracle::Claim& claim, std::uint64_t variant, std::uint64_t variants);
  [[nodiscard]] const oracle::Claim& claim() const { return oracle::claims()[task_->claim]; }
  // Of an execution with a finding.
  [[nodiscard]] Refuted refuted(const oracle::Program& program, const Execution& execution) const;

 private:
  ClaimExecutor(const hobnail_target& target, const oracle::RunOptions& run, double seconds,
                oracle::SharedObject<ClaimTask> task);
  void complete(std::span<const std::uint8_t> bytes, Execution& execution) const override;

  oracle::SharedObject<ClaimTask> task_;
};

}  // namespace hobnail
