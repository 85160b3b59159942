// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parts of the pictures: claims, lanes, evidence, words.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <set>
#include <stdexcept>
#include <string_view>

#include "fuzz/boot_view/claims.h"
#include "fuzz/boot_view/evidence.h"
#include "fuzz/boot_view/folding.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/lane.h"
#include "fuzz/boot_view/look.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/step_delta.h"
#include "fuzz/boot_view/story_json.h"
#include "fuzz/boot_view/svg/style.h"
#include "fuzz/boot_view/ticks.h"
#include "fuzz/boot_view/wrap.h"

namespace hobnail {
namespace {

using oracle::Region;

constexpr Region kAll{0x1000, 0x9000};

Piece claim(std::uint64_t from, std::uint64_t to, PieceKind kind, const std::string& name) {
  return {{from, to - from}, kind, name, {}};
}

TEST(Claims, TheLaterCoversTheEarlier) {
  const std::vector<Piece> claims{claim(0x1000, 0x8000, PieceKind::Unclaimed, ""),
                                  claim(0x2000, 0x3000, PieceKind::Pages, "p0")};
  const std::vector<Piece> pieces = lay(kAll, claims);
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_EQ(pieces[1].name, "p0");
  EXPECT_EQ(pieces[2].where, (Region{0x3000, 0x5000}));
  EXPECT_EQ(pieces[3].kind, PieceKind::Outside);
}

TEST(Claims, TwoThatExcludeEachOtherClash) {
  const std::vector<Piece> claims{claim(0x2000, 0x5000, PieceKind::Gap, "gap"),
                                  claim(0x4000, 0x6000, PieceKind::Pages, "p0")};
  const std::vector<Piece> pieces = lay(kAll, claims);
  ASSERT_EQ(pieces.size(), 5U);
  EXPECT_EQ(pieces[2].kind, PieceKind::Clash);
  EXPECT_EQ(pieces[2].where, (Region{0x4000, 0x1000}));
  EXPECT_EQ(pieces[2].what, "gap and p0");
}

TEST(Claims, WhatReachesBeyondIsCutEvenWhenItWraps) {
  const std::vector<Piece> claims{{{0x9000, UINT64_MAX - 0x1000}, PieceKind::Pages, "p0", {}},
                                  {{0, 0x800}, PieceKind::Pages, "p1", {}}};
  const std::vector<Piece> pieces = lay(kAll, claims);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[1].where, (Region{0x9000, 0x1000}));
}

TEST(Claims, NeighboursThatWereGivenApartStayApart) {
  const std::vector<Piece> claims{claim(0x2000, 0x3000, PieceKind::Freed, "freed"),
                                  claim(0x3000, 0x4000, PieceKind::Freed, "freed")};
  EXPECT_EQ(lay(kAll, claims).size(), 4U);
}

// Two steps: the list grows, and then pages are given.
Storyboard two_steps() {
  Storyboard story;
  story.regions = {{kAll, "memory"}};
  story.steps.resize(2);
  story.steps[0].pieces = {claim(0x1000, 0x1080, PieceKind::HobList, "HOBs"),
                           claim(0x1080, 0xa000, PieceKind::Gap, "gap")};
  story.steps[1].pieces = {claim(0x1000, 0x10b0, PieceKind::HobList, "HOBs"),
                           claim(0x10b0, 0x9000, PieceKind::Gap, "gap"),
                           claim(0x9000, 0xa000, PieceKind::Pages, "p0")};
  return story;
}

constexpr Scale kScale{100, 5};

TEST(Lane, TheSameBorderIsAtTheSamePlaceInAllSteps) {
  const Storyboard story = two_steps();
  const Lane lane(story, story.regions[0], 20);
  const std::vector<CellRun> first = lane.runs(story.steps[0], kScale);
  const std::vector<CellRun> second = lane.runs(story.steps[1], kScale);
  ASSERT_EQ(first.size(), 2U);
  ASSERT_EQ(second.size(), 3U);
  EXPECT_EQ(first[0].from, 0U);
  EXPECT_EQ(first[1].to, 100U);
  EXPECT_EQ(second[2].to, 100U);
  EXPECT_EQ(first[1].where.base, 0x1080U);
  EXPECT_EQ(second[1].where.base, 0x10b0U);
}

TEST(Lane, TheHobListIsWiderWhenItHasGrown) {
  Storyboard story = two_steps();
  story.steps[1].pieces[0].where.size = 0x400;
  story.steps[1].pieces[1].where = {0x1400, 0x7c00};
  const Lane lane(story, story.regions[0], 20);
  const std::size_t before = lane.runs(story.steps[0], kScale)[0].width();
  const std::size_t after = lane.runs(story.steps[1], kScale)[0].width();
  EXPECT_GE(before, kScale.least);
  EXPECT_GT(after, before + 5);
}

TEST(Lane, WhereThereIsNoRoomNeighboursShareACell) {
  Storyboard story = two_steps();
  for (std::uint64_t page = 0x3000; page < 0x9000; page += 0x1000) {
    story.steps[1].pieces.push_back(claim(page, page + 0x1000, PieceKind::Pages, "p"));
  }
  const Lane lane(story, story.regions[0], 4);
  const std::vector<CellRun> runs = lane.runs(story.steps[1], kScale);
  EXPECT_LE(runs.size(), 4U);
  bool shared = false;
  for (const CellRun& run : runs) {
    EXPECT_GE(run.width(), kScale.least);
    shared = shared || run.pieces.size() > 1;
  }
  EXPECT_TRUE(shared);
}

TEST(Lane, AnAddressHasItsPlaceInsideItsPiece) {
  const Storyboard story = two_steps();
  const Lane lane(story, story.regions[0], 20);
  const std::vector<CellRun> runs = lane.runs(story.steps[1], kScale);
  EXPECT_EQ(place_in(runs, 0x9000), runs[2].from);
  EXPECT_EQ(place_in(runs, 0x9800), runs[2].from + runs[2].width() / 2);
  EXPECT_EQ(place_in(runs, 0xa000), runs[2].to);
}

TEST(Ticks, AreWholeAddressesWhereThereIsRoom) {
  const Storyboard story = two_steps();
  const Lane lane(story, story.regions[0], 20);
  const std::vector<CellRun> runs = lane.runs(story.steps[1], kScale);
  const std::vector<Tick> ticks = ticks_of(lane, runs, {}, 1, 1);
  ASSERT_EQ(ticks.size(), 3U);
  EXPECT_EQ(ticks[0].text, "0x1000");
  EXPECT_EQ(ticks[2].text, "0x9000");
  for (const Tick& tick : ticks) EXPECT_LE(tick.at + tick.text.size(), 100U);
}

TEST(Ticks, WhatIsPointedAtComesFirst) {
  const Storyboard story = two_steps();
  const Lane lane(story, story.regions[0], 20);
  const std::vector<CellRun> runs = lane.runs(story.steps[1], kScale);
  const std::vector<Tick> ticks = ticks_of(lane, runs, {{}, {{0x9000, 1}}}, 14, 1);
  ASSERT_EQ(ticks.size(), 1U);
  EXPECT_EQ(ticks[0].run, 2U);
}

TEST(Look, TellsWhatSurvivesFromWhatDoesNot) {
  const Piece boot{{0, 1}, PieceKind::Pages, "p0", "EfiBootServicesData"};
  const Piece runtime{{0, 1}, PieceKind::Claimed, "HOB", "by a PEIM's HOB, EfiRuntimeServicesCode"};
  const Piece odd{{0, 1}, PieceKind::Pages, "p1", "0x80000000"};
  EXPECT_EQ(look_of(boot), Look::BootData);
  EXPECT_EQ(look_of(runtime), Look::RuntimeCode);
  EXPECT_EQ(look_of(odd), Look::OtherPages);
  EXPECT_FALSE(survives_exit(look_of(boot)));
  EXPECT_TRUE(survives_exit(look_of(runtime)));
}

TEST(Look, EachHasACodeOfItsOwn) {
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < kLooks; ++i) {
    const std::string_view code = look_code(static_cast<Look>(i));
    EXPECT_EQ(code.size(), 2U);
    EXPECT_TRUE(codes.insert(code).second) << code;
  }
}

