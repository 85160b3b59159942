// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims while PEI has the machine. Later ones cover earlier ones: from what SEC said to what the
// list and the allocation table say.
#include "fuzz/boot_view/pei_claims.h"

#include <fmt/format.h>

#include <string>

#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::BoardProfile;
using oracle::Boot;
using oracle::Hob;
using oracle::MemoryHob;
using oracle::Model;
using oracle::Phase;
using oracle::Region;
using oracle::Result;
using pei::EFI_HOB_HANDOFF_INFO_TABLE;

void claim_from_sec(const Boot& boot, Claims& claims) {
  const BoardProfile& profile = boot.board.profile();
  claims.push_back({profile.heap, PieceKind::Unclaimed, {}, "heap"});
  for (const Region& hole : boot.board.sec_data()) {
    claims.push_back({hole, PieceKind::SecData, "SEC", "SEC's data"});
  }
  if (!boot.model.migrated) {
    claims.push_back({profile.stack, PieceKind::Stack, "stack", "SEC's stack"});
  }
}

void claim_installed(const Boot& boot, Claims& claims) {
  const Model& model = boot.model;
  if (model.installed.size == 0 || model.installed == boot.board.profile().heap) return;
  claims.push_back({model.installed, PieceKind::Unclaimed,
                    model.phase == Phase::Window ? "installed" : "",
                    "installed by InstallPeiMemory"});
  if (boot.snapshot.bins.size != 0) {
    claims.push_back({boot.snapshot.bins, PieceKind::Bin, "bin", "set apart for memory types"});
  }
}

// Memory that HOBs describe and the allocation table does not.
void claim_by_hob(const Boot& boot, const ListNow& list, const MemoryHob& memory,
                  const LiveIndex& live, Claims& claims) {
  const Hob& hob = list.view.hobs[memory.index];
  const Region where{memory.base, memory.length};
  const std::string type = oracle::efi_memory_type(memory.type);
  if (boot.model.made_by_peim(hob.offset)) {
    claims.push_back({where, PieceKind::Claimed, "HOB", "by a PEIM's HOB, " + type});
  } else if (oracle::same_guid(memory.name, pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID)) {
    if (boot.model.migrated) claims.push_back({where, PieceKind::Stack, "stack", type});
  } else if (memory.type == pei::EfiConventionalMemory) {
    claims.push_back({where, PieceKind::Freed, "freed", {}});
  } else if (live.pages(where) == nullptr) {
    claims.push_back({where, PieceKind::Claimed, "core", "by the core's HOB, " + type});
  }
}

void claim_by_list(const Boot& boot, const ListNow& list, const LiveIndex& live, Claims& claims) {
  if (list.view.hobs.empty()) return;
  for (const MemoryHob& memory : list.view.memory_hobs())
    claim_by_hob(boot, list, memory, live, claims);
  const Hob& last = list.view.hobs.back();
  claims.push_back({{list.base, std::uint64_t{last.offset} + last.length},
                    PieceKind::HobList,
                    "HOBs",
                    fmt::format("{} HOBs", list.view.hobs.size())});
  if (list.view.hobs.front().length < sizeof(EFI_HOB_HANDOFF_INFO_TABLE)) return;
  const EFI_HOB_HANDOFF_INFO_TABLE phit = list.view.phit();
  if (phit.EfiFreeMemoryTop <= phit.EfiFreeMemoryBottom) return;
  claims.push_back({{phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom},
                    PieceKind::Gap,
                    "gap",
                    "EfiFreeMemoryBottom to EfiFreeMemoryTop"});
}

}  // namespace

Claims pei_claims(const Boot& boot, const ListNow& list, const LiveIndex& live) {
  Claims claims;
  claim_from_sec(boot, claims);
  claim_installed(boot, claims);
  claim_by_list(boot, list, live, claims);
  for (const Allocation& block : boot.model.live) {
    if (block.kind != Result::Pages) continue;
    claims.push_back({block.where, PieceKind::Pages, "p" + std::to_string(block.handle),
                      oracle::efi_memory_type(block.type)});
  }
  // Last: what was in it has no owner any more.
  if (boot.board.temporary_ram_is_dead()) {
    const BoardProfile& profile = boot.board.profile();
    claims.push_back({profile.temporary_ram, PieceKind::Gone, "gone", "temporary RAM, gone"});
    if (profile.stack_is_outside()) {
      claims.push_back({profile.stack, PieceKind::Gone, "gone", "SEC's stack, gone"});
    }
  }
  return claims;
}

}  // namespace hobnail
