// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// x86-64, of QEMU's machine q35: page table entries, the serial port, the end.
//
//   0x00100000 image, as reset.S has copied it     0x10000000 and up: memory for arenas
//
// Invariant: bits of entries are those of Intel's manual Vol 3A 4.5.4, for 4-level paging.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

inline constexpr pei::UINT64 kTableBits = 0x3;   // present, writable
inline constexpr pei::UINT64 kMemoryBits = 0x3;  // the same, write-back
inline constexpr pei::UINT64 kArenaMemory = 0x10000000;
inline constexpr pei::UINT64 kArenaMemoryEnd = 0x30000000;
inline constexpr pei::UINT64 kDevicePage = 0;  // none: the serial port is no memory
inline constexpr pei::UINT64 kDeviceBits = 0;

inline void use_tables(pei::UINT64 root) { asm volatile("mov %0, %%cr3" : : "r"(root) : "memory"); }

inline void write_port(pei::UINT16 port, pei::UINT8 value) {
  asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}
inline pei::UINT8 read_port(pei::UINT16 port) {
  pei::UINT8 value = 0;
  asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

// COM1, which QEMU has set up. Bit 5 of the line status: it takes another byte.
inline void write_serial(char c) {
  while ((read_port(0x3fd) & 0x20) == 0) {
  }
  write_port(0x3f8, static_cast<pei::UINT8>(c));
}

// QEMU's isa-debug-exit.
[[noreturn]] inline void power_off() {
  write_port(0xf4, 0);
  for (;;) asm volatile("hlt");
}

}  // namespace hobnail::bare
