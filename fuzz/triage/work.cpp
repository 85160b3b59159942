// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The same steps for boots and lists: each has a player, a minimiser and groups of its own, by the
// same names.
#include "fuzz/triage/work.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/minimize.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/minimize.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using pei::oracle::HostileList;
using pei::oracle::Program;

// A target that ended the process took the trace along: what came before that is told again.
void lend_trace(Player& player, const Program& program, Trial& trial) {
  const std::size_t op = trial.outcome.finding->op;
  if (trial.death.how.empty() || op >= program.ops.size()) return;
  Program before = program;
  before.ops.resize(op);
  Trial told = player.play(before, true);
  trial.outcome.reset = std::move(told.outcome.reset);
  trial.outcome.trace = std::move(told.outcome.trace);
}

void lend_trace(ListPlayer& /*player*/, const HostileList& /*list*/, Trial& /*trial*/) {}

// Plays it some times, the last time in a process that has played nothing else.
template <typename AnyPlayer, typename Test>
JobReport play_often(AnyPlayer& player, const Test& test, unsigned tries, bool trace) {
  JobReport report;
  const Test played = canonical(test);
  report.test = played;
  std::map<std::string, unsigned> groups;
  std::optional<Trial> found;
  for (unsigned i = 0; i < tries; ++i) {
    if (i != 0 && i + 1 == tries) player.start_afresh();
    Trial trial = player.play(played, trace);
    ++report.tried;
    if (trial.found()) {
      ++groups[raw_group(played, trial)];
      if (!found) found = std::move(trial);
    } else if (i == 0) {
      report.trial = std::move(trial);
      if (!report.trial.outcome.skipped.empty()) break;
    }
  }
  if (found) report.trial = std::move(*found);
  if (trace && found) lend_trace(player, played, report.trial);
  for (const auto& [group, count] : groups) {
    if (count <= report.reproduced) continue;
    report.group = group;
    report.reproduced = count;
  }
  return report;
}

template <typename AnyPlayer, typename Test>
JobReport minimal_one(AnyPlayer& player, const Test& test, const Trial& first,
                      const TriageOptions& options) {
  if (!options.minimise) return play_often(player, test, options.tries, true);
  const auto result = minimise(player, test, first, MinimiseOptions{options.runs, 0, {}});
  JobReport report = play_often(player, result.program, options.tries, true);
  report.runs = result.runs;
  return report;
}

template <typename AnyPlayer>
std::string sent(const AnyPlayer& player, JobReport report) {
  report.executions = player.executions;
  report.ops = player.ops;
  return to_bytes(report);
}

}  // namespace

Work::Work(const hobnail_target& target, const pei::oracle::RunOptions& run,
           const TriageOptions& options)
    : target_(target), run_(run), options_(options) {}

Player& Work::player_of(const Program& /*program*/) {
  if (!boots_) boots_ = std::make_unique<Player>(target_, run_, options_.limits);
  boots_->executions = 0;
  boots_->ops = 0;
  return *boots_;
}

ListPlayer& Work::player_of(const HostileList& /*list*/) {
  if (!lists_) lists_ = std::make_unique<ListPlayer>(options_.readers, options_.limits);
  lists_->executions = 0;
  return *lists_;
}

std::string Work::classify(const TestCase& test) {
  return std::visit(
      [&](const auto& each) {
        auto& player = player_of(each);
        return sent(player, play_often(player, each, options_.tries, false));
      },
      test);
}

std::string Work::minimal(const TestCase& test, const Trial& first) {
  return std::visit(
      [&](const auto& each) {
        auto& player = player_of(each);
        return sent(player, minimal_one(player, each, first, options_));
      },
      test);
}

std::size_t size_of(const TestCase& test) {
  if (const auto* const program = std::get_if<Program>(&test)) return program->ops.size();
  const HostileList& list = std::get<HostileList>(test);
  return list.hobs.size() + list.patches.size();
}

std::size_t work_on(const TestCase& test, const Trial& trial) {
  const std::size_t all = size_of(test);
  if (std::holds_alternative<HostileList>(test)) return all;
  return std::min(trial.outcome.finding->op, all);
}

}  // namespace hobnail
