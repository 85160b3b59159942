// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The calls again, directly through the table that the target gives out.
#include "fuzz/bench/bare_boot.h"

#include <cstdlib>

#include "properties/oracle/board/board.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using Table = const EFI_PEI_SERVICES**;

// What is made again has not stopped before.
void stop(const char* /*file*/, int /*line*/, const char* /*what*/) { std::abort(); }

VOID* pointer(std::uint64_t address) { return Board::pointer(address); }

void call_with_out(const ServiceCall& call, Table pei) {
  VOID* out = nullptr;
  EFI_PHYSICAL_ADDRESS memory = 0;
  EFI_BOOT_MODE mode = 0;
  switch (call.service) {
    case Service::AllocatePages:
      (*pei)->AllocatePages(pei, static_cast<EFI_MEMORY_TYPE>(call.a), static_cast<UINTN>(call.b),
                            call.null_out ? nullptr : &memory);
      break;
    case Service::AllocatePool:
      (*pei)->AllocatePool(pei, static_cast<UINTN>(call.a), call.null_out ? nullptr : &out);
      break;
    case Service::CreateHob:
      (*pei)->CreateHob(pei, static_cast<UINT16>(call.a), static_cast<UINT16>(call.b),
                        call.null_out ? nullptr : &out);
      break;
    case Service::GetHobList:
      (*pei)->GetHobList(pei, call.null_out ? nullptr : &out);
      break;
    case Service::GetBootMode:
      (*pei)->GetBootMode(pei, call.null_out ? nullptr : &mode);
      break;
    default:
      break;
  }
}

void call_without_out(const ServiceCall& call, Table pei) {
  switch (call.service) {
    case Service::FreePages:
      (*pei)->FreePages(pei, call.a, static_cast<UINTN>(call.b));
      break;
    case Service::SetBootMode:
      (*pei)->SetBootMode(pei, static_cast<EFI_BOOT_MODE>(call.a));
      break;
    case Service::CopyMem:
      (*pei)->CopyMem(pointer(call.a), pointer(call.b), static_cast<UINTN>(call.c));
      break;
    case Service::SetMem:
      (*pei)->SetMem(pointer(call.a), static_cast<UINTN>(call.b), static_cast<UINT8>(call.c));
      break;
    default:
      break;
  }
}

void install(Board& board, const ServiceCall& call, Table pei, bool& installed) {
  const Region offer{call.a, call.b};
  const bool memory = !installed && board.region_of(offer.base).contains(offer.base, offer.size);
  if (memory) board.open_only(offer);
  const EFI_STATUS status = (*pei)->InstallPeiMemory(pei, call.a, call.b);
  if (memory && status != EFI_SUCCESS) board.open_only({});
  installed = installed || status == EFI_SUCCESS;
}

}  // namespace

std::optional<BareBoot> bare_boot(const Program& program, const hobnail_target& target) {
  const Board& board = Board::of(program.board);
  const BoardProfile& profile = board.profile();
  if (profile.has(kPlatformMoves) || profile.has(kSecHobs) || profile.has(kInMemory)) return {};
  BareBoot boot{program, {}, {}};
  RunOptions options;
  options.records = true;
  const Outcome outcome = run_in_lockstep(program, target, options);
  if (outcome.finding || !outcome.skipped.empty()) return {};
  for (const OpRecord& record : outcome.records) {
    if (record.called && record.ending != Ending::Stopped) boot.calls.push_back(*record.call);
  }
  if (boot.calls.empty()) return {};  // it was not entered, and may have stopped
  if (board.opens_more()) return {};  // bins apart from what was installed
  boot.written = board.written_parts();
  return boot;
}

void play_bare(const BareBoot& boot, const hobnail_target& target) {
  static const hobnail_host kHost{HOBNAIL_TARGET_ABI, sizeof(hobnail_host), stop};
  Board& board = Board::of(boot.program.board);
  board.reset(boot.program.garbage);
  for (const Region& part : boot.written) board.note_bytes(part);
  board.open_only({});
  bool installed = false;
  auto* pei = static_cast<Table>(target.enter(&kHost, &board.hand_off(), nullptr));
  if (pei == nullptr) return;
  for (const ServiceCall& call : boot.calls) {
    call_with_out(call, pei);
    call_without_out(call, pei);
    if (call.service == Service::InstallPeiMemory) install(board, call, pei, installed);
    if (call.service != Service::ReturnToDispatcher) continue;
    pei = static_cast<Table>(target.return_to_dispatcher());
    if (pei == nullptr) break;
    if (installed) board.kill_temporary_ram();
  }
  if (target.leave != nullptr) target.leave();
}

}  // namespace hobnail::oracle
