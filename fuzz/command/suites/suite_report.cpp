// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files, text, JSON and JUnit.
#include "fuzz/command/suites/suite_report.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/boot_view/markup.h"
#include "fuzz/crash/symbolizer.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/targets/banner.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Claim;
using oracle::op_name_at;
using oracle::print_text;

constexpr std::string_view kClaimMark = "# claim ";
constexpr std::string_view kVariantMark = " variant ";

// A rule's finding is that of a boot: `hobnail replay` shows it.
bool is_of_claim(const SuiteFinding& finding) { return !finding.by_rule || !finding.reproduced; }

std::string verdict_word(const ClaimCount& count) {
  if (count.fell) return "FELL";
  if (count.cases == 0) return "not run";
  return count.violations == count.cases ? "unknown" : "holds";
}

std::string bucket_of_finding(const SuiteFinding& finding) {
  return finding.by_rule ? fmt::format("{}/{}", finding.rule, op_name_at(finding.shown, finding.op))
                         : finding.rule;
}

nlohmann::json finding_json(const SuiteFinding& finding, const FindingFiles& files) {
  const Claim& claim = *finding.claim;
  std::vector<std::string> history;
  for (const std::filesystem::path& path : files.history) history.push_back(path.native());
  return {{"rule", finding.rule},
          {"class", finding.call_class},
          {"bucket", bucket_of_finding(finding)},
          {"op", finding.op},
          {"evidence", finding.why},
          {"file", files.program},
          {"program", print_text(finding.program)},
          {"claim", full_name(claim)},
          {"title", claim.title},
          {"clause", claim.clause},
          {"variant", finding.variant},
          {"reproduced", finding.reproduced && !finding.needs_history},
          {"history", history},
          {"reproduce", files.reproduce},
          {"shown_file", files.shown.empty() ? files.program : files.shown},
          {"shown", print_text(finding.shown)}};
}

std::string history_text(const SuiteFinding& finding, const FindingFiles& files) {
  if (!finding.needs_history) return {};
  if (!finding.state) {
    return "      a new process does not show it with this program alone: the cases before it "
           "matter\n";
  }
  const oracle::Finding found = oracle_finding(*finding.state);
  return fmt::format("      it needs a history, {}: {}\n      history: {}\n", found.rule,
                     found.evidence, clean_text(history_line(files.history)));
}

// All cases up to that of the finding, in one process.
std::string whole_run(const SuiteFinding& finding, const CheckOptions& check, std::size_t claims) {
  std::string text = "hobnail check";
  for (const std::string& name : check.suites.names) text += " --suite " + shell_word(name);
  text += fmt::format(" --seed {} --cases {} --ops {}", check.seed, finding.number / claims + 1,
                      check.ops);
  if (check.findings != 0) text += fmt::format(" --findings {}", check.findings);
  for (const std::string& name : check.target.boards.only) text += " --board " + shell_word(name);
  for (const std::string& name : check.target.boards.without) {
    text += " --without-board " + shell_word(name);
  }
  return text;
}

std::string failure_text(const SuiteFinding& finding, const FindingFiles& files) {
  return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                     markup_text(finding.rule),
                     markup_text(finding.why.substr(0, finding.why.find('\n'))),
                     markup_text(finding_text(finding, files)));
}

}  // namespace

std::string claim_line(const SuiteFinding& finding) {
  return fmt::format("{}{}{}{}\n", kClaimMark, full_name(*finding.claim), kVariantMark,
                     finding.variant);
}

std::optional<ClaimLine> find_claim_line(std::string_view text) {
  const std::size_t at = text.find(kClaimMark);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view line = text.substr(at + kClaimMark.size());
  line = line.substr(0, line.find('\n'));
  const std::size_t mark = line.find(kVariantMark);
  if (mark == std::string_view::npos) return std::nullopt;
  ClaimLine found{std::string(line.substr(0, mark)), 0};
  const std::string_view number = line.substr(mark + kVariantMark.size());
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), found.variant);
  if (error != std::errc()) return std::nullopt;
  return found;
}

FindingFiles write_programs(const SuiteFinding& finding, const std::string& directory,
                            std::uint64_t seed) {
  std::filesystem::create_directories(directory);
  const std::string stem = (std::filesystem::path(directory) /
                            fmt::format("{}-seed{}-{}", finding.rule, seed, finding.number))
                               .native();
  FindingFiles files;
  files.program = stem + ".boot";
  const bool by_claim = is_of_claim(finding) && !finding.state;
  const std::string head = by_claim ? claim_line(finding) : std::string();
  write_file(files.program, head + print_text(finding.program));
  if (finding.state) files.history = write_history(files.program, finding.state->history);
  if (finding.shown == finding.program) return files;
  files.shown = stem + "-shown.boot";
  write_file(files.shown, print_text(finding.shown));
  return files;
}

