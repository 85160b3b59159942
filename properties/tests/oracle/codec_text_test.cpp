// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What people write: the liberties that the `.boot` text allows, and what it says when it does not
// understand.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

const std::string kHeader = "boot v1\nboard heap-low\n";

std::string reprinted(const std::string& text) {
  const auto result = parse_text(text);
  if (const auto* error = std::get_if<TextError>(&result)) return error->message;
  return print_text(std::get<Program>(result));
}

TEST(Text, CommentsBlankLinesTabsAndCarriageReturnsAreFree) {
  EXPECT_EQ(reprinted("# why\r\n\r\n  boot\tv1 # x\r\nboard heap-low\r\n\tgarbage 3\r\n"
                      "GetHobList#y\r\n# \xC3\xA4"),
            "boot v1\nboard heap-low\ngarbage 3\nGetHobList\n");
}

TEST(Text, AProgramMaySayThatItKeepsToTheContract) {
  EXPECT_EQ(reprinted(kHeader + "contract # PI's\nGetHobList\n"),
            kHeader + "contract\nGetHobList\n");
  EXPECT_EQ(reprinted(kHeader + "garbage 3\ncontract\n"), kHeader + "garbage 3\ncontract\n");
  EXPECT_EQ(reprinted(kHeader + "contract = AllocatePool 8\n"), kHeader + "b0 = AllocatePool 8\n");
  EXPECT_EQ(reprinted(kHeader + "contract twice\n"), "unexpected 'twice' at end of line");
  EXPECT_EQ(reprinted(kHeader + "GetHobList\ncontract\n"), "unknown op 'contract'");
}

TEST(Text, ResultsMayHaveNamesOfTheirOwn) {
  EXPECT_EQ(reprinted(kHeader + "AllocatePages BootServicesData 1\n"
                                "my-stack = AllocatePages 3 0x2\nFreePages my-stack+1 1\n"
                                "FreePages &my-stack+1 1\nx=AllocatePool 8->null\n"
                                "PeimWrite x-8 4 hex 01 02 0304\n"),
            kHeader +
                "p0 = AllocatePages BootServicesData 1\n"
                "p1 = AllocatePages BootServicesCode 2\nFreePages p1+1 1\n"
                "FreePages &p1+1 1\nb0 = AllocatePool 8 -> null\n"
                "PeimWrite b0-8 4 hex 01020304\n");
}

TEST(Text, CanonicalNamesMeanTheNthOpWhereverItStands) {
  const std::string text = kHeader + "FreePages p1 whole\np0 = AllocatePages BootServicesData 1\n";
  EXPECT_EQ(reprinted(text), text);
}

TEST(Text, NumbersAndNamesMeanTheSame) {
  EXPECT_EQ(reprinted(kHeader +
                      "SetBootMode S3Resume\nAllocatePages 4 0x0003\nCreateHob 0x4 40 pattern\n"),
            kHeader +
                "SetBootMode 0x11\np0 = AllocatePages BootServicesData 3\n"
                "h0 = CreateHob GuidExtension 40\n");
}

struct Mistake {
  std::string text;
  std::size_t line;
  std::size_t column;
  std::string message;  // a part of it
};

void expect_reported(const Mistake& mistake) {
  const auto result = parse_text(mistake.text);
  const auto* error = std::get_if<TextError>(&result);
  ASSERT_NE(error, nullptr) << mistake.text;
  EXPECT_EQ(error->line, mistake.line) << mistake.text << error->message;
  EXPECT_EQ(error->column, mistake.column) << mistake.text << error->message;
  EXPECT_NE(error->message.find(mistake.message), std::string::npos) << error->message;
  EXPECT_EQ(error->message.find('\n'), std::string::npos) << error->message;
}

TEST(Text, ErrorsInTheHeaderAreReported) {
  for (const Mistake& mistake : std::vector<Mistake>{
           {"", 1, 1, "expected 'boot v1'"},
           {"# nothing\n", 2, 1, "expected 'boot v1'"},
           {"AllocatePages 4 1\n", 1, 1, "expected 'boot v1' as the first line, not 'Alloc"},
           {"boot\n", 1, 6, "expected 'v1'"},
           {"boot v2\n", 1, 6, "'v2' is not a supported version"},
           {"boot v1 x\n", 1, 9, "unexpected 'x' at end of line"},
           {"boot v1\n", 2, 1, "expected 'board NAME'"},
           {"boot v1\nGetHobList\n", 2, 1, "expected 'board NAME'"},
           {"boot v1\nboard\n", 2, 7, "board: missing name"},
           {"boot v1\nboard heaplow\n", 2, 7, "did you mean 'heap-low'?"},
           {kHeader + "garbage 256\n", 3, 9, "too large; the maximum is 0xFF"},
           {kHeader + "garbage\n", 3, 9, "garbage: missing number"},
       }) {
    expect_reported(mistake);
  }
}

