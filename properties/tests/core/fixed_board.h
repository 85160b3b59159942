// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FixedBoard: the memory of the golden vectors at the addresses that they name, and a boot of the
// built-in target in it. For tests of the core that look at single bytes; the property suites play
// on oracle/board instead.
//
//   0x10000000 | temporary RAM 64 KiB |      0x20000000 | permanent memory 17 MiB |
//
// Invariant: all memory is filled with garbage before each boot; nothing may rely on zeroes.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/pi/hob.h"
#include "core/pi/pei_services.h"
#include "properties/abi/hobnail_target.h"

namespace pei::test {

inline constexpr UINT64 kTemporaryRam = 0x10000000;
inline constexpr UINT64 kTemporaryRamBytes = 0x10000;
inline constexpr UINT64 kPermanent = 0x20000000;
inline constexpr UINT64 kPermanentBytes = 0x1100000;

struct Layout {
  UINT64 heap = kTemporaryRam;
  UINT64 heap_bytes = 0x8000;
  UINT64 stack = kTemporaryRam + 0x8000;
  UINT64 stack_bytes = 0x8000;
  UINT64 temporary_ram = kTemporaryRam;
  UINT64 temporary_ram_bytes = kTemporaryRamBytes;
  UINT64 runtime_granularity = EFI_PAGE_SIZE;    // any but 4 KiB enters the core directly
  bool bins = false;                             // too
  const EFI_PEI_PPI_DESCRIPTOR* ppis = nullptr;  // SEC's, see fixed_platform.h
};

// What a service answered: its status, and its out-parameter (all ones when it was not touched).
struct Answer {
  EFI_STATUS status;
  UINT64 out;
  friend bool operator==(const Answer&, const Answer&) = default;
};
inline constexpr UINT64 kUntouched = ~UINT64{0};

constexpr Answer ok(UINT64 out) { return {EFI_SUCCESS, out}; }
inline constexpr Answer kOutOfResources = {EFI_OUT_OF_RESOURCES, kUntouched};
inline constexpr Answer kInvalid = {EFI_INVALID_PARAMETER, kUntouched};
inline constexpr Answer kOutOfResourcesNull = {EFI_OUT_OF_RESOURCES, 0};  // CreateHob, AllocatePool
inline constexpr Answer kInvalidNull = {EFI_INVALID_PARAMETER, 0};

template <typename T>
T* at(UINT64 address) {
  return reinterpret_cast<T*>(static_cast<std::uintptr_t>(address));
}

class FixedBoard {
 public:
  // False where the addresses cannot be had: another architecture, or other code is there (IA32's
  // AddressSanitizer does).
  [[nodiscard]] static bool is_available();

  explicit FixedBoard(const Layout& layout = {});
  ~FixedBoard();
  FixedBoard(const FixedBoard&) = delete;
  FixedBoard& operator=(const FixedBoard&) = delete;

  [[nodiscard]] bool entered() const { return services_ != nullptr; }
  [[nodiscard]] const EFI_PEI_SERVICES** services() const { return services_; }
  [[nodiscard]] const EFI_PEI_SERVICES& table() const { return **services_; }

  Answer create_hob(UINT16 type, UINT16 length);
  Answer allocate_pool(UINTN size);
  Answer allocate_pages(UINT32 type, UINTN pages);
  EFI_STATUS free_pages(UINT64 base, UINTN pages);
  EFI_STATUS install(UINT64 base, UINT64 length);
  // Creates HOBs until exactly `left_bytes`, a multiple of 8, remain of the gap.
  void fill_gap(UINT64 left_bytes);
  // Also makes temporary RAM garbage when it has migrated.
  bool return_to_dispatcher();

  [[nodiscard]] const EFI_HOB_HANDOFF_INFO_TABLE& phit() const;
  [[nodiscard]] UINT64 gap() const;
  // Memory allocation HOBs and unused ones in list order, "10007000+1000:4 unused
  // stack:20000000+..."
  [[nodiscard]] std::string records() const;
  // The HOB list with END, and the core's record with what else lies at the top of the stack.
  [[nodiscard]] std::vector<std::uint8_t> state() const;
  // Every byte of temporary RAM and the interesting parts of permanent memory.
  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;

 private:
  EFI_SEC_PEI_HAND_OFF hand_off_ = {};
  bool through_target_ = true;
  const EFI_PEI_SERVICES** services_ = nullptr;
};

}  // namespace pei::test
