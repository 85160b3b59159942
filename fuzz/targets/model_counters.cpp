// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The array, and which counter is whose.
#include "fuzz/targets/model_counters.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "properties/oracle/boot/boot.h"

namespace hobnail {
namespace {

using oracle::Cell;
using oracle::kBootPhases;
using oracle::kReplies;
using oracle::kSteps;

constexpr std::size_t kConditions = static_cast<std::size_t>(oracle::Condition::Count);
constexpr std::size_t kRowBytes = kBootPhases * kReplies;
constexpr std::size_t kPowers = 16;  // a list has less than 2^15 HOBs

struct Counters {
  std::array<std::uint8_t, kRowsAtMost * kRowBytes> cells;
  std::array<std::uint8_t, kSteps * kSteps * kBootPhases> pairs;
  std::array<std::uint8_t, 3 * kBootPhases * kPowers> sizes;
};

// libFuzzer finds the ends of the section by symbols of the linker. AddressSanitizer leaves globals
// of such sections without redzones, which libFuzzer would read as counters.
[[gnu::section("__libfuzzer_extra_counters"), gnu::used]] Counters g_counters;

// Row of the table by step and condition; kRowsAtMost: none.
using Rows = std::array<std::uint8_t, kSteps * kConditions>;

Rows read_rows() {
  Rows rows;
  rows.fill(kRowsAtMost);
  std::uint8_t number = 0;
  for (const oracle::CoverageRow& row : oracle::coverage_rows()) {
    if (number == kRowsAtMost) break;
    rows[row.step * kConditions + static_cast<std::size_t>(row.condition)] = number++;
  }
  return rows;
}

std::uint8_t* counter_of(const Cell& cell) {
  static const Rows kRows = read_rows();
  const std::size_t row = kRows[cell.step * kConditions + static_cast<std::size_t>(cell.condition)];
  if (row == kRowsAtMost) return nullptr;
  return &g_counters.cells[row * kRowBytes + static_cast<std::size_t>(cell.phase) * kReplies +
                           static_cast<std::size_t>(cell.reply)];
}

std::uint8_t& pair_counter(oracle::Step first, oracle::Step second, oracle::BootPhase phase) {
  return g_counters
      .pairs[(first * kSteps + second) * kBootPhases + static_cast<std::size_t>(phase)];
}

// Of HOBs (0), free records (1), unused HOBs (2).
std::uint8_t& size_counter(std::size_t quantity, oracle::BootPhase phase, std::size_t bucket) {
  return g_counters
      .sizes[(quantity * kBootPhases + static_cast<std::size_t>(phase)) * kPowers + bucket];
}

// 0, 1, 2-3, 4-7 ...
std::size_t power_of(std::size_t number) {
  return std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(number)), kPowers - 1);
}

std::size_t free_records(const oracle::HobListSnapshot& snapshot) {
  return static_cast<std::size_t>(std::count_if(snapshot.own.begin(), snapshot.own.end(),
                                                [](const auto& hob) { return hob.free(); }));
}

}  // namespace

std::uint8_t ModelCounters::of_cell(const Cell& cell) {
  const std::uint8_t* const counter = counter_of(cell);
  return counter == nullptr ? std::uint8_t{0} : *counter;
}

std::uint8_t ModelCounters::of_pair(oracle::OpCode first, oracle::OpCode second,
                                    oracle::BootPhase phase) {
  return pair_counter(static_cast<oracle::Step>(first), static_cast<oracle::Step>(second), phase);
}

std::uint8_t ModelCounters::of_hobs(oracle::BootPhase phase, std::size_t bucket) {
  return size_counter(0, phase, bucket);
}

std::span<const std::uint8_t> ModelCounters::all() {
  return {reinterpret_cast<const std::uint8_t*>(&g_counters), sizeof g_counters};
}

void ModelCounters::clear() { g_counters = {}; }

void ModelCounters::add_to(std::uint8_t& counter) const {
  if (counting_ == Counting::Once) {
    counter = 1;
  } else if (counter != std::numeric_limits<std::uint8_t>::max()) {
    ++counter;
  }
}

void ModelCounters::entered(const oracle::Boot& boot) {
  previous_ = oracle::kEntry;
  CellObserver::entered(boot);
}

void ModelCounters::after(const oracle::Boot& boot, const oracle::Op& op) {
  CellObserver::after(boot, op);
  const std::array numbers{boot.snapshot.view.hobs.size(), free_records(boot.snapshot),
                           std::size_t{boot.snapshot.unused_slots}};
  const auto phase = static_cast<oracle::BootPhase>(boot.model.phase);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    // Not how often: the number of ops at one size is not a depth.
    size_counter(i, phase, power_of(numbers[i])) = 1;
  }
}

void ModelCounters::reached(const Cell& cell) {
  if (std::uint8_t* const counter = counter_of(cell)) add_to(*counter);
  if (cell.condition != oracle::Condition::Any) return;  // which holds once for each op
  if (cell.step != oracle::kEntry) add_to(pair_counter(previous_, cell.step, cell.phase));
  previous_ = cell.step;
}

}  // namespace hobnail
