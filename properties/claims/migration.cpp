// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of the move from temporary RAM to permanent memory.
#include "properties/claims/migration.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

Program with_migration(Program program, Standard /*standard*/) {
  return migrates(std::move(program));
}

void agree_with_the_model(Trial& trial, const Program& program) {
  const Outcome outcome = trial.agree(program, kRecorded);
  const std::size_t at = migration_in(outcome);
  const auto granted_from = [&](OpCode code, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (program.ops[i].code == code && was_granted(outcome, i)) return true;
    }
    return false;
  };
  const bool migrated = at < outcome.records.size();
  trial.reach("a boot that migrates", migrated, 70);
  trial.reach("pages that move", migrated && granted_from(OpCode::AllocatePages, 0, at), 40);
  trial.reach("pools that move", migrated && granted_from(OpCode::AllocatePool, 0, at), 25);
  trial.reach("pages given afterwards",
              migrated && granted_from(OpCode::AllocatePages, at, outcome.records.size()), 35);
}

// Two boots: up to the return, and with it. The list of the first is in order the beginning of the
// second, but for unused slots; they, and what is appended, record the new stack.
void same_hobs(Trial& trial, const Program& program) {
  const Outcome whole = trial.agree(program, kRecorded);
  if (!has_migrated(whole)) return;
  const std::size_t at = migration_in(whole);
  const auto before = hob_shapes(trial.agree(first_ops(program, at), kRecorded));
  const auto after = hob_shapes(trial.agree(first_ops(program, at + 1), kRecorded));
  const std::pair<std::uint16_t, std::uint16_t> record{EFI_HOB_TYPE_MEMORY_ALLOCATION, 48};
  for (std::size_t i = 0; i + 1 < after.size(); ++i) {  // all but END
    const bool old = i + 1 < before.size();
    const bool same = old && before[i] == after[i];
    const bool recycled = !old || before[i].first == EFI_HOB_TYPE_UNUSED;
    if (same || (recycled && after[i] == record)) continue;
    Trial::refute(first_ops(program, at + 1), "HOB " + std::to_string(i) + " is not the same");
  }
  const bool shorter = after.size() < before.size();
  if (shorter) Trial::refute(first_ops(program, at + 1), "HOBs were lost");
  trial.reach("a list of eight HOBs that migrates", before.size() >= 8, 30);
}

void happens_once(Trial& trial, const Program& program) {
  const Outcome whole = trial.agree(program, kRecorded);
  if (!has_migrated(whole)) return;
  const std::size_t at = migration_in(whole);
  Program again = first_ops(program, at + 1);
  const Outcome once = trial.agree(again, kRecorded);
  Op second_memory = install_all();
  second_memory.place.index = 1;
  const Op back = make_op(OpCode::ReturnToDispatcher);
  for (const Op& op : {back, second_memory, back}) {
    again.ops.push_back(op);
    const Outcome later = trial.agree(again, kRecorded);
    if (same_list(once, later)) continue;
    Trial::refute(again, "the last op changed the HOB list");
  }
}

EFI_HOB_HANDOFF_INFO_TABLE phit_of(const Outcome& outcome) {
  EFI_HOB_HANDOFF_INFO_TABLE phit;
  std::memcpy(&phit, outcome.hobs.data(), sizeof phit);
  return phit;
}

void lives_in_the_installed_memory(Trial& trial, const Program& program) {
  const Outcome outcome = trial.agree(program, kRecorded);
  if (!has_migrated(outcome) || outcome.hobs.empty()) return;
  const Region memory = board_profiles()[program.board].dram[0];
  const EFI_HOB_HANDOFF_INFO_TABLE phit = phit_of(outcome);
  const std::array<std::uint64_t, 4> inside{outcome.hobs_base, phit.EfiMemoryBottom,
                                            phit.EfiFreeMemoryTop - 1, phit.EfiMemoryTop - 1};
  const bool all = std::all_of(inside.begin(), inside.end(),
                               [&](std::uint64_t address) { return memory.contains(address); });
  if (!all) Trial::refute(program, "the list or the PHIT's memory lies outside");
  trial.reach("a list below its memory's free part", outcome.hobs_base < phit.EfiFreeMemoryBottom,
              100);
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"migration", "model", "after the migration the PEIM finds everything that it had",
          "docs/pei-semantics.md, I69, I71, I73, I77", Standard::Pi, 875, Range::PeiOnly,
          with_migration, agree_with_the_model},
    Claim{"migration", "same-hobs", "the migrated list has the same HOBs in the same order",
          "docs/pei-semantics.md, I69, I74", Standard::Strict, 375, Range::PeiOnly, with_migration,
          same_hobs},
    Claim{"migration", "once",
          "a boot migrates once: later returns and later memory change nothing",
          "docs/pei-semantics.md, I65, I80", Standard::Strict, 375, Range::PeiOnly, with_migration,
          happens_once},
    Claim{"migration", "inside",
          "after the migration the list and all pages lie in the memory installed",
          "docs/pei-semantics.md, I76, I77", Standard::Pi, 375, Range::PeiOnly, with_migration,
          lives_in_the_installed_memory},
};

}  // namespace

std::span<const Claim> migration_claims() { return kClaims; }

}  // namespace hobnail::oracle
