// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The mutator: what it gives is a function of buffer and seed, fits, is a program, is fresh as
// often as promised, and needs no engine.
#include "fuzz/mutator/mutator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"

// As the engine calls it. This program has no LLVMFuzzerMutate.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);

namespace hobnail {
namespace {

using oracle::decode_bytes;
using oracle::encode_bytes;
using oracle::Random;
using Bytes = std::vector<std::uint8_t>;

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
  return bytes;
}

Bytes fresh(std::uint64_t seed, std::size_t max_size) {
  Random random(seed);
  return fresh_program_bytes(random, max_size);
}

// What lies beyond `max_size` is watched.
Bytes custom(const Bytes& input, std::size_t max_size, unsigned int seed) {
  constexpr std::uint8_t kWatch = 0xA5;
  Bytes buffer = input;
  buffer.resize(max_size + 16, kWatch);
  const std::size_t size = LLVMFuzzerCustomMutator(buffer.data(), input.size(), max_size, seed);
  EXPECT_LE(size, max_size);
  EXPECT_TRUE(std::all_of(buffer.begin() + static_cast<std::ptrdiff_t>(max_size), buffer.end(),
                          [](std::uint8_t byte) { return byte == kWatch; }));
  buffer.resize(std::min(size, max_size));
  return buffer;
}

std::uint64_t hash_of(std::uint64_t hash, const Bytes& bytes) {
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3;
  return (hash ^ bytes.size()) * 0x100000001B3;
}

// An engine that is easily recognised.
std::size_t engine_of_sevens(std::uint8_t* data, std::size_t size, std::size_t max_size) {
  const std::size_t grown = std::min(size + 1, max_size);
  std::fill_n(data, grown, std::uint8_t{7});
  return grown;
}

TEST(Mutator, ASeedMeansOneFreshProgram) {
  EXPECT_EQ(print_text(decode_bytes(fresh(3, 32))), R"(boot v1
board tiny
garbage 207
InstallPeiMemory dram0 whole
ReturnToDispatcher
FreePages page[1] whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData gap-1
b0 = AllocatePool leave:0
)");
}

TEST(Mutator, SameSeedSameBytes) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (unsigned int seed = 0; seed < 2000; ++seed) {
    const Bytes once = custom(counting(seed % 200), 256, seed);
    EXPECT_EQ(once, custom(counting(seed % 200), 256, seed));
    hash = hash_of(hash, once);
  }
  // The same with every compiler, at every width. It changes with the generator, and only then.
  EXPECT_EQ(hash, 3699344332729016317u);
}

TEST(Mutator, FitsEverySmallBuffer) {
  for (std::size_t max_size = 1; max_size <= 64; ++max_size) {
    for (unsigned int seed = 0; seed < 200; ++seed) {
      EXPECT_FALSE(custom(counting(seed % (max_size + 1)), max_size, seed).empty());
      const Bytes bytes = fresh(seed, max_size);
      EXPECT_FALSE(bytes.empty());
      EXPECT_LE(bytes.size(), max_size);
    }
  }
  EXPECT_EQ(LLVMFuzzerCustomMutator(nullptr, 0, 0, 1), 0u);
}

TEST(Mutator, FreshProgramsAreCanonicalAndEndWithAWholeOp) {
  for (std::size_t max_size = 3; max_size <= 600; max_size += max_size < 64 ? 1 : 67) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const Bytes bytes = fresh(seed, max_size);
      EXPECT_EQ(encode_bytes(decode_bytes(bytes)), bytes);
    }
  }
}

// A boot's end is a part of it: most programs are not cut.
TEST(Mutator, FreshProgramsUseTheirRoomAndSeldomLoseTheirEnd) {
  std::size_t used = 0;
  std::size_t handed_off = 0;
  constexpr std::uint64_t kPrograms = 2000;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Bytes bytes = fresh(seed, 512);
    used += bytes.size();
    for (const oracle::Op& op : decode_bytes(bytes).ops) {
      if (op.code != oracle::OpCode::HandOff) continue;
      ++handed_off;
      break;
    }
  }
  EXPECT_GE(used, kPrograms * 512 / 2);
  EXPECT_GE(handed_off, kPrograms * 15 / 100);
}

