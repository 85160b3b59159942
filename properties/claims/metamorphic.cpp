// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of two programs that differ in something that must not matter: no model is needed
// to see that one of the two boots is wrong.
//
//   again    the program          the program
//   after    the program          the program, after the boot of another one
//   shift    the program          on a board whose addresses are all 64 KiB higher
//   pair     ops                  ops with p = AllocatePages; FreePages p between them
//   read     ops                  ops with GetHobList or GetBootMode between them
//   split    FreePages p 3        FreePages p 1; FreePages p+1 1; FreePages p+2 1
//   types    types of memory      other types of the same granule class
//
// Invariant: under Standard::Pi the two boots have room for all that they ask, so that what PI
// leaves to a core when memory is short makes no difference.
#include "properties/claims/metamorphic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
constexpr RunOptions kContract = recorded(CallPolicy::Contract);
constexpr std::uint64_t kShift = 0x10000;

// Under Pi the calls that PI lets a PEIM make, and no others.
const RunOptions& options_of(const Trial& trial) { return trial.strict() ? kRecorded : kContract; }

std::string answer_text(const OpRecord& record) {
  if (record.not_called()) return "not called";
  if (record.ending == Ending::Stopped) return "stop()";
  return fmt::format("{}, {:#x}", status_text(static_cast<EFI_STATUS>(record.status)),
                     record.value);
}

// --- two boots, op by op ------------------------------------------------------------------------

// A program and what was made of it. `of`: where an op of the first stands in the second.
struct Pair {
  const Program& first;
  Program second;
  std::function<std::size_t(std::size_t)> of = [](std::size_t op) { return op; };
  std::string note{};  // what else the second boot depends on
};

using Same = std::function<bool(const OpRecord& first, const OpRecord& second)>;

bool same_status(const OpRecord& first, const OpRecord& second) {
  return answered(first) == answered(second);
}

bool same_answer(const OpRecord& first, const OpRecord& second) {
  return same_status(first, second) && first.value == second.value;
}

// Refutes with the second program at the first op whose answers are not the same.
void expect_same(const Pair& pair, const Outcome& first, const Outcome& second, const Same& same,
                 std::string_view change) {
  for (std::size_t i = 0; i < first.records.size(); ++i) {
    const std::size_t other = pair.of(i);
    if (other >= second.records.size()) return;  // nothing more can be judged
    const OpRecord& before = first.records[i];
    const OpRecord& after = second.records[other];
    if (same(before, after)) continue;
    if ((before.ending == Ending::None) != (after.ending == Ending::None)) return;
    Trial::refute(pair.second,
                  fmt::format("{}: op {}, {}, is answered {}; without the change, as op {}, {}{}",
                              change, other, print_op(pair.first.ops[i]), answer_text(after), i,
                              answer_text(before), pair.note));
  }
}

// --- again --------------------------------------------------------------------------------------

void expect_same_boot(const Program& program, const Outcome& first, const Outcome& second,
                      const std::string& change, const std::string& note = {}) {
  const Pair pair{program, program, [](std::size_t op) { return op; }, note};
  expect_same(pair, first, second, same_answer, change);
  if (first.digest != second.digest || !same_list(first, second)) {
    Trial::refute(program,
                  change + ": every answer is the same, and the HOB list is another" + note);
  }
}

void again(Trial& trial, const Program& program) {
  const Outcome first = trial.agree(program, kRecorded);
  const Outcome second = trial.agree(program, kRecorded);
  expect_same_boot(program, first, second, "the same boot a second time");
}

void after_another(Trial& trial, const Program& program) {
  constexpr std::uint64_t kSeeds = std::uint64_t{1} << 32;
  const auto ops = static_cast<std::size_t>(trial.pick(1, 25));
  Random random(trial.pick(0, kSeeds));
  Program other = generate_program(random, ops, trial.boards());
  if (!trial.has_board(other.board)) other.board = program.board;
  (void)trial.agree(program, kRecorded);  // whatever a trial before this one has left
  const Outcome alone = trial.agree(program, kRecorded);
  (void)trial.agree(other, kRecorded);
  const Outcome after = trial.agree(program, kRecorded);
  expect_same_boot(program, alone, after, "the same boot after another one",
                   "; the other boot:\n" + print_text(other));
}

// --- shift --------------------------------------------------------------------------------------

// Bytes that a program names may hold an address.
Program to_shift(Program program, Standard standard) {
  std::erase_if(program.ops, [](const Op& op) { return !op.data.empty(); });
  return standard == Standard::Pi ? with_room(std::move(program))
                                  : without_addresses(std::move(program));
}

bool same_but_shifted(const OpRecord& first, const OpRecord& second) {
  return same_status(first, second) &&
         (first.value == second.value || first.value + kShift == second.value);
}

