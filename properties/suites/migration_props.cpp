// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of the move from temporary RAM to permanent memory.
#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

Op install(Measure measure, std::uint16_t region) {
  Op op;
  op.code = OpCode::InstallPeiMemory;
  op.place = {Anchor::Dram, region, false, 0};
  op.quantity = {measure, 0};
  return op;
}

Op return_to_dispatcher() {
  Op op;
  op.code = OpCode::ReturnToDispatcher;
  return op;
}

void agree_with_the_model(Suite& suite) {
  suite.claim("after the migration the PEIM finds everything that it had", 875, [&] {
    const Program program = *suite.programs(migrates);
    const Outcome outcome = suite.agree(program, kRecorded);
    const std::size_t at = migration_in(outcome);
    const auto granted_from = [&](OpCode code, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        if (program.ops[i].code == code && was_granted(outcome, i)) return true;
      }
      return false;
    };
    const bool migrated = at < outcome.records.size();
    suite.reach("a boot that migrates", migrated, 70);
    suite.reach("pages that move", migrated && granted_from(OpCode::AllocatePages, 0, at), 40);
    suite.reach("pools that move", migrated && granted_from(OpCode::AllocatePool, 0, at), 25);
    suite.reach("pages given afterwards",
                migrated && granted_from(OpCode::AllocatePages, at, outcome.records.size()), 35);
  });
}

// Two boots: up to the return, and with it. The list of the first is in order the beginning of the
// second, but for unused slots; they, and what is appended, record the new stack.
void same_hobs(Suite& suite) {
  suite.claim("the migrated list has the same HOBs in the same order", 375, [&] {
    const Program program = *suite.programs(migrates);
    const std::size_t at = migration_in(suite.agree(program, kRecorded));
    if (at == program.ops.size()) return;
    const auto before = hob_shapes(suite.agree(first_ops(program, at), kRecorded));
    const auto after = hob_shapes(suite.agree(first_ops(program, at + 1), kRecorded));
    const std::pair<std::uint16_t, std::uint16_t> record{EFI_HOB_TYPE_MEMORY_ALLOCATION, 48};
    for (std::size_t i = 0; i + 1 < after.size(); ++i) {  // all but END
      const bool old = i + 1 < before.size();
      const bool same = old && before[i] == after[i];
      const bool recycled = !old || before[i].first == EFI_HOB_TYPE_UNUSED;
      if (same || (recycled && after[i] == record)) continue;
      suite.refute(first_ops(program, at + 1), "HOB " + std::to_string(i) + " is not the same");
    }
    const bool shorter = after.size() < before.size();
    if (shorter) suite.refute(first_ops(program, at + 1), "HOBs were lost");
    suite.reach("a list of eight HOBs that migrates", before.size() >= 8, 30);
  });
}

void happens_once(Suite& suite) {
  suite.claim("a boot migrates once: later returns and later memory change nothing", 375, [&] {
    const Program program = *suite.programs(migrates);
    const std::size_t at = migration_in(suite.agree(program, kRecorded));
    if (at == program.ops.size()) return;
    Program again = first_ops(program, at + 1);
    const Outcome once = suite.agree(again, kRecorded);
    for (const Op& op :
         {return_to_dispatcher(), install(Measure::Whole, 1), return_to_dispatcher()}) {
      again.ops.push_back(op);
      const Outcome later = suite.agree(again, kRecorded);
      if (once.hobs == later.hobs && once.hobs_base == later.hobs_base) continue;
      suite.refute(again, "the last op changed the HOB list");
    }
  });
}

EFI_HOB_HANDOFF_INFO_TABLE phit_of(const Outcome& outcome) {
  EFI_HOB_HANDOFF_INFO_TABLE phit;
  std::memcpy(&phit, outcome.hobs.data(), sizeof phit);
  return phit;
}

void lives_in_the_installed_memory(Suite& suite) {
  suite.claim("after the migration the list and all pages lie in the memory installed", 375, [&] {
    const Program program = *suite.programs(migrates);
    const Outcome outcome = suite.agree(program, kRecorded);
    if (migration_in(outcome) == program.ops.size() || outcome.hobs.empty()) return;
    const Region memory = board_profiles()[program.board].dram[0];
    const EFI_HOB_HANDOFF_INFO_TABLE phit = phit_of(outcome);
    const std::array<std::uint64_t, 4> inside{outcome.hobs_base, phit.EfiMemoryBottom,
                                              phit.EfiFreeMemoryTop - 1, phit.EfiMemoryTop - 1};
    const bool all = std::all_of(inside.begin(), inside.end(),
                                 [&](std::uint64_t address) { return memory.contains(address); });
    if (!all) suite.refute(program, "the list or the PHIT's memory lies outside");
    suite.reach("a list below its memory's free part", outcome.hobs_base < phit.EfiFreeMemoryBottom,
                100);
  });
}

int run() {
  Suite suite("migration");
  agree_with_the_model(suite);
  same_hobs(suite);
  happens_once(suite);
  lives_in_the_installed_memory(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
