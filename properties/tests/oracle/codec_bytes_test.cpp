// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The three spellings of a program agree: value, bytes, text. Programs come from the generator,
// from random bytes, and from random fields, so that what no generator draws is spelled too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::vector<std::uint8_t>;

Program parsed(const std::string& text) {
  auto result = parse_text(text);
  if (const auto* error = std::get_if<TextError>(&result)) {
    ADD_FAILURE() << error->line << ":" << error->column << ": " << error->message << "\n" << text;
    return {};
  }
  return std::get<Program>(std::move(result));
}

// All that must hold of any canonical program.
void expect_spellings_agree(const Program& program) {
  const Bytes bytes = encode_bytes(program);
  const std::string text = print_text(program);
  ASSERT_EQ(canonical(program), program) << text;
  ASSERT_EQ(decode_bytes(bytes), program) << text;
  ASSERT_EQ(parsed(text), program) << text;
}

Bytes random_bytes(Random& random, std::size_t bound) {
  Bytes bytes(static_cast<std::size_t>(random.below(bound)));
  // Small bytes are the canonical opcodes and short forms; both kinds matter.
  const std::uint64_t largest = random.one_in(2) ? 256 : 32;
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(largest));
  return bytes;
}

std::uint64_t wild_value(Random& random) {
  const std::uint64_t shift = random.below(64);
  const std::uint64_t value = random.next() >> shift;
  return random.one_in(2) ? value : 0 - value;
}

Place wild_place(Random& random) {
  Place place;
  place.anchor = static_cast<Anchor>(random.below(20));
  place.index = static_cast<std::uint16_t>(wild_value(random));
  place.in_pages = random.one_in(2);
  place.offset = wild_value(random);
  return place;
}

// Every field at random, whether it counts for the op or not.
Op wild_op(Random& random) {
  Op op;
  op.code = op_table()[static_cast<std::size_t>(random.below(op_table().size()))].code;
  op.null_out = random.one_in(2);
  op.number = static_cast<std::uint32_t>(wild_value(random));
  op.place = wild_place(random);
  op.source = wild_place(random);
  op.quantity.measure = static_cast<Measure>(random.below(9));
  op.quantity.value = wild_value(random);
  op.body = static_cast<HobBody>(random.below(7));
  op.data = random_bytes(random, 40);
  return op;
}

TEST(Codec, GeneratedProgramsAreSpelledTheSameInBytesAndText) {
  Random random(1);
  for (int i = 0; i < 20000 && !HasFatalFailure(); ++i) {
    expect_spellings_agree(generate_program(random, 24));
  }
}

TEST(Codec, AnyBytesAreAProgram) {
  Random random(2);
  for (int i = 0; i < 20000 && !HasFatalFailure(); ++i) {
    expect_spellings_agree(decode_bytes(random_bytes(random, 120)));
  }
}

TEST(Codec, AnyFieldsHaveACanonicalForm) {
  Random random(3);
  for (int i = 0; i < 5000 && !HasFatalFailure(); ++i) {
    Program program;
    program.board = static_cast<std::uint8_t>(random.below(256));
    program.ops.push_back(wild_op(random));
    program.ops.push_back(wild_op(random));
    expect_spellings_agree(canonical(program));
    ASSERT_EQ(decode_bytes(encode_bytes(program)), canonical(program));
  }
}

TEST(Codec, TheLongestProgramAndTheLongestDataSurvive) {
  Random random(4);
  expect_spellings_agree(generate_program(random, kOpsUnrolled));
  Program program;
  Op op;
  op.code = OpCode::PeimWrite;
  op.data.assign(kDataMax, 0xA5);
  program.ops.assign(3, op);
  expect_spellings_agree(program);
}

TEST(Codec, TextThatWasPrintedIsPrintedAgain) {
  Random random(5);
  for (int i = 0; i < 500; ++i) {
    const std::string text = print_text(generate_program(random, 64));
    ASSERT_EQ(print_text(parsed(text)), text);
  }
}

TEST(Codec, MissingBytesReadAsZeroAndZerosAreASensibleProgram) {
  EXPECT_EQ(decode_bytes({}), Program{});
  const Bytes zeros(3 + 6, 0);
  EXPECT_EQ(print_text(decode_bytes(zeros)),
            "boot v1\nboard heap-low\n"
            "p0 = AllocatePages BootServicesData 1\np1 = AllocatePages BootServicesData 1\n");
  const Bytes half{1, 0, 0, 1};
  EXPECT_EQ(print_op(decode_bytes(half).ops.at(0)), "FreePages page[0] 1");
}

TEST(Codec, WhatIsCommonIsShort) {
  for (const char* line : {"AllocatePages RuntimeServicesData 16", "FreePages page[9] whole",
                           "FreePages page[1]+2 1"}) {
    EXPECT_EQ(encode_bytes(parsed(std::string("boot v1\nboard roomy\n") + line)).size(), 3u + 3u)
        << line;
  }
}

