// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files, text, JSON and JUnit.
#include "fuzz/command/suites/suite_report.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/boot_view/markup.h"
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
          {"reproduced", finding.reproduced},
          {"shown_file", files.shown.empty() ? files.program : files.shown},
          {"shown", print_text(finding.shown)}};
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
  FindingFiles files{stem + ".boot", ""};
  const std::string head = is_of_claim(finding) ? claim_line(finding) : std::string();
  write_file(files.program, head + print_text(finding.program));
  if (finding.shown == finding.program) return files;
  files.shown = stem + "-shown.boot";
  write_file(files.shown, print_text(finding.shown));
  return files;
}

std::string finding_text(const SuiteFinding& finding, const FindingFiles& files) {
  const Claim& claim = *finding.claim;
  const std::string name = clean_text(files.program);
  std::string text;
  if (finding.by_rule) {
    const oracle::Finding found{finding.rule, finding.op, finding.why};
    text = fmt::format("{}: {} ({}), {}\n      {}\n      found while checking {}{}\n", name,
                       finding.rule, finding.call_class, where_found(finding.shown, found),
                       finding.why, full_name(claim),
                       finding.reproduced ? "" : "; the boot alone does not show it");
  } else {
    text = fmt::format("{}: {}: this does not hold: {}\n      {}\n      {}\n", name, finding.rule,
                       claim.title, finding.why, claim.clause);
  }
  text += program_text(finding.shown);
  text += is_of_claim(finding) ? fmt::format("reproduce: hobnail check --suite {} --replay {}\n",
                                             full_name(claim), name)
                               : fmt::format("reproduce: hobnail replay {}\n", name);
  return text;
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
