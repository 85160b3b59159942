// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The memory that a child shares, and the kind of a finding that is a stop.
#include "fuzz/triage/boot/executor.h"

#include <utility>

#include "properties/oracle/rules/rules.h"

namespace hobnail {

BootExecutor::BootExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                           const Limits& limits)
    : BootExecutor(target, run, limits, oracle::make_shared_object<SharedState>()) {}

BootExecutor::BootExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                           const Limits& limits, oracle::SharedObject<SharedState> memory)
    : ChildExecutor(
          [&target, run, limits, shared = memory.get()] {
            be_worker({&target, run, limits.seconds, shared});
          },
          limits, "the boot", memory.get()),
      memory_(std::move(memory)) {}

void BootExecutor::complete(std::span<const std::uint8_t> /*bytes*/, Execution& execution) const {
  const bool lives = execution.death.how.empty();
  const std::string& evidence = execution.outcome.finding->evidence;
  if (lives && (evidence.starts_with("the target stopped: ") ||
                evidence.starts_with("the consumer stopped: "))) {
    execution.kind = FindingKind::Stop;
  }
}

ExecutorWithout executors_without(const hobnail_target& target, const oracle::RunOptions& run,
                                  const Limits& limits) {
  return [&target, run, limits](const std::vector<std::string>& rules) {
    oracle::RunOptions fewer = run;
    for (const std::string& name : rules) {
      if (const auto rule = oracle::parse_rule(name)) fewer.rules.remove(*rule);
    }
    if (fewer.rules.empty()) return std::unique_ptr<Executor>();
    return std::unique_ptr<Executor>(std::make_unique<BootExecutor>(target, fewer, limits));
  };
}

}  // namespace hobnail
