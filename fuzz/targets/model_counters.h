// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ModelCounters: feedback from the model. It counts what a boot reaches in an array that libFuzzer
// reads beside the edges (section __libfuzzer_extra_counters):
//
//   cells   op x condition x phase x reply, of the rows of oracle/coverage/coverage_table.h
//   pairs   op that follows op x phase
//   sizes   HOBs, free records and unused HOBs x phase, by powers of two
//
// Invariant: a counter is a function of the boot since the last clear(), it saturates at 255, and
// the array has a fixed size. libFuzzer clears the array before each input. The array of a process
// without an observed boot is zero, which libFuzzer takes for no feedback.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "properties/oracle/coverage/cell_observer.h"
#include "properties/oracle/program/op.h"

namespace hobnail {

inline constexpr std::size_t kRowsAtMost = 160;  // of the table; a later one has no counters

// Counts: how often, which libFuzzer sorts into 1, 2, 3, 4-7, 8-15, 16-31, 32-127 and 128 or more.
// Once: whether at all.
enum class Counting : std::uint8_t { Counts, Once };

class ModelCounters final : public oracle::CellObserver {
 public:
  explicit ModelCounters(Counting counting) : counting_(counting) {}

  void entered(const oracle::Boot& boot) override;
  void after(const oracle::Boot& boot, const oracle::Op& op) override;

  // 0 for a cell of no row of the table.
  [[nodiscard]] static std::uint8_t of_cell(const oracle::Cell& cell);
  [[nodiscard]] static std::uint8_t of_pair(oracle::OpCode first, oracle::OpCode second,
                                            oracle::BootPhase phase);
  // HOBs of the list, by the power of two: bucket 0: none, 1: one, 2: 2-3, 3: 4-7 ...
  [[nodiscard]] static std::uint8_t of_hobs(oracle::BootPhase phase, std::size_t bucket);
  // All counters of the process.
  [[nodiscard]] static std::span<const std::uint8_t> all();
  // What libFuzzer does before each input.
  static void clear();

 private:
  void reached(const oracle::Cell& cell) override;
  void add_to(std::uint8_t& counter) const;

  Counting counting_;
  oracle::Step previous_ = oracle::kEntry;
};

}  // namespace hobnail
