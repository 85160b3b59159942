// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Sec: the firmware before the PEI core on the bare machine: the hand-off and the PPIs that a
// record asks for. It moves temporary RAM when the core calls for it.
//
// Invariant: one Sec at a time is the current one, since a PPI's functions have no argument that
// would name it.
#pragma once

#include "core/pi/pei_services.h"
#include "core/pi/ppi.h"
#include "properties/bare_machine/call_record.h"

namespace hobnail::bare {

struct Piece {
  UINT64 base = 0;
  UINT64 bytes = 0;
};

class Sec {
 public:
  // Resets everything; this Sec becomes the current one.
  void reset();

  void add_piece(const Record& record);
  void set_hobs(const Record& record);
  // After the pieces and the HOBs.
  void set_hand_off(const Record& record);

  [[nodiscard]] const pei::EFI_SEC_PEI_HAND_OFF& hand_off() const { return hand_off_; }
  // nullptr: SEC offers nothing.
  [[nodiscard]] const pei::EFI_PEI_PPI_DESCRIPTOR* ppi_list() const;
  // True when the platform took temporary RAM away as it moved it.
  [[nodiscard]] bool ram_has_ended() const { return ram_has_ended_; }

 private:
  static constexpr UINTN kMostHobWords = 64;

  static pei::EFI_STATUS EFIAPI move(const pei::EFI_PEI_SERVICES** services,
                                     pei::EFI_PHYSICAL_ADDRESS from, pei::EFI_PHYSICAL_ADDRESS to,
                                     UINTN bytes);
  static pei::EFI_STATUS EFIAPI get_hobs(const pei::EFI_SEC_HOB_DATA_PPI* self,
                                         pei::EFI_HOB_GENERIC_HEADER** list);
  void offer(const pei::EFI_GUID& name, pei::VOID* interface);

  pei::EFI_SEC_PEI_HAND_OFF hand_off_ = {};
  pei::EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI mover_ = {};
  pei::EFI_SEC_HOB_DATA_PPI hob_data_ = {};
  pei::EFI_GUID names_[3] = {};
  pei::EFI_PEI_PPI_DESCRIPTOR list_[3] = {};
  UINTN offered_ = 0;
  Piece pieces_[kMostPieces] = {};
  UINTN piece_count_ = 0;
  UINT64 hobs_[kMostHobWords] = {};
  UINT64 ppis_ = 0;
  bool ram_has_ended_ = false;
};

}  // namespace hobnail::bare
