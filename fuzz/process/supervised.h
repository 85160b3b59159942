// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The memory that a command shares with its supervisor (fuzz/command/options/supervisor.h) and with
// its own children.
//
// Invariant: plain data and atomics, no pointer.
#pragma once

#include <atomic>
#include <cstdint>

#include "properties/oracle/boot/current_boot.h"

namespace hobnail {

struct Supervised {
  oracle::BootProgress boot;
  std::atomic<std::uint32_t> has_verdict = 0;
  std::int32_t verdict = 0;
  std::atomic<std::uint32_t> output_lost = 0;  // standard output could not be written
  std::atomic<std::uint32_t> watches = 0;      // the command ends by itself after an interrupt
  std::atomic<std::uint32_t> interrupts = 0;
  char input[512] = {};                         // the file or number of the program that runs
  std::atomic<std::uint32_t> report_bytes = 0;  // of `report`, which the supervisor prints; 0: none
  char report[1U << 17] = {};
};

}  // namespace hobnail
