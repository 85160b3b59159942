// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Boots, picks and refutations.
#include "properties/claims/trial.h"

#include <utility>

#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail::oracle {

bool Trial::has_board(std::uint8_t number) const {
  const BoardProfile& board = board_profiles()[number];
  return setup_.boards.contains(number) && unsupported(target(), board).empty() &&
         Board::of(number).missing().empty();
}

std::uint64_t Trial::pick(std::uint64_t low, std::uint64_t high) {
  has_picked_ = true;
  if (high <= low) return low;
  const std::uint64_t digit = variant_ % (high - low);
  variant_ /= high - low;
  return low + digit;
}

RunOptions Trial::complete(const RunOptions& options) const {
  RunOptions all = options;
  const bool contract_only = (target().flags & HOBNAIL_TARGET_CONTRACT_ONLY) != 0;
  if (setup_.policy == CallPolicy::Contract) all.policy = CallPolicy::Contract;
  if (setup_.policy == CallPolicy::Hostile && all.policy == CallPolicy::TargetDecides) {
    all.policy = CallPolicy::Hostile;
  }
  if (setup_.policy == CallPolicy::TargetDecides && contract_only) {
    all.policy = CallPolicy::Contract;
  }
  all.thorough_sample = setup_.thorough_sample;
  all.rules = setup_.rules;
  all.boards = setup_.boards;
  if (all.consumer == nullptr) all.consumer = setup_.consumer;
  return all;
}

Outcome Trial::play(const Program& program, const RunOptions& options) {
  if (setup_.before_boot) setup_.before_boot(program);
  return run_in_lockstep(program, target(), complete(options));
}

Outcome Trial::judge(const Program& program, Outcome outcome) {
  ops_ += outcome.ops_run;
  if (!outcome.skipped.empty()) throw NotRun();
  if (outcome.finding) throw Refutation{program, outcome.finding->evidence, outcome.finding};
  return outcome;
}

Outcome Trial::agree(const Program& program, const RunOptions& options) {
  return judge(program, play(program, options));
}

Outcome Trial::agree_shifted(const Program& program, std::uint64_t shift,
                             const RunOptions& options) {
  if (setup_.before_boot) setup_.before_boot(program);
  return judge(program, run_one_isolated(program, target(), complete(options),
                                         {.seconds = setup_.seconds, .shift = shift}));
}

void Trial::refute(const Program& program, const std::string& why) {
  throw Refutation{program, why, std::nullopt};
}

void Trial::reach(const std::string& state, bool reached, unsigned percent) {
  if (setup_.reach) setup_.reach(state, reached, percent);
}

}  // namespace hobnail::oracle
