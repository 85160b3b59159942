// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ProgramOrder: the programs of a domain, numbered. Those of one length are in the order of their
// ops, so that all extensions of a program are neighbours:
//
//   length 2   |0 1 2 ... 29|30 31 ...      the extensions of program 0 of length 1, of program 1
//   length 3   |0 ......... 930|931 ...     the extensions of program 0 of length 2 first
//
// Invariant: number and program determine each other, on every machine and target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "fuzz/enumeration/domain.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// Numbers [first, last).
struct IndexRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  [[nodiscard]] std::uint64_t size() const { return last - first; }
  friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

class ProgramOrder {
 public:
  // How many programs have exactly so many ops more than a prefix; without one: of that length.
  [[nodiscard]] std::uint64_t count(std::size_t ops, const Situation& prefix = {});

 private:
  std::unordered_map<std::string, std::uint64_t> counts_;  // by what is left and the situation
};

// A place in the order. Neighbours cost the least.
class ProgramCursor {
 public:
  ProgramCursor(ProgramOrder& order, std::size_t length) : order_(order), length_(length) {}

  // The ops of program `index`, which is less than ProgramOrder::count(length).
  [[nodiscard]] const std::vector<oracle::Op>& at(std::uint64_t index);
  // The numbers of the programs of `longer` ops that begin with program `index`.
  [[nodiscard]] IndexRange extensions(std::uint64_t index, std::size_t longer);

 private:
  // The ops that may come next, and the chosen one.
  struct Level {
    Situation situation;
    std::vector<oracle::Op> ops;
    std::vector<Situation> behind;
    std::vector<std::uint64_t> ends;  // of the numbers of each op's programs
    std::size_t chosen = 0;
  };

  void open(std::size_t depth, std::uint64_t first);
  void choose(std::size_t depth, std::uint64_t index);

  ProgramOrder& order_;
  std::size_t length_;
  std::vector<Level> levels_;
  std::vector<oracle::Op> ops_;
};

}  // namespace hobnail
