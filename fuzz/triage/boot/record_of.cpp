// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Filling a record in.
#include "fuzz/triage/boot/record_of.h"

#include "fuzz/crash/symbolizer.h"
#include "fuzz/targets/banner.h"
#include "fuzz/triage/boot/bucket.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using pei::oracle::Finding;
using pei::oracle::Program;

void add_op(TriageRecord& record, const Trial& trial) {
  record.op = trial.outcome.finding->op;
  record.op_name = op_name_of(record.program, trial);
  record.phase = boot_phase_name(trial.scene.phase);
  record.answer = "none";
  if (record.op_name == "enter" || record.op_name == "end") return;
  record.op_text = print_op(record.program.ops[record.op]);
  if (trial.scene.answered) record.answer = reply_name(trial.scene.reply);
  for (const std::string_view words : circumstances_in(trial.scene)) {
    record.circumstances.emplace_back(words);
  }
}

}  // namespace

void add_rule(TriageRecord& record) {
  for (const pei::oracle::Rule& row : pei::oracle::rules()) {
    if (row.id != record.rule) continue;
    record.title = row.title;
    record.clause = row.clause;
  }
}

Trial with_functions(const Trial& trial) {
  Trial named = trial;
  NamedFrames frames = named_frames(trial.death.frames);
  named.death.frames = std::move(frames.functions);
  named.death.sources = std::move(frames.sources);
  return named;
}

TriageRecord begin_record(const std::string& bucket, const Trial& trial,
                          const std::string& target) {
  const Finding& finding = *trial.outcome.finding;
  TriageRecord record;
  record.bucket = bucket;
  record.fingerprint = fingerprint_of(bucket);
  record.rule = finding.rule;
  record.calls = class_of(finding);
  record.kind = trial.kind;
  record.evidence = finding.evidence;
  record.death = trial.death.how;
  record.frames = trial.death.frames;
  record.sources = trial.death.sources;
  record.report = trial.death.report;
  record.target = target;
  add_rule(record);
  return record;
}

TriageRecord record_of(const Program& program, const Trial& trial, const std::string& target) {
  const Trial named = with_functions(trial);
  TriageRecord record = begin_record(bucket_of(program, named), named, target);
  record.program = program;
  record.program_text = print_text(program);
  record.reset = named.outcome.reset;
  record.trace = named.outcome.trace;
  add_op(record, named);
  return record;
}

}  // namespace hobnail
