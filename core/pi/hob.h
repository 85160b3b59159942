// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hand-Off Block layouts, PI 1.8 Vol 3 chapter 5 "HOB Code Definitions"; sizes and offsets are
// those measured in docs/pei-semantics.md 1.2. Quotation only: no logic.
//
//   PHIT ->  [HANDOFF 56][HOB][HOB] ... [END 8]
//   HOB      HobType u16 @0 | HobLength u16 @2 | Reserved u32 @4 | body
//
// No field is a pointer or a UINTN, so the layouts are the same on 32 and 64 bit. 64-bit fields are
// declared with 8-byte alignment, which an IA32 compiler would not give by itself.
#pragma once

#include "core/pi/types.h"

namespace pei {

inline constexpr UINT16 EFI_HOB_TYPE_HANDOFF = 0x0001;
inline constexpr UINT16 EFI_HOB_TYPE_MEMORY_ALLOCATION = 0x0002;
inline constexpr UINT16 EFI_HOB_TYPE_RESOURCE_DESCRIPTOR = 0x0003;
inline constexpr UINT16 EFI_HOB_TYPE_GUID_EXTENSION = 0x0004;
inline constexpr UINT16 EFI_HOB_TYPE_FV = 0x0005;
inline constexpr UINT16 EFI_HOB_TYPE_CPU = 0x0006;
inline constexpr UINT16 EFI_HOB_TYPE_MEMORY_POOL = 0x0007;
inline constexpr UINT16 EFI_HOB_TYPE_FV2 = 0x0009;
inline constexpr UINT16 EFI_HOB_TYPE_LOAD_PEIM_UNUSED = 0x000A;
inline constexpr UINT16 EFI_HOB_TYPE_UEFI_CAPSULE = 0x000B;
inline constexpr UINT16 EFI_HOB_TYPE_FV3 = 0x000C;
inline constexpr UINT16 EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2 = 0x000D;  // PI 1.9
inline constexpr UINT16 EFI_HOB_TYPE_UNUSED = 0xFFFE;
inline constexpr UINT16 EFI_HOB_TYPE_END_OF_HOB_LIST = 0xFFFF;

inline constexpr UINT32 EFI_HOB_HANDOFF_TABLE_VERSION = 0x0009;

// A 64-bit field of a HOB: 8-aligned on every architecture.
using HOB_UINT64 __attribute__((aligned(8))) = UINT64;

struct EFI_HOB_GENERIC_HEADER {
  UINT16 HobType;
  UINT16 HobLength;  // bytes, this header included; a multiple of 8, at most 0xFFF8
  UINT32 Reserved;   // 0
};
static_assert(sizeof(EFI_HOB_GENERIC_HEADER) == 8);

struct EFI_HOB_HANDOFF_INFO_TABLE {  // the PHIT
  EFI_HOB_GENERIC_HEADER Header;
  UINT32 Version;
  EFI_BOOT_MODE BootMode;
  HOB_UINT64 EfiMemoryTop;         // one past the memory that PEI manages
  HOB_UINT64 EfiMemoryBottom;      // its lowest address
  HOB_UINT64 EfiFreeMemoryTop;     // one past the last free byte: pages lie from here up
  HOB_UINT64 EfiFreeMemoryBottom;  // the first free byte, just above the END HOB
  HOB_UINT64 EfiEndOfHobList;      // address of the END HOB
};
static_assert(sizeof(EFI_HOB_HANDOFF_INFO_TABLE) == 56);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, Version) == 8);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, BootMode) == 12);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiMemoryTop) == 16);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiMemoryBottom) == 24);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiFreeMemoryTop) == 32);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiFreeMemoryBottom) == 40);
static_assert(offsetof(EFI_HOB_HANDOFF_INFO_TABLE, EfiEndOfHobList) == 48);

