// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A boot on the broken target, and its record.
#include "fuzz/triage/testing/planted_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/targets/list_entry.h"
#include "fuzz/triage/hob_list/record_of.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/fnv1a.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/plain_dxe.h"

namespace hobnail {
namespace {

using namespace hobnail::oracle;

constexpr double kSeconds = 0.5;

class CarelessDxe final : public PlainDxe {
 public:
  std::string take_over(std::span<const std::uint8_t> /*hobs*/,
                        std::uint64_t /*granularity*/) override {
    return {};
  }
};

Outcome play(const Fault& fault) {
  RunOptions options = options_for(fault);
  options.trace = true;
  options.thorough = true;
  const hobnail_target& broken = wrapped::around(*hobnail_get_target(), fault.changes);
  return fault.ends_process ? run_one_isolated(boot_of(fault), broken, options, {kSeconds})
                            : run_in_lockstep(boot_of(fault), broken, options);
}

std::string fnv_of(std::string_view text) { return fmt::format("{:016x}", oracle::fnv1a(text)); }

FindingKind kind_of(std::string_view rule) {
  if (rule == rule_name(RuleId::TargetStop)) return FindingKind::Stop;
  if (rule == rule_name(RuleId::TargetHang)) return FindingKind::Hang;
  if (rule == rule_name(RuleId::TargetCrash) || rule == rule_name(RuleId::WildAccess))
    return FindingKind::Signal;
  return FindingKind::Rule;
}

void put_rule(TriageRecord& record, std::string_view id) {
  const auto row =
      std::find_if(rules().begin(), rules().end(), [&](const Rule& each) { return each.id == id; });
  record.rule = id;
  record.kind = kind_of(id);
  if (row == rules().end()) return;
  record.title = row->title;
  record.clause = row->clause;
}

// A child that ends does not say where: it is the op that the fault is named after.
void find_op(Finding& finding, const Fault& fault) {
  const Program program = boot_of(fault);
  for (std::size_t op = 0; fault.ends_process && op < program.ops.size(); ++op) {
    if (!fault.what.starts_with(row_of(program.ops[op].code).name)) continue;
    finding.op = op;
    return;
  }
}

std::string_view name_of_op(const Program& program, const Finding& finding) {
  return finding.op < program.ops.size() ? row_of(program.ops[finding.op].code).name : "end";
}

// "SUCCESS" of EFI_SUCCESS.
std::string answer_of(const TriageRecord& record) {
  for (const OpRecord& each : record.op_records) {
    if (each.op != record.op || each.ending != Ending::Answered) continue;
    const std::string name = status_text(static_cast<EFI_STATUS>(each.status));
    return name.starts_with("EFI_") ? name.substr(4) : name;
  }
  return "none";
}

void put_context(TriageRecord& record, const Fault& fault, Outcome outcome) {
  const Finding& finding = *outcome.finding;
  record.program = boot_of(fault);
  record.ops_before = record.program.ops.size();
  record.op = finding.op;
  record.op_name =
      record.rule == rule_name(RuleId::Enter) ? "enter" : name_of_op(record.program, finding);
  if (finding.op < record.program.ops.size() && record.op_name != "enter") {
    record.op_text = print_op(record.program.ops[finding.op]);
    record.program.ops.resize(finding.op + 1);
  }
  record.program_text = print_text(record.program);
  record.calls = finding.calls == CallClass::Contract ? "contract" : "hostile";
  record.evidence = finding.evidence;
  record.reset = std::move(outcome.reset);
  record.trace = std::move(outcome.trace);
  record.op_records = std::move(outcome.records);
  record.answer = answer_of(record);
  if (record.kind == FindingKind::Hang) record.death = "hang";
  if (record.kind == FindingKind::Signal) record.death = "a signal";
}

SkippedFile unfit(const char* path, SkipReason reason, const char* words, unsigned reproduced) {
  SkippedFile file;
  file.file.path = path;
  file.reason = reason;
  file.words = words;
  file.tried = reason == SkipReason::Unreadable ? 0 : 3;
  file.reproduced = reproduced;
  return file;
}

}  // namespace

std::optional<TriageRecord> planted_record(const Fault& fault) {
  if (!can_be_seen(fault)) return std::nullopt;
  Outcome outcome = play(fault);
  if (!outcome.finding) return std::nullopt;
  find_op(*outcome.finding, fault);
  TriageRecord record;
  put_rule(record, outcome.finding->rule);
  put_context(record, fault, std::move(outcome));
  record.phase = record.op > 14 ? "permanent" : "temporary";
  record.bucket = fmt::format("{}/{}/{}", record.rule, record.op_name, record.phase);
  record.fingerprint = fnv_of(record.bucket);
  record.tried = record.reproduced = 3;
  record.target = fmt::format("hobnail core, broken so that {}", fault.what);
  record.representative = fmt::format("crashes/{}.boot", record.rule);
  record.files.push_back({record.representative, 0, "", "2026-11-24T20:15:16Z"});
  return record;
}

TriageRecord planted_list_record() {
  CarelessDxe careless;
  HobListInput list;
  list.hobs = {ListedHob{}};
  list.hobs[0].kind = HobKind::Raw;
  list.hobs[0].type = 1;
  list.hobs[0].length = 48;
  Execution execution;
  execution.outcome.finding = try_list(list, {nullptr, &careless});
  execution.outcome.finding->calls = CallClass::Hostile;
  TriageRecord record = record_of(list, execution, "");
  record.tried = record.reproduced = 3;
  record.ops_before = 9;
  record.representative = "crashes/crash-of-a-list";
  record.files.push_back({record.representative, 0, "", "2026-11-24T20:15:17Z"});
  return record;
}

TriageReport planted_report() {
  TriageReport report;
  report.target = "planted bugs";
  for (const Fault& fault : all_faults()) {
    auto record = planted_record(fault);
    const auto same = [&](const auto& each) { return each.bucket == record->bucket; };
    if (!record || std::any_of(report.records.begin(), report.records.end(), same)) continue;
    report.records.push_back(std::move(*record));
  }
  report.records.push_back(planted_list_record());
  std::sort(report.records.begin(), report.records.end(),
            [](const auto& a, const auto& b) { return a.bucket < b.bucket; });
  report.skipped = {
      unfit("crashes/flaky", SkipReason::NotReproducible, "STATUS in one try, then nothing", 1),
      unfit("crashes/old", SkipReason::NoFinding, "played to its end", 0),
      unfit("crashes/torn", SkipReason::Unreadable, "line 3, column 1: no op has this name", 0)};
  if (report.records.size() > 2) {
    report.records[1].known_state = KnownState::Known;
    report.records[1].known_since = "2026-10-01";
    report.records[2].known_state = KnownState::Returned;
    report.records[2].fixed_since = "2026-11-01";
  }
  report.files = report.records.size() + report.skipped.size();
  report.executions = report.records.size();
  for (const TriageRecord& record : report.records) report.ops += record.trace.size();
  return report;
}

}  // namespace hobnail
