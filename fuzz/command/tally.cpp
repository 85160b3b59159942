// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Findings as text and as JSON.
#include "fuzz/command/tally.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "fuzz/boot_view/markup.h"
#include "fuzz/crash/symbolizer.h"
#include "fuzz/targets/banner.h"
#include "fuzz/terminal/coloured.h"
#include "properties/oracle/narration/trace.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::Outcome;
using oracle::print_op;
using oracle::print_text;
using oracle::Program;
using oracle::row_of;
using oracle::TraceLine;

nlohmann::json record_of(const std::string& name, const Program& program, const Finding& finding) {
  const std::string_view op = op_name_at(program, finding.op);
  return {{"rule", finding.rule},
          {"class", class_of(finding)},
          {"bucket", fmt::format("{}/{}", finding.rule, op)},
          {"op", finding.op},
          {"evidence", finding.evidence},
          {"file", name},
          {"program", print_text(program)}};
}

}  // namespace

void print_trace(const Program& program, const Outcome& outcome) {
  for (const std::string& line : outcome.reset) {
    fmt::print("  {:>5}  {}\n", &line == &outcome.reset.front() ? "reset" : "", line);
  }
  for (std::size_t i = 0; i < outcome.trace.size(); ++i) {
    const TraceLine& line = outcome.trace[i];
    fmt::print("  {:>4}  {}\n", line.op, print_op(program.ops[line.op]));
    if (!line.call.empty()) fmt::print("        {}\n", line.call);
    if (!line.outcome.empty()) fmt::print("          = {}\n", line.outcome);
    for (const std::string& words : line.story) fmt::print("          {}\n", words);
    for (const std::string& effect : effect_texts(outcome.records[i])) {
      fmt::print("          . {}\n", effect);
    }
  }
}

void Tally::take(const std::string& path, const Program& program, const Outcome& outcome,
                 const nlohmann::json& more) {
  const std::string name = clean_text(path);
  if (!outcome.skipped.empty()) {
    ++skipped;
    if (!quiet_) fmt::print("{}  {}: skipped: {}\n", coloured("skip", "33"), name, outcome.skipped);
    return;
  }
  ++played;
  ops += outcome.ops_run;
  for (const std::string& hint : outcome.hints) {
    hints_.push_back({{"file", path}, {"text", hint}});
  }
  if (outcome.finding) add_finding(path, program, *outcome.finding, more);
}

void Tally::add_finding(const std::string& path, const Program& program, const Finding& finding,
                        const nlohmann::json& more) {
  const std::string name = clean_text(path);
  ++findings;
  records_.push_back(record_of(path, program, finding));
  records_.back().update(more);
  fmt::print("{}  {}: {} ({}), {}\n      {}\n", coloured("FAIL", "31;1"), name, finding.rule,
             class_of(finding), where_found(program, finding), with_symbols(finding.evidence));
}

void Tally::count(const Outcome& outcome) {
  if (!outcome.skipped.empty()) {
    ++skipped;
    return;
  }
  ++played;
  ops += outcome.ops_run;
}

nlohmann::json Tally::json(double seconds) const {
  return {{"findings", records_}, {"executions", played}, {"skipped", skipped},
          {"ops", ops},           {"seconds", seconds},   {"hints", hints_}};
}

}  // namespace hobnail
