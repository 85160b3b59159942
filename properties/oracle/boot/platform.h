// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Platform: the firmware around the PEI core in one boot: the PPIs that SEC hands over. It moves
// temporary RAM when the core asks for that, and has built HOBs before there was a core.
//
//   temporary RAM, in any order          permanent memory
//   [hole][heap][hole][stack][hole] ---> [ .. new stack: [stack]][heap][hole][hole][hole]
//                                        PermanentMemoryBase ----'^ top of the new stack
//   or, plainly, [stack][hole][heap][hole] in the order in which they were
//
// Invariant: it writes into the memory that PEI installed or nowhere. What is wrong with a call is
// kept as a complaint, because the core that made the call is still running.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "properties/oracle/board/board.h"
#include "properties/oracle/model/model.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {

class Platform {
 public:
  // Its PPIs act for the platform of the current boot: their arguments do not say whose they are.
  // `contract`: no HOB of SEC's claims memory of PEI. `unknown`: where SEC has
  // PPIs, the first is one that no core knows.
  Platform(Board& board, const Model& model, const RuleSet& rules, bool contract, bool unknown);
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  // For the entry; nullptr when SEC has nothing to say. Valid as long as this.
  [[nodiscard]] const EFI_PEI_PPI_DESCRIPTOR* ppi_list() const;

  // SEC's HOBs without the END HOB; empty when it has none.
  [[nodiscard]] std::span<const std::uint8_t> hobs() const;
  // True when no code has written into them.
  [[nodiscard]] bool hobs_intact() const;

  // MIGRATION-PLATFORM: what the core did wrong in calling.
  [[nodiscard]] const Verdict& complaint() const { return complaint_; }
  [[nodiscard]] Verdict take_complaint() { return std::move(complaint_); }
  // Where the image of temporary RAM begins; 0 when the target did not ask for it.
  [[nodiscard]] std::uint64_t image() const { return image_; }

 private:
  static EFI_STATUS EFIAPI migrate(const EFI_PEI_SERVICES** services, EFI_PHYSICAL_ADDRESS from,
                                   EFI_PHYSICAL_ADDRESS to, UINTN bytes);
  static EFI_STATUS EFIAPI get_hobs(const EFI_SEC_HOB_DATA_PPI* self,
                                    EFI_HOB_GENERIC_HEADER** list);
  [[nodiscard]] Verdict wrong_call(std::string_view what) const;
  [[nodiscard]] Verdict check_call(std::uint64_t from, std::uint64_t to, std::uint64_t bytes) const;
  void move(std::uint64_t to);
  void offer(const EFI_GUID& name, VOID* interface);

  Board& board_;
  const Model& model_;
  const RuleSet& rules_;
  bool contract_;
  EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI mover_{&Platform::migrate};
  EFI_SEC_HOB_DATA_PPI hob_data_{&Platform::get_hobs};
  std::uint64_t unknown_ = 0;
  std::array<EFI_GUID, 3> names_{};
  std::array<EFI_PEI_PPI_DESCRIPTOR, 3> list_{};
  std::size_t offered_ = 0;
  std::vector<std::uint64_t> hobs_;  // END too; words, so that the HOBs are aligned
  Verdict complaint_;
  std::uint64_t image_ = 0;
};

}  // namespace hobnail::oracle
