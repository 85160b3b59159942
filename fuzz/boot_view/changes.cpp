// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing two steps.
#include "fuzz/boot_view/changes.h"

#include <algorithm>

#include "core/pi/hob.h"

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

}  // namespace

bool has_changed(const Step& step, const Step* before) {
  return before == nullptr || step.found || step.stage != before->stage ||
         step.pieces != before->pieces || step.hobs != before->hobs;
}

std::vector<const Piece*> new_pieces(const Step& step, const Step* before) {
  std::vector<const Piece*> fresh;
  if (before == nullptr) return fresh;
  for (const Piece& piece : step.pieces) {
    if (is_background(piece.kind)) continue;
    const bool known = std::any_of(before->pieces.begin(), before->pieces.end(),
                                   [&](const Piece& old) { return same_place(old, piece); });
    if (!known) fresh.push_back(&piece);
  }
  const Piece* const gap = gap_of(step);
  const Piece* const old = gap_of(*before);
  if (fresh.empty() && gap != nullptr && old != nullptr && gap->where.end() != old->where.end()) {
    fresh.push_back(gap);
  }
  return fresh;
}

std::vector<bool> new_hobs(const Step& step, const Step* before) {
  std::vector<bool> fresh(step.hobs.size(), false);
  if (before == nullptr) return fresh;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const HobLine& hob = step.hobs[i];
    if (hob.type == pei::EFI_HOB_TYPE_HANDOFF || hob.type == pei::EFI_HOB_TYPE_END_OF_HOB_LIST) {
      continue;
    }
    fresh[i] = i >= before->hobs.size() || before->hobs[i].type != hob.type ||
               before->hobs[i].length != hob.length || before->hobs[i].says != hob.says;
  }
  return fresh;
}

}  // namespace hobnail
