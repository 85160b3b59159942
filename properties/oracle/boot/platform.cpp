// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The platform's side of the PPIs.
#include "properties/oracle/boot/platform.h"

#include <fmt/format.h>

#include <cstring>

#include "properties/oracle/board/msan.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/boot/sec_hobs.h"

namespace hobnail::oracle {
namespace {

// Of no PPI of PI or EDK II.
constexpr EFI_GUID kUnknown{
    0x5a1cb0e1, 0x94d7, 0x4c02, {0xb3, 0x1e, 0x6f, 0x0d, 0x27, 0x88, 0x41, 0xc6}};

}  // namespace

Platform::Platform(Board& board, const Model& model, const RuleSet& rules, bool contract,
                   bool unknown)
    : board_(board), model_(model), rules_(rules), contract_(contract) {
  const BoardProfile& profile = board.profile();
  const bool any = profile.has(kPlatformMoves) || profile.has(kInMemory) || profile.has(kSecHobs);
  if (any && unknown) offer(kUnknown, &unknown_);
  if (profile.has(kPlatformMoves)) offer(EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &mover_);
  if (profile.has(kInMemory)) offer(EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI_GUID, nullptr);
  if (profile.has(kSecHobs)) {
    hobs_ = sec_hobs(profile, contract);
    offer(EFI_SEC_HOB_DATA_PPI_GUID, &hob_data_);
  }
}

// The last of the list is marked as such.
void Platform::offer(const EFI_GUID& name, VOID* interface) {
  names_[offered_] = name;
  list_[offered_] = {EFI_PEI_PPI_DESCRIPTOR_PPI | EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST,
                     &names_[offered_], interface};
  if (offered_ != 0) list_[offered_ - 1].Flags = EFI_PEI_PPI_DESCRIPTOR_PPI;
  ++offered_;
}

const EFI_PEI_PPI_DESCRIPTOR* Platform::ppi_list() const {
  return offered_ == 0 ? nullptr : list_.data();
}

std::span<const std::uint8_t> Platform::hobs() const {
  if (hobs_.empty()) return {};
  return {reinterpret_cast<const std::uint8_t*>(hobs_.data()), (hobs_.size() - 1) * 8};
}

bool Platform::hobs_intact() const {
  return hobs_.empty() || hobs_ == sec_hobs(board_.profile(), contract_);
}

EFI_STATUS EFIAPI Platform::get_hobs(const EFI_SEC_HOB_DATA_PPI* self,
                                     EFI_HOB_GENERIC_HEADER** list) {
  Boot* const boot = current_boot();
  if (boot == nullptr || self != &boot->platform.hob_data_ || list == nullptr) {
    return EFI_INVALID_PARAMETER;
  }
  *list = reinterpret_cast<EFI_HOB_GENERIC_HEADER*>(boot->platform.hobs_.data());
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI Platform::migrate(const EFI_PEI_SERVICES** /*services*/,
                                    EFI_PHYSICAL_ADDRESS from, EFI_PHYSICAL_ADDRESS to,
                                    UINTN bytes) {
  Boot* const boot = current_boot();
  if (boot == nullptr) return EFI_NOT_FOUND;
  Platform& self = boot->platform;
  Verdict verdict = self.check_call(from, to, bytes);
  if (verdict.passed()) {
    self.move(to);
    return EFI_SUCCESS;
  }
  self.complaint_.keep_first(std::move(verdict));
  return EFI_INVALID_PARAMETER;
}

Verdict Platform::wrong_call(std::string_view what) const {
  return report(rules_, RuleId::MigrationPlatform, fmt::format("TemporaryRamMigration: {}", what));
}

// Whether `to` is the top of the new stack less the old stack's size, the HOB of the new one tells
// afterwards.
Verdict Platform::check_call(std::uint64_t from, std::uint64_t to, std::uint64_t bytes) const {
  const Region& temporary_ram = board_.profile().temporary_ram;
  if (model_.phase != Phase::Window) return wrong_call("called outside of the migration");
  if (image_ != 0) return wrong_call("called a second time");
  if (from != temporary_ram.base || bytes != temporary_ram.size) {
    return wrong_call(fmt::format("the source is [{:#x}, {:#x}); expected temporary RAM {}", from,
                                  from + bytes, temporary_ram));
  }
  if (!model_.installed.contains(to, bytes)) {
    return wrong_call(fmt::format("the destination is [{:#x}, {:#x}); the installed memory is {}",
                                  to, to + bytes, model_.installed));
  }
  return std::nullopt;
}

void Platform::move(std::uint64_t to) {
  const BoardProfile& profile = board_.profile();
  image_ = to;
  board_.note_dirty({to, profile.temporary_ram.size});
  const auto put = [&](const Region& piece) {
    std::memcpy(board_.at(to), board_.at(piece.base), static_cast<std::size_t>(piece.size));
    mark_initialized(Board::pointer(to), static_cast<std::size_t>(piece.size));
    to += piece.size;
  };
  if (profile.has(kPlainCopy)) {
    put(profile.temporary_ram);
  } else {
    put(profile.stack);
    put(profile.heap);
    for (const Region& hole : board_.sec_data()) put(hole);
  }
  if (profile.has(kRamEndsWithMove)) board_.kill_temporary_ram();
}

}  // namespace hobnail::oracle
