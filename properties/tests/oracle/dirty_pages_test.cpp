// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Eighths of pages: what is noted is named once, and the rest of its page is not.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "properties/oracle/board/dirty_pages.h"

namespace hobnail::oracle {
namespace {

using Parts = std::vector<std::pair<std::size_t, std::size_t>>;

Parts clean(DirtyPages& dirty) {
  Parts parts;
  dirty.clean([&](std::size_t offset, std::size_t bytes) { parts.emplace_back(offset, bytes); });
  return parts;
}

DirtyPages of_four_pages() {
  DirtyPages dirty;
  dirty.cover(4 * kPage);
  return dirty;
}

TEST(DirtyPages, AByteIsAnEighthOfAPage) {
  DirtyPages dirty = of_four_pages();
  dirty.note(0x1200, 1);
  dirty.note(0x13ff, 1);
  EXPECT_EQ(dirty.pages(), std::vector<std::uint32_t>{1});
  EXPECT_EQ(clean(dirty), (Parts{{0x1200, 0x200}}));
}

TEST(DirtyPages, ARangeIsAllEighthsThatItTouches) {
  DirtyPages dirty = of_four_pages();
  dirty.note(0x1fff, 0x1002);
  EXPECT_EQ(clean(dirty), (Parts{{0x1e00, 0x200}, {0x2000, 0x1000}, {0x3000, 0x200}}));
}

TEST(DirtyPages, NothingIsDirtyOnceItIsClean) {
  DirtyPages dirty = of_four_pages();
  dirty.note(0, 4 * kPage);
  EXPECT_EQ(clean(dirty).size(), 4u);
  EXPECT_TRUE(dirty.pages().empty());
  EXPECT_TRUE(clean(dirty).empty());
}

TEST(DirtyPages, NoBytesAreNoPart) {
  DirtyPages dirty = of_four_pages();
  dirty.note(0x800, 0);
  EXPECT_TRUE(clean(dirty).empty());
}

}  // namespace
}  // namespace hobnail::oracle
