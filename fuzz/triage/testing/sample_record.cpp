// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Written by hand, field by field.
#include "fuzz/triage/testing/sample_record.h"

#include <variant>

#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Ending;
using oracle::OpCode;
using oracle::OpRecord;
using oracle::Service;
using oracle::ServiceCall;

OpRecord answered(std::size_t op, OpCode code, const ServiceCall& call, std::uint64_t value) {
  OpRecord record;
  record.op = op;
  record.code = code;
  record.call = call;
  record.called = true;
  record.ending = Ending::Answered;
  record.value = value;
  return record;
}

constexpr std::string_view kProgram = R"(boot v1
board heap-low
p0 = AllocatePages BootServicesData 2
FreePages p0+1 1
)";

constexpr std::string_view kList = R"(hobs v1
memory 0x100000 0x110000 0x1f0000 0x200000
Cpu 40
Resource SystemMemory 0x7 0x100000 0x300000
Allocation RuntimeServicesData 0x300000 0x1000
patch 0x16 hex 00
)";

SkippedFile unfit(std::string path, SkipReason reason) {
  SkippedFile file;
  file.file.path = std::move(path);
  file.reason = reason;
  file.words = "because " + nasty_text();
  file.tried = 3;
  file.reproduced = reason == SkipReason::NotReproducible ? 1 : 0;
  return file;
}

}  // namespace

std::string nasty_text() {
  std::string text =
      "\"q\" 'a' <b>&amp; ]]> --> */ \\\n```\n</details>\x1b[31m\r\n\ttab \xff\xfe \xc3( "
      "\xed\xa0\x80 "
      "\xef\xbf\xbf \xf4\x90\x80\x80 \xc2\x85 <script>alert(1)</script> ?\?/ )hobnail\" "
      "\xe2\x82\xac ";
  text += '\0';
  return text + "|end\\";
}

TriageRecord sample_record() {
  TriageRecord record;
  record.fingerprint = "0123456789abcdef";
  record.bucket = "FREED-MARKED/FreePages/permanent/freed middle";
  record.rule = "FREED-MARKED";
  record.title = "A freed range is in a free HOB or in the gap, and in no other HOB.";
  record.clause = "PI 1.8 Vol 1 4.6";
  record.calls = "contract";
  record.program = std::get<oracle::Program>(oracle::parse_text(kProgram));
  record.program_text = kProgram;
  record.op = 1;
  record.op_name = "FreePages";
  record.op_text = "FreePages p0+1 1";
  record.phase = "permanent";
  record.answer = "SUCCESS";
  record.evidence = "freed [0x1000, 0x2000) is still described";
  record.trace = {{0, "AllocatePages (EfiBootServicesData, 0x2)", "EFI_SUCCESS -> 0x1000", "", {}},
                  {1, "FreePages (0x2000, 0x1)", "EFI_SUCCESS", "nothing changed", {". so"}}};
  record.op_records = {answered(0, OpCode::AllocatePages, {Service::AllocatePages, 4, 2}, 0x1000),
                       answered(1, OpCode::FreePages, {Service::FreePages, 0x2000, 1}, 0)};
  record.tried = record.reproduced = 3;
  record.ops_before = 40;
  record.minimize_runs = 12;
  record.files = {{"crashes/crash-1", 12, std::string(64, 'a'), "2026-11-24T20:15:16Z"}};
  record.representative = "crashes/crash-1";
  record.target = "a core";
  return record;
}

TriageRecord nasty_record() {
  TriageRecord record = sample_record();
  const std::string nasty = nasty_text();
  record.fingerprint = "fedcba9876543210";
  record.kind = FindingKind::Sanitizer;
  for (std::string* field : {&record.bucket, &record.rule, &record.title, &record.clause,
                             &record.op_name, &record.op_text, &record.phase, &record.answer,
                             &record.evidence, &record.death, &record.report, &record.target,
                             &record.representative, &record.known_since, &record.fixed_since}) {
    *field = nasty;
  }
  record.calls = "hostile";
  record.conditions = record.reset = record.frames = {nasty, nasty};
  record.sources = {{nasty, 7}, {"", 0}};
  record.trace[1] = {1, nasty, nasty, nasty, {nasty}};
  record.files = {{nasty, 1, nasty, nasty}};
  record.picture = "<img src=x onerror=alert(1)>";
  record.known_state = KnownState::Returned;
  return record;
}

TriageRecord list_record() {
  TriageRecord record = sample_record();
  record.fingerprint = "00112233445566aa";
  record.bucket = "DXE-MAP/list/page given away/allocation+runtime allocation";
  record.rule = "DXE-MAP";
  record.program = {};
  record.list = std::get<oracle::HobListInput>(oracle::parse_hobs(kList));
  record.program_text = kList;
  record.op = 2;
  record.op_name = "list";
  record.op_text = "Allocation RuntimeServicesData 0x300000 0x1000";
  record.phase = "after PEI";
  record.answer = "none";
  record.trace.clear();
  record.op_records.clear();
  record.target = "a reader";
  return record;
}

TriageReport sample_report() {
  TriageReport report;
  report.target = "a core";
  report.records = {sample_record(), nasty_record()};
  report.skipped = {unfit("seeds/1", SkipReason::NoFinding),
                    unfit("seeds/2", SkipReason::NoFinding),
                    unfit("flaky", SkipReason::NotReproducible), unfit("far", SkipReason::Skipped),
                    unfit(nasty_text(), SkipReason::Unreadable)};
  report.files = 7;
  report.executions = 100;
  report.ops = 200;
  report.seconds = 1.5;
  return report;
}

}  // namespace hobnail