// How many of so many calls were fresh; the others are the engine's.
std::uint64_t count_fresh(std::uint64_t calls, std::uint64_t fresh_one_in) {
  std::uint64_t count = 0;
  for (std::uint64_t seed = 0; seed < calls; ++seed) {
    Bytes buffer(128);
    buffer.resize(mutate(buffer, 20, seed, fresh_one_in, engine_of_sevens));
    if (buffer == Bytes(21, 7)) continue;
    EXPECT_EQ(encode_bytes(decode_bytes(buffer)), buffer);
    ++count;
  }
  return count;
}

TEST(Mutator, IsFreshAsOftenAsAskedAndElseTheEngines) {
  constexpr std::uint64_t kCalls = 8000;
  for (const std::uint64_t one_in : {kFreshOneIn, std::uint64_t{8}, std::uint64_t{32}}) {
    const std::uint64_t count = count_fresh(kCalls, one_in);
    EXPECT_GE(count, kCalls / one_in * 8 / 10) << one_in;
    EXPECT_LE(count, kCalls / one_in * 12 / 10) << one_in;
  }
}

// Of 1,600 mutations of the program, those that were the engine's.
unsigned engines_share(std::string_view text) {
  const Bytes program = encode_bytes(std::get<oracle::Program>(oracle::parse_text(text)));
  unsigned engines = 0;
  for (unsigned seed = 0; seed < 1600; ++seed) {
    Bytes buffer = program;
    buffer.resize(512);
    buffer.resize(mutate(buffer, program.size(), seed, 2, engine_of_sevens));
    if (buffer == Bytes(program.size() + 1, 7)) ++engines;
  }
  return engines;
}

// What the engine would do with the long ones takes most of the time, and finds little.
TEST(Mutator, LongBootsAreRarelyMutated) {
  const std::string head = "boot v1\nboard roomy\n";
  const unsigned usual = engines_share(head + "repeat 8 {\nAllocatePool 8\n}\n");
  const unsigned rare = engines_share(head + "repeat 400 {\nAllocatePool 8\n}\n");
  EXPECT_GT(usual, 700U);
  EXPECT_LT(rare, 160U);
  EXPECT_GT(rare, 50U);
}

TEST(Mutator, NoneOrAllMayBeFresh) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Bytes buffer(64);
    EXPECT_EQ(mutate(buffer, 5, seed, 0, engine_of_sevens), 6u);
    const std::size_t size = mutate(buffer, 5, seed, 1, engine_of_sevens);
    buffer.resize(size);
    EXPECT_NE(buffer, Bytes(6, 7));
  }
}

// An engine may say more than there is room for: clang 14's minimizer does.
TEST(Mutator, ASizeBeyondTheRoomIsCut) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Bytes buffer = counting(16);
    EXPECT_LE(mutate(buffer, 1000, seed, 0, nullptr), 16u);
    EXPECT_EQ(mutate(buffer, 1000, seed, 0, engine_of_sevens), 16u);
  }
}

// Longer, shorter, and the same length; no byte value and no place is left out.
TEST(Mutator, OwnMutationsChangeEverything) {
  const Bytes input = counting(24);
  std::set<std::size_t> sizes;
  std::set<std::size_t> places;
  std::set<std::uint8_t> values;
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    Bytes buffer = input;
    buffer.resize(40);
    Random random(seed);
    buffer.resize(mutate_bytes(random, buffer, input.size()));
    sizes.insert(buffer.size());
    for (std::size_t i = 0; i < std::min(buffer.size(), input.size()); ++i) {
      if (buffer[i] == input[i]) continue;
      places.insert(i);
      values.insert(buffer[i]);
    }
  }
  EXPECT_TRUE(sizes.contains(1) || *sizes.begin() < 8);
  EXPECT_EQ(*sizes.rbegin(), 40u);
  EXPECT_EQ(places.size(), input.size());
  EXPECT_EQ(values.size(), 256u);
}

}  // namespace
}  // namespace hobnail
