// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Base types, status codes and memory types of UEFI 2.10 / PI 1.8, spelled as the specifications
// print them. Quotation only: no logic, no function.
#pragma once

#include <cstddef>
#include <cstdint>

// The calling convention of UEFI: Microsoft's on x86-64, the platform's C convention elsewhere.
#if defined(__x86_64__)
#define EFIAPI __attribute__((ms_abi))
#else
#define EFIAPI
#endif

namespace pei {

using UINT8 = std::uint8_t;
using UINT16 = std::uint16_t;
using UINT32 = std::uint32_t;
using UINT64 = std::uint64_t;
using UINTN = std::uintptr_t;  // the native width of the processor
using INTN = std::intptr_t;
using BOOLEAN = std::uint8_t;
using VOID = void;

using EFI_STATUS = UINTN;
using EFI_PHYSICAL_ADDRESS = UINT64;
using EFI_BOOT_MODE = UINT32;

struct EFI_GUID {
  UINT32 Data1;
  UINT16 Data2;
  UINT16 Data3;
  UINT8 Data4[8];
};
static_assert(sizeof(EFI_GUID) == 16 && alignof(EFI_GUID) == 4);

// UEFI 2.10 Appendix D. The error bit is the highest bit of the native word.
inline constexpr EFI_STATUS EFI_ERROR_BIT = ~(~EFI_STATUS{0} >> 1);
inline constexpr EFI_STATUS EFI_SUCCESS = 0;
inline constexpr EFI_STATUS EFI_INVALID_PARAMETER = EFI_ERROR_BIT | 2;
inline constexpr EFI_STATUS EFI_UNSUPPORTED = EFI_ERROR_BIT | 3;
inline constexpr EFI_STATUS EFI_BUFFER_TOO_SMALL = EFI_ERROR_BIT | 5;
inline constexpr EFI_STATUS EFI_OUT_OF_RESOURCES = EFI_ERROR_BIT | 9;
inline constexpr EFI_STATUS EFI_NOT_FOUND = EFI_ERROR_BIT | 14;
inline constexpr EFI_STATUS EFI_ALREADY_STARTED = EFI_ERROR_BIT | 20;
// A code of PI's own range: docs/pei-semantics.md 1.4.
inline constexpr EFI_STATUS EFI_NOT_AVAILABLE_YET = EFI_ERROR_BIT | (EFI_ERROR_BIT >> 2) | 2;

// UEFI 2.10 section 7.2, table "Memory Type Usage".
enum EFI_MEMORY_TYPE : UINT32 {
  EfiReservedMemoryType = 0,
  EfiLoaderCode = 1,
  EfiLoaderData = 2,
  EfiBootServicesCode = 3,
  EfiBootServicesData = 4,
  EfiRuntimeServicesCode = 5,
  EfiRuntimeServicesData = 6,
  EfiConventionalMemory = 7,
  EfiUnusableMemory = 8,
  EfiACPIReclaimMemory = 9,
  EfiACPIMemoryNVS = 10,
  EfiMemoryMappedIO = 11,
  EfiMemoryMappedIOPortSpace = 12,
  EfiPalCode = 13,
  EfiPersistentMemory = 14,
  EfiUnacceptedMemoryType = 15,
  EfiMaxMemoryType = 16,
};

inline constexpr UINTN EFI_PAGE_SIZE = 0x1000;
inline constexpr unsigned EFI_PAGE_SHIFT = 12;

// PI 1.8 Vol 1 section 6.3 "Boot Mode Services".
inline constexpr EFI_BOOT_MODE BOOT_WITH_FULL_CONFIGURATION = 0x00;
inline constexpr EFI_BOOT_MODE BOOT_ON_S3_RESUME = 0x11;
inline constexpr EFI_BOOT_MODE BOOT_IN_RECOVERY_MODE = 0x20;

}  // namespace pei