void shifted(Trial& trial, const Program& program) {
  const Outcome here = trial.agree(program, options_of(trial));
  const Outcome there = trial.agree_shifted(program, kShift, options_of(trial));
  const Pair pair{program, program};
  const Same same = trial.strict() ? same_but_shifted : same_status;
  expect_same(pair, here, there, same, "with all addresses 64 KiB higher");
  if (trial.strict() && ran_to_its_end(program, there) && hob_shapes(here) != hob_shapes(there)) {
    Trial::refute(program, "with all addresses 64 KiB higher the list has other HOBs");
  }
}

// --- a pair -------------------------------------------------------------------------------------

Program roomy(Program program, Standard /*standard*/) { return with_room(std::move(program)); }

Program roomy_under_pi(Program program, Standard standard) {
  return standard == Standard::Pi ? with_room(std::move(program)) : program;
}

// The names from p<handle> on move up by one.
void rename_from(std::size_t handle, Place& place) {
  const bool named = place.anchor == Anchor::NamedPages || place.anchor == Anchor::NameOfPages;
  if (named && place.index >= handle) ++place.index;
}

void pair_inserted(Trial& trial, const Program& program) {
  const auto at = static_cast<std::size_t>(trial.pick(0, program.ops.size() + 1));
  const std::uint64_t pages = trial.pick(1, 6);
  const std::size_t handle = page_results(first_ops(program, at));
  Program longer = first_ops(program, at);
  longer.ops.push_back(allocate_pages(EfiBootServicesData, pages));
  longer.ops.push_back(free_pages(page_of(handle, 0), pages));
  for (std::size_t i = at; i < program.ops.size(); ++i) {
    longer.ops.push_back(program.ops[i]);
    rename_from(handle, longer.ops.back().place);
    rename_from(handle, longer.ops.back().source);
  }
  const Outcome without = trial.agree(program, kContract);
  const Outcome with = trial.agree(longer, kContract);
  if (without.records.size() < program.ops.size()) return;
  trial.reach("pages that were taken and given back",
              was_granted(with, at) && was_granted(with, at + 1), 60);
  const Pair pair{program, longer, [at](std::size_t op) { return op < at ? op : op + 2; }};
  expect_same(
      pair, without, with, same_status,
      fmt::format("with ops {} and {}, which take and give back {} pages", at, at + 1, pages));
}

// --- a call that reads --------------------------------------------------------------------------

void read_inserted(Trial& trial, const Program& program) {
  const auto at = static_cast<std::size_t>(trial.pick(0, program.ops.size() + 1));
  const OpCode code = trial.pick_of({OpCode::GetHobList, OpCode::GetBootMode});
  Program longer = program;
  longer.ops.insert(longer.ops.begin() + static_cast<std::ptrdiff_t>(at), make_op(code));
  const Outcome without = trial.agree(program, options_of(trial));
  const Outcome with = trial.agree(longer, options_of(trial));
  const Pair pair{program, longer, [at](std::size_t op) { return op < at ? op : op + 1; }};
  const Same same = trial.strict() ? same_answer : same_status;
  expect_same(pair, without, with, same, fmt::format("with op {}, which only reads", at));
  if (trial.strict() && !same_list(without, with)) {
    Trial::refute(longer, fmt::format("with op {}, which only reads, the list is another", at));
  }
}

// --- a free in single pages ---------------------------------------------------------------------

// The frees of several pages that were granted, with the pages of each.
std::vector<std::pair<std::size_t, std::uint64_t>> frees_to_split(const Trial& trial,
                                                                  const Program& program,
                                                                  const Outcome& outcome) {
  std::vector<std::uint32_t> types;
  std::vector<std::pair<std::size_t, std::uint64_t>> frees;
  for (std::size_t i = 0; i < outcome.records.size(); ++i) {
    const Op& op = program.ops[i];
    if (op.code == OpCode::AllocatePages) types.push_back(op.number);
    if (op.code != OpCode::FreePages || !was_granted(outcome, i)) continue;
    const Place& place = op.place;
    if (place.anchor != Anchor::NamedPages || !place.in_pages || place.index >= types.size()) {
      continue;
    }
    const bool coarse = trial.target().runtime_page_granularity > kPage;
    if (coarse && has_runtime_granularity(types[place.index])) continue;
    const std::uint64_t pages = outcome.records[i].call->b;
    if (pages >= 2 && pages <= 16) frees.emplace_back(i, pages);
  }
  return frees;
}

