// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Words into a record; what is not known stays empty.
#include "fuzz/triage/told.h"

#include <utility>
#include <variant>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/record_of.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using pei::oracle::Program;

void add_op(TriageRecord& record, const ToldFinding& told) {
  if (record.list) {
    record.op_name = "list";
    return;
  }
  const std::size_t ops = record.program.ops.size();
  record.op = told.op.value_or(ops);
  record.op_name = record.op < ops ? row_of(record.program.ops[record.op].code).name : "end";
  if (record.op < ops) record.op_text = print_op(record.program.ops[record.op]);
}

}  // namespace

TriageRecord record_of_told(const ToldFinding& told, const std::string& target) {
  TriageRecord record;
  record.told = true;
  record.reproduce = told.reproduce;
  record.bucket = told.fuzzer + "/" + told.bucket;
  record.fingerprint = fingerprint_of(record.bucket);
  record.rule = told.rule;
  record.calls = told.calls.empty() ? "contract" : told.calls;
  record.program_text = told.program;
  const auto program = pei::oracle::parse_text(told.program);
  if (const auto* const boot = std::get_if<Program>(&program)) record.program = *boot;
  const auto list = pei::oracle::parse_hobs(told.program);
  if (const auto* const hobs = std::get_if<pei::oracle::HostileList>(&list)) record.list = *hobs;
  record.ops_before = record.size();
  record.evidence = told.evidence;
  record.answer = "none";
  record.target = target;
  record.representative = told.file;
  for (const std::string& path : told.inputs) {
    for (const Input& input : read_inputs({path})) record.files.push_back(input.file);
  }
  record.title = "what " + record.rule + " says";  // where it is no rule of the table
  add_rule(record);
  add_op(record, told);
  return record;
}

}  // namespace hobnail
