// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Values toward the plain. Of two that show the same, the one that reads plainer stays: a type that
// everybody knows, one page, no offset, `whole` rather than 0xfd3a8.
#include "fuzz/triage/minimize/boot_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/triage/boot/edit.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::HobBody;
using oracle::kPage;
using oracle::Measure;
using oracle::named_result;
using oracle::Op;
using oracle::OpCode;
using oracle::Operand;
using oracle::Place;
using oracle::Program;
using oracle::Quantity;
using oracle::Result;

constexpr std::uint64_t kPlain = 16;  // a number without a meaning
constexpr int kHalvings = 20;         // at most, of one number

// In each round where the op is of a repeated group.
bool attempt_op(BootSearch& search, std::size_t i, const Op& op) {
  if (op == search.best().ops[i]) return false;
  Program candidate = search.best();
  replace_op(candidate.ops, i, op);
  return search.attempt(candidate);
}

// Edits a copy of op `i`.
template <typename Edit>
bool attempt_edit(BootSearch& search, std::size_t i, const Edit& edit) {
  if (i >= search.best().ops.size()) return false;
  Op op = search.best().ops[i];
  edit(op);
  return attempt_op(search, i, op);
}

// The smallest number that will do, if all above it do. `set` puts a number into an op.
template <typename Get, typename Set>
bool shrink_number(BootSearch& search, std::size_t i, const Get& get, const Set& set) {
  bool changed = false;
  std::uint64_t no = 0;  // does not do
  std::uint64_t yes = get(search.best().ops[i]);
  for (int n = 0; n < kHalvings && yes > no + 1; ++n) {
    const std::uint64_t middle = no + (yes - no) / 2;
    if (attempt_edit(search, i, [&](Op& op) { set(op, middle); })) {
      changed = true;
      if (i >= search.best().ops.size()) break;
      yes = std::min(middle, get(search.best().ops[i]));
    } else {
      no = middle;
    }
  }
  return changed;
}

std::span<const std::uint32_t> plain_numbers(OpCode code) {
  static constexpr std::array<std::uint32_t, 3> kTypes{4, 6, 0};
  static constexpr std::array<std::uint32_t, 4> kHobs{4, 3, 2, 0xfffe};
  static constexpr std::array<std::uint32_t, 3> kOthers{0, 1, 0x11};
  if (has_operand(code, Operand::MemoryType)) return kTypes;
  if (has_operand(code, Operand::HobType)) return kHobs;
  return kOthers;
}

// Position in a list from the plainest on; what is not in it comes last.
template <typename List, typename Value>
std::size_t rank(const List& list, const Value& value) {
  return static_cast<std::size_t>(std::find(list.begin(), list.end(), value) - list.begin());
}

bool shrink_kind(BootSearch& search, std::size_t i) {
  const OpCode code = search.best().ops[i].code;
  const bool has_number =
      has_operand(code, Operand::MemoryType) || has_operand(code, Operand::HobType) ||
      has_operand(code, Operand::ByteValue) || has_operand(code, Operand::BootMode);
  if (!has_number) return false;
  const auto numbers = plain_numbers(code);
  const std::size_t now = rank(numbers, search.best().ops[i].number);
  for (std::size_t n = 0; n < now; ++n) {
    if (attempt_edit(search, i, [&](Op& op) { op.number = numbers[n]; })) return true;
  }
  if (now < numbers.size()) return false;
  return shrink_number(
      search, i, [](const Op& op) { return std::uint64_t{op.number}; },
      [](Op& op, std::uint64_t number) { op.number = static_cast<std::uint32_t>(number); });
}

// From the plainest on.
std::vector<Quantity> plain_quantities(const Op& op) {
  using enum Measure;
  if (op.code == OpCode::InstallPeiMemory) {
    return {{Whole, 0}, {Needed, 0}, {Whole, ~std::uint64_t{0}}, {Needed, ~std::uint64_t{0}}};
  }
  std::vector<Quantity> plain;
  if (has_operand(op.code, Operand::Pages)) {
    plain = {{Literal, 1}, {Literal, 2}, {Literal, 0}};
    if (op.code == OpCode::FreePages) plain.insert(plain.begin() + 2, {Whole, 0});
  } else if (op.code == OpCode::CreateHob) {
    plain = {{Literal, 8}, {Literal, 24}, {Literal, 48}, {Literal, 0}};
  } else {
    plain = {{Literal, 8}, {Literal, 1}, {Literal, 0}};
  }
  if (op.code == OpCode::CopyMem || op.code == OpCode::SetMem || op.code == OpCode::PeimWrite) {
    plain.push_back({Whole, 0});
  }
  for (const Measure measure : {Gap, Leave, LargestFree}) {
    if (measure != LargestFree || op.code == OpCode::AllocatePages) plain.push_back({measure, 0});
  }
  return plain;
}

bool is_plain_literal(const Quantity& quantity) {
  return quantity.measure == Measure::Literal && quantity.value <= kPlain;
}

bool has_quantity(OpCode code) {
  return has_operand(code, Operand::Pages) || has_operand(code, Operand::Bytes);
}

