// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The minimal program of a record as a `.boot` file that can be committed: corpus/regressions. Or
// its minimal HOB list as a `.hobs` file.
//
// Invariant: it parses to the record's program, or list; everything else in it is comment.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

[[nodiscard]] std::string render_boot(const TriageRecord& record);

// The lines of render_boot(), and which op, or HOB, stands on which.
class BootLines {
 public:
  explicit BootLines(const TriageRecord& record);

  // The line that op `op` stands on, from 1; in a repeated group, that of its first round. When
  // there is no such op, the last one; of a list that of its PHIT, which stands above the HOBs.
  [[nodiscard]] std::size_t of_op(std::size_t op) const;
  // The line of the op that shows the bug; `board` for the entry, the last one for the end checks.
  [[nodiscard]] std::size_t of_finding() const { return finding_; }
  // A line without its end. `line` counts from 1 and must be there.
  [[nodiscard]] const std::string& text(std::size_t line) const { return lines_[line - 1]; }
  // The op as its line says it, with the name of its result: "p0 = AllocatePages LoaderData 3".
  // Empty when there is no such op.
  [[nodiscard]] std::string op(std::size_t op) const;
  // How many lines there are, and how many of them are the head's comment.
  [[nodiscard]] std::size_t count() const { return lines_.size(); }
  [[nodiscard]] std::size_t head() const { return head_; }

 private:
  void find_ops(const oracle::Program& program);

  std::vector<std::string> lines_;
  std::vector<std::string> ops_text_;  // of a program
  std::vector<std::size_t> op_lines_;  // of a program: the line of each op
  std::size_t ops_ = 0, head_ = 0, first_ = 0, finding_ = 0;
  bool list_ = false;
};

}  // namespace hobnail
