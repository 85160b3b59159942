// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// BoardWalk: how far the enumeration has come on one board. Programs run by length, so that the
// first program of a finding is the shortest; what begins with a program that has a finding has the
// same finding, and is not run. The first is the program of no ops: the entry alone.
//
// A part of several (`2 of 4`) runs every fourth program of two ops with all that begins with it;
// each part runs all programs of one and two ops, to know their findings.
//
// Invariant: the programs of one length are run in their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fuzz/enumeration/index_ranges.h"
#include "fuzz/enumeration/program_order.h"

namespace hobnail {

struct Part {
  std::size_t number = 1;
  std::size_t of = 1;

  friend bool operator==(const Part&, const Part&) = default;
};

struct BoardWalk {
  std::uint8_t board = 0;
  std::size_t length = 0;             // of the programs that run
  std::uint64_t next = 0;             // of that length; those before it have run
  bool declined = false;              // the target does not start on this board
  std::vector<std::uint64_t> run;     // programs that have run, by length
  std::vector<IndexRanges> findings;  // programs that have one, by length

  void note_run(std::uint64_t index, bool finding);
  void finish_length();
  // Of `length`, those that are still to be run.
  [[nodiscard]] IndexRanges rest(ProgramOrder& order, const Part& part) const;
  [[nodiscard]] std::uint64_t programs_run() const;

  friend bool operator==(const BoardWalk&, const BoardWalk&) = default;
};

}  // namespace hobnail
