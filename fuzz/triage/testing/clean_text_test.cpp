// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What any bytes become.
#include "fuzz/triage/report/clean_text.h"

#include <gtest/gtest.h>

#include "fuzz/triage/report/cpp_calls.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/testing/sample_record.h"

namespace hobnail {
namespace {

constexpr const char* kGone = "\xef\xbf\xbd";

TEST(CleanText, KeepsWhatIsText) {
  EXPECT_EQ(clean_text("a\n\tb \xe2\x82\xac \xf0\x9f\x98\x80"),
            "a\n\tb \xe2\x82\xac \xf0\x9f\x98\x80");
}

TEST(CleanText, ShowsControlCharacters) {
  EXPECT_EQ(clean_text("\x1b[0m"), "\xe2\x90\x9b[0m");
  EXPECT_EQ(clean_text(std::string_view("\0", 1)), "\xe2\x90\x80");
  EXPECT_EQ(clean_text("\x7f"), "\xe2\x90\xa1");
  EXPECT_EQ(clean_text("a\r\nb\r"), "a\nb\xe2\x90\x8d");
}

TEST(CleanText, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(clean_text("\xff"), kGone);
  EXPECT_EQ(clean_text("\xc3("), std::string(kGone) + "(");
  EXPECT_EQ(clean_text("\xc0\x80"), std::string(kGone) + kGone);              // overlong
  EXPECT_EQ(clean_text("\xed\xa0\x80"), std::string(kGone) + kGone + kGone);  // a surrogate
  EXPECT_EQ(clean_text("\xef\xbf\xbf"), std::string(kGone) + kGone + kGone);  // U+FFFF
  EXPECT_EQ(clean_text("\xe2\x82"), std::string(kGone) + kGone);              // cut off
  EXPECT_EQ(clean_text("\xc2\x85"), kGone);                                   // C1
}

TEST(CleanText, IsCleanAfterOnePass) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& text : {all, nasty_text()}) {
    EXPECT_EQ(clean_text(clean_text(text)), clean_text(text));
  }
}

TEST(CleanText, EscapesMarkup) {
  EXPECT_EQ(markup_text("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
}

TEST(CleanText, EscapesMarkdown) {
  EXPECT_EQ(markdown_text("a_b*c|d\n# <e>"), "a\\_b\\*c\\|d \\# \\<e\\>");
}

TEST(CleanText, FencesAreLongerThanThoseInside) {
  EXPECT_EQ(markdown_block("a", "text"), "```text\na\n```\n");
  EXPECT_EQ(markdown_block("````\n", ""), "`````\n````\n`````\n");
}

TEST(CleanText, IsCutBetweenCharacters) {
  EXPECT_EQ(shortened("abc", 3), "abc");
  EXPECT_EQ(shortened("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac", 7), "\xe2\x82\xac\xe2\x80\xa6");
}

TEST(CleanText, IsALiteralOfCpp) {
  EXPECT_EQ(cpp_string("a\"b\\c\n?\?/"), "\"a\\\"b\\\\c\\n\\?\\?/\"");
}

TEST(RecordWords, NamesOfFilesStayInTheirFolder) {
  EXPECT_EQ(file_word("../../etc"), "..-..-etc");
  EXPECT_EQ(file_word(".."), "unnamed..");
  EXPECT_EQ(file_word(""), "unnamed");
}

TEST(RecordWords, WordsOfAShellAreQuoted) {
  EXPECT_EQ(shell_word("a/b-1.boot"), "a/b-1.boot");
  EXPECT_EQ(shell_word("it's $(x)"), "'it'\\''s $(x)'");
}

TEST(RecordWords, PathsAreRelativeToTheRoot) {
  EXPECT_EQ(below_root("/a/b/c.c", "/a"), "b/c.c");
  EXPECT_EQ(below_root("/a/b/../c.c", "/a/"), "c.c");
  EXPECT_EQ(below_root("/b/c.c", "/a"), "");
  EXPECT_EQ(below_root("out/x", "/a"), "out/x");
  EXPECT_EQ(below_root("../x", "/a"), "");
}

}  // namespace
}  // namespace hobnail
