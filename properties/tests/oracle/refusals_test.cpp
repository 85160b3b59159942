// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Refusals end to end: all small boots on our core up to some length, each ending with a request
// that the target refuses whatever there is. The oracle must report the refusal exactly when there
// was room: for pages by the search of the tiny arena, for HOBs and pools by the bytes of the gap.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <iostream>
#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/wrapped_target.h"
#include "properties/tests/oracle/tiny_arena.h"

namespace hobnail::oracle {
namespace {

// Calls of AllocatePages that are passed on; the next ones are refused.
std::size_t g_passed = 0;

EFI_STATUS EFIAPI refuse_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                               EFI_PHYSICAL_ADDRESS* memory) {
  if (g_passed == 0) return EFI_OUT_OF_RESOURCES;
  --g_passed;
  return (*wrapped::services())->AllocatePages(wrapped::services(), type, pages, memory);
}
EFI_STATUS EFIAPI refuse_pool(const EFI_PEI_SERVICES**, UINTN, VOID**) {
  return EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI refuse_hob(const EFI_PEI_SERVICES**, UINT16, UINT16, VOID**) {
  return EFI_OUT_OF_RESOURCES;
}

constexpr wrapped::Changes kNoPages{
    [](EFI_PEI_SERVICES& table) { table.AllocatePages = refuse_pages; }};
constexpr wrapped::Changes kNoPool{
    [](EFI_PEI_SERVICES& table) { table.AllocatePool = refuse_pool; }};
constexpr wrapped::Changes kNoHob{[](EFI_PEI_SERVICES& table) { table.CreateHob = refuse_hob; }};

Program boot(std::string_view lines) {
  auto parsed = parse_text(fmt::format("boot v1\nboard heap-low\n{}", lines));
  return std::get<Program>(std::move(parsed));
}

const hobnail_target& core() { return *std::get<const hobnail_target*>(load_target("")); }

std::string_view found(std::string_view lines, const wrapped::Changes& changes) {
  const Outcome outcome = run_in_lockstep(boot(lines), wrapped::around(core(), changes));
  return outcome.finding ? outcome.finding->rule : std::string_view{};
}

// The arena as the list at the end of these lines has it.
tiny::State state_after(std::string_view lines) {
  RunOptions options;
  options.capture_hobs = true;
  const Outcome outcome = run_in_lockstep(boot(lines), core(), options);
  EXPECT_FALSE(outcome.finding) << lines;
  HobView view;
  walk_hobs(outcome.hobs, view);
  EXPECT_TRUE(view.ok());
  tiny::State state{view.phit().EfiFreeMemoryBottom, view.phit().EfiFreeMemoryTop, {}, 0};
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    if (view.hobs[i].type == EFI_HOB_TYPE_UNUSED) ++state.unused;
    if (view.hobs[i].type != EFI_HOB_TYPE_MEMORY_ALLOCATION) continue;
    const MemoryHob memory = view.memory(i);
    state.records.push_back({{memory.base, memory.length}, memory.type == EfiConventionalMemory});
  }
  std::sort(state.records.begin(), state.records.end(),
            [](const auto& a, const auto& b) { return a.where.base < b.where.base; });
  return state;
}

std::uint64_t gap_of(const tiny::State& state) { return state.top - state.bottom; }

// One HOB that leaves so many bytes of the gap.
std::string filled_to(std::uint64_t rest, bool by_pool = false) {
  const std::uint64_t all = gap_of(state_after("")) - rest;
  return by_pool ? fmt::format("AllocatePool {}\n", all - 8)
                 : fmt::format("CreateHob GuidExtension {}\n", all);
}

TEST(Refusals, OfPoolsAndHobsAreFoundWhenTheGapHoldsThem) {
  std::size_t boots = 0;
  for (std::uint64_t rest = 0; rest <= 96; rest += 8) {
    ASSERT_EQ(gap_of(state_after(filled_to(rest))), rest);
    ASSERT_EQ(gap_of(state_after(filled_to(rest, true))), rest);
    for (std::uint64_t size = 0; size <= rest + 9; ++size) {
      const bool pool_fits = 8 + (size + 7) / 8 * 8 <= rest;
      EXPECT_EQ(found(filled_to(rest) + fmt::format("AllocatePool {}\n", size), kNoPool),
                pool_fits ? rule_name(RuleId::Refusal) : "")
          << "a pool of " << size << " in " << rest;
      ++boots;
      if (size < 8) continue;  // no HOB has that length
      const bool hob_fits = (size + 7) / 8 * 8 <= rest;
      EXPECT_EQ(
          found(filled_to(rest, true) + fmt::format("CreateHob GuidExtension {}\n", size), kNoHob),
          hob_fits ? rule_name(RuleId::Refusal) : "")
          << "a HOB of " << size << " in " << rest;
      ++boots;
    }
  }
  std::cout << boots << " boots\n";
}

struct Tried {
  std::size_t boots = 0, requests = 0, must_fit = 0;
};

void refuse_each(const std::string& lines, std::size_t allocations, Tried& tried) {
  const tiny::State state = state_after(lines);
  ++tried.boots;
  for (std::uint64_t pages = 1; pages <= 4; ++pages) {
    g_passed = allocations;
    const std::string_view rule =
        found(lines + fmt::format("AllocatePages LoaderData {}\n", pages), kNoPages);
    const bool fits = tiny::all_manage(state, pages * kPage, kPage);
    EXPECT_EQ(rule, fits ? rule_name(RuleId::Refusal) : "") << lines << pages << " pages";
    ++tried.requests;
    tried.must_fit += fits ? 1 : 0;
  }
}

// All boots of up to so many calls that take one or two pages, and free some of what was given.
void boots_of(const std::string& lines, std::vector<std::uint64_t> given, int calls, Tried& tried) {
  if (testing::Test::HasFailure()) return;
  refuse_each(lines, given.size(), tried);
  if (calls == 0) return;
  for (std::size_t handle = 0; handle < given.size(); ++handle) {
    for (std::uint64_t from = 0; from < given[handle]; ++from) {
      for (std::uint64_t pages = 1; from + pages <= given[handle]; ++pages) {
        boots_of(lines + fmt::format("FreePages p{}+{} {}\n", handle, from, pages), given,
                 calls - 1, tried);
      }
    }
  }
  for (const std::uint64_t pages : {1U, 2U}) {
    std::vector<std::uint64_t> more = given;
    more.push_back(pages);
    boots_of(lines + fmt::format("p{} = AllocatePages BootServicesData {}\n", given.size(), pages),
             more, calls - 1, tried);
  }
}

TEST(Refusals, OfPagesAreFoundWhenEveryCoreManages) {
  Tried tried;
  for (const std::uint64_t rest : {2 * kPage, 2 * kPage + 48, 3 * kPage + 88, 3 * kPage + 144}) {
    boots_of(filled_to(rest), {}, 4, tried);
  }
  std::cout << tried.boots << " boots, " << tried.requests << " refused requests, "
            << tried.must_fit << " of which must have fitted\n";
  EXPECT_GT(tried.must_fit, 100U);
}

}  // namespace
}  // namespace hobnail::oracle
