// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Output and exit code.
#include "fuzz/command/suites/suite_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "fuzz/command/known/known_hunt.h"
#include "fuzz/command/options/exit_code.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/suites/suite_hunt.h"
#include "fuzz/command/suites/suite_report.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/coloured.h"

namespace hobnail {
namespace {

SuitePlan plan_of(const CheckOptions& check, oracle::Standard standard) {
  SuitePlan plan;
  plan.claims = chosen_claims(check.suites.names, standard);
  plan.seconds = check.seconds;
  plan.cases = check.suites.cases;
  plan.seed = check.seed;
  plan.ops = check.ops;
  plan.op_seconds = check.target.seconds;
  plan.findings = check.findings_wanted();
  plan.quiet = check.quiet;
  return plan;
}

// The program of the file with the claim and the variant that it names; where it names none, with
// all claims of the plan.
void replay_file(SuitePlan& plan, const std::string& path, const hobnail_target& target,
                 const oracle::RunOptions& run, std::optional<SuiteHunt>& hunt) {
  const ProgramFile file = value_of(read_program(path));
  const std::optional<ClaimLine> line =
      file.text ? find_claim_line(value_of(read_file(path))) : std::nullopt;
  const auto is_named = [&](const oracle::Claim* claim) { return full_name(*claim) == line->name; };
  const bool named = line && std::any_of(plan.claims.begin(), plan.claims.end(), is_named);
  if (named) std::erase_if(plan.claims, [&](const auto* claim) { return !is_named(claim); });
  hunt.emplace(plan, target, run);
  hunt->replay(file.program, named ? &line->variant : nullptr);
}

std::vector<FindingFiles> report_findings(const CheckOptions& check, const SuiteHunt& hunt,
                                          std::size_t claims) {
  std::vector<FindingFiles> files;
  for (const SuiteFinding& finding : hunt.findings()) {
    FindingFiles written;
    written.program = check.suites.replay;
    if (check.suites.replay.empty()) written = write_programs(finding, check.out, check.seed);
    written.reproduce = reproduce_command(finding, written, check, claims);
    fmt::print("{}  {}", coloured("FAIL", "31;1"), finding_text(finding, written));
    files.push_back(std::move(written));
  }
  return files;
}

}  // namespace

int check_suites(const CheckOptions& check) {
  const auto& names = check.suites.names;
  if (std::find(names.begin(), names.end(), "list") != names.end()) {
    fmt::print("{}", claims_text());
    return kNothingFound;
  }
  try_output(check.suites.junit, {check.suites.replay});
  const hobnail_target& target = check.target.load();
  oracle::RunOptions run = check.target.run_options();
  const oracle::BoardSet chosen = run.boards;
  run.boards = boards_to_run(target, chosen);
  if (!check.quiet) fmt::print("{}", left_out_text(target, chosen));
  SuitePlan plan = plan_of(check, run.rules.standard());
  KnownHunt known(check.known.read(), target, run, check.target.seconds, false);
  if (check.known.given()) plan.known = &known;
  std::optional<SuiteHunt> hunt;
  if (check.suites.replay.empty()) {
    hunt.emplace(plan, target, run);
    hunt->run();
  } else {
    replay_file(plan, check.suites.replay, target, run, hunt);
  }
  const std::vector<FindingFiles> files = report_findings(check, *hunt, plan.claims.size());
  if (!check.quiet) {
    fmt::print("{}{} cases of {} claims on {}, {} ops, {} findings, {:.1f} s\n",
               counts_text(plan, hunt->counts()), hunt->cases(), plan.claims.size(), target.name,
               hunt->ops(), files.size(), hunt->seconds());
    known.print(hunt->cases(), 0);
  }
  nlohmann::json json = suite_json(plan, *hunt, files);
  if (check.known.given()) json["known"] = known.json();
  write_json_option(check.json, json);
  if (!check.suites.junit.empty()) {
    write_file(check.suites.junit, suite_junit(plan, *hunt, files, target.name));
  }
  if (hunt->cases() == 0) {
    const auto skips = [](const ClaimCount& count) { return count.skipped != 0; };
    const bool skipped = std::any_of(hunt->counts().begin(), hunt->counts().end(), skips);
    throw UsageError(skipped ? "no case was run: no board of this run can be used"
                             : "no case was run");
  }
  return files.empty() ? kNothingFound : kFindings;
}

}  // namespace hobnail
