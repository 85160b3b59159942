// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims after the hand-off: the oracle's memory map, and what becomes of it when boot services
// end.
#include "fuzz/boot_view/dxe_claims.h"

#include <string>

#include "fuzz/boot_view/live_index.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::Boot;
using oracle::MapRange;
using oracle::MemoryClaim;
using oracle::Region;
using oracle::Stage;

std::string holder(const Boot& boot, const Region& where, const LiveIndex& live,
                   const std::vector<Piece>& before) {
  if (const Allocation* const block = live.pages(where)) return "p" + std::to_string(block->handle);
  for (const MemoryClaim& claim : boot.dxe.claims) {
    if (claim.stack && claim.where.overlaps(where)) return "stack";
  }
  for (const Piece& piece : before) {
    if (piece.where.overlaps(where) && piece.kind != PieceKind::Free) return piece.name;
  }
  return {};
}

PieceKind kind_of(const Boot& boot, std::uint32_t type) {
  if (boot.model.stage == Stage::Os) {
    if (oracle::is_reusable(type)) return PieceKind::ToOs;
    if (oracle::is_reclaimable(type)) return PieceKind::ToOsLater;
  }
  return type == pei::EfiConventionalMemory ? PieceKind::Free : PieceKind::Pages;
}

}  // namespace

Claims dxe_claims(const Boot& boot, const std::vector<Piece>& before) {
  Claims claims;
  const LiveIndex live(boot.model.live);
  for (const MapRange& range : boot.map.ranges()) {
    const PieceKind kind = kind_of(boot, range.type);
    std::string name = "free";
    if (range.type != pei::EfiConventionalMemory) name = holder(boot, range.where, live, before);
    claims.push_back({range.where,
                      name == "stack" && kind == PieceKind::Pages ? PieceKind::Stack : kind, name,
                      oracle::efi_memory_type(range.type)});
  }
  if (boot.board.temporary_ram_is_dead()) {
    const auto& profile = boot.board.profile();
    claims.push_back({profile.temporary_ram, PieceKind::Gone, "gone", "temporary RAM, gone"});
    if (profile.stack_is_outside()) {
      claims.push_back({profile.stack, PieceKind::Gone, "gone", "SEC's stack, gone"});
    }
  }
  return claims;
}

}  // namespace hobnail
