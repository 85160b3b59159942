// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lengths, boards, programs.
#include "fuzz/command/enumerate/enumeration_run.h"

#include <fmt/format.h>

#include <utility>

#include "fuzz/inputs/write_file.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::Program;

constexpr std::chrono::seconds kSaveEvery{10};

Program enumerated(const BoardWalk& walk, ProgramCursor& cursor, std::uint64_t index) {
  Program program;
  program.board = walk.board;
  program.ops = cursor.at(index);
  return program;
}

}  // namespace

struct EnumerationRun::Current {
  BoardWalk& walk;
  const IndexRanges& programs;
  ProgramCursor& cursor;
  Clock::time_point begin = Clock::now();
  std::uint64_t ops = 0;  // calls that reached the target
  bool more = true;
};

EnumerationRun::EnumerationRun(const EnumerationPlan& plan, Checkpoint from,
                               const hobnail_target& target, const oracle::RunOptions& run,
                               KnownHunt& known)
    : plan_(plan),
      state_(std::move(from)),
      target_(target),
      run_(run),
      known_(known),
      progress_(plan.quiet),
      begin_(Clock::now()),
      next_save_(begin_ + kSaveEvery) {}

double EnumerationRun::seconds() const {
  return state_.seconds + std::chrono::duration<double>(Clock::now() - begin_).count();
}

bool EnumerationRun::run() {
  bool whole = true;
  for (std::size_t length = 0; length <= plan_.ops && whole; ++length) {
    for (BoardWalk& walk : state_.walks) {
      whole = whole && (walk.length > length || run_length(walk, length));
    }
  }
  progress_.clear();
  save(true);
  return whole;
}

// False: not all of them have run.
bool EnumerationRun::run_length(BoardWalk& walk, std::size_t length) {
  const IndexRanges programs = walk.declined ? IndexRanges() : walk.rest(order_, plan_.part);
  ProgramCursor running(order_, length);
  ProgramCursor found(order_, length);
  Current current{walk, programs, found};
  if (programs.size() != 0) {
    const auto source = [&](std::size_t i) { return enumerated(walk, running, programs.at(i)); };
    const auto sink = [&](std::size_t i, const Outcome& outcome) {
      return take(current, i, outcome);
    };
    plan_.target.play(
        oracle::sized(programs.size()), source, target_, run_, sink,
        [&](std::size_t i) { return fmt::format("program {} of {} ops", programs.at(i), length); });
    const IndexRange& last = programs.ranges().back();
    if (walk.next != last.last) return false;
    // A target that accepts no heap like this one has run nothing.
    if (length == 1) walk.declined = current.ops == 0 && walk.findings[1].size() == 0;
  }
  walk.finish_length();
  return true;
}

bool EnumerationRun::take(Current& current, std::size_t i, const Outcome& outcome) {
  const std::uint64_t index = current.programs.at(i);
  current.walk.note_run(index, outcome.finding.has_value());
  current.ops += outcome.ops_run;
  state_.ops += outcome.ops_run;
  known_.add_noted(outcome);
  if (outcome.finding) take_finding(current, index, outcome);
  constexpr std::size_t kLookEvery = 64;
  if (i % kLookEvery != 0) return true;
  show(current, i + 1);
  save(false);
  return plan_.seconds == 0 ||
         std::chrono::duration<double>(Clock::now() - begin_).count() < plan_.seconds;
}

void EnumerationRun::take_finding(Current& current, std::uint64_t index, const Outcome& outcome) {
  if (known_.count(*outcome.finding)) {
    ++state_.known;
    return;
  }
  Program program = enumerated(current.walk, current.cursor, index);
  program.contract = contract_wanted(program, target_, run_.policy);
  (void)state_.findings.take(look_of(program, *outcome.finding), program);
}

void EnumerationRun::show(const Current& current, std::size_t done) {
  const double passed = std::chrono::duration<double>(Clock::now() - current.begin).count();
  const double rate = passed > 0 ? static_cast<double>(done) / passed : 0;
  const double left = rate > 0 ? static_cast<double>(current.programs.size() - done) / rate : 0;
  progress_.show(fmt::format("{} ops  {} of {} programs  {:.0f} programs/s  {} left  {} findings",
                             current.walk.length, grouped(done), grouped(current.programs.size()),
                             rate, clock_text(left), state_.findings.size()));
}

void EnumerationRun::save(bool now) {
  if (plan_.resume.empty() || (!now && Clock::now() < next_save_)) return;
  next_save_ = Clock::now() + kSaveEvery;
  const double before = std::exchange(state_.seconds, seconds());
  replace_file(plan_.resume, checkpoint_text(state_));
  state_.seconds = before;
}

}  // namespace hobnail
