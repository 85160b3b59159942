// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/bare_machine/sec.h"

#include "core/address.h"
#include "core/panic.h"
#include "properties/bare_machine/machine.h"

namespace hobnail::bare {
namespace {

using pei::at_address;
using pei::EFI_INVALID_PARAMETER;
using pei::EFI_STATUS;
using pei::EFI_SUCCESS;
using pei::VOID;

Sec* current;

}  // namespace

void Sec::reset() {
  current = this;
  offered_ = 0;
  piece_count_ = 0;
  ppis_ = 0;
  ram_has_ended_ = false;
}

void Sec::add_piece(const Record& record) {
  PEI_ASSERT(piece_count_ < kMostPieces);
  pieces_[piece_count_] = {record.payload[0], record.payload[1]};
  ++piece_count_;
}

void Sec::set_hobs(const Record& record) {
  PEI_ASSERT(record.words <= kMostHobWords);
  for (UINT64 i = 0; i < record.words; ++i) hobs_[i] = record.payload[i];
}

void Sec::set_hand_off(const Record& record) {
  hand_off_ = {};
  hand_off_.DataSize = sizeof hand_off_;
  hand_off_.TemporaryRamBase = at_address<VOID>(record.payload[0]);
  hand_off_.TemporaryRamSize = static_cast<UINTN>(record.payload[1]);
  hand_off_.PeiTemporaryRamBase = at_address<VOID>(record.payload[2]);
  hand_off_.PeiTemporaryRamSize = static_cast<UINTN>(record.payload[3]);
  hand_off_.StackBase = at_address<VOID>(record.payload[4]);
  hand_off_.StackSize = static_cast<UINTN>(record.payload[5]);
  ppis_ = record.payload[6];
  mover_.TemporaryRamMigration = move;
  hob_data_.GetHobs = get_hobs;
  if ((ppis_ & kMovesRam) != 0) offer(pei::EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &mover_);
  if ((ppis_ & kInMemory) != 0) offer(pei::EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI_GUID, nullptr);
  if ((ppis_ & kHasHobs) != 0) offer(pei::EFI_SEC_HOB_DATA_PPI_GUID, &hob_data_);
}

// The last of the list is marked as such.
void Sec::offer(const pei::EFI_GUID& name, VOID* interface) {
  names_[offered_] = name;
  list_[offered_].Flags =
      pei::EFI_PEI_PPI_DESCRIPTOR_PPI | pei::EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST;
  list_[offered_].Guid = &names_[offered_];
  list_[offered_].Ppi = interface;
  if (offered_ != 0) list_[offered_ - 1].Flags = pei::EFI_PEI_PPI_DESCRIPTOR_PPI;
  ++offered_;
}

const pei::EFI_PEI_PPI_DESCRIPTOR* Sec::ppi_list() const { return offered_ == 0 ? nullptr : list_; }

EFI_STATUS EFIAPI Sec::get_hobs(const pei::EFI_SEC_HOB_DATA_PPI* self,
                                pei::EFI_HOB_GENERIC_HEADER** list) {
  if (self != &current->hob_data_ || list == nullptr) return EFI_INVALID_PARAMETER;
  *list = reinterpret_cast<pei::EFI_HOB_GENERIC_HEADER*>(current->hobs_);
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI Sec::move(const pei::EFI_PEI_SERVICES** /*services*/,
                            pei::EFI_PHYSICAL_ADDRESS from, pei::EFI_PHYSICAL_ADDRESS to,
                            UINTN bytes) {
  const pei::EFI_SEC_PEI_HAND_OFF& hand_off = current->hand_off_;
  if (from != pei::address_of(hand_off.TemporaryRamBase) || bytes != hand_off.TemporaryRamSize) {
    return EFI_INVALID_PARAMETER;
  }
  for (UINTN i = 0; i < current->piece_count_; ++i) {
    const Piece& piece = current->pieces_[i];
    __builtin_memcpy(at_address<VOID>(to), at_address<VOID>(piece.base),
                     static_cast<UINTN>(piece.bytes));
    to += piece.bytes;
  }
  current->ram_has_ended_ = (current->ppis_ & kRamEnds) != 0;
  if (current->ram_has_ended_) close_arena(from, bytes);
  return EFI_SUCCESS;
}

}  // namespace hobnail::bare
