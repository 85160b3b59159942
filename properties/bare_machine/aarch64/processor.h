// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AArch64 at EL1, of QEMU's machine virt: page table entries, the serial port, the end.
//
//   0x40000000 memory for arenas     0x80000000 image, as reset.S has copied it
//
// Invariant: bits of entries are those of Arm's manual DDI 0487 D8.3, for granules of 4 KiB; the
// attributes are numbers of MAIR_EL1 as reset.S sets it.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

inline constexpr pei::UINT64 kTableBits = 0x3;
inline constexpr pei::UINT64 kMemoryBits = 0x707;  // page, attribute 1, inner shareable, accessed
inline constexpr pei::UINT64 kArenaMemory = 0x40000000;
inline constexpr pei::UINT64 kArenaMemoryEnd = 0x60000000;
inline constexpr pei::UINT64 kDevicePage = 0x09000000;        // PL011
inline constexpr pei::UINT64 kDeviceBits = 0x60000000000403;  // attribute 0, not executable

inline void use_tables(pei::UINT64 root) {
  asm volatile("dsb sy\n\tmsr ttbr0_el1, %0\n\tisb\n\ttlbi vmalle1\n\tdsb sy\n\tisb"
               :
               : "r"(root)
               : "memory");
}

inline volatile pei::UINT32& serial_register(pei::UINT64 offset) {
  return *reinterpret_cast<volatile pei::UINT32*>(kDevicePage + offset);
}

// PL011. Bit 5 of the flags: it takes no further byte.
inline void write_serial(char c) {
  while ((serial_register(0x18) & 0x20) != 0) {
  }
  serial_register(0) = static_cast<pei::UINT8>(c);
}

// PSCI SYSTEM_OFF.
[[noreturn]] inline void power_off() {
  register pei::UINT64 function asm("x0") = 0x84000008;
  asm volatile("hvc #0" : : "r"(function) : "memory");
  for (;;) asm volatile("wfi");
}

}  // namespace hobnail::bare
