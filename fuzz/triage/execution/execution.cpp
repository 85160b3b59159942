// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The finding of an execution that ended its process.
#include "fuzz/triage/execution/execution.h"

#include <fmt/format.h>

#include "fuzz/crash/report_kind.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::RuleId;

oracle::Finding finding_of_end(const Execution& execution, double seconds, std::uint64_t memory_mb,
                               std::string_view what) {
  const std::size_t op =
      execution.context.entered ? static_cast<std::size_t>(execution.context.op) : 0;
  if (execution.death.how == kKindTimeout) {
    return {rule_name(RuleId::TargetHang), op,
            fmt::format("{} takes too long, with {:g} s for an op, and nothing stops it", what,
                        seconds)};
  }
  if (execution.death.how == kKindOutOfMemory) {
    return {rule_name(RuleId::TargetCrash), op,
            fmt::format("{} takes more than {} MB of memory", what, memory_mb)};
  }
  return {rule_name(RuleId::TargetCrash), op,
          "the process of the target ended: " + execution.death.how};
}

// A sanitizer's stack is in the record as frames.
void cut_stack(std::string& evidence) {
  const std::size_t at = evidence.find("\n      #0 ");
  if (at != std::string::npos) evidence.resize(at);
}

}  // namespace

void name_end(Execution& execution, double seconds, std::uint64_t memory_mb,
              std::string_view what) {
  if (!execution.found())
    execution.outcome.finding = finding_of_end(execution, seconds, memory_mb, what);
  cut_stack(execution.outcome.finding->evidence);
  if (execution.outcome.finding->rule == rule_name(RuleId::TargetHang)) {
    execution.kind = FindingKind::Hang;
    execution.death.how = kKindTimeout;
  } else if (is_out_of_memory(execution.death.how)) {
    execution.kind = FindingKind::OutOfMemory;
  } else if (execution.death.sanitizer) {
    execution.kind = FindingKind::Sanitizer;
  } else {
    execution.kind = FindingKind::Signal;
  }
}

}  // namespace hobnail