TEST(Text, ErrorsInAnOpAreReported) {
  for (const Mistake& mistake : std::vector<Mistake>{
           {"AlocatePages 4 1", 3, 1, "unknown op 'AlocatePages'; did you mean 'AllocatePages'?"},
           {"AllocatePages BootServiceData 1", 3, 15, "did you mean 'BootServicesData'?"},
           {"AllocatePages", 3, 15, "AllocatePages: missing memory type"},
           {"AllocatePages 4", 3, 17, "AllocatePages: missing number of pages"},
           {"AllocatePages 4 -> null", 3, 17, "missing number of pages"},
           {"AllocatePages 4 1 2", 3, 19, "unexpected '2' at end of line"},
           {"AllocatePages 4 1 -> nul", 3, 22, "expected 'null'"},
           {"AllocatePages 0x100000000 1", 3, 15, "too large; the maximum is 0xFFFFFFFF"},
           {"AllocatePages 4 18446744073709551616", 3, 17, "too large"},
           {"AllocatePages 4 0xG", 3, 17, "is not a number"},
           {"AllocatePages 4 gab", 3, 17, "did you mean 'gap'?"},
           {"AllocatePages 4 leave:", 3, 23, "is not a number"},
           {"AllocatePages 4 leave:x", 3, 23, "is not a number"},
           {"AllocatePages 4 gap+0xZ", 3, 21, "is not a number"},
           {"CreateHob 0x10000 8", 3, 11, "the maximum is 0xFFFF"},
           {"SetMem p0 1 256", 3, 13, "the maximum is 0xFF"},
           {"FreePages", 3, 11, "FreePages: missing place"},
           {"FreePages stak 1", 3, 11, "did you mean 'stack'?"},
           {"FreePages page[16384] 1", 3, 11, "unknown place"},
           {"FreePages page[ 1", 3, 11, "unknown place"},
           {"FreePages & 1", 3, 11, "unknown place"},
           {"CopyMem p0 8", 3, 14, "CopyMem: missing number of bytes"},
           {"PeimWrite p0 1 hex", 3, 20, "missing digits after 'hex'"},
           {"PeimWrite p0 1 hex 123", 3, 20, "odd number of hex digits"},
           {"PeimWrite p0 1 hex 12 3x", 3, 24, "data must be hex digits"},
           {"PeimWrite p0 1 hex " + std::string(2 * (kDataMax + 1), '0'), 3, 20, "0xFFF8"},
           {std::string("GetHobList \0", 12), 3, 12, "byte 0x00"},
           {"GetHobList \x7F", 3, 12, "byte 0x7F"},
           {"\xC3\xA4", 3, 1, "unknown op"},
       }) {
    expect_reported({kHeader + mistake.text, mistake.line, mistake.column, mistake.message});
  }
}

TEST(Text, ErrorsInNamesAreReported) {
  for (const Mistake& mistake : std::vector<Mistake>{
           {"p1 = AllocatePages 4 1", 3, 1, "this result must be named 'p0', not 'p1'"},
           {"p0 = AllocatePool 1", 3, 1, "this result must be named 'b0', not 'p0'"},
           {"x = FreePages p0 1", 3, 1, "FreePages has no result to name"},
           {"x =", 3, 5, "missing op"},
           {"x = AllocatePool 1\nx = AllocatePool 1", 4, 1, "already names a result"},
           {"stack = AllocatePool 1", 3, 1, "already names a place"},
           {"dram7 = AllocatePool 1", 3, 1, "already names a place"},
           {"x-8 = AllocatePool 1", 3, 1, "is ambiguous"},
           {"7x = AllocatePool 1", 3, 1, "is not a name"},
           {"PeimWrite buffer 1\nbuffer = AllocatePool 1", 3, 11, "unknown place 'buffer'"},
           {"buffer = AllocatePool 1\nPeimWrite bufer+1 1", 4, 11, "did you mean 'buffer'?"},
       }) {
    expect_reported({kHeader + mistake.text, mistake.line, mistake.column, mistake.message});
  }
}

TEST(Text, AProgramHasAnEnd) {
  std::string text = kHeader;
  for (std::size_t i = 0; i < kOpsMax; ++i) text += "GetHobList\n";
  const std::string most = "repeat 5000 {\n  GetHobList\n}\n";
  EXPECT_EQ(reprinted(text), kHeader + most + most + most + "repeat 1384 {\n  GetHobList\n}\n");
  expect_reported({text + "GetHobList\n", 3 + kOpsMax, 1, "more than 16384 ops"});
}

// The ops of a program one by one.
std::string unrolled(const std::string& text) {
  std::string lines;
  const auto parsed = parse_text(text);
  for (const Op& op : std::get<Program>(parsed).ops) lines += print_op(op) + "\n";
  return lines;
}