struct EFI_HOB_MEMORY_ALLOCATION_HEADER {
  EFI_GUID Name;
  HOB_UINT64 MemoryBaseAddress;
  HOB_UINT64 MemoryLength;
  UINT32 MemoryType;  // EFI_MEMORY_TYPE
  UINT8 Reserved[4];  // 0
};
static_assert(sizeof(EFI_HOB_MEMORY_ALLOCATION_HEADER) == 40);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_HEADER, MemoryBaseAddress) == 16);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_HEADER, MemoryLength) == 24);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_HEADER, MemoryType) == 32);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_HEADER, Reserved) == 36);

struct EFI_HOB_MEMORY_ALLOCATION {
  EFI_HOB_GENERIC_HEADER Header;
  EFI_HOB_MEMORY_ALLOCATION_HEADER AllocDescriptor;
};
static_assert(sizeof(EFI_HOB_MEMORY_ALLOCATION) == 48);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION, AllocDescriptor) == 8);

using EFI_HOB_MEMORY_ALLOCATION_STACK = EFI_HOB_MEMORY_ALLOCATION;
using EFI_HOB_MEMORY_ALLOCATION_BSP_STORE = EFI_HOB_MEMORY_ALLOCATION;

struct EFI_HOB_MEMORY_ALLOCATION_MODULE {
  EFI_HOB_GENERIC_HEADER Header;
  EFI_HOB_MEMORY_ALLOCATION_HEADER MemoryAllocationHeader;
  EFI_GUID ModuleName;
  HOB_UINT64 EntryPoint;
};
static_assert(sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE) == 72);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_MODULE, ModuleName) == 48);
static_assert(offsetof(EFI_HOB_MEMORY_ALLOCATION_MODULE, EntryPoint) == 64);

using EFI_RESOURCE_TYPE = UINT32;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_SYSTEM_MEMORY = 0;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_MEMORY_MAPPED_IO = 1;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_IO = 2;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_FIRMWARE_DEVICE = 3;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_MEMORY_MAPPED_IO_PORT = 4;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_MEMORY_RESERVED = 5;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_IO_RESERVED = 6;
inline constexpr EFI_RESOURCE_TYPE EFI_RESOURCE_MEMORY_UNACCEPTED = 7;

using EFI_RESOURCE_ATTRIBUTE_TYPE = UINT32;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_PRESENT = 0x1;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_INITIALIZED = 0x2;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_TESTED = 0x4;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_UNCACHEABLE = 0x400;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_WRITE_COMBINEABLE = 0x800;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_WRITE_THROUGH_CACHEABLE =
    0x1000;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_WRITE_BACK_CACHEABLE = 0x2000;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_UNCACHED_EXPORTED = 0x20000;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_PERSISTENT = 0x800000;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_MORE_RELIABLE = 0x2000000;
inline constexpr EFI_RESOURCE_ATTRIBUTE_TYPE EFI_RESOURCE_ATTRIBUTE_SPECIAL_PURPOSE = 0x8000000;

struct EFI_HOB_RESOURCE_DESCRIPTOR {
  EFI_HOB_GENERIC_HEADER Header;
  EFI_GUID Owner;
  EFI_RESOURCE_TYPE ResourceType;
  EFI_RESOURCE_ATTRIBUTE_TYPE ResourceAttribute;
  HOB_UINT64 PhysicalStart;
  HOB_UINT64 ResourceLength;
};
static_assert(sizeof(EFI_HOB_RESOURCE_DESCRIPTOR) == 48);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR, Owner) == 8);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR, ResourceType) == 24);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR, ResourceAttribute) == 28);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR, PhysicalStart) == 32);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR, ResourceLength) == 40);

struct EFI_HOB_RESOURCE_DESCRIPTOR2 {  // begins as one of the first kind
  EFI_HOB_RESOURCE_DESCRIPTOR V1;
  HOB_UINT64 Attributes;  // EFI_MEMORY_*: those that the memory is to have
};
static_assert(sizeof(EFI_HOB_RESOURCE_DESCRIPTOR2) == 56);
static_assert(offsetof(EFI_HOB_RESOURCE_DESCRIPTOR2, Attributes) == 48);

