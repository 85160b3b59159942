// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A run of a program: what the caller asks for (RunOptions) and what it gets (Outcome).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/oracle/boot/call_log.h"
#include "properties/oracle/boot/observer.h"
#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/rules/finding.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

// One op as it happened, for people. Filled only when asked for.
struct TraceLine {
  std::size_t op = 0;   // index in the program
  std::string call;     // as a PEIM would write it: AllocatePages (EfiBootServicesData, 3)
  std::string outcome;  // EFI_SUCCESS -> 0x10007000
  std::string effect;   // what it did to the memory, in words
  std::vector<std::string> story;  // further lines, where more is to be said
};

// How arguments are chosen where PI does not let a PEIM pass them. TargetDecides follows the
// target's HOBNAIL_TARGET_CONTRACT_ONLY flag.
enum class CallPolicy : std::uint8_t { TargetDecides, Contract, Hostile };

struct RunOptions {
  CallPolicy policy = CallPolicy::TargetDecides;
  bool trace = false;
  bool capture_hobs = false;  // keep the bytes of the final HOB list
  // Every byte of every block counts, and is compared after every call; else what was written of
  // it, where a change would be lost, and at the end.
  bool thorough = false;
  // Thorough for one program in eight, always the same ones: for who plays many.
  bool thorough_sample = false;
  // Off only for measuring: calls are made and answers judged, the truths of any moment are not.
  bool truths = true;
  CallLog* calls = nullptr;  // keeps the calls that are made; not owned
  RuleSet rules = {};        // which of them may speak
  // Who takes the HOB list over at HandOff, under test beside the target; without one, only the
  // oracle's own memory map is built. Not owned.
  DxeConsumer* consumer = nullptr;
  BootObserver* observer = nullptr;  // who watches; not owned
};

struct Outcome {
  std::optional<Finding> finding;
  std::string skipped;       // why the program was not played: this process has no such board
  std::size_t ops_run = 0;   // ops that reached the target
  std::uint64_t digest = 0;  // of every status, result and HOB list seen: equal runs, equal digests
  std::vector<std::string> reset;  // what SEC handed over, before the first op; with the trace
  std::vector<TraceLine> trace;
  std::vector<std::uint8_t> hobs;  // PHIT to END HOB, as they stood at the end
  std::uint64_t hobs_base = 0;     // the address of the PHIT
};

}  // namespace hobnail::oracle
