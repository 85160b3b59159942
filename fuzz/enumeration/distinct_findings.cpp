// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which findings are the same.
#include "fuzz/enumeration/distinct_findings.h"

#include <utility>

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::Op;
using oracle::OpCode;
using oracle::Program;

// Of each AllocatePages of the part: the number of the one that stands for it.
using Handles = std::vector<std::uint16_t>;

bool same_op(const Op& op, Op part, const Handles& handles) {
  if (part.place.anchor == Anchor::NamedPages) {
    if (part.place.index >= handles.size()) return false;
    part.place.index = handles[part.place.index];
  }
  return op == part;
}

// What is compared from here on: from op `i` of `program`, from op `k` of `part`.
struct Rest {
  std::size_t i = 0;
  std::size_t k = 0;
  std::uint16_t pages = 0;  // AllocatePages of `program` until here
};

bool holds_rest(const Program& program, const Program& part, Rest rest, Handles& handles) {
  if (rest.k == part.ops.size()) return true;
  if (rest.i == program.ops.size()) return false;
  const Op& op = program.ops[rest.i];
  const bool names = op.code == OpCode::AllocatePages;
  const std::uint16_t handle = rest.pages;
  ++rest.i;
  rest.pages = static_cast<std::uint16_t>(rest.pages + (names ? 1 : 0));
  if (same_op(op, part.ops[rest.k], handles)) {
    if (names) handles.push_back(handle);
    if (holds_rest(program, part, {rest.i, rest.k + 1, rest.pages}, handles)) return true;
    if (names) handles.pop_back();
  }
  return holds_rest(program, part, rest, handles);
}

}  // namespace

bool holds_ops_of(const Program& program, const Program& part) {
  Handles handles;
  return program.board == part.board && holds_rest(program, part, {}, handles);
}

bool DistinctFindings::take(const std::string& look, const Program& program) {
  ++seen_;
  std::vector<DistinctFinding>& alike = findings_[look];
  for (DistinctFinding& known : alike) {
    if (!holds_ops_of(program, known.program)) continue;
    ++known.seen;
    return false;
  }
  alike.push_back({program, 1});
  ++size_;
  return true;
}

void DistinctFindings::restore(const std::string& look, DistinctFinding finding) {
  seen_ += finding.seen;
  ++size_;
  findings_[look].push_back(std::move(finding));
}

}  // namespace hobnail
