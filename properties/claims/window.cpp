// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of the window: from InstallPeiMemory to the return of the PEIM that called it, when
// pages come from permanent memory and HOBs still from temporary RAM.
#include "properties/claims/window.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/pi/hob.h"
#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/board/board_profile.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

// A boot that never returns from the PEIM that installs memory after a third of it.
Program opens_the_window(Program program, Standard /*standard*/) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
  });
  const auto third = static_cast<std::ptrdiff_t>(program.ops.size() / 3);
  program.ops.insert(program.ops.begin() + third, install_all());
  return program;
}

bool opened(const Program& program, const Outcome& outcome) {
  if (board_profiles()[program.board].has(kInMemory)) return false;  // there is none to open
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    if (program.ops[i].code == OpCode::InstallPeiMemory) return was_granted(outcome, i);
  }
  return false;
}

// Takes all that the window gives: large blocks first, then page by page.
void fill_with_pages(Program& program) {
  program.ops.push_back(quantity_op(OpCode::AllocatePages, 4, Measure::Gap, ~std::uint64_t{0x3f}));
  for (std::uint64_t pages = 0x20; pages > 0; pages /= 2) {
    for (int i = 0; i < 4; ++i) {
      program.ops.push_back(quantity_op(OpCode::AllocatePages, 4, Measure::Literal, pages));
    }
  }
}

void fill_with_hobs(Program& program) {
  for (std::uint64_t bytes = 0x1000; bytes >= 8; bytes /= 2) {
    program.ops.push_back(
        quantity_op(OpCode::CreateHob, EFI_HOB_TYPE_GUID_EXTENSION, Measure::Literal, bytes));
  }
}

void what_was_accepted_migrates(Trial& trial, const Program& drawn) {
  Program program = drawn;
  const bool hobs_first = trial.pick(0, 2) == 1;
  if (hobs_first) fill_with_hobs(program);
  fill_with_pages(program);
  if (!hobs_first) fill_with_hobs(program);
  program.ops.push_back(make_op(OpCode::ReturnToDispatcher));
  const Outcome outcome = trial.agree(program, kRecorded);
  const bool was_open = opened(program, outcome);
  if (!ran_to_its_end(program, outcome)) return;
  trial.reach("windows that were filled", was_open, 50);
  if (was_open && !has_migrated(outcome)) Trial::refute(program, "it did not migrate");
}

void pages_have_their_hobs(Trial& trial, const Program& drawn) {
  Program program = drawn;
  const auto left = trial.pick(0, 40);
  program.ops.push_back(
      quantity_op(OpCode::CreateHob, EFI_HOB_TYPE_GUID_EXTENSION, Measure::Leave, left * 8));
  const std::size_t first = program.ops.size();
  for (int i = 0; i < 8; ++i) {
    program.ops.push_back(quantity_op(OpCode::AllocatePages, 6, Measure::Literal, 1));
  }
  program.ops.push_back(make_op(OpCode::ReturnToDispatcher));
  const Outcome outcome = trial.agree(program, kRecorded);
  if (!opened(program, outcome)) return;
  trial.reach("a page that the list has no HOB for", was_refused(outcome, first + 7), 25);
  trial.reach("a page that it has one for", was_granted(outcome, first), 25);
}

void both_kinds_are_freed(Trial& trial, const Program& /*drawn*/) {
  const auto pages = trial.pick(1, 5);
  Program whole;
  whole.board = trial.pick_of<std::uint8_t>({0, 1, 2, 4, 6});
  const Op some = allocate_pages(EfiBootServicesData, pages);
  whole.ops = {some, install_all(), some};
  std::vector<std::uint16_t> order{0, 1};
  if (trial.pick(0, 2) == 1) std::swap(order[0], order[1]);
  for (const std::uint16_t handle : order) {
    whole.ops.push_back(free_pages(page_of(handle, 0), pages));
  }
  fill_with_pages(whole);
  whole.ops.push_back(make_op(OpCode::ReturnToDispatcher));
  whole.ops.push_back(quantity_op(OpCode::AllocatePages, 4, Measure::Literal, 1));
  const Outcome outcome = trial.agree(whole, kRecorded);
  if (!ran_to_its_end(whole, outcome)) return;
  for (std::size_t i = 2; i < 5; ++i) {
    if (!was_granted(outcome, i)) Trial::refute(whole, "a plain request was refused");
  }
  if (!has_migrated(outcome)) Trial::refute(whole, "it did not migrate");
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"window", "migrate", "however full the window, what migrates finds its place",
          "docs/pei-semantics.md, I68, I79", Standard::Pi, 750, Range::PeiOnly, opens_the_window,
          what_was_accepted_migrates},
    Claim{"window", "hobs", "window pages have their HOB or are refused, however full the list",
          "docs/pei-semantics.md, I39", Standard::Pi, 750, Range::PeiOnly, opens_the_window,
          pages_have_their_hobs},
    Claim{"window", "free", "pages of both sides are freed in the window and can be had again",
          "docs/pei-semantics.md, I51, I78", Standard::Pi, 750, Range::PeiOnly, nullptr,
          both_kinds_are_freed},
};

}  // namespace

std::span<const Claim> window_claims() { return kClaims; }

}  // namespace hobnail::oracle
