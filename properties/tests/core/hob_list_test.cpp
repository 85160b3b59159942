// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of HobList over bytes that no service makes: flaws, and places beyond the view.
#include "core/hob_list.h"

#include <gtest/gtest.h>

#include <array>

#include "properties/tests/core/hob_words.h"

namespace pei::test {
namespace {

// Two HOBs of 16 bytes and END, and behind it one that does not count.
struct Bytes {
  alignas(8) std::array<UINT64, 7> words{header(4, 16), 1, header(5, 16), 2, kEnd,
                                         header(6, 16), 3};
  [[nodiscard]] HobList list() const {
    return {reinterpret_cast<const UINT8*>(words.data()), sizeof words};
  }
};

TEST(HobList, NothingIsAtAnOffsetBeyondTheView) {
  const Bytes bytes;
  EXPECT_TRUE(bytes.list().at(40));
  EXPECT_FALSE(bytes.list().at(sizeof bytes.words));
  EXPECT_FALSE(bytes.list().at(sizeof bytes.words + 8));
  EXPECT_FALSE(bytes.list().at(~UINTN{7}));
  EXPECT_FALSE(HobList(reinterpret_cast<const UINT8*>(bytes.words.data()), 32).at(40))
      << "there is one";
}

TEST(HobList, FindEndsAtEnd) {
  const Bytes bytes;
  ASSERT_TRUE(bytes.list().find(5, 16, 0));
  EXPECT_EQ(*bytes.list().find(5, 16, 0), 16U);
  EXPECT_FALSE(bytes.list().find(5, 24, 0)) << "of that type, but longer";
  EXPECT_FALSE(bytes.list().find(4, 16, 16)) << "before the start";
  EXPECT_FALSE(bytes.list().find(6, 16, 0)) << "behind END";
}

TEST(HobList, FindEndsAtTheFirstFlaw) {
  Bytes bytes;
  for (const UINT64 length : {0U, 7U, 12U, 0x100U}) {
    bytes.words[0] = header(4, length);
    EXPECT_FALSE(bytes.list().find(5, 16, 0)) << length;
  }
}

}  // namespace
}  // namespace pei::test
