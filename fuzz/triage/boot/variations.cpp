// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One change after the other.
#include "fuzz/triage/boot/variations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/triage/boot/edit.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::has_operand;
using oracle::Measure;
using oracle::Op;
using oracle::OpCode;
using oracle::Operand;
using oracle::Place;
using oracle::Program;
using oracle::Quantity;
using oracle::Result;
using oracle::row_of;

class Variations {
 public:
  explicit Variations(const Program& minimal) : minimal_(minimal) {
    for (const oracle::Group& group : groups_of(minimal.ops)) {
      for (std::size_t i = 0; i < group.length; ++i) first_rounds_.push_back(group.from + i);
    }
  }

  std::vector<Variation> all() {
    boards();
    phases();
    for (const std::size_t i : first_rounds_) values(i);
    orders();
    kinds();
    extra_ops();
    return std::move(result_);
  }

 private:
  void add(Dimension dimension, std::size_t op, std::string value, Program program) {
    if (program == minimal_) return;
    result_.push_back({dimension, op, std::move(value), std::move(program)});
  }

  template <typename Edit>
  void edited(Dimension dimension, std::size_t op, std::string value, const Edit& edit) {
    Program program = minimal_;
    Op changed = program.ops[op];
    edit(changed);
    replace_op(program.ops, op, changed);
    add(dimension, op, std::move(value), std::move(program));
  }

  void boards() {
    for (const oracle::BoardProfile& board : oracle::board_profiles()) {
      Program program = minimal_;
      program.board = board.number;
      add(Dimension::Board, 0, std::string(board.name), std::move(program));
    }
  }

  static bool moves(const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
  }

  void phases() {
    const std::vector<Op>& ops = minimal_.ops;
    if (ops.empty()) return;
    Program temporary = minimal_;
    const auto last = temporary.ops.end() - 1;
    temporary.ops.erase(std::remove_if(temporary.ops.begin(), last, moves), last);
    add(Dimension::Phase, 0, "temporary", temporary);
    Program window = temporary;
    window.ops.insert(window.ops.begin(), oracle::install_all());
    add(Dimension::Phase, 0, "window", window);
    Program permanent = window;
    permanent.ops.insert(permanent.ops.begin() + 1, make_op(OpCode::ReturnToDispatcher));
    add(Dimension::Phase, 0, "permanent", std::move(permanent));
    // The memory is installed just before the call.
    Program late = temporary;
    late.ops.insert(late.ops.end() - 1, oracle::install_all());
    add(Dimension::Phase, 0, "window", std::move(late));
  }

  void values(std::size_t i) {
    const Op& op = minimal_.ops[i];
    if (has_operand(op.code, Operand::MemoryType)) types(i);
    const bool pages = has_operand(op.code, Operand::Pages);
    const bool bytes = has_operand(op.code, Operand::Bytes);
    if (pages || bytes) sizes(i, pages);
    if (has_operand(op.code, Operand::PagePlace) && op.place.in_pages) places(i);
  }

  void types(std::size_t i) {
    for (const std::uint32_t type : {4U, 6U, 0U, 2U, 9U}) {
      edited(Dimension::Type, i, fmt::format("{}", type), [&](Op& op) { op.number = type; });
    }
  }

  void sizes(std::size_t i, bool pages) {
    static constexpr std::array<std::uint64_t, 6> kPages{1, 2, 3, 5, 16, 64};
    static constexpr std::array<std::uint64_t, 6> kBytes{1, 8, 24, 48, 200, 4096};
    const Quantity now = minimal_.ops[i].quantity;
    for (const std::uint64_t size : pages ? kPages : kBytes) {
      edited(Dimension::Size, i, fmt::format("{}", size), [&](Op& op) {
        op.quantity = {Measure::Literal, size};
      });
    }
    for (const std::uint64_t by : {std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{8}}) {
      edited(Dimension::Size, i, {}, [&](Op& op) { op.quantity = {now.measure, now.value + by}; });
    }
  }

  void places(std::size_t i) {
    for (const std::uint64_t offset : {0U, 1U, 2U}) {
      edited(Dimension::Place, i, fmt::format("+{}", offset),
             [&](Op& op) { op.place.offset = offset; });
    }
  }

  // Two neighbours before the call change places; names of results follow.
  void orders() {
    for (const std::size_t i : first_rounds_) {
      if (i + 2 >= minimal_.ops.size()) break;
      Program program = minimal_;
      Op& first = program.ops[i];
      Op& second = program.ops[i + 1];
      const Result kind = row_of(first.code).result;
      if (kind != Result::None && kind == row_of(second.code).result) continue;
      if (uses_results(second)) continue;
      std::swap(first, second);
      add(Dimension::Order, i, {}, std::move(program));
    }
  }
  static bool uses_results(const Op& op) {
    const auto named = [](const Place& place) {
      return place.anchor != Anchor::Absolute && place.anchor != Anchor::Dram;
    };
    return named(op.place) || named(op.source);
  }

  // A pool buffer instead of a HOB, a HOB instead of a buffer: both are HOBs of the list.
  void kinds() {
    for (const std::size_t i : first_rounds_) {
      if (i + 1 >= minimal_.ops.size()) break;
      const OpCode code = minimal_.ops[i].code;
      if (code != OpCode::CreateHob && code != OpCode::AllocatePool) continue;
      Op other = make_op(code == OpCode::CreateHob ? OpCode::AllocatePool : OpCode::CreateHob);
      other.number = code == OpCode::AllocatePool ? 0xfffe : 0;
      other.quantity = minimal_.ops[i].quantity;
      edited(Dimension::Kind, i, std::string(row_of(other.code).name),
             [&](Op& op) { op = std::move(other); });
    }
  }

  // Just before the call, where no name of a result changes its meaning.
  void extra_ops() {
    if (minimal_.ops.empty()) return;
    Op pages = make_op(OpCode::AllocatePages);
    pages.number = 4;
    pages.quantity = {Measure::Literal, 1};
    Op pool = make_op(OpCode::AllocatePool);
    pool.quantity = {Measure::Literal, 8};
    for (const Op& op : {pages, pool, make_op(OpCode::GetHobList)}) {
      Program program = minimal_;
      program.ops.insert(program.ops.end() - 1, op);
      const std::size_t at = program.ops.size() - 2;
      add(Dimension::ExtraOp, at, std::string(row_of(op.code).name), std::move(program));
    }
  }

  const Program& minimal_;
  std::vector<std::size_t> first_rounds_;  // ops, those of repeated groups once
  std::vector<Variation> result_;
};

}  // namespace

std::vector<Variation> variations_of(const Program& minimal) { return Variations(minimal).all(); }

}  // namespace hobnail
