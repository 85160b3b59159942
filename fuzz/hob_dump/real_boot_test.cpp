// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Real boots, end to end: from the dumps of corpus/real/hobs to programs, and from the programs,
// played in lockstep on our core, back to the dumps.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/hob_dump/rebuild/compare.h"
#include "fuzz/hob_dump/rebuild/program.h"
#include "fuzz/hob_dump/rebuild/verify.h"
#include "fuzz/inputs/program_file.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Program;
namespace fs = std::filesystem;

const fs::path kReal = fs::path(HOBNAIL_SOURCE_DIR) / "corpus" / "real";

// Dumps, and the text of a boot.
HobFile read(const fs::path& path) {
  const auto file = read_file(path);
  if (const auto* error = std::get_if<FileError>(&file)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  const std::string& bytes = std::get<std::string>(file);
  return {path.filename().string(), {bytes.begin(), bytes.end()}};
}

std::vector<HobFile> read_all(const std::vector<fs::path>& paths) {
  std::vector<HobFile> files;
  files.reserve(paths.size());
  for (const fs::path& path : paths) files.push_back(read(path));
  return files;
}

std::vector<fs::path> hob_files_in(const fs::path& folder, const std::string& prefix = {}) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool is_hob = entry.path().extension() == ".hob";
    if (is_hob && entry.path().filename().string().starts_with(prefix)) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The lists that a committed program is made from, in the order of the boot.
std::vector<fs::path> lists_of(const std::string& boot) {
  const fs::path folder = kReal / "hobs" / boot;
  std::vector<fs::path> lists;
  if (boot == "ovmf-q35-x64-256M") {
    lists = hob_files_in(folder / "steps", "temp-");
    for (auto& path : hob_files_in(folder / "steps", "perm-")) lists.push_back(std::move(path));
    return lists;
  }
  const std::string prefix = boot.ends_with("s3-resume") ? "s3resume-" : "";
  for (const char* state : {"temp-mid", "temp-final", "perm-first", "perm-mid", "perm-final"}) {
    lists.push_back(folder / (prefix + state + ".hob"));
  }
  return lists;
}

std::vector<std::uint8_t> final_list(const Program& program, const std::string& name) {
  oracle::RunOptions options;
  options.capture_hobs = true;
  const auto outcome = oracle::run_in_lockstep(program, *hobnail_get_target(), options);
  if (outcome.finding) {
    ADD_FAILURE() << name << ": " << outcome.finding->rule << " at op " << outcome.finding->op
                  << ": " << outcome.finding->evidence;
  }
  return outcome.hobs;
}

void expect_equal(const HobFile& real, const std::vector<std::uint8_t>& rebuilt) {
  for (const HobDifference& difference : compare_hob_lists(real.bytes, rebuilt)) {
    ADD_FAILURE() << real.name << ": HOB " << difference.index << ": " << difference.text;
  }
}

RebuiltBoot rebuild(const std::vector<HobFile>& lists) {
  auto rebuilt = rebuild_boot(lists);
  if (auto* why = std::get_if<std::string>(&rebuilt)) {
    ADD_FAILURE() << *why;
    return {};
  }
  return std::get<RebuiltBoot>(std::move(rebuilt));
}

std::string without_comments(const std::string& text) {
  std::istringstream lines(text);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') kept += line + "\n";
  }
  return kept;
}

class CommittedBoot : public testing::TestWithParam<const char*> {};

TEST_P(CommittedBoot, EndsWithTheRealList) {
  const HobFile text = read(kReal / (std::string(GetParam()) + ".boot"));
  const auto parsed = oracle::parse_text(std::string(text.bytes.begin(), text.bytes.end()));
  if (const auto* error = std::get_if<oracle::TextError>(&parsed)) {
    FAIL() << text.name << ":" << error->line << ": " << error->message;
  }
  const HobFile real = read(lists_of(GetParam()).back());
  expect_equal(real, final_list(std::get<Program>(parsed), text.name));
}

TEST_P(CommittedBoot, IsWhatTheCommandMakes) {
  const HobFile text = read(kReal / (std::string(GetParam()) + ".boot"));
  const auto lists = read_all(lists_of(GetParam()));
  EXPECT_EQ(without_comments({text.bytes.begin(), text.bytes.end()}),
            without_comments(boot_text(rebuild(lists), lists)));
}

// Each state that was dumped is one that the program goes through, the migration's included.
TEST_P(CommittedBoot, PassesThroughEachState) {
  const auto lists = read_all(lists_of(GetParam()));
  const RebuiltBoot boot = rebuild(lists);
  ASSERT_EQ(boot.ops_after.size(), lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i) {
    // An instant inside FreePages: the range is freed and not yet absorbed.
    if (lists[i].name == "perm-045.hob") continue;
    Program prefix = boot.program;
    prefix.ops.resize(boot.ops_after[i]);
    expect_equal(lists[i], final_list(prefix, lists[i].name));
  }
}

INSTANTIATE_TEST_SUITE_P(Real, CommittedBoot,
                         testing::Values("ovmf-q35-x64-256M", "ovmf-q35-x64-256M-s3-resume",
                                         "armvirt-aarch64-256M"),
                         [](const auto& boot) {
                           std::string name = boot.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(RealList, EachAloneIsRebuilt) {
  std::size_t lists = 0;
  for (const auto& boot : fs::directory_iterator(kReal / "hobs")) {
    if (!boot.is_directory()) continue;
    for (const fs::path& path : hob_files_in(boot.path())) {
      const HobFile real = read(path);
      const RebuiltBoot rebuilt = rebuild({real});
      EXPECT_TRUE(rebuilt.notes.empty()) << path << ": " << rebuilt.notes.front();
      expect_equal(real, final_list(rebuilt.program, path.string()));
      ++lists;
    }
  }
  EXPECT_EQ(lists, 19U);
}

TEST(RealList, StepsAloneAreRebuilt) {
  for (const fs::path& path : lists_of("ovmf-q35-x64-256M")) {
    const HobFile real = read(path);
    if (real.name == "perm-045.hob") continue;
    expect_equal(real, final_list(rebuild({real}).program, real.name));
  }
}

// An instant inside FreePages is no state that a program can end in, and the command says so.
TEST(VerifyBoot, TellsWhichHobIsNotRebuilt) {
  const HobFile real = read(kReal / "hobs" / "ovmf-q35-x64-256M" / "steps" / "perm-045.hob");
  const auto why = verify_boot(rebuild({real}), real);
  ASSERT_TRUE(why.has_value());
  EXPECT_NE(why->find("perm-045.hob: HOB 65"), std::string::npos) << *why;
}

TEST(RebuildBoot, SaysWhichListsAreInTheWrongOrder) {
  auto lists = read_all(lists_of("armvirt-aarch64-256M"));
  std::reverse(lists.begin(), lists.end());
  const auto rebuilt = rebuild_boot(lists);
  ASSERT_TRUE(std::holds_alternative<std::string>(rebuilt));
  EXPECT_NE(std::get<std::string>(rebuilt).find("order of the boot"), std::string::npos);
}

}  // namespace
}  // namespace hobnail
