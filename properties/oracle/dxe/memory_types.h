// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// MemoryTypes: which EFI_MEMORY_TYPEs PEI gives out (docs/pei-semantics.md 2.4), and what becomes
// of memory of each when boot services end (UEFI 2.10, 7.2). Written from the specifications'
// tables, and shared by no target or consumer.
#pragma once

#include <cstdint>

namespace hobnail::oracle {

inline constexpr std::uint64_t kRuntimeAttribute = std::uint64_t{1} << 63;  // EFI_MEMORY_RUNTIME

// True for the types that AllocatePages of PEI accepts.
[[nodiscard]] bool is_allocatable(std::uint32_t type);

// True for the types whose memory is given out and freed in granules of the target's
// runtime_page_granularity.
[[nodiscard]] bool has_runtime_granularity(std::uint32_t type);

// Types from here on are OEMs' and operating systems' (UEFI 2.10, 7.2).
inline constexpr std::uint32_t kOemTypes = 0x70000000;

enum class Life : std::uint8_t { BootServices, AcpiTables, Stays };
[[nodiscard]] Life life_of(std::uint32_t type);

// Loader, boot services and conventional memory: the operating system may use it at once.
[[nodiscard]] bool is_reusable(std::uint32_t type);
// ACPI tables: it may use them once it has read them.
[[nodiscard]] bool is_reclaimable(std::uint32_t type);
// Code and data of runtime services: the operating system maps it for them.
[[nodiscard]] bool is_runtime(std::uint32_t type);

}  // namespace hobnail::oracle
