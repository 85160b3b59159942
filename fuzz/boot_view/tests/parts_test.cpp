// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parts of the pictures: claims, lanes, evidence, words.
#include <gtest/gtest.h>

#include "fuzz/boot_view/claims.h"
#include "fuzz/boot_view/evidence.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/lane.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/step.h"
#include "fuzz/boot_view/svg/style.h"

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

TEST(Lane, TheSameBorderIsAtTheSamePlaceInAllSteps) {
  const Storyboard story = two_steps();
  const Lane lane(story, story.regions[0], 20);
  const std::vector<std::size_t> places = lane.places(100, 5);
  EXPECT_EQ(places.front(), 0U);
  EXPECT_EQ(places.back(), 100U);
  ASSERT_EQ(places.size(), 4U);  // list, gap, p0
  const std::vector<hobnail::CellRun> first = lane.runs(story.steps[0]);
  const std::vector<hobnail::CellRun> second = lane.runs(story.steps[1]);
  ASSERT_EQ(first.size(), 2U);
  ASSERT_EQ(second.size(), 3U);
  EXPECT_EQ(first[1].first, second[1].first);  // the end of the list has one place
  EXPECT_EQ(first[1].where.base, 0x1080U);     // and its own address in each
  EXPECT_EQ(second[1].where.base, 0x10b0U);
  EXPECT_EQ(first[1].last, second[2].last);
}

TEST(Lane, WhereThereIsNoRoomNeighboursShareACell) {
  Storyboard story = two_steps();
  for (std::uint64_t page = 0x3000; page < 0x9000; page += 0x1000) {
    story.steps[1].pieces.push_back(claim(page, page + 0x1000, PieceKind::Pages, "p"));
  }
  const Lane lane(story, story.regions[0], 4);
  EXPECT_LE(lane.places(100, 5).size(), 5U);
  bool shared = false;
  for (const hobnail::CellRun& run : lane.runs(story.steps[1]))
    shared = shared || run.pieces.size() > 1;
  EXPECT_TRUE(shared);
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
  const hobnail::CellRun run{0, 1, pages.where, {&pages}};
  EXPECT_EQ(run_label(run, 20), "p0 LoaderData");
  EXPECT_EQ(run_label(run, 8), "p0");
  EXPECT_EQ(run_label(run, 1), "");
  EXPECT_EQ(short_address(kAll, 0x3000), "3000");
  EXPECT_EQ(short_address({0x10000, 0x1000}, 0x10040), "040");
}

TEST(Svg, WordsAreEscapedAndBroken) {
  EXPECT_EQ(markup_text("<a & \"b\">\x01\xff \xc3\xa9"),
            "&lt;a &amp; &quot;b&quot;&gt;\xe2\x90\x81\xef\xbf\xbd \xc3\xa9");
  EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("abcdefghij\nk", 4), (std::vector<std::string>{"abcd", "efgh", "ij", "k"}));
}

}  // namespace
}  // namespace hobnail
