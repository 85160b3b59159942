// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of a boot on every layout that SEC may hand over, and of two boots whose layouts
// differ only in what must not matter.
#include "properties/claims/layouts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

const BoardProfile& board_named(std::string_view name) {
  const auto boards = board_profiles();
  return *std::find_if(boards.begin(), boards.end(),
                       [&](const BoardProfile& board) { return board.name == name; });
}

void need_board(const Trial& trial, const BoardProfile& board) {
  if (!trial.has_board(board.number)) throw NotRun();
}

Program on(Program program, const BoardProfile& board) {
  program.board = board.number;
  return program;
}

bool is_about_memory(const Op& op) {
  return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
}

Program without_places(Program program, Standard /*standard*/) {
  return migrates(without_addresses(std::move(program)));
}

Program with_migration(Program program, Standard /*standard*/) {
  return migrates(std::move(program));
}

// The boards have the same sizes.
void place_does_not_matter(Trial& trial, const Program& program) {
  const Outcome near = trial.agree(on(program, board_named("heap-low")), kRecorded);
  for (const char* name : {"far-memory", "at-4gib"}) {
    const Program elsewhere = on(program, board_named(name));
    if (!trial.has_board(elsewhere.board)) continue;
    const Outcome far = trial.agree(elsewhere, kRecorded);
    if (statuses(near) != statuses(far) || hob_shapes(near) != hob_shapes(far)) {
      Trial::refute(elsewhere, "the boot is another than on the board heap-low");
    }
  }
}

// Where the platform moves temporary RAM the window leaves more room, so it may refuse what it
// gives elsewhere; any other answer is the same.
void mover_does_not_matter(Trial& trial, const Program& program) {
  const std::pair<const char*, const char*> kPairs[] = {
      {"stack-low", "ppi-straight"}, {"heap-low", "ppi-swap"}, {"heap-low", "ppi-car-off"}};
  const auto& [core, platform] = kPairs[static_cast<std::size_t>(trial.pick(0, std::size(kPairs)))];
  const Outcome alone = trial.agree(on(program, board_named(core)), kRecorded);
  const Program helped = on(program, board_named(platform));
  const Outcome outcome = trial.agree(helped, kRecorded);
  const bool same_answers = statuses(alone) == statuses(outcome);
  trial.reach("a boot that gets the same answers", same_answers, 70);
  if (same_answers && hob_shapes(alone) != hob_shapes(outcome)) {
    Trial::refute(helped, std::string("its list is another than on the board ") + core);
  }
}

void nothing_migrates_in_memory(Trial& trial, const Program& drawn) {
  const BoardProfile& board = board_named("in-memory");
  need_board(trial, board);
  const Program program = on(drawn, board);
  Program without = program;
  std::erase_if(without.ops, is_about_memory);
  const Outcome with = trial.agree(program, kRecorded);
  const Outcome plain = trial.agree(without, kRecorded);
  if (with.hobs != plain.hobs || with.hobs_base != plain.hobs_base) {
    Trial::refute(program, "the HOB list differs when no PEIM installs memory or returns");
  }
  if (!plain.hobs.empty() && !board.heap.contains(plain.hobs_base)) {
    Trial::refute(program, "the list is not in the memory that SEC gave");
  }
}

// Resume: the memory of the sleeping OS is all around what PEI was given.
Program resumes(Program program) {
  Op mode = make_op(OpCode::SetBootMode);
  mode.number = BOOT_ON_S3_RESUME;
  std::erase_if(program.ops, [](const Op& op) { return op.code == OpCode::SetBootMode; });
  program.ops.insert(program.ops.begin(), mode);
  program.ops.push_back(make_op(OpCode::GetBootMode));
  return on(std::move(program), board_named("s3"));
}

void expect_mode_of_resume(const Program& program, const Outcome& outcome) {
  if (outcome.records.size() < program.ops.size()) return;
  const OpRecord& last = outcome.records.back();
  if (!last.granted() || last.value != BOOT_ON_S3_RESUME) {
    Trial::refute(program, "the boot mode is not that of a resume");
  }
}

void resume_stays_inside(Trial& trial, const Program& drawn) {
  const BoardProfile& board = board_named("s3");
  need_board(trial, board);
  const Program program = resumes(drawn);
  const Outcome outcome = trial.agree(program, kRecorded);
  expect_mode_of_resume(program, outcome);
  for (std::size_t i = 0; i < outcome.records.size(); ++i) {
    if (program.ops[i].code != OpCode::AllocatePages || !was_granted(outcome, i)) continue;
    const std::uint64_t pages = outcome.records[i].value;
    if (board.heap.contains(pages) || board.dram[0].contains(pages)) continue;
    Trial::refute(program, "pages outside what SEC and the last boot have set apart");
  }
}

void resume_goes_on(Trial& trial, const Program& drawn) {
  const BoardProfile& board = board_named("s3");
  need_board(trial, board);
  Program program = drawn;
  for (Op& op : program.ops) {
    if (op.code == OpCode::InstallPeiMemory) op = make_op(OpCode::ReturnToDispatcher);
  }
  program = resumes(std::move(program));
  const Outcome outcome = trial.agree(program, kRecorded);
  expect_mode_of_resume(program, outcome);
  if (has_migrated(outcome)) Trial::refute(program, "it migrated to nowhere");
  if (!outcome.hobs.empty() && outcome.hobs_base != board.heap.base) {
    Trial::refute(program, "the list has moved");
  }
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"layouts", "place", "where permanent memory lies, far above 4 GiB too, does not matter",
          "docs/pei-semantics.md, I70, I71, I100", Standard::Strict, 300, Range::PeiOnly,
          without_places, place_does_not_matter},
    Claim{"layouts", "mover", "whoever moves temporary RAM, the list is the same",
          "docs/pei-semantics.md, I69, I75", Standard::Strict, 300, Range::PeiOnly, with_migration,
          mover_does_not_matter},
    Claim{"layouts", "in-memory",
          "started in permanent memory, more memory and returns change nothing",
          "docs/pei-semantics.md, I65, I80", Standard::Strict, 200, Range::PeiOnly, with_migration,
          nothing_migrates_in_memory},
    Claim{"layouts", "resume", "a resume from S3 takes nothing outside its reserved memory",
          "docs/pei-semantics.md, I63, I67", Standard::Pi, 200, Range::PeiOnly, with_migration,
          resume_stays_inside},
    Claim{"layouts", "resume-early", "a resume from S3 goes on without permanent memory",
          "docs/pei-semantics.md, I61, I63", Standard::Strict, 200, Range::PeiOnly, nullptr,
          resume_goes_on},
};

}  // namespace

std::span<const Claim> layouts_claims() { return kClaims; }

}  // namespace hobnail::oracle