TEST(Codec, NoMoreOpsAreReadThanAProgramMayHave) {
  EXPECT_EQ(decode_bytes(Bytes(10000, 4)).ops.size(), kOpsUnrolled);
  EXPECT_EQ(decode_bytes(Bytes(60000, 3)).ops.size(), kOpsMax);
  // A round of two ops, as often as a number says that has no end.
  const Bytes endless{3, 6, 0, 0, 26, 1, 255, 255, 255, 255, 15, 2, 0, 10};
  EXPECT_EQ(decode_bytes(endless).ops.size(), kGroupOpsMax);
}

// Programs of all lengths with groups: two names of results each, before and behind.
TEST(Codec, RepeatedGroupsLoseNothing) {
  Random random(7);
  std::size_t longest = 0;
  for (int i = 0; i < 60 && !HasFatalFailure(); ++i) {
    Program program = generate_program(random, 12);
    for (int groups = 0; groups < 3; ++groups) {
      const auto from = static_cast<std::size_t>(random.below(program.ops.size()));
      const auto length = 1 + static_cast<std::size_t>(random.below(20));
      repeat_ops(program.ops, from, length, static_cast<std::size_t>(random.below(300)));
      const auto at = static_cast<std::size_t>(random.below(program.ops.size()));
      insert_ops(program.ops, at, generate_program(random, 3).ops,
                 static_cast<std::size_t>(random.below(300)));
    }
    program = canonical(std::move(program));
    longest = std::max(longest, program.ops.size());
    expect_spellings_agree(program);
    const std::string text = print_text(program);
    ASSERT_EQ(print_text(parsed(text)), text);
    ASSERT_EQ(encode_bytes(decode_bytes(encode_bytes(program))), encode_bytes(program));
  }
  EXPECT_GT(longest, 4096u);
}

TEST(Codec, AGroupTakesAFewBytes) {
  const Program program = parsed(
      "boot v1\nboard roomy\nrepeat 5000 {\nAllocatePool 8\n}\nrepeat 300 {\n"
      "p0 = AllocatePages 4 1\nFreePages p0 1\n}\nFreePages p5000 1\n");
  EXPECT_EQ(program.ops.size(), 5601u);
  EXPECT_LT(encode_bytes(program).size(), 32u);
  expect_spellings_agree(program);
}

TEST(Codec, AFrontPartCutsNoGroup) {
  const Program program =
      parsed("boot v1\nboard roomy\nGetHobList\nrepeat 9 {\nAllocatePool 8\n}\nGetBootMode\n");
  const Bytes whole = encode_bytes(program);
  EXPECT_EQ(encode_front(program, whole.size()), whole);
  EXPECT_EQ(decode_bytes(encode_front(program, whole.size() - 1)).ops.size(), 10u);
  EXPECT_EQ(encode_front(program, whole.size() - 2), (Bytes{1, 6, 0, 10}));
}

// Of the programs that end with a group, from none of them on.
std::vector<Bytes> encoded_fronts(const Program& program) {
  std::vector<Bytes> fronts;
  Program front = program;
  front.ops.clear();
  fronts.push_back(encode_bytes(front));
  for (const Group& group : groups_of(program.ops)) {
    front.ops.assign(program.ops.begin(),
                     program.ops.begin() + static_cast<std::ptrdiff_t>(group.end()));
    fronts.push_back(encode_bytes(front));
  }
  return fronts;
}

// At each length a front is what its own ops are encoded to, in the version that they need, and it
// is the longest.
TEST(Codec, AFrontIsTheEncodingOfItsOps) {
  Random random(7);
  for (int drawn = 0; drawn < 100; ++drawn) {
    Program program = generate_program(random, 30);
    const auto at = static_cast<std::size_t>(random.below(program.ops.size() + 1));
    repeat_ops(program.ops, at, 2, 9);
    const std::vector<Bytes> fronts = encoded_fronts(canonical(program));
    for (std::size_t most = 4; most <= fronts.back().size(); ++most) {
      const auto longest = std::find_if(fronts.rbegin(), fronts.rend(),
                                        [&](const Bytes& front) { return front.size() <= most; });
      ASSERT_EQ(encode_front(program, most), *longest) << most << "\n" << print_text(program);
    }
  }
}

// How often a version meets each board, over all bytes.
std::vector<std::size_t> boards_met(std::uint8_t version) {
  std::vector<std::size_t> met(board_profiles().size());
  for (int byte = 0; byte < 256; ++byte) {
    const Bytes bytes{version, static_cast<std::uint8_t>(byte)};
    ++met.at(decode_bytes(bytes).board);
  }
  return met;
}

