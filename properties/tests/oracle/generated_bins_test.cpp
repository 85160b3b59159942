// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Generated programs that ask for bins: before the install, with a table and a range that make
// sense, and followed by requests for the table's types.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kDrawn = 4000;
constexpr std::size_t kOps = 48;

bool is_named(const Op& op, std::uint32_t type) {
  return op.code == OpCode::CreateHob && op.number == type && op.data.size() > sizeof(EFI_GUID) &&
         std::memcmp(op.data.data(), &EFI_MEMORY_TYPE_INFORMATION_GUID, sizeof(EFI_GUID)) == 0;
}

std::uint64_t number_at(const Op& op, std::size_t offset, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8 | op.data.at(offset + i);
  return value;
}

struct Asked {
  std::set<std::uint64_t> types;
  std::uint64_t pages = 0;
};

// Fails where the table has no end, or a type twice.
Asked read_table(const Op& op) {
  Asked asked;
  EXPECT_EQ(op.quantity, (Quantity{Measure::Literal, 8 + op.data.size()}));
  std::size_t at = sizeof(EFI_GUID);
  for (; number_at(op, at, 4) != EfiMaxMemoryType; at += 8) {
    EXPECT_TRUE(asked.types.insert(number_at(op, at, 4)).second);
    asked.pages += number_at(op, at + 4, 4);
  }
  EXPECT_EQ(at + 8, op.data.size());
  return asked;
}

// Whole pages of the board's memory, and room for all bins.
void expect_range(const Program& program, const Op& op, const Asked& asked) {
  const Region range{number_at(op, 24, 8), number_at(op, 32, 8)};
  EXPECT_GE(range.size, asked.pages * kPage);
  EXPECT_EQ((range.base | range.size) % kPage, 0u);
  const auto& dram = board_profiles()[program.board].dram;
  EXPECT_TRUE(std::any_of(dram.begin(), dram.end(), [&](const Region& ram) {
    return ram.contains(range.base, range.size);
  })) << print_text(program);
}

TEST(GeneratedBins, StandBeforeTheInstallAndAreAskedFor) {
  std::uint64_t tables = 0;
  std::uint64_t ranges = 0;
  std::uint64_t filled = 0;
  for (std::uint64_t seed = 0; seed < kDrawn; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const auto table = std::find_if(program.ops.begin(), program.ops.end(), [](const Op& op) {
      return is_named(op, EFI_HOB_TYPE_GUID_EXTENSION);
    });
    if (table == program.ops.end()) continue;
    ++tables;
    const Asked asked = read_table(*table);
    EXPECT_GT(asked.pages, 0u) << print_text(program);
    if (is_named(table[1], EFI_HOB_TYPE_RESOURCE_DESCRIPTOR)) {
      ++ranges;
      expect_range(program, table[1], asked);
    }
    const auto fills = [&](const Op& op) {
      return op.code == OpCode::AllocatePages && asked.types.count(op.number) != 0 &&
             op.quantity.measure == Measure::Literal;
    };
    if (std::any_of(table, program.ops.end(), fills)) ++filled;
  }
  // One in nine, so that nearly all programs are what they were without.
  EXPECT_GE(tables, kDrawn / 10);
  EXPECT_LE(tables, kDrawn / 6);
  EXPECT_GE(ranges, tables / 3);
  EXPECT_LE(ranges, tables * 3 / 4);
  EXPECT_GE(filled, tables * 3 / 4);
}

}  // namespace
}  // namespace hobnail::oracle
