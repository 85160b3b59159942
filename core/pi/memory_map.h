// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The memory map as the operating system gets it, UEFI 2.10 section 7.2
// "EFI_BOOT_SERVICES.GetMemoryMap()". Quotation only: no logic.
//
//   Type u32 @0 | PhysicalStart u64 @8 | VirtualStart u64 @16 | NumberOfPages u64 @24
//   | Attribute u64 @32 | 40 bytes; firmware hands them out at a stride that may be larger
#pragma once

#include "core/pi/types.h"

namespace pei {

using EFI_VIRTUAL_ADDRESS = UINT64;

inline constexpr UINT32 EFI_MEMORY_DESCRIPTOR_VERSION = 1;

// How the memory can be cached.
inline constexpr UINT64 EFI_MEMORY_UC = 0x1;
inline constexpr UINT64 EFI_MEMORY_WC = 0x2;
inline constexpr UINT64 EFI_MEMORY_WT = 0x4;
inline constexpr UINT64 EFI_MEMORY_WB = 0x8;
inline constexpr UINT64 EFI_MEMORY_UCE = 0x10;
// What it is good for.
inline constexpr UINT64 EFI_MEMORY_NV = 0x8000;
inline constexpr UINT64 EFI_MEMORY_MORE_RELIABLE = 0x10000;
inline constexpr UINT64 EFI_MEMORY_SP = 0x40000;
// The operating system must map it when it calls runtime services.
inline constexpr UINT64 EFI_MEMORY_RUNTIME = 0x8000000000000000;

// Memory types from here up belong to OEMs, from 0x80000000 up to operating system loaders.
inline constexpr UINT32 MEMORY_TYPE_OEM_RESERVED_MIN = 0x70000000;

// A 64-bit field of a descriptor: 8-aligned on every architecture.
using MAP_UINT64 __attribute__((aligned(8))) = UINT64;

struct EFI_MEMORY_DESCRIPTOR {
  UINT32 Type;  // EFI_MEMORY_TYPE
  MAP_UINT64 PhysicalStart;
  MAP_UINT64 VirtualStart;
  MAP_UINT64 NumberOfPages;  // of 4 KiB
  MAP_UINT64 Attribute;      // EFI_MEMORY_*
};
static_assert(sizeof(EFI_MEMORY_DESCRIPTOR) == 40 && alignof(EFI_MEMORY_DESCRIPTOR) == 8);
static_assert(offsetof(EFI_MEMORY_DESCRIPTOR, PhysicalStart) == 8);
static_assert(offsetof(EFI_MEMORY_DESCRIPTOR, VirtualStart) == 16);
static_assert(offsetof(EFI_MEMORY_DESCRIPTOR, NumberOfPages) == 24);
static_assert(offsetof(EFI_MEMORY_DESCRIPTOR, Attribute) == 32);

}  // namespace pei
