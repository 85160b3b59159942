// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Regions against sets of addresses: all pairs of short regions, the empty ones too.
#include "properties/oracle/region.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kEnd = 6;

std::vector<Region> short_regions() {
  std::vector<Region> all;
  for (std::uint64_t base = 1; base < kEnd; ++base) {
    for (std::uint64_t size = 0; base + size <= kEnd; ++size) all.push_back({base, size});
  }
  return all;
}

std::set<std::uint64_t> addresses_of(const Region& region) {
  std::set<std::uint64_t> all;
  for (std::uint64_t at = region.base; at < region.end(); ++at) all.insert(at);
  return all;
}

TEST(Region, CommonIsWhatBothContain) {
  for (const Region& one : short_regions()) {
    for (const Region& other : short_regions()) {
      std::set<std::uint64_t> both;
      for (const std::uint64_t at : addresses_of(one)) {
        if (other.contains(at)) both.insert(at);
      }
      EXPECT_EQ(addresses_of(common(one, other)), both) << fmt::format("{} {}", one, other);
    }
  }
}

TEST(Region, BesideIsWhatThePartDoesNotContainBelowItAndAboveIt) {
  for (const Region& whole : short_regions()) {
    for (const Region& part : short_regions()) {
      std::set<std::uint64_t> below;
      std::set<std::uint64_t> above;
      for (const std::uint64_t at : addresses_of(whole)) {
        if (!part.contains(at)) (at < part.base ? below : above).insert(at);
      }
      const auto [lower, upper] = beside(whole, part);
      EXPECT_EQ(addresses_of(lower), below) << fmt::format("{} {}", whole, part);
      EXPECT_EQ(addresses_of(upper), above) << fmt::format("{} {}", whole, part);
    }
  }
}

// A core may write any base and size into its list.
TEST(Region, ARegionThatWrapsHasNothingInCommon) {
  const Region wraps{UINT64_MAX - kPage + 1, 2 * kPage};
  EXPECT_EQ(common(wraps, {0, kPage}), Region{});
  EXPECT_EQ(common(wraps, {UINT64_MAX - kPage + 1, kPage - 1}), Region{});
}

TEST(Region, BetweenIsEmptyDownwards) {
  EXPECT_EQ(between(kPage, 3 * kPage), (Region{kPage, 2 * kPage}));
  EXPECT_EQ(between(kPage, kPage).size, 0U);
  EXPECT_EQ(between(3 * kPage, kPage).size, 0U);
}

}  // namespace
}  // namespace hobnail::oracle