bool shrink_quantity(BootSearch& search, std::size_t i) {
  const Op& now = search.best().ops[i];
  if (!has_quantity(now.code)) return false;
  const std::vector<Quantity> plain = plain_quantities(now);
  const std::size_t before = rank(plain, now.quantity);
  for (std::size_t n = 0; n < before; ++n) {
    if (attempt_edit(search, i, [&](Op& op) { op.quantity = plain[n]; })) return true;
  }
  if (before < plain.size()) return false;
  bool changed = false;
  // A relation that came to a small number: the number.
  const SharedState* const shared = search.shared();
  const std::uint64_t came_to =
      shared == nullptr || i >= kResolvedMax ? kPlain + 1 : shared->resolved[i].quantity;
  if (now.quantity.measure != Measure::Literal && came_to <= kPlain) {
    changed = attempt_edit(search, i, [&](Op& op) { op.quantity = {Measure::Literal, came_to}; });
  }
  if (i >= search.best().ops.size()) return changed;
  const Quantity left = search.best().ops[i].quantity;
  if (left.measure != Measure::Literal && left.value != 0) {
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
      if (left.value == value) break;
      if (attempt_edit(search, i, [&](Op& op) { op.quantity.value = value; })) return true;
    }
  }
  if (left.measure != Measure::Literal && left.value > ~std::uint64_t{0} / 2) return changed;
  if (is_plain_literal(left) && left.value <= 1) return changed;
  return shrink_number(
             search, i, [](const Op& op) { return op.quantity.value; },
             [](Op& op, std::uint64_t value) { op.quantity.value = value; }) ||
         changed;
}

// The same place with less to it, from the plainest on.
std::vector<Place> plainer_places(const Op& op, const Place& place) {
  std::vector<Place> plainer;
  if (op.code == OpCode::InstallPeiMemory) {
    plainer.push_back({Anchor::Dram, 0, false, 0});
    plainer.push_back({Anchor::Dram, 1, false, 0});
  }
  if (named_result(place) != Result::None) {
    for (std::uint16_t index = 0; index < std::min<std::uint16_t>(place.index, 4); ++index) {
      plainer.push_back({place.anchor, index, false, 0});
    }
  }
  // An address says more than the neighbour of an allocation that need not exist.
  if (is_relative(place)) {
    plainer.push_back({Anchor::Absolute, 0, false, 0});
    plainer.push_back({Anchor::Absolute, 0, false, kPage});
  }
  if (place.offset != 0) plainer.push_back({place.anchor, place.index, false, 0});
  if (place.in_pages && place.offset > 1) plainer.push_back({place.anchor, place.index, true, 1});
  return plainer;
}

bool shrink_place(BootSearch& search, std::size_t i, Place Op::*which, Operand operand) {
  const Op& now = search.best().ops[i];
  if (!has_operand(now.code, operand)) return false;
  for (const Place& place : plainer_places(now, now.*which)) {
    if (place == now.*which) break;
    if (attempt_edit(search, i, [&](Op& op) { op.*which = place; })) return true;
  }
  const Place left = search.best().ops[i].*which;
  if (left.offset <= 1 || left.offset > ~std::uint64_t{0} / 2) return false;
  return shrink_number(
      search, i, [which](const Op& op) { return (op.*which).offset; },
      [which](Op& op, std::uint64_t offset) { (op.*which).offset = offset; });
}

bool drop_extras(BootSearch& search, std::size_t i) {
  const auto bare = [](Op& op) {
    op.data.clear();
    op.null_out = false;
    op.body = HobBody::Pattern;
  };
  if (attempt_edit(search, i, bare)) return true;
  bool changed = attempt_edit(search, i, [](Op& op) { op.data.clear(); });
  changed = attempt_edit(search, i, [](Op& op) { op.null_out = false; }) || changed;
  changed = attempt_edit(search, i, [](Op& op) { op.body = HobBody::Pattern; }) || changed;
  return changed;
}

bool shrink_op(BootSearch& search, std::size_t i) {
  const auto there = [&] { return i < search.best().ops.size(); };
  bool changed = drop_extras(search, i);
  if (there()) changed = shrink_kind(search, i) || changed;
  if (there()) changed = shrink_place(search, i, &Op::place, Operand::PagePlace) || changed;
  if (there()) changed = shrink_place(search, i, &Op::place, Operand::BytePlace) || changed;
  if (there()) changed = shrink_place(search, i, &Op::source, Operand::SourcePlace) || changed;
  if (there()) changed = shrink_quantity(search, i) || changed;
  return changed;
}

}  // namespace

bool shrink_values(BootSearch& search) {
  bool changed = false;
  for (std::size_t i = 0; i < search.best().ops.size() && !search.spent(); ++i) {
    const oracle::Group group = group_at(search.best().ops, i);
    if (i < group.from + group.length) {
      changed = shrink_op(search, i) || changed;
    } else {
      i = group.end() - 1;
    }
  }
  return changed;
}

}  // namespace hobnail
