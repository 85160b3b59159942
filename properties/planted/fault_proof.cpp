// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Three boots a fault.
#include "properties/planted/fault_proof.h"

#include <variant>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/ending_faults.h"
#include "properties/planted/migration_faults.h"
#include "properties/planted/sec_faults.h"
#include "properties/planted/target_faults.h"

namespace hobnail::oracle {
namespace {

// Seconds of real time of a boot. A planted hang is one at once; a crash needs time for its report:
// seconds, when a sanitizer looks up symbols on a busy machine.
double limit_of(const Fault& fault) { return fault.rule == RuleId::TargetHang ? 0.5 : 20; }

// The rule that reported; empty: none.
std::string play(const Fault& fault, const hobnail_target& inner, const RuleSet& rules,
                 std::string& evidence) {
  RunOptions options = options_for(fault);
  options.rules = rules;
  options.thorough = true;  // some are mended by the next call
  const hobnail_target& broken = wrapped::around(inner, fault.changes);
  const Outcome outcome = fault.ends_process
                              ? run_one_isolated(boot_of(fault), broken, options, {limit_of(fault)})
                              : run_in_lockstep(boot_of(fault), broken, options);
  if (!outcome.skipped.empty()) evidence = outcome.skipped;
  if (!outcome.finding) return {};
  evidence = outcome.finding->evidence;
  return std::string(outcome.finding->rule);
}

}  // namespace

Program boot_of(const Fault& fault) {
  Program program = std::get<Program>(parse_text(kStory));
  for (const BoardProfile& profile : board_profiles()) {
    if (profile.name == fault.board) program.board = profile.number;
  }
  return program;
}

bool can_be_seen(const Fault& fault) { return kAddressSanitizer || !fault.needs_sanitizer; }

FaultProof try_fault(const Fault& fault, const hobnail_target& inner) {
  RuleSet only;
  RuleSet without;
  FaultProof proof;
  only.add_only(fault.rule);
  without.remove(fault.rule);
  proof.all = play(fault, inner, {}, proof.evidence);
  proof.only = play(fault, inner, only, proof.evidence);
  proof.without = play(fault, inner, without, proof.evidence);
  return proof;
}

std::vector<Fault> all_faults() {
  std::vector<Fault> all(faults().begin(), faults().end());
  all.insert(all.end(), migration_faults().begin(), migration_faults().end());
  all.insert(all.end(), dxe_faults().begin(), dxe_faults().end());
  all.insert(all.end(), sec_faults().begin(), sec_faults().end());
  all.insert(all.end(), ending_faults().begin(), ending_faults().end());
  return all;
}

}  // namespace hobnail::oracle
