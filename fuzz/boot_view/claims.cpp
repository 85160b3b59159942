// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cutting a region at every border of a claim.
#include "fuzz/boot_view/claims.h"

#include <algorithm>

namespace hobnail {
namespace {

using pei::oracle::Region;

// Kinds of which memory can have one at a time.
bool excludes_others(PieceKind kind) {
  switch (kind) {
    case PieceKind::HobList:
    case PieceKind::Gap:
    case PieceKind::Pages:
    case PieceKind::Freed:
    case PieceKind::Stack:
    case PieceKind::Answered:
      return true;
    default:
      return false;
  }
}

// What a claim can be of this region; size 0 when it is elsewhere. Ends may wrap: a target can
// write anything into its list.
Region cut(const Region& region, const Region& claim) {
  const std::uint64_t from = std::max(region.base, claim.base);
  const std::uint64_t claimed_end = claim.end() < claim.base ? UINT64_MAX : claim.end();
  const std::uint64_t to = std::min(region.end(), claimed_end);
  return from < to ? Region{from, to - from} : Region{};
}

std::string name_of(const Piece& claim) {
  return claim.name.empty() ? std::string(kind_name(claim.kind)) : claim.name;
}

Piece piece_of(const Region& where, std::span<const Piece> claims) {
  Piece piece{where, PieceKind::Outside, {}, {}};
  const Piece* owner = nullptr;
  for (const Piece& claim : claims) {
    if (!claim.where.overlaps(where)) continue;
    const bool clash =
        owner != nullptr && excludes_others(owner->kind) && excludes_others(claim.kind);
    if (clash || piece.kind == PieceKind::Clash) {
      if (!excludes_others(claim.kind)) continue;
      if (piece.kind != PieceKind::Clash) piece.what = name_of(*owner);
      piece.kind = PieceKind::Clash;
      piece.what += " and " + name_of(claim);
      piece.name = piece.what;
      continue;
    }
    owner = &claim;
    piece = {where, claim.kind, claim.name, claim.what};
  }
  return piece;
}

}  // namespace

std::vector<Piece> lay(const Region& region, std::span<const Piece> claims) {
  std::vector<Piece> inside;
  std::vector<std::uint64_t> borders{region.base, region.end()};
  for (const Piece& claim : claims) {
    const Region where = cut(region, claim.where);
    if (where.size == 0) continue;
    inside.push_back({where, claim.kind, claim.name, claim.what});
    borders.push_back(where.base);
    borders.push_back(where.end());
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    Piece piece = piece_of({borders[i], borders[i + 1] - borders[i]}, inside);
    const bool same = !pieces.empty() && pieces.back().kind == piece.kind &&
                      pieces.back().name == piece.name && pieces.back().what == piece.what;
    // Two neighbours of one name are two: pages that were freed one after the other, say. Only
    // what has no border of its own there is one.
    const bool border = std::any_of(inside.begin(), inside.end(), [&](const Piece& claim) {
      return claim.kind == piece.kind && claim.name == piece.name &&
             (claim.where.base == borders[i] || claim.where.end() == borders[i]);
    });
    if (same && !border) {
      pieces.back().where.size += piece.where.size;
    } else {
      pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

}  // namespace hobnail
