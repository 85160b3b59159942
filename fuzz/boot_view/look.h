// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Look: how a piece of memory is drawn: by its kind, and for pages by the memory type, so that a
// glance shows what survives ExitBootServices. Each look has a name, a code of two letters, a
// colour and a hatch, so that no picture depends on colours.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

// In the order of the legend.
enum class Look : std::uint8_t {
  HobList,
  Gap,
  Stack,
  SecData,
  BootData,
  BootCode,
  LoaderData,
  LoaderCode,
  RuntimeData,
  RuntimeCode,
  AcpiReclaim,
  AcpiNvs,
  Reserved,
  OtherPages,  // MMIO, persistent memory, types that UEFI does not define
  Freed,
  Bin,
  Answered,
  Clash,
  Free,
  ToOs,
  ToOsLater,
  Gone,
  Unclaimed,
  Outside,
  Several  // pieces for which the scale has no room
};

inline constexpr std::size_t kLooks = 25;

[[nodiscard]] Look look_of(const Piece& piece);
[[nodiscard]] Look look_of(const CellRun& run);

[[nodiscard]] std::string_view look_name(Look look);  // "runtime services data"
[[nodiscard]] std::string_view look_code(Look look);  // "RD"

// Pages of it are still in use when the operating system runs.
[[nodiscard]] bool survives_exit(Look look);

// The looks that occur in any step.
[[nodiscard]] std::array<bool, kLooks> looks_in(const Storyboard& story);

}  // namespace hobnail
