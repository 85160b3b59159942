// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Known issues: patterns, the file, and the filter in a boot.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/known/issue_filter.h"
#include "properties/oracle/known/without_left_out.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {
namespace {

IssuePattern pattern_of(std::string_view text) {
  auto pattern = parse_issue_pattern(text);
  const auto* const error = std::get_if<IssuePatternError>(&pattern);
  EXPECT_EQ(error, nullptr) << text << ": " << error->message;
  return error != nullptr ? IssuePattern{} : std::get<IssuePattern>(std::move(pattern));
}

IssueFacts free_of_a_middle() {
  IssueFacts facts;
  facts.rule = "FREED-MARKED";
  facts.op = "FreePages";
  facts.phase = BootPhase::Window;
  facts.conditions.set(static_cast<std::size_t>(Condition::Middle));
  facts.conditions.set(static_cast<std::size_t>(Condition::NoSlotForSplit));
  facts.before = kind_bit(OpCode::AllocatePages) | kind_bit(OpCode::InstallPeiMemory);
  facts.words = "freed N N is";
  return facts;
}

TEST(IssuePattern, MatchesWhatShowsAllThatItNames) {
  for (const char* const text :
       {"FREED-MARKED/FreePages", "*/*", "STATUS|FREED-MARKED/*/window",
        "*/FreePages/no slot for split", "FREED-MARKED/FreePages/middle+no slot for split",
        "FREED-MARKED/FreePages/after AllocatePages/freed N N is",
        "FREED-MARKED/FreePages/page N is | freed N N is", "*/FreePages/heap-low"}) {
    EXPECT_TRUE(pattern_of(text).matches(free_of_a_middle())) << text;
  }
}

TEST(IssuePattern, DoesNotMatchWhatLacksAPart) {
  for (const char* const text :
       {"STATUS/FreePages", "*/AllocatePages", "*/FreePages/temporary", "*/FreePages/head",
        "*/FreePages/middle+double free", "*/FreePages/after CreateHob", "*/FreePages/other words",
        "*/FreePages/in-memory"}) {
    EXPECT_FALSE(pattern_of(text).matches(free_of_a_middle())) << text;
  }
}

TEST(IssuePattern, RejectsUnknownNames) {
  for (const char* const text : {"", "STATUS", "NO-RULE/FreePages", "STATUS/NoOp"}) {
    EXPECT_TRUE(std::holds_alternative<IssuePatternError>(parse_issue_pattern(text))) << text;
  }
}

TEST(IssuePattern, TakesAnAssertionWithSlashesAndItsTrigger) {
  const IssuePattern pattern =
      pattern_of("TARGET-STOP/AllocatePool/a.c: F: ASSERT (a / b | c) <- window/one too many");
  EXPECT_EQ(pattern.words.front(), "a.c: F: ASSERT (a / b | c)");
  EXPECT_EQ(pattern.trigger.phase, BootPhase::Window);
  EXPECT_TRUE(pattern.trigger.conditions.test(static_cast<std::size_t>(Condition::OneTooMany)));
}

TEST(KnownIssues, KeepACommentWithItsEntry) {
  const std::string text =
      "# Known issues\n\n# zero pages: bug 12\n-                 2026-11-28  -           "
      "*/AllocatePages/nothing asked for\n";
  const auto read = parse_known_issues("f", text);
  if (!std::holds_alternative<KnownIssues>(read)) {
    GTEST_FAIL() << std::get<KnownIssuesError>(read).message;
  }
  const auto& issues = std::get<KnownIssues>(read);
  EXPECT_EQ(issue_title(issues.lines.at(0)), "zero pages: bug 12");
  EXPECT_EQ(known_issues_text(issues), text);
}

// A planted bug of FreePages, and a boot that meets it and goes on.
class Filtered : public testing::Test {
 protected:
  static Outcome boot(const std::string& known, std::uint8_t garbage, const std::string& ops,
                      RuleId rule = RuleId::FreedMarked) {
    const Fault fault = fault_of(rule);
    auto program = std::get<Program>(
        parse_text("boot v1\nboard heap-low\ngarbage " + std::to_string(garbage) + "\n" + ops));
    IssueFilter filter(std::get<KnownIssues>(parse_known_issues("f", known)));
    RunOptions options;
    options.known = &filter;
    return run_in_lockstep(program, wrapped::around(*hobnail_get_target(), fault.changes), options);
  }
  static Fault fault_of(RuleId rule) {
    for (const Fault& fault : all_faults()) {
      if (fault.rule == rule) return fault;
    }
    throw std::logic_error("the rule has no fault");
  }
  static constexpr const char* kOps =
      "p0 = AllocatePages BootServicesData 3\nFreePages p0 3\nGetBootMode\n";
};

TEST_F(Filtered, AFindingOfAKnownIssueHasItsNumber) {
  int known = 0;
  for (int garbage = 0; garbage < 32; ++garbage) {
    const Outcome outcome = boot("- - - STATUS/CreateHob\n- - - */FreePages/whole\n",
                                 static_cast<std::uint8_t>(garbage), kOps);
    if (!outcome.finding) continue;
    EXPECT_EQ(outcome.finding->known, 2U);
    ++known;
  }
  EXPECT_GT(known, 0);
  EXPECT_LT(known, 16);  // in most boots the call is left out
}

TEST_F(Filtered, ABootGoesOnBehindACallThatIsLeftOut) {
  int left_out = 0;
  for (int garbage = 0; garbage < 32; ++garbage) {
    const Outcome outcome =
        boot("- - - */FreePages/whole\n", static_cast<std::uint8_t>(garbage), kOps);
    if (outcome.left_out.empty()) continue;
    EXPECT_FALSE(outcome.finding);
    EXPECT_EQ(outcome.left_out, std::vector<std::size_t>{1});
    ++left_out;
  }
  EXPECT_GT(left_out, 16);
}

TEST_F(Filtered, ABootGoesOnBehindAWrongStatusOfACallThatFailed) {
  int noted = 0;
  for (int garbage = 0; garbage < 32; ++garbage) {
    const Outcome outcome =
        boot("- - - STATUS/AllocatePages\n", static_cast<std::uint8_t>(garbage),
             "p0 = AllocatePages BootServicesData 0x4000\nGetBootMode\nb0 = AllocatePool 8\n",
             RuleId::Status);
    EXPECT_FALSE(outcome.finding);
    EXPECT_EQ(outcome.ops_run, 3 - outcome.left_out.size());
    EXPECT_EQ(outcome.noted.size(), outcome.left_out.empty() ? 1U : 0U);
    noted += outcome.noted.empty() ? 0 : 1;
  }
  EXPECT_GT(noted, 0);
}

TEST_F(Filtered, ABootEndsInAHarmlessDeviationThatIsNotKnown) {
  const Outcome outcome =
      boot("- - - REFUSAL/*\n", 1, "p0 = AllocatePages BootServicesData 0x4000\nGetBootMode\n",
           RuleId::Status);
  ASSERT_TRUE(outcome.finding);
  EXPECT_EQ(outcome.finding->rule, "STATUS");
  EXPECT_TRUE(outcome.noted.empty());
}

TEST_F(Filtered, WhatIsFixedIsNotKnown) {
  for (int garbage = 0; garbage < 8; ++garbage) {
    const Outcome outcome =
        boot("- 2026 v2 */FreePages/whole\n", static_cast<std::uint8_t>(garbage), kOps);
    ASSERT_TRUE(outcome.finding) << outcome.skipped << outcome.ops_run;
    EXPECT_EQ(outcome.finding->known, 0U);
  }
}

TEST(WithoutLeftOut, CountsResultsAnew) {
  const auto program = std::get<Program>(
      parse_text("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
                 "p1 = AllocatePages BootServicesData 2\nFreePages p1 1\nFreePages p0+1 1\n"));
  const std::size_t gone[] = {0};
  EXPECT_EQ(print_text(without_left_out(program, gone)),
            "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\nFreePages p0 1\n"
            "FreePages 0x1000 1\n");
  EXPECT_EQ(index_without(3, gone), 2U);
}

TEST(WithoutLeftOut, CountsNamesOfRecordsAnew) {
  const auto program = std::get<Program>(
      parse_text("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
                 "p1 = AllocatePages BootServicesData 2\nPeimWrite name-of-p1 16\n"));
  const std::size_t gone[] = {0};
  EXPECT_EQ(print_text(without_left_out(program, gone)),
            "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\n"
            "PeimWrite name-of-p0 16\n");
}

}  // namespace
}  // namespace hobnail::oracle
