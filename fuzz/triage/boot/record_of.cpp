// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Filling a record in.
#include "fuzz/triage/boot/record_of.h"

#include "fuzz/crash/symbolizer.h"
#include "fuzz/targets/banner.h"
#include "fuzz/triage/boot/bucket.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::Program;

void add_op(TriageRecord& record, const Execution& execution) {
  record.op = execution.outcome.finding->op;
  record.call_phase = execution.context.phase;
  record.op_name = op_name_of(record.program, execution);
  record.phase = boot_phase_name(execution.context.phase);
  record.answer = "none";
  if (record.op_name == "enter" || record.op_name == "end") return;
  record.op_text = print_op(record.program.ops[record.op]);
  if (execution.context.answered) record.answer = reply_name(execution.context.reply);
  record.call_conditions = conditions_of(execution.context);
  for (const std::string_view words : conditions_in(execution.context)) {
    record.conditions.emplace_back(words);
  }
}

}  // namespace

void add_rule(TriageRecord& record) {
  // Where it is no rule of the table.
  record.title = record.rule.starts_with("DIFFERENT-") ? "Two conforming targets behave alike"
                                                       : "The target reports " + record.rule;
  for (const oracle::Rule& row : oracle::rules()) {
    if (row.id != record.rule) continue;
    record.title = row.title;
    record.clause = row.clause;
  }
}

Execution with_functions(const Execution& execution) {
  Execution named = execution;
  NamedFrames frames = named_frames(execution.death.frames);
  named.death.frames = std::move(frames.functions);
  named.death.sources = std::move(frames.sources);
  return named;
}

TriageRecord begin_record(const std::string& bucket, const Execution& execution,
                          const std::string& target) {
  const Finding& finding = *execution.outcome.finding;
  TriageRecord record;
  record.bucket = bucket;
  record.fingerprint = fingerprint_of(bucket);
  record.rule = finding.rule;
  record.calls = class_of(finding);
  record.kind = execution.kind;
  record.evidence = finding.evidence;
  record.death = execution.death.how;
  record.frames = execution.death.frames;
  record.sources = execution.death.sources;
  record.report = execution.death.report;
  record.target = target;
  add_rule(record);
  return record;
}

TriageRecord record_of(const Program& program, const Execution& execution, const Cause& cause,
                       const std::string& target) {
  const Execution named = with_functions(execution);
  TriageRecord record = begin_record(bucket_of(program, named, cause), named, target);
  record.varies = cause.varies;
  record.words = end_of(named, false);
  if (record.words.empty()) record.words = oracle::check_words(record.evidence);
  record.program = program;
  record.program_text = print_text(program);
  record.reset = named.outcome.reset;
  record.trace = named.outcome.trace;
  record.op_records = named.outcome.records;
  add_op(record, named);
  return record;
}

}  // namespace hobnail
