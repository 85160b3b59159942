// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of AllocatePages and FreePages.
#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr std::uint8_t kRoomy = 6;  // the board whose lists never run out of room here

Op allocate_pages(std::uint32_t type, std::uint64_t pages) {
  Op op;
  op.code = OpCode::AllocatePages;
  op.number = type;
  op.quantity = {Measure::Literal, pages};
  return op;
}

Op free_pages(const Place& place, std::uint64_t pages) {
  Op op;
  op.code = OpCode::FreePages;
  op.place = place;
  op.quantity = {Measure::Literal, pages};
  return op;
}

Place page_of(std::size_t handle, std::uint64_t offset_pages) {
  return {Anchor::NamedPages, static_cast<std::uint16_t>(handle), true, offset_pages};
}

// How many results of AllocatePages the program names: the next one is p<n>.
std::size_t page_results(const Program& program) {
  return static_cast<std::size_t>(
      std::count_if(program.ops.begin(), program.ops.end(),
                    [](const Op& op) { return op.code == OpCode::AllocatePages; }));
}

// --- the same after as before -------------------------------------------------------------------

void gives_back(Suite& suite) {
  suite.claim("freeing gives back exactly what was taken: it can be had again", 750, [&] {
    Program program = *suite.programs();
    const auto type = *rc::gen::element<std::uint32_t>(
        EfiReservedMemoryType, EfiLoaderCode, EfiLoaderData, EfiBootServicesCode,
        EfiBootServicesData, EfiRuntimeServicesCode, EfiRuntimeServicesData, EfiACPIReclaimMemory,
        EfiACPIMemoryNVS);
    const auto pages = *rc::gen::inRange<std::uint64_t>(1, 12);
    const std::size_t handle = page_results(program);
    const std::size_t first = program.ops.size();
    program.ops.push_back(allocate_pages(type, pages));
    program.ops.push_back(free_pages(page_of(handle, 0), 0));
    program.ops.back().quantity.measure = Measure::Whole;  // granules may be larger than pages
    program.ops.push_back(allocate_pages(type, pages));
    const Outcome outcome = suite.agree(program, kRecorded);
    const bool had = was_granted(outcome, first);
    suite.reach("pages that were had, after a whole program", had, 40);
    if (!had) return;
    if (!was_granted(outcome, first + 1)) suite.refute(program, "its pages are not taken back");
    if (!was_granted(outcome, first + 2)) {
      suite.refute(program, "what was given back cannot be had again");
    }
  });
}

void middle_is_free(Suite& suite) {
  suite.claim("pages freed out of the middle of a block can be had again", 750, [&] {
    Program program = *suite.programs();
    const auto pages = *rc::gen::inRange<std::uint64_t>(3, 10);
    const auto from = *rc::gen::inRange<std::uint64_t>(1, pages - 1);
    const auto count = *rc::gen::inRange<std::uint64_t>(1, pages - from);
    const std::size_t handle = page_results(program);
    const std::size_t first = program.ops.size();
    program.ops.push_back(allocate_pages(EfiBootServicesData, pages));
    program.ops.push_back(free_pages(page_of(handle, from), count));
    program.ops.push_back(allocate_pages(EfiBootServicesData, count));
    const Outcome outcome = suite.agree(program, kRecorded);
    const bool split = was_granted(outcome, first + 1);
    suite.reach("a block that was split, after a whole program", split, 30);
    if (split && !was_granted(outcome, first + 2)) {
      suite.refute(program, "the hole is large enough, and was not given");
    }
  });
}

// --- no fragment stays --------------------------------------------------------------------------

struct Blocks {
  std::vector<std::uint64_t> pages;
  std::vector<std::size_t> order;  // in which they are freed
};

Blocks some_blocks() {
  const auto count = *rc::gen::inRange<std::size_t>(1, 12);
  Blocks blocks;
  blocks.pages =
      *rc::gen::container<std::vector<std::uint64_t>>(count, rc::gen::inRange<std::uint64_t>(1, 8));
  blocks.order.resize(count);
  std::iota(blocks.order.begin(), blocks.order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) {
    const auto other = *rc::gen::inRange<std::size_t>(0, i);
    std::swap(blocks.order[i - 1], blocks.order[other]);
  }
  return blocks;
}