std::string reproduce_command(const SuiteFinding& finding, const FindingFiles& files,
                              const CheckOptions& check, std::size_t claims) {
  const std::string file = shell_word(files.program);
  const std::string options = check.target.text();
  if (finding.state) return "hobnail replay --history " + file + options;
  if (finding.needs_history) return whole_run(finding, check, claims) + options;
  if (!is_of_claim(finding)) return "hobnail replay " + file + options;
  return fmt::format("hobnail check --suite {} --replay {}{}", full_name(*finding.claim), file,
                     options);
}

std::string finding_text(const SuiteFinding& finding, const FindingFiles& files) {
  const Claim& claim = *finding.claim;
  const std::string name = clean_text(files.program);
  std::string text;
  if (finding.by_rule) {
    const oracle::Finding found{finding.rule, finding.op, finding.why};
    text = fmt::format("{}: {} ({}), {}\n      {}\n      found while checking {}{}\n", name,
                       finding.rule, finding.call_class, where_found(finding.shown, found),
                       with_symbols(finding.why), full_name(claim),
                       finding.reproduced ? "" : "; the boot alone does not show it");
  } else {
    text = fmt::format("{}: {}: this does not hold: {}\n      {}\n      {}\n", name, finding.rule,
                       claim.title, with_symbols(finding.why), claim.clause);
  }
  text += history_text(finding, files);
  text += program_text(finding.shown);
  return text + clean_text(fmt::format("reproduce: {}\n", files.reproduce));
}

std::string counts_text(const SuitePlan& plan, const std::vector<ClaimCount>& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const ClaimCount& count = counts[i];
    text += fmt::format("{:<8} {:<22} {:>7} cases", verdict_word(count), full_name(*plan.claims[i]),
                        count.cases);
    if (count.violations != 0) text += fmt::format(", {} violate a rule", count.violations);
    if (count.skipped != 0) text += fmt::format(", {} skipped", count.skipped);
    text += '\n';
  }
  return text;
}

nlohmann::json suite_json(const SuitePlan& plan, const SuiteHunt& hunt,
                          const std::vector<FindingFiles>& files) {
  nlohmann::json findings = nlohmann::json::array();
  for (std::size_t i = 0; i < hunt.findings().size(); ++i) {
    findings.push_back(finding_json(hunt.findings()[i], files[i]));
  }
  nlohmann::json claims = nlohmann::json::array();
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < plan.claims.size(); ++i) {
    const Claim& claim = *plan.claims[i];
    const ClaimCount& count = hunt.counts()[i];
    skipped += count.skipped;
    claims.push_back({{"claim", full_name(claim)},
                      {"suite", claim.suite},
                      {"title", claim.title},
                      {"clause", claim.clause},
                      {"standard", oracle::standard_name(claim.standard)},
                      {"cases", count.cases},
                      {"skipped", count.skipped},
                      {"violations", count.violations},
                      {"verdict", verdict_word(count)}});
  }
  return {{"findings", findings}, {"claims", claims},  {"executions", hunt.cases()},
          {"skipped", skipped},   {"ops", hunt.ops()}, {"seconds", hunt.seconds()}};
}

std::string suite_junit(const SuitePlan& plan, const SuiteHunt& hunt,
                        const std::vector<FindingFiles>& files, std::string_view target) {
  std::string cases;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < plan.claims.size(); ++i) {
    const Claim& claim = *plan.claims[i];
    std::string inner;
    for (std::size_t k = 0; k < hunt.findings().size(); ++k) {
      const SuiteFinding& finding = hunt.findings()[k];
      if (finding.claim == &claim && inner.empty()) inner = failure_text(finding, files[k]);
    }
    if (!inner.empty()) {
      ++failures;
    } else if (verdict_word(hunt.counts()[i]) != "holds") {
      ++skipped;
      inner = "      <skipped message=\"no case was decided\"/>\n";
    }
    cases +=
        fmt::format("    <testcase classname=\"hobnail.{}\" name=\"{}: {}\" time=\"0\"",
                    markup_text(claim.suite), markup_text(claim.name), markup_text(claim.title));
    cases += inner.empty() ? "/>\n" : ">\n" + inner + "    </testcase>\n";
  }
  const std::string head =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3f}\"",
                  plan.claims.size(), failures, skipped, hunt.seconds());
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {}>\n"
      "  <testsuite name=\"claims about {}\" {}>\n{}  </testsuite>\n</testsuites>\n",
      head, markup_text(target), head, cases);
}

}  // namespace hobnail
