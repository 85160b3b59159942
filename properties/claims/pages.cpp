// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of AllocatePages and FreePages.
#include "properties/claims/pages.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr std::uint8_t kRoomy = 6;  // the board whose lists never run out of room here

// --- the same after as before -------------------------------------------------------------------

void gives_back(Trial& trial, const Program& drawn) {
  Program program = drawn;
  const auto type = trial.pick_of<std::uint32_t>(
      {EfiReservedMemoryType, EfiLoaderCode, EfiLoaderData, EfiBootServicesCode,
       EfiBootServicesData, EfiRuntimeServicesCode, EfiRuntimeServicesData, EfiACPIReclaimMemory,
       EfiACPIMemoryNVS});
  const auto pages = trial.pick(1, 12);
  const std::size_t handle = page_results(program);
  const std::size_t first = program.ops.size();
  program.ops.push_back(allocate_pages(type, pages));
  program.ops.push_back(free_pages(page_of(handle, 0), 0));
  program.ops.back().quantity.measure = Measure::Whole;  // granules may be larger than pages
  program.ops.push_back(allocate_pages(type, pages));
  const Outcome outcome = trial.agree(program, kRecorded);
  const bool had = was_granted(outcome, first);
  trial.reach("pages that were had, after a whole program", had, 40);
  if (!had) return;
  if (!was_granted(outcome, first + 1)) Trial::refute(program, "its pages are not taken back");
  if (!was_granted(outcome, first + 2)) {
    Trial::refute(program, "what was given back cannot be had again");
  }
}

void middle_is_free(Trial& trial, const Program& drawn) {
  Program program = drawn;
  const auto pages = trial.pick(3, 10);
  const auto from = trial.pick(1, pages - 1);
  const auto count = trial.pick(1, pages - from);
  const std::size_t handle = page_results(program);
  const std::size_t first = program.ops.size();
  program.ops.push_back(allocate_pages(EfiBootServicesData, pages));
  program.ops.push_back(free_pages(page_of(handle, from), count));
  program.ops.push_back(allocate_pages(EfiBootServicesData, count));
  const Outcome outcome = trial.agree(program, kRecorded);
  const bool split = was_granted(outcome, first + 1);
  trial.reach("a block that was split, after a whole program", split, 30);
  if (split && !was_granted(outcome, first + 2)) {
    Trial::refute(program, "the hole is large enough, and was not given");
  }
}

// --- no fragment stays --------------------------------------------------------------------------

struct Blocks {
  std::vector<std::uint64_t> pages;
  std::vector<std::size_t> order;  // in which they are freed
};

Blocks some_blocks(Trial& trial) {
  const auto count = static_cast<std::size_t>(trial.pick(1, 12));
  Blocks blocks;
  for (std::size_t i = 0; i < count; ++i) blocks.pages.push_back(trial.pick(1, 8));
  blocks.order.resize(count);
  std::iota(blocks.order.begin(), blocks.order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) {
    const auto other = static_cast<std::size_t>(trial.pick(0, i));
    std::swap(blocks.order[i - 1], blocks.order[other]);
  }
  return blocks;
}

// The boot up to permanent memory, or not.
Program empty_boot(bool migrated) {
  Program program;
  program.board = kRoomy;
  if (!migrated) return program;
  program.ops = {install_all(), make_op(OpCode::ReturnToDispatcher)};
  return program;
}

void no_fragment_stays(Trial& trial, const Program& /*drawn*/) {
  const Blocks blocks = some_blocks(trial);
  const auto fence = trial.pick(0, 2);  // a block below all others, that stays
  const auto migrated = trial.pick(0, 2);
  Program program = empty_boot(migrated != 0);
  for (const std::uint64_t pages : blocks.pages)
    program.ops.push_back(allocate_pages(EfiBootServicesData, pages));
  // All that is left below the run: what is asked for afterwards fits nowhere else.
  Op rest = allocate_pages(EfiBootServicesData, 0);
  rest.quantity.measure = Measure::Leave;
  rest.quantity.value = 1;
  if (fence != 0) program.ops.push_back(rest);
  for (const std::size_t block : blocks.order) {
    program.ops.push_back(free_pages(page_of(block, 0), blocks.pages[block]));
  }
  const std::uint64_t total =
      std::accumulate(blocks.pages.begin(), blocks.pages.end(), std::uint64_t{0});
  program.ops.push_back(allocate_pages(EfiBootServicesData, total));
  const Outcome outcome = trial.agree(program, kRecorded);
  trial.reach("four blocks above memory that is full", fence != 0 && blocks.pages.size() >= 4, 12);
  if (!was_granted(outcome, program.ops.size() - 1)) {
    Trial::refute(program, "all its blocks are free, and their sum is not to be had");
  }
}

// --- pages and nothing else ---------------------------------------------------------------------

Program pages_only(Program program, Standard /*standard*/) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code != OpCode::AllocatePages && op.code != OpCode::FreePages &&
           op.code != OpCode::InstallPeiMemory && op.code != OpCode::ReturnToDispatcher;
  });
  return program;
}

bool has_change(const Outcome& outcome, HobChange::Kind kind) {
  return std::any_of(outcome.records.begin(), outcome.records.end(),
                     [&](const OpRecord& record) { return record.change.has(kind); });
}

bool has_free_hob(const Outcome& outcome) {
  return std::any_of(outcome.records.begin(), outcome.records.end(), [](const OpRecord& record) {
    const std::vector<HobChange>& hobs = record.change.hobs;
    return std::any_of(hobs.begin(), hobs.end(), [](const HobChange& hob) {
      return hob.is_allocation && hob.memory_type == EfiConventionalMemory;
    });
  });
}

void agree_with_the_model(Trial& trial, const Program& program) {
  const Outcome outcome = trial.agree(program, kRecorded);
  trial.reach("a boot with a block freed into a HOB", has_free_hob(outcome), 25);
  trial.reach("a boot with a HOB retired", has_change(outcome, HobChange::Kind::Retired), 15);
  trial.reach("a boot with a HOB re-used", has_change(outcome, HobChange::Kind::Reused), 15);
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"pages", "give-back", "freeing gives back exactly what was taken: it can be had again",
          "docs/pei-semantics.md, I51", Standard::Strict, 750, Range::PeiOnly, nullptr, gives_back},
    Claim{"pages", "middle", "pages freed out of the middle of a block can be had again",
          "docs/pei-semantics.md, I45, I46, I51", Standard::Strict, 750, Range::PeiOnly, nullptr,
          middle_is_free},
    Claim{"pages", "no-fragment", "blocks freed in any order become one run again",
          "docs/pei-semantics.md, I48, I49, I51", Standard::Strict, 1000, Range::PeiOnly, nullptr,
          no_fragment_stays},
    Claim{"pages", "model", "pages agree with the model, in programs that do nothing else",
          "docs/pei-semantics.md, I25 to I55", Standard::Pi, 1250, Range::PeiOnly, pages_only,
          agree_with_the_model},
};

}  // namespace

std::span<const Claim> pages_claims() { return kClaims; }

}  // namespace hobnail::oracle
