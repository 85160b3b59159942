// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Boots on targets that are right, and on each of the planted bugs: the recording has every step
// up to the finding, and the pictures are whole.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/html/html.h"
#include "fuzz/boot_view/record.h"
#include "fuzz/boot_view/story_json.h"
#include "fuzz/boot_view/svg/svg.h"
#include "fuzz/boot_view/text/text.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/faults.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::Fault;
using oracle::Program;
using oracle::Region;

// What does not come back is not waited for long; a sanitizer's report of a death may take longer.
double seconds_for(const Fault& fault) {
  return fault.rule == oracle::RuleId::TargetHang ? 0.5 : 20;
}

Program program_of(std::string_view text) { return std::get<Program>(oracle::parse_text(text)); }

Storyboard story_on_our_core(std::string_view text) {
  oracle::RunOptions options;
  options.consumer = &pei::builtin_dxe();
  return record_steps(program_of(text), pei::core_target({}), options);
}

// Every region is covered to the last byte, in order, by each step.
void expect_whole(const Storyboard& story) {
  for (const Step& step : story.steps) {
    for (const StoryRegion& region : story.regions) {
      std::uint64_t at = region.where.base;
      for (const Piece& piece : step.pieces) {
        if (!region.where.contains(piece.where.base)) continue;
        EXPECT_EQ(piece.where.base, at) << step.title;
        EXPECT_NE(piece.where.size, 0U) << step.title;
        at = piece.where.end();
      }
      EXPECT_EQ(at, region.where.end()) << step.title << " " << region.name;
    }
  }
}

// Every element that is opened is closed, in order.
void expect_well_formed(std::string_view xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const std::size_t end = xml.find('>', at);
    ASSERT_NE(end, std::string_view::npos);
    const std::string_view tag = xml.substr(at + 1, end - at - 1);
    ASSERT_EQ(tag.find('<'), std::string_view::npos) << tag;
    if (tag.front() == '!' || tag.back() == '/') continue;
    const std::string name(tag.substr(0, tag.find(' ')));
    if (name.front() != '/') {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty()) << tag;
    ASSERT_EQ("/" + open.back(), name);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

bool contains(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

// For the browser, and for the eye: HOBNAIL_PAGES is a directory.
void write_page(const Fault& fault, const Storyboard& story, const std::string& page) {
  const char* const folder = std::getenv("HOBNAIL_PAGES");
  if (folder == nullptr) return;
  const auto name = [&](std::string_view kind) {
    return fmt::format("{}/{}.{}", folder, rule_name(fault.rule), kind);
  };
  std::ofstream(name("html")) << page;
  std::ofstream(name("txt")) << boot_text(story, {});
}

TEST(Show, EveryStepOfTheStoryIsRecordedAndWhole) {
  const Storyboard story = story_on_our_core(oracle::kStory);
  const Program program = program_of(oracle::kStory);
  ASSERT_EQ(story.steps.size(), program.ops.size() + 1);
  EXPECT_FALSE(story.finding);
  EXPECT_EQ(story.steps.front().op, Step::kReset);
  EXPECT_EQ(story.steps.back().stage, "the operating system");
  for (const Step& step : story.steps) EXPECT_EQ(step.broken_list, "");
  expect_whole(story);
}

TEST(Show, AStepSaysWhoHasWhat) {
  const Storyboard story = story_on_our_core(
      "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\nFreePages p0 1\n");
  const std::vector<const Piece*> given = new_pieces(story.steps[1], story.steps.data());
  ASSERT_EQ(given.size(), 1U);
  EXPECT_EQ(given[0]->name, "p0");
  EXPECT_EQ(given[0]->kind, PieceKind::Pages);
  EXPECT_EQ(given[0]->where, (Region{0x10006000, 0x2000}));
  EXPECT_EQ(given[0]->what, "EfiBootServicesData");
  const std::vector<const Piece*> taken = new_pieces(story.steps[2], &story.steps[1]);
  ASSERT_FALSE(taken.empty());
  EXPECT_EQ(story.steps[1].title, "p0 = AllocatePages BootServicesData 2");
  EXPECT_EQ(story.steps[1].hobs[1]->name, "p0");
}

TEST(Show, EveryPlantedBugIsMarkedAtItsOp) {
  std::size_t about_memory = 0;
  for (const Fault& fault : oracle::all_faults()) {
    if (!can_be_seen(fault)) continue;
    SCOPED_TRACE(fault.what);
    const hobnail_target& broken = oracle::wrapped::around(pei::core_target({}), fault.changes);
    const Program program = boot_of(fault);
    const Storyboard story =
        record_steps(program, broken, options_for(fault), {seconds_for(fault)});
    if (!story.skipped.empty()) continue;
    ASSERT_TRUE(story.finding);
    EXPECT_EQ(story.finding->rule, rule_name(fault.rule));
    ASSERT_EQ(story.finding_step, story.steps.size() - 1);
    const Step& last = story.steps.back();
    EXPECT_TRUE(last.found);
    if (last.op != Step::kReset) {
      EXPECT_EQ(last.op, story.finding->op);
    }
    // Only the parent process reports a death.
    EXPECT_TRUE(!last.died || fault.ends_process || fault.needs_sanitizer);
    if (!story.finding_about.empty()) ++about_memory;
    expect_whole(story);
    const std::string text = boot_text(story, {});
    EXPECT_TRUE(contains(text, fmt::format("!!! {}", rule_name(fault.rule)))) << text;
    expect_well_formed(boot_svg(story));
    const std::string page = boot_html(story);
    expect_well_formed(page);
    write_page(fault, story, page);
  }
  EXPECT_GT(about_memory, 10U);
}

// No line of a terminal is broken by the terminal.
TEST(Show, TextIsNoWiderThanTheTerminal) {
  const Storyboard story = story_on_our_core(oracle::kStory);
  for (const std::size_t width : {40U, 60U, 100U}) {
    TextStyle style;
    style.width = width;
    std::istringstream lines(boot_text(story, style));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), width) << line;
  }
}