TEST(Text, AGroupIsItsRounds) {
  const std::string text = kHeader +
                           "p0 = AllocatePages BootServicesData 3\n"
                           "repeat 8 {\n"
                           "  p1 = AllocatePages BootServicesData 1\n"
                           "  b0 = AllocatePool 8\n"
                           "  CopyMem b0 p1 4\n"
                           "  FreePages p1 1\n"
                           "  PeimWrite p0 1\n"
                           "}\n"
                           "p9 = AllocatePages BootServicesData 3\n";
  EXPECT_EQ(reprinted(text), text);
  const std::string ops = unrolled(text);
  EXPECT_NE(ops.find("AllocatePool 8\nCopyMem b7 p8 4\nFreePages p8 1\nPeimWrite p0 1\nAlloc"),
            std::string::npos)
      << ops;
}

TEST(Text, ANameOfAGroupIsThatOfItsLastRoundBehindIt) {
  const std::string text = kHeader +
                           "repeat 2 {\nx = AllocatePages 4 2\nFreePages x 1\n}\n"
                           "FreePages p0+1 1\nFreePages x+1 1\ny = AllocatePages 4 9\n"
                           "FreePages y 9\n";
  EXPECT_EQ(unrolled(text),
            "AllocatePages BootServicesData 2\nFreePages p0 1\n"
            "AllocatePages BootServicesData 2\nFreePages p1 1\n"
            "FreePages p0+1 1\nFreePages p1+1 1\n"
            "AllocatePages BootServicesData 9\nFreePages p2 9\n");
}

TEST(Text, FewRoundsAreSpelledOpByOp) {
  const std::string seven = kHeader + "repeat 7 {\n  GetHobList\n}\n";
  EXPECT_EQ(reprinted(seven).find("repeat"), std::string::npos);
  EXPECT_EQ(reprinted(kHeader + "repeat 0x8 { # eight\nGetBootMode\nGetBootMode\n}"),
            kHeader + "repeat 16 {\n  GetBootMode\n}\n");
  EXPECT_EQ(reprinted(kHeader + "repeat = AllocatePool 8\nPeimWrite repeat 8\n"),
            kHeader + "b0 = AllocatePool 8\nPeimWrite b0 8\n");
}

TEST(Text, ErrorsInGroupsAreReported) {
  std::string long_round = "repeat 2 {\n";
  for (int i = 0; i < 17; ++i) long_round += "GetHobList\n";
  for (const Mistake& mistake : std::vector<Mistake>{
           {"repeat", 3, 8, "missing number of rounds (1 to 16384)"},
           {"repeat {", 3, 8, "missing number of rounds"},
           {"repeat 0 {", 3, 8, "expected 1 or more"},
           {"repeat 16385 {", 3, 8, "the maximum is 0x4000"},
           {"repeat x {", 3, 8, "is not a number"},
           {"repeat 2", 3, 10, "expected '{'"},
           {"repeat 2 { GetHobList }", 3, 12, "lines of their own"},
           {"repeat 2 {\nGetHobList", 5, 1, "missing '}'"},
           {"repeat 2 {\n}", 4, 1, "the group has no ops"},
           {"repeat 2 {\nrepeat 2 {", 4, 1, "cannot be within another"},
           {"}", 3, 1, "'}' without 'repeat'"},
           {"repeat 2 {\nGetHobList\n} x", 5, 3, "unexpected 'x'"},
           {"repeat 8193 {\nGetHobList\nGetBootMode\n}", 6, 1, "more than 16384 ops"},
           {long_round, 20, 1, "the group has more than 16 ops"},
       }) {
    expect_reported({kHeader + mistake.text, mistake.line, mistake.column, mistake.message});
  }
}

// Printed text with bytes changed: a program or a complaint, and never a crash.
TEST(Text, AnyTextIsAProgramOrAnError) {
  Random random(6);
  const auto below = [&](std::size_t bound) {
    return static_cast<std::size_t>(random.below(bound));
  };
  for (int i = 0; i < 20000; ++i) {
    std::string text = print_text(generate_program(random, 8));
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      const std::size_t at = below(text.size());
      const std::size_t kind = below(3);
      if (kind == 0) text.erase(at, 1 + below(8));
      if (kind == 1) text.insert(at, 1, static_cast<char>(random.below(256)));
      if (kind == 2) text.insert(at, text.substr(below(text.size()), below(12)));
    }
    const auto result = parse_text(text);
    const auto* program = std::get_if<Program>(&result);
    if (program == nullptr) continue;
    ASSERT_EQ(canonical(*program), *program) << text;
    ASSERT_EQ(std::get<Program>(parse_text(print_text(*program))), *program) << text;
  }
}

TEST(Text, TextIsDistinguishedFromBytes) {
  EXPECT_TRUE(looks_like_text("\n # c\n boot v1\n"));
  EXPECT_TRUE(looks_like_text("boot v9"));
  EXPECT_FALSE(looks_like_text(""));
  EXPECT_FALSE(looks_like_text("bootstrap"));
  EXPECT_FALSE(looks_like_text(std::string_view("\1\0\0\0", 4)));
}

}  // namespace
}  // namespace hobnail::oracle
