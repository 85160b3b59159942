// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of AllocatePool: a buffer is the body of a HOB, given once and never given back.
#include "properties/claims/pool.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr std::uint64_t kPoolMax = 0xfff0;  // HobLength has 16 bits and counts the header of 8

// Without what decides whether a HOB fits beyond the gap: memory is not installed.
Program stays_in_temporary_ram(Program program, Standard /*standard*/) {
  std::erase_if(program.ops, [](const Op& op) { return op.code == OpCode::InstallPeiMemory; });
  return program;
}

std::uint64_t gap_of(const Outcome& outcome) {
  EFI_HOB_HANDOFF_INFO_TABLE phit;
  std::memcpy(&phit, outcome.hobs.data(), sizeof phit);
  return phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom;
}

std::uint64_t hob_bytes(std::uint64_t size) { return (8 + size + 7) / 8 * 8; }

void fits_exactly(Trial& trial, const Program& program) {
  const Outcome before = trial.agree(program, kRecorded);
  if (before.hobs.empty()) return;  // the target stopped under hostile arguments
  const std::uint64_t gap = gap_of(before);
  // Around the size that takes all of the gap, where it is decided.
  const std::uint64_t step = trial.pick(0, 60);  // 20 below it, to 40 above
  const std::uint64_t exact = gap < 8 ? 0 : gap - 8;
  const std::uint64_t wanted = exact + step < 20 ? 0 : exact + step - 20;
  const std::uint64_t size = std::min(wanted, kPoolMax);
  Program longer = program;
  longer.ops.push_back(quantity_op(OpCode::AllocatePool, 0, Measure::Literal, size));
  const Outcome after = trial.agree(longer, kRecorded);
  const bool fits = hob_bytes(size) <= gap;
  trial.reach("a pool that takes the gap to within 16 bytes", fits && gap - hob_bytes(size) <= 16,
              25);
  trial.reach("a pool that is too large by less than 40 bytes", !fits, 15);
  if (was_granted(after, longer.ops.size() - 1) != fits) {
    Trial::refute(longer, "the last op asks for a pool whose HOB " +
                              std::string(fits ? "fits" : "does not fit"));
  }
  if (fits && gap_of(after) != gap - hob_bytes(size)) {
    Trial::refute(longer, "the last op took more, or less, than its HOB");
  }
}

// Pools, and pages that come and go above them.
Program pools_and_pages(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::CreateHob || op.code == OpCode::CopyMem || op.code == OpCode::SetMem;
  });
  const std::size_t ops = program.ops.size();
  for (std::size_t i = 0; i < ops; i += 3) {
    program.ops.push_back(quantity_op(OpCode::AllocatePool, 0, Measure::Literal,
                                      program.ops[i].quantity.value % 300));
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

void never_given_back(Trial& trial, const Program& drawn) {
  const Program program = pools_and_pages(drawn);
  const Outcome outcome = trial.agree(program, kRecorded);
  std::size_t granted = 0;
  for (std::size_t i = 0; i < outcome.records.size(); ++i) {
    if (program.ops[i].code == OpCode::AllocatePool && was_granted(outcome, i)) ++granted;
  }
  trial.reach("a boot with five pools", granted >= 5, 40);
  trial.reach("a boot with pools that migrates", granted != 0 && has_migrated(outcome), 30);
  const bool ended = outcome.hobs.empty();  // a target may stop under hostile arguments
  if (!ended && pools_in(outcome.hobs) != granted) {
    Trial::refute(program, "the list has " + std::to_string(pools_in(outcome.hobs)) +
                               " pool HOBs, " + std::to_string(granted) + " were given");
  }
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"pool", "fit", "a pool is given exactly when its HOB fits between list and pages",
          "docs/pei-semantics.md, I20, I21, I56, I59", Standard::Strict, 750, Range::PeiOnly,
          stays_in_temporary_ram, fits_exactly},
    Claim{"pool", "stay", "a pool stays in the list to the end of the boot",
          "docs/pei-semantics.md, I11, I58", Standard::Strict, 750, Range::PeiOnly, nullptr,
          never_given_back},
};

}  // namespace

std::span<const Claim> pool_claims() { return kClaims; }

}  // namespace hobnail::oracle