TEST(Show, TextHasColoursOnlyWhereTheyAreWanted) {
  const Storyboard story = story_on_our_core(oracle::kStory);
  EXPECT_FALSE(contains(boot_text(story, {}), "\x1b"));
  TextStyle style;
  style.colour = true;
  EXPECT_TRUE(contains(boot_text(story, style), "\x1b[43;30;1m"));  // runtime services
}

TEST(Show, ThePageSaysWhatItShows) {
  const std::string page = boot_html(story_on_our_core(oracle::kStory));
  for (const char* const words :
       {"Logarithmic scale", "survive ExitBootServices", "runtime services data", ">RD</text>",
        ">BD</text>", "0x10005000"}) {
    EXPECT_TRUE(contains(page, words)) << words;
  }
}

// Where the evidence is in memory, a bar is; and the HOB that it names is marked.
TEST(Show, EvidenceIsDrawnWhereItIs) {
  Storyboard story =
      story_on_our_core("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\n");
  story.finding = oracle::Finding{};
  story.finding->rule = "HOB-APPEND";
  story.finding->evidence = "at 0x10006800 and in the HOB 0x10000038";
  story.finding_step = 1;
  story.finding_about = {{0x10006800, 1}, {0x10000038, 1}};
  const std::string page = boot_html(story);
  EXPECT_TRUE(contains(page, "evidence: 0x10006800"));
  EXPECT_TRUE(contains(page, "<li class=\"bad\""));
  EXPECT_TRUE(contains(boot_text(story, {}), "! 0x10006800"));
}

std::string many(std::size_t count, std::string_view op) {
  std::string text = "boot v1\nboard roomy\n";
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{}\n", op);
  return text;
}

// The board's list takes 1,000 HOBs of them.
TEST(Show, ALongBootIsFoldedAndItsPageIsSmall) {
  const Storyboard story = story_on_our_core(many(1000, "AllocatePool 8"));
  ASSERT_EQ(story.steps.size(), 1001U);
  const std::string page = boot_html(story);
  expect_well_formed(page);
  EXPECT_LT(page.size(), 2'000'000U);
  EXPECT_LT(boot_svg(story).size(), 2'000'000U);
  EXPECT_TRUE(contains(page, "<details class=\"fold\""));
  EXPECT_TRUE(contains(page, "id=\"op-500\""));
}