TEST(Look, WhatSurvivesHasAHatch) {
  for (std::size_t i = 0; i < kLooks; ++i) {
    const Look look = static_cast<Look>(i);
    EXPECT_TRUE(is_hatched(look) || !survives_exit(look)) << look_name(look);
  }
}

Storyboard steps_in_one_stage(std::size_t count) {
  Storyboard story;
  story.steps.resize(count);
  for (std::size_t i = 1; i < count; ++i) story.steps[i].op = i - 1;
  return story;
}

TEST(Folding, AShortBootIsNotFolded) {
  for (const Fold& fold : folds_of(steps_in_one_stage(20))) EXPECT_FALSE(fold.folded);
}

TEST(Folding, OfALongBootTheFindingAndWhatIsBeforeItAreOpen) {
  Storyboard story = steps_in_one_stage(1000);
  story.finding_step = 999;
  story.steps[500].stage = "another";
  std::size_t at = 0;
  std::size_t open = 0;
  for (const Fold& fold : folds_of(story)) {
    EXPECT_EQ(fold.first, at);
    EXPECT_LE(fold.last - fold.first, 40U);
    open += fold.folded ? 0 : 1;
    at = fold.last;
  }
  EXPECT_EQ(at, 1000U);
  EXPECT_EQ(open, 7U);  // the reset, the change of stage and back, the finding and three before
}

