// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true where the OS maps runtime memory by granules of 64 KiB, as on AArch64: on the
// built-in core with such granules (a target has one granularity, so HOBNAIL_TARGET has no say
// here). docs/pei-semantics.md 1.5, I26, I54, I72.
#include <algorithm>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"
#include "properties/targets/hobnail/core.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr std::uint64_t kGranule = 0x10000;

const hobnail_target& with_granules() { return core_target({.granules_of_64k = true}); }

Outcome agree(Suite& suite, const Program& program) {
  Outcome outcome = suite.play_on(with_granules(), program, kRecorded);
  if (outcome.finding) {
    suite.refute(program, std::string(outcome.finding->rule) + ": " + outcome.finding->evidence);
  }
  return outcome;
}

// Allocation HOBs of PEIMs and of SEC say what those like.
Program without_platform_hobs(Program program) {
  if (board_profiles()[program.board].has(kSecHobs)) program.board = 0;
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::CreateHob && op.number == EFI_HOB_TYPE_MEMORY_ALLOCATION;
  });
  return program;
}

void runtime_records_are_granules(Suite& suite) {
  suite.claim(
      "memory that stays with the OS is whole granules after any boot (I26, I54, I72)", 1000, [&] {
        const Program program = *suite.programs(without_platform_hobs);
        const Outcome outcome = agree(suite, program);
        HobView list;
        if (!outcome.hobs.empty()) walk_hobs(outcome.hobs, list);
        unsigned seen = 0;
        for (const MemoryHob& hob : list.memory_hobs()) {
          if (!has_runtime_granularity(hob.type)) continue;
          ++seen;
          if (hob.base % kGranule != 0 || hob.length % kGranule != 0) {
            suite.refute(program, "a record of runtime memory is no whole granules");
          }
        }
        suite.reach("runtime memory at the end", seen > 0, 20);
        suite.reach("runtime memory that has migrated", seen > 0 && has_migrated(outcome), 5);
      });
}

void padding_is_had_again(Suite& suite) {
  suite.claim(
      "the padding above a granule is described as free and serves small requests", 500, [&] {
        const auto odd_pages = *rc::gen::inRange<std::uint64_t>(1, 16);
        Program program;
        program.board = 6;  // roomy
        const auto add = [&](OpCode code, std::uint32_t type, Measure measure,
                             std::uint64_t value) {
          Op op;
          op.code = code;
          op.number = type;
          op.quantity = {measure, value};
          program.ops.push_back(op);
        };
        add(OpCode::AllocatePages, 4, Measure::Literal, odd_pages);
        add(OpCode::AllocatePages, 6, Measure::Literal, 1);
        const std::size_t rest = program.ops.size();
        add(OpCode::AllocatePages, 4, Measure::Leave, 0);  // all of the gap
        add(OpCode::AllocatePages, 4, Measure::Literal, 16 - odd_pages);
        const Outcome outcome = agree(suite, program);
        if (!was_granted(outcome, rest + 1)) {
          suite.refute(program, "the pages between the granule and what lies above are lost");
        }
      });
}

void granules_concern_runtime_types_only(Suite& suite) {
  suite.claim("without runtime types and migration granules make no difference", 500, [&] {
    Program program = *suite.programs();
    std::erase_if(program.ops, [](const Op& op) {
      return op.code == OpCode::InstallPeiMemory ||
             (op.code == OpCode::AllocatePages && has_runtime_granularity(op.number));
    });
    const Outcome coarse = agree(suite, program);
    const Outcome fine = suite.play_on(core_target({}), program, kRecorded);
    if (coarse.digest != fine.digest) suite.refute(program, "a boot without them differs");
    suite.reach("boots with something in them", coarse.ops_run > 3, 50);
  });
}

}  // namespace
}  // namespace hobnail::oracle

int main() {
  using namespace hobnail::oracle;
  Suite suite("granularity");
  runtime_records_are_granules(suite);
  padding_is_had_again(suite);
  granules_concern_runtime_types_only(suite);
  return suite.verdict();
}