void free_split(Trial& trial, const Program& program) {
  const Outcome whole = trial.agree(program, kContract);
  if (whole.records.size() < program.ops.size()) return;
  const auto frees = frees_to_split(trial, program, whole);
  trial.reach("a free of several pages", !frees.empty(), 15);
  if (frees.empty()) return;
  const auto& picked = frees[static_cast<std::size_t>(trial.pick(0, frees.size()))];
  const std::size_t at = picked.first;
  const std::uint64_t pages = picked.second;
  const auto more = static_cast<std::size_t>(pages - 1);
  Program split = first_ops(program, at);
  for (std::uint64_t page = 0; page < pages; ++page) {
    Place place = program.ops[at].place;
    place.offset += page;
    split.ops.push_back(free_pages(place, 1));
  }
  split.ops.insert(split.ops.end(), program.ops.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                   program.ops.end());
  const Outcome parts = trial.agree(split, kContract);
  if (!ran_to_its_end(split, parts)) return;
  for (std::size_t i = at; i < at + pages; ++i) {
    if (was_granted(parts, i)) continue;
    Trial::refute(split, fmt::format("op {} is not granted: it frees one of {} pages that are "
                                     "freed at once elsewhere",
                                     i, pages));
  }
  const Pair pair{program, split, [at, more](std::size_t op) { return op < at ? op : op + more; }};
  expect_same(pair, whole, parts, same_status,
              fmt::format("with {} pages freed one by one from op {} on", pages, at));
}

// --- types --------------------------------------------------------------------------------------

constexpr std::array<std::uint32_t, 5> kSmallGranule{
    EfiLoaderCode, EfiLoaderData, EfiBootServicesCode, EfiBootServicesData, EfiACPIReclaimMemory};
constexpr std::array<std::uint32_t, 4> kLargeGranule{EfiReservedMemoryType, EfiRuntimeServicesCode,
                                                     EfiRuntimeServicesData, EfiACPIMemoryNVS};

// The type that stands `step` places after this one in its class.
std::uint32_t renamed(std::uint32_t type, std::size_t step) {
  const auto within = [&](const auto& types) {
    const auto found = std::find(types.begin(), types.end(), type);
    if (found == types.end()) return type;
    const auto place = static_cast<std::size_t>(found - types.begin());
    return types[(place + step) % types.size()];
  };
  return has_runtime_granularity(type) ? within(kLargeGranule) : within(kSmallGranule);
}

// A GUID HOB with bytes of the program may be a platform's table of bins, which are of types.
Program without_tables(Program program, Standard standard) {
  std::erase_if(program.ops,
                [](const Op& op) { return op.code == OpCode::CreateHob && !op.data.empty(); });
  return roomy_under_pi(std::move(program), standard);
}

void types_renamed(Trial& trial, const Program& program) {
  const auto step = static_cast<std::size_t>(trial.pick(1, 4));
  Program other = program;
  for (Op& op : other.ops) {
    if (op.code == OpCode::AllocatePages) op.number = renamed(op.number, step);
  }
  const Outcome first = trial.agree(program, options_of(trial));
  const Outcome second = trial.agree(other, options_of(trial));
  trial.reach("pages of some type", !(program == other), 60);
  expect_same({program, other}, first, second, trial.strict() ? same_answer : same_status,
              "with other types of the same granule class");
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"metamorphic", "again", "the same program makes the same boot again",
          "docs/pei-semantics.md, I98", Standard::Pi, 250, Range::Boots, nullptr, again},
    Claim{"metamorphic", "after", "a boot leaves no trace in the next one",
          "docs/pei-semantics.md, I98; properties/abi/hobnail_target.h", Standard::Pi, 200,
          Range::Boots, nullptr, after_another},
    Claim{"metamorphic", "shift", "with all addresses 64 KiB higher the boot is the same",
          "docs/pei-semantics.md, I100", Standard::Pi, 150, Range::Boots, to_shift, shifted},
    Claim{"metamorphic", "pair",
          "a block taken and given back changes no later answer, while there is room",
          "PI 1.8 Vol 1 4.6 (AllocatePages, FreePages); docs/pei-semantics.md, I45, I50",
          Standard::Pi, 625, Range::PeiOnly, roomy, pair_inserted},
    Claim{"metamorphic", "read", "GetHobList and GetBootMode change no later answer",
          "PI 1.8 Vol 1 4.4, 4.5; docs/pei-semantics.md, I61, I63", Standard::Pi, 250, Range::Boots,
          roomy_under_pi, read_inserted},
    Claim{"metamorphic", "split", "pages freed at once can be freed one by one as well",
          "PI 1.8 Vol 1 4.6 (FreePages); docs/pei-semantics.md, I45, I46", Standard::Pi, 400,
          Range::PeiOnly, roomy, free_split},
    Claim{"metamorphic", "types", "types of one granule class are served alike",
          "PI 1.8 Vol 1 4.6 (AllocatePages); docs/pei-semantics.md, 1.5, I25, I26", Standard::Pi,
          250, Range::PeiOnly, without_tables, types_renamed},
};

}  // namespace

std::span<const Claim> metamorphic_claims() { return kClaims; }

}  // namespace hobnail::oracle
