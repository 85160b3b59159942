// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The scene: what an op met when it was played. Written before and after each op into memory that a
// child shares with its parent, so that it is there when the child is not.
//
// Invariant: plain data, no pointer; what is told of an op was measured before it was played.
#pragma once

#include <array>
#include <cstdint>

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/conditions.h"
#include "properties/oracle/coverage/scenario_coverage.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

struct Scene {
  std::uint64_t op = 0;   // index of the last op that was begun
  bool entered = false;   // the target had been entered: else nothing below means anything
  bool answered = false;  // the service had returned
  bool at_end = false;    // every op was played
  pei::oracle::BootPhase phase = pei::oracle::BootPhase::Temporary;
  pei::oracle::Reply reply = pei::oracle::Reply::NotCalled;
  std::array<std::uint64_t, 2> circumstances{};  // bits of Circumstance

  [[nodiscard]] bool has(pei::oracle::Circumstance circumstance) const {
    const auto bit = static_cast<std::size_t>(circumstance);
    return (circumstances[bit / 64] >> (bit % 64) & 1U) != 0;
  }
};

// What the relations of an op came to.
struct ResolvedOp {
  bool valid = false;
  pei::oracle::Place place;   // page[n] and its like as p<n>+offset
  pei::oracle::Place source;  // the same
  std::uint64_t quantity = 0;
};

// What child and parent share.
struct Blackboard {
  Scene scene;
  std::array<ResolvedOp, pei::oracle::kOpsMax> resolved;
};

class SceneWitness final : public pei::oracle::Witness {
 public:
  explicit SceneWitness(Blackboard& board) : board_(board) {}

  void entered(const pei::oracle::Boot& boot) override;
  void before(const pei::oracle::Boot& boot, const pei::oracle::Op& op) override;
  void answered(const pei::oracle::Answer& answer) override;
  void ended(const pei::oracle::Boot& boot) override;

 private:
  Blackboard& board_;
};

}  // namespace hobnail
