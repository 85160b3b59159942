// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A run of a program: what the caller asks for (RunOptions) and what it gets (Outcome).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/board/board_set.h"
#include "properties/oracle/boot/known_filter.h"
#include "properties/oracle/boot/observer.h"
#include "properties/oracle/boot/op_record.h"
#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/finding.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

// An OpRecord in text (narration/trace.h), for people. Filled only when asked for.
struct TraceLine {
  std::size_t op = 0;   // index in the program
  std::string call;     // as a PEIM would write it: AllocatePages (EfiBootServicesData, 3)
  std::string outcome;  // EFI_SUCCESS -> 0x10007000
  std::string effect;   // the changes of the HOB list
  std::vector<std::string> story;  // further lines of the narration
};

// Whether calls are made that PI does not let a PEIM make. TargetDecides follows the target's
// HOBNAIL_TARGET_CONTRACT_ONLY flag, and leaves them out of a program that says so.
enum class CallPolicy : std::uint8_t { TargetDecides, Contract, Hostile };

// True when calls outside of the contract are left out.
[[nodiscard]] bool contract_wanted(const Program& program, const hobnail_target& target,
                                   CallPolicy policy);

struct RunOptions {
  CallPolicy policy = CallPolicy::TargetDecides;
  bool records = false;       // keep what each op asked, got and changed
  bool trace = false;         // the same in text also; implies `records`
  bool capture_hobs = false;  // keep the bytes of the final HOB list
  bool digests_list = true;   // the final HOB list is a part of the digest
  bool hints = false;         // look for what no rule forbids (narration/hints.h)
  // Every byte of every block is compared after every call (in a long boot after one in 16); else
  // only the bytes that were written, where a change would be lost, and at the end.
  bool thorough = false;
  // Thorough for one program in eight, always the same ones: for runs of many programs. Blocks
  // above 16 KiB are compared at the end, and before a release, a copy or a migration. A finding is
  // looked for again in a thorough boot.
  bool thorough_sample = false;
  // Off only for measuring: answers are checked, the invariants are not.
  bool check_invariants = true;
  RuleSet rules = {};    // those that are reported
  BoardSet boards = {};  // programs of others are skipped
  // Takes the HOB list over at HandOff, under test beside the target; without one, only the
  // oracle's own memory map is built. Not owned.
  DxeConsumer* consumer = nullptr;
  BootObserver* observer = nullptr;  // not owned
  KnownFilter* known = nullptr;      // not owned; without one no finding is known

  [[nodiscard]] bool keeps_records() const { return records || trace; }
};

struct Outcome {
  std::optional<Finding> finding;
  std::string skipped;                // why the program was not run: its board
  std::size_t ops_run = 0;            // ops that reached the target
  std::vector<std::size_t> left_out;  // indices of ops that RunOptions::known has left out
  std::vector<std::size_t> noted;     // numbers of known issues that harmed nothing
  std::uint64_t digest = 0;  // of every status, result and HOB list seen: equal runs, equal digests
  std::vector<OpRecord> records;   // one an op that was begun, when asked for
  std::vector<std::string> hints;  // never findings; when asked for, or with the trace
  std::vector<std::string> reset;  // what SEC handed over, before the first op; with the trace
  std::vector<TraceLine> trace;
  std::vector<std::uint8_t> hobs;  // PHIT to END HOB, as they stood at the end
  std::uint64_t hobs_base = 0;     // the address of the PHIT
};

}  // namespace hobnail::oracle