// Rounds 1, 2 and the last one are drawn, and what leads to the finding; --all draws the others.
TEST(Show, TheTextFoldsTheRoundsOfARepeatedGroup) {
  Storyboard story = story_on_our_core("boot v1\nboard roomy\nrepeat 40 {\n  AllocatePool 8\n}\n");
  TextStyle style;
  const std::string folded = boot_text(story, style);
  EXPECT_TRUE(contains(folded, "b1 = AllocatePool 8"));
  EXPECT_TRUE(contains(folded, "... ops 2 to 38: rounds 3 to 39 of 40; --all draws them"));
  EXPECT_FALSE(contains(folded, "b20 = AllocatePool 8"));
  EXPECT_TRUE(contains(folded, "b39 = AllocatePool 8"));
  EXPECT_TRUE(contains(folded, "38 HOBs, b1 to b38; --all lists them"));
  style.every_step = true;
  EXPECT_TRUE(contains(boot_text(story, style), "b20 = AllocatePool 8"));
  EXPECT_FALSE(contains(boot_text(story, style), "HOBs, b1 to"));
  style = {};
  style.width = 40;
  std::istringstream lines(boot_text(story, style));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 40U) << line;

  story.finding = oracle::Finding{};
  story.finding->rule = "HOB-APPEND";
  story.finding_step = 26;  // op 25
  const std::string found = boot_text(story, {});
  EXPECT_TRUE(contains(found, "... ops 2 to 21: rounds 3 to 22 of 40"));
  EXPECT_TRUE(contains(found, "b22 = AllocatePool 8"));
}

// The time of a hang is that of one op: writing the steps down is no fault of the target.
TEST(Show, ALongBootIsNoHang) {
  oracle::Isolation hasty;
  hasty.seconds = 0.1;
  const Storyboard story =
      record_steps(program_of(many(1000, "AllocatePool 8")), pei::core_target({}), {}, hasty);
  EXPECT_FALSE(story.finding);
  EXPECT_EQ(story.steps.size(), 1001U);
}

TEST(Show, LongOperandsAreInDetailsOnly) {
  const std::string digits(64, 'a');
  const std::string page = boot_html(
      story_on_our_core("boot v1\nboard heap-low\nb0 = AllocatePool 32 hex " + digits + "\n"));
  EXPECT_TRUE(contains(page, ">0 b0 = AllocatePool 32 hex aaaaaaaa..</a>"));
  EXPECT_TRUE(contains(page, "<pre>b0 = AllocatePool 32 hex " + digits));
}

TEST(Show, AStepComesBackFromJsonAsItWas) {
  const Storyboard story = story_on_our_core(oracle::kStory);
  for (const Step& step : story.steps) {
    const nlohmann::json once = step_json(step);
    EXPECT_EQ(step_json(step_of(once)), once);
  }
}

TEST(Show, TheStoryAsTextHasEveryStep) {
  const Storyboard story = story_on_our_core(oracle::kStory);
  const nlohmann::json whole = nlohmann::json::parse(story_json_text(story));
  ASSERT_EQ(whole.at("steps").size(), story.steps.size());
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    EXPECT_EQ(whole["steps"][i], step_json(story.steps[i]));
  }
  EXPECT_EQ(whole.at("regions").size(), story.regions.size());
  EXPECT_EQ(whole.at("findings").size(), 0U);
}

TEST(Show, ABoardThatDeclinesHasNoPicturesButAReset) {
  const Storyboard story = story_on_our_core("boot v1\nboard too-tiny\nGetHobList\n");
  ASSERT_EQ(story.steps.size(), 1U);
  EXPECT_EQ(story.steps[0].outcome, "the target rejects the boot");
  expect_whole(story);
  EXPECT_TRUE(contains(boot_text(story, {}), "rejects"));
}

}  // namespace
}  // namespace hobnail
