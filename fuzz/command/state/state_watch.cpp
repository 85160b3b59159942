// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which answers are compared with which.
#include "fuzz/command/state/state_watch.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::Outcome;

constexpr std::size_t kSearchesMax = 3;  // each takes some seconds

// Its digest is that of the program as it was generated.
bool is_whole(const Outcome& outcome) {
  return outcome.left_out.empty() && outcome.skipped.empty() && outcome.noted.empty() &&
         !outcome.finding;
}

}  // namespace

StateWatch::StateWatch(const hobnail_target& target, const oracle::RunOptions& run, double seconds,
                       ProgramAt program_at, bool compares)
    : fresh_(target, run, seconds), program_at_(std::move(program_at)), compares_(compares) {}

StateAnswer StateWatch::search(std::size_t place) {
  if (++searches_ >= kSearchesMax) compares_ = false;
  return find_history(fresh_, {place, program_at_}, program_at_(place));
}

std::optional<StateAnswer> StateWatch::compare(std::size_t place, const Outcome& outcome) {
  if (!compares_) return std::nullopt;
  const bool is_first = place % (StateSeries::kPrograms + 1) == 0;
  if (is_first) {
    first_digest_ = outcome.digest;
    first_counts_ = is_whole(outcome);
  }
  if (outcome.finding) {
    return StateSeries::is_again(place) && first_counts_ ? verify(place, outcome) : std::nullopt;
  }
  bool differs = false;
  if (StateSeries::is_again(place)) {
    differs = first_counts_ && is_whole(outcome) && outcome.digest != first_digest_;
  } else if (std::has_single_bit(StateSeries::program_at(place) + 1) && is_whole(outcome)) {
    differs = fresh_.run({}, program_at_(place), {}).digest != outcome.digest;
  }
  if (!differs) return std::nullopt;
  StateAnswer answer = search(place);
  if (answer.verdict != StateVerdict::None) compares_ = false;  // once
  return answer;
}

std::optional<StateAnswer> StateWatch::verify(std::size_t place, const Outcome& outcome) {
  const oracle::Finding& finding = *outcome.finding;
  if (finding.rule == rule_name(oracle::RuleId::TargetHang)) return std::nullopt;
  const oracle::Program program = program_at_(place);
  const std::string look = fmt::format("{}/{}", finding.rule, op_name_at(program, finding.op));
  const auto known = explained_.find(look);
  if (known == explained_.end() && !std::has_single_bit(++seen_[look])) return std::nullopt;
  const Outcome alone = fresh_.run({}, program, {});
  if (alone.finding && alone.finding->rule == finding.rule) return std::nullopt;
  if (known != explained_.end()) return known->second;
  if (searches_ >= kSearchesMax) return StateAnswer{};
  return explained_.emplace(look, search(place)).first->second;
}

}  // namespace hobnail