struct EFI_HOB_GUID_TYPE {  // the data follows
  EFI_HOB_GENERIC_HEADER Header;
  EFI_GUID Name;
};
static_assert(sizeof(EFI_HOB_GUID_TYPE) == 24);
static_assert(offsetof(EFI_HOB_GUID_TYPE, Name) == 8);

struct EFI_HOB_FIRMWARE_VOLUME {
  EFI_HOB_GENERIC_HEADER Header;
  HOB_UINT64 BaseAddress;
  HOB_UINT64 Length;
};
static_assert(sizeof(EFI_HOB_FIRMWARE_VOLUME) == 24);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME, BaseAddress) == 8);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME, Length) == 16);

struct EFI_HOB_FIRMWARE_VOLUME2 {
  EFI_HOB_GENERIC_HEADER Header;
  HOB_UINT64 BaseAddress;
  HOB_UINT64 Length;
  EFI_GUID FvName;
  EFI_GUID FileName;
};
static_assert(sizeof(EFI_HOB_FIRMWARE_VOLUME2) == 56);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME2, FvName) == 24);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME2, FileName) == 40);

struct EFI_HOB_FIRMWARE_VOLUME3 {
  EFI_HOB_GENERIC_HEADER Header;
  HOB_UINT64 BaseAddress;
  HOB_UINT64 Length;
  UINT32 AuthenticationStatus;
  BOOLEAN ExtractedFv;
  EFI_GUID FvName;
  EFI_GUID FileName;
};
static_assert(sizeof(EFI_HOB_FIRMWARE_VOLUME3) == 64);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME3, AuthenticationStatus) == 24);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME3, ExtractedFv) == 28);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME3, FvName) == 32);
static_assert(offsetof(EFI_HOB_FIRMWARE_VOLUME3, FileName) == 48);

struct EFI_HOB_CPU {
  EFI_HOB_GENERIC_HEADER Header;
  UINT8 SizeOfMemorySpace;  // bits
  UINT8 SizeOfIoSpace;      // bits
  UINT8 Reserved[6];        // 0
};
static_assert(sizeof(EFI_HOB_CPU) == 16);
static_assert(offsetof(EFI_HOB_CPU, SizeOfMemorySpace) == 8);
static_assert(offsetof(EFI_HOB_CPU, SizeOfIoSpace) == 9);

struct EFI_HOB_MEMORY_POOL {  // the buffer follows
  EFI_HOB_GENERIC_HEADER Header;
};
static_assert(sizeof(EFI_HOB_MEMORY_POOL) == 8);

struct EFI_HOB_UEFI_CAPSULE {
  EFI_HOB_GENERIC_HEADER Header;
  HOB_UINT64 BaseAddress;
  HOB_UINT64 Length;
};
static_assert(sizeof(EFI_HOB_UEFI_CAPSULE) == 24);
static_assert(offsetof(EFI_HOB_UEFI_CAPSULE, BaseAddress) == 8);
static_assert(offsetof(EFI_HOB_UEFI_CAPSULE, Length) == 16);

// Names of memory allocation HOBs, PI 1.8 Vol 3 section 5.4.
inline constexpr EFI_GUID EFI_HOB_MEMORY_ALLOC_STACK_GUID = {
    0x4ed4bf27, 0x4092, 0x42e9, {0x80, 0x7d, 0x52, 0x7b, 0x1d, 0x00, 0xc9, 0xbd}};
inline constexpr EFI_GUID EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID = {
    0x564b33cd, 0xc92a, 0x4593, {0x90, 0xbf, 0x24, 0x73, 0xe4, 0x3c, 0x63, 0x22}};
inline constexpr EFI_GUID EFI_HOB_MEMORY_ALLOC_MODULE_GUID = {
    0xf8e21975, 0x0899, 0x4f58, {0xa4, 0xbe, 0x55, 0x25, 0xa9, 0xc6, 0xd7, 0x7a}};

}  // namespace pei
