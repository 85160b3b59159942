// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FixedPlatform: SEC's side of a boot on the FixedBoard: its PPI list, its HOBs, and a
// TemporaryRamSupport PPI that copies rightly, wrongly, or not at all.
//
// Invariant: one at a time, because the interfaces of PPIs get no context. What a boot was given
// stays valid as long as the platform lives.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/pi/ppi.h"
#include "properties/tests/core/fixed_board.h"

namespace pei::test {

enum class Copying {
  kPlain,    // all of temporary RAM, as it lies
  kSwapped,  // the upper half first, as OVMF does: for a stack above the heap
  kNothing,  // says that it has, and has not
  kFails,    // says so, and has copied as in kPlain
};

class FixedPlatform {
 public:
  FixedPlatform();
  ~FixedPlatform();
  FixedPlatform(const FixedPlatform&) = delete;
  FixedPlatform& operator=(const FixedPlatform&) = delete;

  FixedPlatform& copies(Copying how);
  // Temporary RAM is gone, all ones, as soon as it was copied.
  FixedPlatform& tears_down();
  // Called with the address that was copied to, before the PPI returns.
  FixedPlatform& and_then(std::function<void(UINT64)> more);
  FixedPlatform& in_permanent_memory();
  // GetHobs answers `status` and this list.
  FixedPlatform& has_hobs(const void* list, EFI_STATUS status = EFI_SUCCESS);
  // Any descriptor, at the end of the list.
  FixedPlatform& has_ppi(const EFI_GUID* guid, void* interface);
  // The list is the end tag alone: the first call for a platform.
  FixedPlatform& has_no_ppi();

  // SEC's list; its last descriptor says so.
  [[nodiscard]] const EFI_PEI_PPI_DESCRIPTOR* list();
  // How the copying was asked for, "(10000000, 20018000, 10000)" each; empty: never.
  [[nodiscard]] const std::string& calls() const { return calls_; }

 private:
  static EFI_STATUS EFIAPI migrate(const EFI_PEI_SERVICES** services,
                                   EFI_PHYSICAL_ADDRESS temporary, EFI_PHYSICAL_ADDRESS permanent,
                                   UINTN size_bytes);
  static EFI_STATUS EFIAPI get_hobs(const EFI_SEC_HOB_DATA_PPI* ppi, EFI_HOB_GENERIC_HEADER** list);

  std::vector<EFI_PEI_PPI_DESCRIPTOR> descriptors_;
  EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI support_{migrate};
  EFI_SEC_HOB_DATA_PPI hob_data_{get_hobs};
  Copying how_ = Copying::kNothing;
  bool tears_down_ = false;
  std::function<void(UINT64)> more_;
  const void* hobs_ = nullptr;
  EFI_STATUS hobs_status_ = EFI_SUCCESS;
  std::string calls_;
};

}  // namespace pei::test