TEST(Delta, AStepComesBackFromWhatItChanges) {
  Storyboard story = two_steps();
  const HobLine phit{0x1000, 1, 56, "", "a"};
  const HobLine end{0x1038, 0xffff, 8, "", ""};
  const auto shared = [](const HobLine& hob) { return std::make_shared<const HobLine>(hob); };
  story.steps[0].hobs = {shared(phit), shared(end)};
  story.steps[1].hobs = {story.steps[0].hobs[0], shared({0x1038, 7, 48, "b0", "b"}),
                         shared({0x1068, 0xffff, 8, "", ""})};
  const Step back = step_after(step_delta(story.steps[1], story.steps[0]), story.steps[0]);
  EXPECT_EQ(step_json(back), step_json(story.steps[1]));
  EXPECT_EQ(back.hobs[0], story.steps[0].hobs[0]);  // shared, not copied
  EXPECT_THROW((void)step_after(step_delta(story.steps[1], story.steps[0]), Step()),
               std::runtime_error);
}

TEST(Evidence, NamesMemory) {
  const std::vector<StoryRegion> regions{{kAll, "memory"}};
  EXPECT_EQ(
      memory_named_in("p0 [0x2000, 0x3000) and 0x4008; not 0x77, 0x9000+0x800, 0x, x", regions),
      (std::vector<Region>{{0x2000, 0x1000}, {0x4008, 1}, {0x9000, 0x800}}));
  EXPECT_TRUE(memory_named_in("", regions).empty());
}

TEST(Label, IsTheLongestThatFits) {
  const Piece pages{{0x2000, 0x1000}, PieceKind::Pages, "p0", "EfiLoaderData"};
  const CellRun run{0, 1, pages.where, {&pages}};
  EXPECT_EQ(run_label(run, 20), "p0 LoaderData, 4 KiB");
  EXPECT_EQ(run_label(run, 19), "p0 LoaderData");
  EXPECT_EQ(run_label(run, 8), "p0");
  EXPECT_EQ(run_label(run, 1), "");
}

TEST(Label, AnAddressReadsAsOne) {
  EXPECT_EQ(long_address(0x3000), "0x3000");
  EXPECT_EQ(short_address(kAll, 0x3000), "0x3000");
  EXPECT_EQ(short_address({0x10000, 0x1000}, 0x10040), "..040");
}

TEST(Label, LongOperandsAreCut) {
  EXPECT_EQ(short_operands("b0 = AllocatePool 32 hex b05a820000000000000000000000"),
            "b0 = AllocatePool 32 hex b05a8200..");
  EXPECT_EQ(short_operands("PeimWrite b1+8 3 hex dc7982"), "PeimWrite b1+8 3 hex dc7982");
  EXPECT_EQ(short_operands(""), "");
}

TEST(Label, ABareSuccessNeedsNoWords) {
  EXPECT_EQ(short_outcome("EFI_SUCCESS"), "");
  EXPECT_EQ(short_outcome("EFI_SUCCESS -> 0x1000"), " -> 0x1000");
  EXPECT_EQ(short_outcome("EFI_NOT_FOUND"), " = EFI_NOT_FOUND");
}

TEST(Wrap, LongLinesOfATextAreBroken) {
  EXPECT_EQ(fitted("short\n  a table   of long words\n", 16),
            "short\n  a table of\n      long words\n");
  EXPECT_EQ(indented("one two three", 10, 1, 3), " one two\n   three\n");
}

TEST(Svg, WordsAreEscapedAndBroken) {
  EXPECT_EQ(markup_text("<a & \"b\">\x01\xff \xc3\xa9"),
            "&lt;a &amp; &quot;b&quot;&gt;\xe2\x90\x81\xef\xbf\xbd \xc3\xa9");
  EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("abcdefghij\nk", 4), (std::vector<std::string>{"abcd", "efgh", "ij", "k"}));
}

}  // namespace
}  // namespace hobnail
