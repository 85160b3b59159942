// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of AllocatePool: a buffer is the body of a HOB, given once and never given back.
#include <algorithm>
#include <cstring>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr std::uint64_t kPoolMax = 0xfff0;  // HobLength has 16 bits and counts the header of 8

Op allocate_pool(std::uint64_t bytes) {
  Op op;
  op.code = OpCode::AllocatePool;
  op.quantity = {Measure::Literal, bytes};
  return op;
}

// Without what decides whether a HOB fits beyond the gap: memory is not installed.
Program stays_in_temporary_ram(Program program) {
  std::erase_if(program.ops, [](const Op& op) { return op.code == OpCode::InstallPeiMemory; });
  return program;
}

std::uint64_t gap_of(const Outcome& outcome) {
  EFI_HOB_HANDOFF_INFO_TABLE phit;
  std::memcpy(&phit, outcome.hobs.data(), sizeof phit);
  return phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom;
}

std::uint64_t hob_bytes(std::uint64_t size) { return (8 + size + 7) / 8 * 8; }

void fits_exactly(Suite& suite) {
  suite.claim("a pool is given exactly when its HOB fits between list and pages", 750, [&] {
    const Program program = *suite.programs(stays_in_temporary_ram);
    const Outcome before = suite.agree(program, kRecorded);
    if (before.hobs.empty()) return;  // the target stopped under hostile arguments
    const std::uint64_t gap = gap_of(before);
    // Around the size that takes all of the gap, where it is decided.
    const auto step = *rc::gen::inRange(-20, 40);
    const std::uint64_t exact = gap < 8 ? 0 : gap - 8;
    const std::uint64_t wanted =
        step < 0 && exact < 20 ? 0 : exact + static_cast<std::uint64_t>(step);
    const std::uint64_t size = std::min(wanted, kPoolMax);
    Program longer = program;
    longer.ops.push_back(allocate_pool(size));
    const Outcome after = suite.agree(longer, kRecorded);
    const bool fits = hob_bytes(size) <= gap;
    suite.reach("a pool that takes the gap to within 16 bytes", fits && gap - hob_bytes(size) <= 16,
                25);
    suite.reach("a pool that is too large by less than 40 bytes", !fits, 15);
    if (was_granted(after, longer.ops.size() - 1) != fits) {
      suite.refute(longer, "the last op asks for a pool whose HOB " +
                               std::string(fits ? "fits" : "does not fit"));
    }
    if (fits && gap_of(after) != gap - hob_bytes(size)) {
      suite.refute(longer, "the last op took more, or less, than its HOB");
    }
  });
}

// Pools, and pages that come and go above them.
Program pools_and_pages(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::CreateHob || op.code == OpCode::CopyMem || op.code == OpCode::SetMem;
  });
  const std::size_t ops = program.ops.size();
  for (std::size_t i = 0; i < ops; i += 3) {
    program.ops.push_back(allocate_pool(program.ops[i].quantity.value % 300));
  }
  return program;
}

std::size_t pools_in(const std::vector<std::uint8_t>& hobs) {
  HobView view;
  walk_hobs(hobs, view);
  return static_cast<std::size_t>(
      std::count_if(view.hobs.begin(), view.hobs.end(),
                    [](const Hob& hob) { return hob.type == EFI_HOB_TYPE_MEMORY_POOL; }));
}

void never_given_back(Suite& suite) {
  suite.claim("a pool stays in the list to the end of the boot", 750, [&] {
    const Program program = *suite.programs(pools_and_pages);
    const Outcome outcome = suite.agree(program, kRecorded);
    std::size_t granted = 0;
    for (std::size_t i = 0; i < outcome.records.size(); ++i) {
      if (program.ops[i].code == OpCode::AllocatePool && was_granted(outcome, i)) ++granted;
    }
    suite.reach("a boot with five pools", granted >= 5, 40);
    suite.reach("a boot with pools that migrates", granted != 0 && has_migrated(outcome), 30);
    const bool ended = outcome.hobs.empty();  // a target may stop under hostile arguments
    if (!ended && pools_in(outcome.hobs) != granted) {
      suite.refute(program, "the list has " + std::to_string(pools_in(outcome.hobs)) +
                                " pool HOBs, " + std::to_string(granted) + " were given");
    }
  });
}

int run() {
  Suite suite("pool");
  fits_exactly(suite);
  never_given_back(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
