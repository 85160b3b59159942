// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Inputs of findings: the shortest of each signature are kept, whichever process found them.
#include "fuzz/targets/finding_sink.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace hobnail {
namespace {

namespace fs = std::filesystem;

class Findings : public ::testing::Test {
 public:
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

 protected:
  Findings() { fs::create_directories(directory_); }
  ~Findings() override { fs::remove_all(directory_); }

  [[nodiscard]] std::vector<std::size_t> sizes() const {
    std::vector<std::size_t> sizes;
    for (const auto& file : fs::directory_iterator(directory_))
      sizes.push_back(static_cast<std::size_t>(file.file_size()));
    std::sort(sizes.begin(), sizes.end());
    return sizes;
  }

  fs::path directory_ =
      fs::temp_directory_path() / ("hobnail-findings-" + std::to_string(getpid()));
};

std::vector<std::uint8_t> input(std::size_t size, std::uint8_t first = 0) {
  std::vector<std::uint8_t> bytes(size, 7);
  bytes.front() = first;
  return bytes;
}

TEST_F(Findings, OnlyTheFirstOfASignatureIsNew) {
  FindingSink sink(directory_);
  EXPECT_TRUE(sink.take(input(9), "HOB-CHAIN-CreateHob-contract"));
  EXPECT_FALSE(sink.take(input(8), "HOB-CHAIN-CreateHob-contract"));
  EXPECT_TRUE(sink.take(input(9), "HOB-CHAIN-AllocatePool-contract"));
  EXPECT_EQ(sizes(), (std::vector<std::size_t>{8, 9, 9}));
}

TEST_F(Findings, TheShortestAreKept) {
  FindingSink sink(directory_);
  for (std::size_t size = 100; size > 0; --size) (void)sink.take(input(size), "STATUS-end-hostile");
  (void)sink.take(input(50), "STATUS-end-hostile");
  const std::vector<std::size_t> kept = sizes();
  EXPECT_EQ(kept.size(), FindingSink::kKeptMax);
  EXPECT_EQ(kept.back(), FindingSink::kKeptMax);
}

TEST_F(Findings, TheLimitIsThatOfAllProcesses) {
  for (std::uint8_t process = 0; process < 5; ++process) {
    FindingSink sink(directory_);
    for (std::size_t size = 10; size < 20; ++size) {
      EXPECT_EQ(sink.take(input(size, process), "STATUS-end-hostile"), process == 0 && size == 10);
    }
  }
  EXPECT_EQ(sizes().size(), FindingSink::kKeptMax);
}

TEST_F(Findings, TheSameInputIsKeptOnce) {
  FindingSink sink(directory_);
  for (int i = 0; i < 3; ++i) (void)sink.take(input(4), "STATUS-end-hostile");
  EXPECT_EQ(sizes().size(), 1U);
}

}  // namespace
}  // namespace hobnail
