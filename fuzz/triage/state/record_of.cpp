// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Filling a record in.
#include "fuzz/triage/state/record_of.h"

#include <fmt/format.h>

#include <string_view>

#include "fuzz/targets/banner.h"
#include "fuzz/triage/boot/bucket.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

std::string_view op_name_of(const StateFinding& finding, const BootDifference& difference) {
  if (difference.at_entry) return "enter";
  if (difference.op >= finding.boot.ops.size()) return "end";
  return row_of(finding.boot.ops[difference.op].code).name;
}

void add_op(TriageRecord& record, const BootDifference& difference) {
  record.op = difference.op;
  record.call_phase = difference.phase;
  record.phase = boot_phase_name(difference.phase);
  record.answer = "none";
  if (record.op_name == "enter" || record.op_name == "end") return;
  record.op_text = print_op(record.program.ops[record.op]);
}

}  // namespace

TriageRecord record_of(const StateFinding& finding, const std::string& target) {
  const BootDifference difference = difference_of(finding);
  TriageRecord record;
  record.op_name = op_name_of(finding, difference);
  record.rule = kStateRule;
  record.bucket = fmt::format("{}/{}/{}", kStateRule, record.op_name, difference.words);
  record.fingerprint = fingerprint_of(record.bucket);
  record.title = "A boot answers the same, whatever boots the process ran before.";
  record.clause = "target ABI";
  record.calls = class_of(oracle_finding(finding));
  record.words = difference.words;
  record.evidence = difference.evidence;
  record.program = finding.boot;
  record.program_text = print_text(finding.boot);
  for (const oracle::Program& boot : finding.history) record.history.push_back(print_text(boot));
  record.reset = finding.after.reset;
  record.trace = finding.after.trace;
  record.op_records = finding.after.records;
  record.minimize_runs = finding.boots;
  record.target = target;
  add_op(record, difference);
  return record;
}

}  // namespace hobnail
