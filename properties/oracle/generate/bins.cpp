// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Plans are sensible: a table with an end, each type once, and bins that fit the memory. What
// happens to odd ones is for the mutator to find out.
#include "properties/oracle/generate/bins.h"

#include <algorithm>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/hobs.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kGranulePages = 16;  // of 64 KiB, as on AArch64
constexpr std::size_t kStepsBefore = 2;      // the two HOBs
// What stays of a memory for the stack, the list, and the pages of the window.
constexpr std::uint64_t kOtherPagesMin = 64;

// Types that survive into the operating system first, as platforms have them; others too.
std::vector<std::uint32_t> some_types(Random& random) {
  constexpr std::uint32_t kTypes[] = {10, 9, 0, 6, 5, 4, 3, 2, 1};
  constexpr std::uint64_t kSteps[] = {1, 1, 1, 2, 4, 5, 7, 8};  // none shares a factor with 9
  const std::uint64_t count = 1 + random.below(random.one_in(3) ? 9 : 3);
  const std::uint64_t start = random.below(random.one_in(3) ? 9 : 5);
  const std::uint64_t step = pick(random, kSteps);
  std::vector<std::uint32_t> types;
  for (std::uint64_t i = 0; i < count; ++i) types.push_back(kTypes[(start + i * step) % 9]);
  return types;
}

std::vector<PlannedBin> some_entries(Random& random, std::uint64_t pages_max,
                                     std::uint64_t multiple) {
  constexpr std::uint64_t kPages[] = {1, 1, 2, 2, 3, 4, 4, 5, 6, 8, 12, 16};
  std::vector<PlannedBin> entries;
  std::uint64_t left = pages_max;
  for (const std::uint32_t type : some_types(random)) {
    const std::uint64_t pages = pick(random, kPages) * multiple;
    if (pages > left) continue;
    left -= pages;
    entries.push_back({type, random.one_in(16) ? 0 : pages});
  }
  return entries;
}

std::uint64_t bytes_of(const std::vector<PlannedBin>& entries) {
  std::uint64_t pages = 0;
  for (const PlannedBin& entry : entries) pages += entry.pages;
  return pages * kPage;
}

// The platform's range: at the top of the memory and not installed, in other memory, or amid what
// is installed. Left empty for some, and where there is no room.
void choose_home(Random& random, const BoardProfile& board, std::uint64_t align, BinsPlan& plan) {
  constexpr std::uint64_t kSlack[] = {0, 0, 0, 1, 2};
  const Region& ram = board.dram[0];
  const std::uint64_t kind = random.below(8);
  const std::uint64_t slack = pick(random, kSlack) * align;
  const std::uint64_t bytes = bytes_of(plan.entries) + slack;
  const std::uint64_t top = round_down(ram.end() - std::min(bytes, ram.size), align);
  const std::uint64_t amid = round_down(ram.base + ram.size / 8 * 5, align);
  if (kind < 3) return;
  if (kind < 5 && top >= ram.base + ram.size / 4) {
    plan.home = {top, bytes};
    plan.kept_back = ram.end() - top;
  }
  if (kind == 5 && board.dram[1].size >= bytes) plan.home = {board.dram[1].base, bytes};
  if (kind > 5 && amid + bytes + ram.size / 8 <= ram.end()) plan.home = {amid, bytes};
}

// The steps come before the install, which moves on for them.
void choose_steps(Random& random, std::size_t ops, Story& story, BinsPlan& plan) {
  BinSteps& steps = plan.steps;
  const bool early = story.install < kStepsBefore;
  if (early && story.migrate < ops) story.migrate += kStepsBefore;
  if (early) story.install += kStepsBefore;
  steps.table = static_cast<std::size_t>(random.below(std::min<std::size_t>(story.install - 1, 3)));
  steps.home = plan.home.size == 0 ? BinSteps::kNever : steps.table + 1;
  if (story.migrate >= ops) return;
  const std::size_t rest = ops - story.migrate;
  steps.requests = story.migrate + 1;
  const bool fills = !random.one_in(3);
  const auto after = static_cast<std::size_t>(random.below(rest / 2));
  if (fills && rest > 8) steps.fill = steps.requests + after;
}

