// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing two steps.
#include "fuzz/boot_view/changes.h"

#include <algorithm>

#include "properties/oracle/pi.h"

namespace hobnail {
namespace {

// What only fills the space between others.
bool is_background(PieceKind kind) {
  return kind == PieceKind::Outside || kind == PieceKind::Unclaimed || kind == PieceKind::HobList ||
         kind == PieceKind::Gap;
}

bool same_place(const Piece& a, const Piece& b) {
  return a.where == b.where && a.kind == b.kind && a.name == b.name;
}

const Piece* gap_of(const Step& step) {
  const auto gap = std::find_if(step.pieces.begin(), step.pieces.end(),
                                [](const Piece& piece) { return piece.kind == PieceKind::Gap; });
  return gap == step.pieces.end() ? nullptr : &*gap;
}

// Both steps have the same regions in the same order.
std::vector<const Piece*> by_address(const Step& step) {
  std::vector<const Piece*> pieces;
  pieces.reserve(step.pieces.size());
  for (const Piece& piece : step.pieces) pieces.push_back(&piece);
  const auto lower = [](const Piece* a, const Piece* b) { return a->where.base < b->where.base; };
  if (!std::is_sorted(pieces.begin(), pieces.end(), lower)) {
    std::sort(pieces.begin(), pieces.end(), lower);
  }
  return pieces;
}

bool draws_alike(const HobLine& a, const HobLine& b) {
  return &a == &b || (a.type == b.type && a.length == b.length && a.says == b.says);
}

bool are_same_hobs(const HobLines& a, const HobLines& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one == other || *one == *other;
  });
}

}  // namespace

bool has_changed(const Step& step, const Step* before) {
  return before == nullptr || step.found || step.stage != before->stage ||
         step.pieces != before->pieces || !are_same_hobs(step.hobs, before->hobs);
}

std::vector<const Piece*> new_pieces(const Step& step, const Step* before) {
  std::vector<const Piece*> fresh;
  if (before == nullptr) return fresh;
  const std::vector<const Piece*> old = by_address(*before);
  for (const Piece& piece : step.pieces) {
    if (is_background(piece.kind)) continue;
    const auto at = std::partition_point(old.begin(), old.end(), [&](const Piece* one) {
      return one->where.base < piece.where.base;
    });
    if (at == old.end() || !same_place(**at, piece)) fresh.push_back(&piece);
  }
  const Piece* const gap = gap_of(step);
  const Piece* const old_gap = gap_of(*before);
  if (fresh.empty() && gap != nullptr && old_gap != nullptr &&
      gap->where.end() != old_gap->where.end()) {
    fresh.push_back(gap);
  }
  return fresh;
}

std::vector<bool> new_hobs(const Step& step, const Step* before) {
  std::vector<bool> fresh(step.hobs.size(), false);
  if (before == nullptr) return fresh;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const HobLine& hob = *step.hobs[i];
    if (hob.type == pei::EFI_HOB_TYPE_HANDOFF || hob.type == pei::EFI_HOB_TYPE_END_OF_HOB_LIST) {
      continue;
    }
    fresh[i] = i >= before->hobs.size() || !draws_alike(hob, *before->hobs[i]);
  }
  return fresh;
}

}  // namespace hobnail
