// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DistinctFindings: the shortest programs of an enumeration's findings. A finding is one more of an
// earlier one when it looks the same and its program holds the ops of the earlier program, in their
// order:
//
//   found   p0 = AllocatePages 3, FreePages p0+1 1
//   again   AllocatePool 1, p0 = AllocatePages 3, FreePages p0+1 1
//
// Triage (fuzz/triage/triage.h) then decides which of those that are left have one cause.
//
// Invariant: programs arrive by length, so that the kept one is the shortest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail {

struct DistinctFinding {
  oracle::Program program;
  std::uint64_t seen = 1;  // programs

  friend bool operator==(const DistinctFinding&, const DistinctFinding&) = default;
};

class DistinctFindings {
 public:
  // `look`: rule, op and check. True: it is new.
  bool take(const std::string& look, const oracle::Program& program);
  // One of an earlier run.
  void restore(const std::string& look, DistinctFinding finding);

  [[nodiscard]] const std::map<std::string, std::vector<DistinctFinding>>& all() const {
    return findings_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::uint64_t seen() const { return seen_; }

 private:
  std::map<std::string, std::vector<DistinctFinding>> findings_;  // by look
  std::size_t size_ = 0;
  std::uint64_t seen_ = 0;
};

// True when `program` holds the ops of `part` in their order, the names of results adapted.
[[nodiscard]] bool holds_ops_of(const oracle::Program& program, const oracle::Program& part);

}  // namespace hobnail