void create_table(const std::vector<PlannedBin>& entries, Op& op) {
  const auto* const name = reinterpret_cast<const std::uint8_t*>(&EFI_MEMORY_TYPE_INFORMATION_GUID);
  op.code = OpCode::CreateHob;
  op.number = EFI_HOB_TYPE_GUID_EXTENSION;
  op.data.assign(name, name + sizeof(EFI_GUID));
  for (const PlannedBin& entry : entries) {
    put_number(op.data, entry.type, 4);
    put_number(op.data, entry.pages, 4);
  }
  put_number(op.data, EfiMaxMemoryType, 4);
  put_number(op.data, 0, 4);
  op.quantity = {Measure::Literal, sizeof(EFI_HOB_GENERIC_HEADER) + op.data.size()};
}

// All of the gap but a page, then the rest, for a type that has no bin where there is one.
void take_gap(const BinsPlan& plan, std::uint64_t left, Op& op) {
  op.code = OpCode::AllocatePages;
  op.number = EfiBootServicesData;
  for (const std::uint32_t type : {4U, 3U, 2U, 1U}) {
    const auto same = [&](const PlannedBin& entry) { return entry.type == type; };
    if (std::any_of(plan.entries.begin(), plan.entries.end(), same)) continue;
    op.number = type;
    break;
  }
  op.quantity = {Measure::Gap, minus(left)};
}

}  // namespace

BinsPlan draw_bins(Random& random, std::uint8_t board, std::size_t ops, Story& story) {
  constexpr std::size_t kOpsMin = 8;
  BinsPlan plan;
  const bool wanted = random.one_in(6);
  const std::size_t last = story.migrate < ops ? story.migrate : story.install;
  if (!wanted || ops < kOpsMin || last + 2 * kStepsBefore >= ops) return plan;
  const BoardProfile& profile = board_profiles()[board];
  const std::uint64_t multiple = random.one_in(4) ? kGranulePages : 1;
  const std::uint64_t pages = profile.dram[0].size / kPage;
  const std::uint64_t most = pages > 2 * kOtherPagesMin ? (pages - kOtherPagesMin) / 2 : 2;
  plan.entries = some_entries(random, std::min<std::uint64_t>(most, 0x400), multiple);
  if (bytes_of(plan.entries) == 0) plan.entries.clear();
  if (plan.entries.empty()) return plan;
  choose_home(random, profile, multiple * kPage, plan);
  choose_steps(random, ops, story, plan);
  return plan;
}

bool bin_step(const BinsPlan& plan, std::size_t at, Op& op) {
  const BinSteps& steps = plan.steps;
  if (at == steps.table) {
    create_table(plan.entries, op);
  } else if (at == steps.home) {
    create_memory_resource(EFI_MEMORY_TYPE_INFORMATION_GUID, plan.home, op);
  } else if (at == steps.fill) {
    take_gap(plan, 1, op);
  } else if (steps.fill != BinSteps::kNever && at == steps.fill + 1) {
    take_gap(plan, 0, op);
  } else {
    return false;
  }
  return true;
}

void choose_bin_pages(Random& random, const BinsPlan& plan, Op& op) {
  const auto index = static_cast<std::size_t>(random.below(plan.entries.size()));
  const PlannedBin& entry = plan.entries[index];
  const std::uint64_t kind = random.below(8);
  const std::uint64_t some = 1 + random.below(4);
  op.code = OpCode::AllocatePages;
  op.number = entry.type;
  op.quantity = {Measure::Literal, some};
  if (kind < 2) op.quantity.value = entry.pages;
  if (kind == 2) op.quantity.value = entry.pages / 2;
  if (kind == 3) op.quantity.value = entry.pages - std::min(entry.pages, some);
  if (kind == 4) op.quantity.value = entry.pages + some;
  if (op.quantity.value == 0) op.quantity.value = 1;
}

}  // namespace hobnail::oracle
