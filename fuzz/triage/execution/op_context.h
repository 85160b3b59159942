// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The context: what an op met when it was played. Written before and after each op into memory that
// a child shares with its parent, so that it is there when the child is not.
//
// Invariant: plain data, no pointer; the context of an op is measured before the op is run.
#pragma once

#include <array>
#include <cstdint>

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/conditions.h"
#include "properties/oracle/coverage/scenario_coverage.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

struct OpContext {
  std::uint64_t op = 0;   // index of the last op that was begun
  bool entered = false;   // the target had been entered: else nothing below means anything
  bool answered = false;  // the service had returned
  bool at_end = false;    // every op was played
  oracle::BootPhase phase = oracle::BootPhase::Temporary;
  oracle::Reply reply = oracle::Reply::NotCalled;
  std::array<std::uint64_t, 2> conditions{};  // bits of Condition

  [[nodiscard]] bool has(oracle::Condition condition) const {
    const auto bit = static_cast<std::size_t>(condition);
    return (conditions[bit / 64] >> (bit % 64) & 1U) != 0;
  }
};

// What the relations of an op came to.
struct ResolvedOp {
  bool valid = false;
  oracle::Place place;   // page[n] and its like as p<n>+offset
  oracle::Place source;  // the same
  std::uint64_t quantity = 0;
};

// Relations of later ops are not kept.
inline constexpr std::size_t kResolvedMax = 1024;

// What child and parent share.
struct SharedState {
  OpContext context;
  std::array<ResolvedOp, kResolvedMax> resolved;
};

class ContextObserver final : public oracle::BootObserver {
 public:
  explicit ContextObserver(SharedState& board) : board_(board) {}

  void entered(const oracle::Boot& boot) override;
  void before(const oracle::Boot& boot, const oracle::Op& op) override;
  void answered(const oracle::Answer& answer) override;
  void ended(const oracle::Boot& boot) override;

 private:
  SharedState& board_;
};

}  // namespace hobnail
