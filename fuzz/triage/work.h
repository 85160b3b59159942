// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Work: what a job of triage does with a file, be it a boot or a HOB list: play it some times, and
// minimise one.
//
// Invariant: each job has players of its own, made when they are needed: the parent plays nothing.
#pragma once

#include <memory>
#include <string>

#include "fuzz/triage/boot/player.h"
#include "fuzz/triage/hob_list/player.h"
#include "fuzz/triage/triage.h"
#include "fuzz/triage/trial/trial_bytes.h"

namespace hobnail {

class Work {
 public:
  // `options` must live as long as this does.
  Work(const hobnail_target& target, const pei::oracle::RunOptions& run,
       const TriageOptions& options);

  // Bytes of a JobReport.
  [[nodiscard]] std::string classify(const TestCase& test);
  // `first`: how it went; it must have a finding.
  [[nodiscard]] std::string minimal(const TestCase& test, const Trial& first);

 private:
  [[nodiscard]] Player& player_of(const pei::oracle::Program& program);
  [[nodiscard]] ListPlayer& player_of(const pei::oracle::HostileList& list);

  const hobnail_target& target_;
  const pei::oracle::RunOptions& run_;
  const TriageOptions& options_;
  std::unique_ptr<Player> boots_;
  std::unique_ptr<ListPlayer> lists_;
};

// How much a minimiser has before it: nothing behind the finding counts.
[[nodiscard]] std::size_t work_on(const TestCase& test, const Trial& trial);

// Ops, or HOBs and patches.
[[nodiscard]] std::size_t size_of(const TestCase& test);

}  // namespace hobnail
