// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The memory that a child shares, and the kind of a finding that is a stop.
#include "fuzz/triage/boot/executor.h"

#include <sys/mman.h>

#include <new>
#include <stdexcept>
#include <utility>

#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

void unmap(SharedState* state) { munmap(state, sizeof *state); }

std::unique_ptr<SharedState, void (*)(SharedState*)> shared_memory() {
  void* const memory =
      mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with a child");
  return {new (memory) SharedState, unmap};
}

}  // namespace

BootExecutor::BootExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                           const Limits& limits)
    : BootExecutor(target, run, limits, shared_memory()) {}

BootExecutor::BootExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                           const Limits& limits, SharedMemory memory)
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