// Costly boards are met by their own numbers only, and so are those that need not be there and
// those that came after the table of the other bytes.
TEST(Codec, AnyBoardByteIsABoard) {
  const std::vector<std::size_t> first = boards_met(1);
  for (std::size_t board = 0; board < 8; ++board) EXPECT_EQ(first[board] == 1, board > 5);
  for (std::size_t board = 8; board < first.size(); ++board) EXPECT_EQ(first[board], 0u);
  for (const std::uint8_t newest : Bytes{0, 2, 3, 255}) {
    const std::vector<std::size_t> second = boards_met(newest);
    for (std::size_t board = 0; board < second.size(); ++board) {
      const bool own_number_only =
          board == 6 || board == 7 || board == 12 || board == 15 || board >= 24;
      EXPECT_EQ(second[board] == 1, own_number_only) << board;
    }
  }
}

// A program keeps the version that it had: committed bytes stay as they are.
TEST(Codec, TheOldestVersionIsWritten) {
  for (const BoardProfile& board : board_profiles()) {
    Program program;
    program.board = board.number;
    const std::uint8_t version = board.number < 8 ? 1 : 2;
    EXPECT_EQ(encode_bytes(program), (Bytes{version, board.number, 0}));
    program.contract = true;
    EXPECT_EQ(encode_bytes(program), (Bytes{3, board.number, 0, 1}));
    EXPECT_EQ(decode_bytes(encode_bytes(program)), program);
    EXPECT_EQ(encode_bytes(decode_bytes(Bytes{3, board.number, 0})),
              (Bytes{version, board.number, 0}));
  }
}

std::uint64_t fnv(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

// A line an op, also where a group is repeated.
std::string op_by_op(const Program& program) {
  constexpr char kLetters[] = " pbh";
  std::string text = print_text(Program{program.board, program.garbage, {}, false});
  ResultCounts count{};
  for (const Op& op : program.ops) {
    const auto kind = static_cast<std::size_t>(row_of(op.code).result);
    if (kind != 0) text += kLetters[kind] + std::to_string(count[kind]) + " = ";
    text += print_op(op) + "\n";
    count_result(count, op);
  }
  return text;
}

// Every entry of every table: when this changes, committed bytes have changed their meaning. (It
// changed once, when HandOff and ExitBootServices took the reserved opcodes 24 and 25.)
TEST(Codec, TheTablesOfVersion1AreFrozen) {
  std::string meanings;
  for (int byte = 0; byte < 256; ++byte) {
    const auto swept = static_cast<std::uint8_t>(byte);
    Bytes sweep{1, swept, 0, swept};
    for (const std::uint8_t opcode : Bytes{0, 1, 2, 3, 6, 8, 9, 12, 13}) {
      const Bytes heads{opcode, swept, 2, 2, 2, opcode, 2, swept, 2, 2, opcode, 2, 2, swept, 2};
      sweep.insert(sweep.end(), heads.begin(), heads.end());
    }
    meanings += op_by_op(decode_bytes(sweep));
  }
  EXPECT_EQ(fnv(meanings), 10491703048901800542u) << "a table of byte_*_forms.cpp has changed";
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Bytes from_hex(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

// Pairs of bytes and text that were committed when their version was made, or an
// op added. Never regenerate them.
std::size_t expect_golden_pairs(const std::filesystem::path& folder, unsigned version) {
  std::size_t pairs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".boot") continue;
    SCOPED_TRACE(entry.path().string());
    const std::string text = content(entry.path());
    const Bytes bytes =
        from_hex(content(std::filesystem::path(entry.path()).replace_extension("hex")));
    EXPECT_FALSE(bytes.empty() || bytes[0] != version);
    EXPECT_EQ(print_text(decode_bytes(bytes)), text);
    EXPECT_EQ(encode_bytes(parsed(text)), bytes);
    ++pairs;
  }
  return pairs;
}

// A version without golden files fails: it could lose its meaning unseen.
TEST(Codec, GoldenBytesOfEveryVersionKeepTheirMeaning) {
  constexpr std::size_t kAtLeast = 8;
  for (unsigned version = 1; version <= kBytesVersion; ++version) {
    const std::filesystem::path folder =
        std::string(HOBNAIL_CORPUS "/golden/v") + std::to_string(version);
    ASSERT_TRUE(std::filesystem::is_directory(folder)) << folder;
    EXPECT_GE(expect_golden_pairs(folder, version), kAtLeast) << folder;
  }
}

// Pages that are given back cost nothing: their record serves again.
TEST(Repeat, TheCostOfALongBootIsTheLengthOfItsList) {
  const auto cost = [](const std::string& group) {
    return hobs_looked_at(std::get<Program>(parse_text("boot v1\nboard roomy\n" + group)).ops);
  };
  EXPECT_EQ(cost("repeat 1000 {\n  p0 = AllocatePages BootServicesData 1\n}\n"), 500'500U);
  EXPECT_EQ(cost("repeat 300 {\n  p0 = AllocatePages BootServicesData 1\n  FreePages p0 1\n}\n"),
            300U);
}

}  // namespace
}  // namespace hobnail::oracle