// The boot up to permanent memory, or not.
Program empty_boot(bool migrated) {
  Program program;
  program.board = kRoomy;
  if (!migrated) return program;
  Op install;
  install.code = OpCode::InstallPeiMemory;
  install.place.anchor = Anchor::Dram;
  install.quantity.measure = Measure::Whole;
  Op back;
  back.code = OpCode::ReturnToDispatcher;
  program.ops = {install, back};
  return program;
}

void no_fragment_stays(Suite& suite) {
  suite.claim("blocks freed in any order become one run again", 1000, [&] {
    const Blocks blocks = some_blocks();
    const auto fence = *rc::gen::inRange(0, 2);  // a block below all others, that stays
    const auto migrated = *rc::gen::inRange(0, 2);
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
    const Outcome outcome = suite.agree(program, kRecorded);
    suite.reach("four blocks above memory that is full", fence != 0 && blocks.pages.size() >= 4,
                12);
    if (!was_granted(outcome, program.ops.size() - 1)) {
      suite.refute(program, "all its blocks are free, and their sum is not to be had");
    }
  });
}

// --- a pair changes nothing ---------------------------------------------------------------------

// Plain allocations and frees of whole blocks, on a board with room for all of them.
Program some_churn() {
  Program program = empty_boot(*rc::gen::inRange(0, 2) != 0);
  const auto ops = *rc::gen::inRange<std::size_t>(2, 24);
  std::vector<std::pair<std::size_t, std::uint64_t>> live;
  std::size_t handles = 0;
  for (std::size_t i = 0; i < ops; ++i) {
    const auto choice = *rc::gen::inRange<std::size_t>(0, 100);
    if (choice % 2 == 0 || live.empty()) {
      const std::uint64_t pages = 1 + choice % 4;
      program.ops.push_back(
          allocate_pages(choice % 3 == 0 ? EfiLoaderData : EfiBootServicesData, pages));
      live.emplace_back(handles++, pages);
    } else {
      const std::size_t victim = choice % live.size();
      program.ops.push_back(free_pages(page_of(live[victim].first, 0), live[victim].second));
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(victim));
    }
  }
  return program;
}

// The program with a block taken and given back before op `at`. It is the n-th to be named, so that
// later names move up by one.
Program with_pair(const Program& program, std::size_t at, std::uint64_t pages) {
  const std::size_t handle = page_results(first_ops(program, at));
  Program result = first_ops(program, at);
  result.ops.push_back(allocate_pages(EfiBootServicesData, pages));
  result.ops.push_back(free_pages(page_of(handle, 0), pages));
  for (std::size_t i = at; i < program.ops.size(); ++i) {
    Op op = program.ops[i];
    if (op.place.anchor == Anchor::NamedPages && op.place.index >= handle) ++op.place.index;
    result.ops.push_back(op);
  }
  return result;
}

void pair_changes_nothing(Suite& suite) {
  suite.claim("a block taken and given back changes no later answer, while there is room", 625,
              [&] {
                const Program program = some_churn();
                const auto at = *rc::gen::inRange<std::size_t>(0, program.ops.size() + 1);
                const auto pages = *rc::gen::inRange<std::uint64_t>(1, 6);
                const Program longer = with_pair(program, at, pages);
                const Outcome without = suite.agree(program, kRecorded);
                const Outcome with = suite.agree(longer, kRecorded);
                for (std::size_t i = 0; i < program.ops.size(); ++i) {
                  const bool before = was_granted(without, i);
                  const bool after = was_granted(with, i < at ? i : i + 2);
                  suite.reach("an op that is granted", before, 80);
                  if (before == after) continue;
                  suite.refute(longer, "without ops " + std::to_string(at) + " and " +
                                           std::to_string(at + 1) + ", op " + std::to_string(i) +
                                           " is answered otherwise");
                }
              });
}

// --- pages and nothing else ---------------------------------------------------------------------

Program pages_only(Program program) {
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

void agree_with_the_model(Suite& suite) {
  suite.claim("pages agree with the model, in programs that do nothing else", 1250, [&] {
    const Program program = *suite.programs(pages_only);
    const Outcome outcome = suite.agree(program, kRecorded);
    suite.reach("a boot with a block freed into a HOB", has_free_hob(outcome), 25);
    suite.reach("a boot with a HOB retired", has_change(outcome, HobChange::Kind::Retired), 15);
    suite.reach("a boot with a HOB re-used", has_change(outcome, HobChange::Kind::Reused), 15);
  });
}

int run() {
  Suite suite("pages");
  gives_back(suite);
  middle_is_free(suite);
  no_fragment_stays(suite);
  pair_changes_nothing(suite);
  agree_with_the_model(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
